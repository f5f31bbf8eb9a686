"""`orebook export`: what the files hold is what the views give, on both databases."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow
import pytest
from click.testing import CliRunner, Result
from pyarrow.parquet import ParquetFile, read_table
from sqlalchemy import text

from models.views import VIEWS
from pipeline import export as module
from pipeline.cli import main
from pipeline.database import open_database
from pipeline.export import plain
from tests.pipeline.test_decisions import commit

EVERY = [view.name for view in VIEWS]


@pytest.fixture
def url(database_url: str) -> str:
    commit(open_database(database_url))
    return database_url


def export(url: str, folder: Path, form: str, *views: str) -> Result:
    return CliRunner().invoke(main, ["export", *views, "--out", str(folder), "--format", form, "--db", url])


def given(url: str, view: str) -> list[dict[str, object]]:
    """What the view gives, without orebook's own reading."""
    with open_database(url).connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {view}")).mappings()]


def in_order(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(rows, key=str)


def test_csv_holds_every_view(url: str, tmp_path: Path) -> None:
    done = export(url, tmp_path / "out", "csv")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.csv" for name in EVERY}
    for name in EVERY:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, object]] = [dict(row) for row in csv.DictReader(file)]
        expected: list[dict[str, object]] = [
            {head: plain(value) for head, value in row.items()} for row in given(url, name)
        ]
        assert in_order(rows) == in_order(expected), name
        assert f"{name}.csv: {len(rows)} rows" in done.stdout


def test_json_lines_hold_every_view_with_exact_numbers(url: str, tmp_path: Path) -> None:
    assert export(url, tmp_path, "jsonl").exit_code == 0
    for name in EVERY:
        lines = (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line, parse_float=Decimal) for line in lines]
        assert in_order([_exact(row) for row in rows]) == in_order([_exact(row) for row in given(url, name)]), name


def _exact(row: dict[str, object]) -> dict[str, object]:
    """Numbers of one value alike, whether read as int, float or Decimal; a moment as ISO text."""
    return {head: _alike(value) for head, value in row.items()}


def _alike(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(repr(value) if isinstance(value, float) else value).normalize()
    return value


def test_parquet_holds_every_view(url: str, tmp_path: Path) -> None:
    done = export(url, tmp_path, "parquet")
    assert done.exit_code == 0, done.output
    for name in EVERY:
        rows = read_table(tmp_path / f"{name}.parquet").to_pylist()
        assert in_order([_exact(row) for row in rows]) == in_order([_exact(row) for row in given(url, name)]), name


def test_parquet_is_written_in_groups_of_a_batch(url: str, tmp_path: Path) -> None:
    """A group a row took a hundred times the memory and the time."""
    assert export(url, tmp_path, "parquet", "v_estimates").exit_code == 0
    written = ParquetFile(tmp_path / "v_estimates.parquet").metadata
    assert (written.num_rows > 1, written.num_row_groups) == (True, 1)


def test_parquet_has_exact_decimals_of_postgresql_and_printed_digits_as_text(url: str, tmp_path: Path) -> None:
    assert export(url, tmp_path, "parquet", "v_estimates").exit_code == 0
    schema = read_table(tmp_path / "v_estimates.parquet").schema
    exact = url.startswith("postgresql")
    assert pyarrow.types.is_decimal(schema.field("grade").type) == exact
    assert schema.field("grade_printed").type == pyarrow.string()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_view_of_many_batches_is_whole(url: str, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    done = export(url, tmp_path, form, "v_estimates")
    rows = len(given(url, "v_estimates"))
    assert rows > 1
    assert done.stdout == f"{tmp_path / f'v_estimates.{form}'}: {rows} rows\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (357000.0, "357000"),  # SQLite's number without the point that was not printed
        (0.1, "0.1"),  # not its binary neighbour
        (1e-7, "0.0000001"),  # no exponent
        (Decimal("0.10"), "0.10"),  # the zero that PostgreSQL keeps
        (Decimal("1E+3"), "1000"),
        (Decimal("12345678901234567890123456789.5"), "12345678901234567890123456789.5"),  # more than a context's 28
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05+00:00"),
    ],
)
def test_values_are_written_with_all_their_digits(value: object, written: str) -> None:
    assert plain(value) == written


def test_an_unknown_view_is_refused_before_anything_is_written(sqlite_url: str, tmp_path: Path) -> None:
    done = export(sqlite_url, tmp_path / "out", "csv", "v_filings", "filings")
    assert done.exit_code == 2
    assert "filings: no such public view; there are v_estimates, v_held" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_broken_export_leaves_the_file_of_before(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second export that takes too long after its first rows keeps what the first one wrote, and leaves no piece."""
    (texts,) = (view for view in VIEWS if view.name == "v_texts")
    columns = ", ".join(f"i AS {column.name}" for column in texts.columns)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    with open_database(database_url).begin() as connection:
        connection.execute(text("DROP VIEW v_texts"))
        connection.execute(text(f"CREATE VIEW v_texts AS {endless} SELECT {columns} FROM n WHERE i < 5"))
    monkeypatch.setattr(module, "BATCH", 1)
    out = tmp_path / "out"
    out.mkdir()
    (out / "v_texts.csv").write_text("of before", encoding="utf-8")
    options = ["--out", str(out), "--db", database_url, "--seconds", "0.3"]
    done = CliRunner().invoke(main, ["export", "v_texts", *options])
    assert done.exit_code == 3, done.output
    assert "did not answer within 0.3 seconds" in done.stderr
    assert (out / "v_texts.csv").read_text(encoding="utf-8") == "of before"
    assert [path.name for path in out.iterdir()] == ["v_texts.csv"]


def test_a_folder_that_cannot_be_made_is_named(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = export(sqlite_url, tmp_path / "file" / "out", "csv", "v_filings")
    assert done.exit_code == 2
    assert "v_filings.csv: cannot be written" in done.stderr


def test_without_pyarrow_the_extra_is_named(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    done = export(sqlite_url, tmp_path, "parquet", "v_filings")
    assert done.exit_code == 2
    assert "pip install 'orebook[parquet]'" in done.stderr
