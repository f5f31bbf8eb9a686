"""What the README shows is what its readers get who follow it."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.conftest import ROOT
from tests.research.answers import FOLDERS, with_answers

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_query_has_its_answer_below_it_on_both_databases(engine: Engine) -> None:
    with engine.connect() as connection:
        now = with_answers(README, connection)
    assert now.splitlines() == README.splitlines(), "run: python -m tests.research.keep_results"
    assert now.count("```sql") == now.count("```\n\n| ") == 3


def test_the_first_command_reads_what_the_answers_come_from() -> None:
    assert f".venv/bin/orebook ingest {' '.join(f'fixtures/{folder}' for folder in FOLDERS)} &&" in README
