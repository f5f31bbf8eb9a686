"""The questions of research staff, as `models/questions.md` has them: for its tests, the benchmark and Datasette."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_QUESTION = re.compile(
    r"^## (?P<number>\d+)\. (?P<title>.+)\n\n```sql\n(?P<sql>[^`]+)```\n(?:\n(?P<table>(?:\|.*\n)+))?", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its SQL, and its answer as a Markdown table; ``table`` is empty where nothing is the answer."""

    number: int
    title: str
    sql: str
    table: str


def questions() -> Iterator[Question]:
    """All questions, in their order."""
    written = files("models").joinpath("questions.md").read_text(encoding="utf-8")
    for match in _QUESTION.finditer(written):
        yield Question(int(match["number"]), match["title"], match["sql"].strip().rstrip(";"), match["table"] or "")
