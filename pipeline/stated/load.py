"""Reads what filings state, as the views show it to staff: with reviewers' decisions, without what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from sqlalchemy import Connection, RowMapping

from pipeline.rows.row import Row
from pipeline.rows.select import select_rows
from pipeline.stated.applied import Answering, AppliedCutoff, told_cutoffs, told_people
from pipeline.stated.standing import Place, Places, Scope, Stated, StatedFiling

TAKEN = (
    "estimate_id",
    "table_number",
    "line_number",
    "page",
    "label",
    "estimate_type",
    "category",
    "zone",
    "material",
    "commodity",
    "tonnage_unit",
    "grade_unit",
    "contained_unit",
    "effective_date",
    "release_date",
    "status",
)
"""The columns of v_estimates that are taken over as they are."""

NUMBERS = ("tonnage", "tonnes", "grade", "grade_ppm", "contained", "contained_kg")
"""Those that are exact numbers."""

EFFECTIVE = "effective"
"""What dates an estimate before the days on which it was released and reported."""


FILINGS = """
SELECT f.filing_id, f.release_date, f.effective_date, f.report_date, x.extraction_id, b.issuer_id, b.project_id
FROM v_filings f JOIN extractions x ON x.filing_id = f.filing_id AND x.superseded_at IS NULL
LEFT JOIN filing_subjects b ON b.extraction_id = x.extraction_id
WHERE f.filing_id IN :filings ORDER BY f.filing_id
"""
HELD = """
SELECT DISTINCT filing_id, estimate_id, estimate_type, zone, material, effective_date FROM v_held
WHERE filing_id IN :filings AND NOT is_earlier ORDER BY estimate_id
"""
_CUTOFF = ("cutoff_value", "cutoff_unit", "cutoff_commodity")
_LINES = f"""
SELECT filing_id, is_total, {", ".join((*TAKEN, *NUMBERS, *_CUTOFF))} FROM v_estimates
WHERE filing_id IN :filings AND NOT is_earlier
"""  # noqa: S608  names of our own columns
_CUTOFFS = """
SELECT estimate_id, value, value_max, unit, COALESCE(commodity, basis) AS subject FROM v_estimate_cutoffs
WHERE filing_id IN :filings ORDER BY estimate_id, value, unit, subject
"""
_PEOPLE = """
SELECT x.filing_id, p.name, p.role FROM persons p
JOIN extractions x ON x.extraction_id = p.extraction_id AND x.superseded_at IS NULL
WHERE x.filing_id IN :filings ORDER BY x.filing_id, p.number
"""
_DEPOSITS = """
SELECT x.filing_id, n.printed, k.entity_id FROM printed_names n
JOIN entity_keys k ON k.key_id = n.key_id
JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
WHERE x.filing_id IN :filings AND n.kind = 'deposit'
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A filing of a project with its lines as the views show them, and what applies to each."""

    stated: StatedFiling
    extraction_id: str
    dated_by: str | None
    issuer_id: str | None
    project_id: str | None
    deposits: dict[str, str]
    lines: tuple[RowMapping, ...]
    cutoffs: dict[str, str | None]
    people: tuple[Answering, ...]

    def rows(self, places: Places) -> Iterator[Row]:
        """The rows of its stated estimates."""
        people = {kind: told_people(self.people, kind) for kind in {line["estimate_type"] for line in self.lines}}
        for line, stated in zip(self.lines, self.stated.lines, strict=True):
            yield {
                **{name: line[name] for name in TAKEN},
                **{name: exact(line[name]) for name in NUMBERS},
                "is_total": bool(line["is_total"]),
                "position": stated.position,
                "filing_id": self.stated.filing_id,
                "extraction_id": self.extraction_id,
                "issuer_id": self.issuer_id,
                "project_id": self.project_id,
                "deposit_id": self.deposits.get(line["zone"]),
                "as_of_date": self.stated.day(stated.scope),
                "dated_by": EFFECTIVE if stated.scope in self.stated.effective else self.dated_by,
                **place_columns(places[stated.key]),
                "cutoff": self.cutoffs.get(line["estimate_id"]),
                "qualified_persons": people[line["estimate_type"]],
            }


def place_columns(place: Place) -> Row:
    """The columns of a stated estimate that tell what became of it."""
    previous_id, previous_position = place.previous or (None, None)
    return {
        "standing": place.standing,
        "superseded_by": place.superseded_by,
        "later_filing_id": place.later,
        "is_headline": place.is_headline,
        "alternatives": place.alternatives,
        "held_lines": place.held,
        "previous_estimate_id": previous_id,
        "previous_position": previous_position,
    }


def load(connection: Connection, filings: Collection[str]) -> Iterator[Source]:
    """The filings that have been read, with all that their current extractions state."""
    lines, deposits = (rows_by("filing_id", connection, query, filings) for query in (_LINES, _DEPOSITS))
    held, people = (rows_by("filing_id", connection, query, filings) for query in (HELD, _PEOPLE))
    cutoffs = rows_by("estimate_id", connection, _CUTOFFS, filings)
    told = {estimate_id: told_cutoffs(map(_cutoff, rows)) for estimate_id, rows in cutoffs.items()}
    for filing_id, (facts, *_) in rows_by("filing_id", connection, FILINGS, filings).items():
        ordered = sorted(lines[filing_id], key=_printed_order)
        yield Source(
            stated=stated_filing(facts, ordered, _stated(ordered), held[filing_id]),
            extraction_id=facts["extraction_id"],
            dated_by=_dated_by(facts),
            issuer_id=facts["issuer_id"],
            project_id=facts["project_id"],
            deposits={row["printed"]: row["entity_id"] for row in deposits[filing_id]},
            lines=tuple(ordered),
            cutoffs=told,
            people=tuple(Answering(row["name"], row["role"]) for row in people[filing_id]),
        )


def rows_by(name: str, connection: Connection, query: str, filings: Collection[str]) -> dict[str, list[RowMapping]]:
    """The rows of these filings by what they have in the column of this name."""
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for row in select_rows(connection, query, filings=sorted(filings)):
        found[row[name]].append(row)
    return found


def stated_filing(
    facts: RowMapping, rows: Sequence[RowMapping], lines: Iterable[Stated], held: Sequence[RowMapping]
) -> StatedFiling:
    """A filing of a project with its lines and their rows, by a row of ``FILINGS`` and those of ``HELD``."""
    dated_by = _dated_by(facts)
    return StatedFiling(
        facts["filing_id"],
        facts[f"{dated_by}_date"] if dated_by else None,
        facts["release_date"] or facts["report_date"] or "",
        tuple(lines),
        tuple(map(_scope, held)),
        _effective((*rows, *held)),
    )


def _effective(rows: Iterable[RowMapping]) -> dict[Scope, str]:
    """The effective date of each scope that has one; of several the latest."""
    dates: dict[Scope, str] = {}
    for row in rows:
        if row["effective_date"]:
            scope = _scope(row)
            dates[scope] = max(dates.get(scope, ""), row["effective_date"])
    return dates


def _scope(row: RowMapping) -> Scope:
    return Scope(row["estimate_type"], row["zone"], row["material"])


def _dated_by(facts: RowMapping) -> str | None:
    """What dates estimates of which no effective date is known; the filing's own is then that of others."""
    return next((kind for kind in ("release", "report", EFFECTIVE) if facts[f"{kind}_date"]), None)


