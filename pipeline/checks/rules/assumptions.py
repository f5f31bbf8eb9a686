"""What an estimate assumes: cut-offs, prices, recoveries, methods, and why it may be mined one day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from extractors.binding import Bound, bind_cutoffs
from models.disclosure import Category, Cutoff, EstimateTable, EstimateType
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.checks.wording import name, with_unit

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


def one_cutoff_a_line(filed: Filed) -> Iterator[Indication]:
    """An estimate line stands under one cut-off: caption and notes of its table state no two that apply to it alike.

    Cut-offs of one sentence are told apart by what it says (mining methods, processes), a range varies by its own
    words, and cut-offs of the prose can be those of another property: none of these is a finding.
    """
    tables = {table.number: table for table in filed.disclosure.tables}
    reported: set[tuple[Cutoff, ...]] = set()
    for bound in bind_cutoffs(filed.disclosure):
        said = _said_with(tables[bound.line.table], bound, filed)
        if said not in reported and _are_alike(said):
            reported.add(said)
            values = " and ".join(with_unit(f"{c.value.value:f}", c.unit) for c in said)
            message = f"the notes of {name(bound.line)} state {values}, and nothing says which applies"
            yield Indication(message, said[-1].quote)


def _said_with(table: EstimateTable, bound: Bound, filed: Filed) -> tuple[Cutoff, ...]:
    """The line's cut-offs that its table's caption and notes state."""
    notes = (note.text for note in filed.disclosure.footnotes if note.table == table.number)
    printed = (table.caption, *notes)
    return tuple(c for c in bound.cutoffs if any(c.quote.text in text for text in printed))


def _are_alike(cutoffs: tuple[Cutoff, ...]) -> bool:
    """Whether these are single values of one measure, each of a sentence of its own, and not those of one category."""
    measures = {(c.unit, c.commodity, c.basis) for c in cutoffs}
    values, sentences = {c.value.value for c in cutoffs}, {c.quote.text for c in cutoffs}
    single = not any(c.value_max or c.scope.categories for c in cutoffs)
    return single and len(measures) == 1 and len(values) == len(sentences) == len(cutoffs) > 1


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
