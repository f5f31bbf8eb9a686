"""Errors planted in sound lines, one at a time: another scale, two digits swapped, one digit changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from models.disclosure import Disclosure, EstimateLine, EstimateTable
from models.figure import Figure
from models.findings import Assessment, Cause, Outcome, Status
from models.units import Quantity
from pipeline.checks import assess
from pipeline.checks.columns import TONNAGE, Column, Kind, contained, grade


@dataclass(frozen=True)
class Planted:
    """A disclosure with one wrong figure, and what is wrong with it."""

    disclosure: Disclosure
    line: EstimateLine
    column: Column
    cause: Cause
    proven: bool
    """Whether the line's grade is tied to other figures: without contained metal nothing is."""


def planted(disclosure: Disclosure, random: Random, share: float = 1.0) -> Iterator[Planted]:
    """One wrong figure at a time in the sound lines of a disclosure, in a random share of them."""
    before = assess(disclosure)
    for table in disclosure.tables:
        for line in table.lines:
            if before.status(line.key) is Status.SOUND:
                for column in _columns(line):
                    if random.random() < share:
                        yield from _wrong(disclosure, table, line, column, random)


def _columns(line: EstimateLine) -> list[Column]:
    every = [TONNAGE, *(of(m.commodity) for m in line.metals for of in (grade, contained))]
    return [c for c in every if (q := c.of(line)) is not None and q.figure.value]


def _wrong(
    disclosure: Disclosure, table: EstimateTable, line: EstimateLine, column: Column, random: Random
) -> Iterator[Planted]:
    quantity = column.of(line)
    assert quantity is not None
    metal = line.metal(column.commodity) if column.commodity else line.metals[0]
    proven = column.kind is not Kind.GRADE or bool(metal and metal.contained)
    for cause, figure in (
        (Cause.SCALE_SLIP, _scaled(quantity.figure)),
        (Cause.SWAPPED_DIGITS, _swapped(quantity.figure, random)),
        (Cause.CHANGED_DIGIT, _changed(quantity.figure, random)),
    ):
        if figure is not None and not figure.interval.meets(quantity.figure.interval):
            wrong = column.put(line, Quantity(figure, quantity.unit, quantity.quote))
            yield Planted(_with_line(disclosure, table, wrong), line, column, cause, proven)


def _with_line(disclosure: Disclosure, table: EstimateTable, line: EstimateLine) -> Disclosure:
    lines = tuple(line if other.key == line.key else other for other in table.lines)
    changed = replace(table, lines=lines)
    return replace(disclosure, tables=tuple(changed if t is table else t for t in disclosure.tables))


def _scaled(figure: Figure) -> Figure:
    return replace(figure, value=figure.value * 1000, step=figure.step * 1000)


def _swapped(figure: Figure, random: Random) -> Figure | None:
    digits = str(int(figure.value / figure.step))
    places = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
    if not places:
        return None
    i = random.choice(places)
    return _of(figure, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])


def _changed(figure: Figure, random: Random) -> Figure:
    digits = str(int(figure.value / figure.step))
    i = random.randrange(len(digits))
    other = random.choice([d for d in "123456789" if d != digits[i]])
    return _of(figure, digits[:i] + other + digits[i + 1 :])


def _of(figure: Figure, digits: str) -> Figure:
    return replace(figure, value=Decimal(digits) * figure.step)


def held(assessment: Assessment, line: EstimateLine) -> bool:
    """Whether the line with the wrong figure is held."""
    return assessment.status(line.key) is Status.HELD


def named(assessment: Assessment, line: EstimateLine, cause: Cause) -> bool:
    """Whether a failed verdict of the line names the cause."""
    return any(v.cause is cause for v in assessment.of(line.key) if v.outcome is Outcome.FAILED)
