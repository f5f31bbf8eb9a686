"""A decision on the pages: what it does, who made it, and what comes next; on both databases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.web.workbench import Workbench
from tests.pipeline.web.conftest import ask, desk_at, held_line, visitor

NAME = "almonty-lossantos-2013.tab.txt"


def form(client: TestClient, estimate_id: str, **fields: str) -> dict[str, str]:
    """The fields of the line's form as the page gives them, and what the reviewer adds."""
    page = client.get(f"/lines/{estimate_id}").text
    (token,) = re.findall(r'name="token" value="(\w+)"', page)
    return {"token": token, **fields}


@pytest.fixture
def db(database_url: str, fixtures: Path) -> str:
    ingest(open_database(database_url), list(find_files([fixtures / "releases" / NAME])), workers=1)
    return database_url


def test_a_decision_is_kept_with_its_name_and_reason(db: str, workbench: Workbench) -> None:
    client, held = visitor(desk_at(db, workbench)), held_line(db, NAME)
    said = form(client, held, action="accept", why="as in the report, p. 106", who="Ann Roe")
    answer = client.post(f"/lines/{held}/decision", data=said)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/queue?done={held}")
    assert ask(db, f"SELECT status FROM v_estimates WHERE estimate_id = '{held}'") == [("accepted",)]
    assert ask(db, "SELECT decided_by, why FROM v_decisions") == [("Ann Roe", "as in the report, p. 106")]
    page = client.get(f"/lines/{held}").text
    assert "<strong>accepted</strong> by Ann Roe: as in the report, p. 106" in page
    assert 'name="who" value="Ann Roe"' in page  # the name is remembered
    assert "is decided" in client.get(answer.headers["location"]).text


def test_one_keystroke_gives_the_buttons_own_reason_and_the_next_line(url: str, client: TestClient) -> None:
    first, second, _ = re.findall(r'<h2><a href="/lines/(\w+)"', client.get("/queue").text)
    answer = client.post(f"/lines/{first}/decision", data=form(client, first, action="reject", why=""))
    assert answer.headers["location"] == f"/lines/{second}?done={first}"
    ((by, why),) = ask(url, "SELECT decided_by, why FROM v_decisions")
    assert (by, why) == ("J. Doe", "Read against the source: these figures do not stand.")


def test_a_correction_is_shown_beside_what_is_printed(url: str, client: TestClient) -> None:
    held = held_line(url, NAME)
    said = form(
        client, held, action="correct", why="the sum", **{"tonnage": "3,878 kt", "grade:WO3": "", "category": ""}
    )
    assert client.post(f"/lines/{held}/decision", data=said).status_code == 303
    assert ask(url, f"SELECT status, tonnes FROM v_estimates WHERE estimate_id = '{held}'") == [
        ("corrected", 3_878_000)
    ]
    page = client.get(f"/lines/{held}").text
    assert "3,812 kt</a> <ins>3,878 kt</ins>" in page
    assert "<ins>tonnage 3,878 kt</ins>" in page


@pytest.mark.parametrize(
    ("said", "why_not"),
    [
        ({"action": "correct"}, "takes a correction"),
        ({"action": "correct", "tonnage": "3,87"}, "no number"),
        ({"action": "correct", "grade:Au": "1 g/t"}, "no commodity"),
        ({"action": "delete"}, "no decision"),
        ({}, "no decision"),
    ],
)
def test_a_decision_of_no_use_is_refused_with_the_reason(
    url: str, client: TestClient, said: dict[str, str], why_not: str
) -> None:
    held = held_line(url, NAME)
    answer = client.post(f"/lines/{held}/decision", data=form(client, held, **said))
    assert answer.status_code == 422
    assert why_not in answer.text
    assert ask(url, "SELECT count(*) FROM v_decisions") == [(0,)]


def test_the_history_tells_every_reading_and_every_decision(url: str, client: TestClient) -> None:
    held = held_line(url, NAME)
    for action in ("reject", "accept"):
        client.post(f"/lines/{held}/decision", data=form(client, held, action=action, why=f"to {action}"))
    page = client.get(f"/lines/{held}").text
    assert page.index("to accept") < page.index("to reject") < page.index("read by version")
    assert "3,812 kt; WO3 0.28 % 10,678 t, held" in page
