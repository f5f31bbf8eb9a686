"""Keeps the entities that printed names stand for: what each goes by, who owns it, when filings name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, RowMapping, bindparam, delete

from models.records.research import EntityRecord
from pipeline.entities.keys import Kind
from pipeline.entities.resolve import decided
from pipeline.rows.insert import Known, insert_rows
from pipeline.rows.row import Row, joined
from pipeline.rows.select import select_rows

_MENTIONS = """
SELECT k.entity_id, e.kind, owner.entity_id AS owner_id, n.printed, f.tickers, f.filing_id,
    COALESCE(f.effective_date, f.release_date, f.report_date) AS day
FROM entity_keys k
JOIN entity_keys e ON e.key_id = k.entity_id
LEFT JOIN entity_keys owner ON owner.key_id = e.owner_id
JOIN printed_names n ON n.key_id = k.key_id
JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
JOIN v_filings f ON f.filing_id = x.filing_id
"""
_OF_ENTITIES = _MENTIONS + "WHERE k.entity_id IN :entities"
_OF_EXTRACTION = _MENTIONS + "WHERE n.extraction_id = :extraction"
_KNOWN = "SELECT * FROM entities WHERE entity_id IN :entities"
_NOBODY = delete(EntityRecord).where(EntityRecord.entity_id == bindparam("entity"))


def keep(connection: Connection, entities: Collection[str]) -> None:
    """Bring entities up to date with the names that current extractions print; one without a name goes."""
    rows = _entities(connection, select_rows(connection, _OF_ENTITIES, entities=sorted(entities)))
    insert_rows(connection, EntityRecord, rows, Known.REPLACED)
    if gone := set(entities).difference(str(row["entity_id"]) for row in rows):
        connection.execute(_NOBODY, [{"entity": entity_id} for entity_id in gone])


def keep_with(connection: Connection, extraction_id: str) -> None:
    """Bring the entities that a new filing names up to date with it; no extraction of the filing was there before.

    Its other filings are left alone: an issuer has thousands, and to look at all of them took a tenth of a second.
    """
    rows = _entities(connection, select_rows(connection, _OF_EXTRACTION, extraction=extraction_id))
    found = select_rows(connection, _KNOWN, entities=[str(row["entity_id"]) for row in rows])
    known = {row["entity_id"]: row for row in found}
    unsure = {str(row["entity_id"]) for row in rows if _names_else(row, known.get(row["entity_id"]))}
    sure = [row for row in rows if row["entity_id"] not in unsure]
    insert_rows(connection, EntityRecord, [_together(row, known.get(row["entity_id"])) for row in sure], Known.REPLACED)
    if unsure:
        keep(connection, unsure)


def _names_else(row: Row, known: RowMapping | None) -> bool:
    """Whether a filing names an entity otherwise than others of its day: which name stands is for all to tell."""
    return known is not None and row["last_date"] == known["last_date"] and row["name"] != known["name"]


def _together(row: Row, known: RowMapping | None) -> Row:
    """An entity as a new filing and the others before it name it."""
    if known is None:
        return row
    tickers = {ticker for one in (row, known) for ticker in str(one["tickers"] or "").split(",") if ticker}
    days = [str(day) for one in (row, known) for day in (one["first_date"], one["last_date"]) if day]
    later = str(row["last_date"] or "") > (known["last_date"] or "")
    return {
        **row,
        "name": row["name"] if later else known["name"],
        "tickers": joined(sorted(tickers)) or None,
        "filings": known["filings"] + 1,
        "first_date": min(days, default=None),
        "last_date": max(days, default=None),
    }


def _entities(connection: Connection, mentions: Iterable[RowMapping]) -> list[Row]:
    """The entities as the filings name them, those that a current extraction names."""
    given = decided(connection).names
    by_entity: dict[str, list[RowMapping]] = {}
    for row in mentions:
        by_entity.setdefault(row["entity_id"], []).append(row)
    return [_entity(entity_id, given.get(entity_id), of_entity) for entity_id, of_entity in by_entity.items()]


def _entity(entity_id: str, given: str | None, mentions: Sequence[RowMapping]) -> Row:
    """The entity by its decided name, or the latest one; of names of one day by the filing's identity."""
    kind = mentions[0]["kind"]
    latest = max(mentions, key=lambda m: (m["day"] or "", m["filing_id"], m["printed"]))
    days = [m["day"] for m in mentions if m["day"]]
    tickers = {t for m in mentions for t in (m["tickers"] or "").split(",") if t and kind == Kind.ISSUER}
    return {
        "entity_id": entity_id,
        "kind": kind,
        "owner_id": mentions[0]["owner_id"],
        "name": given or latest["printed"],
        "tickers": joined(sorted(tickers)) or None,
        "filings": len({m["filing_id"] for m in mentions}),
        "first_date": min(days, default=None),
        "last_date": max(days, default=None),
    }
