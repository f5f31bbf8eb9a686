"""Whom a name stands for, in the light of what reviewers decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select

from models.records.research import EntityKeyRecord
from pipeline.entities.keys import EntityKey, Kind, owned
from pipeline.rows.select import select_rows


class EntityAction(StrEnum):
    """What a reviewer says of names: two are one, two are not, or one is called otherwise."""

    MERGE = "merge"
    KEEP_APART = "keep_apart"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions that count: which key goes to which, which pairs are kept apart, which names were given."""

    merged: Mapping[str, str]
    apart: frozenset[frozenset[str]]
    names: Mapping[str, str]


_DECISIONS = "SELECT action, entity_id, other_id, name FROM v_entity_decisions ORDER BY decision_id"
"""Of the view: who only looks may not read the table."""
_KEY = select(EntityKeyRecord.key_id, EntityKeyRecord.kind, EntityKeyRecord.words, EntityKeyRecord.owner_id).where(
    EntityKeyRecord.key_id == bindparam("key")
)


def decided(connection: Connection) -> Decided:
    """The last decision about each pair of names, and about each name."""
    pairs: dict[frozenset[str], tuple[str, str, str]] = {}
    names: dict[str, str] = {}
    for row in select_rows(connection, _DECISIONS):
        one, other = row["entity_id"], row["other_id"]
        if row["name"] is not None:
            names[one] = row["name"]
        elif other is not None:
            pairs[frozenset((one, other))] = (row["action"], one, other)
    merged = {one: other for action, one, other in pairs.values() if action == EntityAction.MERGE}
    apart = frozenset(pair for pair, said in pairs.items() if said[0] == EntityAction.KEEP_APART)
    return Decided(merged, apart, names)


class Resolver:
    """Finds whom keys stand for, by the decisions of the database; ``known`` are keys that are not yet in it."""

    def __init__(self, connection: Connection, known: Iterable[EntityKey] = ()) -> None:
        self._connection = connection
        self._decided = decided(connection)
        self._keys = {key.key_id: key for key in known}

    def entity(self, key: EntityKey) -> EntityKey:
        """The key of whom this key stands for: itself, where no decision says otherwise.

        Two chains of decisions may meet in a ring; then the least identity of the ring stands for all of it.
        """
        way = [key]
        while (following := self._next(way[-1])) is not None:
            if following in way:
                return min(way[way.index(following) :], key=lambda k: k.key_id)
            way.append(following)
        return way[-1]

    def _next(self, key: EntityKey) -> EntityKey | None:
        """Where a decision about the key leads; else the key of the same words of whom its owner stands for."""
        if key.key_id in self._decided.merged:
            return self._find(self._decided.merged[key.key_id])
        if key.owner_id is None or (owner := self._find(key.owner_id)) is None:
            return None
        same = owned(key.kind, key.words, self.entity(owner).key_id)
        return None if same == key or frozenset((key.key_id, same.key_id)) in self._decided.apart else same

    def _find(self, key_id: str) -> EntityKey | None:
        if key_id not in self._keys:
            row = self._connection.execute(_KEY, {"key": key_id}).first()
            if row is None:
                return None
            self._keys[key_id] = EntityKey(row.key_id, Kind(row.kind), row.words, row.owner_id)
        return self._keys[key_id]
