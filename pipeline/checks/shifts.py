"""Two figures that changed places: with a neighbour in the row, or with the line above or below.

An exchange leaves nothing to choose, so that two relations which it repairs at once say more than a changed digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from models.disclosure import EstimateLine
from models.units import Quantity
from pipeline.checks.addends import TELLING_STEPS
from pipeline.checks.columns import TONNAGE, Column, Kind, contained, grade
from pipeline.checks.equations import Equation, Figures, Place, Sum, standing
from pipeline.checks.wording import amount, name


@dataclass(frozen=True, slots=True)
class Shift:
    """Two figures that would make the failed equations hold if they changed places."""

    one: Place
    other: Place
    failed: tuple[Equation, ...]

    def holds_line(self, key: tuple[int, int]) -> bool:
        """Whether one of the figures stands in this line."""
        return key in (self.one[0].key, self.other[0].key)

    def __str__(self) -> str:
        """What would have to change places."""
        return " and ".join(_told(line, column) for line, column in (self.one, self.other))


def find_shifts(equations: Sequence[Equation]) -> tuple[Shift, ...]:
    """The exchanges that repair two failed equations, or a sum of long figures, and break none; one for each figure."""
    failed = [e for e in equations if not e.compared.holds]
    if not failed:
        return ()
    figures = standing(equations)
    lines = {line.key: line for e in failed for line, _ in e.members()}
    every = {line.key: line for e in equations for line, _ in e.members()}
    beside = [
        line for line in every.values() if line.key not in lines and any(_next_to(line, p) for p in lines.values())
    ]
    found: list[Shift] = []
    for one, other in _exchanges(list(lines.values()), beside):
        taken = any(s.holds_line(one[0].key) or s.holds_line(other[0].key) for s in found)
        if not taken and (shift := _repairing(one, other, figures, failed)):
            found.append(shift)
    return tuple(found)


def _exchanges(lines: Sequence[EstimateLine], beside: Sequence[EstimateLine]) -> Iterator[tuple[Place, Place]]:
    """Figures of one kind in a line, and figures of a column in two lines that follow each other.

    A line beside a contradiction may hold the figure that belongs into it, though nothing ties its own figures.
    """
    for line in lines:
        for kind in (grade, contained):
            columns = [c for m in line.metals if (c := kind(m.commodity)).of(line)]
            yield from (((line, a), (line, b)) for a, b in combinations(columns, 2))
    for above, below in combinations(lines, 2):
        if _next_to(above, below):
            yield from _in_columns(above, below)
    for line, other in product(lines, beside):
        if _next_to(line, other):
            yield from (pair for pair in _in_columns(line, other) if _telling(*pair))


def _in_columns(one: EstimateLine, other: EstimateLine) -> Iterator[tuple[Place, Place]]:
    shared = [c for c in _columns(one) if c.of(one) and c.of(other)]
    return (((one, c), (other, c)) for c in shared)


def _next_to(one: EstimateLine, other: EstimateLine) -> bool:
    return one.group == other.group and abs(one.number - other.number) == 1


def _columns(line: EstimateLine) -> tuple[Column, ...]:
    return (TONNAGE, *(Column(kind, m.commodity) for m in line.metals for kind in (Kind.GRADE, Kind.CONTAINED)))


def _repairing(one: Place, other: Place, figures: Figures, failed: Sequence[Equation]) -> Shift | None:
    """The exchange, if it repairs equations in which a figure of it stands, and breaks none."""
    own = {e for line, column in (one, other) for e in figures.get((line.key, column), ())}
    if own.isdisjoint(failed) or _figure(one).figure.value == _figure(other).figure.value:
        return None
    changed = _exchanged(one, other)
    still = {e for e in own if not _with(e, changed).compared.holds}
    repaired = tuple(e for e in failed if e in own and e not in still)
    if len(repaired) < 2 and not (repaired and isinstance(repaired[0], Sum) and _telling(one, other)):
        return None
    return Shift(one, other, repaired) if still.issubset(failed) else None


def _telling(*places: Place) -> bool:
    """Whether both figures have three digits and add up, so that a single sum that an exchange closes is no chance."""
    return all(
        column.kind is not Kind.GRADE and (f := _figure((line, column)).figure).value >= TELLING_STEPS * f.step
        for line, column in places
    )


def _exchanged(one: Place, other: Place) -> tuple[EstimateLine, ...]:
    """The lines with the figures of the two places exchanged; each column keeps its unit."""
    (above, a), (below, b) = one, other
    first, second = _figure(one), _figure(other)
    into_a, into_b = Quantity(second.figure, first.unit, second.quote), Quantity(first.figure, second.unit, first.quote)
    if above.key == below.key:
        return (b.put(a.put(above, into_a), into_b),)
    return a.put(above, into_a), b.put(below, into_b)


def _figure(place: Place) -> Quantity:
    line, column = place
    quantity = column.of(line)
    if quantity is None:
        raise ValueError(f"line {line.number} prints no {column}")
    return quantity


def _with(equation: Equation, lines: Sequence[EstimateLine]) -> Equation:
    for line in lines:
        if any(member.key == line.key for member, _ in equation.members()):
            equation = equation.with_line(line)
    return equation


def _told(line: EstimateLine, column: Column) -> str:
    return f"{column} {amount(_figure((line, column)))} of {name(line)}"
