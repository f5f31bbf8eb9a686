"""The pages on PostgreSQL with two users: one that only reads the views, one that decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from pipeline.database import open_database
from pipeline.read_only import open_read_only
from pipeline.roles import RESEARCH, REVIEWER
from pipeline.web.access import Access
from pipeline.web.desk import Desk
from pipeline.web.forms import Forms
from pipeline.web.workbench import Workbench
from tests.database.test_roles import RELEASE, Users, users
from tests.pipeline.web.conftest import ask, filing_of, held_line, visitor
from tests.pipeline.web.test_deciding import form

__all__ = ["users"]


@pytest.fixture
def client(users: Users, workbench: Workbench) -> Iterator[TestClient]:
    reading = open_read_only(users.url_of(users.members[RESEARCH]))
    deciding = open_database(users.url_of(users.members[REVIEWER]))
    yield visitor(Desk(reading, deciding, workbench, Forms(b"secret"), Access(), "J. Doe"))
    reading.engine.dispose()
    deciding.dispose()


def test_every_page_is_read_from_the_views_and_a_decision_made_by_another_user(
    client: TestClient,
    users: Users,
) -> None:
    held, filing = held_line(users.url, RELEASE), filing_of(users.url, RELEASE)
    ((project,),) = ask(users.url, "SELECT project_id FROM v_projects")
    for address in (
        "/filings?q=wheeler&state=held&type=news_release",
        f"/filings/{filing}",
        "/queue",
        f"/lines/{held}",
        "/projects",
        f"/projects/{project}",
        "/names",
    ):
        assert client.get(address).status_code == 200, address
    decided = client.post(f"/lines/{held}/decision", data=form(client, held, action="accept", why="as printed"))
    assert decided.status_code == 303
    assert ask(users.url, f"SELECT status FROM v_estimates WHERE estimate_id = '{held}'") == [("accepted",)]
