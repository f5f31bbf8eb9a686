"""Inserts many rows of one table at once: thousands of a filing's rows, each table in one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Float, Text

from models.columns import Record

Processor = Callable[[Any], Any]


def insert_rows(connection: Connection, record: type[Record], rows: Sequence[Mapping[str, object]]) -> None:
    """Inserts the rows, which all have the columns of the first.

    SQLAlchemy's own insert prepares each value of each row, which took longer than SQLite takes to write it, and gives
    PostgreSQL one statement a row. There the rows go as one array a column.
    """
    if not rows:
        return
    statement, processors = _prepared(record, tuple(rows[0]), connection.dialect)
    columns = [_processed(processor, [row[name] for row in rows]) for name, processor in processors]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))
    else:
        connection.exec_driver_sql(statement, tuple(columns))


@lru_cache(maxsize=256)
def _prepared(
    record: type[Record], names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[tuple[str, Processor | None], ...]]:
    """The statement for these columns, and what makes of each column's values what the driver takes."""
    columns = [record.__table__.columns[name] for name in names]
    into = f"INSERT INTO {record.__tablename__} ({', '.join(names)})"
    if dialect.name == "sqlite":
        statement = f"{into} VALUES ({', '.join('?' * len(names))})"
    else:
        arrays = (f"%s::{column.type.compile(dialect)}[]" for column in columns)
        statement = f"{into} SELECT * FROM unnest({', '.join(arrays)})"  # noqa: S608  names of our own columns
    return statement, tuple((column.name, _processor(column, dialect)) for column in columns)


def _processor(column: ColumnElement[Any], dialect: Dialect) -> Processor | None:
    """PostgreSQL's driver takes no array of two types: words of an enumeration become texts, whole numbers floats."""
    if isinstance(column.type, Text):
        return str
    if isinstance(column.type, Float):
        return float
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _processed(processor: Processor | None, values: list[object]) -> list[object]:
    if processor is None:
        return values
    return [None if value is None else processor(value) for value in values]
