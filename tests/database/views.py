"""What tests read back: the rows of a view, and of every table."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine, text

from models.records import METADATA
from models.views import VIEWS

Rows = list[dict[str, object]]


def view(engine: Engine, name: str) -> Rows:
    with engine.connect() as connection:
        return rows_of(connection, name)


def rows_of(connection: Connection, name: str) -> Rows:
    return [dict(row) for row in connection.execute(text(f"SELECT * FROM {name}")).mappings()]


def all_tables(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table but the log of runs, as text."""
    names = METADATA.tables.keys() - {"runs", "run_filings"}
    with engine.connect() as connection:
        return {name: sorted(str(row) for row in rows_of(connection, name)) for name in sorted(names)}


def all_views(engine: Engine) -> dict[str, list[list[object]]]:
    """Every row of every view, with numbers as floats, truth values as 1 and 0, and without moments."""
    with engine.connect() as connection:
        return {
            v.name: sorted(
                ([_plain(key, value) for key, value in row.items()] for row in rows_of(connection, v.name)), key=str
            )
            for v in VIEWS
        }


def _plain(name: str, value: object) -> object:
    if name.endswith("_at") or isinstance(value, datetime):
        return None
    if isinstance(value, bool | int | Decimal):
        return float(value)
    return value
