"""The same estimate in two tables of a filing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import EstimateTable
from models.findings import Cause, Outcome, Status
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, table

FIRST = table(
    line("West", "indicated", "5.52 Mt", (metal("Cu", "1.03 %"), metal("Ag", "19.6 g/t")), zone="West"),
    line("Total", "indicated", "26.03 Mt", (metal("Cu", "1.01 %"), metal("Ag", "12.3 g/t"))),
)


def summary(tonnage: str, copper: str, silver: str) -> EstimateTable:
    """A second table with the total alone."""
    again = table(line("Indicated", "indicated", tonnage, (metal("Cu", copper), metal("Ag", silver))))
    return replace(again, number=2, lines=tuple(replace(p, table=2) for p in again.lines))


# tonnage, copper and silver of the second printing, outcomes of the three figures; none: it is another estimate
AGAIN = [
    (("26.03 Mt", "1.01 %", "12.3 g/t"), [Outcome.PASSED] * 3),
    (("26.0 Mt", "1.0 %", "12 g/t"), [Outcome.PASSED] * 3),  # a summary rounds more
    (("26.03 Mt", "1.01 %", "13.2 g/t"), [Outcome.PASSED, Outcome.PASSED, Outcome.FAILED]),
    (("24.11 Mt", "1.07 %", "12.9 g/t"), []),  # of another date, or another cut-off
]


@pytest.mark.parametrize(("figures", "outcomes"), AGAIN)
def test_repeated_estimate(figures: tuple[str, str, str], outcomes: list[Outcome]) -> None:
    found = assess(disclosure(FIRST, summary(*figures))).verdicts
    own = [v for v in found if v.relation == "repeated_estimate" and v.line == (2, 1)]
    assert [v.outcome for v in own] == outcomes
    assert not any(v.arithmetic for v in own)


def test_where_two_printings_differ_both_lines_are_held_and_the_misprint_is_named() -> None:
    assessment = assess(disclosure(FIRST, summary("26.03 Mt", "1.01 %", "13.2 g/t")))
    for key in ((1, 2), (2, 1)):
        assert assessment.status(key) is Status.HELD
        assert {v.cause for v in assessment.of(key) if v.outcome is Outcome.FAILED} == {Cause.SWAPPED_DIGITS}
    assert assessment.status((1, 1)) is Status.UNPROVEN
