"""Categories: which a line names, that each stands alone, and how resources and reserves include each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.disclosure import Category, EstimateLine, EstimateType, NoteKind, Statement
from pipeline.checks.addends import PARTS_OF
from pipeline.checks.reserves import Pair, pairs, resources_include_reserves
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.checks.wording import amount, name, names

SUMS = (Category.PROVEN_PROBABLE, Category.MEASURED_INDICATED)


def category_of_each_reserve(filed: Filed) -> Iterator[Indication]:
    """Every line of a reserve names its category, proven or probable."""
    bare = [p for p in filed.of_type(EstimateType.RESERVE) if p.category is Category.UNCLASSIFIED and not p.is_total]
    if bare:
        message = f"no category, proven or probable, is named for {names(tuple(bare))}"
        yield Indication(message, bare[0].quote)


def terms_of_categories(filed: Filed) -> Iterator[Indication]:
    """Only the categories of the CIM standards name a resource or a reserve."""
    for quote in filed.saying("unfit_terms", "category"):
        yield Indication("a term stands for a category that the CIM standards do not have", quote)


def accepted_codes(filed: Filed) -> Iterator[Indication]:
    """Another code may stand in place of the CIM standards only where section 7.1 accepts it."""
    for quote in filed.saying("reporting_codes", "not_acceptable"):
        yield Indication("the estimate is classified by a code that section 7.1 does not accept", quote)


def ore_of_reserves_only(filed: Filed) -> Iterator[Indication]:
    """The word ore is used of reserves, not of resources."""
    for quote in filed.saying("unfit_terms", "ore_of_resources"):
        yield Indication("a resource is called ore, which says that it can be mined at a profit", quote)


def parts_of_each_total(filed: Filed) -> Iterator[Indication]:
    """Each category stands on a line of its own; a sum of two is not all that is said of them."""
    stated = {line.category for line in filed.own_lines}
    for category in SUMS:
        sums = [line for line in filed.own_lines if line.category is category]
        if sums and not stated.intersection(PARTS_OF[category]):
            parts = " and ".join(PARTS_OF[category])
            yield Indication(f"{name(sums[0])} is stated without lines for {parts}", sums[0].quote)


def inclusive_or_exclusive(filed: Filed) -> Iterator[Indication]:
    """Where both are disclosed, a sentence says whether resources include the reserves."""
    both = filed.of_type(EstimateType.RESERVE) and filed.of_type(EstimateType.RESOURCE)
    if both and not _on_inclusion(filed):
        message = f"no sentence says whether resources include the reserves; {filed.searched}"
        yield Indication(message, filed.headline)


def inclusive_not_contradictory(filed: Filed) -> Iterator[Indication]:
    """Resources are not said both to include and to exclude the reserves."""
    said = _on_inclusion(filed)
    if len({statement.value for statement in said}) > 1:
        yield Indication("one sentence says that resources include the reserves, another the opposite", said[-1].quote)


def _on_inclusion(filed: Filed) -> list[Statement]:
    return [s for s in filed.disclosure.statements if s.about is NoteKind.INCLUSIVE]


def proven_within_measured(filed: Filed) -> Iterator[Indication]:
    """Resources that include the reserves hold at least the metal of the reserves, category by category."""
    if resources_include_reserves(filed.disclosure):
        for pair in pairs(filed.disclosure):
            for commodity in pair.exceeding():
                yield Indication(_beyond(pair, commodity), pair.reserve.quote)


def _beyond(pair: Pair, commodity: str) -> str:
    reserve, resource = pair.contained(commodity)
    return (
        f"{name(pair.reserve)} holds {amount(reserve)} {commodity}, more than {name(pair.resource)}: {amount(resource)}"
    )


def reserves_within_resources(filed: Filed) -> Iterator[Indication]:
    """Where resources include the reserves, what all reserves hold beyond them is ore that no resource line covers."""
    if not resources_include_reserves(filed.disclosure):
        return
    resources = _whole(filed.of_type(EstimateType.RESOURCE), Category.MEASURED_INDICATED)
    for reserve in _whole(filed.of_type(EstimateType.RESERVE), Category.TOTAL_RESERVES):
        for resource in resources:
            beyond = Pair(reserve, resource).exceeding()
            if beyond:
                yield Indication(_beyond(Pair(reserve, resource), beyond[0]) + _apart(filed), reserve.quote)


def _whole(lines: Iterable[EstimateLine], category: Category) -> list[EstimateLine]:
    """The lines of a category that speak of no single zone or material."""
    return [p for p in lines if p.category is category and p.zone is None and not p.materials and p.cutoff is None]


def _apart(filed: Filed) -> str:
    """The reserve lines of materials that have no resource line."""
    covered = {m for line in filed.of_type(EstimateType.RESOURCE) for m in line.materials}
    apart = [p for p in filed.of_type(EstimateType.RESERVE) if p.materials and not covered.issuperset(p.materials)]
    return f"; no resource line covers {names(tuple(apart))}" if apart else ""
