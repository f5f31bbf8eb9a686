"""Disclosure rules of NI 43-101 that a filing appears not to meet: indications for a reader, never legal findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from models.disclosure import Category, Cutoff, Disclosure, PrintedDate
from models.findings import Finding, Severity
from pipeline.checks.plausibility import is_malformed
from pipeline.checks.wording import with_unit

Rule = Callable[[Disclosure], Iterator[Finding]]


def one_cutoff_a_category(disclosure: Disclosure) -> Iterator[Finding]:
    """3.4(c): a category stands under one cut-off for the same material, not under two."""
    for category in Category:
        clashing: list[Cutoff] = []
        for pair in combinations([c for c in disclosure.cutoffs if category in c.scope.categories], 2):
            if _clash(*pair):
                clashing += [c for c in pair if c not in clashing]
        if clashing:
            values = ", ".join(with_unit(f"{c.value.value:f}", c.unit) for c in clashing)
            message = f"{category.replace('_', ' + ')} stands under {len(clashing)} cut-offs that overlap: {values}"
            yield Finding("3.4(c)", Severity.MEDIUM, message, clashing[-1].quote)


def _clash(one: Cutoff, other: Cutoff) -> bool:
    """Whether two cut-offs of the same metal differ in value and not in what they apply to."""
    alike = (one.unit, one.commodity, one.basis) == (other.unit, other.commodity, other.basis)
    a, b = one.scope, other.scope
    pairs = ((a.types, b.types), (a.materials, b.materials), (a.zones, b.zones))
    return alike and one.value.value != other.value.value and all(_overlap(set(p), set(q)) for p, q in pairs)


def _overlap(one: set[str], other: set[str]) -> bool:
    """Whether two restrictions leave something in common; an empty one does not restrict."""
    return not one or not other or bool(one & other)


def well_formed_numbers(disclosure: Disclosure) -> Iterator[Finding]:
    """R-TYPO: every number can be read in one way."""
    for claim in disclosure.claims:
        if claim.malformed is not None:
            message = f'the number "{claim.malformed}" is malformed'
            yield Finding("R-TYPO", Severity.BLOCK, message, claim.quote)
    for table in disclosure.tables:
        for line in table.lines:
            malformed = [d for d in line.doubts if is_malformed(d.quote.text)]
            yield from (Finding("R-TYPO", Severity.BLOCK, d.reason, d.quote) for d in malformed)


def dates_in_order(disclosure: Disclosure) -> Iterator[Finding]:
    """R-DATE: an estimate is effective before its report is dated, and both before the release."""
    dates = disclosure.dates
    named = (("effective date", dates.effective), ("report date", dates.report), ("release date", dates.release))
    for (earlier, first), (later, second) in combinations(named, 2):
        if first and second and _after(first, second):
            message = f"the {earlier} {first.iso} is after the {later} {second.iso}"
            yield Finding("R-DATE", Severity.MEDIUM, message, first.quote)


def _after(first: PrintedDate, second: PrintedDate) -> bool:
    """Whether one date is later than another, as far as both are printed."""
    length = min(len(first.iso), len(second.iso))
    return first.iso[:length] > second.iso[:length]


RULES: tuple[Rule, ...] = (one_cutoff_a_category, well_formed_numbers, dates_in_order)
