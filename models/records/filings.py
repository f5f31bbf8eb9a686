"""Filings: where each was found, what a manifest states of it, what it was read as, and in which run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Counter, Key, OfExtraction, Quoted, Record


class FilingRecord(Record):
    """A filed document, known by its bytes; name and address are those where it was last found anew."""

    __tablename__ = "filings"

    filing_id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(unique=True)
    filename: Mapped[str] = mapped_column(index=True)
    source_uri: Mapped[str]
    byte_size: Mapped[int] = mapped_column(BigInteger)
    first_seen_at: Mapped[datetime]


class LocationRecord(Record):
    """A place where a filing's bytes were found; size, time and tag tell an unchanged file unread."""

    __tablename__ = "locations"

    source_uri: Mapped[Key]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"), index=True)
    filename: Mapped[str]
    byte_size: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int | None] = mapped_column(BigInteger)
    etag: Mapped[str | None]


class ExtractionRecord(Record):
    """What one version of the extractor made of a filing; the current one has no ``superseded_at``."""

    __tablename__ = "extractions"
    __table_args__ = (Unique("filing_id", "extractor_version"),)

    extraction_id: Mapped[Key]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"))
    extractor_version: Mapped[str]
    status: Mapped[str]
    error: Mapped[str | None]
    extracted_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    media_type: Mapped[str | None]
    page_count: Mapped[int | None]
    document_type: Mapped[str | None]
    language: Mapped[str | None]
    issuer: Mapped[str | None]
    tickers: Mapped[str | None]
    project: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str | None]


Index(
    "uq_extractions_current",
    ExtractionRecord.filing_id,
    unique=True,
    sqlite_where=ExtractionRecord.superseded_at.is_(None),
    postgresql_where=ExtractionRecord.superseded_at.is_(None),
)


class ManifestFactsRecord(Record):
    """What a manifest stated last of a filing: it counts before what the document was read as; dates are ISO text."""

    __tablename__ = "manifest_facts"

    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"), primary_key=True)
    stated_by: Mapped[str]
    issuer: Mapped[str | None]
    sedar_profile: Mapped[str | None]
    filing_type: Mapped[str | None]
    document_type: Mapped[str | None]
    language: Mapped[str | None]
    filed_date: Mapped[str | None]
    release_date: Mapped[str | None]
    effective_date: Mapped[str | None]
    report_date: Mapped[str | None]


class DisagreementRecord(Record):
    """A fact that a manifest states and the document was read to say otherwise; derived anew after every run."""

    __tablename__ = "disagreements"

    extraction_id: Mapped[OfExtraction]
    fact: Mapped[Key]
    message: Mapped[str]
    source_text: Mapped[str]
    page: Mapped[int | None]


class DateRecord(Quoted, Record):
    """The release, effective or report date of a document: ISO text, without a day where none is printed."""

    __tablename__ = "dates"

    extraction_id: Mapped[OfExtraction]
    kind: Mapped[Key]
    iso: Mapped[str]


class RunRecord(Record):
    """A run of `orebook ingest`: when it ran, and what became of the filings that it was given."""

    __tablename__ = "runs"

    run_id: Mapped[Counter]
    extractor_version: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    new: Mapped[int]
    unchanged: Mapped[int]
    re_extracted: Mapped[int]
    failed: Mapped[int]


class RunFilingRecord(Record):
    """What became of a filing in a run: new, re_extracted or failed with its reason; unchanged ones are only counted.

    ``seconds`` are those of its reading, NULL where it was not begun or its process was lost.
    """

    __tablename__ = "run_filings"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.run_id"), primary_key=True)
    source_uri: Mapped[Key]
    outcome: Mapped[str]
    seconds: Mapped[float | None]
    reason: Mapped[str | None]
