"""Inserts many rows of one table at once: thousands of a filing's rows, each table in one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Float, Text, inspect

from models.columns import ExactNumber, Record, UtcTime, digits

Values = list[Any]
Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table, by column, each value as the drivers of both databases take it; moments are as they were.

    They are quick to send from process to process: a worker makes them, and another commits them.
    """

    record: type[Record]
    columns: tuple[str, ...]
    values: tuple[Values, ...]

    def below(self, column: str, key: str) -> TableRows:
        """The rows with one more column, in which all have this key: that of what they hang below."""
        return TableRows(self.record, (column, *self.columns), ([key] * len(self.values[0]), *self.values))

    def column(self, name: str) -> Values:
        """The values of one column."""
        return self.values[self.columns.index(name)]


def table_rows(record: type[Record], rows: Sequence[Mapping[str, object]]) -> TableRows:
    """The rows, at least one; all have the columns of the first. A number that is none raises ValueError."""
    names = tuple(rows[0])
    taken = zip(names, _taken(record, names), strict=True)
    return TableRows(
        record, names, tuple(_processed(processor, [row[name] for row in rows]) for name, processor in taken)
    )


class Known(Enum):
    """What becomes of a row whose key the table has already."""

    REFUSED = ""
    KEPT = " ON CONFLICT DO NOTHING"
    REPLACED = " ON CONFLICT ({key}) DO UPDATE SET {columns}"


def insert_rows(
    connection: Connection,
    record: type[Record],
    rows: Sequence[Mapping[str, object]],
    known: Known = Known.REFUSED,
) -> None:
    """Inserts the rows, which all have the columns of the first."""
    if rows:
        insert_table(connection, table_rows(record, rows), known)


def insert_table(connection: Connection, rows: TableRows, known: Known = Known.REFUSED) -> None:
    """Inserts the rows of a table.

    SQLAlchemy's own insert prepares each value of each row, which took longer than SQLite takes to write it, and gives
    PostgreSQL one statement a row. There the rows go as one array a column.
    """
    statement, processors = _prepared(rows.record, rows.columns, known, connection.dialect)
    columns = [_processed(processor, values) for processor, values in zip(processors, rows.values, strict=True)]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))
    else:
        connection.exec_driver_sql(statement, tuple(columns))


@lru_cache(maxsize=256)
def _taken(record: type[Record], names: tuple[str, ...]) -> tuple[Processor | None, ...]:
    """What makes of each column's values what both drivers take.

    PostgreSQL's takes no array of two types: words of an enumeration become texts, whole numbers floats.
    """
    return tuple(_processor(record.__table__.columns[name]) for name in names)


def _processor(column: ColumnElement[Any]) -> Processor | None:
    if isinstance(column.type, ExactNumber):
        return digits
    if isinstance(column.type, Text):
        return str
    return float if isinstance(column.type, Float) else None


@lru_cache(maxsize=256)
def _prepared(
    record: type[Record], names: tuple[str, ...], known: Known, dialect: Dialect
) -> tuple[str, tuple[Processor | None, ...]]:
    """The statement for these columns, and what makes of moments what the driver takes."""
    columns = [record.__table__.columns[name] for name in names]
    into = f"INSERT INTO {record.__tablename__} ({', '.join(names)})"
    if dialect.name == "sqlite":
        statement = f"{into} VALUES ({', '.join('?' * len(names))})"
    else:
        arrays = (f"%s::{column.type.compile(dialect)}[]" for column in columns)
        statement = f"{into} SELECT * FROM unnest({', '.join(arrays)})"  # noqa: S608  names of our own columns
    key = ", ".join(column.name for column in inspect(record).primary_key)
    statement += known.value.format(key=key, columns=", ".join(f"{name} = excluded.{name}" for name in names))
    moments = (isinstance(column.type, UtcTime) for column in columns)
    kinds = zip(columns, moments, strict=True)
    return statement, tuple(c.type.dialect_impl(dialect).bind_processor(dialect) if of else None for c, of in kinds)


def _processed(processor: Processor | None, values: Values) -> Values:
    if processor is None:
        return values
    return [None if value is None else processor(value) for value in values]
