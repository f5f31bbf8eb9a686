"""Errors planted in what was read: one wrong figure, or two, in a line that the checks had found sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from models.disclosure import Category, Disclosure, EstimateLine, EstimateTable
from models.figure import Figure
from models.findings import Cause, Outcome, Status
from models.units import UNITS, Quantity
from pipeline.checks import assess
from pipeline.checks.addends import find_addends
from pipeline.checks.causes import equations_of
from pipeline.checks.columns import TONNAGE, Column, Kind, additive_columns, contained, grade
from pipeline.checks.constants import OUNCES, compound_factors
from pipeline.checks.conversions import convert, converts
from pipeline.checks.equations import Equation, Sum
from pipeline.checks.repeated import repetitions
from pipeline.checks.slips import cut_off

RARE = ("inferred added", "omitted part", "compound for metal", "scale of a column", "recovered metal", "owner's share")
"""Kinds that few lines or tables can have: they are planted wherever they can be."""

RECOVERED, OWNED = Decimal("0.86"), Decimal("0.51")
AVOIRDUPOIS = Decimal("31.1034768") / Decimal("28.349523125")

SHORT = {"t": "st", "kt": "kst", "Mt": "Mst"}


@dataclass(frozen=True)
class Planted:
    """A disclosure with an error: its kind, its cause, the lines that are wrong, and whether a relation can tell."""

    kind: str
    cause: Cause
    disclosure: Disclosure
    wrong: tuple[EstimateLine, ...]
    visible: bool
    held_before: frozenset[tuple[int, int]]
    related: frozenset[tuple[int, int]]
    """The lines that stand in a relation with a wrong one."""


@dataclass(frozen=True)
class Result:
    """What the checks made of a planted error.

    ``noticed``: a line is held that was sound before, the wrong one or one whose relation it breaks. ``held``: a wrong
    line itself. ``named``: its cause stands first. ``unrelated``: how many lines are
    held with it that stand in no relation with it.
    """

    planted: Planted
    noticed: bool
    held: bool
    named: bool
    unrelated: int


Plant = Callable[[EstimateTable, EstimateLine, Random], EstimateLine | tuple[EstimateLine, ...] | None]


def planted_errors(disclosure: Disclosure, random: Random, share: float) -> Iterator[Planted]:
    """Errors of every kind in a random share of the sound lines."""
    before = assess(disclosure)
    held = frozenset(p.key for p in disclosure.lines if before.status(p.key) is Status.HELD)
    for table in disclosure.tables:
        equations = list(equations_of(table))
        for line in table.lines:
            if before.status(line.key) is not Status.SOUND:
                continue
            for kind, cause, plant in KINDS:
                if (kind in RARE or random.random() < share) and (wrong := plant(table, line, random)):
                    lines = wrong if isinstance(wrong, tuple) else (wrong,)
                    changed = _with_lines(disclosure, table, lines)
                    related = _related(changed, lines)
                    yield Planted(kind, cause, changed, lines, _visible(equations, lines), held, related)


def judged(error: Planted) -> Result:
    """The result of the checks for a planted error."""
    assessment = assess(error.disclosure)
    failed = [v for p in error.wrong for v in assessment.of(p.key) if v.outcome is Outcome.FAILED]
    now = {p.key for p in error.disclosure.lines if assessment.status(p.key) is Status.HELD}
    named = bool(failed) and failed[0].cause is error.cause
    wrong = {p.key for p in error.wrong}
    more = now - error.held_before - wrong - error.related
    return Result(error, bool(now - error.held_before), bool(failed), named, len(more))


def _with_lines(disclosure: Disclosure, table: EstimateTable, lines: tuple[EstimateLine, ...]) -> Disclosure:
    by_key = {p.key: p for p in lines}
    changed = replace(table, lines=tuple(by_key.get(p.key, p) for p in table.lines))
    return replace(disclosure, tables=tuple(changed if t is table else t for t in disclosure.tables))


def _visible(equations: list[Equation], lines: tuple[EstimateLine, ...]) -> bool:
    """Whether the error goes beyond rounding: a relation that held before does not hold with it.

    Nor would it if the figure that it computes had been cut off, or rounded up, in place of rounded.
    """
    for equation in equations:
        other = equation
        for line in lines:
            if any(member.key == line.key for member, _ in equation.members()):
                other = other.with_line(line)
        compared = other.compared
        if equation.compared.holds and not compared.holds and not cut_off(compared):
            return True
    return False


def _related(disclosure: Disclosure, lines: tuple[EstimateLine, ...]) -> frozenset[tuple[int, int]]:
    """The lines that some equation ties to one of these."""
    wrong = {line.key for line in lines}
    every = [e for table in disclosure.tables for e in equations_of(table)]
    tied = [{member.key for member, _ in e.members()} for e in (*every, *repetitions(disclosure.tables))]
    return frozenset(key for keys in tied if keys & wrong for key in keys)


def _columns(line: EstimateLine) -> list[Column]:
    every = [TONNAGE, *(of(m.commodity) for m in line.metals for of in (grade, contained))]
    return [c for c in every if (q := c.of(line)) is not None and q.figure.value]


def _refigured(line: EstimateLine, column: Column, value: Decimal, step: Decimal) -> EstimateLine:
    quantity = column.of(line)
    assert quantity is not None
    figure = replace(quantity.figure, value=value, step=step)
    return column.put(line, Quantity(figure, quantity.unit, quantity.quote))


def _figure(line: EstimateLine, random: Random, kinds: tuple[Kind, ...] = tuple(Kind)) -> tuple[Column, Figure] | None:
    columns = [c for c in _columns(line) if c.kind in kinds]
    if not columns:
        return None
    column = random.choice(columns)
    quantity = column.of(line)
    assert quantity is not None
    return column, quantity.figure


def _thousandfold(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    if not (chosen := _figure(line, random)):
        return None
    column, figure = chosen
    return _refigured(line, column, figure.value * 1000, figure.step * 1000)


def _without_point(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """0.45 printed as 045."""
    chosen = _figure(line, random, (Kind.GRADE,))
    if not chosen or chosen[1].step >= 1:
        return None
    column, figure = chosen
    return _refigured(line, column, figure.value / figure.step, Decimal(1))


def _swapped(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    if not (chosen := _figure(line, random)):
        return None
    column, figure = chosen
    digits = str(int(figure.value / figure.step))
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
    if not places:
        return None
    i = random.choice(places)
    swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    return _refigured(line, column, Decimal(swapped) * figure.step, figure.step)


def _changed(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    if not (chosen := _figure(line, random)):
        return None
    column, figure = chosen
    digits = str(int(figure.value / figure.step))
    i = random.randrange(len(digits))
    other = random.choice([d for d in "123456789" if d != digits[i]])
    return _refigured(line, column, Decimal(digits[:i] + other + digits[i + 1 :]) * figure.step, figure.step)


def _short_tons(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """A line whose tonnes are taken for short tons."""
    quantity = line.tonnage
    if quantity is None or quantity.unit.symbol not in SHORT:
        return None
    return replace(line, tonnage=Quantity(quantity.figure, UNITS[SHORT[quantity.unit.symbol]], quantity.quote))


def _without_part(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """A total whose tonnage leaves out a part."""
    sums = [s for s in _sums(table, line) if s.column == TONNAGE and len(s.parts) > 1]
    parts = [q for s in sums for p in s.parts if (q := p.tonnage) and q.figure.value]
    if not parts or line.tonnage is None:
        return None
    left_out = convert(random.choice(parts), line.tonnage.unit)
    return _refigured(line, TONNAGE, line.tonnage.figure.value - left_out, line.tonnage.figure.step)


def _with_inferred(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """A total of measured and indicated that adds the inferred line in tonnage and metal."""
    inferred = [
        p
        for p in table.lines
        if p.category is Category.INFERRED and (p.zone, p.materials, p.group) == (line.zone, line.materials, line.group)
    ]
    if len(inferred) != 1 or line.category is not Category.MEASURED_INDICATED or not _sums(table, line):
        return None
    for column in additive_columns(line):
        old, more = column.of(line), column.of(inferred[0])
        if old is None or more is None or not converts(old, more):
            return None
        line = _refigured(line, column, old.figure.value + convert(more, old.unit), old.figure.step)
    return line


def _with_doubled_part(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """A total whose tonnage counts a part twice."""
    sums = [s for s in _sums(table, line) if s.column == TONNAGE and len(s.parts) > 1]
    parts = [q for s in sums for p in s.parts if (q := p.tonnage) and q.figure.value]
    if not parts or line.tonnage is None:
        return None
    twice = convert(random.choice(parts), line.tonnage.unit)
    return _refigured(line, TONNAGE, line.tonnage.figure.value + twice, line.tonnage.figure.step)


def _compound(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """Metal of the element under the heading of its oxide, or the other way."""
    stated = [m for m in line.metals if m.grade and m.contained and compound_factors(m.commodity)]
    if not stated:
        return None
    metal = random.choice(stated)
    return _times(line, contained(metal.commodity), compound_factors(metal.commodity)[0].ratio)


def _avoirdupois(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """Ounces of 28.35 g in place of 31.10 g."""
    stated = [m for m in line.metals if m.contained and m.contained.unit.symbol in OUNCES]
    return _times(line, contained(random.choice(stated).commodity), AVOIRDUPOIS) if stated else None


def _exchanged_metals(table: EstimateTable, line: EstimateLine, random: Random) -> EstimateLine | None:
    """The metal of two commodities that changed places, each in the unit of the other's heading."""
    stated = [m for m in line.metals if m.grade and m.contained and m.contained.figure.value]
    if len(stated) < 2:
        return None
    one, other = random.sample(stated, 2)
    first, second = one.contained, other.contained
    assert first is not None
    assert second is not None
    line = contained(one.commodity).put(line, Quantity(second.figure, first.unit, second.quote))
    return contained(other.commodity).put(line, Quantity(first.figure, second.unit, first.quote))


