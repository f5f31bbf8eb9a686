"""The SQL schema, one class a table. Research staff read the views (models/views.py), never these tables.

A filing has one extraction for each version of the extractor that read it; at most one of them is current (its
``superseded_at`` is NULL), the others are history. What an extraction read hangs below it and is never changed.
A reviewer's decision hangs below the filing, beside the extractions, so that it outlives every one of them.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, false
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

import models.research_records
import models.text_records  # noqa: F401  the tables of both are among METADATA
from models.columns import Counter, Key, OfExtraction, Quoted, Record, below


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


class EstimateTableRecord(Quoted, Record):
    """A printed table that states estimates."""

    __tablename__ = "estimate_tables"

    extraction_id: Mapped[OfExtraction]
    table_number: Mapped[Counter]
    caption: Mapped[str]
    block: Mapped[int]


class EstimateLineRecord(Quoted, Record):
    """A printed estimate line. ``estimate_id`` is the same in every extraction; ``fingerprint`` tells its figures."""

    __tablename__ = "estimate_lines"
    __table_args__ = (
        below("estimate_tables", extraction_id="extraction_id", table_number="table_number"),
        Unique("extraction_id", "table_number", "line_number"),
        Index(None, "estimate_id"),
    )

    extraction_id: Mapped[Key]
    estimate_id: Mapped[Key]
    fingerprint: Mapped[str]
    table_number: Mapped[int]
    line_number: Mapped[int]
    grid_row: Mapped[int]
    grid_group: Mapped[int]
    heading: Mapped[str | None]
    label: Mapped[str]
    estimate_type: Mapped[str | None]
    category: Mapped[str]
    zone: Mapped[str | None]
    material: Mapped[str | None]
    is_total: Mapped[bool]
    marks: Mapped[str]
    cutoff_value: Mapped[Decimal | None]
    cutoff_printed: Mapped[str | None]
    cutoff_unit: Mapped[str | None]
    cutoff_commodity: Mapped[str | None]
    cutoff_operator: Mapped[str | None]
    status: Mapped[str]
    reasons: Mapped[str | None]
    assumptions: Mapped[str | None]
    read_by: Mapped[str] = mapped_column(server_default="text")
    is_earlier: Mapped[bool] = mapped_column(server_default=false())
    as_of_date: Mapped[str | None]


class LineMetalRecord(Record):
    """A commodity of an estimate line; ``position`` counts from 1 in printed order."""

    __tablename__ = "line_metals"
    __table_args__ = (below("estimate_lines", extraction_id="extraction_id", estimate_id="estimate_id"),)

    extraction_id: Mapped[Key]
    estimate_id: Mapped[Key]
    position: Mapped[Counter]
    commodity: Mapped[str]


class LineFigureRecord(Quoted, Record):
    """A printed figure of an estimate line.

    ``role`` is tonnage, grade, contained, contained_again or recovered; ``position`` is that of its metal, 0 for the
    tonnage; ``printing`` counts the printings of one role from 1. ``canonical`` is in tonnes for a tonnage, ppm for
    a grade, kilograms for metal. ``step`` is what the figure was rounded to, in the unit of ``value``.
    """

    __tablename__ = "line_figures"
    __table_args__ = (below("estimate_lines", extraction_id="extraction_id", estimate_id="estimate_id"),)

    extraction_id: Mapped[Key]
    estimate_id: Mapped[Key]
    position: Mapped[Counter]
    role: Mapped[Key]
    printing: Mapped[Counter]
    printed: Mapped[str]
    value: Mapped[Decimal]
    step: Mapped[Decimal]
    approximate: Mapped[bool]
    unit: Mapped[str]
    canonical: Mapped[Decimal | None]


class DoubtRecord(Quoted, Record):
    """Something in an estimate line that was read but not understood."""

    __tablename__ = "doubts"
    __table_args__ = (below("estimate_lines", extraction_id="extraction_id", estimate_id="estimate_id"),)

    extraction_id: Mapped[Key]
    estimate_id: Mapped[Key]
    number: Mapped[Counter]
    reason: Mapped[str]
    suggestion: Mapped[str | None]


class CellAccountRecord(Quoted, Record):
    """What became of a cell of an estimate table: used, ignored with a reason, or left over."""

    __tablename__ = "cell_accounts"
    __table_args__ = (below("estimate_tables", extraction_id="extraction_id", table_number="table_number"),)

    extraction_id: Mapped[Key]
    table_number: Mapped[Counter]
    number: Mapped[Counter]
    grid_row: Mapped[int]
    grid_column: Mapped[int]
    use: Mapped[str]
    reason: Mapped[str]


class CheckRecord(Record):
    """The outcome of one recomputation; ``estimate_id`` is NULL for a relation of the whole filing."""

    __tablename__ = "checks"
    __table_args__ = (below("estimate_lines", extraction_id="extraction_id", estimate_id="estimate_id"),)

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    estimate_id: Mapped[str | None]
    commodity: Mapped[str | None]
    relation: Mapped[str]
    outcome: Mapped[str]
    reported: Mapped[Decimal | None]
    reported_low: Mapped[Decimal | None]
    reported_high: Mapped[Decimal | None]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    unit: Mapped[str | None]
    arithmetic: Mapped[bool]
    cause: Mapped[str | None]
    suggestion: Mapped[str | None]
    explanation: Mapped[str]


class CutoffRecord(Quoted, Record):
    """A stated cut-off and what it applies to; each list is comma-separated, empty where it does not restrict."""

    __tablename__ = "cutoffs"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    value: Mapped[Decimal]
    printed: Mapped[str]
    value_max: Mapped[Decimal | None]
    unit: Mapped[str]
    commodity: Mapped[str | None]
    operator: Mapped[str]
    basis: Mapped[str | None]
    estimate_types: Mapped[str]
    categories: Mapped[str]
    materials: Mapped[str]
    zones: Mapped[str]


class LineCutoffRecord(Record):
    """A stated cut-off that applies to an estimate line; several where the document leaves it open which.

    A line that states its own cut-off has none of these rows.
    """

    __tablename__ = "line_cutoffs"
    __table_args__ = (
        below("estimate_lines", extraction_id="extraction_id", estimate_id="estimate_id"),
        below("cutoffs", extraction_id="extraction_id", cutoff_number="number"),
    )

    extraction_id: Mapped[Key]
    estimate_id: Mapped[Key]
    cutoff_number: Mapped[Counter]


class PersonRecord(Quoted, Record):
    """A qualified person of a filing; ``person_id`` is the same wherever the same name stands."""

    __tablename__ = "persons"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    person_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    credentials: Mapped[str | None]
    affiliation: Mapped[str | None]
    independent: Mapped[bool | None]
    role: Mapped[str | None]


class FootnoteRecord(Quoted, Record):
    """A note under an estimate table; ``kind`` is its main subject, ``kinds`` are all, comma-separated."""

    __tablename__ = "footnotes"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    table_number: Mapped[int]
    marker: Mapped[str]
    text: Mapped[str]
    kind: Mapped[str]
    kinds: Mapped[str]


class FootnoteLineRecord(Record):
    """A line that a note marks; a note without one speaks of the whole table."""

    __tablename__ = "footnote_lines"
    __table_args__ = (below("footnotes", extraction_id="extraction_id", note_number="number"),)

    extraction_id: Mapped[Key]
    note_number: Mapped[Counter]
    line_number: Mapped[Counter]


class SubQuantityRecord(Quoted, Record):
    """A tonnage with its grade that a note singles out from the lines that it marks."""

    __tablename__ = "sub_quantities"
    __table_args__ = (below("footnotes", extraction_id="extraction_id", note_number="number"),)

    extraction_id: Mapped[Key]
    note_number: Mapped[Counter]
    number: Mapped[Counter]
    commodity: Mapped[str | None]
    tonnage: Mapped[Decimal]
    tonnage_printed: Mapped[str]
    tonnage_unit: Mapped[str]
    tonnes: Mapped[Decimal | None]
    grade: Mapped[Decimal | None]
    grade_printed: Mapped[str | None]
    grade_unit: Mapped[str | None]
    grade_ppm: Mapped[Decimal | None]


class NoteFigureRecord(Quoted, Record):
    """A figure that a note states: a price, a recovery, a density, dilution, an exchange rate or a minimum width."""

    __tablename__ = "note_figures"
    __table_args__ = (below("footnotes", extraction_id="extraction_id", note_number="number"),)

    extraction_id: Mapped[Key]
    note_number: Mapped[Counter]
    number: Mapped[Counter]
    about: Mapped[str]
    value: Mapped[Decimal]
    value_max: Mapped[Decimal | None]
    printed: Mapped[str]
    unit: Mapped[str]
    commodity: Mapped[str | None]


class ClaimRecord(Quoted, Record):
    """A figure that the headline or the prose states, and how it compares with the tables."""

    __tablename__ = "claims"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    kind: Mapped[str]
    text: Mapped[str]
    estimate_type: Mapped[str | None]
    category: Mapped[str | None]
    material: Mapped[str | None]
    commodity: Mapped[str | None]
    tonnage: Mapped[Decimal | None]
    tonnage_unit: Mapped[str | None]
    tonnes: Mapped[Decimal | None]
    grade: Mapped[Decimal | None]
    grade_unit: Mapped[str | None]
    contained: Mapped[Decimal | None]
    contained_unit: Mapped[str | None]
    percent: Mapped[Decimal | None]
    years: Mapped[Decimal | None]
    malformed: Mapped[str | None]
    outcome: Mapped[str]
    explanation: Mapped[str]


class ReconciliationRecord(Record):
    """What a claim gave beside an earlier filing of the same property; derived anew after every run."""

    __tablename__ = "reconciliations"
    __table_args__ = (below("claims", extraction_id="extraction_id", number="number"),)

    extraction_id: Mapped[Key]
    number: Mapped[Counter]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"))
    outcome: Mapped[str]
    explanation: Mapped[str]


class DifferenceRecord(Record):
    """A figure that another filing of the same estimate prints otherwise; derived anew after every run."""

    __tablename__ = "differences"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"))
    message: Mapped[str]
    page: Mapped[int | None]
    source_text: Mapped[str]


class ComparedPropertyRecord(Record):
    """The filings of a property as they were last compared with each other; a run passes over one that is the same."""

    __tablename__ = "compared_properties"

    property: Mapped[Key]
    state: Mapped[str]


class FindingRecord(Quoted, Record):
    """A disclosure rule that the filing appears not to meet."""

    __tablename__ = "findings"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    rule: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    message: Mapped[str]


class StatementRecord(Quoted, Record):
    """A standard sentence of the document: what it is about, and what it says."""

    __tablename__ = "statements"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    about: Mapped[str]
    value: Mapped[bool]


class EquivalenceRecord(Quoted, Record):
    """How a metal equivalent was computed."""

    __tablename__ = "equivalences"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    commodity: Mapped[str]
    formula: Mapped[str | None]


class EquivalenceTermRecord(Record):
    """The price and the recovery of one commodity in a metal equivalent, each NULL where not stated."""

    __tablename__ = "equivalence_terms"
    __table_args__ = (below("equivalences", extraction_id="extraction_id", equivalence_number="number"),)

    extraction_id: Mapped[Key]
    equivalence_number: Mapped[Counter]
    commodity: Mapped[Key]
    price: Mapped[Decimal | None]
    price_currency: Mapped[str | None]
    price_unit: Mapped[str | None]
    recovery: Mapped[Decimal | None]


class DecisionRecord(Record):
    """A reviewer's decision about a line's figures: it holds while the line has this fingerprint; the last counts."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "estimate_id", "fingerprint"),)

    decision_id: Mapped[Counter]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"))
    estimate_id: Mapped[str]
    fingerprint: Mapped[str]
    action: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    why: Mapped[str]


class CorrectionRecord(Record):
    """A field that a decision corrects; ``commodity`` is empty where the field belongs to the whole line.

    ``value`` is as the reviewer wrote it; a figure has its ``number``, ``unit`` and ``canonical`` beside it.
    """

    __tablename__ = "corrections"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.decision_id"), primary_key=True)
    field: Mapped[Key]
    commodity: Mapped[Key]
    value: Mapped[str]
    number: Mapped[Decimal | None]
    unit: Mapped[str | None]
    canonical: Mapped[Decimal | None]


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


METADATA = Record.metadata
"""All tables of this module, models.research_records and models.text_records."""
