"""Searching what filings print: what is found on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.errors import OrebookError
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.search import search
from tests.database.samples import FILING
from tests.pipeline.entities.filings import OLD, Release, commit
from tests.pipeline.test_decisions import commit as commit_sample


@pytest.fixture
def release(database_url: str, fixtures: Path) -> str:
    """A database of the tungsten release and the French one."""
    names = ("almonty-lossantos-2013.tab.txt", "wesdome-kiena-2021-fr.plain.pdf")
    ingest(open_database(database_url), list(find_files([fixtures / "releases" / name for name in names])), workers=1)
    return database_url


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (["WO3"], {"note", "claim", "cutoff", "filing"}),
        (["wo₃", "0.30%"], {"note", "cutoff"}),
        (["43-101", "Tungsten"], {"filing", "claim"}),
        (["reserves", "prouvees"], {"note", "claim", "cutoff", "caption", "filing", "statement"}),
        (["tungst*"], {"filing", "claim"}),
        (["tung"], set()),  # a part of a word is no word
        (["WO3", "prouvées"], set()),  # all words, in one text
    ],
)
def test_texts_with_all_words_are_found(release: str, wanted: list[str], kinds: set[str]) -> None:
    with open_database(release).connect() as connection:
        found = {hit.kind for hit in search(connection, wanted, 100)}
    assert found <= kinds
    assert bool(found) is bool(kinds)


def test_one_sql_searches_both_databases(release: str) -> None:
    query = """SELECT filename, text FROM v_texts
        WHERE kind = 'note' AND text_id IN (SELECT rowid FROM text_search('"0.04" tailings'))"""
    with open_database(release).connect() as connection:
        ((filename, note),) = connection.execute(text(query)).all()
    assert filename == "almonty-lossantos-2013.tab.txt"
    assert "0.04% WO₃ for re-processed tailings" in note


def test_the_command_shows_the_words_in_their_place(sqlite_url: str) -> None:
    commit_sample(open_database(sqlite_url))
    done = CliRunner().invoke(main, ["search", "outside", "PIT", "--db", sqlite_url])
    assert done.output == f"{FILING.filename}, page 1 (note): Of this, 100 kt at 0.50 g/t lie [outside] the [pit].\n"
    none = CliRunner().invoke(main, ["search", "unobtainium", "--db", sqlite_url])
    assert (none.exit_code, none.stdout, none.stderr) == (1, "", "no text holds unobtainium\n")


def test_a_new_reading_takes_the_place_of_the_texts_of_the_old(database_url: str) -> None:
    engine = open_database(database_url)
    commit(engine, [OLD, Release(**{**OLD.__dict__, "project": "Grey Owl", "version": "2"})])
    with engine.connect() as connection:
        assert search(connection, ["pine", "owl"], 9)
        assert len(search(connection, ["old.txt"], 9)) == 1


def test_signs_are_no_sql(database_url: str) -> None:
    with open_database(database_url).connect() as connection:
        assert search(connection, ['") OR 1=1 --'], 9) == []
        for wanted in ("'\"--;", "*", ")"):
            with pytest.raises(OrebookError, match="holds no word to search for"):
                search(connection, [wanted], 9)
