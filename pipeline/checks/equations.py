"""The equations between printed figures, each as an interval test: what is printed, and what the other figures allow.

Everything is computed in kilograms and parts per million and told in the unit that is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, Self

from propcache.api import cached_property

from models.disclosure import EstimateLine
from models.figure import Interval
from models.units import UNITS, Quantity, Unit
from pipeline.checks.columns import TONNAGE, Column, contained, grade
from pipeline.checks.constants import as_rounded, conversion_slack, mass_of
from pipeline.checks.conversions import PER_MILLION, convert, factor_of, in_unit

Place = tuple[EstimateLine, Column]
"""A printed figure: its line and its column."""


@dataclass(frozen=True)
class Comparison:
    """One equation with its figures: the printed one, and the interval that the others allow, in its unit."""

    reported: Quantity
    allowed: Interval

    @cached_property
    def printed(self) -> Interval:
        """The values that round to the printed figure."""
        return self.reported.figure.interval

    @property
    def holds(self) -> bool:
        """Whether some values that round to the printed figures satisfy the equation."""
        return self.printed.meets(self.allowed)


class Equation(Protocol):
    """A relation between the figures of one or more lines; ``line`` and ``column`` name the figure it computes.

    It is known by its identity: of the relations of a disclosure no two are the same.
    """

    @property
    def relation(self) -> str:
        """The name of the check that tests it."""

    @property
    def line(self) -> EstimateLine:
        """The line whose figure it computes."""

    @property
    def column(self) -> Column:
        """The column of the figure it computes."""

    def members(self) -> tuple[Place, ...]:
        """The printed figures that it ties together."""

    @property
    def compared(self) -> Comparison:
        """The equation with the figures as printed."""

    def with_line(self, line: EstimateLine) -> Self:
        """The equation with another version of one of its lines."""

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """What one of its figures has to be for the equation to hold, in the figure's unit; None where all will do."""


Figures = dict[tuple[tuple[int, int], Column], list[Equation]]
"""The equations that each figure stands in, by the figure's line and column."""


def standing(equations: Sequence[Equation]) -> Figures:
    """The equations that each figure stands in, in their order."""
    found: Figures = {}
    for equation in equations:
        for line, column in equation.members():
            found.setdefault((line.key, column), []).append(equation)
    return found


@dataclass(frozen=True, eq=False)
class Product:
    """Tonnes times grade is contained metal; ``graded`` where the grade is that of another compound: Li2O for LCE."""

    line: EstimateLine
    commodity: str
    graded: str | None = None

    relation = "contained_metal"

    @property
    def column(self) -> Column:
        """Contained metal."""
        return contained(self.commodity)

    def members(self) -> tuple[Place, ...]:
        """Tonnage, grade and contained metal."""
        return (self.line, TONNAGE), (self.line, self.grade), (self.line, self.column)

    @property
    def grade(self) -> Column:
        """The grade that is printed."""
        return grade(self.graded or self.commodity)

    @cached_property
    def compared(self) -> Comparison:
        """Contained metal as printed, and as tonnes times grade give it, widened by shortened constants only."""
        tonnage, metal = printed(self.line, TONNAGE), printed(self.line, self.column)
        ratio = printed(self.line, self.grade)
        slack = conversion_slack(tonnage.unit, ratio.unit, metal.unit)
        allowed = tonnage.interval * ratio.interval * slack
        if self.graded:
            allowed = allowed * as_rounded(mass_of(self.commodity, self.graded))
        return Comparison(metal, allowed.times(PER_MILLION / factor_of(metal.unit)))

    def expected(self) -> Decimal:
        """Tonnes times grade of the figures as printed, in the unit of the contained metal."""
        ore, share = printed(self.line, TONNAGE), printed(self.line, self.grade)
        metal = printed(self.line, self.column)
        mass = convert(ore, UNITS["kg"]) * convert(share, UNITS["ppm"]) * PER_MILLION
        return mass * mass_of(self.commodity, self.graded or self.commodity) / factor_of(metal.unit)

    def with_line(self, line: EstimateLine) -> Self:
        """The product of another version of the line."""
        return type(self)(line, self.commodity, self.graded)

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:  # noqa: ARG002 - it has one line only
        """The metal, or the metal divided by the other factor."""
        compared = self.compared
        if column == self.column:
            return compared.allowed
        own = printed(self.line, column).figure.interval
        if own.low <= 0 or compared.allowed.low <= 0:
            return None
        other_factor = Interval(compared.allowed.low / own.low, compared.allowed.high / own.high)
        return compared.reported.figure.interval / other_factor


@dataclass(frozen=True, eq=False)
class Conversion:
    """Contained metal that is printed as two compounds is the same metal: Li2O and LCE."""

    line: EstimateLine
    commodity: str
    base: str

    relation = "contained_compound"

    @property
    def column(self) -> Column:
        """The compound that it is converted to."""
        return contained(self.commodity)

    def members(self) -> tuple[Place, ...]:
        """Both printings."""
        return (self.line, self.column), (self.line, contained(self.base))

    @cached_property
    def compared(self) -> Comparison:
        """One as printed, and as the other gives it."""
        metal, base = printed(self.line, self.column), printed(self.line, contained(self.base))
        return Comparison(metal, in_unit(base, metal.unit) * as_rounded(mass_of(self.commodity, self.base)))

    def with_line(self, line: EstimateLine) -> Self:
        """The conversion of another version of the line."""
        return type(self)(line, self.commodity, self.base)

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """One from the other."""
        if column == self.column:
            return self.compared.allowed
        metal = in_unit(printed(line, self.column), printed(line, column).unit)
        return metal * as_rounded(mass_of(self.base, self.commodity))


