"""What else a printed figure may have been: read in another scale or unit, with two digits swapped, one digit changed.

The fewer readings a kind has, the less likely one of them fits by chance: a scale has a handful, swapped digits as many
as the figure has digits, a changed digit nine times that. The kinds stand in this order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from models.figure import Figure, Interval
from models.findings import Cause
from models.units import UNITS, Quantity
from pipeline.checks.addends import TELLING_STEPS
from pipeline.checks.constants import taken_for
from pipeline.checks.equations import Comparison

Kind = tuple[Cause, Callable[[Quantity], Iterator[Quantity]]]
"""A cause, and the readings of a figure that it explains."""

POWERS = (3, -3, 6, -6, 1, -1, 2, -2)


def scaled(quantity: Quantity) -> Iterator[Quantity]:
    """Another power of ten: a lost decimal point, thousands for ones.

    A figure of one digit says too little of a larger scale: 0.1 for 0.01 may be anything from 0.05 to 0.15.
    """
    figure = quantity.figure
    powers = [p for p in POWERS if p < 0 or figure.value >= 10 * figure.step] if figure.value else []
    return (_reading(quantity, figure.value.scaleb(power), figure.step.scaleb(power)) for power in powers)


def in_another_unit(quantity: Quantity) -> Iterator[Quantity]:
    """The same figure in a unit that is taken for its own."""
    return (Quantity(quantity.figure, UNITS[symbol], quantity.quote) for symbol in taken_for(quantity.unit.symbol))


def swapped(quantity: Quantity) -> Iterator[Quantity]:
    """Two neighbouring digits in the other order."""
    digits = _digits(quantity.figure)
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield _written(quantity, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])


def changed(quantity: Quantity) -> Iterator[Quantity]:
    """One digit of another value."""
    digits = _digits(quantity.figure)
    for i, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit and not (i == 0 and other == "0"):
                yield _written(quantity, digits[:i] + other + digits[i + 1 :])


def cut_off(compared: Comparison) -> bool:
    """Whether a figure of three digits would hold if digits had been cut off, or rounded up, and not rounded."""
    figure = compared.reported.figure
    if figure.value < TELLING_STEPS * figure.step:
        return False
    return Interval(max(figure.value - figure.step, Decimal(0)), figure.value + figure.step).meets(compared.allowed)


RESCALED: tuple[Kind, ...] = ((Cause.SCALE_SLIP, scaled), (Cause.UNIT_SLIP, in_another_unit))
REDIGITED: tuple[Kind, ...] = ((Cause.SWAPPED_DIGITS, swapped), (Cause.CHANGED_DIGIT, changed))


def _digits(figure: Figure) -> str:
    """The figure's digits down to its step; a figure of nothing has none to misprint."""
    return str(int(figure.value / figure.step)) if figure.value > 0 else ""


def _written(quantity: Quantity, digits: str) -> Quantity:
    return _reading(quantity, int(digits) * quantity.figure.step, quantity.figure.step)


def _reading(quantity: Quantity, value: Decimal, step: Decimal) -> Quantity:
    return Quantity(Figure(quantity.figure.printed, value, step), quantity.unit, quantity.quote)
