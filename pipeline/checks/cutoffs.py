"""Grades and quantities at their cut-offs: an average is not under its own, and a higher one leaves less of richer ore.

A pass here proves nothing, so these verdicts are not arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Self

from propcache.api import cached_property

from models.disclosure import EstimateLine, EstimateTable
from models.figure import Interval
from models.findings import Verdict
from models.units import UNITS, Quantity
from pipeline.checks.arithmetic import equation_verdict, not_run
from pipeline.checks.columns import TONNAGE, Column, contained, grade
from pipeline.checks.conversions import factor_of
from pipeline.checks.equations import Comparison, Equation, Order, Place, printed
from pipeline.checks.wording import amount, name, span, with_unit


@dataclass(frozen=True, eq=False)
class Increment:
    """What lies between two cut-offs has a grade between them: T1 g1 - T2 g2 = c (T1 - T2), c from c1 to c2."""

    line: EstimateLine
    lower: EstimateLine
    column: Column
    band: tuple[Quantity, Quantity]

    relation = "incremental_grade"

    def members(self) -> tuple[Place, ...]:
        """Tonnage and grade at both cut-offs."""
        return tuple((line, column) for line in (self.line, self.lower) for column in (TONNAGE, self.column))

    @cached_property
    def compared(self) -> Comparison:
        """The grade at the higher cut-off, and what the increment leaves for it."""
        unit = printed(self.line, self.column).unit
        (more, rich), (less, _), cut = self._terms(unit.factor or Decimal(1))
        allowed = (more * rich - cut * (more - less)) / less
        return Comparison(printed(self.line, self.column), allowed)

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """One of the four figures from the other three; None where the other grade may be the cut-off's own."""
        figure = printed(line, column)
        factor = factor_of((figure if column != TONNAGE else printed(line, self.column)).unit)
        below, above, cut = self._terms(factor)
        (tonnes, rich), (others, other) = (above, below) if line.key == self.line.key else (below, above)
        if column != TONNAGE:
            return (others * other + cut * (tonnes - others)) / tonnes
        if (rich - cut).low <= 0 <= (rich - cut).high:
            return None
        return (others * (other - cut) / (rich - cut)).times(1 / factor_of(figure.unit))

    def with_line(self, line: EstimateLine) -> Self:
        """The increment with another version of one of its lines."""
        own = line if line.key == self.line.key else self.line
        return replace(self, line=own, lower=line if line.key == self.lower.key else self.lower)

    def _terms(self, factor: Decimal) -> tuple[tuple[Interval, Interval], tuple[Interval, Interval], Interval]:
        """Tonnage and grade at the lower and at the higher cut-off, and the band between them."""
        lower, higher = (
            (printed(line, TONNAGE).interval, printed(line, self.column).interval.times(1 / factor))
            for line in (self.lower, self.line)
        )
        low, high = (limit.interval.times(1 / factor) for limit in self.band)
        return lower, higher, Interval(low.low, max(low.low, high.high))


def grade_above_cutoff(table: EstimateTable) -> Iterator[Verdict]:
    """An average grade is not under the line's own cut-off of the same commodity."""
    for line in table.lines:
        if line.cutoff is None or line.cutoff.commodity is None:
            continue
        order = _above_cutoff(line)
        if order is None:
            reason = f"no grade to compare with the cut-off of {line.cutoff.commodity}"
            yield not_run("grade_above_cutoff", line, reason, line.cutoff.commodity)
            continue
        compared = order.compared
        text = f"{name(line)}: {order.column} {amount(compared.reported)} at a cut-off of {_stated(line)}"
        yield equation_verdict(order, compared, text, proves=False)


def cutoff_sensitivity(table: EstimateTable) -> Iterator[Verdict]:
    """A higher cut-off leaves no more tonnes, and no lower grade of the metal that is cut."""
    return (_told(step) for lower, higher in _neighbours(table) for step in _steps(lower, higher))


def cutoff_metal(table: EstimateTable) -> Iterator[Verdict]:
    """A higher cut-off leaves no more contained metal."""
    return (_told(step) for lower, higher in _neighbours(table) for step in _metal_steps(lower, higher))


def incremental_grade(table: EstimateTable) -> Iterator[Verdict]:
    """What lies between two cut-offs has a grade between them: (T1 g1 - T2 g2) / (T1 - T2)."""
    for lower, higher in _neighbours(table):
        for increment in _increments(lower, higher):
            compared = increment.compared
            relation = "between" if compared.holds else "not between"
            text = (
                f"{name(higher)}: what lies between the cut-offs {_stated(lower)} and {_stated(higher)} has a grade "
                f"{relation} them; they allow {span(compared.allowed, compared.reported)} at {_stated(higher)}, "
                f"{amount(compared.reported)} is printed"
            )
            yield equation_verdict(increment, compared, text, proves=False)


