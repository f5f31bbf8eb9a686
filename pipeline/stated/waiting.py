"""Derives which held lines wait for a decision."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete

from models.records.research import WaitingLineRecord
from pipeline.rows.insert import insert_rows
from pipeline.rows.row import Row
from pipeline.rows.select import select_rows
from pipeline.stated.load import exact

_WAITING = """
SELECT h.estimate_id, h.filing_id, h.table_number, h.line_number, h.is_total, h.tonnes,
    MAX(h.contained_kg) AS contained_kg
FROM v_held h
WHERE h.filing_id = :filing
    AND NOT EXISTS (SELECT 1 FROM v_decisions d WHERE d.estimate_id = h.estimate_id AND NOT d.reopened)
GROUP BY h.estimate_id, h.filing_id, h.table_number, h.line_number, h.is_total, h.tonnes
"""
_FORGET = delete(WaitingLineRecord).where(WaitingLineRecord.filing_id == bindparam("filing"))


def forget_waiting(connection: Connection, filing_id: str) -> None:
    """Drops what was derived of a filing's lines, so that it can be derived anew."""
    connection.execute(_FORGET, {"filing": filing_id})


def write_waiting(connection: Connection, filing_id: str) -> None:
    """Derives which lines of a filing wait for a decision."""
    found = select_rows(connection, _WAITING, filing=filing_id)
    rows: list[Row] = [
        {
            **row,
            "is_total": bool(row["is_total"]),
            "tonnes": exact(row["tonnes"]),
            "contained_kg": exact(row["contained_kg"]),
        }
        for row in found
    ]
    insert_rows(connection, WaitingLineRecord, rows)
