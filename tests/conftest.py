"""Fixtures that every package's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
