"""Small documents that the extractors' tests read."""

from __future__ import annotations

from models.document import Block, Cell, Document, Grid, Page, Paragraph


def document(*texts: str) -> Document:
    """A document of these paragraphs."""
    return Document("text/plain", (Page(),), tuple(Paragraph(text) for text in texts))


def of_blocks(*blocks: Block) -> Document:
    """A document of these blocks."""
    return Document("text/plain", (Page(),), blocks)


def grid(*rows: tuple[str, ...]) -> Grid:
    """A grid of plain cells."""
    return Grid(tuple(Cell(text, row=r, column=c) for r, row in enumerate(rows) for c, text in enumerate(row)))
