"""The figure that the rest of a table supports where a line's own cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from propcache.api import cached_property

from models.disclosure import EstimateLine, EstimateTable
from models.figure import Interval
from models.units import Quantity
from pipeline.checks.addends import Addends, comparison, find_addends
from pipeline.checks.columns import TONNAGE, Column, Kind, contained, grade
from pipeline.checks.conversions import PER_MILLION, factor_of, in_unit
from pipeline.checks.wording import like, middle


@dataclass(frozen=True)
class Support:
    """What the lines of a table say of a figure that one of them lacks."""

    table: EstimateTable

    def figure(self, line: EstimateLine) -> str | None:
        """The one figure that the line lacks, as other lines or its own other figures give it: "1,193 kct".

        None where the line lacks none or several of the figures that comparable lines print, or nothing gives it.
        """
        blank = [column for column in _columns(line) if column.of(line) is None]
        lacking = [(c, q) for c in blank if (q := self._first_figures.get((line.group, comparison(line), c)))]
        if len(lacking) != 1:
            return None
        column, model = lacking[0]
        found = next(chain(self._from_sums(line, column, model), _from_product(line, column, model)), None)
        return like(middle(found), model) if found else None

    @cached_property
    def _first_figures(self) -> dict[tuple[object, ...], Quantity]:
        """For comparable lines of a group and a column, a figure that shows its unit and rounding."""
        figures: dict[tuple[object, ...], Quantity] = {}
        for line in self.table.lines:
            for column in _columns(line):
                if (quantity := column.of(line)) is not None and quantity.unit.factor is not None:
                    figures.setdefault((line.group, comparison(line), column), quantity)
        return figures

    @cached_property
    def _sums_of(self) -> dict[tuple[int, int], list[Addends]]:
        """The sums that each line stands in, as their total or as a part."""
        sums: dict[tuple[int, int], list[Addends]] = {}
        for addends in (found for _, found in find_addends(self.table) if found):
            for member in (addends.total, *addends.parts):
                sums.setdefault(member.key, []).append(addends)
        return sums

    def _from_sums(self, line: EstimateLine, column: Column, model: Quantity) -> Iterator[Interval]:
        """As the sum of its parts, or as what its total leaves for it."""
        for addends in self._sums_of.get(line.key, ()) if column.kind is not Kind.GRADE else ():
            others = [p for p in addends.parts if p.key != line.key]
            printed = [in_unit(q, model.unit) for p in others if (q := column.of(p)) is not None]
            if len(printed) < len(others):
                continue
            whole = column.of(addends.total)
            if addends.total.key == line.key:
                yield Interval.total(printed)
            elif whole is not None:
                yield in_unit(whole, model.unit) - Interval.total(printed)


def _columns(line: EstimateLine) -> tuple[Column, ...]:
    return TONNAGE, *(of(m.commodity) for m in line.metals for of in (grade, contained))


def _from_product(line: EstimateLine, column: Column, model: Quantity) -> Iterator[Interval]:
    """As tonnes times grade, or one of them as the metal divided by the other."""
    commodities = [column.commodity] if column.commodity else [m.commodity for m in line.metals]
    for commodity in filter(None, commodities):
        tonnage, share, metal = line.tonnage, grade(commodity).of(line), contained(commodity).of(line)
        known = [q.interval for q in (tonnage, share, metal) if q is not None and q.unit.factor is not None]
        if len(known) != 2 or any(q.low <= 0 for q in known):
            continue
        value = known[0] * known[1] if column.kind is Kind.CONTAINED else known[1] / known[0]
        scale = PER_MILLION if column.kind is Kind.CONTAINED else 1 / PER_MILLION
        yield value.times(Decimal(scale) / factor_of(model.unit))
