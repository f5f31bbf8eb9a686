"""Writes the names that a filing prints, and keeps the entities that they stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Text, bindparam, delete, select, text
from sqlalchemy.orm import aliased

from models.records.context import PersonRecord
from models.records.estimates import EstimateLineRecord
from models.records.research import EntityKeyRecord, EntityRecord, FilingSubjectRecord, PrintedNameRecord
from pipeline.entities.keys import EntityKey, Kind, deposit_key, issuer_key, person_key, project_key
from pipeline.entities.resolve import Resolver, decided
from pipeline.rows.insert import insert_rows
from pipeline.rows.row import Row, joined

_HEAD = text("""
SELECT f.issuer, f.project FROM v_filings f
JOIN extractions x ON x.filing_id = f.filing_id WHERE x.extraction_id = :extraction
""")
_MENTIONS = text("""
SELECT k.entity_id, n.printed, f.tickers, f.filing_id,
    COALESCE(f.effective_date, f.release_date, f.report_date) AS day
FROM entity_keys k
JOIN printed_names n ON n.key_id = k.key_id
JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
JOIN v_filings f ON f.filing_id = x.filing_id
WHERE k.entity_id IN :entities
""").bindparams(bindparam("entities", expanding=True, type_=Text()))
_OWNER = aliased(EntityKeyRecord)
_KINDS = (
    select(EntityKeyRecord.key_id, EntityKeyRecord.kind, _OWNER.entity_id)
    .join(_OWNER, _OWNER.key_id == EntityKeyRecord.owner_id, isouter=True)
    .where(EntityKeyRecord.key_id.in_(bindparam("keys", expanding=True)))
)
_KEYS_THERE = select(EntityKeyRecord.key_id).where(EntityKeyRecord.key_id.in_(bindparam("keys", expanding=True)))
_ENTITIES_THERE = select(EntityRecord.__table__).where(
    EntityRecord.entity_id.in_(bindparam("entities", expanding=True))
)
_UNNAME = delete(PrintedNameRecord).where(PrintedNameRecord.extraction_id == bindparam("extraction"))
_ZONES = select(EstimateLineRecord.zone).where(EstimateLineRecord.extraction_id == bindparam("extraction")).distinct()
_PEOPLE = select(PersonRecord.name).where(PersonRecord.extraction_id == bindparam("extraction")).distinct()

_SUBJECTS = text("""
INSERT INTO filing_subjects (extraction_id, issuer_id, project_id)
SELECT x.extraction_id,
    (SELECT k.entity_id FROM printed_names n JOIN entity_keys k ON k.key_id = n.key_id
    WHERE n.extraction_id = x.extraction_id AND n.kind = 'issuer'),
    (SELECT k.entity_id FROM printed_names n JOIN entity_keys k ON k.key_id = n.key_id
    WHERE n.extraction_id = x.extraction_id AND n.kind = 'project')
FROM extractions x WHERE x.extraction_id IN :extractions
""").bindparams(bindparam("extractions", expanding=True, type_=Text()))


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as printed, and the key that it is matched by."""

    kind: Kind
    printed: str
    key: EntityKey


def write_names(connection: Connection, extraction_id: str) -> set[str]:
    """Write the names of a current extraction, and what they are matched by; gives whom they stand for."""
    names = list(_printed(connection, extraction_id))
    entities = register(connection, [name.key for name in names])
    connection.execute(_UNNAME, {"extraction": extraction_id})
    rows: list[Row] = [
        {"extraction_id": extraction_id, "number": n, "kind": p.kind, "printed": p.printed, "key_id": p.key.key_id}
        for n, p in enumerate(names, 1)
    ]
    insert_rows(connection, PrintedNameRecord, rows)
    write_subjects(connection, [extraction_id])
    return entities


def write_subjects(connection: Connection, extractions: Collection[str]) -> None:
    """Write whom these readings name as issuer and project, as decisions have it now."""
    record = FilingSubjectRecord
    connection.execute(delete(record).where(record.extraction_id.in_(extractions)))
    connection.execute(_SUBJECTS, {"extractions": list(extractions)})


