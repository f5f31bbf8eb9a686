"""What the extractors made of each printed cell of a document's tables, and of the notes under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from extractors.numbers import is_blank
from models.disclosure import CellAccount, CellUse, Disclosure, EstimateTable
from models.document import Cell, Document, Grid
from models.quote import Place


class Use(StrEnum):
    """What became of a cell; FIGURE is one that is used as none of the other kinds."""

    TONNAGE = "tonnage"
    GRADE = "grade"
    CONTAINED = "contained"
    RECOVERED = "recovered"
    CUTOFF = "cutoff"
    FIGURE = "figure"
    LABEL = "label"
    GROUP_ROW = "group row"
    HEADING = "heading"
    IGNORED = "ignored"
    LEFT_OVER = "left over"
    BLANK = "blank"
    NO_ESTIMATES = "no estimates"
    NOTE = "note"


_BY_NAME = {use.value: use for use in Use}


@dataclass(frozen=True, slots=True)
class UsedPlace:
    """A printed cell or note: where it stands, what became of it, and as what or why; ``cell`` is None for a note."""

    place: Place
    use: Use
    reason: str = ""
    cell: Cell | None = None


def uses(document: Document, disclosure: Disclosure) -> Iterator[UsedPlace]:
    """Every printed cell of the document's tables and every note, in reading order of the tables."""
    for grid, table in printed_tables(document, disclosure):
        yield from uses_of_cells(grid, table)
    for note in disclosure.footnotes:
        yield UsedPlace(note.quote.place, Use.NOTE, note.marker)


def printed_tables(document: Document, disclosure: Disclosure) -> Iterator[tuple[Grid, EstimateTable | None]]:
    """The document's grids, each with what it was read as: None where it states no estimates."""
    read_as = {table.block: table for table in disclosure.tables}
    for at, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield block, read_as.get(at)


def uses_of_cells(grid: Grid, table: EstimateTable | None) -> Iterator[UsedPlace]:
    """The printed cells of a grid; ``table`` is what it was read as, None where it states no estimates."""
    accounts = {account.quote.place: account for account in table.accounts} if table else {}
    for cell in grid.cells:
        if cell.text:
            yield UsedPlace(cell.place, *_use(cell, table, accounts.get(cell.place)), cell)


def _use(cell: Cell, table: EstimateTable | None, account: CellAccount | None) -> tuple[Use, str]:
    """What became of the cell, and as what or why; the extractors account for what is printed below the header."""
    if table is None:
        return Use.NO_ESTIMATES, ""
    if account is None:
        return (Use.BLANK if is_blank(cell.base) else Use.HEADING), ""
    match account.use:
        case CellUse.IGNORED:
            return Use.IGNORED, account.reason
        case CellUse.LEFT_OVER:
            return Use.LEFT_OVER, account.reason
        case CellUse.USED:
            return _BY_NAME.get(account.reason, Use.FIGURE), account.reason
