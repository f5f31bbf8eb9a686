"""Cells that only set a table: signs in cells of their own (``$`` | ``1,234`` | ``)``), and blank columns between.

Tools that make filings in HTML align figures so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Cell
from pipeline.read.glyphs import is_number

_BEFORE = frozenset({"$", "US$", "C$", "CA$", "CDN$", "A$", "€", "£", "(", "$(", "<", ">", "≥", "≤", "~"})
_BEHIND = frozenset({")", "%", ")%", "%)"})


def without_spacers(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with the signs of a figure in the figure's cell, and without the columns that then are blank."""
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell)
    joined = [cell for row in rows.values() for cell in _with_signs(row)]
    for column in reversed(range(max((c.column + c.column_span for c in joined), default=0))):
        if _is_spacer(joined, column):
            joined = [kept for cell in joined if (kept := _without(cell, column))]
    return joined


def _with_signs(row: Sequence[Cell]) -> list[Cell]:
    """The cells of one row, signs joined to the figure that they stand beside."""
    found = list(row)
    filled = [at for at, cell in enumerate(found) if cell.text]
    for before, after in pairwise(filled):
        sign, figure = (before, after) if found[before].text in _BEFORE else (after, before)
        text = found[figure].text
        if not is_number(text) or not any(map(str.isdigit, text)):
            continue
        if sign == before:
            found[figure] = _prefixed(found[figure], found[sign].text)
        elif found[sign].text in _BEHIND:
            found[figure] = replace(found[figure], text=text + found[sign].text)
        else:
            continue
        found[sign] = replace(found[sign], text="", raised=())
    return found


def _prefixed(cell: Cell, sign: str) -> Cell:
    raised = tuple((start + len(sign), end + len(sign)) for start, end in cell.raised)
    return replace(cell, text=sign + cell.text, raised=raised)


def _is_spacer(cells: Sequence[Cell], column: int) -> bool:
    """Whether no text of a column's own stands in it: all that reaches over it reaches over others too."""
    over = [cell for cell in cells if cell.column <= column < cell.column + cell.column_span]
    return bool(over) and all(cell.column_span > 1 or not cell.text for cell in over)


def _without(cell: Cell, column: int) -> Cell | None:
    """The cell without the column, or None where it stands in it alone."""
    if cell.column > column:
        return replace(cell, column=cell.column - 1)
    if column < cell.column + cell.column_span:
        return replace(cell, column_span=cell.column_span - 1) if cell.column_span > 1 else None
    return cell
