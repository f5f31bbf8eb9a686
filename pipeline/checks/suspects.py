"""Which figure of a contradiction is wrong: one that, printed otherwise, would repair it and break nothing.

Every relation that a figure stands in says what the figure has to be. Where these have a value in common, one
misprint explains all the failures at once, and the figure is a suspect; where they have none, the figure's other
relations acquit it. What repairs most is suspected first. Digits play no part here; they tell what misprint it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from propcache.api import cached_property

from models.disclosure import EstimateLine
from models.figure import Interval
from models.units import Quantity
from pipeline.checks.columns import Column
from pipeline.checks.equations import Equation, Figures, Place, printed, standing

MISREAD = 8
"""A table with contradictions in more lines than this was misread; no single figure explains it."""


@dataclass(frozen=True)
class Suspect:
    """A figure that would repair the failed equations if it were printed as ``wanted``.

    ``others`` are the equations that it stands in and that hold as printed.
    """

    line: EstimateLine
    column: Column
    wanted: Quantity
    failed: tuple[Equation, ...]
    others: tuple[Equation, ...]

    @cached_property
    def equations(self) -> list[Equation]:
        """All that the figure stands in, in the order in which they are soonest tried."""
        return _ordered((*self.failed, *self.others))

    @property
    def quantity(self) -> Quantity:
        """The figure as printed."""
        return printed(self.line, self.column)

    def closes_with(self, quantity: Quantity) -> bool:
        """Whether all that the figure stands in holds with another one in its place."""
        return _closes((self.line, self.column), quantity, self.equations)


def find_suspects(equations: Sequence[Equation]) -> Iterator[tuple[Suspect, ...]]:
    """For each contradiction the figures of which one is wrong, those that repair most first."""
    failed = [e for e in equations if not e.compared.holds]
    contradicted = Counter(table for table, _ in {e.line.key for e in failed})
    failed = [e for e in failed if contradicted[e.line.table] <= MISREAD]
    figures = standing(equations) if failed else {}
    places = {(line.key, column): line for e in failed for line, column in e.members()}
    found = (_suspect((line, column), figures, frozenset(failed)) for (_, column), line in places.items())
    left = [suspect for suspect in found if suspect]
    while left:
        most = max(left, key=lambda s: len(s.failed))
        group = tuple(s for s in left if len(s.failed) == len(most.failed) and _share(s, most))
        yield group
        repaired = [e for s in group for e in s.failed]
        left = [r for s in left if (r := replace(s, failed=tuple(e for e in s.failed if e not in repaired))).failed]


def _share(one: Suspect, other: Suspect) -> bool:
    return any(e in other.failed for e in one.failed)


def _suspect(place: Place, figures: Figures, failed: Set[Equation]) -> Suspect | None:
    """The figure as a suspect of as many failures as one value repairs; None where it repairs none."""
    line, column = place
    half = printed(line, column).figure.step / 2
    own = figures[line.key, column]
    allowed: Interval | None = Interval(Decimal(0), Decimal("Infinity"))
    others = tuple(e for e in own if e not in failed)
    for equation in others:
        allowed = _narrowed(allowed, equation, place, half) if allowed else None
    repaired = []
    for equation in (e for e in own if e in failed):
        if allowed and (narrower := _narrowed(allowed, equation, place, half)):
            allowed = narrower
            repaired.append(equation)
    wanted = _printable(place, allowed, (*repaired, *others)) if allowed and repaired else None
    return Suspect(line, column, wanted, tuple(repaired), others) if wanted else None


def _printable(place: Place, allowed: Interval, equations: Sequence[Equation]) -> Quantity | None:
    """A figure of the same rounding among the allowed values with which the equations hold."""
    figure, step = (quantity := printed(*place)).figure, quantity.figure.step
    ends = [end for end in (allowed.low, allowed.high) if end.is_finite()]
    ordered = _ordered(equations)
    for value in (sum(ends, Decimal(0)) / len(ends), *ends) if ends else ():
        nearest = (value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
        other = replace(quantity, figure=replace(figure, value=nearest))
        if nearest != figure.value and nearest >= 0 and _closes(place, other, ordered):
            return other
    return None


def _closes(place: Place, quantity: Quantity, equations: Sequence[Equation]) -> bool:
    line, column = place
    other = column.put(line, quantity)
    return all(e.with_line(other).compared.holds for e in equations)


def _ordered(equations: Sequence[Equation]) -> list[Equation]:
    """Those of few figures first: they are soonest tried."""
    return sorted(equations, key=lambda e: len(e.members()))


def _narrowed(allowed: Interval, equation: Equation, place: Place, half: Decimal) -> Interval | None:
    """What an equation leaves of the values that the figure may be printed as; a figure of nothing repairs nothing."""
    wanted = equation.solve(*place)
    if wanted is None:
        return allowed
    low, high = max(allowed.low, wanted.low - half), min(allowed.high, wanted.high + half)
    return Interval(low, high) if low <= high and high > half else None
