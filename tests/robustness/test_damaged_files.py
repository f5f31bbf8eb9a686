"""Damaged and hostile files through all stages in real workers: only errors of ours, within clock and memory.

``OREBOOK_FUZZ=2000 pytest tests/robustness`` is the long run; the default is a small sample with the same seed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from random import Random

from models.filing import Filing
from pipeline.errors import FilingTimeoutError, MemoryLimitError, OrebookError, UnreadableSourceError, WorkerLostError
from pipeline.fetch import find_files
from pipeline.ingest import Reading, ingest_one
from pipeline.workers import run_each
from tests.pipeline.test_archives import packed
from tests.robustness.damage import DAMAGES, HOSTILE

FILES = int(os.environ.get("OREBOOK_FUZZ", "24"))
SECONDS = 60
LOST = (FilingTimeoutError, WorkerLostError, MemoryLimitError)


def outcome(filing: Filing) -> str | OrebookError:
    """Any error but ours leaves the worker, and fails the test with its traceback."""
    try:
        reading = ingest_one(filing)
    except OrebookError as error:
        return error
    assert isinstance(reading, Reading)
    return "read"


def damaged_files(fixtures: Path) -> Iterator[Filing]:
    """Each file by its number: the same number is the same file in the long and in the short run."""
    sources = [p for p in sorted((fixtures / "releases").iterdir()) if p.suffix in {".pdf", ".html", ".txt"}]
    for number in range(FILES):
        seeded = Random(number)  # noqa: S311
        source = seeded.choice(sources)
        damage = DAMAGES[number % len(DAMAGES)]
        name = f"{number}-{damage.__name__}-{source.name}"
        yield Filing(name, f"file:///{name}", damage(source.read_bytes(), seeded))


def lost(filings: Iterator[Filing]) -> list[str]:
    """The filings that hung, or took their worker or all memory with them."""
    given = ((filing.filename, filing) for filing in filings)
    told = run_each(outcome, given, workers=2, seconds=SECONDS)
    return [f"{name}: {what}" for name, (what, _) in told if isinstance(what, LOST)]


def test_damaged_releases_are_read_or_refused_and_nothing_else(fixtures: Path) -> None:
    assert lost(damaged_files(fixtures)) == []


def test_hostile_files_are_read_or_refused_and_nothing_else() -> None:
    assert lost(Filing(name, f"file:///{name}", content) for name, content in HOSTILE.items()) == []


def test_damaged_archives_give_their_members_or_refuse_them(fixtures: Path, tmp_path: Path) -> None:
    release = (fixtures / "releases" / "almonty-lossantos-2013.tab.txt").read_bytes()
    whole = packed({"a.txt": release, "deep/b.txt": b"b" * 500, "inner.zip": packed({"c.txt": release})})
    given = refused = 0
    for number in range(FILES * 10):
        seeded = random.Random(number)  # noqa: S311
        path = tmp_path / f"{number}.zip"
        path.write_bytes(DAMAGES[number % len(DAMAGES)](whole, seeded))
        for found in find_files([path]):
            try:
                found.load()
                given += 1
            except UnreadableSourceError:
                refused += 1
    assert given > 0
    assert refused > 0