def _scaled_column(table: EstimateTable, line: EstimateLine, random: Random) -> tuple[EstimateLine, ...] | None:
    """A heading of ounces over thousands of ounces: all of a metal's figures a thousand times too large."""
    return _column_times(table, line, Decimal(1000), all_metals=False)


def _recovered(table: EstimateTable, line: EstimateLine, random: Random) -> tuple[EstimateLine, ...] | None:
    """Recovered metal under the heading of contained metal."""
    return _column_times(table, line, RECOVERED, all_metals=False)


def _owned(table: EstimateTable, line: EstimateLine, random: Random) -> tuple[EstimateLine, ...] | None:
    """The owner's share of all metals beside the whole ore."""
    return _column_times(table, line, OWNED, all_metals=True) if len(line.metals) > 1 else None


def _column_times(
    table: EstimateTable, line: EstimateLine, factor: Decimal, *, all_metals: bool
) -> tuple[EstimateLine, ...] | None:
    """The lines of a table with the contained metal of its first commodity, or of all, multiplied; once a table."""
    commodities = [m.commodity for m in line.metals if m.grade and m.contained][: None if all_metals else 1]
    alike = [p for p in table.lines if all((m := p.metal(c)) and m.grade and m.contained for c in commodities)]
    if not commodities or len(alike) < 3 or alike[0].key != line.key:
        return None
    if all_metals and len(commodities) < 2:
        return None
    for commodity in commodities:
        alike = [_times(own, contained(commodity), factor) for own in alike]
    return tuple(alike)


