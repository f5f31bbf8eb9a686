"""`orebook query`: answers in three forms, limits, and SQL that would change something."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.database import open_database
from tests.database.views import all_tables
from tests.pipeline.test_decisions import commit

TOTAL = "SELECT label, tonnes, commodity FROM v_estimates WHERE label LIKE 'Meas%d' ORDER BY commodity"


@pytest.fixture
def url(database_url: str) -> str:
    commit(open_database(database_url))
    return database_url


def query(url: str, sql: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["query", sql, "--db", url, *options])


def test_a_table_is_for_people(url: str) -> None:
    assert query(url, TOTAL + ";").stdout.splitlines() == [
        "label     tonnes  commodity",
        "--------  ------  ---------",
        "Measured  357000  Ag",
        "Measured  357000  Au",
    ]


def test_csv_and_json_are_for_programs(url: str) -> None:
    heads, *rows = csv.reader(query(url, TOTAL, "--format", "csv").stdout.splitlines())
    assert heads == ["label", "tonnes", "commodity"]
    assert [(label, float(tonnes), metal) for label, tonnes, metal in rows][1] == ("Measured", 357000, "Au")
    answer = json.loads(query(url, TOTAL, "--format", "json").stdout)
    assert answer[1] == {"label": "Measured", "tonnes": 357000, "commodity": "Au"}


def test_rows_over_the_limit_are_left_out_and_it_is_said(url: str) -> None:
    done = query(url, TOTAL, "--limit", "1")
    assert len(done.stdout.splitlines()) == 3
    assert "only the first 1 rows are printed" in done.stderr


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM decisions",
        "INSERT INTO runs (run_id) VALUES (9)",
        "UPDATE filings SET filename = 'x'",
        "DROP VIEW v_estimates",
        "CREATE TABLE t (x INTEGER)",
        "SELECT * FROM nowhere",
        "SELEC 1",
        "",
    ],
)
def test_what_is_no_question_is_refused_and_changes_nothing(url: str, sql: str) -> None:
    engine = open_database(url)
    before = all_tables(engine)
    done = query(url, sql)
    assert done.exit_code == 2, done.output
    assert done.stderr.startswith("orebook: ")
    assert all_tables(engine) == before


def test_a_question_without_end_is_ended(url: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
    done = query(url, endless, "--seconds", "0.3")
    assert done.exit_code != 0
    assert "did not answer within 0.3 seconds" in done.stderr
