"""Derives the stated estimates of the projects that a transaction touched, and writes what differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, Select, delete, insert, or_, select, text, tuple_

from models.records import ExtractionRecord
from models.research_records import EntityKeyRecord, PrintedNameRecord, StatedEstimateRecord
from pipeline.entities.keys import Kind
from pipeline.entities.naming import keep, write_names
from pipeline.ledger import FilingStatus
from pipeline.lock import Lock
from pipeline.rows.row import Row
from pipeline.search import write_texts
from pipeline.stated.load import Source, load
from pipeline.stated.standing import places
from pipeline.stated.waiting import refresh_waiting

MANY = 100
"""How many entities are derived at once, where all are."""


def refresh(connection: Connection, filing_id: str) -> None:
    """Derives anew what a filing changes: its names and texts, the estimates of its project, and what waits of it.

    The caller has just written the filing's rows, what a manifest states of it, or a decision about one of its lines.
    """
    alone(connection)
    entities, projects = _entities(connection, filing_id), _projects(connection, filing_id)
    extraction = ExtractionRecord
    current = select(extraction.extraction_id).where(
        extraction.filing_id == filing_id,
        extraction.superseded_at.is_(None),
        extraction.status != FilingStatus.FAILED,
    )
    for extraction_id in connection.scalars(current).all():
        entities |= write_names(connection, extraction_id)
        write_texts(connection, filing_id, extraction_id)
    keep(connection, entities)
    refresh_projects(connection, projects | _projects(connection, filing_id), [filing_id])
    refresh_waiting(connection, [filing_id])


def refresh_all(connection: Connection) -> None:
    """Derives everything anew: where a database was filled in bulk, or by a version that did not derive it."""
    extraction, key = ExtractionRecord, EntityKeyRecord
    current = select(extraction.extraction_id, extraction.filing_id).where(extraction.superseded_at.is_(None))
    read = connection.execute(current.where(extraction.status != FilingStatus.FAILED).order_by(extraction.filing_id))
    for extraction_id, filing_id in read.all():
        write_names(connection, extraction_id)
        write_texts(connection, filing_id, extraction_id)
        refresh_waiting(connection, [filing_id])
        if not _projects(connection, filing_id):
            refresh_projects(connection, (), [filing_id])
    for entities in _batches(select(key.entity_id).distinct(), connection):
        keep(connection, entities)
    for projects in _batches(select(key.entity_id).where(key.kind == Kind.PROJECT).distinct(), connection):
        refresh_projects(connection, projects)


def _batches(query: Select[str], connection: Connection) -> Iterator[list[str]]:
    identities = sorted(connection.scalars(query))
    for first in range(0, len(identities), MANY):
        yield identities[first : first + MANY]


def refresh_projects(connection: Connection, projects: Collection[str], filings: Collection[str] = ()) -> None:
    """Derives anew the estimates of these projects, and of these filings where they name no project."""
    alone(connection)
    every = {*filings, *connection.scalars(_filings_of(projects))}
    wanted = {_key(row): row for row in _rows(connection, every)}
    stated = StatedEstimateRecord
    mine = or_(stated.filing_id.in_(every), stated.project_id.in_(projects))
    there = {_key(dict(row)): dict(row) for row in connection.execute(select(stated.__table__).where(mine)).mappings()}
    gone = [key for key, row in there.items() if wanted.get(key) != row]
    if gone:
        connection.execute(delete(stated).where(tuple_(stated.estimate_id, stated.position).in_(gone)))
    if new := [row for key, row in wanted.items() if there.get(key) != row]:
        connection.execute(insert(stated), new)


def _rows(connection: Connection, filings: Collection[str]) -> Iterator[Row]:
    """The rows of the filings, each project by itself, and each filing that names none."""
    together: dict[str, list[Source]] = {}
    for source in load(connection, filings):
        together.setdefault(source.project_id or source.stated.filing_id, []).append(source)
    for sources in together.values():
        found = places([source.stated for source in sources])
        for source in sources:
            yield from source.rows(found)


def alone(connection: Connection) -> None:
    """Waits for another transaction that derives: each has to see what the other did. SQLite has one writer anyhow."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({Lock.DERIVATION:d})"))


def _entities(connection: Connection, filing_id: str) -> set[str]:
    """All that the filing named, in any of its extractions."""
    key, name, extraction = EntityKeyRecord, PrintedNameRecord, ExtractionRecord
    query = select(key.entity_id).join(name, name.key_id == key.key_id)
    query = query.join(extraction, extraction.extraction_id == name.extraction_id)
    return set(connection.scalars(query.where(extraction.filing_id == filing_id)))


def _projects(connection: Connection, filing_id: str) -> set[str]:
    """The project that a filing is about now, and the one when its estimates were last derived."""
    key, name, extraction, stated = EntityKeyRecord, PrintedNameRecord, ExtractionRecord, StatedEstimateRecord
    query = select(key.entity_id).join(name, name.key_id == key.key_id)
    query = query.join(extraction, extraction.extraction_id == name.extraction_id)
    now = query.where(extraction.filing_id == filing_id, key.kind == Kind.PROJECT, extraction.superseded_at.is_(None))
    then = select(stated.project_id).where(stated.filing_id == filing_id).distinct()
    return {project for project in (*connection.scalars(now), *connection.scalars(then)) if project}


def _filings_of(projects: Iterable[str]) -> Select[str]:
    """The filings that are about these projects."""
    key, name, extraction = EntityKeyRecord, PrintedNameRecord, ExtractionRecord
    query = select(extraction.filing_id).join(name, name.extraction_id == extraction.extraction_id)
    query = query.join(key, key.key_id == name.key_id).where(extraction.superseded_at.is_(None))
    return query.where(key.kind == Kind.PROJECT, key.entity_id.in_(projects))


def _key(row: Row) -> tuple[object, object]:
    return row["estimate_id"], row["position"]
