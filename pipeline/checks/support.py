"""The figure that the rest of a table supports where a line's own cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from models.disclosure import EstimateLine, EstimateTable
from models.figure import Interval
from models.units import Quantity
from pipeline.checks.addends import comparable, find_addends
from pipeline.checks.columns import TONNAGE, Column, Kind, contained, grade
from pipeline.checks.equations import PER_MILLION, factor_of, in_unit
from pipeline.checks.wording import like, middle


def supported_figure(table: EstimateTable, line: EstimateLine) -> str | None:
    """The one figure that the line lacks, as other lines or its own other figures give it: "1,193 kct".

    None where the line lacks none or several of the figures that comparable lines print, or nothing gives it.
    """
    columns = (TONNAGE, *(of(m.commodity) for m in line.metals for of in (grade, contained)))
    blank = [column for column in columns if column.of(line) is None]
    if not blank:
        return None
    peers = [p for p in table.lines if p.group == line.group and p.key != line.key and comparable(line, p)]
    lacking = [(c, q) for c in blank if (q := _first(c, peers))]
    if len(lacking) != 1:
        return None
    column, model = lacking[0]
    found = next(chain(_from_sums(table, line, column, model), _from_product(line, column, model)), None)
    return like(middle(found), model) if found else None


def _first(column: Column, lines: list[EstimateLine]) -> Quantity | None:
    """A figure that shows the column's unit and rounding."""
    return next((q for line in lines if (q := column.of(line)) is not None and q.unit.factor is not None), None)


def _from_sums(table: EstimateTable, line: EstimateLine, column: Column, model: Quantity) -> Iterator[Interval]:
    """As the sum of its parts, or as what its total leaves for it."""
    if column.kind is Kind.GRADE:
        return
    for total, addends in find_addends(table):
        if addends is None:
            continue
        others = [p for p in addends.parts if p.key != line.key]
        printed = [in_unit(q, model.unit) for p in others if (q := column.of(p)) is not None]
        if len(printed) < len(others):
            continue
        whole = column.of(total)
        if total.key == line.key:
            yield Interval.total(printed)
        elif len(others) < len(addends.parts) and whole is not None:
            yield in_unit(whole, model.unit) - Interval.total(printed)


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