def exact(number: float | str | Decimal | None) -> Decimal | None:
    """A number of a view without the digits that only its type has: SQLite gives 1880000.0.

    None for one beyond SQLite's numbers, which gives infinity for 400 digits; the line's figures have the digits.
    """
    if number is None or (isinstance(number, float) and not isfinite(number)):
        return None
    return Decimal(f"{Decimal(str(number)).normalize():f}")


def _printed_order(line: RowMapping) -> tuple[int, int, str, str]:
    return line["table_number"], line["line_number"], line["estimate_id"], line["commodity"] or ""


def _stated(lines: Sequence[RowMapping]) -> Iterator[Stated]:
    """The lines with the commodities of each counted from 1."""
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        counts[line["estimate_id"]] += 1
        yield stated_line(line, counts[line["estimate_id"]])


def stated_line(line: RowMapping, position: int) -> Stated:
    """A commodity of a line, by a row that has its columns."""
    own = line["cutoff_value"]
    return Stated(
        line["estimate_id"],
        position,
        (line["table_number"], line["line_number"]),
        _scope(line),
        line["category"],
        line["commodity"],
        None if own is None else f"{exact(own)} {line['cutoff_unit']} {line['cutoff_commodity']}",
        (line["tonnes"], line["grade"], line["contained"]),
    )


def _cutoff(row: RowMapping) -> AppliedCutoff:
    return AppliedCutoff(exact(row["value"]) or Decimal(0), exact(row["value_max"]), row["unit"], row["subject"])
