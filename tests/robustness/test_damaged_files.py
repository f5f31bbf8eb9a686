"""Damaged and hostile files through all stages in real workers: only errors of ours, within clock and memory.

``OREBOOK_FUZZ=2000 pytest tests/robustness`` is the long run; the default is a small sample with the same seed.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from random import Random

import pytest

from pipeline.database import open_database
from pipeline.errors import ManifestError, UnreadableSourceError
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.listed import find_listed
from pipeline.manifest import read_manifest
from pipeline.outcomes import Done
from tests.pipeline.test_archives import packed
from tests.robustness.damage import DAMAGES, HOSTILE, HOSTILE_NAMES

FILES = int(os.environ.get("OREBOOK_FUZZ", "24"))
SECONDS = 300
OURS_TO_MEND = ("please report it", "took more", "process that read it ended")
"""How the errors read of what hung, took its worker or all memory with it, or raised what is not ours."""


def put_damaged(folder: Path, fixtures: Path) -> None:
    """Each file by its number: the same number is the same file in the long and in the short run."""
    sources = [p for p in sorted((fixtures / "releases").iterdir()) if p.suffix in {".pdf", ".html", ".txt"}]
    for number in range(FILES):
        seeded = Random(number)  # noqa: S311
        source = seeded.choice(sources)
        damage = DAMAGES[number % len(DAMAGES)]
        (folder / f"{number}-{damage.__name__}-{source.name}").write_bytes(damage(source.read_bytes(), seeded))


def findings(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the folder that an ingest could not bear, each with the reason; every other one is committed."""
    monkeypatch.setattr("pipeline.ingest.TIME_LIMIT", SECONDS)
    found, told = list(find_files([folder])), list[Done]()
    ingest(open_database(url), found, 2, told.append)
    assert sorted(done.found.source_uri for done in told) == sorted(file.source_uri for file in found)
    failed = [done for done in told if done.error and any(words in done.error for words in OURS_TO_MEND)]
    return [f"{done.found.filename}: {done.error}" for done in failed]


def test_damaged_releases_are_read_or_refused_and_nothing_else(
    postgres_url: str, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_damaged(tmp_path, fixtures)
    assert findings(postgres_url, tmp_path, monkeypatch) == []


def test_hostile_files_are_read_or_refused_and_nothing_else(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    for name in HOSTILE_NAMES:
        (folder / name).write_bytes(f"Lynx Gold Corp. appoints {name.encode(errors='replace')!r}\n".encode())
    assert findings(postgres_url, folder, monkeypatch) == []


def test_files_that_once_hurt_are_read_or_refused(
    postgres_url: str, fixtures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert findings(postgres_url, fixtures / "broken", monkeypatch) == []


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


MANIFEST = "".join(f"{n}.txt,Lynx Gold Corp.,00012345,news release,en,2020-06-{n + 1:02}\n" for n in range(20))
HEADING = "path,issuer,sedar profile,filing type,language,release date"


def test_damaged_manifests_state_facts_or_say_which_line_is_broken(tmp_path: Path) -> None:
    cells = [line.split(",") for line in (HEADING, *MANIFEST.splitlines())]
    objects = "".join(json.dumps(dict(zip(cells[0], row, strict=True))) + "\n" for row in cells[1:])
    stated = broken = refused = 0
    for number in range(FILES * 10):
        seeded = random.Random(number)  # noqa: S311
        whole = (f"{HEADING}\n{MANIFEST}", objects)[number % 2]
        damaged = DAMAGES[number // 2 % len(DAMAGES)](whole.encode(), seeded)
        try:
            manifest = read_manifest("list", damaged)
        except ManifestError:
            refused += 1
            continue
        found = list(find_listed(manifest, str(tmp_path / "list")))
        assert len(found) == len(manifest.entries)  # none of them is there, and each says so when its turn comes
        for file in found:
            with pytest.raises(UnreadableSourceError):
                file.load()
        broken += sum(entry.error is not None for entry in manifest.entries)
        stated += sum(entry.error is None for entry in manifest.entries)
    assert min(stated, broken, refused) > 0
