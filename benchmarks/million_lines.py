"""Makes a database of a million estimate lines, and times the questions of research staff on it.

    python -m benchmarks.million_lines sqlite:////tmp/million.db
    python -m benchmarks.million_lines postgresql://postgres@localhost/million --lines 100000

An empty database is filled, which takes minutes; a full one is only asked. Each question of models/questions.md is
asked as it stands there, about names of this database. Of several times the best is printed: by the clock, and by this
process's share of a processor, which on SQLite is all that a question costs and does not count other programs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

import click
from sqlalchemy import Connection, Engine, insert, text

from benchmarks.made_filings import LINES_A_FILING, filing_rows, surname
from models.columns import Record
from pipeline.database import migrate, open_database
from pipeline.questions import questions
from pipeline.rows.row import Row
from pipeline.stated.refresh import refresh_all

FILINGS_AT_ONCE = 500
ROUNDS = 5
NAMES = {
    "Los Santos": "Project 00042",
    "Grey Owl": "Project 00042",
    "Elk Creek": "Project 00042",
    "Gibraltar": "Project 00042",
    "Almonty Industries Inc.": "Issuer 00021 Mines Ltd.",
    "Tall Pine Mines Limited": "Issuer 00021 Mines Ltd.",
    "Adam Wheeler": f"Jane {surname(7)}",
    "almonty-lossantos-2013.tab.txt": "release-000210.pdf",
    "tallpine-2022.txt": "release-000210.pdf",
    "'WO3'": "'Zn'",
}
"""The names that the questions ask about, and those that stand for them here."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How long the answer to a question took, and how many rows it has."""

    title: str
    clock_ms: float
    processor_ms: float
    rows: int


@click.command()
@click.argument("url")
@click.option("--lines", default=1_000_000, show_default=True, help="How many estimate lines an empty database gets.")
def main(url: str, lines: int) -> None:
    """Fills the database at URL where it is empty, and prints the time of each question."""
    migrate(url)
    engine = open_database(url)
    with engine.connect() as connection:
        empty = not connection.scalar(text("SELECT COUNT(*) FROM filings"))
    if empty:
        began = time.perf_counter()
        fill(engine, lines // LINES_A_FILING)
        click.echo(f"filled in {time.perf_counter() - began:.0f} s")
    for answer in answers(engine):
        times = f"{answer.clock_ms:8.1f} ms  {answer.processor_ms:8.1f} ms of a processor"
        click.echo(f"{times}  {answer.rows:6} rows  {answer.title}")


def fill(engine: Engine, filings: int) -> None:
    """Filings of many projects over some years, each with one table of lines by category and zone."""
    chance = random.Random(43_101)  # noqa: S311  the same database each time
    for first in range(0, filings, FILINGS_AT_ONCE):
        rows: dict[type[Record], list[Row]] = {}
        for number in range(first, min(filings, first + FILINGS_AT_ONCE)):
            for record, row in filing_rows(number, chance):
                rows.setdefault(record, []).append(row)
        with engine.begin() as connection:
            for record, several in rows.items():
                connection.execute(insert(record), several)
    _analyze(engine)
    with engine.begin() as connection:
        refresh_all(connection)
    _analyze(engine)


def _analyze(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def answers(engine: Engine) -> Iterator[Answer]:
    """The best of several times of each question, all rows fetched."""
    with engine.connect() as connection:
        for question in questions():
            tries = [_asked(connection, question.title, _about_this_database(question.sql)) for _ in range(ROUNDS)]
            processor = min(answer.processor_ms for answer in tries)
            yield Answer(question.title, min(answer.clock_ms for answer in tries), processor, tries[0].rows)


def _asked(connection: Connection, title: str, query: str) -> Answer:
    """One question, as the driver answers it, without what SQLAlchemy adds."""
    clock, processor = time.perf_counter(), time.process_time()
    cursor = connection.connection.cursor()
    cursor.execute(query)
    rows = len(cursor.fetchall())
    return Answer(title, 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor), rows)


def _about_this_database(query: str) -> str:
    for name, here in NAMES.items():
        query = query.replace(name, here)
    return query


if __name__ == "__main__":
    main()
