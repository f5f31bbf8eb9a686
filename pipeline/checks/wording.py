"""How verdicts speak: figures as a reader of the filing would write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from models.disclosure import EstimateLine
from models.figure import Interval
from models.units import Quantity

MOST_NAMES = 3
"""How many lines are told by their names where one of many is meant."""


def figure(value: Decimal, step: Decimal) -> str:
    """The value rounded to the step, with commas between thousands: 3,878."""
    rounded = (value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
    return f"{rounded:,f}"


def amount(quantity: Quantity) -> str:
    """The quantity as printed, with its unit: 3,812 kt."""
    return with_unit(f"{quantity.figure.value:,f}", quantity.unit.symbol)


def like(value: Decimal, quantity: Quantity) -> str:
    """A value in the unit and rounding of a printed quantity."""
    return with_unit(figure(value, quantity.figure.step), quantity.unit.symbol)


def span(interval: Interval, quantity: Quantity) -> str:
    """An interval in the unit of a printed quantity, one digit finer than it is printed."""
    step = quantity.figure.step / 10
    return with_unit(f"{figure(interval.low, step)} to {figure(interval.high, step)}", quantity.unit.symbol)


def with_unit(text: str, symbol: str) -> str:
    """A number with its unit; a percent sign stands without a space."""
    return f"{text}%" if symbol == "%" else f"{text} {symbol}"


def name(line: EstimateLine) -> str:
    """What a reader calls the line: its label, or its category and zone where it has none."""
    label = line.label.strip().rstrip(":").rstrip()
    return label or " ".join(filter(None, (line.category.replace("_", " + "), line.zone)))


def names(lines: Sequence[EstimateLine], beside: Sequence[EstimateLine] = ()) -> str:
    """The names of several lines: A, B and C; with what tells them apart from each other and from those beside them."""
    return listed([_told_apart(line, (*lines, *beside)) for line in lines])


def one_of(lines: Sequence[EstimateLine], beside: Sequence[EstimateLine] = ()) -> str:
    """The names of lines of which one is meant: A, B or C; the first few of many."""
    first = [_told_apart(line, (*lines, *beside)) for line in lines[:MOST_NAMES]]
    more = len(lines) - len(first)
    if more:
        return f"{', '.join(first)} or one of {more} more"
    return " or ".join(filter(None, (", ".join(first[:-1]), first[-1])))


def _told_apart(line: EstimateLine, others: Sequence[EstimateLine]) -> str:
    """The line's name, with its category, cut-off or number where another line has the same name."""
    alike = [p for p in others if p.key != line.key and name(p) == name(line)]
    if not alike:
        return name(line)
    if all(p.category is not line.category for p in alike):
        return f"{name(line)} ({line.category.replace('_', ' + ')})"
    cutoffs = [p.cutoff.value.value if p.cutoff else None for p in alike]
    if line.cutoff and line.cutoff.value.value not in cutoffs:
        return f"{name(line)} (at {with_unit(f'{line.cutoff.value.value:,f}', line.cutoff.unit)})"
    return f"{name(line)} (line {line.number})"


def listed(named: Sequence[str]) -> str:
    """Several things in one breath: "tonnage, contained Ag and contained Cu"."""
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last


def relations(number: int) -> str:
    """So many relations of a figure: "both relations it stands in"."""
    every = {1: "the one relation", 2: "both relations"}.get(number, f"all {number} relations")
    return f"{every} it stands in"


def middle(interval: Interval) -> Decimal:
    """The middle of an interval."""
    return (interval.low + interval.high) / 2


def ranges(numbers: Sequence[int]) -> str:
    """The numbers with runs shortened: 3, 7-12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
