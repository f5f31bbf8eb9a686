"""The same estimate in several tables of a filing: its figures agree, within their rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Self

from propcache.api import cached_property

from models.disclosure import Disclosure, EstimateLine, EstimateTable
from models.figure import Interval
from models.findings import Verdict
from pipeline.checks.addends import TELLING_STEPS
from pipeline.checks.arithmetic import equation_verdict
from pipeline.checks.columns import TONNAGE, Column, contained, grade
from pipeline.checks.conversions import in_unit
from pipeline.checks.equations import Comparison, Place, printed
from pipeline.checks.shares import is_share_of_whole
from pipeline.checks.wording import amount, name

AGREEING = 2
"""Figures that two lines have to share before a third that differs is a contradiction and no other estimate."""


@dataclass(frozen=True, eq=False)
class Same:
    """A figure that is printed in two tables."""

    line: EstimateLine
    column: Column
    earlier: EstimateLine

    relation = "repeated_estimate"

    def members(self) -> tuple[Place, ...]:
        """Both printings."""
        return (self.line, self.column), (self.earlier, self.column)

    @cached_property
    def compared(self) -> Comparison:
        """The later printing, and what the earlier one allows."""
        figure = printed(self.line, self.column)
        return Comparison(figure, in_unit(printed(self.earlier, self.column), figure.unit))

    def solve(self, line: EstimateLine, column: Column) -> Interval | None:
        """The other printing."""
        other = self.earlier if line.key == self.line.key else self.line
        return in_unit(printed(other, column), printed(line, column).unit)

    def with_line(self, line: EstimateLine) -> Self:
        """The two printings with another version of one line."""
        own = line if line.key == self.line.key else self.line
        return replace(self, line=own, earlier=line if line.key == self.earlier.key else self.earlier)


def repeated_estimate(disclosure: Disclosure) -> Iterator[Verdict]:
    """An estimate that several tables of a filing state has the same figures in each."""
    for same in repetitions(disclosure.tables):
        compared, earlier = same.compared, printed(same.earlier, same.column)
        text = f"{name(same.line)}: {same.column} {amount(compared.reported)} in table {same.line.table}, "
        text += f"{amount(earlier)} in table {same.earlier.table}"
        yield equation_verdict(same, compared, text, proves=False)


def repetitions(tables: Sequence[EstimateTable]) -> Iterator[Same]:
    """The figures of lines that another table states again, each beside its first printing."""
    for earlier, later in combinations(tables, 2):
        if is_share_of_whole(earlier, later):
            continue
        for line in later.lines:
            twins = [p for p in earlier.lines if _alike(line, p)]
            if len(twins) == 1:
                yield from _same(line, twins[0])


def _alike(line: EstimateLine, other: EstimateLine) -> bool:
    """Whether two lines speak of the same: date, type, category, place and cut-off."""
    return (line.is_earlier, line.type, line.category, line.zone, set(line.materials)) == (
        other.is_earlier,
        other.type,
        other.category,
        other.zone,
        set(other.materials),
    ) and line.cutoff == other.cutoff


def _same(line: EstimateLine, earlier: EstimateLine) -> tuple[Same, ...]:
    """The figures that both print, if all but one agree, and enough of them to show that it is one estimate."""
    columns = (TONNAGE, *(of(m.commodity) for m in line.metals for of in (grade, contained)))
    shared = [Same(line, c, earlier) for c in columns if _converts(c, line) and _converts(c, earlier)]
    agreeing = [same for same in shared if same.compared.holds]
    telling = any(_digits(same) for same in agreeing)
    return tuple(shared) if telling and len(agreeing) >= max(AGREEING, len(shared) - 1) else ()


def _converts(column: Column, line: EstimateLine) -> bool:
    quantity = column.of(line)
    return quantity is not None and quantity.unit.factor is not None


def _digits(same: Same) -> bool:
    figure = same.compared.reported.figure
    return figure.value >= TELLING_STEPS * figure.step
