"""Disclosure rules of NI 43-101 that a filing appears not to meet: indications for a reader, never legal findings.

Each rule is a function whose docstring states it; the table gives its section, how much it matters, the version of the
instrument that brought it, and the exceptions that it bears. Wording is asked of news releases only: a technical report
has items of its own for each of these, and of a long document only some pages are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.disclosure import DocumentType
from models.findings import Finding, Severity
from pipeline.checks.rules.assumptions import (
    key_assumptions,
    one_cutoff_a_category,
    one_cutoff_a_line,
    point_of_reference,
    reasonable_prospects,
)
from pipeline.checks.rules.categories import (
    accepted_codes,
    category_of_each_reserve,
    inclusive_not_contradictory,
    inclusive_or_exclusive,
    ore_of_reserves_only,
    parts_of_each_total,
    proven_within_measured,
    reserves_within_resources,
    terms_of_categories,
)
from pipeline.checks.rules.cautions import (
    compliance_of_reports_only,
    drill_results,
    economic_viability,
    exploration_information,
    historical_estimates,
    specific_risks,
)
from pipeline.checks.rules.dates import dates_in_order, effective_date, report_due, title_and_date
from pipeline.checks.rules.economics import (
    assessment_cautions,
    components_of_equivalents,
    inferred_beside_economics,
    no_gross_value,
    terms_of_equivalents,
)
from pipeline.checks.rules.figures import (
    compound_or_metal,
    inferred_added_in_prose,
    inferred_kept_apart,
    metal_in_context,
    metal_with_tonnes_and_grade,
    one_name_a_material,
    quantity_and_grade,
    rounded_figures,
    share_stated,
    well_formed_numbers,
)
from pipeline.checks.rules.filed import SECOND_VERSION, THIRD_VERSION, Filed, Indication, Rule
from pipeline.checks.rules.people import (
    credentials_named,
    independent_for_first,
    independent_of_office,
    named_persons,
    prepared_by,
    verified,
)
from pipeline.checks.rules.plans import mine_life, strip_ratio
from pipeline.checks.wording import ranges

MOST_TOLD = 3
"""Indications of one rule that are told one by one; a long document may have one in every paragraph."""

_B, _H, _M, _L, _I = Severity.BLOCK, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATION

RULES: tuple[Rule, ...] = (
    Rule("2.2(a)", _H, category_of_each_reserve),
    Rule("2.2(b)", _H, parts_of_each_total),
    Rule("2.2(b)", _M, reserves_within_resources),
    Rule("2.2(b)", _B, inclusive_not_contradictory),
    Rule("2.2(c)", _B, inferred_kept_apart),
    Rule("2.2(c)", _H, inferred_added_in_prose),
    Rule("2.2(d)", _H, metal_with_tonnes_and_grade, since=SECOND_VERSION),
    Rule("2.3(1)(d)", _H, components_of_equivalents, since=THIRD_VERSION),
    Rule("3.4(b)", _H, quantity_and_grade),
    Rule("3.4(c)", _M, one_cutoff_a_category),
    Rule("3.4(c)", _M, one_cutoff_a_line),
    Rule("1.5", _H, independent_of_office),
    Rule("Form 14(1)", _L, rounded_figures),
    Rule("CIM 2014", _M, proven_within_measured),
    Rule("R-DATE", _M, dates_in_order),
    Rule("R-TYPO", _B, well_formed_numbers),
    Rule("R-LABEL", _M, compound_or_metal),
    Rule("R-SHARE", _L, share_stated),
    Rule("R-PLAN", _M, strip_ratio),
    Rule("R-PLAN", _M, mine_life),
    Rule("TSX 6", _M, metal_in_context),
)
"""Rules on what was extracted; they are asked of every filing."""

RULES_ON_TEXT: tuple[Rule, ...] = (
    Rule("2.1", _H, prepared_by),
    Rule("2.2(a)", _H, terms_of_categories),
    Rule("2.2(a)", _M, accepted_codes),
    Rule("2.2(b)", _H, inclusive_or_exclusive),
    Rule("2.3(1)(b)", _M, inferred_beside_economics),
    Rule("2.3(1)(c)", _H, no_gross_value, since=THIRD_VERSION),
    Rule("2.3(3)", _H, assessment_cautions),
    Rule("Form 14(c)", _H, terms_of_equivalents, since=THIRD_VERSION),
    Rule("2.4", _H, historical_estimates, since=SECOND_VERSION),
    Rule("3.1", _H, named_persons),
    Rule("3.1", _I, credentials_named),
    Rule("3.2", _M, verified, by_reference=True, of_operators=True),
    Rule("3.3(1)", _M, exploration_information, by_reference=True, of_operators=True),
    Rule("3.3(2)", _M, drill_results, by_reference=True, of_operators=True),
    Rule("3.4(a)", _H, effective_date, by_reference=True),
    Rule("3.4(c)", _M, key_assumptions, by_reference=True),
    Rule("3.4(d)", _M, specific_risks, by_reference=True),
    Rule("3.4(e)", _H, economic_viability),
    Rule("3.5", _I, title_and_date),
    Rule("4.2(5)", _I, report_due, of_operators=True),
    Rule("5.3(1)", _M, independent_for_first, since=SECOND_VERSION, of_operators=True),
    Rule("CP 2.3(2)", _L, ore_of_reserves_only),
    Rule("CP 43-101", _L, compliance_of_reports_only),
    Rule("CIM 2014", _M, reasonable_prospects, by_reference=True),
    Rule("CIM 2014", _L, point_of_reference, by_reference=True),
    Rule("R-TERM", _L, one_name_a_material),
)
"""Rules on wording; they are asked of a news release with its whole text."""


def findings(filed: Filed) -> Iterator[Finding]:
    """What the filing appears not to meet, of the rules that were in force when it was disclosed."""
    for rule in rules_for(filed):
        indications = list(rule.test(filed))
        for found in indications if len(indications) <= MOST_TOLD else [_gathered(indications)]:
            yield Finding(rule.section, found.severity or rule.severity, found.message, found.quote)


def _gathered(indications: Sequence[Indication]) -> Indication:
    """One indication for many of the same rule: what the first say, and where all are."""
    told = list(dict.fromkeys(found.message for found in indications))
    pages = sorted({page for found in indications if (page := found.quote.place.page)})
    where = f" (pages {ranges(pages)})" if pages else ""
    more = f"; {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    message = f"in {len(indications)} places{where}: {'; '.join(told[:MOST_TOLD])}{more}"
    return replace(indications[0], message=message)


def rules_for(filed: Filed) -> Iterator[Rule]:
    """The rules that apply to a filing: its kind, its date and its exceptions (sections 3.5 and 9.2) decide."""
    for rule in (*RULES, *(RULES_ON_TEXT if _is_release(filed) else ())):
        in_force = not filed.date or rule.since[: len(filed.date)] <= filed.date
        cited = rule.by_reference and filed.cites_report
        if in_force and not cited and not (rule.of_operators and filed.by_royalty_holder):
            yield rule


def _is_release(filed: Filed) -> bool:
    """A news release that states estimates, with its text."""
    release = filed.disclosure.document_type is DocumentType.NEWS_RELEASE
    return release and filed.document is not None and bool(filed.own_lines)
