"""The power of the checks through readers and extractors: what they notice of planted errors, and what they name.

An error counts where it goes beyond the rounding of the printed figures: where some relation tells it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from extractors import extract
from pipeline.read import read
from tests.golden.planting import KINDS, Result, judged, planted_errors

SHARE = 0.12
"""Of the sound lines of each release, for each kind of error."""


@pytest.fixture(scope="module")
def results(shared: Path) -> list[Result]:
    random = Random(7)  # noqa: S311 - a sample, no secret
    found = []
    for path in sorted((shared / "corpus" / "documents").glob("*.tab.txt")):
        disclosure = extract(read(path.read_bytes(), path.name))
        found += [judged(error) for error in planted_errors(disclosure, random, SHARE)]
    return [result for result in found if result.planted.visible]


def share(results: Sequence[Result], of: str) -> float:
    return sum(bool(getattr(result, of)) for result in results) / len(results)


def test_planted_errors_are_held_with_their_cause(results: list[Result], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{'planted error':22}{'planted':>8}{'noticed':>9}{'held':>7}{'cause first':>13}")
        for kind, _, _ in KINDS:
            of_kind = [result for result in results if result.planted.kind == kind]
            print(f"{kind:22}{len(of_kind):>8}" + "".join(f"{share(of_kind, part):>9.0%}" for part in PARTS))
        print(f"{'all':22}{len(results):>8}" + "".join(f"{share(results, part):>9.1%}" for part in PARTS))
    assert len(results) > 150
    assert all(any(result.planted.kind == kind for result in results) for kind, _, _ in KINDS)
    assert share(results, "noticed") >= 0.99
    assert share(results, "held") >= 0.95
    assert share(results, "named") >= 0.85


PARTS = ("noticed", "held", "named")
