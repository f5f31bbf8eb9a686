"""Fixtures of the tests that compare databases."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a fresh database with the schema, and gives its URL; a test that takes it runs on both kinds."""
    if request.param == "postgresql":
        make, template = request.getfixturevalue("new_postgres"), request.getfixturevalue("migrated_postgres")
        return lambda: str(make(template))
    migrated = request.getfixturevalue("migrated_sqlite")
    return lambda: f"sqlite:///{shutil.copy(migrated, tmp_path / f'{random.getrandbits(64):x}.db')}"
