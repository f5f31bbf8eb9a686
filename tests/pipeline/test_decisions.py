"""Decisions: what the views show of them, what they survive, and which are refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from models.disclosure import Disclosure, EstimateLine, EstimateTable
from models.findings import Assessment
from pipeline.commit import commit_filing
from pipeline.database import open_database
from pipeline.decisions import Action, Correction, Field, decide
from pipeline.errors import DecisionError
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING, LINES, TABLE, TOTAL, quantity
from tests.database.views import view


def commit(
    engine: Engine, disclosure: Disclosure = DISCLOSURE, assessment: Assessment = ASSESSMENT, version: str = "1"
) -> None:
    with engine.begin() as connection:
        commit_filing(connection, FILING, FACTS, disclosure, assessment, version)


@pytest.fixture
def engine(database_url: str) -> Engine:
    opened = open_database(database_url)
    commit(opened)
    return opened


def shown(engine: Engine, label: str) -> dict[str, object]:
    """The one row of a line, in whichever view of estimates it is."""
    (row,) = [r for name in ("v_estimates", "v_held") for r in view(engine, name) if r["label"] == label]
    return row


def decide_about(
    engine: Engine, label: str, action: Action, corrections: Iterable[Correction] = (), why: str = "read by hand"
) -> None:
    with engine.begin() as connection:
        decide(connection, str(shown(engine, label)["estimate_id"]), action, "J. Doe", why, corrections)


TONNES = Correction(Field.TONNAGE, "1880")


def test_an_accepted_line_is_committed_as_printed(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.ACCEPT)
    row = shown(engine, "Measured + Indicated")
    assert (row["status"], float(str(row["tonnes"]))) == ("accepted", 1_814_000)
    assert "reasons" not in row


def test_a_corrected_line_shows_what_was_corrected_and_what_was_printed(engine: Engine) -> None:
    metal = Correction(Field.CONTAINED, "23.57", "koz", "Au")
    words = [Correction(Field.CATEGORY, "indicated"), Correction(Field.MATERIAL, "underground+oxide")]
    decide_about(engine, "Measured + Indicated", Action.CORRECT, [TONNES, metal, *words])
    row = shown(engine, "Measured + Indicated")
    assert row["status"] == "corrected"
    assert (float(str(row["tonnage"])), row["tonnage_unit"], float(str(row["tonnes"]))) == (1880, "kt", 1_880_000)
    assert float(str(row["contained_kg"])) == pytest.approx(float(Decimal("23.57") * Decimal("31.1034768")))
    assert (row["tonnage_printed"], float(str(row["grade"]))) == ("1,814", 0.39)
    assert (row["category"], row["material"], row["zone"]) == ("indicated", "oxide+underground", "Main")


def test_a_correction_may_change_the_unit(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.CORRECT, [Correction(Field.TONNAGE, "2000", "kst")])
    row = shown(engine, "Measured + Indicated")
    assert (row["tonnage_unit"], float(str(row["tonnes"]))) == ("kst", 1_814_369.48)


def test_a_rejected_line_waits_with_the_reason(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.REJECT, why="the issuer withdrew it")
    row = shown(engine, "Measured + Indicated")
    first, last = str(row["reasons"]).splitlines()
    assert row["status"] == "held"
    assert first.startswith("total tonnage")
    assert last == "Rejected by J. Doe: the issuer withdrew it"


def test_a_sound_line_can_be_rejected(engine: Engine) -> None:
    decide_about(engine, "Indicated", Action.REJECT)
    assert shown(engine, "Indicated")["reasons"] == "Rejected by J. Doe: read by hand"


def test_the_last_decision_counts(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.CORRECT, [TONNES])
    decide_about(engine, "Measured + Indicated", Action.ACCEPT)
    row = shown(engine, "Measured + Indicated")
    assert (row["status"], float(str(row["tonnage"]))) == ("accepted", 1814)


def test_a_decision_survives_a_newer_version(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.CORRECT, [TONNES])
    renamed = replace(TOTAL, label="M + I", zone=None)  # the figures are the same
    commit(engine, replace(DISCLOSURE, tables=(replace(TABLE, lines=(*LINES[:2], renamed, *LINES[3:])),)), version="2")
    assert shown(engine, "M + I")["status"] == "corrected"
    assert [bool(r["reopened"]) for r in view(engine, "v_decisions")] == [False]


def test_a_decision_is_reopened_when_its_figures_change(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.ACCEPT)
    other = replace(TOTAL, tonnage=quantity("1,841", "kt"))
    commit(engine, replace(DISCLOSURE, tables=(replace(TABLE, lines=(*LINES[:2], other, *LINES[3:])),)), version="2")
    assert shown(engine, "Measured + Indicated")["status"] == "held"
    assert [bool(r["reopened"]) for r in view(engine, "v_decisions")] == [True]


def moved(by: int, *lines: EstimateLine) -> EstimateTable:
    """The table as it is when a newer version finds other tables before it."""
    return replace(TABLE, number=TABLE.number + by, lines=tuple(replace(p, table=p.table + by) for p in lines or LINES))


def test_a_decision_goes_with_its_line_when_a_newer_version_finds_a_table_before_it(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.CORRECT, [TONNES])
    other = replace(TABLE, lines=tuple(replace(p, label=f"Other {p.label}", tonnage=None) for p in LINES))
    commit(engine, replace(DISCLOSURE, tables=(other, moved(1))), version="2")
    assert shown(engine, "Measured + Indicated")["status"] == "corrected"
    assert shown(engine, "Other Measured + Indicated")["status"] != "corrected"
    assert [bool(r["reopened"]) for r in view(engine, "v_decisions")] == [False]


def test_a_decision_is_reopened_where_several_lines_may_be_its_own(engine: Engine) -> None:
    decide_about(engine, "Measured + Indicated", Action.ACCEPT)
    other = replace(TABLE, lines=tuple(replace(p, label="Other", tonnage=None) for p in LINES))
    commit(engine, replace(DISCLOSURE, tables=(other, moved(1), moved(2))), version="2")
    rows = [r for name in ("v_estimates", "v_held") for r in view(engine, name)]
    assert "accepted" not in {r["status"] for r in rows}
    assert [bool(r["reopened"]) for r in view(engine, "v_decisions")] == [True]


@pytest.mark.parametrize(
    ("action", "who", "why", "corrections", "message"),
    [
        (Action.ACCEPT, " ", "read", [], "needs the name"),  # nobody decided
        (Action.ACCEPT, "J. Doe", "", [], "a reason"),
        (Action.ACCEPT, "J. Doe", "read", [TONNES], "takes no correction"),  # accepted as printed, or not
        (Action.CORRECT, "J. Doe", "read", [], "takes a correction"),
        (
            Action.CORRECT,
            "J. Doe",
            "read",
            [Correction(Field.TONNAGE, "1,88")],
            "no number",
        ),  # decimals, or a lost digit?
        (Action.CORRECT, "J. Doe", "read", [Correction(Field.TONNAGE, "NaN")], "no quantity"),
        (Action.CORRECT, "J. Doe", "read", [Correction(Field.TONNAGE, "1880", "g/t")], "no unit of tonnage"),
        (Action.CORRECT, "J. Doe", "read", [Correction(Field.GRADE, "0.4")], "no commodity ''"),  # whose grade?
        (Action.CORRECT, "J. Doe", "read", [Correction(Field.GRADE, "0.4", None, "Cu")], "no commodity 'Cu'"),
        (Action.CORRECT, "J. Doe", "read", [Correction(Field.CATEGORY, "indicted")], "indicted"),
        (Action.CORRECT, "J. Doe", "read", [Correction(Field.MATERIAL, "open pit")], "open pit"),
    ],
)
def test_decisions_of_no_use_are_refused(
    engine: Engine, action: Action, who: str, why: str, corrections: list[Correction], message: str
) -> None:
    estimate_id = str(shown(engine, "Measured + Indicated")["estimate_id"])
    with pytest.raises(DecisionError, match=message), engine.begin() as connection:
        decide(connection, estimate_id, action, who, why, corrections)
    assert view(engine, "v_decisions") == []


def test_a_line_that_is_not_there_cannot_be_decided_about(engine: Engine) -> None:
    with pytest.raises(DecisionError, match="no estimate line 0000"), engine.begin() as connection:
        decide(connection, "0000", Action.ACCEPT, "J. Doe", "read")
