"""Labels that are printed over two rows: the site beside its first row of figures, the way of mining beside the next.

Alder       Measured    442,494
Open Pit    Indicated    35,579
            M&I         478,073

A total of both categories below shows that the rows are one block: what it adds stands beside either half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractors.labels import SUMS, Label, read_label
from models.disclosure import Category
from models.document import Cell, Grid


def joined_labels(grid: Grid, first: int, columns: Sequence[int]) -> dict[tuple[int, int], Cell]:
    """The cells whose text is another than printed there: both halves where the block begins, nothing a row below."""
    joined: dict[tuple[int, int], Cell] = {}
    for column in columns[:-1]:
        for row in range(first, grid.rows - 1):
            above, below = grid.at(row, column), grid.at(row + 1, column)
            if above and below and above is not below and _is_split(grid, row, columns, above, below):
                joined[row, column] = replace(above, text=f"{above.base} {below.base}", raised=())
                joined[row + 1, column] = replace(below, text="", raised=())
    return joined


def _is_split(grid: Grid, row: int, columns: Sequence[int], above: Cell, below: Cell) -> bool:
    if not (_names(read_label(above.base)) and _says_how(read_label(below.base))):
        return False
    rest = [c for c in columns if c != above.column]
    blank = takewhile(lambda r: not _text(grid, r, above.column), range(row + 2, grid.rows))
    begins, goes_on = _category(grid, row, rest), _category(grid, row + 1, rest)
    totals = [category for r in blank if (category := _category(grid, r, rest)) in SUMS]
    return any(begins and goes_on and SUMS[total][:2] == (begins, goes_on) for total in totals[:1] if total)


def _names(label: Label) -> bool:
    return bool(label.zone) and not (label.category or label.materials or label.total)


def _says_how(label: Label) -> bool:
    return bool(label.materials) and not (label.category or label.zone or label.total)


def _category(grid: Grid, row: int, columns: Sequence[int]) -> Category | None:
    return next((c for column in columns if (c := read_label(_text(grid, row, column)).category)), None)


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    return cell.base if cell else ""
