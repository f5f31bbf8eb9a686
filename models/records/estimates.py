"""Estimate tables and their lines: figures, doubts, what became of each cell, and the recomputations."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Index, false
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Counter, Key, OfExtraction, Quoted, Record, below


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
