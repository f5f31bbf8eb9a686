"""Datasette itself, on a file of ours and the metadata that `orebook export --format datasette` writes."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.questions import questions
from tests.pipeline.test_decisions import commit


@pytest.fixture
def datasette(sqlite_url: str, tmp_path: Path) -> Datasette:
    commit(open_database(sqlite_url))
    done = CliRunner().invoke(main, ["export", "--format", "datasette", "--out", str(tmp_path), "--db", sqlite_url])
    assert done.exit_code == 0, done.output
    path, database = tmp_path / "metadata.json", Path(sqlite_url.removeprefix("sqlite:///"))
    assert f"datasette {database} --metadata {path}" in done.stdout
    patient = {"sql_time_limit_ms": 30_000}  # a loaded machine takes its time
    return Datasette([str(database)], metadata=json.loads(path.read_text(encoding="utf-8")), settings=patient)


def page(datasette: Datasette, address: str) -> str:
    answer = asyncio.run(datasette.client.get(address))
    assert answer.status_code == 200, address
    return str(answer.text)


def test_views_and_columns_show_what_they_mean(datasette: Datasette) -> None:
    name = next(name for name in datasette.databases if name != "_internal")
    shown = page(datasette, f"/{name}/v_estimates")
    assert "One row per committed estimate line and commodity." in shown
    assert "Ore tonnage in metric tonnes." in shown


def test_the_tables_behind_the_views_are_hidden(datasette: Datasette) -> None:
    name = next(name for name in datasette.databases if name != "_internal")
    tables = json.loads(page(datasette, f"/{name}.json"))["tables"]
    assert {table["name"] for table in tables if not table["hidden"]} == set()


def test_every_question_is_a_canned_query_that_runs(datasette: Datasette) -> None:
    name = next(name for name in datasette.databases if name != "_internal")
    queries = json.loads(page(datasette, f"/{name}.json"))["queries"]
    assert [query["title"] for query in queries] == [question.title for question in questions()]
    for query in queries:
        assert json.loads(page(datasette, f"/{name}/{query['name']}.json"))["ok"], query["name"]


def test_a_database_that_is_no_sqlite_file_is_refused(postgres_url: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "--format", "datasette", "--out", str(tmp_path), "--db", postgres_url])
    assert done.exit_code == 2
    assert "Datasette opens SQLite files only" in done.stderr
    assert list(tmp_path.iterdir()) == []
