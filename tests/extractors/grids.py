"""Builds grids from rows of strings, as the tests of tables need them."""

from __future__ import annotations

from models.document import Cell, Document, Grid, Page, Paragraph
from models.quote import Place


def grid(*rows: str, spans_known: bool = False) -> Grid:
    """A grid of one line a row, cells parted by "|"; every cell stands alone."""
    return Grid(
        tuple(
            Cell(text.strip(), Place(span=(r * 100 + c, r * 100 + c + 1)), row=r, column=c)
            for r, line in enumerate(rows)
            for c, text in enumerate(line.split("|"))
        ),
        spans_known=spans_known,
    )


def document(*blocks: Paragraph | Grid | str) -> Document:
    """A document of paragraphs and grids."""
    return Document("text/plain", (Page(),), tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks))
