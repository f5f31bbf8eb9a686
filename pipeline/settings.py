"""What a run is told from outside: the database's address, and the version of what reads and checks."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

DATABASE_VARIABLE = "OREBOOK_DB"
DEFAULT_DATABASE = "sqlite:///orebook.db"

DEFAULT_WORKERS = os.cpu_count() or 1
TIME_LIMIT = 300
"""Seconds that one filing may take before its worker is ended and the filing marked as failed."""

_READS_AND_CHECKS = ("models", "extractors", "pipeline/read", "pipeline/checks")


@cache
def extractor_version() -> str:
    """The version that a row was read by: the package's, and a digest of the code and words that read and check.

    A new word in a vocabulary is a new version: filings are read again, and what the old one read is kept as history.
    """
    digest = sha256()
    for name in _READS_AND_CHECKS:
        package, _, folder = name.partition("/")
        root = files(package)
        for source in sorted(_sources(root.joinpath(folder) if folder else root), key=lambda s: s.name):
            digest.update(source.read_bytes())
    return f"{version('orebook')}+{digest.hexdigest()[:8]}"


def _sources(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _sources(entry)
        elif entry.name.endswith((".py", ".toml")):
            found.append(entry)
    return found
