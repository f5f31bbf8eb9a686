"""Lines that were read from a picture: first the reading is in doubt, then the filing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.disclosure import CellAccount, CellUse, EstimateLine, EstimateTable
from models.figure import Figure
from models.findings import Cause, Outcome, Verdict
from models.units import Quantity
from pipeline.checks.wording import name

LOOK = "read by OCR: look at the picture first"

CONFUSED = ("08", "17", "38", "56")
"""Digits that OCR takes for each other in small or blurred print."""


def misreadings(quantity: Quantity) -> Iterator[Quantity]:
    """What a figure may be where one character of it was misread: a digit like it, or a point that was lost."""
    figure = quantity.figure
    if not quantity.quote.place.ocr or figure.value <= 0:
        return
    digits = str(int(figure.value / figure.step))
    for at, digit in enumerate(digits):
        for pair in CONFUSED:
            if digit in pair:
                other = digits[:at] + pair.replace(digit, "") + digits[at + 1 :]
                yield replace(quantity, figure=Figure(figure.printed, int(other) * figure.step, figure.step))
    if "." not in figure.printed and "," not in figure.printed:
        for places in range(1, len(digits)):
            value, step = figure.value.scaleb(-places), figure.step.scaleb(-places)
            yield replace(quantity, figure=Figure(figure.printed, value, step))


def look_at_picture(tables: Sequence[EstimateTable], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, those that fail on a line read by OCR with the advice to look at its picture first."""
    read_by_ocr = {line.key for table in tables for line in table.lines if line.quote.place.ocr}
    return tuple(
        replace(v, explanation=f"{v.explanation}; {LOOK}")
        if v.outcome is Outcome.FAILED and v.line in read_by_ocr
        else v
        for v in verdicts
    )


def unread_columns(table: EstimateTable) -> Iterator[Verdict]:
    """No figure of the line stands in a column whose heading OCR made unreadable: the line would lack it unseen."""
    for account in table.accounts:
        line = _owner(account, table.lines)
        if account.use is CellUse.LEFT_OVER and any(map(str.isdigit, account.quote.text)) and line is not None:
            yield Verdict(
                "understood",
                Outcome.FAILED,
                f"{name(line)}: the heading over {account.quote.text} was not understood",
                line.key,
                arithmetic=False,
                cause=Cause.NOT_UNDERSTOOD,
            )


def _owner(account: CellAccount, lines: Sequence[EstimateLine]) -> EstimateLine | None:
    """The line of the cell's row whose figures stand next to the cell, where the cell was read by OCR."""
    box = account.quote.place.box
    if box is None or not account.quote.place.ocr:
        return None
    near = [
        (abs(figure.quote.place.box.middle[0] - box.middle[0]), line.number, line)
        for line in lines
        if line.row == account.row
        for figure in _figures(line)
        if figure.quote.place.box
    ]
    return min(near)[2] if near else None


def _figures(line: EstimateLine) -> Iterator[Quantity]:
    for figure in (line.tonnage, *(f for metal in line.metals for f in (metal.grade, metal.contained))):
        if figure is not None:
            yield figure
