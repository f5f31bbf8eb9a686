"""Reading back a filing, and counting what the database holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from models.filing import Filing
from pipeline.commit import commit_failure, commit_filing
from pipeline.database import open_database
from pipeline.lines import StatedFigure
from pipeline.queries import Count, filing_report, find_filings, totals
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING, SUM_FAILS

BROKEN = Filing("broken_.pdf", "file:///inbox/broken_.pdf", b"not a document")


@pytest.fixture
def engine(database_url: str) -> Engine:
    opened = open_database(database_url)
    with opened.begin() as connection:
        commit_filing(connection, FILING, FACTS, DISCLOSURE, ASSESSMENT, "1")
        commit_failure(connection, BROKEN, "it is broken", "1")
    return opened


def test_a_report_has_every_line_in_printed_order(engine: Engine) -> None:
    with engine.connect() as connection:
        report = filing_report(connection, FILING.sha256[:16])
    assert report is not None
    assert (report.filing.issuer, report.filing.effective_date) == ("Example Mines Ltd.", "2013-06-30")
    assert [(checked.line.label, checked.line.status) for checked in report.lines] == [
        ("Measured", "sound"),
        ("Indicated", "sound"),
        ("Measured + Indicated", "held"),
        ("Stockpile", "unproven"),
        ("Inferred", "held"),
    ]
    measured, total = report.lines[0].line, report.lines[2]
    assert measured.tonnage == StatedFigure("357", Decimal(357), "kt")
    assert {m.commodity: m.grade and m.grade.printed for m in measured.metals} == {"Ag": "3.0", "Au": "0.40"}
    assert total.line.is_total is True
    (check,) = total.checks
    assert (check.relation, check.outcome, check.commodity) == ("total_tonnage", "failed", None)
    assert check.explanation == SUM_FAILS.explanation


def test_a_failed_filing_has_a_report_without_lines(engine: Engine) -> None:
    with engine.connect() as connection:
        report = filing_report(connection, BROKEN.sha256[:16])
        nothing = filing_report(connection, "0000")
    assert report is not None
    assert (report.filing.status, report.filing.error, report.lines) == ("failed", "it is broken", ())
    assert nothing is None


@pytest.mark.parametrize(
    ("wanted", "filing"),
    [
        ("release.pdf", FILING),
        ("file:///inbox/release.pdf", FILING),
        (FILING.sha256, FILING),
        (FILING.sha256[:6], FILING),
        ("broken_.pdf", BROKEN),
        ("%", None),  # a wildcard of SQL is no name
    ],
)
def test_filings_are_found_by_name_address_or_the_start_of_an_id(
    engine: Engine, wanted: str, filing: Filing | None
) -> None:
    with engine.connect() as connection:
        assert find_filings(connection, wanted) == ([filing.sha256[:16]] if filing else [])


def test_totals_count_filings_and_lines(engine: Engine) -> None:
    with engine.connect() as connection:
        counted = totals(connection)
    assert counted.filings == (Count("extracted", 1), Count("failed", 1))
    assert counted.lines == (Count("held", 2), Count("sound", 2), Count("unproven", 1))
