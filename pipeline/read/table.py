"""A table as it was found on a page, before tables are joined over page breaks."""

from __future__ import annotations

from dataclasses import dataclass

from models.document import Grid


@dataclass(frozen=True)
class Table:
    """Where the columns and rows of a table end, in points, and its cells.

    ``xs`` go from left to right, one more than columns; ``ys`` from the top: drawn lines and the ends of rows.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    grid: Grid
