"""Two tables side by side that were read as one: "Category | Tonnes | Au | Hole | From | Au"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.column_kinds import VALUES, Column, Kind
from extractors.columns import read_columns
from extractors.headings import read_heading
from extractors.layout import label_columns
from extractors.lexicon import lexicon
from models.document import Cell, Grid


def parted(grid: Grid) -> tuple[Grid, ...]:
    """The grid, or the tables that stand side by side in it, each with its own rows.

    A column of words between columns of figures begins a second table where that one lists drill holes, or where
    either has tonnages of its own.
    """
    words = label_columns(grid)
    figures = [column for column in range(grid.columns) if column not in words]
    between = [column for column in sorted(words) if figures and figures[0] < column < figures[-1]]
    columns = read_columns(read_heading(grid), words, "") if between else ()
    for second in between:
        left, right = columns[:second], columns[second:]
        if _has_values(left) and _has_values(right) and (_lists_holes(right) or (_has_ore(left) and _has_ore(right))):
            return (_part(grid, 0, second), *parted(_part(grid, second, grid.columns)))
    return (grid,)


def _has_values(columns: Sequence[Column]) -> bool:
    return any(c.kind in (*VALUES, Kind.IGNORED) for c in columns)


def _has_ore(columns: Sequence[Column]) -> bool:
    return any(c.kind is Kind.TONNAGE for c in columns)


def _lists_holes(columns: Sequence[Column]) -> bool:
    """Whether the columns are those of a table of drill holes."""
    named = {meaning for c in columns for meaning in lexicon("columns").means(c.heading)}
    return "not:drilling" in named and not _has_ore(columns)


def _part(grid: Grid, start: int, end: int) -> Grid:
    """The columns from the start to the end; the rows keep their numbers."""
    within = [cell for cell in grid.cells if cell.column < end and cell.column + cell.column_span > start]
    return replace(grid, cells=tuple(_cut(cell, start, end) for cell in within))


def _cut(cell: Cell, start: int, end: int) -> Cell:
    first, last = max(cell.column, start), min(cell.column + cell.column_span, end)
    return replace(cell, column=first - start, column_span=last - first)
