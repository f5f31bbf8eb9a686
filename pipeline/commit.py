"""Commits a filing: all its rows in the caller's transaction, or none of them.

The caller owns the transaction::

    with engine.begin() as connection:
        outcome = commit_filing(connection, filing, facts, disclosure, assessment, version)

A worker that reads makes the rows as well: to send them from process to process takes a tenth of the time that what
they are made from takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, select, update

from models.disclosure import Disclosure
from models.filing import Filing
from models.findings import Assessment, Status
from models.records.estimates import EstimateLineRecord
from models.records.filings import ExtractionRecord
from pipeline.carried import carry_decisions
from pipeline.ledger import FilingStatus, filing_id_of, record_location
from pipeline.rows.identity import identity
from pipeline.rows.insert import TableRows, insert_rows, insert_table
from pipeline.rows.row import Row, joined
from pipeline.search import forget_texts


class CommitOutcome(StrEnum):
    """What a commit did: a filing's first rows, nothing, or rows that supersede an older version's."""

    NEW = "new"
    UNCHANGED = "unchanged"
    RE_EXTRACTED = "re_extracted"


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """What a reader says of a filing's form: its media type, and its number of pages where it has pages."""

    media_type: str
    page_count: int | None


@dataclass(frozen=True, slots=True)
class FilingRows:
    """What was read in a filing, as a commit writes it: columns of its extraction, and the tables that hang below."""

    extraction: Row
    tables: tuple[TableRows, ...]

    @property
    def has_lines(self) -> bool:
        """Whether the filing has lines of estimates, committed or held."""
        return any(rows.record is EstimateLineRecord for rows in self.tables)

    def count(self, status: Status) -> int:
        """How many of the filing's lines have this status."""
        return sum(rows.column("status").count(status) for rows in self.tables if rows.record is EstimateLineRecord)


def filing_rows(filing: Filing, facts: ReadFacts, disclosure: Disclosure, assessment: Assessment) -> FilingRows:
    """The rows of what was read in a filing and what its recomputation gave."""
    from pipeline.rows.disclosure import disclosure_rows  # knows the extractors, which a run with nothing new must not
    from pipeline.rows.texts import Head, printed_in, text_rows

    issuer = disclosure.issuer
    extraction: Row = {
        "status": FilingStatus.EXTRACTED if disclosure.lines else FilingStatus.NO_ESTIMATES,
        "media_type": facts.media_type,
        "page_count": facts.page_count,
        "document_type": disclosure.document_type,
        "language": disclosure.language,
        "issuer": issuer.name,
        "tickers": joined(issuer.tickers) or None,
        "project": issuer.project,
        "title": issuer.title,
    }
    filing_id = filing_id_of(filing)
    tables = disclosure_rows(filing_id, disclosure, assessment)
    head = Head(filing_id, filing.filename, issuer.title, issuer.name, joined(issuer.tickers), issuer.project)
    return FilingRows(extraction, (*tables, text_rows(head, printed_in(tables))))


@dataclass(frozen=True, slots=True)
class _Extraction:
    """One extraction of a filing, as far as a commit needs to know it."""

    extraction_id: str
    version: str
    status: FilingStatus
    current: bool

    @property
    def failed(self) -> bool:
        return self.status is FilingStatus.FAILED


def commit_filing(
    connection: Connection,
    filing: Filing,
    facts: ReadFacts,
    disclosure: Disclosure,
    assessment: Assessment,
    version: str,
    modified_ns: int | None = None,
) -> CommitOutcome:
    """Commits what was read in a filing where its rows are not made yet; see ``commit_rows``."""
    return commit_rows(connection, filing, filing_rows(filing, facts, disclosure, assessment), version, modified_ns)


def commit_rows(
    connection: Connection, filing: Filing, rows: FilingRows, version: str, modified_ns: int | None = None
) -> CommitOutcome:
    """Commits what this version of the extractor read in a filing; what an older version read becomes history.

    A filing that this version has committed before changes nothing but where it was found. ``modified_ns`` is the
    file's time of modification, by which the next run knows it unread.
    """
    # knows the extractors, which a run with nothing new must not
    from pipeline.stated.refresh import derive_first, refresh

    filing_id = record_location(connection, filing, modified_ns)
    before = _extractions(connection, filing_id)
    if any(e.version == version and not e.failed for e in before):
        return CommitOutcome.UNCHANGED
    extraction_id, now = identity(filing_id, version), datetime.now(UTC)
    if before:
        _forget(connection, extraction_id)
        forget_texts(connection, filing_id)
        _supersede(connection, filing_id, now)
    insert_rows(connection, ExtractionRecord, [{**_row(filing_id, version, now), **rows.extraction}])
    for table in rows.tables:
        insert_table(connection, table.below("extraction_id", extraction_id))
    if before:
        carry_decisions(connection, filing_id, extraction_id)
        refresh(connection, filing_id)
    else:
        derive_first(connection, filing_id, extraction_id, has_lines=rows.has_lines)
    return CommitOutcome.RE_EXTRACTED if any(not e.failed for e in before) else CommitOutcome.NEW


def commit_failure(
    connection: Connection, filing: Filing, error: str, version: str, modified_ns: int | None = None
) -> None:
    """Records why this version could not read a filing; what any version has read from it stays as it is."""
    filing_id = record_location(connection, filing, modified_ns)
    before = _extractions(connection, filing_id)
    same = [e for e in before if e.version == version]
    if any(not e.failed for e in same):
        return
    if same:
        known = ExtractionRecord.extraction_id == same[0].extraction_id
        connection.execute(update(ExtractionRecord).where(known, ExtractionRecord.error != error).values(error=error))
        return
    now = datetime.now(UTC)
    read_before = any(e.current and not e.failed for e in before)
    if not read_before:
        _supersede(connection, filing_id, now)
    failed: Row = {"status": FilingStatus.FAILED, "error": error, "superseded_at": now if read_before else None}
    insert_rows(connection, ExtractionRecord, [{**_row(filing_id, version, now), **failed}])


_EXTRACTIONS = select(
    ExtractionRecord.extraction_id,
    ExtractionRecord.extractor_version,
    ExtractionRecord.status,
    ExtractionRecord.superseded_at.is_(None),
).where(ExtractionRecord.filing_id == bindparam("filing"))


def _extractions(connection: Connection, filing_id: str) -> list[_Extraction]:
    rows = connection.execute(_EXTRACTIONS, {"filing": filing_id})
    return [_Extraction(key, version, FilingStatus(status), bool(current)) for key, version, status, current in rows]


def _forget(connection: Connection, extraction_id: str) -> None:
    """Drops this version's own failure, which has no rows below it: the version can read the filing after all."""
    connection.execute(delete(ExtractionRecord).where(ExtractionRecord.extraction_id == extraction_id))


def _supersede(connection: Connection, filing_id: str, now: datetime) -> None:
    current = ExtractionRecord.superseded_at.is_(None)
    connection.execute(
        update(ExtractionRecord).where(ExtractionRecord.filing_id == filing_id, current).values(superseded_at=now)
    )


def _row(filing_id: str, version: str, now: datetime) -> Row:
    return {
        "extraction_id": identity(filing_id, version),
        "filing_id": filing_id,
        "extractor_version": version,
        "extracted_at": now,
    }
