"""Every printed cell of an estimate table accounted for: used, ignored by name, or left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.column_kinds import VALUES, Column, Kind
from extractors.headings import Heading
from extractors.numbers import is_blank
from extractors.rows import Row, RowKind
from models.disclosure import CellAccount, CellUse
from models.document import Grid


def account(
    grid: Grid, heading: Heading, columns: Sequence[Column], rows: Sequence[Row], asides: Mapping[int, str]
) -> tuple[CellAccount, ...]:
    """What became of each printed cell of the body; ``asides`` says why rows are no estimate of this date."""
    of_row = {row.index: _use_of_row(row, asides.get(row.index)) for row in rows}
    of_column = [_use_of_column(column) for column in columns]
    return tuple(
        CellAccount(cell.row, cell.column, *(of_row[cell.row] or of_column[cell.column]), cell.quote)
        for cell in grid.cells
        if cell.row >= heading.rows and not is_blank(cell.base)
    )


def _use_of_row(row: Row, aside: str | None) -> tuple[CellUse, str] | None:
    """What becomes of all cells of a row; None where their columns tell."""
    if row.kind is RowKind.GROUP:
        return CellUse.USED, "group row"
    if row.kind is RowKind.TEXT:
        return CellUse.LEFT_OVER, "words among the figures"
    return (CellUse.IGNORED, aside) if aside else None


def _use_of_column(column: Column) -> tuple[CellUse, str]:
    if column.kind is Kind.IGNORED:
        return CellUse.IGNORED, column.reason
    if column.kind in (*VALUES, Kind.LABEL, Kind.CUTOFF):
        return CellUse.USED, column.kind.value
    return CellUse.LEFT_OVER, "a column of unknown meaning"
