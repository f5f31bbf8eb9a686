"""A table as it was found on a page, before tables are joined over page breaks."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Cell, Grid
from models.quote import Box


@dataclass(frozen=True)
class Table:
    """Where the columns and rows of a table end, in points, and its cells.

    ``xs`` go from left to right, one more than the grid's columns; ``ys`` from the top, one more than its rows.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    grid: Grid
    is_drawn: bool
    """Whether drawn lines tell its cells, or the words that stand under each other."""

    def box_of(self, cell: Cell) -> Box:
        """The room of one of the grid's cells."""
        right, below = cell.column + cell.column_span, cell.row + cell.row_span
        return Box(self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[below])
