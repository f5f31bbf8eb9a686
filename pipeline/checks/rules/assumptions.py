"""What an estimate assumes: cut-offs, prices, recoveries, methods, and why it may be mined one day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from models.disclosure import Category, Cutoff, EstimateType
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.checks.wording import with_unit

KEY = ("cut-off grade", "metal price", "metallurgical recovery", "estimation method")


def one_cutoff_a_category(filed: Filed) -> Iterator[Indication]:
    """A category stands under one cut-off for the same material, not under two."""
    for category in Category:
        clashing: list[Cutoff] = []
        for pair in combinations([c for c in filed.disclosure.cutoffs if category in c.scope.categories], 2):
            if _clash(*pair):
                clashing += [c for c in pair if c not in clashing]
        if clashing:
            values = ", ".join(with_unit(f"{c.value.value:f}", c.unit) for c in clashing)
            message = f"{category.replace('_', ' + ')} stands under {len(clashing)} cut-offs that overlap: {values}"
            yield Indication(message, clashing[-1].quote)


def _clash(one: Cutoff, other: Cutoff) -> bool:
    """Whether two cut-offs of the same metal differ in value and not in what they apply to."""
    alike = (one.unit, one.commodity, one.basis) == (other.unit, other.commodity, other.basis)
    a, b = one.scope, other.scope
    pairs = ((a.types, b.types), (a.materials, b.materials), (a.zones, b.zones))
    return alike and one.value.value != other.value.value and all(_overlap(set(p), set(q)) for p, q in pairs)


def _overlap(one: set[str], other: set[str]) -> bool:
    """Whether two restrictions leave something in common; an empty one does not restrict."""
    return not one or not other or bool(one & other)


def key_assumptions(filed: Filed) -> Iterator[Indication]:
    """An estimate comes with its key assumptions: cut-off, metal price, recovery, method of estimation."""
    lacking = [assumption for assumption in KEY if not filed.says("assumptions", assumption)]
    if lacking:
        yield Indication(f"not stated: {', '.join(lacking)}; {filed.searched}", filed.headline)


def reasonable_prospects(filed: Filed) -> Iterator[Indication]:
    """Resources come with what makes their extraction a reasonable prospect: a pit shell, stopes, a price."""
    stated = filed.says("assumptions", "constraint") or filed.says("assumptions", "metal price")
    if filed.of_type(EstimateType.RESOURCE) and not stated:
        message = (
            f"nothing says why the resources may be mined one day: no pit shell, stope shape or price; {filed.searched}"
        )
        yield Indication(message, filed.headline)


def point_of_reference(filed: Filed) -> Iterator[Indication]:
    """Reserves come with the point at which they are measured: mill feed, or a saleable product."""
    if filed.of_type(EstimateType.RESERVE) and not filed.says("assumptions", "reference point"):
        message = f"no point of reference of the reserves is stated, such as mill feed; {filed.searched}"
        yield Indication(message, filed.headline)
