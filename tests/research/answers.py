"""The answers to the questions of research staff, as Markdown tables."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import regex
from sqlalchemy import Connection, text

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest

FOLDERS = ("releases", "questions")
_ASKED = regex.compile(r"```sql\n(?P<query>[^`]+);\n```\n(?:\n(?:\|.*\n)+)?")


def fill(url: str, fixtures: Path) -> None:
    """Reads the project's own releases into a database."""
    ingest(open_database(url), list(find_files([fixtures / folder for folder in FOLDERS])), workers=1)


def answer(connection: Connection, sql: str) -> str:
    """The answer to a question; "" where there is no row."""
    asked = connection.execute(text(sql.replace(":", "\\:")))
    heads, rows = list(asked.keys()), asked.all()
    lines = [heads, ["---"] * len(heads), *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) if rows else ""


def with_answers(page: str, connection: Connection) -> str:
    """The Markdown page with the answer of this database below each of its queries."""

    def answered(asked: regex.Match[str]) -> str:
        found = answer(connection, asked["query"])
        return f"```sql\n{asked['query']};\n```\n" + (f"\n{found}" if found else "")

    return _ASKED.sub(answered, page)


def _cell(value: object) -> str:
    """As both databases print it: nothing for NULL, numbers without idle digits, 1 for true, lines in one line."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return str(int(value) if isinstance(value, bool) else value).replace("|", "\\|").replace("\n", "; ")
