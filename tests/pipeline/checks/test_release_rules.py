"""Rules on the wording of a release: each breach beside the same release without it."""

from __future__ import annotations

import pytest

from extractors import extract
from models.document import Block, Cell, Document, Grid, Page, Paragraph
from pipeline.checks import assess

HEAD = "Lynx Gold Corp. reports on its Tabby project"
DATE = "May 6, 2020 - Lynx Gold Corp. (TSXV: LYN) today announced a mineral resource estimate for its Tabby project."
QP = "Jane Roe, P.Geo., of Roe Geology Ltd., an independent qualified person, made the estimate and verified the data."
NOTES = (
    "1. The estimate is effective May 1, 2020 and was made by ordinary kriging at a cut-off grade of 0.5 g/t Au.",
    "2. A gold price of US$1,500/oz, a recovery of 92% and an open pit shell constrain the resources.",
    "3. Mineral resources that are not mineral reserves do not have demonstrated economic viability.",
    "4. Permitting, title and other legal and environmental risks may affect the estimate.",
)
TABLE = (
    ("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)"),
    ("Indicated", "1,000", "2.00", "64"),
    ("Inferred", "500", "1.50", "24"),
)


def grid(rows: tuple[tuple[str, ...], ...]) -> Grid:
    return Grid(tuple(Cell(text, row=r, column=c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def rules_broken(
    *more: str, without: str = "", rows: tuple[tuple[str, ...], ...] = TABLE, date: str = DATE
) -> set[tuple[str, str]]:
    """Rule and message of each finding about the release with these paragraphs more, or without those that begin so."""
    texts = [HEAD, date, *more, "Table 1: Mineral resources at Tabby", *NOTES, QP]
    kept = [t for t in texts if not (without and t.startswith(without))]
    at = kept.index("Table 1: Mineral resources at Tabby") + 1
    printed: list[Block] = [Paragraph(t) for t in kept]
    blocks = (*printed[:at], grid(rows), *printed[at:])
    document = Document("text/plain", (Page(),), blocks)
    return {(f.rule, f.message) for f in assess(extract(document), document).findings}


def sections(found: set[tuple[str, str]]) -> set[str]:
    return {rule for rule, _ in found}


def test_a_release_that_says_what_the_rules_ask_breaks_none_of_them() -> None:
    asked = {"2.1", "2.2(a)", "2.2(c)", "3.1", "3.2", "3.4(a)", "3.4(c)", "3.4(d)", "3.4(e)", "2.3(1)(c)"}
    assert not sections(rules_broken()) & asked


@pytest.mark.parametrize(
    ("without", "rule"),
    [
        ("Jane Roe", "3.1"),  # nobody stands for the estimate
        ("1. The estimate", "3.4(a)"),  # no effective date
        ("2. A gold price", "3.4(c)"),  # no price, no recovery
        ("4. Permitting", "3.4(d)"),  # no risk of this project
    ],
)
def test_what_is_left_out_is_found_and_the_search_is_told(without: str, rule: str) -> None:
    found = {message for section, message in rules_broken(without=without) if section == rule}
    assert found
    assert rule not in sections(rules_broken())


def test_a_release_of_two_effective_dates_states_them() -> None:
    assert "3.4(a)" not in sections(rules_broken("Mineral reserves at Tabby are as of December 31, 2019."))


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The deposit holds metal with a gross metal value of $2 billion.", "2.3(1)(c)"),
        ("Tabby now holds 88,000 ounces of indicated and inferred resources.", "2.2(c)"),
    ],
)
def test_what_must_not_be_said_is_found(sentence: str, rule: str) -> None:
    assert rule in sections(rules_broken(sentence))


def test_a_total_that_adds_inferred_is_found_from_its_sum() -> None:
    summed = (*TABLE, ("Total", "1,500", "1.83", "88"))
    assert "2.2(c)" in sections(rules_broken(rows=summed))


def test_totals_that_add_inferred_are_told_once_a_table() -> None:
    summed = (*TABLE, ("Total", "1,500", "1.83", "88"), ("Grand total", "1,500", "1.83", "88"))
    assert len([rule for rule, _ in rules_broken(rows=summed) if rule == "2.2(c)"]) == 1


def test_a_rule_is_not_asked_of_a_release_before_its_version() -> None:
    early = DATE.replace("2020", "2003")
    sentence = "The deposit holds metal with a gross metal value of $2 billion."
    assert "2.3(1)(c)" not in sections(rules_broken(sentence, date=early))


BY_EMPLOYEE = "Jane Roe, P.Geo., Vice-President Exploration of Lynx Gold Corp., a qualified person, verified the data."
FIRST = "This maiden mineral resource estimate follows two seasons of drilling."

# sentence, without, whether an independent person is asked for
INDEPENDENCE = [
    ((FIRST, BY_EMPLOYEE), "Jane Roe, P.Geo., of", True),
    ((FIRST,), "", False),  # the person is called independent
    ((BY_EMPLOYEE,), "Jane Roe, P.Geo., of", False),  # neither a first estimate nor one that doubles
]


@pytest.mark.parametrize(("more", "without", "asked"), INDEPENDENCE)
def test_a_first_estimate_takes_an_independent_person(more: tuple[str, ...], without: str, asked: bool) -> None:
    assert ("5.3(1)" in sections(rules_broken(*more, without=without))) is asked


HOLES = "Hole T-12 returned 3.2 g/t Au over 12.5 m."

# sentences beside drill results, whether something is lacking
RESULTS = [
    ((HOLES,), True),
    ((HOLES, "True widths are not known. Samples went to a laboratory in Reno, with QA/QC by standards."), False),
    ((), False),  # no results of drilling
]


@pytest.mark.parametrize(("more", "lacking"), RESULTS)
def test_drill_results_come_with_widths_and_laboratory(more: tuple[str, ...], lacking: bool) -> None:
    assert ("3.3(2)" in sections(rules_broken(*more))) is lacking


MEANING = "The results confirm that the zone goes on at depth."
CONTROL = "Samples went to a laboratory in Reno, with QA/QC by standards."

# sentences of exploration, whether something is lacking
EXPLORED = [
    ((HOLES,), True),
    ((HOLES, MEANING), True),
    ((HOLES, MEANING, CONTROL), False),
    (("The 2019 drilling program was completed.",), True),  # only mentioned
    (("La campagne de forage 2019 est terminée.", "Les résultats indiquent que la zone continue.", CONTROL), False),
    ((), False),
]


@pytest.mark.parametrize(("more", "lacking"), EXPLORED)
def test_exploration_comes_with_results_meaning_and_control(more: tuple[str, ...], lacking: bool) -> None:
    assert ("3.3(1)" in sections(rules_broken(*more))) is lacking


PILES = (*TABLE, ("Indicated Stockpiles", "100", "2.00", "6.4"))


def test_a_name_that_two_lines_may_have_is_found() -> None:
    sentence = "The tailings stockpile adds 500,000 tonnes."
    both = (*PILES, ("Indicated Tailings", "500", "1.50", "24"))
    assert "R-TERM" in sections(rules_broken(sentence, rows=both))
    assert "R-TERM" not in sections(rules_broken(sentence, rows=PILES))


# what is said, whether an inferred resource stands in a plan: of one clause only
CLAUSES = [
    ("The mine plan includes inferred resources.", True),
    ("Recoveries average 86% over the mine life; inferred resources use a cut-off of 0.65%.", False),
]


@pytest.mark.parametrize(("sentence", "planned"), CLAUSES)
def test_inferred_resources_in_a_plan(sentence: str, planned: bool) -> None:
    assert ("2.3(1)(b)" in sections(rules_broken(sentence))) is planned


def test_a_rule_that_many_paragraphs_break_is_told_once() -> None:
    """An annual form says in each of its sections how many ounces there are."""
    texts = [f"Indicated resources of zone {n} contain {n}00,000 ounces of gold." for n in range(1, 6)]
    (found,) = (message for rule, message in rules_broken(*texts) if rule == "TSX 6")
    assert found.startswith(
        "5 paragraphs give contained metal without the tonnes and the grade that hold it: 100,000 oz"
    )
    called = [f"The estimate of zone {n} is NI 43-101 compliant." for n in range(1, 6)]
    (found,) = (message for rule, message in rules_broken(*called) if rule == "CP 43-101")
    assert found.startswith("in 5 places: an estimate is called compliant")
