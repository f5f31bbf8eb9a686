"""Reasons as a reviewer reads them: each relation that failed, and what is common to them once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from models.disclosure import EstimateLine
from models.figure import Interval
from models.findings import Cause, Outcome, Verdict
from pipeline.rows.reasons import reasons
from tests.pipeline.checks.tables import line, metal, table

REPAIR = "tonnage 1,880 kt (omitted part) would satisfy both relations it stands in"
ALLOWED = Interval(Decimal("1372.5"), Decimal("1412.1"))
FAILED = Verdict(
    "contained_metal",
    Outcome.FAILED,
    f"Proven: contained WO3 7,409 t is not 357 kt × 0.39%; {REPAIR}",
    (1, 1),
    "WO3",
    Decimal(7409),
    allowed=ALLOWED,
    unit="t",
    cause=Cause.OMITTED_PART,
)


def total() -> EstimateLine:
    (found,) = table(line("Proven", "proven", "357 kt", (metal("WO3", "0.39 %", "7,409 t"),))).lines
    return found


def test_a_repair_that_relations_share_is_told_once() -> None:
    other = replace(FAILED, commodity="Cu", explanation=f"Proven: contained Cu 9 t is not 357 kt × 0.10%; {REPAIR}")
    first, second = reasons(total(), [FAILED, other]).splitlines()
    assert REPAIR in first
    assert REPAIR not in second
    for reason in (first, second):
        assert reason.endswith("reported 7,409, allowed 1,372.5 to 1,412.1 t; likeliest cause: omitted part")


def test_relations_that_hold_are_no_reasons() -> None:
    assert not reasons(total(), [replace(FAILED, outcome=Outcome.PASSED)])
