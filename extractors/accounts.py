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
    row_at = {row.index: row for row in rows}
    return tuple(
        CellAccount(
            cell.row, cell.column, *_use(columns[cell.column], row_at[cell.row], asides.get(cell.row)), cell.quote
        )
        for cell in grid.cells
        if cell.row >= heading.rows and not is_blank(cell.base)
    )


def _use(column: Column, row: Row, aside: str | None) -> tuple[CellUse, str]:
    if row.kind is RowKind.GROUP:
        return CellUse.USED, "group row"
    if row.kind is RowKind.TEXT:
        return CellUse.LEFT_OVER, "words among the figures"
    if aside:
        return CellUse.IGNORED, aside
    if column.kind is Kind.IGNORED:
        return CellUse.IGNORED, column.reason
    if column.kind in (*VALUES, Kind.LABEL, Kind.CUTOFF):
        return CellUse.USED, column.kind.value
    return CellUse.LEFT_OVER, "a column of unknown meaning"
