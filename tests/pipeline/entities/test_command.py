"""`orebook entities`: proposals and decisions as a reviewer types them."""

from __future__ import annotations

from click.testing import CliRunner

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.entities.keys import person_key
from tests.database.views import view
from tests.pipeline.entities.filings import NEW, OTHER, commit


def orebook(url: str, *order: str) -> str:
    done = CliRunner().invoke(main, ["entities", *order, "--db", url])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_proposal_is_decided_and_is_gone(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    commit(engine, (NEW, OTHER))
    one, other = person_key("J. Doe").key_id, person_key("John Doe").key_id
    assert f"{one}  J. Doe  (1 filings)" in orebook(sqlite_url, "proposals")
    said = orebook(sqlite_url, "merge", one, other, "--why", "same firm", "--who", "R. Roe")
    assert said == f"decision 1 by R. Roe: {one} is {other}\n"
    assert f"{other}  John Doe" not in orebook(sqlite_url, "proposals")
    orebook(sqlite_url, "rename", other, "John Q. Doe", "--why", "as he signs")
    (person,) = view(engine, "v_people")
    assert (person["person"], person["printed_names"]) == ("John Q. Doe", "J. Doe; John Doe")
    orebook(sqlite_url, "keep-apart", one, other, "--why", "father and son")
    assert len(view(engine, "v_people")) == 2


def test_a_name_that_is_not_there_is_wrong_use(sqlite_url: str) -> None:
    order = ["entities", "merge", "nobody", "anybody", "--why", "no", "--db", sqlite_url]
    done = CliRunner().invoke(main, order)
    assert done.exit_code == 2
    assert "there is no name nobody" in done.output
