"""The Los Santos release of December 12, 2013 against every rule: what it meets, and what it appears not to."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors import extract
from pipeline.checks.rules import RULES, RULES_ON_TEXT, rules_for
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.read import read

MET: list[str] = []

# rule, what its finding must say; none: the release meets it, or it does not apply
EXPECTED = {
    "category_of_each_reserve": ["Stockpiles Mineral Reserves and Tailings Mineral Reserves"],
    "terms_of_categories": MET,
    "accepted_codes": MET,  # CIM terms are used
    "parts_of_each_total": MET,  # the lines without a category are another rule's
    "inclusive_or_exclusive": MET,  # in the prose and in a note
    "inclusive_not_contradictory": MET,
    "reserves_within_resources": ["10,678 t WO3, more than Measured + Indicated Mineral Resources: 8,874 t"],
    "proven_within_measured": MET,  # 1,618 t of 1,735 t
    "inferred_kept_apart": MET,
    "inferred_added_in_prose": MET,  # "plus, 1,527,000 tonnes of inferred" lists it and adds nothing
    "metal_with_tonnes_and_grade": MET,
    "quantity_and_grade": MET,
    "metal_in_context": MET,
    "components_of_equivalents": MET,
    "terms_of_equivalents": MET,
    "inferred_beside_economics": ["beside words of economics or of a mine plan"],  # the note to inferred resources
    "no_gross_value": MET,
    "assessment_cautions": MET,  # no preliminary assessment
    "historical_estimates": MET,
    "prepared_by": MET,
    "named_persons": MET,  # Adam Wheeler, independent
    "credentials_named": ["Adam Wheeler"],
    "independent_of_office": MET,
    "verified": ["no sentence says whether the data were verified"],
    "effective_date": MET,
    "dates_in_order": MET,
    "title_and_date": ["a report of 2013-10-31 is named without its title"],
    "report_due": MET,  # filed with the release
    "one_cutoff_a_category": ["inferred stands under 4 cut-offs that overlap: 0.07%, 0.05%, 0.30%, 0.04%"],
    "one_cutoff_a_line": MET,  # each cut-off is for ore of its own
    "key_assumptions": ["not stated: metal price, metallurgical recovery, estimation method"],
    "reasonable_prospects": ["no pit shell, stope shape or price"],
    "point_of_reference": ["no point of reference"],
    "specific_risks": ["no sentence names"],
    "economic_viability": MET,
    "ore_of_reserves_only": MET,  # the word does not occur
    "compliance_of_reports_only": MET,
    "rounded_figures": ["10,678 t of Total Mineral Reserves"],
    "well_formed_numbers": ['the number "2,760,00" is malformed'],
    "compound_or_metal": ["W is named where the table states WO3"],
    "one_name_a_material": ['"tailings stockpile" may be Tailings Mineral Reserves or Stockpiles Mineral Reserves'],
    "strip_ratio": MET,  # neither ratio nor waste is printed
    "mine_life": MET,  # no throughput
    "share_stated": MET,  # no table of a share
    "drill_results": MET,  # no assays
    "exploration_information": ["without its results and how the samples were controlled"],  # a campaign is mentioned
    "independent_for_first": MET,  # neither a first estimate nor one that doubles, and he is independent
}


@pytest.fixture(scope="module")
def indications(shared: Path) -> dict[str, list[Indication]]:
    path = shared / "filings" / "almonty-2013-12-12.txt"
    document = read(path.read_bytes(), path.name)
    filed = Filed(extract(document), document)
    return {rule.test.__name__: list(rule.test(filed)) for rule in rules_for(filed)}


def test_every_rule_is_expected_to_say_something_or_nothing() -> None:
    assert sorted(EXPECTED) == sorted(rule.test.__name__ for rule in (*RULES, *RULES_ON_TEXT))


@pytest.mark.parametrize("rule", EXPECTED)
def test_rule(indications: dict[str, list[Indication]], rule: str) -> None:
    found = [indication.message for indication in indications[rule]]
    assert len(found) == len(EXPECTED[rule]), found
    assert all(text in message for text, message in zip(EXPECTED[rule], found, strict=True)), found


def test_absence_says_what_was_searched(indications: dict[str, list[Indication]]) -> None:
    messages = [i.message for found in indications.values() for i in found]
    absent = [message for message in messages if message.startswith(("no sentence", "not stated"))]
    assert len(absent) == 3
    assert all("searched: " in message for message in absent)
