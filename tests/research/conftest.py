"""The project's own releases in a database of each kind, read once for all that asks them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from pipeline.database import open_database
from tests.research.answers import fill


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, fixtures: Path) -> Engine:
    """The releases that the README's first command reads."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('questions') / 'orebook.db'}"
    else:
        url = request.getfixturevalue("new_postgres")(request.getfixturevalue("migrated_postgres"))
    fill(url, fixtures)
    return open_database(url)
