"""What a disclosure says: estimate lines, cut-offs, notes, people, dates and claims, each with its quote."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.figure import Figure
from models.quote import Quote
from models.units import Quantity


class EstimateType(StrEnum):
    """What kind of estimate a line states."""

    RESOURCE = "resource"
    RESERVE = "reserve"
    HISTORICAL = "historical"


class Category(StrEnum):
    """Confidence category of an estimate line, or the sum of categories that it states."""

    PROVEN = "proven"
    PROBABLE = "probable"
    PROVEN_PROBABLE = "proven_probable"
    MEASURED = "measured"
    INDICATED = "indicated"
    MEASURED_INDICATED = "measured_indicated"
    INFERRED = "inferred"
    TOTAL_RESERVES = "total_reserves"
    TOTAL_RESOURCES = "total_resources"
    UNCLASSIFIED = "unclassified"


class Material(StrEnum):
    """Where ore lies or what state it is in."""

    OPEN_PIT = "open_pit"
    UNDERGROUND = "underground"
    STOCKPILE = "stockpile"
    TAILINGS = "tailings"
    LEACH_PAD = "leach_pad"
    OXIDE = "oxide"
    SULPHIDE = "sulphide"
    TRANSITION = "transition"
    FRESH = "fresh"


class DocumentType(StrEnum):
    """What kind of document was filed."""

    NEWS_RELEASE = "news_release"
    TECHNICAL_REPORT = "technical_report"
    OTHER = "other"


class Language(StrEnum):
    """Language of the document."""

    ENGLISH = "en"
    FRENCH = "fr"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a statement applies to; an empty part is not restricted. Zones are names as printed."""

    types: tuple[EstimateType, ...] = ()
    categories: tuple[Category, ...] = ()
    materials: tuple[Material, ...] = ()
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A stated cut-off, with what it applies to.

    ``unit`` is a grade unit, ``USD/t`` and the like for a value per tonne, or ``mm`` for a diamond screen;
    ``commodity`` is None for a value per tonne and where none is printed.
    """

    value: Figure
    unit: str
    commodity: str | None
    quote: Quote
    value_max: Figure | None = None
    operator: str = ">="
    basis: str | None = None
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a line that was read but not understood; a line with a doubt is held.

    ``reason`` is a sentence for the reviewer, ``suggestion`` a figure that the rest of the table supports.
    ``malformed``: the quote is a number that can be read in no way, or in several.
    """

    reason: str
    quote: Quote
    suggestion: str | None = None
    malformed: bool = False


@dataclass(frozen=True, slots=True)
class Metal:
    """One commodity of an estimate line: grade and contained metal, each as printed or absent.

    ``contained_again`` are further printings of the same metal (kilograms beside ounces); ``recovered`` is metal
    that the heading calls recovered, recoverable or payable.
    """

    commodity: str
    grade: Quantity | None = None
    contained: Quantity | None = None
    contained_again: tuple[Quantity, ...] = ()
    recovered: Quantity | None = None


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as ISO text: 2013-06-30, or 2019-07 where no day is printed."""

    iso: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One printed estimate: the row of a table, or the part of a row under one category's columns.

    ``number`` counts the lines of the filing's table from 1; ``row`` is the grid row and ``group`` the column group
    that it was read from; lines of one group are comparable down the table, lines of one row across it.
    ``marks`` are the note marks that the row's cells carry. ``heading`` is the group row above it, as printed.
    ``assumptions`` are sentences on what was taken from recomputation because the table does not state it.
    ``is_earlier`` is true for an estimate that the table sets beside this disclosure's own later one; ``as_of`` is the
    date that the heading of its columns, its group row or its own row prints, shortened as printed.
    """

    table: int
    number: int
    row: int
    group: int
    label: str
    type: EstimateType | None
    category: Category
    quote: Quote
    zone: str | None = None
    materials: tuple[Material, ...] = ()
    is_total: bool = False
    cutoff: Cutoff | None = None
    tonnage: Quantity | None = None
    metals: tuple[Metal, ...] = ()
    marks: tuple[str, ...] = ()
    heading: str | None = None
    doubts: tuple[Doubt, ...] = ()
    assumptions: tuple[str, ...] = ()
    is_earlier: bool = False
    as_of: PrintedDate | None = None

    def metal(self, commodity: str) -> Metal | None:
        """The line's figures for this commodity, or None."""
        for metal in self.metals:
            if metal.commodity == commodity:
                return metal
        return None

    @property
    def key(self) -> tuple[int, int]:
        """Table and line number, unique within a disclosure."""
        return self.table, self.number


class CellUse(StrEnum):
    """What became of a cell of an estimate table."""

    USED = "used"
    IGNORED = "ignored"
    LEFT_OVER = "left_over"


@dataclass(frozen=True, slots=True)
class CellAccount:
    """What became of one cell of an estimate table, and why ("density", "prior year")."""

    row: int
    column: int
    use: CellUse
    reason: str
    quote: Quote