@dataclass(frozen=True, eq=False)
class Sum:
    """A total is the sum of its parts in one column; a part that prints nothing there adds nothing."""

    relation: str
    line: EstimateLine
    column: Column
    parts: tuple[EstimateLine, ...]

    def members(self) -> tuple[Place, ...]:
        """The total's figure and those of its parts."""
        return tuple((line, self.column) for line in (self.line, *self.parts) if self.column.of(line))

    @cached_property
    def compared(self) -> Comparison:
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
        return type(self)(self.relation, total, self.column, tuple(parts))

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """The sum, or what the total leaves for a part."""
        if line.key == self.line.key:
            return self.compared.allowed
        unit = printed(line, column).unit
        others = [in_unit(q, unit) for p in self.parts if p.key != line.key and (q := column.of(p))]
        return in_unit(printed(self.line, column), unit) - Interval.total(others)


@dataclass(frozen=True, eq=False)
class WeightedGrade:
    """The grade of a total is the mean of its parts' grades by tonnage, so never outside their range."""

    line: EstimateLine
    column: Column
    parts: tuple[EstimateLine, ...]

    relation = "weighted_grade"

    def members(self) -> tuple[Place, ...]:
        """The total's grade, and grade and tonnage of its parts."""
        of_parts = tuple((part, column) for part in self.parts for column in (TONNAGE, self.column))
        return ((self.line, self.column), *of_parts)

    @cached_property
    def compared(self) -> Comparison:
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
        return type(self)(total, self.column, tuple(parts))

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """The mean, what it leaves for the grade of a part, or the weight with which a part gives it.

        A part of the mean's own grade may weigh anything.
        """
        if line.key == self.line.key:
            return self.compared.allowed
        unit = printed(line, self.column).unit
        mean, own = in_unit(printed(self.line, self.column), unit), in_unit(printed(line, self.column), unit)
        others = [p for p in self.parts if p.key != line.key]
        weights = [printed(p, TONNAGE).interval for p in others]
        grades = [in_unit(printed(p, self.column), unit) for p in others]
        weight = printed(line, TONNAGE)
        if column == TONNAGE:
            if (own - mean).low <= 0 <= (own - mean).high:
                return None
            lacking = Interval.total([t * (mean - g) for t, g in zip(weights, grades, strict=True)])
            return (lacking / (own - mean)).times(1 / factor_of(weight.unit))
        if weight.interval.low <= 0:
            return None
        metal = Interval.total([t * g for t, g in zip(weights, grades, strict=True)])
        return (mean * Interval.total([*weights, weight.interval]) - metal) / weight.interval


@dataclass(frozen=True, eq=False)
class Order:
    """One figure is no less than another, or than a fixed limit; one of the two is the figure that is tested."""

    relation: str
    line: EstimateLine
    column: Column
    least: Place | Quantity | None = None
    most: Place | Quantity | None = None

    def members(self) -> tuple[Place, ...]:
        """The figures that are compared, without a limit that is no figure of a line."""
        return ((self.line, self.column), *(p for p in (self.least, self.most) if isinstance(p, tuple)))

    @cached_property
    def compared(self) -> Comparison:
        """The figure as printed, and the range from the lesser to the greater."""
        figure = printed(self.line, self.column)
        low = Decimal(0) if self.least is None else _limit(self.least, figure.unit).low
        high = Decimal("Infinity") if self.most is None else _limit(self.most, figure.unit).high
        return Comparison(figure, Interval(min(low, high), high))

    def with_line(self, line: EstimateLine) -> Self:
        """The comparison with another version of a line."""
        own = line if line.key == self.line.key else self.line
        return type(self)(self.relation, own, self.column, _other(self.least, line), _other(self.most, line))

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """The range in which the figure may lie."""
        if (line.key, column) == (self.line.key, self.column):
            return self.compared.allowed
        own = in_unit(printed(self.line, self.column), printed(line, column).unit)
        return Interval(Decimal(0), own.high) if self.most is None else Interval(own.low, Decimal("Infinity"))


def _limit(limit: Place | Quantity, unit: Unit) -> Interval:
    return in_unit(printed(*limit) if isinstance(limit, tuple) else limit, unit)


def _other(limit: Place | Quantity | None, line: EstimateLine) -> Place | Quantity | None:
    return (line, limit[1]) if isinstance(limit, tuple) and limit[0].key == line.key else limit


def _swapped(lines: tuple[EstimateLine, ...], line: EstimateLine) -> tuple[EstimateLine, ...]:
    return tuple(line if other.key == line.key else other for other in lines)


def printed(line: EstimateLine, column: Column) -> Quantity:
    """The figure in this column; raises ValueError where the line prints none."""
    quantity = column.of(line)
    if quantity is None:
        raise ValueError(f"line {line.number} of table {line.table} prints no {column}")
    return quantity
