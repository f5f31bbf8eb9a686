"""Scales of plots and charts: where a value stands, round numbers for the ticks, and numbers as they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_FACTORS = (Decimal(5), Decimal(2), Decimal(1), Decimal("0.5"), Decimal("0.2"))
"""Of a power of ten, the steps of a scale."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the scale, and its number."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Which values lie at the ends of a scale, and where on the drawing it begins and ends; ``end`` may be less."""

    low: Decimal
    high: Decimal
    begin: float
    end: float

    def at(self, value: Decimal) -> float:
        """Where a value stands on the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.begin + float(share) * (self.end - self.begin), 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Round numbers on the scale."""
        return tuple(Tick(self.at(value), short(value)) for value in round_numbers(self.low, self.high))


def scale_around(
    values: Iterable[Decimal], begin: float, end: float, *, free: Decimal, alone: Decimal = Decimal(1)
) -> Scale:
    """A scale with all these values on it, and so much of their extent left free on either side.

    ``alone`` stands for the extent where all are the same.
    """
    known = list(values)
    low, high = min(known), max(known)
    margin = (high - low or alone) * free
    return Scale(low - margin, high + margin, begin, end)


def round_numbers(low: Decimal, high: Decimal) -> list[Decimal]:
    """Three to seven round numbers from the one to the other, evenly apart."""
    step = Decimal(1).scaleb((high - low).adjusted())
    step *= next(factor for factor in _FACTORS if (high - low) / (step * factor) >= 3)
    first = (low / step).to_integral_value(rounding="ROUND_CEILING") * step
    return [first + step * n for n in range(8) if first + step * n <= high]


def short(value: Decimal) -> str:
    """Six significant digits, or all digits before the point, in groups: a quotient has 28."""
    if not value:
        return "0"
    return f"{round(value, max(0, 5 - value.adjusted())).normalize():,f}"
