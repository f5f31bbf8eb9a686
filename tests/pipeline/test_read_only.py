"""Looking at a database: whatever is asked, nothing changes, no other file opens, and nobody waits for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import DatabaseError, QueryTimeoutError
from pipeline.read_only import open_read_only
from pipeline.search import search

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM filings",
        "INSERT INTO locations (source_uri) VALUES ('file:///etc/passwd')",
        "UPDATE filings SET filename = 'x'",
        "DROP VIEW v_held",
        "CREATE TABLE mine (a TEXT)",
    ],
)
def test_nothing_can_be_changed(database_url: str, statement: str) -> None:
    with pytest.raises(DatabaseError), open_read_only(database_url).connect() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "UPDATE sqlite_master SET sql = ''",
    ],
)
def test_no_other_file_and_no_setting_can_be_reached(sqlite_url: str, tmp_path: Path, statement: str) -> None:
    before = set(tmp_path.glob("*.db"))
    with pytest.raises(DatabaseError), open_read_only(sqlite_url).connect() as connection:
        connection.execute(text(statement))
    assert set(tmp_path.glob("*.db")) == before


def test_a_question_without_an_end_is_ended(database_url: str) -> None:
    asked = open_read_only(database_url, seconds=0.2)
    with pytest.raises(QueryTimeoutError, match=r"within 0\.2 seconds; ask for less"), asked.connect() as connection:
        connection.execute(text(ENDLESS))
    with asked.connect() as connection:  # and the next one is answered
        assert connection.scalar(text("SELECT count(*) FROM v_filings")) == 0


def test_full_text_can_be_searched(database_url: str) -> None:
    with open_read_only(database_url).connect() as connection:
        assert search(connection, ["tungsten"], 5) == []
