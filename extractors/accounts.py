"""Every printed cell of an estimate table accounted for: used, ignored by name, or left over."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.columns import VALUES, Column, Kind
from extractors.headings import Heading
from extractors.numbers import is_blank
from extractors.rows import Row, RowKind
from models.disclosure import CellAccount, CellUse
from models.document import Grid


def account(
    grid: Grid, heading: Heading, columns: Sequence[Column], rows: Sequence[Row], used: frozenset[int]
) -> tuple[CellAccount, ...]:
    """What became of each printed cell of the body; ``used`` are the rows that gave estimate lines."""
    row_at = {row.index: row for row in rows}
    return tuple(
        CellAccount(cell.row, cell.column, *_use(columns[cell.column], row_at[cell.row], cell.row in used), cell.quote)
        for cell in grid.cells
        if cell.row >= heading.rows and not is_blank(cell.base)
    )


def _use(column: Column, row: Row, used: bool) -> tuple[CellUse, str]:
    if row.kind is RowKind.GROUP:
        return CellUse.USED, "group row"
    if row.kind is RowKind.TEXT:
        return CellUse.LEFT_OVER, "words among the figures"
    if not used:
        aside = next((label.aside for label in row.labels if label.aside), "prior estimate")
        return CellUse.IGNORED, aside
    if column.kind is Kind.IGNORED:
        return CellUse.IGNORED, column.reason
    if column.kind in (*VALUES, Kind.LABEL, Kind.CUTOFF):
        return CellUse.USED, column.kind.value
    return CellUse.LEFT_OVER, "a column of unknown meaning"
