"""What a filing states around its estimates: cut-offs, qualified persons, notes, statements and metal equivalents."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from models.columns import Counter, Key, OfExtraction, Quoted, Record, below


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


class EstimateDateRecord(Quoted, Record):
    """A stated effective date and the estimates that it is of; each list is comma-separated, empty: not restricted.

    ``table_number`` is the table whose caption, frame or notes print it, else NULL.
    """

    __tablename__ = "estimate_dates"

    extraction_id: Mapped[OfExtraction]
    number: Mapped[Counter]
    iso: Mapped[str]
    table_number: Mapped[int | None]
    estimate_types: Mapped[str]
    categories: Mapped[str]
    materials: Mapped[str]
    zones: Mapped[str]


class LineDateRecord(Record):
    """The effective date of an estimate line to which that of the whole document does not apply; NULL: not known."""

    __tablename__ = "line_dates"
    __table_args__ = (
        below("estimate_lines", extraction_id="extraction_id", estimate_id="estimate_id"),
        below("estimate_dates", extraction_id="extraction_id", date_number="number"),
    )

    extraction_id: Mapped[Key]
    estimate_id: Mapped[Key]
    date_number: Mapped[int | None]


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
