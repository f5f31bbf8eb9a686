"""Each query of the README that has its result below it gives that result on the project's own releases."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import regex

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from tests.conftest import ROOT

SHOWN = regex.compile(r"```sql\n(?P<query>[^`]+)```\n\n(?P<table>(?:\|[^\n]*\n)+)")
QUERIES = [(m["query"], m["table"]) for m in SHOWN.finditer((ROOT / "README.md").read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def releases(fixtures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the releases that are plain text: the queries ask for no others."""
    path = tmp_path_factory.mktemp("readme") / "orebook.db"
    texts = sorted((fixtures / "releases").glob("*.txt"))
    ingest(open_database(f"sqlite:///{path}"), list(find_files(texts)), workers=1)
    return path


@pytest.mark.parametrize(("query", "table"), QUERIES, ids=[query.split("FROM")[0][:40] for query, _ in QUERIES])
def test_a_query_of_the_readme_gives_the_result_below_it(query: str, table: str, releases: Path) -> None:
    with sqlite3.connect(releases) as connection:
        asked = connection.execute(query)
        heads = [column[0] for column in asked.description]
        rows = [[_cell(value) for value in row] for row in asked]
    shown = [[cell.strip().replace("\\|", "|") for cell in _cells(line)] for line in table.splitlines()]
    assert shown[0] == heads
    assert shown[2:] == rows


def test_the_readme_shows_results() -> None:
    assert len(QUERIES) >= 2


def _cells(line: str) -> list[str]:
    return list(regex.split(r"(?<!\\)\|", line.strip())[1:-1])


def _cell(value: object) -> str:
    """As the README prints it: nothing for NULL, a whole number without its point."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
