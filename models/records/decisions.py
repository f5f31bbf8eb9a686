"""What reviewers decided about estimate lines, and the fields that they corrected."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Counter, Key, Record


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
