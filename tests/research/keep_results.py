"""Writes the answers in models/questions.md and in the README anew, from the releases in fixtures."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.database import open_database
from tests.conftest import ROOT
from tests.research.answers import fill, with_answers

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'answers.db'}"
        fill(url, ROOT / "fixtures")
        with open_database(url).connect() as connection:
            for page in (ROOT / "models" / "questions.md", ROOT / "README.md"):
                written = page.read_text(encoding="utf-8")
                page.write_text(with_answers(written, connection), encoding="utf-8")
