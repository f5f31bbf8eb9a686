"""What is on the paper: words, drawn strokes, paragraphs and grids of cells, and nothing of what they mean.

Readers of every format (PDF, HTML, plain text) make the same Document, so that extractors never see a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from propcache.api import cached_property

from models.quote import Box, Place, Quote


class Level(StrEnum):
    """How a word stands to its line: on it, raised (a note mark) or lowered (the 3 of WO3)."""

    BASE = "base"
    RAISED = "raised"
    LOWERED = "lowered"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of glyphs without a space, with its box in points and its font size."""

    text: str
    box: Box
    size: float
    level: Level = Level.BASE
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn straight line, or one side of a filled rectangle, horizontal or vertical."""

    box: Box


Span = tuple[int, int]


def without_spans(text: str, spans: tuple[Span, ...]) -> str:
    """The text without the characters in the spans."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return "".join(kept)


@dataclass(frozen=True)
class Printed:
    """Printed text with its place; ``raised`` are the character spans printed as superscripts.

    Lowered glyphs are part of the text (WO3). A raised glyph is part of the text too, and its span tells
    a note mark from the figure that it follows: "1,527" with a raised "1" is text "1,5271", raised ((5, 6),).
    """

    text: str
    place: Place = Place()
    raised: tuple[Span, ...] = ()

    @property
    def quote(self) -> Quote:
        """The text with its place."""
        return Quote(self.text, self.place)

    @cached_property
    def base(self) -> str:
        """The text without what is raised, white space folded."""
        return " ".join(without_spans(self.text, self.raised).split())

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The raised pieces, in order."""
        return tuple(self.text[a:b] for a, b in self.raised)


@dataclass(frozen=True)
class Paragraph(Printed):
    """A block of running text: a heading, a caption, a sentence, a note."""

    bold: bool = False
    size: float | None = None


@dataclass(frozen=True)
class Cell(Printed):
    """One cell of a grid; ``row`` and ``column`` count from 0 and name its top left corner.

    ``header`` is True where the source says so (``<th>``, ``<thead>``), False where it says body, else None.
    """

    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    header: bool | None = None
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as printed: cells in rows and columns. Cells of several pages may stand in one grid."""

    cells: tuple[Cell, ...]
    place: Place = Place()
    spans_known: bool = True
    """False where the source cannot tell merged cells from blank ones (tabs, pipes, aligned text)."""

    @cached_property
    def rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """Number of leaf columns."""
        return max((c.column + c.column_span for c in self.cells), default=0)

    @cached_property
    def _at(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this position, or None."""
        return self._at.get((row, column))

    @cached_property
    def _rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda c: c.column):
            rows.setdefault(cell.row, []).append(cell)
        return rows

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in this row, left to right."""
        return list(self._rows.get(row, ()))

    def text(self) -> list[list[str]]:
        """Rows of strings; a merged cell's text stands in its first position only."""
        lines = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            lines[cell.row][cell.column] = cell.text
        return lines


Block = Paragraph | Grid


@dataclass(frozen=True)
class Page:
    """One page: its size in points, and its words and strokes where the format has them.

    ``number`` counts from 1 and is None for a source without pages. ``unread`` is True for a page that is a picture and
    that no OCR program read.
    """

    number: int | None = None
    width: float = 0.0
    height: float = 0.0
    words: tuple[Word, ...] = field(default=(), repr=False)
    strokes: tuple[Stroke, ...] = field(default=(), repr=False)
    unread: bool = False


@dataclass(frozen=True)
class Document:
    """A filing as read: its pages, and its paragraphs and grids in reading order."""

    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    title: str | None = None

    @property
    def page_count(self) -> int | None:
        """Number of pages, or None for a source without pages."""
        return len(self.pages) if self.pages and self.pages[0].number is not None else None

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs in reading order."""
        return (b for b in self.blocks if isinstance(b, Paragraph))

    def grids(self) -> Iterator[Grid]:
        """The grids in reading order."""
        return (b for b in self.blocks if isinstance(b, Grid))
