"""Where the parts of a plot stand: the templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.figure import Interval
from pipeline.lines import StatedCheck

WIDTH = 520
"""Units of a plot from left to right."""
_LEFT, _RIGHT = 92, 508
"""Where the scale begins and ends; before it stands what a bar is."""
_LEAST = 3.0
"""Units of the narrowest bar: an exact figure is seen too."""
_AROUND = Decimal("0.12")
"""Share of the scale that is left free on either side."""

_FACTORS = (Decimal(5), Decimal(2), Decimal(1), Decimal("0.5"), Decimal("0.2"))
"""Of a power of ten, the steps of a scale."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval as a bar, and in words."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the scale, and its number."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """What the printed figure may stand for, above what the other figures allow for it, on one scale."""

    printed: Bar
    allowed: Bar
    ticks: tuple[Tick, ...]
    unit: str
    meet: bool

    @property
    def words(self) -> str:
        """The plot for those who do not see it."""
        relation = "they meet" if self.meet else "they do not meet"
        return (
            f"The printed figure stands for {self.printed.words} {self.unit}; the other figures "
            f"allow {self.allowed.words} {self.unit}; {relation}."
        )


def interval_plot(check: StatedCheck) -> IntervalPlot | None:
    """Both intervals of a recomputation; None where it was not run, or has none."""
    if check.reported is None or (check.low is None and check.high is None):
        return None
    low = check.reported if check.reported_low is None else check.reported_low
    high = check.reported if check.reported_high is None else check.reported_high
    printed = Interval(low, high)
    scale = _Scale.around([end for end in (low, high, check.low, check.high) if end is not None])
    allowed = Interval(scale.low if check.low is None else check.low, scale.high if check.high is None else check.high)
    return IntervalPlot(
        printed=_bar(scale, printed, f"{short(low)} to {short(high)}"),
        allowed=_bar(scale, allowed, _said(check.low, check.high)),
        ticks=tuple(Tick(scale.x(value), short(value)) for value in scale.ticks()),
        unit=check.unit or "",
        meet=printed.meets(allowed),
    )


def _said(low: Decimal | None, high: Decimal | None) -> str:
    """An interval in words; it may have no end on one side."""
    if low is not None and high is not None:
        return f"{short(low)} to {short(high)}"
    return f"{short(low)} or more" if low is not None else f"{short(high or Decimal(0))} or less"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Which values lie at the ends of the scale."""

    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, ends: Sequence[Decimal]) -> _Scale:
        low, high = min(ends), max(ends)
        free = (high - low or abs(high) or Decimal(1)) * _AROUND
        return cls(low - free, high + free)

    def x(self, value: Decimal) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(_LEFT + float(share) * (_RIGHT - _LEFT), 2)

    def ticks(self) -> list[Decimal]:
        """Three to six round numbers on the scale."""
        return round_numbers(self.low, self.high)


def round_numbers(low: Decimal, high: Decimal) -> list[Decimal]:
    """Three to seven round numbers from the one to the other, evenly apart."""
    step = Decimal(1).scaleb((high - low).adjusted())
    step *= next(factor for factor in _FACTORS if (high - low) / (step * factor) >= 3)
    first = (low / step).to_integral_value(rounding="ROUND_CEILING") * step
    return [first + step * n for n in range(8) if first + step * n <= high]


def _bar(scale: _Scale, interval: Interval, words: str) -> Bar:
    x0, x1 = scale.x(interval.low), scale.x(interval.high)
    missing = max(_LEAST - (x1 - x0), 0)
    return Bar(round(x0 - missing / 2, 2), round(x1 - x0 + missing, 2), words)


def short(value: Decimal) -> str:
    """Six significant digits, or all digits before the point, in groups: a quotient has 28."""
    if not value:
        return "0"
    return f"{round(value, max(0, 5 - value.adjusted())).normalize():,f}"
