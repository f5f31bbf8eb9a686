"""A reviewer's decisions about names: two are one, two are not, or one is called otherwise.

A decision is a row of its own about matched names, so that it holds in every later run and extraction.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from models.records.research import EntityDecisionRecord, EntityKeyRecord, PrintedNameRecord
from pipeline.entities.keeping import keep
from pipeline.entities.keys import EntityKey, Kind
from pipeline.entities.naming import register, write_subjects
from pipeline.entities.resolve import EntityAction, Resolver, decided
from pipeline.errors import DecisionError
from pipeline.rows.row import Row
from pipeline.stated.refresh import alone, refresh_projects


def merge(connection: Connection, one: str, other: str, who: str, why: str) -> int:
    """Records that two names are one, and gives the decision's number; both go by the second's identity.

    Raises DecisionError where there is no such name, where they are not of one kind, or are one already.
    """
    first, second = (_standing_for(connection, _key(connection, key_id)) for key_id in (one, other))
    if first.kind is not second.kind:
        raise DecisionError(f"{first.kind} {one} and {second.kind} {other} cannot be one")
    if first == second:
        raise DecisionError(f"{one} and {other} are one already: v_names lists all names of {second.key_id}")
    return _record(connection, EntityAction.MERGE, first, second, None, who, why)


def keep_apart(connection: Connection, one: str, other: str, who: str, why: str) -> int:
    """Records that two names are not one, and gives the decision's number; a merge of the two holds no longer.

    Raises DecisionError where there is no such name, and where they are one through a third: that one is to be parted.
    """
    first, second = _key(connection, one), _key(connection, other)
    number = _record(connection, EntityAction.KEEP_APART, first, second, None, who, why)
    if _standing_for(connection, first) == _standing_for(connection, second):
        raise DecisionError(f"{one} and {other} are one through other names: see v_entity_decisions, and part those")
    return number


def rename(connection: Connection, one: str, name: str, who: str, why: str) -> int:
    """Records by what name a person, company or place shall go, and gives the decision's number.

    Raises DecisionError where there is no such name, and where the new one is empty.
    """
    if not name.strip():
        raise DecisionError(f"to rename {one} takes a name")
    entity = _standing_for(connection, _key(connection, one))
    return _record(connection, EntityAction.RENAME, entity, None, name.strip(), who, why)


def _record(
    connection: Connection,
    action: EntityAction,
    one: EntityKey,
    other: EntityKey | None,
    name: str | None,
    who: str,
    why: str,
) -> int:
    if not who.strip() or not why.strip():
        raise DecisionError(f"a decision about {one.key_id} needs the name of who decides, and a reason")
    alone(connection)
    about = {"kind": one.kind, "action": action, "entity_id": one.key_id, "name": name}
    said = {"decided_by": who.strip(), "decided_at": datetime.now(UTC), "why": why.strip()}
    record = EntityDecisionRecord
    made = insert(record).values(**about, **said, other_id=other.key_id if other else None)
    number = connection.execute(made.returning(record.decision_id)).scalar_one()
    resolve_anew(connection)
    return number


def resolve_anew(connection: Connection) -> None:
    """Finds anew whom each name stands for, and brings what rests on it up to date."""
    record = EntityKeyRecord
    rows = connection.execute(select(record.key_id, record.kind, record.words, record.owner_id, record.entity_id)).all()
    known = {row.key_id: EntityKey(row.key_id, Kind(row.kind), row.words, row.owner_id) for row in rows}
    resolver = Resolver(connection, known.values())
    entities = {key_id: resolver.entity(key) for key_id, key in known.items()}
    moved = [row for row in rows if entities[row.key_id].key_id != row.entity_id]
    register(connection, [entities[row.key_id] for row in moved])
    changed: list[Row] = [{"key": row.key_id, "entity": entities[row.key_id].key_id} for row in moved]
    if changed:
        statement = update(record).where(record.key_id == bindparam("key")).values(entity_id=bindparam("entity"))
        connection.execute(statement, changed)
        write_subjects(connection, _readings(connection, [row.key_id for row in moved]))
    touched = {row.entity_id for row in moved} | {entities[row.key_id].key_id for row in moved}
    keep(connection, touched | _owned(connection, touched) | set(decided(connection).names))
    refresh_projects(connection, _projects(connection, touched))


def _readings(connection: Connection, keys: Collection[str]) -> set[str]:
    """The extractions that print these names."""
    record = PrintedNameRecord
    return set(connection.scalars(select(record.extraction_id).where(record.key_id.in_(keys))))


def _owned(connection: Connection, owners: Collection[str]) -> set[str]:
    """The projects of these issuers, and the deposits of these projects."""
    owner = select(EntityKeyRecord.key_id).where(EntityKeyRecord.entity_id.in_(owners))
    return set(connection.scalars(select(EntityKeyRecord.entity_id).where(EntityKeyRecord.owner_id.in_(owner))))


def _projects(connection: Connection, touched: Collection[str]) -> set[str]:
    """The projects among these entities, and those of the issuers and deposits among them."""
    record = EntityKeyRecord
    mine = select(record.entity_id).where(record.entity_id.in_(touched), record.kind == Kind.PROJECT)
    owned_here = _owned(connection, touched)
    owned_projects = select(record.entity_id).where(record.entity_id.in_(owned_here), record.kind == Kind.PROJECT)
    owners = select(record.owner_id).where(record.entity_id.in_(touched), record.kind == Kind.DEPOSIT)
    of_deposits = select(record.entity_id).where(record.key_id.in_(owners))
    return {*connection.scalars(mine), *connection.scalars(owned_projects), *connection.scalars(of_deposits)}


def _key(connection: Connection, key_id: str) -> EntityKey:
    record = EntityKeyRecord
    columns = select(record.key_id, record.kind, record.words, record.owner_id)
    row = connection.execute(columns.where(record.key_id == key_id)).first()
    if row is None:
        raise DecisionError(f"there is no name {key_id}: v_names lists them, and v_issuers, v_projects and v_people")
    return EntityKey(row.key_id, Kind(row.kind), row.words, row.owner_id)


def _standing_for(connection: Connection, key: EntityKey) -> EntityKey:
    return Resolver(connection).entity(key)
