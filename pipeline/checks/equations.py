"""The equations between printed figures, each as an interval test: what is printed, and what the other figures allow.

Everything is computed in kilograms and parts per million and told in the unit that is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, Self

from models.disclosure import EstimateLine
from models.figure import Interval
from models.units import UNITS, Quantity, Unit
from pipeline.checks.columns import TONNAGE, Column, contained, grade
from pipeline.checks.constants import conversion_slack

PER_MILLION = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One equation with its figures: the printed one, and the interval that the others allow, in its unit."""

    reported: Quantity
    allowed: Interval

    @property
    def holds(self) -> bool:
        """Whether some values that round to the printed figures satisfy the equation."""
        return self.reported.figure.interval.meets(self.allowed)


class Equation(Protocol):
    """A relation between the figures of one or more lines; ``line`` and ``column`` name the figure it computes."""

    @property
    def relation(self) -> str:
        """The name of the check that tests it."""

    @property
    def line(self) -> EstimateLine:
        """The line whose figure it computes."""

    @property
    def column(self) -> Column:
        """The column of the figure it computes."""

    def members(self) -> tuple[tuple[EstimateLine, Column], ...]:
        """The printed figures that it ties together."""

    def compare(self) -> Comparison:
        """The equation with the figures as printed."""

    def with_line(self, line: EstimateLine) -> Self:
        """The equation with another version of one of its lines."""


@dataclass(frozen=True, slots=True)
class Product:
    """Tonnes times grade is contained metal."""

    line: EstimateLine
    commodity: str

    relation = "contained_metal"

    @property
    def column(self) -> Column:
        """Contained metal."""
        return contained(self.commodity)

    def members(self) -> tuple[tuple[EstimateLine, Column], ...]:
        """Tonnage, grade and contained metal."""
        return (self.line, TONNAGE), (self.line, grade(self.commodity)), (self.line, self.column)

    def compare(self) -> Comparison:
        """Contained metal as printed, and as tonnes times grade give it, widened by shortened constants only."""
        tonnage, metal = printed(self.line, TONNAGE), printed(self.line, self.column)
        ratio = printed(self.line, grade(self.commodity))
        slack = conversion_slack(tonnage.unit, ratio.unit, metal.unit)
        allowed = tonnage.interval * ratio.interval * slack
        return Comparison(metal, allowed.times(PER_MILLION / factor_of(metal.unit)))

    def expected(self) -> Decimal:
        """Tonnes times grade of the figures as printed, in the unit of the contained metal."""
        ore, share = printed(self.line, TONNAGE), printed(self.line, grade(self.commodity))
        metal = printed(self.line, self.column)
        return convert(ore, UNITS["kg"]) * convert(share, UNITS["ppm"]) * PER_MILLION / factor_of(metal.unit)

    def with_line(self, line: EstimateLine) -> Self:
        """The product of another version of the line."""
        return replace(self, line=line)


@dataclass(frozen=True, slots=True)
class Sum:
    """A total is the sum of its parts in one column; a part that prints nothing there adds nothing."""

    relation: str
    line: EstimateLine
    column: Column
    parts: tuple[EstimateLine, ...]

    def members(self) -> tuple[tuple[EstimateLine, Column], ...]:
        """The total's figure and those of its parts."""
        return tuple((line, self.column) for line in (self.line, *self.parts) if self.column.of(line))

    def compare(self) -> Comparison:
        """The total as printed, and the sum of its parts; half steps add up, so rounding never fails a total."""
        total = printed(self.line, self.column)
        addends = [q for part in self.parts if (q := self.column.of(part)) is not None]
        return Comparison(total, Interval.total([in_unit(q, total.unit) for q in addends]))

    def expected(self) -> Decimal:
        """The sum of the parts' figures as printed, in the unit of the total."""
        unit = printed(self.line, self.column).unit
        return sum((convert(q, unit) for part in self.parts if (q := self.column.of(part))), Decimal(0))

    def with_line(self, line: EstimateLine) -> Self:
        """The sum with another version of the total or of a part."""
        total, *parts = _swapped((self.line, *self.parts), line)
        return replace(self, line=total, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class WeightedGrade:
    """The grade of a total is the mean of its parts' grades by tonnage, so never outside their range."""

    line: EstimateLine
    column: Column
    parts: tuple[EstimateLine, ...]

    relation = "weighted_grade"

    def members(self) -> tuple[tuple[EstimateLine, Column], ...]:
        """The total's grade, and grade and tonnage of its parts."""
        of_parts = tuple((part, column) for part in self.parts for column in (TONNAGE, self.column))
        return ((self.line, self.column), *of_parts)

    def compare(self) -> Comparison:
        """The grade as printed, and sum(T g) / sum(T) within the range of the parts' grades."""
        total = printed(self.line, self.column)
        grades = [in_unit(printed(part, self.column), total.unit) for part in self.parts]
        tonnages = [printed(part, TONNAGE).interval for part in self.parts]
        metal = Interval.total([t * g for t, g in zip(tonnages, grades, strict=True)])
        mean = metal / Interval.total(tonnages)
        low, high = min(g.low for g in grades), max(g.high for g in grades)
        return Comparison(total, Interval(max(mean.low, low), min(mean.high, high)))

    def with_line(self, line: EstimateLine) -> Self:
        """The mean with another version of the total or of a part."""
        total, *parts = _swapped((self.line, *self.parts), line)
        return replace(self, line=total, parts=tuple(parts))


def _swapped(lines: tuple[EstimateLine, ...], line: EstimateLine) -> tuple[EstimateLine, ...]:
    return tuple(line if other.key == line.key else other for other in lines)


def printed(line: EstimateLine, column: Column) -> Quantity:
    """The figure in this column; raises ValueError where the line prints none."""
    quantity = column.of(line)
    if quantity is None:
        raise ValueError(f"line {line.number} of table {line.table} prints no {column}")
    return quantity


def factor_of(unit: Unit) -> Decimal:
    """The factor to kilograms or parts per million; raises ValueError where there is none."""
    if unit.factor is None:
        raise ValueError(f"{unit.symbol} has no conversion")
    return unit.factor


def converts(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be compared; milligrams a litre only with each other."""
    return one.unit == other.unit or (one.unit.factor is not None and other.unit.factor is not None)


def convert(quantity: Quantity, unit: Unit) -> Decimal:
    """The quantity's value in another unit; exact where the units are the same."""
    if quantity.unit == unit:
        return quantity.figure.value
    return quantity.figure.value * factor_of(quantity.unit) / factor_of(unit)


def in_unit(quantity: Quantity, unit: Unit) -> Interval:
    """The quantity's interval in another unit; exact where the units are the same."""
    if quantity.unit == unit:
        return quantity.figure.interval
    return quantity.figure.interval.times(factor_of(quantity.unit) / factor_of(unit))
