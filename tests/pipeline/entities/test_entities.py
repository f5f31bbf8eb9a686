"""Issuers, projects and people over several filings: what is one, what is proposed, and what decisions do."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import Engine

from pipeline.database import open_database
from pipeline.entities.deciding import keep_apart, merge, rename
from pipeline.entities.keys import issuer_key, person_key, project_key
from pipeline.entities.proposals import proposals
from pipeline.errors import DecisionError
from tests.database.views import Rows, all_tables, view
from tests.pipeline.entities.filings import ALL, NEW, OLD, OTHER, RENAMED, Release, commit

PINE, OWL = issuer_key("Tall Pine Mines Ltd.").key_id, issuer_key("Grey Owl Gold Inc.").key_id


@pytest.fixture
def engine(database_url: str) -> Engine:
    opened = open_database(database_url)
    commit(opened, ALL)
    return opened


def merged(engine: Engine, one: str, other: str) -> None:
    with engine.begin() as connection:
        merge(connection, one, other, "R. Roe", "renamed in 2021")


def proposed(engine: Engine) -> set[frozenset[str]]:
    with engine.connect() as connection:
        return {frozenset((p.one.name, p.other.name)) for p in proposals(connection)}


def current(engine: Engine) -> Rows:
    return sorted(view(engine, "v_current_estimates"), key=lambda row: str(row["filename"]))


def test_names_that_differ_in_legal_form_are_one_and_all_are_kept(engine: Engine) -> None:
    (pine,) = [row for row in view(engine, "v_issuers") if row["issuer_id"] == PINE]
    assert (pine["issuer"], pine["filings"], pine["first_date"], pine["last_date"]) == (
        "TALL PINE MINES LIMITED",
        2,
        "2018-12-31",
        "2020-12-31",
    )
    assert pine["printed_names"] == "TALL PINE MINES LIMITED; Tall Pine Mines Ltd."


def test_the_later_estimate_of_one_project_is_the_current_one(engine: Engine) -> None:
    assert [row["filename"] for row in current(engine)] == ["new.txt", "other.txt", "renamed.txt"]
    (change,) = [row for row in view(engine, "v_estimate_history") if row["filename"] == "new.txt"]
    assert (change["previous_as_of_date"], float(str(change["tonnes_change"]))) == ("2018-12-31", 100_000)
    assert float(str(change["tonnes_change_percent"])) == 11.11


def test_what_is_alike_is_proposed_and_not_merged(engine: Engine) -> None:
    assert proposed(engine) == {
        frozenset(("TALL PINE MINES LIMITED", "Tall Pine Mining Corp.")),  # alike but for words that many bear
        frozenset(("Tall Pine Project", "Tall Pine")),  # one project name, two issuers
        frozenset(("J. Doe", "Jane Doe")),
        frozenset(("J. Doe", "John Doe")),  # Jane and John are not proposed
    }


def test_a_merge_of_issuers_takes_their_projects_along(engine: Engine) -> None:
    merged(engine, PINE, OWL)
    (owl,) = [row for row in view(engine, "v_issuers") if row["issuer_id"] == OWL]
    assert (owl["issuer"], owl["filings"], owl["tickers"]) == ("Grey Owl Gold Inc.", 3, "TSX:GOG")
    assert [row["filename"] for row in current(engine)] == ["other.txt", "renamed.txt"]
    (change,) = [row for row in view(engine, "v_estimate_history") if row["filename"] == "renamed.txt"]
    assert change["previous_as_of_date"] == "2020-12-31"


def test_a_decision_outlives_a_new_extraction_and_holds_for_filings_to_come(engine: Engine) -> None:
    merged(engine, PINE, OWL)
    later = Release("later.txt", "Tall Pine Mines Inc.", "Tall Pine", "2022-01-31", "1,200")
    commit(engine, [later, Release(**{**OLD.__dict__, "version": "2"})])
    assert [row["filename"] for row in current(engine)] == ["later.txt", "other.txt"]


def test_keeping_apart_takes_a_merge_back(engine: Engine) -> None:
    before = {
        name: rows for name, rows in all_tables(engine).items() if name not in ("entity_keys", "entity_decisions")
    }
    merged(engine, PINE, OWL)
    with engine.begin() as connection:
        keep_apart(connection, PINE, OWL, "R. Roe", "two companies after all")
    after = {name: rows for name, rows in all_tables(engine).items() if name not in ("entity_keys", "entity_decisions")}
    assert after == before
    assert [row["action"] for row in view(engine, "v_entity_decisions")] == ["merge", "keep_apart"]


def test_a_project_can_be_kept_apart_from_its_issuers_other_one(engine: Engine) -> None:
    merged(engine, PINE, OWL)
    mine = project_key("Tall Pine", issuer_key("Tall Pine Mines")).key_id
    theirs = project_key("Tall Pine", issuer_key("Grey Owl Gold")).key_id
    with engine.begin() as connection:
        keep_apart(connection, mine, theirs, "R. Roe", "two mines of one name")
    assert [row["filename"] for row in current(engine)] == ["new.txt", "other.txt", "renamed.txt"]


def test_what_is_kept_apart_is_proposed_no_more(engine: Engine) -> None:
    with engine.begin() as connection:
        keep_apart(connection, person_key("J. Doe").key_id, person_key("John Doe").key_id, "R. Roe", "he is retired")
    assert frozenset(("J. Doe", "John Doe")) not in proposed(engine)


def test_a_given_name_stands_until_another_is_given(engine: Engine) -> None:
    with engine.begin() as connection:
        rename(connection, PINE, "Tall Pine", "R. Roe", "short")
    commit(engine, [Release("later.txt", "Tall Pine Mines Inc.", "Tall Pine", "2022-01-31", "1,200")])
    assert {row["issuer"] for row in view(engine, "v_issuers") if row["issuer_id"] == PINE} == {"Tall Pine"}


@pytest.mark.parametrize(
    ("one", "other", "why", "message"),
    [
        ("nobody", PINE, "why not", "there is no name nobody"),
        (PINE, person_key("J. Doe").key_id, "why not", "cannot be one"),
        (PINE, PINE, "why not", "are one already"),
        (PINE, OWL, " ", "needs the name of who decides, and a reason"),
    ],
)
def test_what_cannot_be_merged_says_why(engine: Engine, one: str, other: str, why: str, message: str) -> None:
    with pytest.raises(DecisionError, match=message), engine.begin() as connection:
        merge(connection, one, other, "R. Roe", why)


@pytest.mark.parametrize("order", list(permutations((OLD, NEW, RENAMED)))[1:], ids=lambda o: o[0].filename)
def test_the_order_of_filings_changes_nothing(
    order: tuple[Release, ...], sqlite_url: str, migrated_sqlite: Path, tmp_path: Path
) -> None:
    first, second = open_database(sqlite_url), open_database(f"sqlite:///{copy(migrated_sqlite, tmp_path / 'two.db')}")
    commit(first, (OLD, NEW, RENAMED, OTHER))
    commit(second, (OTHER, *order))
    assert _timeless(first) == _timeless(second)


SAME = replace(NEW, filename="same.txt", tickers=("TSX:TPM",))
"""As another filing spells it, of the day and the same spelling."""


@pytest.mark.parametrize("day", ["2019-06-30", None])
def test_of_names_of_one_day_the_same_stands_whichever_filing_comes_last(
    day: str | None, migrated_sqlite: Path, tmp_path: Path
) -> None:
    releases = [replace(release, effective=day, person="Jane Doe") for release in (OLD, NEW, SAME)]
    kept = []
    for n, order in enumerate(permutations(releases)):
        engine = open_database(f"sqlite:///{copy(migrated_sqlite, tmp_path / f'{n}.db')}")
        commit(engine, order)
        kept.append(_timeless(engine)["entities"])
    assert all(entities == kept[0] for entities in kept)
    assert [(row["filings"], row["tickers"]) for row in view(engine, "v_issuers")] == [(3, "TSX:TPM")]


def _timeless(engine: Engine) -> dict[str, list[str]]:
    tables = all_tables(engine)
    return {
        name: tables[name]
        for name in ("entities", "entity_keys", "filing_subjects", "printed_names", "stated_estimates")
    }