def _times(line: EstimateLine, column: Column, factor: Decimal) -> EstimateLine:
    """The line with a figure multiplied and rounded as it was."""
    quantity = column.of(line)
    assert quantity is not None
    step = quantity.figure.step * (factor if factor >= 1000 else 1)
    return _refigured(line, column, (quantity.figure.value * factor / step).quantize(Decimal(1)) * step, step)


def _sums(table: EstimateTable, line: EstimateLine) -> list[Sum]:
    return [s for total, addends in find_addends(table) if addends and total.key == line.key for s in addends.sums]


def _with_neighbour(table: EstimateTable, line: EstimateLine, random: Random) -> tuple[EstimateLine, ...] | None:
    """The tonnages of two categories that changed places."""
    below = next((b for a, b in pairwise(table.lines) if a.key == line.key and b.group == a.group), None)
    if below is None or below.tonnage is None or line.tonnage is None or below.tonnage.unit != line.tonnage.unit:
        return None
    if below.tonnage.figure.value == line.tonnage.figure.value or not below.tonnage.figure.value:
        return None
    return replace(line, tonnage=below.tonnage), replace(below, tonnage=line.tonnage)


KINDS: tuple[tuple[str, Cause, Plant], ...] = (
    ("thousandfold", Cause.SCALE_SLIP, _thousandfold),
    ("lost decimal point", Cause.SCALE_SLIP, _without_point),
    ("swapped digits", Cause.SWAPPED_DIGITS, _swapped),
    ("changed digit", Cause.CHANGED_DIGIT, _changed),
    ("short tons", Cause.UNIT_SLIP, _short_tons),
    ("omitted part", Cause.OMITTED_PART, _without_part),
    ("inferred added", Cause.ADDED_PART, _with_inferred),
    ("neighbours swapped", Cause.COLUMN_SHIFT, _with_neighbour),
    ("metals exchanged", Cause.COLUMN_SHIFT, _exchanged_metals),
    ("doubled part", Cause.DOUBLED_PART, _with_doubled_part),
    ("compound for metal", Cause.OXIDE_FOR_METAL, _compound),
    ("avoirdupois ounces", Cause.UNIT_SLIP, _avoirdupois),
    ("scale of a column", Cause.SCALE_SLIP, _scaled_column),
    ("recovered metal", Cause.RECOVERED_METAL, _recovered),
    ("owner's share", Cause.ATTRIBUTABLE_SHARE, _owned),
)