def cutoff_equations(table: EstimateTable) -> Iterator[Equation]:
    """All that cut-offs say of figures, as relations that a figure stands in."""
    yield from (order for line in table.lines if (order := _above_cutoff(line)))
    for lower, higher in _neighbours(table):
        yield from _steps(lower, higher)
        yield from _metal_steps(lower, higher)
        yield from _increments(lower, higher)


def _above_cutoff(line: EstimateLine) -> Order | None:
    """The grade of the metal that is cut beside its cut-off, or None where one of them is not printed as a grade."""
    limit = _cutoff_quantity(line)
    metal = line.metal(line.cutoff.commodity) if line.cutoff and line.cutoff.commodity else None
    if limit is None or metal is None or not _converts(metal.grade):
        return None
    return Order("grade_above_cutoff", line, grade(metal.commodity), least=limit)


def _steps(lower: EstimateLine, higher: EstimateLine) -> Iterator[Order]:
    """Tonnage and grade of the metal that is cut, from one cut-off to the next."""
    if _converts(lower.tonnage) and _converts(higher.tonnage):
        yield Order("cutoff_sensitivity", higher, TONNAGE, most=(lower, TONNAGE))
    if higher.cutoff and higher.cutoff.commodity:
        column = grade(higher.cutoff.commodity)
        if _converts(column.of(lower)) and _converts(column.of(higher)):
            yield Order("cutoff_sensitivity", higher, column, least=(lower, column))


def _metal_steps(lower: EstimateLine, higher: EstimateLine) -> Iterator[Order]:
    """Contained metal, from one cut-off to the next."""
    for column in (contained(metal.commodity) for metal in higher.metals):
        if _converts(column.of(lower)) and _converts(column.of(higher)):
            yield Order("cutoff_metal", higher, column, most=(lower, column))


def _increments(lower: EstimateLine, higher: EstimateLine) -> Iterator[Increment]:
    """The increment between two cut-offs of one metal, where tonnage and grade of both are printed."""
    low, high = _cutoff_quantity(lower), _cutoff_quantity(higher)
    if low is None or high is None or higher.cutoff is None or higher.cutoff.commodity is None:
        return
    column = grade(higher.cutoff.commodity)
    figures = (lower.tonnage, higher.tonnage, column.of(lower), column.of(higher))
    if all(q and q.unit.factor is not None and q.interval.low > 0 for q in figures):
        yield Increment(higher, lower, column, (low, high))


def _converts(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.unit.factor is not None


def _cutoff_quantity(line: EstimateLine) -> Quantity | None:
    """The cut-off as a grade, or None for a value per tonne or a screen size."""
    unit = UNITS.get(line.cutoff.unit) if line.cutoff else None
    if line.cutoff is None or unit is None or unit.factor is None:
        return None
    return Quantity(line.cutoff.value, unit, line.cutoff.quote)


def _told(step: Order) -> Verdict:
    compared = step.compared
    text = f"{step.column} {amount(compared.reported)} at cut-off {_stated(step.line)}"
    limit = step.least or step.most
    if isinstance(limit, tuple):
        text += f", {amount(printed(*limit))} at {_stated(limit[0])}"
    return equation_verdict(step, compared, text, proves=False)


def _stated(line: EstimateLine) -> str:
    return with_unit(f"{line.cutoff.value.value:,f}", line.cutoff.unit) if line.cutoff else ""


def _neighbours(table: EstimateTable) -> Iterator[tuple[EstimateLine, EstimateLine]]:
    """Lines that differ in nothing but their cut-off, each with the next higher one."""
    series: dict[tuple[object, ...], list[EstimateLine]] = {}
    for line in table.lines:
        if line.cutoff is not None:
            cut = (line.cutoff.unit, line.cutoff.commodity)
            commodities = frozenset(m.commodity for m in line.metals)
            key = (line.type, line.category, line.zone, line.materials, line.group, commodities, cut)
            series.setdefault(key, []).append(line)
    for lines in series.values():
        yield from pairwise(sorted(lines, key=_cut))


def _cut(line: EstimateLine) -> Decimal:
    return line.cutoff.value.value if line.cutoff else Decimal(0)
