"""Scores passages on people, cut-offs, dates and claims, each ingested as a small text filing: scores may only rise.

The corpus of passages stands in ``../shared/corpus/statements``, the project's own in ``fixtures/statements``; the tool
``../shared/tools/statements.py`` lays both out and judges the database. ``fixtures/scores.toml`` keeps the best scores,
``fixtures/known_failures.toml`` the passages that are not read in full, each with the reason.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import regex

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest

Scores = dict[str, dict[str, float]]
"""For each subject, and each subject in each language, its measures in percent."""


def passages_of(corpus: str, shared: Path, fixtures: Path) -> Path:
    return shared / "corpus" / "statements" if corpus == "corpus" else fixtures / "statements"


def read_passages(passages: Path, shared: Path, work: Path) -> tuple[Scores, dict[str, str]]:
    """The scores of a folder of passages, and what is wrong with each passage that is not read in full.

    Each subject has a database of its own: one passage can stand in two files, and the same bytes are one filing.
    """
    told = "\n".join(
        told_of(path, shared / "tools" / "statements.py", work) for path in sorted(passages.glob("*.jsonl"))
    )
    wrong = dict(regex.findall(r"^(\S+)\.txt (\[.*)$", told, regex.MULTILINE))
    return {line.split()[0]: measures(line) for line in told.splitlines() if " truth " in line}, wrong


def told_of(passages: Path, tool: Path, work: Path) -> str:
    """What the tool says of the passages of one file, each laid out and ingested as a filing."""
    source, folder, url = (
        work / passages.stem,
        work / f"{passages.stem}-filings",
        f"sqlite:///{work}/{passages.stem}.db",
    )
    source.mkdir()
    shutil.copy(passages, source)
    run(tool, "make", folder, "--from", source)
    engine = open_database(url)
    ingest(engine, list(find_files([folder])), workers=1)
    engine.dispose()
    return run(tool, "score", url, folder, "--verbose")


def run(*arguments: object) -> str:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def measures(line: str) -> dict[str, float]:
    """Reads "persons.fr truth 13 R 100.0% P 92.9% cred 100.0%"; a measure without a case counts as full."""
    found = regex.findall(r"(\w+) (?:([\d.]+)%|n/a)", line)
    return {name: float(value) if value else 100.0 for name, value in found}


def kept_lines(corpus: str, scores: Scores) -> list[str]:
    """The scores as lines of TOML."""
    return [
        f'statements.{corpus}."{subject}" = {{ ' + ", ".join(f"{k} = {v}" for k, v in found.items()) + " }"
        for subject, found in sorted(scores.items())
    ]


@pytest.mark.parametrize("corpus", ["corpus", "own"])
def test_no_subject_reads_worse_than_before(
    corpus: str, shared: Path, fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tomllib.loads((fixtures / "scores.toml").read_text(encoding="utf-8"))["statements"][corpus]
    reasons = tomllib.loads((fixtures / "known_failures.toml").read_text(encoding="utf-8"))["statements"][corpus]
    scores, wrong = read_passages(passages_of(corpus, shared, fixtures), shared, tmp_path)
    with capsys.disabled():
        print(f"\nstatements, {corpus}:", *kept_lines(corpus, scores), sep="\n")
    losses = [
        f"{subject} {name}: {value}, was {kept[subject][name]}"
        for subject, found in scores.items()
        for name, value in found.items()
        if value < kept[subject][name]
    ]
    assert not losses
    assert {name: why for name, why in wrong.items() if name not in reasons} == {}
    assert set(reasons) - set(wrong) == set(), "these are read in full now: take their reasons out"
    assert set(scores) == set(kept)
