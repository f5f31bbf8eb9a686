"""Names that may be one, on their page: what speaks for it, and the decision; on both databases."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from pipeline.database import open_database
from pipeline.web.workbench import Workbench
from tests.pipeline.entities.filings import ALL, OLD, commit
from tests.pipeline.web.conftest import HOSTILE, ask, desk_at, visitor


@pytest.fixture
def client(database_url: str, workbench: Workbench) -> TestClient:
    commit(open_database(database_url), ALL)
    return visitor(desk_at(database_url, workbench))


def forms(client: TestClient) -> list[tuple[str, str]]:
    """The address and the token of each pair's form."""
    return re.findall(
        r'action="(/names/\w+/\w+)">\s*<input type="hidden" name="token" value="(\w+)"', client.get("/names").text
    )


def form_of(client: TestClient, *names: str) -> tuple[str, str]:
    """The form of the pair with these names."""
    for item in client.get("/names").text.split("<li>\n<h2>")[1:]:
        if all(name in item.partition("</h2>")[0] for name in names):
            (found,) = re.findall(r'action="([^"]+)">\s*<input type="hidden" name="token" value="(\w+)"', item)
            return str(found[0]), str(found[1])
    raise AssertionError(names)


def test_a_pair_shows_what_speaks_for_it_and_where_each_is_named(client: TestClient) -> None:
    page = client.get("/names").text
    assert "one surname, and given names or initials that do not differ" in page
    assert re.search(r'Jane Doe <a href="/filings/\w{16}">old.txt</a>', page)


def test_two_that_are_one_are_merged_with_reason_and_name(client: TestClient, database_url: str) -> None:
    address, token = form_of(client, "J. Doe", "Jane Doe")
    said = {"token": token, "action": "merge", "why": "same firm", "who": "Ann Roe"}
    answer = client.post(address, data=said)
    assert (answer.status_code, answer.headers["location"]) == (303, "/names")
    assert ask(database_url, "SELECT action, decided_by, why FROM v_entity_decisions") == [
        ("merge", "Ann Roe", "same firm")
    ]
    assert [p for (p,) in ask(database_url, "SELECT printed_names FROM v_people") if "J. Doe; Jane Doe" in str(p)]
    assert address not in client.get("/names").text


def test_two_that_are_kept_apart_are_proposed_no_more(client: TestClient, database_url: str) -> None:
    before = forms(client)
    address, token = form_of(client, "J. Doe", "John Doe")
    assert client.post(address, data={"token": token, "action": "keep_apart"}).status_code == 303
    assert ask(database_url, "SELECT action, why FROM v_entity_decisions") == [
        ("keep_apart", "Read in the filings of both: they are two.")
    ]
    assert {place for place, _ in forms(client)} == {place for place, _ in before} - {address}


@pytest.mark.parametrize("fields", [{"action": "forget"}, {}])
def test_what_is_no_decision_is_refused(client: TestClient, database_url: str, fields: dict[str, str]) -> None:
    address, token = forms(client)[0]
    answer = client.post(address, data={"token": token, **fields})
    assert (answer.status_code, "choose a button" in answer.text) == (422, True)
    assert ask(database_url, "SELECT * FROM v_entity_decisions") == []


def test_another_sites_form_decides_nothing(client: TestClient, database_url: str) -> None:
    address, _ = forms(client)[0]
    assert client.post(address, data={"token": "0" * 64, "action": "merge"}).status_code == 403
    assert ask(database_url, "SELECT * FROM v_entity_decisions") == []


def test_markup_in_a_name_is_text(sqlite_url: str, workbench: Workbench) -> None:
    hostile = replace(OLD, filename="hostile.txt", issuer=f"Tall Pine {HOSTILE}", tickers=("TSX:TPM",))
    commit(open_database(sqlite_url), [replace(OLD, tickers=("TSX:TPM",)), hostile])
    page = visitor(desk_at(sqlite_url, workbench)).get("/names").text
    assert "both trade as TSX:TPM" in page
    assert "<img" not in page
    assert "<script>alert" not in page
