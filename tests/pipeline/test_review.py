"""A reviewer at the command line: what waits in the queue, and what a decision does to it, on both databases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.decisions import Correction, Field, read_correction

RELEASE = "almonty-lossantos-2013.tab.txt"


def orebook(db: str, *words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--db", db], catch_exceptions=False)


@pytest.fixture
def db(database_url: str, fixtures: Path) -> str:
    assert orebook(database_url, "ingest", fixtures / "releases" / RELEASE, "--workers", "1").exit_code == 0
    return database_url


def queued(db: str) -> list[str]:
    """The identities that the queue prints, in its order."""
    return re.findall(r"^([0-9a-f]{16})  ", orebook(db, "queue").output, re.MULTILINE)


def rows(db: str, query: str) -> list[tuple[object, ...]]:
    with open_database(db).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_queue_says_what_waits_why_and_what_would_repair_it(db: str) -> None:
    printed = orebook(db, "queue").output
    assert "Total Mineral Reserves" in printed
    assert "total_reserves, total: 3,812 kt; WO3 0.28 %, 10,678 t" in printed
    assert "is 66 kt short of its parts (3,878 kt)" in printed
    assert "would repair it: 3,878 kt" in printed
    assert "1 held lines wait for a decision" in printed


def test_a_correction_releases_the_line_and_keeps_who_when_and_why(db: str) -> None:
    (held,) = queued(db)
    done = orebook(
        db, "decide", held, "correct", "--set", "tonnage=3,878 kt", "--why", "report p. 106", "--who", "J. Doe"
    )
    assert done.exit_code == 0
    assert "tonnage 3878 kt" in done.output
    assert queued(db) == []
    assert rows(db, "SELECT status, tonnes, tonnage_printed FROM v_estimates WHERE label LIKE 'Total%'") == [
        ("corrected", 3_878_000, "3,812")
    ]
    ((by, why, reopened, at),) = rows(db, "SELECT decided_by, why, reopened, decided_at FROM v_decisions")
    assert (by, why, bool(reopened)) == ("J. Doe", "report p. 106", False)
    assert at


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tonnage=3,878", Correction(Field.TONNAGE, "3,878")),  # the printed unit stays
        ("contained:WO3=10678 t", Correction(Field.CONTAINED, "10678", "t", "WO3")),
        ("category=proven", Correction(Field.CATEGORY, "proven")),
        ("zone=Los Santos Sur", Correction(Field.ZONE, "Los Santos Sur")),  # a name is no figure with a unit
    ],
)
def test_a_correction_is_read_as_it_is_typed(typed: str, expected: Correction) -> None:
    assert read_correction(typed) == expected


def test_a_rejected_line_stays_held_and_waits_no_more(db: str) -> None:
    (held,) = queued(db)
    orebook(db, "decide", held, "reject", "--why", "misprint", "--who", "J. Doe")
    assert queued(db) == []
    assert rows(db, "SELECT count(*) FROM v_held") == [(1,)]


def test_an_accepted_line_is_accepted_after_the_filing_is_ingested_again(db: str, fixtures: Path) -> None:
    (held,) = queued(db)
    orebook(db, "decide", held, "accept", "--why", "as printed", "--who", "J. Doe")
    orebook(db, "ingest", fixtures / "releases" / RELEASE, "--workers", "1")
    assert rows(db, "SELECT status FROM v_estimates WHERE label = 'Total Mineral Reserves'") == [("accepted",)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accept", "--why", " "), "a reason"),
        (("correct", "--why", "read"), "takes a correction"),
        (("correct", "--set", "tonnage 3878", "--why", "read"), "FIELD=VALUE"),
        (("correct", "--set", "tonage=3878", "--why", "read"), "no field"),
        (("correct", "--set", "tonnage=3,87", "--why", "read"), "no number"),  # decimals, or a lost digit?
        (("correct", "--set", "grade=0.27", "--why", "read"), "no commodity"),
    ],
)
def test_a_decision_of_no_use_is_refused_with_the_reason(
    sqlite_url: str, fixtures: Path, words: tuple[str, ...], said: str
) -> None:
    orebook(sqlite_url, "ingest", fixtures / "releases" / RELEASE, "--workers", "1")
    (held,) = queued(sqlite_url)
    refused = orebook(sqlite_url, "decide", held, *words)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert queued(sqlite_url) == [held]


def test_totals_come_first_then_what_withholds_most(sqlite_url: str, shared: Path) -> None:
    documents = shared / "corpus" / "documents"
    for name in ("equinox-consolidated-2021.tab.txt", RELEASE):
        orebook(sqlite_url, "ingest", documents / name, "--workers", "1")
    held = rows(sqlite_url, "SELECT estimate_id, is_total, tonnes FROM v_held")
    tonnes = {key: (not total, -float(str(t or 0))) for key, total, t in held}
    order = queued(sqlite_url)
    assert len(order) > 3
    assert [tonnes[key] for key in order] == sorted(tonnes[key] for key in order)


def test_looking_at_no_database_makes_none(tmp_path: Path) -> None:
    looked = orebook(f"sqlite:///{tmp_path}/gone.db", "queue")
    assert looked.exit_code == 3
    assert not list(tmp_path.iterdir())
