"""Where the parts of a plot stand: the templates draw them as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.figure import Interval
from pipeline.lines import StatedCheck
from pipeline.web.scales import Scale, Tick, scale_around, short

WIDTH = 520
"""Units of a plot from left to right."""
_LEFT, _RIGHT = 92, 508
"""Where the scale begins and ends; before it stands what a bar is."""
_LEAST = 3.0
"""Units of the narrowest bar: an exact figure is seen too."""
_AROUND = Decimal("0.12")
"""Share of the scale that is left free on either side."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval as a bar, and in words."""

    x: float
    width: float
    words: str


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
    ends = [end for end in (low, high, check.low, check.high) if end is not None]
    scale = scale_around(ends, _LEFT, _RIGHT, free=_AROUND, alone=abs(high) or Decimal(1))
    allowed = Interval(scale.low if check.low is None else check.low, scale.high if check.high is None else check.high)
    return IntervalPlot(
        printed=_bar(scale, printed, f"{short(low)} to {short(high)}"),
        allowed=_bar(scale, allowed, _said(check.low, check.high)),
        ticks=scale.ticks(),
        unit=check.unit or "",
        meet=printed.meets(allowed),
    )


def _said(low: Decimal | None, high: Decimal | None) -> str:
    """An interval in words; it may have no end on one side."""
    if low is not None and high is not None:
        return f"{short(low)} to {short(high)}"
    return f"{short(low)} or more" if low is not None else f"{short(high or Decimal(0))} or less"


def _bar(scale: Scale, interval: Interval, words: str) -> Bar:
    x0, x1 = scale.at(interval.low), scale.at(interval.high)
    missing = max(_LEAST - (x1 - x0), 0)
    return Bar(round(x0 - missing / 2, 2), round(x1 - x0 + missing, 2), words)
