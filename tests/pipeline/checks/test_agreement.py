"""Readings of malformed numbers, and notes that single out more than their line holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import Category, Claim, ClaimKind, Footnote, NoteKind, SubQuantity
from models.findings import ClaimOutcome, Outcome
from models.quote import Quote
from pipeline.checks import assess
from pipeline.checks.agreement import readings_of
from tests.pipeline.checks.tables import disclosure, line, metal, quantity, table

# malformed number, what it may have been
READINGS = [
    ("2,760,00", ["276,000", "2,760,000", "2,760.00"]),  # a digit lost, or a comma for a point
    ("1,19", ["119", "1,190", "1.19"]),
    ("1,2345", ["12,345"]),  # a digit too many: only the separators are in doubt
]


@pytest.mark.parametrize(("text", "readings"), READINGS)
def test_readings_of(text: str, readings: list[str]) -> None:
    assert [f"{r:,f}" for r in readings_of(text)] == readings


# tonnages that a note singles out of 1,527 kt with 3,648 t, outcomes for tonnage and metal
NOTES = [
    (("355,000 t", "177,000 t"), [Outcome.PASSED, Outcome.PASSED]),
    (("1,355,000 t", "177,000 t"), [Outcome.FAILED, Outcome.FAILED]),  # 1,532 of 1,527
    (("1,000,000 t",), [Outcome.PASSED, Outcome.FAILED]),  # at 0.40 % that would be 4,000 t of metal
]


@pytest.mark.parametrize(("tonnages", "outcomes"), NOTES)
def test_note_partition(tonnages: tuple[str, ...], outcomes: list[Outcome]) -> None:
    singled = tuple(SubQuantity(quantity(t), quantity("0.40 %"), "WO3", Quote(t)) for t in tonnages)
    note = Footnote(1, "1", "", (NoteKind.SUB_QUANTITY,), Quote(""), lines=(1,), sub_quantities=singled)
    printed = table(line("Inferred", "inferred", "1,527 kt", (metal("WO3", "0.24 %", "3,648 t"),)))
    found = assess(replace(disclosure(printed), footnotes=(note,))).verdicts
    assert [v.outcome for v in found if v.relation == "note_partition"] == outcomes


TABLE = table(
    line("Knob Lake", "measured_indicated", "5,083 kt", (metal("Fe", "54.7 %"),), zone="Knob Lake"),
    line("All", "inferred", "1,527 kt", (metal("Fe", "55.7 %"),)),
    line("Stockpiles", "unclassified", "66 kt", (metal("Fe", "48.8 %"),), material="stockpile"),
)

# category, tonnage, grade of a claim on iron resources, outcome
CLAIMS = [
    ("inferred", "1,527,000 t", None, ClaimOutcome.AGREES),
    ("inferred", "1.5 Mt", "55.7 %", ClaimOutcome.AGREES),  # prose rounds more
    ("inferred", "1.6 Mt", None, ClaimOutcome.DISAGREES),
    ("inferred", "1,527,000 t", "56.7 %", ClaimOutcome.DISAGREES),  # one figure right, one wrong
    ("measured_indicated", "54.8 Mt", None, ClaimOutcome.UNMATCHED),  # of all zones; the table prints one
    ("measured", "5.083 Mt", None, ClaimOutcome.AGREES),  # a category read too narrowly, four digits that agree
    ("measured", "66 kt", "48.8 %", ClaimOutcome.AGREES),  # two figures that agree
    ("measured", "66 kt", None, ClaimOutcome.UNMATCHED),  # two digits may agree by chance
    ("probable", "900 kt", None, ClaimOutcome.UNMATCHED),
]


@pytest.mark.parametrize(("category", "tonnage", "grade", "outcome"), CLAIMS)
def test_claims(category: str, tonnage: str, grade: str | None, outcome: ClaimOutcome) -> None:
    claim = Claim(
        ClaimKind.QUANTITY,
        tonnage,
        Quote(tonnage),
        category=Category(category),
        commodity="Fe",
        tonnage=quantity(tonnage),
        grade=quantity(grade) if grade else None,
    )
    (found,) = assess(replace(disclosure(TABLE), claims=(claim,))).claims
    assert found.outcome is outcome


ALL = table(
    line("Proven", "proven", None, (metal("Au", None, "100 koz"),), "reserve"),
    line("Probable", "probable", None, (metal("Au", None, "118 koz"),), "reserve"),
    line("Proven + Probable", "proven_probable", None, (metal("Au", None, "218 koz"),), "reserve"),
    line("Measured + Indicated", "measured_indicated", None, (metal("Au", None, "1,908 koz"),)),
    line("Inferred", "inferred", None, (metal("Au", None, "2,836 koz"),)),
)

# what is claimed of all properties together, what is said
TOGETHER = [
    ("4.96 Moz", ClaimOutcome.AGREES, "the sum of Proven + Probable, Measured + Indicated and Inferred"),
    ("4.74 Moz", ClaimOutcome.AGREES, "the sum of Measured + Indicated and Inferred"),  # resources alone
    ("218 koz", ClaimOutcome.AGREES, "agrees with Proven + Probable"),
    ("4.4 Moz", ClaimOutcome.DISAGREES, "all of them add up to 5.0 Moz"),
]


@pytest.mark.parametrize(("contained", "outcome", "said"), TOGETHER)
def test_a_claim_of_no_category_is_set_beside_sums_of_lines(contained: str, outcome: ClaimOutcome, said: str) -> None:
    claim = Claim(ClaimKind.QUANTITY, contained, Quote(contained), commodity="Au", contained=quantity(contained))
    (found,) = assess(replace(disclosure(ALL), claims=(claim,))).claims
    assert found.outcome is outcome
    assert said in found.explanation
