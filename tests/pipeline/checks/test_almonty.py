"""The Los Santos release of December 12, 2013, worked by hand: nine sound lines, and a total that leaves a part out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from models.disclosure import Disclosure
from models.findings import Assessment, Cause, Outcome, Status, Verdict
from pipeline.checks import assess
from tests.pipeline.checks.specs import disclosure_of, specifications

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
    assert {v.relation for v in assessment.of((1, 1)) if v.outcome is Outcome.PASSED} == {"contained_metal"}
