"""Tables on their side: tonnes, grade and metal as rows, the estimates as columns."""

from __future__ import annotations

from dataclasses import replace

from extractors.column_kinds import Kind, kind_of
from extractors.headings import is_group_row, read_heading
from extractors.lexicon import lexicon
from models.document import Cell, Grid


def upright(grid: Grid) -> Grid:
    """The grid with its estimates as rows: a table on its side is turned, any other is left as it is."""
    return _turned(grid) if _is_on_its_side(grid) else grid


def _is_on_its_side(grid: Grid) -> bool:
    """True where the rows' labels name two of tonnes, grade and metal, and the columns' headings categories."""
    heading = read_heading(grid)
    if not any(lexicon("categories").find(text) for stack in heading.stacks[1:] for text in stack):
        return False
    named = [stack for stack in heading.stacks[1:] if not lexicon("types").find(" ".join(stack))]
    if any(kind_of(stack) in (Kind.TONNAGE, Kind.GRADE, Kind.CONTAINED) for stack in named):
        return False
    labels = [cell.base for row in range(heading.rows, grid.rows) if (cell := grid.at(row, 0)) and cell.base]
    kinds = {kind_of((label,)) for label in labels}
    return len({Kind.TONNAGE, Kind.GRADE, Kind.CONTAINED} & kinds) > 1  # brine has no tonnes


def _turned(grid: Grid) -> Grid:
    """Rows for columns; a group row ("Gold", "Open pit") becomes a heading over the rows that it heads.

    Each cell keeps its place.
    """
    groups = [row for row in range(1, grid.rows) if is_group_row(grid.row(row))]
    cells: list[Cell] = []
    heading: Cell | None = None
    for row in range(grid.rows):
        if row in groups:
            heading = next(c for c in grid.row(row) if c.base)
            continue
        turned = [_sideways(cell) for cell in grid.row(row)]
        if groups:
            above = heading or replace(turned[0], text="", raised=())
            turned = [replace(cell, row=cell.row + 1) for cell in turned]
            cells.append(replace(above, row=0, column=row, row_span=1, column_span=1, header=None))
        cells += turned
    return Grid(tuple(_packed(cells)), grid.place, grid.spans_known)


def _sideways(cell: Cell) -> Cell:
    return replace(
        cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span, header=None
    )


def _packed(cells: list[Cell]) -> list[Cell]:
    """The cells without the empty columns that group rows leave behind."""
    kept = sorted({cell.column for cell in cells})
    return [replace(cell, column=kept.index(cell.column)) for cell in cells]