def register(connection: Connection, keys: Iterable[EntityKey]) -> set[str]:
    """Write the keys that are new, with whom they stand for; gives the entities of all of them."""
    wanted = {key.key_id: key for key in keys}
    resolver = Resolver(connection, wanted.values())
    entities = {key_id: resolver.entity(key) for key_id, key in wanted.items()}
    wanted |= {entity.key_id: entity for entity in entities.values()}
    there = set(connection.scalars(_KEYS_THERE, {"keys": list(wanted)}))
    rows: list[Row] = [
        {
            "key_id": key.key_id,
            "kind": key.kind,
            "words": key.words,
            "owner_id": key.owner_id,
            "entity_id": entities.get(key.key_id, key).key_id,
        }
        for key in wanted.values()
        if key.key_id not in there
    ]
    insert_rows(connection, EntityKeyRecord, rows)
    return {entity.key_id for entity in entities.values()}


def keep(connection: Connection, entities: Collection[str]) -> None:
    """Bring entities up to date with the names that current extractions print; one without a name goes."""
    wanted = {str(row["entity_id"]): row for row in _entities(connection, entities)}
    record = EntityRecord
    rows = connection.execute(_ENTITIES_THERE, {"entities": list(entities)}).mappings()
    there = {row["entity_id"]: dict(row) for row in rows}
    if changed := [entity_id for entity_id, row in there.items() if wanted.get(entity_id) != row]:
        connection.execute(delete(record).where(record.entity_id.in_(changed)))
    insert_rows(connection, record, [row for entity_id, row in wanted.items() if there.get(entity_id) != row])


def _entities(connection: Connection, entities: Collection[str]) -> Iterator[Row]:
    """The entities as the filings name them, those that a current extraction names."""
    given = decided(connection).names
    mentions: dict[str, list[RowMapping]] = {}
    for row in connection.execute(_MENTIONS, {"entities": sorted(entities)}).mappings():
        mentions.setdefault(row["entity_id"], []).append(row)
    for key_id, kind, owner_id in connection.execute(_KINDS, {"keys": list(mentions)}):
        yield _entity(key_id, kind, owner_id, given.get(key_id), mentions[key_id])


def _entity(entity_id: str, kind: str, owner: str | None, given: str | None, mentions: Sequence[RowMapping]) -> Row:
    """The entity by its decided name, or the latest one; of names of one day by the filing's identity."""
    latest = max(mentions, key=lambda m: (m["day"] or "", m["filing_id"], m["printed"]))
    days = [m["day"] for m in mentions if m["day"]]
    tickers = {t for m in mentions for t in (m["tickers"] or "").split(",") if t and kind == Kind.ISSUER}
    return {
        "entity_id": entity_id,
        "kind": kind,
        "owner_id": owner,
        "name": given or latest["printed"],
        "tickers": joined(sorted(tickers)) or None,
        "filings": len({m["filing_id"] for m in mentions}),
        "first_date": min(days, default=None),
        "last_date": max(days, default=None),
    }


def _printed(connection: Connection, extraction_id: str) -> Iterator[PrintedName]:
    """The names of an extraction; a deposit is one of a named project."""
    head = connection.execute(_HEAD, {"extraction": extraction_id}).one()
    issuer = issuer_key(head.issuer) if head.issuer else None
    project = project_key(head.project, issuer) if head.project else None
    if issuer:
        yield PrintedName(Kind.ISSUER, head.issuer, issuer)
    if project:
        yield PrintedName(Kind.PROJECT, head.project, project)
        zones = connection.scalars(_ZONES, {"extraction": extraction_id})
        for zone in sorted(filter(None, zones)):
            yield PrintedName(Kind.DEPOSIT, zone, deposit_key(zone, project))
    for name in sorted(connection.scalars(_PEOPLE, {"extraction": extraction_id})):
        yield PrintedName(Kind.PERSON, name, person_key(name))
