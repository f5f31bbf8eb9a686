"""Reserves beside the resources that include them: the metal of a reserve comes from the resource."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from models.disclosure import Category, Disclosure, EstimateLine, NoteKind
from models.figure import Interval
from models.findings import Verdict
from models.units import Quantity
from pipeline.checks.arithmetic import verdict
from pipeline.checks.columns import contained
from pipeline.checks.conversions import in_unit
from pipeline.checks.equations import Comparison, printed
from pipeline.checks.wording import amount, names

SOURCES = {
    Category.PROVEN: Category.MEASURED,
    Category.PROVEN_PROBABLE: Category.MEASURED_INDICATED,
}
"""A probable reserve may come from measured resources too, so that only the sum bounds it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A reserve and the resource that it was converted from."""

    reserve: EstimateLine
    resource: EstimateLine

    def commodities(self) -> tuple[str, ...]:
        """The commodities whose contained metal both print, in units that convert."""
        return tuple(m.commodity for m in self.reserve.metals if all(_metal(p, m.commodity) for p in self._both))

    def contained(self, commodity: str) -> tuple[Quantity, Quantity]:
        """The metal of the reserve and that of the resource; raises ValueError where one prints none."""
        reserve, resource = (printed(line, contained(commodity)) for line in self._both)
        return reserve, resource

    def compare(self, commodity: str) -> Comparison:
        """The metal of the reserve, and what the resource has for it: ore is diluted, metal is not."""
        reserve, resource = self.contained(commodity)
        return Comparison(reserve, Interval(Decimal(0), in_unit(resource, reserve.unit).high))

    def exceeding(self) -> tuple[str, ...]:
        """The commodities of which the reserve holds more than the resource."""
        return tuple(c for c in self.commodities() if not self.compare(c).holds)

    @property
    def _both(self) -> tuple[EstimateLine, EstimateLine]:
        return self.reserve, self.resource


def _metal(line: EstimateLine, commodity: str) -> Quantity | None:
    quantity = contained(commodity).of(line)
    return quantity if quantity is not None and quantity.unit.factor is not None else None


def resources_include_reserves(disclosure: Disclosure) -> bool:
    """Whether the document says so, and nowhere the opposite."""
    said = {s.value for s in disclosure.statements if s.about is NoteKind.INCLUSIVE}
    return said == {True}


def pairs(disclosure: Disclosure) -> Iterator[Pair]:
    """Each reserve with the one resource of the same zone and material; none where several could be meant."""
    for reserve in disclosure.own_lines:
        source = SOURCES.get(reserve.category)
        alike = [p for p in disclosure.own_lines if p.category is source and _same_place(p, reserve)]
        if len(alike) == 1:
            yield Pair(reserve, alike[0])


def _same_place(one: EstimateLine, other: EstimateLine) -> bool:
    return (one.zone, set(one.materials)) == (other.zone, set(other.materials))


def reserve_within_resource(disclosure: Disclosure) -> Iterator[Verdict]:
    """A reserve holds no more metal than the resource that includes it.

    Dates, prices and cut-offs may differ between the two, so a contradiction is told of the filing and holds no line.
    """
    if not resources_include_reserves(disclosure):
        return
    for pair in pairs(disclosure):
        for commodity in pair.commodities():
            compared = pair.compare(commodity)
            reserve, resource = pair.contained(commodity)
            text = (
                f"{names([pair.reserve], [pair.resource])}: {amount(reserve)} {commodity} "
                f"{'of' if compared.holds else 'is more than'} {amount(resource)} in "
                f"{names([pair.resource], [pair.reserve])}, which includes it"
            )
            found = verdict("reserve_within_resource", pair.reserve, contained(commodity), compared, text, proves=False)
            yield found if compared.holds else replace(found, line=None)
