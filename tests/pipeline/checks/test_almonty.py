"""The Los Santos release of December 12, 2013, worked by hand: nine sound lines, and a total that leaves a part out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extractors import extract
from models.disclosure import (
    Category,
    Claim,
    ClaimKind,
    Cutoff,
    Disclosure,
    EstimateType,
    Footnote,
    Material,
    NoteKind,
    Scope,
    SubQuantity,
)
from models.findings import Assessment, Cause, ClaimOutcome, Outcome, Status, Verdict
from models.quote import Quote
from pipeline.checks import assess
from pipeline.read import read
from tests.pipeline.checks.specs import disclosure_of, specifications
from tests.pipeline.checks.tables import figure, quantity

TOTAL_RESERVES = (1, 6)


@pytest.fixture(scope="module")
def disclosure(shared: Path) -> Disclosure:
    spec = next(s for s in specifications(shared) if s["id"] == "almonty-lossantos-2013")
    return disclosure_of(spec)


@pytest.fixture(scope="module")
def assessment(disclosure: Disclosure) -> Assessment:
    return assess(disclosure)


def verdict(assessment: Assessment, line: int, relation: str) -> Verdict:
    return next(v for v in assessment.of((1, line)) if v.relation == relation)


def test_only_total_reserves_is_held(disclosure: Disclosure, assessment: Assessment) -> None:
    status = {line.number: assessment.status(line.key) for line in disclosure.lines}
    assert status == {n: Status.HELD if n == TOTAL_RESERVES[1] else Status.SOUND for n in range(1, 11)}


# line, interval of tonnes x grade in t WO3 from steps of 1 kt and 0.01 %
PRODUCTS = [
    (1, "160.5", "169.6"),
    (2, "2993.8", "3188.6"),
    (3, "1586.4", "1626.6"),
    (4, "5709.4", "5865.5"),
    (5, "7236.1", "7428.0"),  # 1.05 % off its point value, and sound
    (6, "10481.6", "10865.6"),  # misleading: the grade cannot tell 3,812 from 3,878
    (7, "1712.3", "1759.7"),
    (8, "7092.8", "7328.5"),
    (9, "8692.4", "8971.6"),
    (10, "3587.3", "3742.4"),
]


@pytest.mark.parametrize(("line", "low", "high"), PRODUCTS)
def test_contained_metal(assessment: Assessment, line: int, low: str, high: str) -> None:
    found = verdict(assessment, line, "contained_metal")
    assert found.outcome is Outcome.PASSED
    assert found.allowed is not None
    assert abs(found.allowed.low - Decimal(low)) <= Decimal("0.06")
    assert abs(found.allowed.high - Decimal(high)) <= Decimal("0.06")


def test_total_leaves_out_the_stockpiles_in_tonnage_only(assessment: Assessment) -> None:
    tonnage = verdict(assessment, 6, "total_tonnage")
    assert tonnage.outcome is Outcome.FAILED
    assert tonnage.cause is Cause.OMITTED_PART
    assert tonnage.suggestion == "3,878 kt"
    assert tonnage.explanation == (
        "Total Mineral Reserves: tonnage 3,812 kt is 66 kt short of its parts (3,878 kt); "
        "it equals the sum without Stockpiles Mineral Reserves, while contained WO3 adds all of them"
    )
    assert verdict(assessment, 6, "total_contained").outcome is Outcome.PASSED
    addends = verdict(assessment, 6, "same_addends")
    assert addends.outcome is Outcome.FAILED
    assert "tonnage leaves out Stockpiles Mineral Reserves" in addends.explanation


@pytest.mark.parametrize("line", [5, 9])
def test_categories_add_up_and_their_grade_is_the_mean(assessment: Assessment, line: int) -> None:
    relations = ("total_tonnage", "total_contained", "same_addends", "weighted_grade")
    assert [verdict(assessment, line, r).outcome for r in relations] == [Outcome.PASSED] * 4


def test_a_failed_total_proves_no_part(assessment: Assessment) -> None:
    proofs = {v.relation for v in assessment.of((1, 1)) if v.outcome is Outcome.PASSED and v.arithmetic}
    assert proofs == {"contained_metal"}


def claim(text: str, **parts: object) -> Claim:
    return Claim(ClaimKind.QUANTITY, text, Quote(text), **parts)  # type: ignore[arg-type]


RESOURCE, RESERVE = EstimateType.RESOURCE, EstimateType.RESERVE

# claim of the prose, outcome, what the explanation must say
CLAIMS = [
    (
        claim(
            "2,760,00 tonnes of measured and indicated mineral resources",
            type=RESOURCE,
            category=Category.MEASURED_INDICATED,
            commodity="WO3",
            grade=quantity("0.32 %"),
            malformed="2,760,00",
        ),
        ClaimOutcome.UNMATCHED,
        "only 2,760,000 agrees with the table (Measured + Indicated Mineral Resources: 2,760 kt)",
    ),
    (
        claim(
            "1,527,000 tonnes of inferred resources",
            type=RESOURCE,
            category=Category.INFERRED,
            commodity="WO3",
            tonnage=quantity("1,527,000 t"),
            grade=quantity("0.24 %"),
        ),
        ClaimOutcome.AGREES,
        "1,527,000 t is 1,527 kt",
    ),
    (
        claim(
            "inferred resources of 355,000 tonnes",  # the note singles them out from the inferred line
            type=RESOURCE,
            category=Category.INFERRED,
            commodity="WO3",
            tonnage=quantity("355,000 t"),
            grade=quantity("0.40 %"),
        ),
        ClaimOutcome.AGREES,
        "a note",
    ),
    (
        claim(
            "1,932,000 tonnes of reserves from the tailings stockpile",  # no category in prose or table
            type=RESERVE,
            category=Category.UNCLASSIFIED,
            commodity="WO3",
            materials=(Material.TAILINGS,),
            tonnage=quantity("1,932,000 t"),
            grade=quantity("0.16 %"),
        ),
        ClaimOutcome.AGREES,
        "Tailings Mineral Reserves",
    ),
    (
        claim(
            "1,800,000 tonnes of proven and probable reserves",  # not in the release: a wrong figure must be seen
            type=RESERVE,
            category=Category.PROVEN_PROBABLE,
            commodity="WO3",
            tonnage=quantity("1,800,000 t"),
        ),
        ClaimOutcome.DISAGREES,
        "1,800,000 t is stated and 1,880 kt printed",
    ),
    (
        Claim(ClaimKind.CHANGE_PERCENT, "by 6.30%", Quote("by 6.30%"), percent=figure("6.30")),
        ClaimOutcome.UNMATCHED,
        "the previous estimate is not in it",
    ),
    (
        Claim(ClaimKind.MINE_LIFE, "to 9 years", Quote("to 9 years"), years=figure("9")),
        ClaimOutcome.UNMATCHED,
        "not provable from this filing",
    ),
]

INFERRED_NOTE = Footnote(
    1,
    "1",
    "Of the inferred resources, 355,000 tonnes ... and 177,000 tonnes ...",
    (NoteKind.SUB_QUANTITY,),
    Quote("355,000 tonnes"),
    lines=(10,),
    sub_quantities=(
        SubQuantity(quantity("355,000 t"), quantity("0.40 %"), "WO3", Quote("355,000 tonnes averaging 0.40%")),
        SubQuantity(quantity("177,000 t"), quantity("0.35 %"), "WO3", Quote("177,000 tonnes averaging 0.35%")),
    ),
)


def cutoff(value: str, categories: tuple[Category, ...], *materials: Material) -> Cutoff:
    scope = Scope(categories=categories, materials=materials)
    return Cutoff(figure(value), "%", "WO3", Quote(f"{value}%"), scope=scope)


MINED = (Category.PROVEN_PROBABLE, Category.INFERRED)
IN_SITU = (Category.MEASURED, Category.INDICATED, Category.INFERRED)
CUTOFFS = (
    cutoff("0.07", MINED, Material.OPEN_PIT),
    cutoff("0.30", MINED, Material.UNDERGROUND),
    cutoff("0.04", MINED, Material.TAILINGS),
    cutoff("0.05", IN_SITU),
)


@pytest.fixture(scope="module")
def whole(disclosure: Disclosure) -> Assessment:
    """The release with its prose, its note and its cut-offs."""
    claims = tuple(stated for stated, _, _ in CLAIMS)
    return assess(replace(disclosure, claims=claims, footnotes=(INFERRED_NOTE,), cutoffs=CUTOFFS))


@pytest.mark.parametrize("index", range(len(CLAIMS)))
def test_claims(whole: Assessment, index: int) -> None:
    _, outcome, text = CLAIMS[index]
    found = whole.claims[index]
    assert (found.claim, found.outcome) == (index, outcome)
    assert text in found.explanation


def test_quantities_of_the_note_fit_into_the_inferred_line(whole: Assessment) -> None:
    found = [v for v in whole.of((1, 10)) if v.relation == "note_partition"]
    assert [(v.commodity, v.outcome) for v in found] == [(None, Outcome.PASSED), ("WO3", Outcome.PASSED)]
    assert "532 kt of 1,527 kt" in found[0].explanation  # 355 + 177
    assert not any(v.arithmetic for v in found)


def test_findings_on_the_figures(whole: Assessment) -> None:
    found = {(f.rule, str(f.severity)): f.message for f in whole.findings}
    assert found["3.4(c)", "M"] == "inferred stands under 4 cut-offs that overlap: 0.07%, 0.05%, 0.30%, 0.04%"
    assert found["R-TYPO", "B"] == 'the number "2,760,00" is malformed'
    assert "Stockpiles Mineral Reserves and Tailings Mineral Reserves" in found["2.2(a)", "H"]


# rule, severity, what the finding says: the F and W of the worked release, and nothing else
INDICATIONS = [
    ("2.2(a)", "H", "no category, proven or probable"),  # stockpiles and tailings
    ("2.2(b)", "M", "no resource line covers Stockpiles"),  # reserves exceed what includes them
    ("2.3(1)(b)", "M", "inferred resources stand beside words of economics"),
    ("3.1", "I", "no professional designation of Adam Wheeler"),
    ("3.2", "M", "whether the data were verified"),
    ("3.3(1)", "I", "exploration is disclosed without its results"),  # a campaign is mentioned
    ("3.4(c)", "M", "inferred stands under 4 cut-offs"),
    ("3.4(c)", "M", "not stated: metal price, metallurgical recovery, estimation method"),
    ("3.4(d)", "M", "no sentence names legal, political, environmental or other risks"),
    ("3.5", "I", "named without its title"),
    ("CIM 2014", "L", "no point of reference"),
    ("CIM 2014", "M", "no pit shell, stope shape or price"),
    ("Form 14(1)", "L", "10,678 t of Total Mineral Reserves"),
    ("R-LABEL", "M", "W is named where the table states WO3"),
    ("R-TERM", "L", '"tailings stockpile" may be Tailings'),
    ("R-TYPO", "B", "2,760,00"),
]


def test_the_release_as_filed_breaks_the_rules_that_a_reader_finds_broken(shared: Path) -> None:
    filed = shared / "filings" / "almonty-2013-12-12.txt"
    document = read(filed.read_bytes(), filed.name)
    found = sorted((f.rule, str(f.severity), f.message) for f in assess(extract(document), document).findings)
    assert [(rule, severity) for rule, severity, _ in found] == [(rule, severity) for rule, severity, _ in INDICATIONS]
    for (_, _, said), (_, _, expected) in zip(found, INDICATIONS, strict=True):
        assert expected in said
