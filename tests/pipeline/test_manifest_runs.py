"""Runs that are given a manifest, as a data engineer starts them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.database import open_database
from tests.database.views import view

TEXT = "Lynx Gold Corp. appoints a director\n\nJune 3, 2020 - Lynx Gold Corp. has appointed Ada Roe.\n"
HEADING = "path,issuer,sedar profile number,filing type,language,date filed\n"


def ingest(url: str, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["ingest", *map(str, words), "--db", url, "--workers", "1"], catch_exceptions=False)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT + "\n")
    return folder


def test_a_run_takes_the_files_of_its_manifest_and_tells_each_line_that_fails(
    database_url: str, inbox: Path, tmp_path: Path
) -> None:
    manifest = tmp_path / "list.csv"
    lines = ["inbox/a.txt,Lynx Royalty Corp.,000012345,News releases - English,en,2020-06-04"]
    lines += ["inbox/gone.txt,Nobody,,,,", "inbox/b.txt,Lynx Gold Corp.,,,,04/06/2020"]
    manifest.write_text(HEADING + "\n".join(lines) + "\n")
    done = ingest(database_url, "--manifest", manifest)
    assert done.exit_code == 1
    assert "1 new, 0 read anew, 0 unchanged, 2 failed" in done.output
    assert "list.csv line 3 names inbox/gone.txt: there is no such file" in done.stderr
    assert "list.csv, line 4, column 'date filed': '04/06/2020' is no date" in done.stderr
    engine = open_database(database_url)
    ((name, issuer, profile, filed),) = [
        (row["filename"], row["issuer"], row["sedar_profile"], row["filed_date"]) for row in view(engine, "v_filings")
    ]
    assert (name, issuer, profile, filed) == ("a.txt", "Lynx Royalty Corp.", "000012345", "2020-06-04")
    findings = [row["finding"] for row in view(engine, "v_findings") if row["rule"] == "manifest"]
    assert findings == ["list.csv line 2 states the issuer Lynx Royalty Corp., the document reads Lynx Gold Corp."]


def test_a_corrected_manifest_changes_the_facts_of_files_that_are_not_read_again(
    database_url: str, inbox: Path, tmp_path: Path
) -> None:
    manifest = tmp_path / "list.csv"
    for issuer, outcome in (
        ("Wrong Inc.", "1 new, 0 read anew, 0 unchanged"),
        ("Lynx Gold Corp.", "0 new, 0 read anew, 1 unchanged"),
    ):
        manifest.write_text(f"path,issuer\ninbox/a.txt,{issuer}\n")
        assert outcome in ingest(database_url, "--manifest", manifest).output
        (filing,) = view(open_database(database_url), "v_filings")
        assert filing["issuer"] == issuer
    assert all(row["rule"] != "manifest" for row in view(open_database(database_url), "v_findings"))


def test_paths_beside_a_manifest_are_taken_too(sqlite_url: str, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "list.jsonl").write_text('{"path": "inbox/a.txt", "issuer": "Lynx", "isuer": "x"}\n')
    done = ingest(sqlite_url, inbox, "--manifest", tmp_path / "list.jsonl")
    assert "2 new" in done.output
    assert "columns that are not used: isuer" in done.stderr
    again = ingest(sqlite_url, "--manifest", tmp_path / "list.jsonl", "--log-format", "json")
    assert [json.loads(line)["level"] for line in again.stderr.splitlines()] == ["warning"]
    stated = {row["filename"]: row["stated_by"] for row in view(open_database(sqlite_url), "v_filings")}
    assert stated == {"a.txt": "list.jsonl line 1", "b.txt": None}


def test_a_run_without_files_or_with_a_broken_manifest_is_wrong_use(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("issuer\nLynx\n")
    assert ingest(sqlite_url).exit_code == 2
    refused = ingest(sqlite_url, "--manifest", tmp_path / "list.csv")
    assert (refused.exit_code, "has no column of addresses" in refused.stderr) == (2, True)
