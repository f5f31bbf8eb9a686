"""A text or a web page with its marks: the passage cut into pieces, each with the marks that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from models.document import Block, Cell, Grid
from pipeline.web.marks import Mark
from pipeline.web.sheets import Blocks, Stretch

_SHELF = 256
"""Characters of a shelf, on which the marks lie that cover one of its characters."""
_AROUND = 500
"""Characters of a text that are shown before and behind a line, to the ends of their lines."""
_BLOCKS_AROUND = 2
"""Blocks of a web page that are shown before and behind a line's own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two edges of marks, with the marks that cover it, the widest first, and those that begin in it."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    raised: bool = False

    @property
    def keys(self) -> str:
        """The marks' keys, for the page's script."""
        return " ".join(mark.key for mark in self.marks)

    @property
    def kind(self) -> str:
        """The look of the narrowest mark."""
        return self.marks[-1].kind if self.marks else ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a printed table."""

    pieces: Pieces
    row_span: int
    column_span: int
    header: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the rows of a table; ``plain`` where line breaks and blanks stand as in the source."""

    pieces: Pieces = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    plain: bool = False


class _Marks:
    """The marks of a sheet, found by where they stand."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._shelves: dict[int, list[tuple[Mark, int, int]]] = {}
        for mark in marks:
            if mark.span:
                start, end = mark.span
                for shelf in range(start // _SHELF, max(end - 1, start) // _SHELF + 1):
                    self._shelves.setdefault(shelf, []).append((mark, start, end))

    def between(self, start: int, end: int) -> list[tuple[Mark, int, int]]:
        """The marks that cover a character from ``start`` to before ``end``, and their own ends."""
        shelves = range(start // _SHELF, max(end - 1, start) // _SHELF + 1)
        found = {mark.key: (mark, a, b) for s in shelves for mark, a, b in self._shelves.get(s, ())}
        return [(mark, a, b) for mark, a, b in found.values() if a < end and start < b]


def text_passage(shown: Stretch, marks: Sequence[Mark]) -> list[Passage]:
    """The stretch of a text as it stands in the source."""
    return [Passage(tuple(pieces(shown.text, shown.start, _Marks(marks))), plain=True)]


def block_passages(blocks: Sequence[Block], marks: Sequence[Mark]) -> list[Passage]:
    """The paragraphs and tables of a web page."""
    index = _Marks(marks)
    return [_table(block, index) if isinstance(block, Grid) else Passage(_pieces_of(block, index)) for block in blocks]


def excerpt(sheet: Stretch | Blocks, span: tuple[int, int], marks: Sequence[Mark]) -> list[Passage]:
    """The sheet around a span: some lines of a text, the table or paragraph and its neighbours of a web page."""
    if isinstance(sheet, Blocks):
        index = next((n for n, block in enumerate(sheet.blocks) if _holds(block, span[0])), 0)
        return block_passages(sheet.blocks[max(index - _BLOCKS_AROUND, 0) : index + _BLOCKS_AROUND + 1], marks)
    first, last = span[0] - sheet.start, span[1] - sheet.start
    start = sheet.text.rfind("\n", 0, max(first - _AROUND, 0)) + 1
    end = sheet.text.find("\n", min(last + _AROUND, len(sheet.text)))
    part = sheet.text[start : end if end >= 0 else len(sheet.text)]
    return text_passage(Stretch(part, sheet.start + start, sheet.starts), marks)


def _holds(block: Block, place: int) -> bool:
    return block.place.span is not None and block.place.span[0] <= place < block.place.span[1]


def _table(grid: Grid, marks: _Marks) -> Passage:
    cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    rows = (tuple(_cell(cell, marks) for cell in row) for _, row in groupby(cells, key=lambda cell: cell.row))
    return Passage(rows=tuple(rows))


def _cell(cell: Cell, marks: _Marks) -> ShownCell:
    return ShownCell(_pieces_of(cell, marks), cell.row_span, cell.column_span, bool(cell.header))


def _pieces_of(block: Block | Cell, marks: _Marks) -> Pieces:
    if isinstance(block, Grid) or block.place.span is None:
        return ()
    return tuple(pieces(block.text, block.place.span[0], marks, block.raised))


def pieces(shown: str, start: int, marks: _Marks, raised: Sequence[tuple[int, int]] = ()) -> Iterator[Piece]:
    """The text cut at each edge of a mark, so that marks may lie in one another or overlap.

    ``start`` is the place of the text's first character, ``raised`` are the spans of the text that are superscripts.
    """
    end = start + len(shown)
    here = marks.between(start, end)
    up = [(start + a, start + b) for a, b in raised]
    edges = {start, end, *(e for _, a, b in here for e in (a, b)), *(e for span in up for e in span)}
    for first, last in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        over = sorted(((m, a, b) for m, a, b in here if a <= first and last <= b), key=lambda f: f[1] - f[2])
        yield Piece(
            text=shown[first - start : last - start],
            marks=tuple(mark for mark, _, _ in over),
            begins=tuple(mark for mark, a, _ in over if a == first),
            raised=any(a <= first and last <= b for a, b in up),
        )
