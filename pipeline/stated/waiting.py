"""Derives which held lines wait for a decision."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Text, bindparam, delete, text

from models.records.research import WaitingLineRecord
from pipeline.rows.insert import insert_rows
from pipeline.rows.row import Row
from pipeline.stated.load import exact

_WAITING = text("""
SELECT h.estimate_id, h.filing_id, h.table_number, h.line_number, h.is_total, h.tonnes,
    MAX(h.contained_kg) AS contained_kg
FROM v_held h
WHERE h.filing_id IN :filings
    AND NOT EXISTS (SELECT 1 FROM v_decisions d WHERE d.estimate_id = h.estimate_id AND NOT d.reopened)
GROUP BY h.estimate_id, h.filing_id, h.table_number, h.line_number, h.is_total, h.tonnes
""").bindparams(bindparam("filings", expanding=True, type_=Text()))
_FORGET = delete(WaitingLineRecord).where(WaitingLineRecord.filing_id.in_(bindparam("filings", expanding=True)))


def refresh_waiting(connection: Connection, filings: Collection[str]) -> None:
    """Derives anew which lines of these filings wait for a decision."""
    connection.execute(_FORGET, {"filings": list(filings)})
    found = connection.execute(_WAITING, {"filings": list(filings)}).mappings()
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
