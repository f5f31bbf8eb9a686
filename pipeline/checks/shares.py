"""A table of the owner's share beside the table of the whole: each figure is the share of the other.

Where the share is printed, each figure is tested with it. Where it is not, what all figures imply alike is evidence of
one, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations
from typing import Self

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.editions import says_share, says_whole
from models.disclosure import Disclosure, EstimateLine, EstimateTable
from models.figure import Figure, Interval
from models.findings import Verdict
from pipeline.checks.arithmetic import equation_verdict
from pipeline.checks.columns import Column, additive_columns, grade
from pipeline.checks.conversions import in_unit
from pipeline.checks.equations import Comparison, Place, printed
from pipeline.checks.wording import amount, name

_PERCENT = regex.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d+)?) ?%")
_HUNDRED, _ONE = Decimal(100), Interval(Decimal(1), Decimal(1))

AGREEING_TO_ONE = 4
"""How many figures have to be the share of the other table for each that is not."""

LEAST_TELLING = 3
"""Figures that have to imply one share before it is told: two may do so by chance."""


@dataclass(frozen=True, eq=False)
class Share:
    """A figure of the owner's table as a share of the same figure of the whole; ``share`` is 1 for a grade."""

    line: EstimateLine
    column: Column
    whole: EstimateLine
    share: Interval

    relation = "attributable_share"

    def members(self) -> tuple[Place, ...]:
        """Both figures."""
        return (self.line, self.column), (self.whole, self.column)

    @cached_property
    def compared(self) -> Comparison:
        """The owner's figure, and what the whole and the share allow."""
        figure = printed(self.line, self.column)
        return Comparison(figure, in_unit(printed(self.whole, self.column), figure.unit) * self.share)

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """The owner's figure from the whole, or the whole from the owner's."""
        if line.key == self.line.key:
            return self.compared.allowed
        return in_unit(printed(self.line, column), printed(line, column).unit) / self.share

    def with_line(self, line: EstimateLine) -> Self:
        """The two figures with another version of one line."""
        own = line if line.key == self.line.key else self.line
        return replace(self, line=own, whole=line if line.key == self.whole.key else self.whole)


@dataclass(frozen=True, slots=True)
class Owned:
    """A table of the owner's share, the table of the whole, and the lines that both print."""

    table: EstimateTable
    whole: EstimateTable
    lines: tuple[tuple[EstimateLine, EstimateLine], ...]

    @property
    def stated(self) -> Interval | None:
        """The share that the caption prints: "attributable (51%)"; None where it prints none, or several."""
        found = {match[1] for match in _PERCENT.finditer(self.table.caption)}
        if len(found) != 1:
            return None
        value = Decimal(found.pop().replace(",", "."))
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        return Figure(str(value), value, step).interval.times(1 / _HUNDRED)

    @property
    def implied(self) -> Interval | None:
        """The one share that all tonnages and metals imply; None where they imply none, or are few."""
        shares = [_ratio(line, whole, c) for line, whole in self.lines for c in _additive(line, whole)]
        if len(shares) < LEAST_TELLING:
            return None
        low, high = max(s.low for s in shares), min(s.high for s in shares)
        return Interval(low, high) if low <= high < 1 else None

    def equations(self) -> tuple[Share, ...]:
        """Each figure with the printed share, and each grade with that of the whole.

        None without a printed share, and where so few agree that the other table is not of the whole.
        """
        every = tuple(self._equations())
        differing = sum(not equation.compared.holds for equation in every)
        return every if differing * AGREEING_TO_ONE <= len(every) - differing else ()

    def _equations(self) -> Iterator[Share]:
        if self.stated is None:
            return
        for line, whole in self.lines:
            yield from (Share(line, column, whole, self.stated) for column in _additive(line, whole))
            columns = [grade(metal.commodity) for metal in line.metals]
            yield from (Share(line, c, whole, _ONE) for c in columns if _positive(line, c) and _positive(whole, c))


def attributable_share(disclosure: Disclosure) -> Iterator[Verdict]:
    """A table of the owner's share gives that share of each figure of the whole, and the same grades."""
    for share in shares(disclosure.tables):
        compared, whole = share.compared, printed(share.whole, share.column)
        is_share = "is" if compared.holds else "is not"
        of = "the grade" if share.share == _ONE else f"{as_percent(share.share)} of the"
        text = f"{name(share.line)}: {share.column} {amount(compared.reported)} {is_share} {of} {amount(whole)}"
        yield equation_verdict(share, compared, f"{text} in table {share.whole.table}", proves=False)


def shares(tables: Sequence[EstimateTable]) -> Iterator[Share]:
    """The figures of tables of an owner's share beside those of the whole, where the share is printed."""
    return (equation for owned in owned_tables(tables) for equation in owned.equations())


def owned_tables(tables: Sequence[EstimateTable]) -> Iterator[Owned]:
    """Each table whose caption says that it is the owner's share, with each other table of the same lines."""
    for table, whole in permutations(tables, 2):
        if _is_owned(table) and not _is_owned(whole):
            lines = tuple((line, twin) for line in table.lines if (twin := _twin(line, whole)))
            if lines:
                yield Owned(table, whole, lines)


def is_share_of_whole(one: EstimateTable, other: EstimateTable) -> bool:
    """Whether one of two tables states the owner's share and the other does not: they repeat no figure."""
    return _is_owned(one) != _is_owned(other)


def _is_owned(table: EstimateTable) -> bool:
    """Whether the caption calls the table the owner's share, and not "100% basis, 51% attributable"."""
    return says_share(table.caption) and not says_whole(table.caption)


def as_percent(share: Interval) -> str:
    """A share as a reader writes it, with as many digits as are known: 51%."""
    middle, half = (share.low + share.high) / 2 * _HUNDRED, (share.high - share.low) / 2 * _HUNDRED
    places = max(0, -half.adjusted() - 1) if half else 0
    return f"{middle:.{places}f}%"


def _twin(line: EstimateLine, whole: EstimateTable) -> EstimateLine | None:
    """The one line of the whole that speaks of the same."""
    same = [p for p in whole.lines if _scope(p) == _scope(line)]
    return same[0] if len(same) == 1 else None


def _scope(line: EstimateLine) -> tuple[object, ...]:
    cutoff = (line.cutoff.value.value, line.cutoff.unit) if line.cutoff else None
    return line.is_earlier, line.type, line.category, line.zone, frozenset(line.materials), cutoff


def _additive(line: EstimateLine, whole: EstimateLine) -> list[Column]:
    return [c for c in additive_columns(line) if _positive(line, c) and _positive(whole, c)]


def _positive(line: EstimateLine, column: Column) -> bool:
    quantity = column.of(line)
    return quantity is not None and quantity.unit.factor is not None and quantity.interval.low > 0


def _ratio(line: EstimateLine, whole: EstimateLine, column: Column) -> Interval:
    return printed(line, column).interval / printed(whole, column).interval
