"""Identities, fingerprints and reasons: what makes two rows the same, and what a reviewer reads."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from models.disclosure import Category, EstimateLine
from models.figure import Interval
from models.findings import Cause, Outcome, Verdict
from pipeline.rows.estimates import check_row
from pipeline.rows.identity import fingerprint, line_ids, person_id
from pipeline.rows.reasons import reasons
from pipeline.rows.row import tonnes
from tests.database.samples import INDICATED, LINES, MEASURED, STRANGE, SUM_FAILS, TOTAL, gold, quantity


def test_each_line_of_a_filing_has_an_identity_of_its_own() -> None:
    ids = line_ids("a", LINES)
    assert len(set(ids.values())) == len(LINES)
    assert not set(ids.values()) & set(line_ids("b", LINES).values())


def test_two_estimates_of_one_row_and_group_are_two_lines() -> None:
    # a cell that stacks two estimates gives two lines at one place
    ids = line_ids("a", [MEASURED, replace(MEASURED, number=2)])
    assert len(set(ids.values())) == 2


def test_a_line_keeps_its_identity_when_it_is_read_better() -> None:
    better = replace(MEASURED, number=7, label="Measured (oxide)", zone=None, tonnage=None)
    assert set(line_ids("a", [better]).values()) == set(line_ids("a", [MEASURED]).values())


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(INDICATED, label="Ind.", zone="Pit", number=9), True),  # how a line is named is no figure
        (replace(INDICATED, tonnage=quantity("1,523.0", "kt")), True),  # the same tonnage
        (replace(INDICATED, category=Category.INFERRED), False),
        (replace(INDICATED, type=None), False),
        (replace(INDICATED, cutoff=MEASURED.cutoff), False),
        (replace(INDICATED, tonnage=quantity("1,523", "t")), False),  # the same digits, another unit
        (replace(INDICATED, tonnage=None), False),
        (replace(INDICATED, metals=(gold("0.38", "18.7"),)), False),
        (replace(INDICATED, metals=(replace(INDICATED.metals[0], commodity="Ag"),)), False),
    ],
)
def test_a_fingerprint_tells_the_figures(other: EstimateLine, same: bool) -> None:
    assert (fingerprint(other) == fingerprint(INDICATED)) is same


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("JOSÉ NÚÑEZ", True),
        ("Jose  Nunez", True),  # accents lost on the way to the printer
        ("José Nuñez-Ruiz", False),
        ("J. Núñez", False),  # an initial may be another person
    ],
)
def test_a_person_is_the_same_in_every_spelling(name: str, same: bool) -> None:
    assert (person_id(name) == person_id("José Núñez")) is same


def test_a_doubt_is_told_once() -> None:
    (doubt,) = STRANGE.doubts
    seen = Verdict("understood", Outcome.FAILED, f"Inferred: {doubt.reason}", cause=Cause.MALFORMED_NUMBER)
    assert reasons(STRANGE, [seen]) == f"understood: Inferred: {doubt.reason}; likeliest cause: malformed number"
    assert reasons(STRANGE, []) == doubt.reason


def test_reasons_leave_out_what_passed_and_what_has_no_cause() -> None:
    passed = replace(SUM_FAILS, outcome=Outcome.PASSED)
    unexplained = replace(SUM_FAILS, cause=Cause.UNEXPLAINED, allowed=None)
    assert reasons(LINES[2], [passed, unexplained]) == f"total tonnage: {SUM_FAILS.explanation}"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("3876.5", "3879.50", "allowed 3,876.5 to 3,879.5 kt"),
        ("0.3999999999999999999999999999", "0.4012345678", "allowed 0.4 to 0.401235 kt"),  # quotients have 28 digits
        ("1234567.8", "12345678", "allowed 1,234,568 to 12,345,678 kt"),
        ("0", "0.5", "allowed 0 to 0.5 kt"),
    ],
)
def test_reasons_print_intervals_as_a_reviewer_reads_them(low: str, high: str, words: str) -> None:
    assert words in reasons(LINES[2], [replace(SUM_FAILS, allowed=Interval(Decimal(low), Decimal(high)))])


@pytest.mark.parametrize(
    ("printed", "unit", "metric"),
    [("1.5", "Mt", "1500000"), ("2", "kst", "1814.36948"), ("66", "t", "66")],
)
def test_tonnages_in_metric_tonnes(printed: str, unit: str, metric: str) -> None:
    assert tonnes(quantity(printed, unit)) == Decimal(metric)


def test_a_relation_without_an_upper_limit_has_no_number_for_it() -> None:
    at_least = replace(SUM_FAILS, allowed=Interval(Decimal(1879), Decimal("Infinity")))
    row = check_row(1, at_least, {(1, 3): "a"})
    assert (row["low"], row["high"]) == (Decimal(1879), None)
    assert "reported 1,814, allowed 1,879 or more kt" in reasons(TOTAL, [at_least])
