"""Writes the answers in models/questions.md anew, from the releases in fixtures."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.database import open_database
from pipeline.questions import questions
from tests.conftest import ROOT
from tests.research.answers import answer, fill

if __name__ == "__main__":
    page = ROOT / "models" / "questions.md"
    written = page.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'answers.db'}"
        fill(url, ROOT / "fixtures")
        with open_database(url).connect() as connection:
            for question in questions():
                asked = f"{question.sql};\n```\n"
                kept = asked + (f"\n{question.table}" if question.table else "")
                now = answer(connection, question.sql)
                written = written.replace(kept, asked + (f"\n{now}" if now else ""))
    page.write_text(written, encoding="utf-8")
