"""Writes the names that a filing prints, and what they are matched by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Text, bindparam, delete, text

from models.records.research import EntityKeyRecord, FilingSubjectRecord, PrintedNameRecord
from pipeline.entities.keys import EntityKey, Kind, deposit_key, issuer_key, person_key, project_key
from pipeline.entities.resolve import Resolver
from pipeline.rows.insert import Known, insert_rows
from pipeline.rows.row import Row
from pipeline.rows.select import select_rows

_NAMES = """
SELECT 'issuer' AS kind, f.issuer AS printed FROM v_filings f
JOIN extractions x ON x.filing_id = f.filing_id WHERE x.extraction_id = :extraction
UNION SELECT 'project', f.project FROM v_filings f
JOIN extractions x ON x.filing_id = f.filing_id WHERE x.extraction_id = :extraction
UNION SELECT 'deposit', zone FROM estimate_lines WHERE extraction_id = :extraction
UNION SELECT 'person', name FROM persons WHERE extraction_id = :extraction
"""
_UNNAME = delete(PrintedNameRecord).where(PrintedNameRecord.extraction_id == bindparam("extraction"))
_NO_SUBJECTS = delete(FilingSubjectRecord).where(
    FilingSubjectRecord.extraction_id.in_(bindparam("extractions", expanding=True))
)

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


@dataclass(frozen=True, slots=True)
class Named:
    """Whom the names of an extraction stand for, and which of them is its project."""

    entities: frozenset[str]
    project_id: str | None


def write_names(connection: Connection, extraction_id: str) -> Named:
    """Write the names of a current extraction, which has none yet, and what they are matched by."""
    names = list(_printed(connection, extraction_id))
    entities = register(connection, [name.key for name in names])
    rows: list[Row] = [
        {"extraction_id": extraction_id, "number": n, "kind": p.kind, "printed": p.printed, "key_id": p.key.key_id}
        for n, p in enumerate(names, 1)
    ]
    insert_rows(connection, PrintedNameRecord, rows)
    one = {name.kind: entities[name.key.key_id] for name in names}
    project_id = one.get(Kind.PROJECT)
    subjects: Row = {"extraction_id": extraction_id, "issuer_id": one.get(Kind.ISSUER), "project_id": project_id}
    insert_rows(connection, FilingSubjectRecord, [subjects])
    return Named(frozenset(entities.values()), project_id)


def forget_names(connection: Connection, extraction_id: str) -> None:
    """Drop the names of an extraction, so that they can be written anew."""
    connection.execute(_UNNAME, {"extraction": extraction_id})
    connection.execute(_NO_SUBJECTS, {"extractions": [extraction_id]})


def write_subjects(connection: Connection, extractions: Collection[str]) -> None:
    """Write anew whom these readings name as issuer and project, as decisions have it now."""
    connection.execute(_NO_SUBJECTS, {"extractions": list(extractions)})
    connection.execute(_SUBJECTS, {"extractions": list(extractions)})


def register(connection: Connection, keys: Iterable[EntityKey]) -> dict[str, str]:
    """Write the keys that are new, with whom they stand for; gives the entity of each key."""
    wanted = {key.key_id: key for key in keys}
    resolver = Resolver(connection, wanted.values())
    entities = {key_id: resolver.entity(key) for key_id, key in wanted.items()}
    wanted |= {entity.key_id: entity for entity in entities.values()}
    rows: list[Row] = [
        {
            "key_id": key.key_id,
            "kind": key.kind,
            "words": key.words,
            "owner_id": key.owner_id,
            "entity_id": entities.get(key.key_id, key).key_id,
        }
        for key in wanted.values()
    ]
    insert_rows(connection, EntityKeyRecord, rows, Known.KEPT)
    return {key_id: entity.key_id for key_id, entity in entities.items()}


def _printed(connection: Connection, extraction_id: str) -> Iterator[PrintedName]:
    """The names of an extraction; a deposit is one of a named project."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in select_rows(connection, _NAMES, extraction=extraction_id):
        names[row["kind"]] += [row["printed"]] if row["printed"] else []
    issuer = None
    for name in names[Kind.ISSUER]:
        issuer = issuer_key(name)
        yield PrintedName(Kind.ISSUER, name, issuer)
    for name in names[Kind.PROJECT]:
        project = project_key(name, issuer)
        yield PrintedName(Kind.PROJECT, name, project)
        for zone in sorted(names[Kind.DEPOSIT]):
            yield PrintedName(Kind.DEPOSIT, zone, deposit_key(zone, project))
    for name in sorted(names[Kind.PERSON]):
        yield PrintedName(Kind.PERSON, name, person_key(name))
