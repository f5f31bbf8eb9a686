"""Committing a filing: once, again, by a newer version, from another place, and when it fails."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from models.disclosure import Disclosure
from models.filing import Filing
from models.findings import Assessment
from models.records.estimates import EstimateLineRecord, LineFigureRecord
from models.records.filings import ExtractionRecord
from pipeline.commit import CommitOutcome, commit_failure, commit_filing
from pipeline.database import open_database
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING, LINES, TABLE
from tests.database.views import all_tables, all_views, view


@pytest.fixture
def engine(database_url: str) -> Engine:
    return open_database(database_url)


def commit(
    engine: Engine,
    disclosure: Disclosure = DISCLOSURE,
    assessment: Assessment = ASSESSMENT,
    filing: Filing = FILING,
    version: str = "1",
) -> CommitOutcome:
    with engine.begin() as connection:
        return commit_filing(connection, filing, FACTS, disclosure, assessment, version)


def fail(engine: Engine, error: str = "it is encrypted", version: str = "1") -> None:
    with engine.begin() as connection:
        commit_failure(connection, FILING, error, version)


def test_both_databases_show_the_same(sqlite_url: str, postgres_url: str) -> None:
    engines = [open_database(sqlite_url), open_database(postgres_url)]
    for engine in engines:
        commit(engine)
    small, large = map(all_views, engines)
    assert small == large
    empty = {name for name, rows in small.items() if not rows}
    assert empty == {"v_decisions", "v_corrections", "v_entity_decisions", "v_missing_disclosure"}


def test_a_line_with_two_metals_is_two_rows(engine: Engine) -> None:
    commit(engine)
    rows = [r for r in view(engine, "v_estimates") if r["label"] == "Measured"]
    assert {(r["commodity"], float(str(r["grade"]))) for r in rows} == {("Au", 0.4), ("Ag", 3.0)}
    assert {float(str(r["tonnes"])) for r in rows} == {357_000.0}
    assert {r["material"] for r in rows} == {"open_pit+oxide"}
    assert {(float(str(r["cutoff_value"])), r["cutoff_unit"], r["cutoff_commodity"]) for r in rows} == {
        (0.3, "g/t", "Au")
    }
    assert {r["status"] for r in rows} == {"sound"}
    assert {r["assumptions"] for r in rows} == set(LINES[0].assumptions)


def test_a_line_without_metal_is_one_row(engine: Engine) -> None:
    commit(engine)
    (row,) = [r for r in view(engine, "v_estimates") if r["label"] == "Stockpile"]
    assert (row["commodity"], row["grade"], row["contained"], row["status"]) == (None, None, None, "unproven")
    assert row["tonnage_unit"] == "kt"


def test_a_held_line_waits_with_its_reasons(engine: Engine) -> None:
    commit(engine)
    held = {str(r["label"]): str(r["reasons"]) for r in view(engine, "v_held")}
    assert held == {
        "Measured + Indicated": "total tonnage: 1,814 kt is 66 kt short of its parts (1,880 kt); rounding allows "
        "1,879 to 1,881 kt; reported 1,814, allowed 1,879 to 1,881 kt; likeliest cause: changed digit",
        "Inferred": "2,70,0 is no grouping that is in use",
    }
    assert not set(held) & {r["label"] for r in view(engine, "v_estimates")}


def test_printed_figures_come_back_exactly(engine: Engine) -> None:
    commit(engine)
    wanted = select(LineFigureRecord.printed, LineFigureRecord.value, LineFigureRecord.step, LineFigureRecord.canonical)
    with engine.connect() as connection:
        figures = {row[0]: tuple(map(str, row[1:])) for row in connection.execute(wanted)}
    # the zero of 0.40 says to which step it was rounded; a float column would lose it
    assert figures["0.40"] == ("0.40", "0.01", "0.40")
    assert figures["1,523"] == ("1523", "1", "1523000")
    assert Decimal(figures["4.6"][2]) == Decimal("4.6") * Decimal("31.1034768")


def test_numbers_of_a_view_compare_and_sum(engine: Engine) -> None:
    commit(engine)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT COUNT(*), SUM(tonnes) FROM v_estimates WHERE tonnes > 99000").one()
    assert (found[0], float(found[1])) == (3, 2 * 357_000.0 + 1_523_000.0)  # as text, '66000' > '99000' would not tell


def test_a_second_commit_changes_no_row(engine: Engine) -> None:
    assert commit(engine) is CommitOutcome.NEW
    before = all_tables(engine)
    assert commit(engine) is CommitOutcome.UNCHANGED
    assert all_tables(engine) == before


def test_a_newer_version_supersedes_and_keeps_history(engine: Engine) -> None:
    commit(engine)
    better = replace(DISCLOSURE, tables=(replace(TABLE, lines=TABLE.lines[:2]),), footnotes=())
    assert commit(engine, better, Assessment(), version="2") is CommitOutcome.RE_EXTRACTED
    assert {r["label"] for r in view(engine, "v_estimates")} == {"Measured", "Indicated"}
    assert view(engine, "v_held") == view(engine, "v_footnotes") == view(engine, "v_checks") == []
    with engine.connect() as connection:
        versions = connection.execute(select(ExtractionRecord.extractor_version)).scalars().all()
        kept = connection.execute(select(EstimateLineRecord.estimate_id)).scalars().all()
    assert sorted(versions) == ["1", "2"]
    assert len(kept) == 5 + 2
    assert len(set(kept)) == 5  # a line is the same line to both versions


def test_an_older_version_run_again_takes_nothing_back(engine: Engine) -> None:
    commit(engine)
    commit(engine, version="2")
    before = all_tables(engine)
    assert commit(engine) is CommitOutcome.UNCHANGED
    assert all_tables(engine) == before


def test_a_moved_file_is_the_same_filing(engine: Engine) -> None:
    commit(engine)
    moved = Filing("2013-12.pdf", "file:///archive/2013-12.pdf", FILING.content)
    assert commit(engine, filing=moved) is CommitOutcome.UNCHANGED
    (row,) = view(engine, "v_filings")
    assert (row["filename"], row["source_uri"]) == ("2013-12.pdf", "file:///archive/2013-12.pdf")


def test_two_copies_do_not_take_turns(engine: Engine) -> None:
    copy = Filing("copy.pdf", "file:///inbox/copy.pdf", FILING.content)
    commit(engine)
    commit(engine, filing=copy)
    before = all_tables(engine)
    for filing in (FILING, copy):
        commit(engine, filing=filing)
        assert all_tables(engine) == before


def test_a_defect_leaves_nothing_half_written(engine: Engine) -> None:
    before = all_tables(engine)
    twice = replace(DISCLOSURE, tables=(TABLE, TABLE))  # the second table breaks its primary key, after other rows
    with pytest.raises(IntegrityError):
        commit(engine, twice)
    assert all_tables(engine) == before
    assert commit(engine) is CommitOutcome.NEW


def test_a_failure_is_recorded(engine: Engine) -> None:
    fail(engine)
    (row,) = view(engine, "v_filings")
    assert (row["status"], row["error"], row["estimate_rows"]) == ("failed", "it is encrypted", 0)
    before = all_tables(engine)
    fail(engine)
    assert all_tables(engine) == before
    fail(engine, "it took too long")
    assert view(engine, "v_filings")[0]["error"] == "it took too long"


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_failure_takes_nothing_from_what_was_read(engine: Engine, version: str) -> None:
    commit(engine)
    before = all_views(engine)
    fail(engine, version=version)
    assert all_views(engine) == before


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_filing_that_failed_is_new_when_it_is_read(engine: Engine, version: str) -> None:
    fail(engine)
    assert commit(engine, version=version) is CommitOutcome.NEW
    (row,) = view(engine, "v_filings")
    assert (row["status"], row["error"], row["estimate_rows"], row["held_rows"]) == ("extracted", None, 4, 2)


def test_a_later_failure_is_not_undone_by_an_older_version(engine: Engine) -> None:
    fail(engine, version="1")
    fail(engine, "a picture of a page", version="2")
    (row,) = view(engine, "v_filings")
    assert (row["extractor_version"], row["error"]) == ("2", "a picture of a page")


def test_a_filing_without_estimates_says_so(engine: Engine) -> None:
    commit(engine, replace(DISCLOSURE, tables=(), footnotes=(), claims=()), Assessment())
    assert view(engine, "v_filings")[0]["status"] == "no_estimates"
