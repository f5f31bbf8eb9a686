"""Where everything stands, and how a line came to be: the views that lead from a row to its place in the source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from pipeline.commit import commit_filing
from pipeline.database import open_database
from pipeline.decisions import Action, decide, read_correction
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING, INDICATED, LINES, TABLE, quantity
from tests.database.views import view

# One row for each thing that the sample disclosure says, by kind.
SAID = {
    "line": 5,
    "tonnage": 5,
    "grade": 4,
    "contained": 3,
    "contained_again": 3,
    "doubt": 1,
    "table": 1,
    "footnote": 2,
    "sub_quantity": 1,
    "cutoff": 2,
    "person": 2,
    "effective_date": 1,
    "estimate_date": 2,
    "release_date": 1,
    "claim": 2,
    "finding": 1,
    "statement": 1,
    "equivalence": 1,
}


@pytest.fixture
def engine(database_url: str) -> Engine:
    opened = open_database(database_url)
    with opened.begin() as connection:
        commit_filing(connection, FILING, FACTS, DISCLOSURE, ASSESSMENT, "1")
    return opened


def test_everything_that_was_read_has_its_place(engine: Engine) -> None:
    rows = view(engine, "v_places")
    seen = [row["what"] for row in rows]
    assert {what: seen.count(what) for what in dict.fromkeys(seen)} == SAID
    assert all((row["page"], row["x0"], row["top"]) in {(1, 72.0, 100.5), (2, 72.0, 100.5)} for row in rows)


def test_a_figure_names_its_line_its_metal_and_what_it_was_read_as(engine: Engine) -> None:
    rows = view(engine, "v_places")
    silver = [(row["what"], row["reading"]) for row in rows if row["commodity"] == "Ag"]
    assert silver == [("grade", "3.0 g/t")]
    (person,) = [row for row in rows if row["reading"] == "A. Roe"]
    assert (person["what"], person["estimate_id"], person["source_text"]) == ("person", None, "A. Roe")


def test_the_places_of_one_filing_cost_no_look_at_the_others(sqlite_url: str) -> None:
    with open_database(sqlite_url).connect() as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN SELECT * FROM v_places WHERE filing_id = 'a'")).all()
    scanned = {step.detail for step in plan if step.detail.startswith("SCAN")}
    assert scanned <= {"SCAN p"}  # the rows that the searches below it give
    assert len([step for step in plan if step.detail.startswith("SEARCH f")]) == 14


def test_the_places_of_a_filing_are_those_of_its_current_reading(engine: Engine) -> None:
    with engine.begin() as connection:
        commit_filing(connection, FILING, FACTS, replace(DISCLOSURE, persons=()), ASSESSMENT, "2")
    assert len(view(engine, "v_places")) == sum(SAID.values()) - SAID["person"]


def test_a_line_keeps_every_reading_with_its_figures(engine: Engine) -> None:
    larger = replace(INDICATED, tonnage=quantity("1,532", "kt"))
    tables = (replace(TABLE, lines=(LINES[0], larger, *LINES[2:])),)
    with engine.begin() as connection:
        commit_filing(connection, FILING, FACTS, replace(DISCLOSURE, tables=tables), ASSESSMENT, "2")
    rows = [row for row in view(engine, "v_line_versions") if row["label"] == "Indicated"]
    read = {
        row["extractor_version"]: (row["tonnage_printed"], row["grade_printed"], row["superseded_at"]) for row in rows
    }
    assert read["1"][:2] == ("1,523", "0.38")
    assert read["2"] == ("1,532", "0.38", None)
    assert read["1"][2] is not None
    assert len({row["figures_id"] for row in rows}) == 2
    assert len({row["estimate_id"] for row in rows}) == 1


def test_a_correction_and_where_a_filing_was_found_are_rows(engine: Engine) -> None:
    (held,) = [row for row in view(engine, "v_held") if row["label"] == "Measured + Indicated" and row["commodity"]]
    with engine.begin() as connection:
        decide(
            connection, str(held["estimate_id"]), Action.CORRECT, "J. Doe", "sum", [read_correction("tonnage=1,880")]
        )
    (row,) = view(engine, "v_corrections")
    assert (row["estimate_id"], row["field"], row["value"], row["unit"]) == (
        held["estimate_id"],
        "tonnage",
        "1,880",
        "kt",
    )
    (found,) = view(engine, "v_locations")
    assert (found["source_uri"], found["byte_size"]) == ("file:///inbox/release.pdf", len(FILING.content))


def test_a_check_gives_the_interval_of_the_printed_figure_too(engine: Engine) -> None:
    (failed,) = [row for row in view(engine, "v_checks") if row["outcome"] == "failed"]
    both = [float(str(failed[name])) for name in ("reported_low", "reported_high", "low", "high")]
    assert both == [1813.5, 1814.5, 1879, 1881]
