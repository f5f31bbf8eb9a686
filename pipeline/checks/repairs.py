"""One misprinted figure: the slip of scale or digits that would repair every relation the figure stands in.

A changed digit alone proves nothing: some digit repairs any relation. It counts where all relations of the figure, at
least two, hold with it, and no other figure would repair as many. Few characters are misread for each other, so one
relation is enough for a figure that was read by OCR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.disclosure import EstimateLine
from models.figure import Figure
from models.findings import Cause
from models.units import Quantity
from pipeline.checks.columns import Column
from pipeline.checks.equations import Equation, printed
from pipeline.checks.reading import misreadings

MISREAD = 8
"""A table with contradictions in more lines than this was misread; no single figure explains it."""

POWERS = (3, -3, 6, -6, 1, -1, 2, -2)


@dataclass(frozen=True, slots=True)
class Repair:
    """A figure that would make the failed equations hold if it read otherwise."""

    line: EstimateLine
    column: Column
    cause: Cause
    quantity: Quantity
    failed: tuple[Equation, ...]
    agreeing: int


def find_repairs(equations: Sequence[Equation]) -> tuple[Repair, ...]:
    """The figures to blame for failed equations, first those that repair most; none where two would do as well."""
    failed = [e for e in equations if not e.compare().holds]
    if len({e.line.key for e in failed}) > MISREAD:
        return ()
    rivals = [r for r in _candidates(failed, equations) if _answers(r, failed)]
    chosen: list[Repair] = []
    while rivals:
        best = max(rivals, key=lambda r: len(r.failed))
        overlapping = [r for r in rivals if any(e in best.failed for e in r.failed)]
        if sum(len(r.failed) == len(best.failed) for r in overlapping) == 1:
            chosen.append(best)
        rivals = [r for r in rivals if r not in overlapping]
    return tuple(chosen)


def _answers(repair: Repair, failed: Sequence[Equation]) -> bool:
    """Whether a repair leaves no failure of its line open; a part is not blamed for one failed total alone."""
    own = [e for e in failed if e.line.key == repair.line.key and e.column.commodity == repair.column.commodity]
    if not all(e in repair.failed for e in own):
        return False
    return len(repair.failed) > 1 or repair.failed[0].line.key == repair.line.key


def _candidates(failed: Sequence[Equation], equations: Sequence[Equation]) -> Iterator[Repair]:
    """The best repair of each figure in a failed equation."""
    seen = set()
    for equation in failed:
        for line, column in equation.members():
            if (line.key, column) not in seen:
                seen.add((line.key, column))
                if repair := _repair(line, column, failed, equations):
                    yield repair


def _repair(
    line: EstimateLine, column: Column, failed: Sequence[Equation], equations: Sequence[Equation]
) -> Repair | None:
    """The first slip of this figure with which every relation that it stands in holds."""
    own = [e for e in equations if stands_in(line, column, e)]
    broken = [e for e in own if e in failed]
    alone = len(own) < 2
    if alone and not printed(line, column).quote.place.ocr:
        return None
    ordered = sorted(own, key=lambda e: len(e.members()))
    for cause, quantity in slips(printed(line, column)):
        if alone and cause is not Cause.OCR_CONFUSION:
            return None
        other = column.put(line, quantity)
        if all(e.with_line(other).compare().holds for e in ordered):
            return Repair(line, column, cause, quantity, tuple(broken), len(own))
    return None


def stands_in(line: EstimateLine, column: Column, equation: Equation) -> bool:
    """Whether the figure of this line and column is one of those that the equation ties together."""
    return any(member.key == line.key and of == column for member, of in equation.members())


def slips(quantity: Quantity) -> Iterator[tuple[Cause, Quantity]]:
    """What else a printed quantity may have been: misread by OCR, another scale, digits swapped, one digit changed.

    A quantity of nothing has no digits to misprint.
    """
    figure = quantity.figure
    if figure.value <= 0:
        return
    for misread in misreadings(quantity):
        yield Cause.OCR_CONFUSION, misread
    for power in POWERS:
        yield Cause.SCALE_SLIP, _reading(quantity, figure.value.scaleb(power), figure.step.scaleb(power))
    digits = str(int(figure.value / figure.step))
    for text in _swapped(digits):
        yield Cause.SWAPPED_DIGITS, _reading(quantity, int(text) * figure.step, figure.step)
    for text in _changed(digits):
        yield Cause.CHANGED_DIGIT, _reading(quantity, int(text) * figure.step, figure.step)


def _reading(quantity: Quantity, value: Decimal, step: Decimal) -> Quantity:
    return Quantity(Figure(quantity.figure.printed, value, step), quantity.unit, quantity.quote)


def _swapped(digits: str) -> Iterator[str]:
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def _changed(digits: str) -> Iterator[str]:
    for i, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and not (i == 0 and other == "0"):
                yield digits[:i] + other + digits[i + 1 :]
