"""Rows of a web table whose cells stack the values of several rows, a line break after each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.document import Cell, Span
from pipeline.read.glyphs import is_number

Line = tuple[str, tuple[Span, ...]]
"""A line of a cell and what is raised in it."""
_FIGURES = 2
"""So many columns of figures show that the lines are rows: a text may be broken anywhere."""


def unstacked(cells: Sequence[tuple[Cell, Sequence[Line]]]) -> list[Cell]:
    """The cells of a table, each line of a stacked row in a row of its own.

    A row is stacked where all its cells that hold anything have the same number of lines, and the lines of several
    are all figures.
    """
    rows: dict[int, list[tuple[Cell, Sequence[Line]]]] = {}
    for cell, lines in cells:
        rows.setdefault(cell.row, []).append((cell, lines))
    more = {row: _count(held) - 1 for row, held in rows.items()}
    return [moved for cell, lines in cells for moved in _moved(cell, lines, more)]


def _count(row: Sequence[tuple[Cell, Sequence[Line]]]) -> int:
    """How many rows are stacked in the row's cells; one where none are."""
    filled = [(cell, lines) for cell, lines in row if cell.text]
    counts = {len(lines) for _, lines in filled}
    figures = sum(all(is_number(text) for text, _ in lines if text) for _, lines in filled)
    count = counts.pop() if len(counts) == 1 else 1
    return count if figures >= _FIGURES and all(cell.row_span == 1 for cell, _ in filled) else 1


def _moved(cell: Cell, lines: Sequence[Line], more: dict[int, int]) -> Iterator[Cell]:
    """The cell below the rows that came to those above it; a cell of a stacked row as one cell a line."""
    row = cell.row + sum(count for above, count in more.items() if above < cell.row)
    inside = sum(more.get(at, 0) for at in range(cell.row, cell.row + cell.row_span))
    if more.get(cell.row, 0) and len(lines) == inside + 1:
        for at, (text, raised) in enumerate(lines):
            yield replace(cell, text=text, raised=raised, row=row + at)
    else:
        yield replace(cell, row=row, row_span=cell.row_span + inside)
