"""Derives the stated estimates of the projects that a transaction touched, and writes what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from sqlalchemy import Connection, Select, bindparam, delete, or_, select, text

from models.records.filings import ExtractionRecord
from models.records.research import EntityKeyRecord, FilingSubjectRecord, PrintedNameRecord, StatedEstimateRecord
from pipeline.entities.keeping import keep, keep_with
from pipeline.entities.keys import Kind
from pipeline.entities.naming import Named, forget_names, write_names
from pipeline.ledger import FilingStatus
from pipeline.lock import Lock
from pipeline.rows.insert import insert_rows
from pipeline.rows.row import Row
from pipeline.search import forget_texts, write_texts
from pipeline.stated.derived import Derived, derived, write_moved
from pipeline.stated.load import Source, load
from pipeline.stated.standing import Key, places
from pipeline.stated.waiting import forget_waiting, write_waiting

MANY = 100
"""How many entities are derived at once, where all are."""

# The statements that every filing takes are made once: to make one takes longer than SQLite takes to answer it.
_OF_FILING = ExtractionRecord.filing_id == bindparam("filing")
_CURRENT = select(ExtractionRecord.extraction_id).where(
    _OF_FILING, ExtractionRecord.superseded_at.is_(None), ExtractionRecord.status != FilingStatus.FAILED
)
_ENTITIES = (
    select(EntityKeyRecord.entity_id)
    .join(PrintedNameRecord, PrintedNameRecord.key_id == EntityKeyRecord.key_id)
    .join(ExtractionRecord, ExtractionRecord.extraction_id == PrintedNameRecord.extraction_id)
    .where(_OF_FILING)
)
_SUBJECTS = (
    select(FilingSubjectRecord.project_id)
    .join(ExtractionRecord, ExtractionRecord.extraction_id == FilingSubjectRecord.extraction_id)
    .where(ExtractionRecord.superseded_at.is_(None))
)
_PROJECTS = _SUBJECTS.where(_OF_FILING)
_FILINGS = _SUBJECTS.with_only_columns(ExtractionRecord.filing_id).where(
    FilingSubjectRecord.project_id.in_(bindparam("projects", expanding=True))
)
_PROJECTS_THEN = (
    select(StatedEstimateRecord.project_id).where(StatedEstimateRecord.filing_id == bindparam("filing")).distinct()
)
_STATED = select(StatedEstimateRecord.__table__).where(
    or_(
        StatedEstimateRecord.filing_id.in_(bindparam("filings", expanding=True)),
        StatedEstimateRecord.project_id.in_(bindparam("projects", expanding=True)),
    )
)
_DROP = delete(StatedEstimateRecord).where(
    StatedEstimateRecord.estimate_id == bindparam("line"), StatedEstimateRecord.position == bindparam("of_line")
)


def refresh(connection: Connection, filing_id: str) -> None:
    """Derives anew what a filing changes: its names, the estimates of its project, and what waits of it.

    The caller has just written the filing's rows, what a manifest states of it, or a decision about one of its lines.
    """
    alone(connection)
    entities, projects = _entities(connection, filing_id), _projects(connection, filing_id)
    _forget(connection, filing_id)
    for extraction_id in _current(connection, filing_id):
        named = _derive_alone(connection, filing_id, extraction_id)
        entities |= named.entities
        projects |= {named.project_id} if named.project_id else set()
    keep(connection, entities)
    _derive(connection, {filing_id}, _filings(connection, projects) - {filing_id})


def derive_first(connection: Connection, filing_id: str, extraction_id: str, *, has_lines: bool) -> None:
    """Derives what a new filing changes, whose first extraction has just been written.

    A filing without lines of estimates, as most releases are, leaves those of its project as they stand.
    """
    alone(connection)
    named = _derive_alone(connection, filing_id, extraction_id) if has_lines else write_names(connection, extraction_id)
    keep_with(connection, extraction_id)
    if has_lines:
        projects = {named.project_id} if named.project_id else set()
        _derive(connection, {filing_id}, _filings(connection, projects) - {filing_id}, first=True)


def refresh_all(connection: Connection) -> None:
    """Derives everything anew: where a database was filled in bulk, or by a version that did not derive it."""
    extraction, key = ExtractionRecord, EntityKeyRecord
    current = select(extraction.extraction_id, extraction.filing_id).where(extraction.superseded_at.is_(None))
    read = connection.execute(current.where(extraction.status != FilingStatus.FAILED).order_by(extraction.filing_id))
    for extraction_id, filing_id in read.all():
        _forget(connection, filing_id)
        _derive_alone(connection, filing_id, extraction_id)
        forget_texts(connection, filing_id)
        write_texts(connection, extraction_id)
        if not _projects(connection, filing_id):
            refresh_projects(connection, (), [filing_id])
    for entities in _batches(select(key.entity_id).distinct(), connection):
        keep(connection, entities)
    for projects in _batches(select(key.entity_id).where(key.kind == Kind.PROJECT).distinct(), connection):
        refresh_projects(connection, projects)


def _current(connection: Connection, filing_id: str) -> Sequence[str]:
    """The current extraction of a filing; none where it could not be read."""
    return connection.scalars(_CURRENT, {"filing": filing_id}).all()


def _forget(connection: Connection, filing_id: str) -> None:
    """Drops what was derived of a filing by itself."""
    for extraction_id in _current(connection, filing_id):
        forget_names(connection, extraction_id)
    forget_waiting(connection, filing_id)


def _derive_alone(connection: Connection, filing_id: str, extraction_id: str) -> Named:
    """Derives a filing by itself: its names, and what waits of it."""
    named = write_names(connection, extraction_id)
    write_waiting(connection, filing_id)
    return named


def _batches(query: Select[str], connection: Connection) -> Iterator[list[str]]:
    identities = sorted(connection.scalars(query))
    for first in range(0, len(identities), MANY):
        yield identities[first : first + MANY]


def refresh_projects(connection: Connection, projects: Collection[str], filings: Collection[str] = ()) -> None:
    """Derives anew the estimates of these projects, and of these filings where they name no project."""
    alone(connection)
    _derive(connection, {*filings, *_filings(connection, projects)}, projects=projects)


def _derive(
    connection: Connection,
    changed: Collection[str],
    beside: Collection[str] = (),
    projects: Collection[str] = (),
    *,
    first: bool = False,
) -> None:
    """Derives the estimates of changed filings, and where those beside them stand now, which are as they were.

    What was derived for these ``projects`` and does not hold any more is dropped.
    """
    together: dict[str, tuple[list[Source], list[Derived]]] = defaultdict(lambda: ([], []))
    for source in load(connection, changed):
        together[source.project_id or source.stated.filing_id][0].append(source)
    for other in derived(connection, beside):
        together[other.project_id or other.stated.filing_id][1].append(other)
    rows: list[Row] = []
    moved: list[Row] = []
    for sources, others in together.values():
        found = places([source.stated for source in sources] + [other.stated for other in others])
        rows += chain.from_iterable(source.rows(found) for source in sources)
        moved += chain.from_iterable(other.moved(found) for other in others)
    _write_stated(connection, rows, {} if first else _stored(connection, changed, projects))
    write_moved(connection, moved)


def _stored(connection: Connection, filings: Collection[str], projects: Collection[str]) -> dict[Key, Row]:
    rows = connection.execute(_STATED, {"filings": list(filings), "projects": list(projects)}).mappings()
    return {_key(row): row for row in map(dict, rows)}


def _write_stated(connection: Connection, rows: Sequence[Row], there: Mapping[Key, Row]) -> None:
    """Writes the rows that are not there as they are, and drops those that no longer hold."""
    wanted = {_key(row): row for row in rows}
    if gone := [key for key, row in there.items() if wanted.get(key) != row]:
        connection.execute(_DROP, [{"line": estimate_id, "of_line": position} for estimate_id, position in gone])
    insert_rows(connection, StatedEstimateRecord, [row for key, row in wanted.items() if there.get(key) != row])


def alone(connection: Connection) -> None:
    """Waits for another transaction that derives: each has to see what the other did. SQLite has one writer anyhow."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({Lock.DERIVATION:d})"))


def _entities(connection: Connection, filing_id: str) -> set[str]:
    """All that the filing named, in any of its extractions."""
    return set(connection.scalars(_ENTITIES, {"filing": filing_id}))


def _projects(connection: Connection, filing_id: str) -> set[str]:
    """The project that a filing is about now, and the one when its estimates were last derived."""
    now, then = (connection.scalars(query, {"filing": filing_id}) for query in (_PROJECTS, _PROJECTS_THEN))
    return {project for project in (*now, *then) if project}


def _filings(connection: Connection, projects: Collection[str]) -> set[str]:
    """The filings about these projects."""
    return set(connection.scalars(_FILINGS, {"projects": list(projects)})) if projects else set()


def _key(row: Row) -> Key:
    return str(row["estimate_id"]), int(str(row["position"]))
