"""Reads whole folders of disclosures with known truth: the scores may only rise, and each failure has its reason.

``fixtures/scores.toml`` keeps the best score of each layout and language, ``fixtures/known_failures.toml`` the
disclosures that are not read in full, each with the reason. After a gain, ``python -m tests.golden.keep_scores`` writes
the new scores.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from tests.golden.scoring import Score, score

LANGUAGES = ("en", "fr")
PARTS = ("exact", "full", "spurious", "silent")


def read_folder(folder: Path, url: str) -> tuple[dict[str, Score], dict[str, list[str]]]:
    engine = open_database(url)
    ingest(engine, list(find_files([folder])))
    return score(engine, sorted(folder.glob("*.truth.json")))


def table(scores: dict[str, Score], before: dict[str, dict[str, float]]) -> str:
    """The scores beside the ones that are kept, a layout or a language a line."""
    head = f"{'':10}{'lines':>6}" + "".join(f"{part:>18}" for part in PARTS)
    rows = []
    for layout, found in sorted(scores.items()):
        cells = "".join(f"{measured(found, part):>9} ({before.get(layout, {}).get(part, '-'):>6})" for part in PARTS)
        rows.append(f"{layout:10}{found.lines:>6}{cells}")
    return "\n".join([head, *rows])


def measured(found: Score, part: str) -> float:
    return float(found.silent) if part == "silent" else found.rate(part)


def is_loss(part: str, now: float, kept: float) -> bool:
    return now > kept if part in ("spurious", "silent") else now < kept


def folder_of(corpus: str, fixtures: Path, request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue("shared") / "corpus" / "documents" if corpus == "corpus" else fixtures / corpus


@pytest.mark.parametrize("corpus", ["releases", "layouts", "commodities", "corpus"])
def test_no_layout_reads_worse_than_before(
    corpus: str, request: pytest.FixtureRequest, fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(corpus, fixtures, request)
    kept = tomllib.loads((fixtures / "scores.toml").read_text(encoding="utf-8"))[corpus]
    reasons = tomllib.loads((fixtures / "known_failures.toml").read_text(encoding="utf-8"))[corpus]
    scores, wrong = read_folder(folder, f"sqlite:///{tmp_path}/golden.db")
    with capsys.disabled():
        print(f"\n{corpus}: now (kept)\n{table(scores, kept)}")
    losses = [
        f"{layout} {part}: {measured(found, part)}, was {kept[layout][part]}"
        for layout, found in scores.items()
        for part in PARTS
        if is_loss(part, measured(found, part), kept[layout][part])
    ]
    stale = set(reasons) - {name.split(".")[0] for name in wrong}
    unexplained = {name: why for name, why in wrong.items() if name.split(".")[0] not in reasons}
    assert not losses
    assert not unexplained
    assert not stale, "these are read in full now: take their reasons out"
    read = sum(scores[language].documents for language in LANGUAGES)
    assert read == len(list(folder.glob("*.truth.json")))
