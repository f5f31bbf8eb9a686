"""The ledger of filings: which bytes were found where, which of them are done, and which runs there were."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import Connection, Executable, RowMapping, bindparam, func, insert, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from models.columns import Record
from models.filing import Filing
from models.records.filings import ExtractionRecord, FilingRecord, LocationRecord, RunFilingRecord, RunRecord
from pipeline.manifest_facts import record_facts
from pipeline.rows.insert import insert_rows
from pipeline.rows.row import Row


class FilingStatus(StrEnum):
    """What became of a filing."""

    EXTRACTED = "extracted"
    NO_ESTIMATES = "no_estimates"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A file as its place lists it: address, size in bytes, time of modification in nanoseconds, a server's tag."""

    source_uri: str
    byte_size: int
    modified_ns: int | None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class KnownFilings:
    """What one version of the extractor has done already, held in memory for a run over many files."""

    by_sha256: dict[str, FilingStatus]
    by_sighting: dict[Sighting, FilingStatus]
    told_unreadable: frozenset[tuple[str, str]] = frozenset()
    """Sources that gave no bytes to an earlier run, and why."""

    def unread(self, sighting: Sighting) -> FilingStatus | None:
        """The status of a file that has not changed since it was done; None: it has to be read. Costs no reading."""
        return self.by_sighting.get(sighting)

    def status(self, sha256: str) -> FilingStatus | None:
        """The status of a filing with these bytes, or None where this version has not done it."""
        return self.by_sha256.get(sha256)

    def note_done(self, sha256: str) -> None:
        """Knows the filing with these bytes from now on: the run has committed it."""
        self.by_sha256[sha256] = FilingStatus.EXTRACTED


def known_filings(connection: Connection, version: str, *, failed: bool = True) -> KnownFilings:
    """All filings that this version of the extractor has done, in one query; those it could not read on request."""
    rows = connection.execute(
        select(
            FilingRecord.sha256,
            ExtractionRecord.status,
            LocationRecord.source_uri,
            LocationRecord.byte_size,
            LocationRecord.modified_ns,
            LocationRecord.etag,
        )
        .join(ExtractionRecord, ExtractionRecord.filing_id == FilingRecord.filing_id)
        .outerjoin(LocationRecord, LocationRecord.filing_id == FilingRecord.filing_id)
        .where(ExtractionRecord.extractor_version == version)
        .where(true() if failed else ExtractionRecord.status != FilingStatus.FAILED)
    ).all()
    outcome = RunFilingRecord.outcome == FilingStatus.FAILED
    told = select(RunFilingRecord.source_uri, RunFilingRecord.reason).where(
        outcome, RunFilingRecord.reason.is_not(None)
    )
    return KnownFilings(
        {sha256: FilingStatus(status) for sha256, status, *_ in rows},
        {
            Sighting(uri, size, modified, etag): FilingStatus(status)
            for _, status, uri, size, modified, etag in rows
            if uri is not None and (modified is not None or etag is not None)
        },
        frozenset((uri, reason) for uri, reason in connection.execute(told.distinct()) if failed and reason),
    )


@dataclass(frozen=True, slots=True)
class RunFiling:
    """What became of one file of a run, the seconds of its reading, and why it failed."""

    source_uri: str
    outcome: str
    seconds: float | None = None
    reason: str | None = None


