"""A desk over a database of the project's own releases, and visitors to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.read_only import open_read_only
from pipeline.web.access import Access
from pipeline.web.app import create_app
from pipeline.web.desk import Desk
from pipeline.web.forms import Forms
from pipeline.web.workbench import Workbench

RELEASES = (
    "almonty-lossantos-2013.ruled.pdf",
    "almonty-lossantos-2013.tab.txt",
    "almonty-lossantos-2013.wire.html",
    "quantum-elkcreek-2011.aligned.txt",
)
HOSTILE = '"><img src=x onerror=alert(1)>&<script>alert(2)</script>'
HERE = "http://localhost"


@pytest.fixture(scope="session")
def workbench() -> Iterator[Workbench]:
    made = Workbench()
    yield made
    made.close()


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory, fixtures: Path) -> Path:
    """A folder with some releases, and the database that was made of them."""
    folder = tmp_path_factory.mktemp("desk")
    for name in RELEASES:
        shutil.copy(fixtures / "releases" / name, folder)
    engine = open_database(f"sqlite:///{folder}/orebook.db")
    ingest(engine, list(find_files([folder])), workers=1)
    engine.dispose()  # what is copied must hold what was written
    return folder


def desk_at(url: str, workbench: Workbench, access: Access | None = None) -> Desk:
    return Desk(open_read_only(url), open_database(url), workbench, Forms(b"secret"), access or Access(), "J. Doe")


def visitor(desk: Desk, **named: object) -> TestClient:
    """A browser without scripts; the workbench outlives it."""
    app = create_app(desk)
    return TestClient(app, base_url=HERE, follow_redirects=False, **named)  # type: ignore[arg-type]


@pytest.fixture
def url(ingested: Path, tmp_path: Path) -> str:
    """A copy of the database, for tests that decide."""
    return f"sqlite:///{shutil.copy(ingested / 'orebook.db', tmp_path / 'orebook.db')}"


@pytest.fixture
def desk(url: str, workbench: Workbench) -> Desk:
    return desk_at(url, workbench)


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return visitor(desk)


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with open_database(url).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def filing_of(url: str, name: str) -> str:
    return str(ask(url, f"SELECT filing_id FROM v_filings WHERE filename = '{name}'")[0][0])


def held_line(url: str, name: str) -> str:
    return str(ask(url, f"SELECT estimate_id FROM v_held WHERE filename = '{name}'")[0][0])
