"""Writes the scores of corpora and passages to ``fixtures/scores.toml``: ``python -m tests.golden.keep_scores``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import ROOT
from tests.golden.test_corpus import PARTS, measured, read_folder
from tests.golden.test_statements import kept_lines, passages_of, read_passages

FOLDERS = {
    "releases": ROOT / "fixtures" / "releases",
    "layouts": ROOT / "fixtures" / "layouts",
    "commodities": ROOT / "fixtures" / "commodities",
    "corpus": ROOT.parent / "shared" / "corpus" / "documents",
}


def main() -> None:
    lines = ["# The score of each layout; shares in percent, silent errors counted. Scores may only rise.", ""]
    for corpus, folder in FOLDERS.items():
        with TemporaryDirectory() as work:
            scores, wrong = read_folder(folder, f"sqlite:///{Path(work)}/golden.db")
        for layout, found in sorted(scores.items()):
            kept = ", ".join(f"{part} = {measured(found, part)}" for part in PARTS)
            lines.append(f"{corpus}.{layout} = {{ {kept} }}")
        lines.append("")
        for name, complaints in sorted(wrong.items()):
            print(name, complaints[0], sep=": ")
    for corpus in ("own", "corpus"):
        shared = ROOT.parent / "shared"
        with TemporaryDirectory() as work:
            scores_of_passages, _ = read_passages(passages_of(corpus, shared, ROOT / "fixtures"), shared, Path(work))
        lines += [*kept_lines(corpus, scores_of_passages), ""]
    (ROOT / "fixtures" / "scores.toml").write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
