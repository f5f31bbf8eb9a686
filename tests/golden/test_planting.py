"""The power of the checks through readers and extractors: what they notice of planted errors, and what they name.

An error counts where it goes beyond the rounding of the printed figures: where some relation tells it. The other side
stands beside it: how many lines are held whose figures agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from extractors import extract
from models.disclosure import Disclosure
from models.findings import Status
from pipeline.checks import assess
from pipeline.read import read
from tests.golden.planting import KINDS, Result, judged, planted_errors
from tests.golden.test_anomalies import HELD

SHARE = {"corpus": 0.06, "commodities": 0.06}
"""Of the sound lines of each release, for each kind of error."""

Disclosures = dict[str, Disclosure]

PARTS = ("noticed", "held", "named")


@pytest.fixture(scope="module", params=sorted(SHARE))
def corpus(request: pytest.FixtureRequest) -> str:
    """Real releases, and our own of commodities, units and shapes that these do not have."""
    return str(request.param)


@pytest.fixture(scope="module")
def disclosures(corpus: str, fixtures: Path, request: pytest.FixtureRequest) -> Disclosures:
    """Each release once, from a text layout, by the name of its file."""
    own = fixtures / corpus
    documents = own if own.is_dir() else request.getfixturevalue("shared") / "corpus" / "documents"
    layouts = dict[str, Path]()
    for path in (*sorted(documents.glob("*.tab.txt")), *sorted(documents.glob("*.txt"))):
        layouts.setdefault(path.name.split(".")[0], path)
    return {path.name: extract(read(path.read_bytes(), path.name)) for path in layouts.values()}


@pytest.fixture(scope="module")
def results(corpus: str, disclosures: Disclosures) -> list[Result]:
    random = Random(7)  # noqa: S311 - a sample, no secret
    errors = (error for d in disclosures.values() for error in planted_errors(d, random, SHARE[corpus]))
    return [judged(error) for error in errors if error.visible]


def share(results: Sequence[Result], of: str) -> float:
    return sum(bool(getattr(result, of)) for result in results) / len(results)


def test_planted_errors_are_held_with_their_cause(
    corpus: str, results: list[Result], capsys: pytest.CaptureFixture[str]
) -> None:
    by_kind = {kind: [result for result in results if result.planted.kind == kind] for kind, _, _ in KINDS}
    with capsys.disabled():
        print(f"\n{corpus:22}{'planted':>8}{'noticed':>9}{'held':>9}{'cause first':>13}")
        for kind, of_kind in (*by_kind.items(), ("all", results)):
            print(f"{kind:22}{len(of_kind):>8}" + "".join(f"{share(of_kind, part):>10.1%}" for part in PARTS))
    assert len(results) > 180
    assert all(by_kind.values())
    assert share(results, "held") >= 0.99
    assert share(results, "named") >= 0.95
    for of_kind in by_kind.values():
        assert sum(not result.named for result in of_kind) <= max(2, 0.1 * len(of_kind))  # some kinds are a dozen


def test_lines_whose_figures_agree_are_not_held(
    disclosures: Disclosures, results: list[Result], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither in the releases as they are, nor beside a planted error that their figures have nothing to do with."""
    contradicted = {(name, line) for name, line, _ in HELD}
    lines = held = 0
    for name, disclosure in disclosures.items():
        assessment = assess(disclosure)
        agreeing = [line.key for line in disclosure.lines if (name, line.key) not in contradicted]
        lines += len(agreeing)
        held += sum(assessment.status(key) is Status.HELD for key in agreeing)
    beside = sum(result.unrelated for result in results)
    others = sum(len(result.planted.disclosure.lines) for result in results)
    with capsys.disabled():
        print(f"\nheld though its figures agree: {held} of {lines}; beside {len(results)} errors {beside} of {others}")
    assert held <= 0.005 * lines
    assert beside <= 0.005 * others
