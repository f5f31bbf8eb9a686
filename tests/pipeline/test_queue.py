"""The reviewer's queue and decisions through the commands, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.database import open_database
from pipeline.decisions import Correction, Field
from pipeline.errors import DecisionError
from pipeline.queue import read_correction, waiting
from tests.pipeline.test_cli import orebook

RELEASE = "almonty-lossantos-2013.tab.txt"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tonnage=3,878", Correction(Field.TONNAGE, "3878")),  # digits as the filing groups them
        ("contained:WO3=10678 t", Correction(Field.CONTAINED, "10678", "t", "WO3")),
        ("category=proven", Correction(Field.CATEGORY, "proven")),
    ],
)
def test_a_correction_is_read_as_it_is_typed(typed: str, expected: Correction) -> None:
    assert read_correction(typed) == expected


@pytest.mark.parametrize("typed", ["tonnage", "colour=red", "=5", ""])
def test_what_is_no_correction_is_refused_with_the_form(typed: str) -> None:
    with pytest.raises(DecisionError, match="FIELD"):
        read_correction(typed)


def test_a_held_total_waits_is_corrected_and_stays_so_after_the_next_run(database_url: str, fixtures: Path) -> None:
    orebook("ingest", fixtures / "releases" / RELEASE, db=database_url)
    listed = orebook("queue", db=database_url).output
    assert "Total Mineral Reserves" in listed
    assert "66 kt short of its parts" in listed
    engine = open_database(database_url)
    with engine.connect() as connection:
        (held,) = waiting(connection, 5)
    refused = orebook("decide", held.estimate_id, "correct", "--why", "adds up", db=database_url)
    assert refused.exit_code == 2
    done = orebook(
        "decide", held.estimate_id, "correct", "--set", "tonnage=3,878", "--why", "adds up", "--who", "J. Doe",
        db=database_url,
    )  # fmt: skip
    assert done.exit_code == 0
    orebook("ingest", fixtures / "releases" / RELEASE, db=database_url)
    assert "no line waits" in orebook("queue", db=database_url).output
    with engine.connect() as connection:
        query = "SELECT status, tonnes FROM v_estimates WHERE label = 'Total Mineral Reserves'"
        ((status, tonnes),) = connection.execute(text(query)).all()
    assert (status, float(tonnes)) == ("corrected", 3_878_000)


def test_totals_come_first_and_much_ore_before_little(sqlite_url: str, fixtures: Path) -> None:
    orebook("ingest", fixtures / "releases", db=sqlite_url)
    with open_database(sqlite_url).connect() as connection:
        lines = waiting(connection, 100)
        assert len(waiting(connection, 2)) == 2
    keys = [(not line.is_total, -(line.tonnes or 0)) for line in lines]
    assert keys == sorted(keys)
    assert len({line.estimate_id for line in lines}) == len(lines) > 4
