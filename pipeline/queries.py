"""Reads back what was committed: one filing with its lines, and the counts of the whole database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, or_, select, text

from models.records.filings import FilingRecord
from pipeline.lines import CHECKED, StatedCheck, StatedLine, all_lines_of, stated_check


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
class CheckedLine:
    """An estimate line with its recomputations."""

    line: StatedLine
    checks: tuple[StatedCheck, ...]


@dataclass(frozen=True, slots=True)
class FilingReport:
    """A filing with its estimate lines in printed order."""

    filing: FilingFacts
    lines: tuple[CheckedLine, ...]


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


def _rows(connection: Connection, query: str, filing_id: str) -> list[RowMapping]:
    return list(connection.execute(text(query), {"id": filing_id}).mappings())


def _lines(connection: Connection, filing_id: str) -> Iterator[CheckedLine]:
    query = f"SELECT estimate_id, {CHECKED} FROM v_checks WHERE filing_id = :id"  # noqa: S608 - constants only
    checks: dict[str, list[StatedCheck]] = {}
    for row in _rows(connection, query, filing_id):
        checks.setdefault(str(row["estimate_id"]), []).append(stated_check(row))
    for line in all_lines_of(connection, filing_id):
        yield CheckedLine(line, tuple(checks.get(line.estimate_id, ())))