@dataclass(frozen=True, slots=True, weakref_slot=True)
class EstimateTable:
    """A table that states estimates; ``number`` counts such tables in the document from 1."""

    number: int
    caption: str
    lines: tuple[EstimateLine, ...]
    quote: Quote
    accounts: tuple[CellAccount, ...] = ()
    block: int = 0
    """Index of the table's grid among the document's blocks."""


class NoteKind(StrEnum):
    """What a table note speaks of."""

    CUTOFF = "cutoff"
    PRICE = "price"
    RECOVERY = "recovery"
    EFFECTIVE_DATE = "effective_date"
    QUALIFIED_PERSON = "qualified_person"
    INCLUSIVE = "inclusive"
    ECONOMIC_VIABILITY = "economic_viability"
    ROUNDING = "rounding"
    SUB_QUANTITY = "sub_quantity"
    DENSITY = "density"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SubQuantity:
    """A tonnage with its grade that a note singles out from the line it marks."""

    tonnage: Quantity
    grade: Quantity | None
    commodity: str | None
    quote: Quote


class Assumption(StrEnum):
    """What a figure of a note is the figure of."""

    PRICE = "price"
    RECOVERY = "recovery"
    DENSITY = "density"
    DILUTION = "dilution"
    EXCHANGE_RATE = "exchange_rate"
    MINIMUM_WIDTH = "minimum_width"


@dataclass(frozen=True, slots=True)
class NoteFigure:
    """A figure that a note states; ``unit`` is "USD/oz" and the like for a price, "rate" for an exchange rate."""

    about: Assumption
    figure: Figure
    unit: str
    commodity: str | None
    quote: Quote
    figure_max: Figure | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note under a table. ``lines`` are the numbers of the lines it marks; empty: the whole table.

    ``marker`` is as printed without its brackets ("1", "a", "*"), or "" for a note without one.
    """

    table: int
    marker: str
    text: str
    kinds: tuple[NoteKind, ...]
    quote: Quote
    lines: tuple[int, ...] = ()
    sub_quantities: tuple[SubQuantity, ...] = ()
    figures: tuple[NoteFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A qualified person. ``independent`` is None where the document does not say."""

    name: str
    quote: Quote
    credentials: tuple[str, ...] = ()
    affiliation: str | None = None
    independent: bool | None = None
    role: str | None = None


class ClaimKind(StrEnum):
    """What a headline or a sentence claims."""

    QUANTITY = "quantity"
    CHANGE_PERCENT = "change_percent"
    MINE_LIFE = "mine_life"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the headline or the prose states.

    ``malformed`` is a printed number that cannot be read ("2,760,00"): it is never given a value.
    ``percent`` is signed; ``years`` is a mine life.
    """

    kind: ClaimKind
    text: str
    quote: Quote
    type: EstimateType | None = None
    category: Category | None = None
    commodity: str | None = None
    materials: tuple[Material, ...] = ()
    tonnage: Quantity | None = None
    grade: Quantity | None = None
    contained: Quantity | None = None
    percent: Figure | None = None
    years: Figure | None = None
    malformed: str | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a disclosure, each None where the document does not state it."""

    effective: PrintedDate | None = None
    release: PrintedDate | None = None
    report: PrintedDate | None = None


@dataclass(frozen=True, slots=True)
class EffectiveDate:
    """An effective date that the document states, with the estimates that it is of.

    ``table`` is the estimate table whose caption, frame or notes print it, ``lines`` the lines of it that the note
    marks or the row is; empty: all that its scope covers. ``bare``: a caption prints it and does not say what it is.
    """

    iso: str
    quote: Quote
    scope: Scope = Scope()
    table: int | None = None
    lines: tuple[int, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A standard sentence of a disclosure: ``about`` says which, ``value`` what it says.

    ``inclusive`` True: resources include reserves; False: they exclude them. For ``economic_viability`` and
    ``rounding`` True: the sentence stands there.
    """

    about: NoteKind
    value: bool
    quote: Quote


@dataclass(frozen=True, slots=True)
class Price:
    """A metal price, as printed: value, currency ("USD", "CAD", "$" where not named) and unit ("oz", "lb")."""

    value: Decimal
    currency: str
    per: str


@dataclass(frozen=True, slots=True)
class Equivalence:
    """How a metal equivalent was computed: the formula as printed, its prices and recoveries by commodity."""

    commodity: str
    formula: str | None
    quote: Quote
    prices: tuple[tuple[str, Price], ...] = ()
    recoveries: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who filed: name, tickers ("TSX-V:AII") and project, each as printed."""

    name: str | None = None
    tickers: tuple[str, ...] = ()
    project: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything a document says, ready to be checked and committed."""

    language: Language
    document_type: DocumentType
    issuer: Issuer
    dates: Dates
    tables: tuple[EstimateTable, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    persons: tuple[Person, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    effective_dates: tuple[EffectiveDate, ...] = ()

    @property
    def lines(self) -> tuple[EstimateLine, ...]:
        """The estimate lines of all tables, in reading order."""
        return tuple(line for table in self.tables for line in table.lines)

    @property
    def own_lines(self) -> tuple[EstimateLine, ...]:
        """The estimate lines of this disclosure's date: all but those of earlier estimates set beside them."""
        return tuple(line for line in self.lines if not line.is_earlier)
