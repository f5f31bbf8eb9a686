"""Asks what every commit asks: each statement is prepared once, and gives plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, Dialect, RowMapping, text

Value = str | int | Sequence[str]
"""What a name in a statement stands for; of ":filings" in "IN :filings" several texts."""


def select_rows(connection: Connection, statement: str, **values: Value) -> Sequence[RowMapping]:
    """The rows of one of our own statements, in which ":filing" stands for the value of this name.

    To SQLAlchemy's own way of several values, and of columns that it does not know, went a quarter of what asking took.
    """
    single: dict[str, str | int] = {}
    counts: list[tuple[str, int]] = []
    for name, value in values.items():
        if isinstance(value, str | int):
            single[name] = value
        else:
            counts.append((name, len(value)))
            single |= {f"{name}_{n}": one for n, one in enumerate(value)}
    prepared, places = _prepared(statement, tuple(counts), connection.dialect)
    given = tuple(single[name] for name in places) if places else single
    return connection.exec_driver_sql(prepared, given).mappings().all()


@lru_cache(maxsize=512)
def _prepared(statement: str, counts: tuple[tuple[str, int], ...], dialect: Dialect) -> tuple[str, Sequence[str]]:
    """The statement as the driver takes it, and its names in order for a driver that knows no names."""
    for name, count in counts:
        several = ", ".join(f":{name}_{n}" for n in range(count)) or "NULL"
        statement = statement.replace(f"IN :{name}", f"IN ({several})")
    compiled = text(statement).compile(dialect=dialect)
    return compiled.string, compiled.positiontup or ()
