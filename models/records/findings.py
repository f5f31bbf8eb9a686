"""What a filing claims, how that compares with its tables and with other filings, and which rules it seems to break."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Counter, Key, OfExtraction, Quoted, Record, below


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
