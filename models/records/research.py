"""Tables across filings: who is who, what reviewers say of it, and which estimate is the current one.

All but ``entity_decisions`` is derived from the other tables of this package, in the transaction that changes them.
It depends on which filings and decisions are there, never on the order in which they came.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Counter, Key, OfExtraction, Record


class EntityKeyRecord(Record):
    """A name as it is matched, its words without case, accents and legal form; ``entity_id`` is who it stands for.

    ``owner_id`` is the key of the issuer of a project, and of the project of a deposit: a name means what it means
    there. A key whose name no decision joins with another stands for itself.
    """

    __tablename__ = "entity_keys"

    key_id: Mapped[Key]
    kind: Mapped[str]
    words: Mapped[str]
    owner_id: Mapped[str | None]
    entity_id: Mapped[str] = mapped_column(index=True)


class PrintedNameRecord(Record):
    """A name as a filing prints it; ``kind`` is issuer, project, deposit or person."""

    __tablename__ = "printed_names"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    kind: Mapped[str]
    printed: Mapped[str]
    key_id: Mapped[str] = mapped_column(ForeignKey("entity_keys.key_id"), index=True)


class FilingSubjectRecord(Record):
    """Whom a reading of a filing names as its issuer, and as its project: found from either by one look.

    It follows from ``printed_names`` and ``entity_keys``; through these two a question by issuer read all filings.
    """

    __tablename__ = "filing_subjects"

    extraction_id: Mapped[OfExtraction]
    issuer_id: Mapped[str | None] = mapped_column(index=True)
    project_id: Mapped[str | None] = mapped_column(index=True)


class EntityRecord(Record):
    """An issuer, project, deposit or person under the name that the latest filing prints, or that was decided."""

    __tablename__ = "entities"
    __table_args__ = (Index(None, "kind", "name"),)

    entity_id: Mapped[Key]
    kind: Mapped[str]
    owner_id: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(index=True)
    tickers: Mapped[str | None]
    filings: Mapped[int]
    first_date: Mapped[str | None]
    last_date: Mapped[str | None]


class EntityDecisionRecord(Record):
    """What a reviewer says of names: merge or keep_apart ``entity_id`` and ``other_id``, or rename ``entity_id``.

    Identities are hashes of the matched words, so that a decision holds in every later extraction. The last decision
    about a pair counts.
    """

    __tablename__ = "entity_decisions"

    decision_id: Mapped[Counter]
    kind: Mapped[str]
    action: Mapped[str]
    entity_id: Mapped[str] = mapped_column(index=True)
    other_id: Mapped[str | None]
    name: Mapped[str | None]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
    why: Mapped[str]


class WaitingLineRecord(Record):
    """A held line that nobody has decided about, with what puts the reviewer's queue in order.

    It follows from the line and its decisions; to look for it among all lines took seconds at a million of them.
    """

    __tablename__ = "waiting_lines"

    estimate_id: Mapped[Key]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"), index=True)
    table_number: Mapped[int]
    line_number: Mapped[int]
    is_total: Mapped[bool]
    tonnes: Mapped[Decimal | None]
    contained_kg: Mapped[Decimal | None]


class StatedEstimateRecord(Record):
    """A committed estimate line and commodity in the light of all filings: whose it is, what applies, what came after.

    ``standing`` is current, superseded, restated, undated or historical.
    """

    __tablename__ = "stated_estimates"
    __table_args__ = (
        Index(None, "filing_id"),
        Index(None, "project_id"),
        Index(None, "issuer_id"),
        Index(None, "deposit_id"),
    )

    estimate_id: Mapped[Key]
    position: Mapped[Counter]
    filing_id: Mapped[str] = mapped_column(ForeignKey("filings.filing_id"))
    extraction_id: Mapped[str]
    issuer_id: Mapped[str | None]
    project_id: Mapped[str | None]
    deposit_id: Mapped[str | None]
    as_of_date: Mapped[str | None]
    dated_by: Mapped[str | None]
    standing: Mapped[str]
    superseded_by: Mapped[str | None]
    later_filing_id: Mapped[str | None]
    is_headline: Mapped[bool]
    alternatives: Mapped[int]
    held_lines: Mapped[int]
    previous_estimate_id: Mapped[str | None]
    previous_position: Mapped[int | None]
    table_number: Mapped[int]
    line_number: Mapped[int]
    page: Mapped[int | None]
    label: Mapped[str]
    estimate_type: Mapped[str | None]
    category: Mapped[str]
    zone: Mapped[str | None]
    material: Mapped[str | None]
    is_total: Mapped[bool]
    tonnage: Mapped[Decimal | None]
    tonnage_unit: Mapped[str | None]
    tonnes: Mapped[Decimal | None]
    commodity: Mapped[str | None]
    grade: Mapped[Decimal | None]
    grade_unit: Mapped[str | None]
    grade_ppm: Mapped[Decimal | None]
    contained: Mapped[Decimal | None]
    contained_unit: Mapped[str | None]
    contained_kg: Mapped[Decimal | None]
    cutoff: Mapped[str | None]
    qualified_persons: Mapped[str | None]
    effective_date: Mapped[str | None]
    release_date: Mapped[str | None]
    status: Mapped[str]


_STATED = StatedEstimateRecord
_CURRENT = _STATED.is_headline & _STATED.standing.in_(["current", "undated"])
"""What v_current_estimates shows; an index of it is as small as its answer."""

for _name, _columns in (
    ("current", (_STATED.commodity, _STATED.category)),
    ("current_material", (_STATED.material,)),
    ("current_date", (_STATED.as_of_date,)),
):
    Index(f"ix_stated_estimates_{_name}", *_columns, sqlite_where=_CURRENT, postgresql_where=_CURRENT)