_OF_RUN_FILING = tuple(getattr(RunFilingRecord, field.name) for field in fields(RunFiling))
_NOTED = select(*_OF_RUN_FILING).where(
    RunFilingRecord.run_id == bindparam("run"), RunFilingRecord.source_uri == bindparam("uri")
)
_LOCKED = select(FilingRecord.filing_id).where(FilingRecord.filing_id == bindparam("filing")).with_for_update()
_PLACE = select(LocationRecord.filing_id, LocationRecord.modified_ns, LocationRecord.etag).where(
    LocationRecord.source_uri == bindparam("uri")
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run: ``finished_at`` is None while it is at work, and after it was killed."""

    run_id: int
    extractor_version: str
    started_at: datetime
    finished_at: datetime | None
    new: int
    unchanged: int
    re_extracted: int
    failed: int


def filing_id_of(filing: Filing) -> str:
    """The identity of a filing: it follows from its bytes."""
    return filing.sha256[:16]


def record_location(connection: Connection, filing: Filing, modified_ns: int | None = None) -> str:
    """Notes where a filing was found, and gives its filing_id; a filing and place that are known change nothing.

    A filing found in a place that is new to it has moved: it takes that place's name and address. What a manifest
    states of it is noted with the place.
    """
    filing_id, size = filing_id_of(filing), len(filing.content)
    place: Row = {
        "source_uri": filing.source_uri,
        "filing_id": filing_id,
        "filename": filing.filename,
        "byte_size": size,
    }
    first: Row = {**place, "sha256": filing.sha256, "first_seen_at": datetime.now(UTC)}
    is_new = connection.scalar(_unless_there(connection.dialect.name), first) is not None
    if connection.dialect.name != "sqlite":  # it has let in only one process already
        # Two that bring the same filing go on one after the other.
        connection.execute(_LOCKED, {"filing": filing_id})
    found = connection.execute(_PLACE, {"uri": filing.source_uri}).first()
    seen = (modified_ns, filing.etag)
    if found is None or found.filing_id != filing_id:
        row: Row = {**place, "modified_ns": modified_ns, "etag": filing.etag}
        connection.execute(_in_place(connection.dialect.name), row)
        if found is not None:
            _call_by_another_place(connection, found.filing_id, filing.source_uri)
        if not is_new:
            moved = {"filename": filing.filename, "source_uri": filing.source_uri}
            connection.execute(update(FilingRecord).where(FilingRecord.filing_id == filing_id).values(moved))
    elif seen not in ((None, None), (found.modified_ns, found.etag)):
        here = LocationRecord.source_uri == filing.source_uri
        connection.execute(update(LocationRecord).where(here).values(modified_ns=modified_ns, etag=filing.etag))
    if filing.stated:
        record_facts(connection, {filing_id: filing.stated})
    return filing_id


def _call_by_another_place(connection: Connection, filing_id: str, taken: str) -> None:
    """A filing whose place other bytes have taken goes by another where it lies; without one it keeps its name."""
    place = LocationRecord
    others = select(place.filename, place.source_uri).where(place.filing_id == filing_id).order_by(place.source_uri)
    if other := connection.execute(others.limit(1)).mappings().first():
        named = FilingRecord.filing_id == filing_id, FilingRecord.source_uri == taken
        connection.execute(update(FilingRecord).where(*named).values(dict(other)))


@cache
def _unless_there(dialect: str) -> Executable:
    """Writes a filing where none with these bytes is known, and gives its identity then."""
    return _insert(dialect, FilingRecord).on_conflict_do_nothing().returning(FilingRecord.filing_id)


@cache
def _in_place(dialect: str) -> Executable:
    """Writes what lies in a place, instead of what lay there before."""
    statement = _insert(dialect, LocationRecord)
    columns = {column.name: column for column in statement.excluded if column.name != "source_uri"}
    return statement.on_conflict_do_update(index_elements=["source_uri"], set_=columns)


def _insert(dialect: str, record: type[Record]) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(record) if dialect == "sqlite" else postgresql.insert(record)


def start_run(connection: Connection, version: str) -> int:
    """Notes that a run begins, and gives its number."""
    row: Row = {"extractor_version": version, "started_at": datetime.now(UTC)}
    counts: Row = {"new": 0, "unchanged": 0, "re_extracted": 0, "failed": 0}
    return int(connection.execute(insert(RunRecord).values(**row, **counts)).inserted_primary_key[0])  # type: ignore[index]


def finish_run(connection: Connection, run_id: int, new: int, unchanged: int, re_extracted: int, failed: int) -> None:
    """Notes that a run ended, and how many filings it committed, knew, read anew and could not read."""
    counts = {"new": new, "unchanged": unchanged, "re_extracted": re_extracted, "failed": failed}
    ended = update(RunRecord).where(RunRecord.run_id == run_id)
    connection.execute(ended.values(finished_at=datetime.now(UTC), **counts))


def record_outcome(connection: Connection, run_id: int, filing: RunFiling) -> None:
    """Notes what became of a file of a run."""
    insert_rows(connection, RunFilingRecord, [{"run_id": run_id, **asdict(filing)}])


def outcome_of(connection: Connection, run_id: int, source_uri: str) -> RunFiling | None:
    """What a run has noted of a file already."""
    noted = connection.execute(_NOTED, {"run": run_id, "uri": source_uri}).first()
    return RunFiling(*noted) if noted else None


def last_runs(connection: Connection, number: int) -> list[Run]:
    """The last runs, the latest first; one that did not finish counts what it committed."""
    rows = connection.execute(select(RunRecord.__table__).order_by(RunRecord.run_id.desc()).limit(number))
    return [_run(connection, row) for row in rows.mappings().all()]


def find_run(connection: Connection, run_id: int) -> Run | None:
    """The run of this number; None where there is none."""
    row = connection.execute(select(RunRecord.__table__).where(RunRecord.run_id == run_id)).mappings().first()
    return _run(connection, row) if row else None


def _run(connection: Connection, row: RowMapping) -> Run:
    run = Run(**row)
    return run if run.finished_at else _counted(connection, run)


def _counted(connection: Connection, run: Run) -> Run:
    outcome = RunFilingRecord.outcome
    query = select(outcome, func.count()).where(RunFilingRecord.run_id == run.run_id).group_by(outcome)
    counts = Counter({str(name): int(number) for name, number in connection.execute(query)})
    return replace(run, new=counts["new"], re_extracted=counts["re_extracted"], failed=counts["failed"])


def run_filings(connection: Connection, run_id: int) -> list[RunFiling]:
    """What a run committed or could not read, by address."""
    query = select(*_OF_RUN_FILING).where(RunFilingRecord.run_id == run_id).order_by(RunFilingRecord.source_uri)
    return [RunFiling(*row) for row in connection.execute(query)]
