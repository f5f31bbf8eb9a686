"""Bulk inserts hold what SQLAlchemy's own would: on both databases, whatever Python gives for a value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import func, insert, select

from models.records.context import CutoffRecord
from models.records.filings import ExtractionRecord, FilingRecord
from models.records.research import EntityRecord
from pipeline.database import open_database
from pipeline.ledger import FilingStatus
from pipeline.rows.insert import Known, insert_rows

WHEN = datetime(2026, 1, 1, 3, tzinfo=timezone(timedelta(hours=3)))
FILING = {"filing_id": "f", "sha256": "f", "filename": "a", "source_uri": "a", "byte_size": 1 << 40}
EXTRACTION = {"extraction_id": "x", "filing_id": "f", "extractor_version": "1", "status": FilingStatus.EXTRACTED}
NOWHERE = dict.fromkeys(("value_max", "commodity", "basis", "span_start", "span_end"))
EVERYWHERE = dict.fromkeys(("estimate_types", "categories", "materials", "zones"), "")
CUTOFFS = [
    {**NOWHERE, "number": 1, "value": Decimal("0.50"), "printed": "0.50", "x0": 72, "page": 1},  # a whole coordinate
    {**NOWHERE, "number": 2, "value": Decimal("1E+3"), "printed": "{1,000}", "x0": 72.5, "page": None},
    {**NOWHERE, "number": 3, "value": Decimal("9" * 400), "printed": 'it\'s "NULL"\\', "x0": None, "page": None},
]


def test_rows_come_back_as_they_were_given(database_url: str) -> None:
    rows = [
        {"extraction_id": "x", "unit": "g/t", **EVERYWHERE, "operator": "at", "source_text": "", **cutoff}
        for cutoff in CUTOFFS
    ]
    with open_database(database_url).begin() as connection:
        insert_rows(connection, FilingRecord, [{**FILING, "first_seen_at": WHEN}])
        insert_rows(connection, ExtractionRecord, [{**EXTRACTION, "extracted_at": WHEN}])
        insert_rows(connection, CutoffRecord, rows)
        insert_rows(connection, CutoffRecord, [])
        there = connection.execute(select(CutoffRecord.__table__).order_by(CutoffRecord.number)).mappings().all()
        assert [{name: row[name] for name in rows[0]} for row in there] == rows
        assert connection.scalar(select(FilingRecord.byte_size)) == 1 << 40
        moment, status = connection.execute(select(ExtractionRecord.extracted_at, ExtractionRecord.status)).one()
        assert (moment, status) == (WHEN.astimezone(UTC), "extracted")


def test_what_no_column_takes_is_refused(database_url: str) -> None:
    with open_database(database_url).begin() as connection:
        connection.execute(insert(FilingRecord), {**FILING, "first_seen_at": WHEN})
        connection.execute(insert(ExtractionRecord), {**EXTRACTION, "extracted_at": WHEN})
        unlike = {
            "extraction_id": "x",
            "unit": "g/t",
            "operator": "at",
            "source_text": "",
            **CUTOFFS[0],
            "value": Decimal("Infinity"),
        }
        with pytest.raises(ValueError, match="Infinity is no number"):
            insert_rows(connection, CutoffRecord, [unlike])
        assert connection.scalar(select(func.count()).select_from(CutoffRecord)) == 0


@pytest.mark.parametrize(
    ("known", "left"),
    [(Known.KEPT, {"a": "first", "b": "second"}), (Known.REPLACED, {"a": "second", "b": "second"})],
)
def test_a_row_whose_key_is_known_is_kept_or_replaced(known: Known, left: dict[str, str], database_url: str) -> None:
    def rows(name: str, *entities: str) -> list[dict[str, object]]:
        return [{"entity_id": e, "kind": "issuer", "name": name, "tickers": None, "filings": 1} for e in entities]

    with open_database(database_url).begin() as connection:
        insert_rows(connection, EntityRecord, rows("first", "a"))
        insert_rows(connection, EntityRecord, rows("second", "a", "b"), known)
        there = connection.execute(select(EntityRecord.entity_id, EntityRecord.name)).all()
        assert {row.entity_id: row.name for row in there} == left
