"""What no figure can be, and what was not understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import Doubt, EstimateLine
from models.findings import Cause, Outcome, Status
from models.quote import Quote
from models.units import UNITS
from pipeline.checks import assess
from pipeline.checks.plausibility import BOUNDS, is_misprint
from tests.pipeline.checks.tables import disclosure, line, metal, table, verdicts

# commodity, grade, outcome
GRADES = [
    ("Cu", "0.25 %", Outcome.PASSED),
    ("Cu", "125 %", Outcome.FAILED),
    ("Fe", "69.9 %", Outcome.PASSED),  # pure hematite
    ("Fe", "78 %", Outcome.FAILED),
    ("Li2O", "15 %", Outcome.FAILED),  # more than any lithium mineral holds
    ("Au", "2.055 opt", Outcome.PASSED),  # 70 g/t: bonanza, and real
    ("Au", "13,000 g/t", Outcome.FAILED),
    ("Ag", "569 g/t", Outcome.PASSED),
    ("diamond", "20.99 cpht", Outcome.PASSED),
]


@pytest.mark.parametrize(("commodity", "grade", "outcome"), GRADES)
def test_plausible_grade(commodity: str, grade: str, outcome: Outcome) -> None:
    assessment = assess(disclosure(table(line("Proven", "proven", "10 kt", (metal(commodity, grade),)))))
    (found,) = verdicts(assessment, 1, "plausible_grade")
    assert found.outcome is outcome
    assert assessment.status((1, 1)) is (Status.HELD if outcome is Outcome.FAILED else Status.UNPROVEN)


def test_every_bound_leaves_room_for_real_grades_and_none_for_more_than_the_whole() -> None:
    whole = UNITS["%"].factor
    assert whole is not None
    assert all(0 < bound.highest <= 100 * whole and bound.reason for bound in BOUNDS)


def carats(label: str, contained: str | None, tonnage: str, grade: str, total: bool = False) -> EstimateLine:
    return line(
        label, "inferred", tonnage, (metal("diamond", grade, contained),), zone=None if total else label, total=total
    )


PIPES = (
    carats("South", "911 kct", "4.51 Mt", "20.20 cpht"),
    carats("Centre", "229 kct", "1.92 Mt", "11.93 cpht"),
    carats("North", "53 kct", "0.47 Mt", "11.21 cpht"),
)


def doubted(printed: EstimateLine, text: str) -> EstimateLine:
    return replace(printed, doubts=(Doubt(f'"{text}" is no number', Quote(text), malformed=text[0].isdigit()),))


def test_a_malformed_total_is_held_with_the_sum_of_its_parts() -> None:
    total = doubted(carats("Total", None, "6.90 Mt", "17.28 cpht", total=True), "1,19")
    (found,) = verdicts(assess(disclosure(table(*PIPES, total))), 4, "understood")
    assert (found.outcome, found.cause, found.suggestion) == (Outcome.FAILED, Cause.MALFORMED_NUMBER, "1,193 kct")


def test_a_malformed_part_is_held_with_what_its_total_leaves() -> None:
    part = doubted(replace(PIPES[1], metals=(metal("diamond", "11.93 cpht"),)), "2.29,")
    total = carats("Total", "1,193 kct", "6.90 Mt", "17.28 cpht", total=True)
    (found,) = verdicts(assess(disclosure(table(PIPES[0], part, PIPES[2], total))), 2, "understood")
    assert (found.cause, found.suggestion) == (Cause.MALFORMED_NUMBER, "229 kct")


def test_a_term_that_is_no_number_is_not_understood() -> None:
    printed = table(doubted(PIPES[0], "Tonnage (ktm)"))
    (found,) = verdicts(assess(disclosure(printed)), 1, "understood")
    assert (found.cause, found.suggestion) == (Cause.NOT_UNDERSTOOD, None)


# doubtful text, whether it was read as a number and could not be, whether it is a misprint
TEXTS = [
    ("2,760,00", True, True),
    ("1,19", True, True),
    ("0.01 7", True, True),  # split by the layout
    ("2,760,000", False, False),  # a good number whose unit was in doubt
    ("1 166,7", False, False),  # a good French number of which no metal is named
    ("8.89 5.60", True, False),  # two cells read as one
    ("Tonnage (ktm)", False, False),
    ("", False, False),
]


@pytest.mark.parametrize(("text", "malformed", "misprint"), TEXTS)
def test_is_misprint(text: str, malformed: bool, misprint: bool) -> None:
    assert is_misprint(Doubt("doubtful", Quote(text), malformed=malformed)) is misprint


# average grade at a cut-off of 0.30 % Cu
@pytest.mark.parametrize(
    ("grade", "outcome"),
    [("0.31 %", Outcome.PASSED), ("0.30 %", Outcome.PASSED), ("0.28 %", Outcome.FAILED)],
)
def test_average_grade_is_not_under_the_cutoff(grade: str, outcome: Outcome) -> None:
    printed = table(line("Indicated", "indicated", "10 Mt", (metal("Cu", grade),), cutoff="0.30 % Cu"))
    assert [v.outcome for v in verdicts(assess(disclosure(printed)), 1, "grade_above_cutoff")] == [outcome]


def sensitivity(*rows: tuple[str, str, str]) -> list[Outcome]:
    """Outcomes of the check over rows of cut-off, tonnage and grade."""
    printed = (line(c, "inferred", t, (metal("Nb2O5", g),), cutoff=f"{c} % Nb2O5") for c, t, g in rows)
    found = assess(disclosure(table(*printed))).verdicts
    assert not any(v.arithmetic for v in found if v.relation == "cutoff_sensitivity")
    return [v.outcome for v in found if v.relation == "cutoff_sensitivity"]


ROWS = (("0.70", "19,224 kt", "0.80 %"), ("0.60", "42,030 kt", "0.72 %"), ("0.50", "66,834 kt", "0.65 %"))


def test_a_higher_cutoff_leaves_less_of_a_higher_grade() -> None:
    assert sensitivity(*ROWS) == [Outcome.PASSED] * 4  # tonnage and grade of two steps
    assert sensitivity(*reversed(ROWS)) == [Outcome.PASSED] * 4  # in either order of print
    either = Outcome.FAILED  # of the other line, which may be the wrong one as well
    assert sensitivity(ROWS[0], ("0.60", "12,030 kt", "0.72 %")) == [Outcome.FAILED, Outcome.PASSED, either]
    assert sensitivity(ROWS[0], ("0.60", "42,030 kt", "0.87 %")) == [Outcome.PASSED, Outcome.FAILED, either]
