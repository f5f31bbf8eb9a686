"""From one cut-off to the next: metal, and the grade of what lies between."""

from __future__ import annotations

import pytest

from models.findings import Cause, Outcome, Status
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, table, verdicts

# tonnage and grade at 0.60 % beside 66,834 kt at 0.50 % with 0.65 %: what lies between has a grade of 0.50 to 0.60 %
INCREMENTS = [
    ("42,030 kt", "0.72 %", Outcome.PASSED),  # 0.53 %
    ("42,030 kt", "0.82 %", Outcome.FAILED),  # 0.36 %: less than was cut
    ("42,030 kt", "0.66 %", Outcome.FAILED),  # 0.63 %: it would not have been cut
    ("66,000 kt", "0.65 %", Outcome.PASSED),  # too little lies between for its grade to be known
]


@pytest.mark.parametrize(("tonnage", "grade", "outcome"), INCREMENTS)
def test_what_lies_between_two_cutoffs_has_a_grade_between_them(tonnage: str, grade: str, outcome: Outcome) -> None:
    printed = table(
        line("0.50", "inferred", "66,834 kt", (metal("Nb2O5", "0.65 %"),), cutoff="0.50 % Nb2O5"),
        line("0.60", "inferred", tonnage, (metal("Nb2O5", grade),), cutoff="0.60 % Nb2O5"),
    )
    (found, *either) = [v for v in assess(disclosure(printed)).verdicts if v.relation == "incremental_grade"]
    assert found.outcome is outcome
    assert not found.arithmetic
    assert all(v.outcome is Outcome.FAILED for v in either)  # the other line may be the wrong one


def test_a_higher_cutoff_leaves_no_more_metal() -> None:
    printed = table(
        line("0.50", "inferred", "66.8 Mt", (metal("Nb2O5", None, "437,703 t"),), cutoff="0.50 % Nb2O5"),
        line("0.60", "inferred", "42.0 Mt", (metal("Nb2O5", None, "439,703 t"),), cutoff="0.60 % Nb2O5"),
    )
    (found,) = verdicts(assess(disclosure(printed)), 2, "cutoff_metal")
    assert found.outcome is Outcome.FAILED


def test_a_figure_between_its_neighbours_is_misprinted_by_a_scale() -> None:
    """Neither tonnes times grade nor a total proves it: only the rows above and below tell."""
    rows = (("0.50", "66,834 kt"), ("0.60", "42.030 kt"), ("0.70", "19,224 kt"))
    printed = table(*(line(c, "inferred", t, (metal("Nb2O5", None),), cutoff=f"{c} % Nb2O5") for c, t in rows))
    assessment = assess(disclosure(printed))
    assert [assessment.status((1, n)) for n in (1, 2, 3)] == [Status.UNPROVEN, Status.HELD, Status.UNPROVEN]
    assert {v.cause for v in assessment.of((1, 2)) if v.outcome is Outcome.FAILED} == {Cause.SCALE_SLIP}
