"""One question in SQL, answered without changing anything, and printed as a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ResourceClosedError

from pipeline.errors import DatabaseError, OrebookError
from pipeline.read_only import open_read_only

WIDEST = 60
"""Characters of a cell of a table; CSV and JSON have all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a question; ``cut`` where there are more of them."""

    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    cut: bool


def ask(url: str, sql: str, limit: int, seconds: float) -> Answer:
    """Answers one SELECT with up to so many rows.

    Raises OrebookError where it is no question, or would change something, QueryTimeoutError where it takes too long.
    """
    database = open_read_only(url, seconds)
    try:
        with database.connect() as connection:
            plain = text(sql.strip().rstrip(";").replace(":", "\\:"))  # no colon begins a parameter
            result = connection.execution_options(stream_results=True).execute(plain)
            heads, rows = tuple(result.keys()), result.fetchmany(limit + 1)
    except ResourceClosedError:
        raise OrebookError("this SQL gives no rows: write a SELECT; nothing was changed") from None
    except DatabaseError as error:
        raise OrebookError(f"the question cannot be answered: {error}") from error
    except DBAPIError as error:
        raise OrebookError(f"the question cannot be answered: {str(error.orig).splitlines()[0]}") from None
    finally:
        database.engine.dispose()
    return Answer(heads, tuple(tuple(row) for row in rows[:limit]), len(rows) > limit)


def printed(answer: Answer, form: str) -> Iterator[str]:
    """The answer as "table", "csv" or "json", line by line."""
    if form == "csv":
        yield from map(_csv_line, [answer.heads, *answer.rows])
    elif form == "json":
        rows = [dict(zip(answer.heads, row, strict=True)) for row in answer.rows]
        yield json.dumps(rows, default=_as_json, ensure_ascii=False, indent=1)
    else:
        yield from _table([answer.heads, *([_cell(value) for value in row] for row in answer.rows)])


def _csv_line(row: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(row)
    return line.getvalue()


def _as_json(value: object) -> object:
    """A number that JSON has no exact form of stays a number; a moment is ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _cell(value: object) -> str:
    """A value in one line: whole numbers without their point, long texts cut."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    line = " ".join(str(value).split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)
