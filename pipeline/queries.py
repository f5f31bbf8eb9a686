"""Reads back what was committed: one filing with its lines, and the counts of the whole database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, RowMapping, or_, select, text

from models.records.filings import FilingRecord


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """A filing as v_filings states it."""

    filing_id: str
    filename: str
    status: str
    error: str | None
    issuer: str | None
    project: str | None
    title: str | None
    release_date: str | None
    effective_date: str | None
    page_count: int | None


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of a line: its digits as printed, its value (a reviewer's, where corrected) and its unit."""

    printed: str | None
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class StatedMetal:
    """A commodity of a line."""

    commodity: str
    grade: StatedFigure | None
    contained: StatedFigure | None


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """One recomputation of a line."""

    relation: str
    outcome: str
    commodity: str | None
    explanation: str


@dataclass(frozen=True, slots=True)
class StatedLine:
    """An estimate line as the views state it; ``status`` is sound, unproven, accepted, corrected or held."""

    estimate_id: str
    table_number: int
    line_number: int
    page: int | None
    label: str
    estimate_type: str | None
    category: str
    zone: str | None
    material: str | None
    is_total: bool
    status: str
    reasons: str | None
    source_text: str
    tonnage: StatedFigure | None
    metals: tuple[StatedMetal, ...]
    checks: tuple[StatedCheck, ...]


@dataclass(frozen=True, slots=True)
class FilingReport:
    """A filing with its estimate lines in printed order."""

    filing: FilingFacts
    lines: tuple[StatedLine, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many filings or lines have a status."""

    status: str
    number: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many filings the database holds by status, and how many estimate lines by status."""

    filings: tuple[Count, ...]
    lines: tuple[Count, ...]


def find_filings(connection: Connection, wanted: str) -> list[str]:
    """The filing_ids of the filings with this name or address, or with an id or hash that begins so; oldest first."""
    filing = FilingRecord
    begins = or_(
        filing.filing_id.startswith(wanted, autoescape=True), filing.sha256.startswith(wanted, autoescape=True)
    )
    same = or_(filing.filename == wanted, filing.source_uri == wanted, begins)
    return list(connection.scalars(select(filing.filing_id).where(same).order_by(filing.first_seen_at)))


def filing_report(connection: Connection, filing_id: str) -> FilingReport | None:
    """The filing with its lines, their printed figures and their checks; None where there is no such filing."""
    found = _rows(connection, "SELECT * FROM v_filings WHERE filing_id = :id", filing_id)
    if not found:
        return None
    facts = FilingFacts(**{name: found[0][name] for name in FilingFacts.__dataclass_fields__})
    return FilingReport(facts, tuple(_lines(connection, filing_id)))


def totals(connection: Connection) -> Totals:
    """The counts of the whole database."""
    filings = text("SELECT status, COUNT(*) FROM v_filings GROUP BY status ORDER BY status")
    lines = text(
        "SELECT status, COUNT(DISTINCT estimate_id) FROM "
        "(SELECT status, estimate_id FROM v_estimates UNION ALL SELECT status, estimate_id FROM v_held) l "
        "GROUP BY status ORDER BY status"
    )
    return Totals(
        tuple(Count(status, number) for status, number in connection.execute(filings)),
        tuple(Count(status, number) for status, number in connection.execute(lines)),
    )


_LINES = """
SELECT {columns}, NULL AS reasons FROM v_estimates WHERE filing_id = :id
UNION ALL
SELECT {columns}, reasons FROM v_held WHERE filing_id = :id
ORDER BY table_number, line_number, commodity
"""
_COLUMNS = (
    "estimate_id, table_number, line_number, page, label, estimate_type, category, zone, material, is_total, status, "
    "source_text, tonnage, tonnage_printed, tonnage_unit, commodity, grade, grade_printed, grade_unit, contained, "
    "contained_printed, contained_unit"
)


def _rows(connection: Connection, query: str, filing_id: str) -> list[RowMapping]:
    return list(connection.execute(text(query), {"id": filing_id}).mappings())


def _lines(connection: Connection, filing_id: str) -> Iterator[StatedLine]:
    checks = _checks(connection, filing_id)
    rows = _rows(connection, _LINES.format(columns=_COLUMNS), filing_id)
    for estimate_id, of_line in groupby(rows, key=lambda row: str(row["estimate_id"])):
        yield _line(list(of_line), checks.get(estimate_id, ()))


def _line(rows: list[RowMapping], checks: tuple[StatedCheck, ...]) -> StatedLine:
    first = rows[0]
    computed = ("is_total", "tonnage", "metals", "checks")
    metals = (row for row in rows if row["commodity"] is not None)
    return StatedLine(
        **{name: first[name] for name in StatedLine.__dataclass_fields__ if name not in computed},
        is_total=bool(first["is_total"]),
        tonnage=_figure(first, "tonnage"),
        metals=tuple(StatedMetal(m["commodity"], _figure(m, "grade"), _figure(m, "contained")) for m in metals),
        checks=checks,
    )


def _figure(row: RowMapping, name: str) -> StatedFigure | None:
    if row[name] is None:
        return None
    return StatedFigure(row[f"{name}_printed"], Decimal(str(row[name])), row[f"{name}_unit"])


def _checks(connection: Connection, filing_id: str) -> dict[str, tuple[StatedCheck, ...]]:
    query = "SELECT estimate_id, relation, outcome, commodity, explanation FROM v_checks WHERE filing_id = :id"
    found: dict[str, list[StatedCheck]] = {}
    for row in _rows(connection, query, filing_id):
        check = StatedCheck(row["relation"], row["outcome"], row["commodity"], row["explanation"])
        found.setdefault(str(row["estimate_id"]), []).append(check)
    return {estimate_id: tuple(checks) for estimate_id, checks in found.items()}
