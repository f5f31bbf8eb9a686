"""What a run report tells: the filings of a run, their lines by state, what they change, what is held, what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, bindparam, text

from models.disclosure import Category
from pipeline.ledger import Run, RunFiling, find_run, last_runs, run_filings
from pipeline.queries import Count
from pipeline.queue import HeldLine, Waiting, held_lines

SHOWN = 300
"""Rows of one table of the page: a first run over an archive must still give a page that opens."""
STATES = ("sound", "unproven", "accepted", "corrected", "held")
"""The states of lines in the order of the picture."""

_AT_ONCE = 500
"""How many filings one question is about; SQLite takes 32,766 values at most (its limits, item 9)."""
_CATEGORIES = [str(category) for category in Category]

_PLACES = "SELECT source_uri, filing_id FROM v_locations WHERE source_uri IN :wanted"
_FILINGS = "SELECT filing_id, filename, issuer, project, title, release_date FROM v_filings WHERE filing_id IN :wanted"
_LINES = """
SELECT filing_id, status, COUNT(DISTINCT estimate_id) AS number FROM (
    SELECT filing_id, status, estimate_id FROM v_estimates WHERE filing_id IN :wanted
    UNION ALL SELECT filing_id, status, estimate_id FROM v_held WHERE filing_id IN :wanted) l
GROUP BY filing_id, status
"""
_CHANGES = """
SELECT issuer, project, estimate_type, category, commodity, zone, material, as_of_date, previous_as_of_date, tonnes,
       previous_tonnes, tonnes_change_percent, grade, grade_unit, previous_grade_ppm, grade_ppm_change,
       contained_change_percent, cutoff, previous_cutoff, filename, page, estimate_id
FROM v_estimate_history
WHERE filing_id IN :wanted AND (tonnes_change <> 0 OR grade_ppm_change <> 0 OR contained_kg_change <> 0)
"""
_HELD = """
SELECT filing_id, estimate_id, MAX(CASE WHEN is_total THEN 1 ELSE 0 END) AS total, MAX(COALESCE(tonnes, 0)) AS tonnes
FROM v_held WHERE filing_id IN :wanted GROUP BY filing_id, estimate_id
"""


@dataclass(frozen=True, slots=True)
class ReadFiling:
    """A filing that the run read; ``outcome`` is new or re_extracted, ``lines`` are its estimate lines by state."""

    filing_id: str
    filename: str
    issuer: str | None
    project: str | None
    title: str | None
    release_date: str | None
    outcome: str
    lines: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An estimate of the run beside the previous one; tonnes are metric, changes in percent of the previous figure."""

    issuer: str | None
    project: str | None
    estimate_type: str | None
    category: str
    commodity: str | None
    zone: str | None
    material: str | None
    as_of_date: str | None
    previous_as_of_date: str | None
    tonnes: Decimal | None
    previous_tonnes: Decimal | None
    tonnes_change_percent: Decimal | None
    grade: Decimal | None
    grade_unit: str | None
    previous_grade_ppm: Decimal | None
    grade_ppm_change: Decimal | None
    contained_change_percent: Decimal | None
    cutoff: str | None
    previous_cutoff: str | None
    filename: str
    page: int | None
    estimate_id: str

    @property
    def grade_change_percent(self) -> Decimal | None:
        """Change in grade in percent of the previous one."""
        if self.grade_ppm_change is None or not self.previous_grade_ppm:
            return None
        return 100 * self.grade_ppm_change / self.previous_grade_ppm


@dataclass(frozen=True, slots=True)
class RunReport:
    """All that the report of a run tells, as the database stands at ``made_at``.

    ``held`` are the lines that a reviewer should see first, of ``held_count``; totals come first, then most tonnes.
    """

    run: Run
    made_at: datetime
    filings: tuple[ReadFiling, ...]
    lines: tuple[Count, ...]
    changes: tuple[Change, ...]
    held: tuple[HeldLine, ...]
    held_count: int
    failed: tuple[RunFiling, ...]


def run_report(connection: Connection, run_id: int | None = None) -> RunReport | None:
    """The report of this run, or of the last one; None where there is no such run."""
    run = next(iter(last_runs(connection, 1)), None) if run_id is None else find_run(connection, run_id)
    if run is None:
        return None
    done = run_filings(connection, run.run_id)
    filings = _filings(connection, {file.source_uri: file.outcome for file in done if file.outcome != "failed"})
    ids = [filing.filing_id for filing in filings]
    held = _held(connection, ids)
    return RunReport(
        run=run,
        made_at=datetime.now(UTC),
        filings=filings,
        lines=_by_state(count for filing in filings for count in filing.lines),
        changes=_changes(connection, ids),
        held=tuple(held_lines(connection, held[:SHOWN])),
        held_count=len(held),
        failed=tuple(file for file in done if file.outcome == "failed"),
    )


def _filings(connection: Connection, outcomes: dict[str, str]) -> tuple[ReadFiling, ...]:
    """The filings that lie at these addresses now, by issuer and project."""
    places = _rows(connection, _PLACES, list(outcomes))
    became = {str(row["filing_id"]): outcomes[row["source_uri"]] for row in places}
    lines: dict[str, list[Count]] = {}
    for row in _rows(connection, _LINES, list(became)):
        lines.setdefault(row["filing_id"], []).append(Count(row["status"], row["number"]))
    found = (
        ReadFiling(**row, outcome=became[row["filing_id"]], lines=_by_state(lines.get(row["filing_id"], ())))
        for row in _rows(connection, _FILINGS, list(became))
    )
    return tuple(sorted(found, key=lambda f: (f.issuer or "", f.project or "", f.release_date or "", f.filename)))


def _by_state(counts: Iterable[Count]) -> tuple[Count, ...]:
    """The sums of these counts, in the order of the picture."""
    numbers = dict.fromkeys(STATES, 0)
    for count in counts:
        numbers[count.status] += count.number
    return tuple(Count(status, number) for status, number in numbers.items() if number)


def _changes(connection: Connection, filings: Sequence[str]) -> tuple[Change, ...]:
    changes = [_change(row) for row in _rows(connection, _CHANGES, filings)]
    return tuple(sorted(changes, key=_subject))


def _change(row: RowMapping) -> Change:
    numbers = {field.name for field in fields(Change) if field.type.startswith("Decimal")}
    exact = {name: None if row[name] is None else Decimal(str(row[name])) for name in numbers}
    return Change(**{**row, **exact})


def _subject(change: Change) -> tuple[str | int, ...]:
    about = (change.issuer, change.project, change.estimate_type, change.commodity)
    part = (change.zone, change.material, change.as_of_date)
    return (*(word or "" for word in about), _CATEGORIES.index(change.category), *(word or "" for word in part))


def _held(connection: Connection, filings: Sequence[str]) -> list[Waiting]:
    rows = _rows(connection, _HELD, filings)
    rows.sort(key=lambda row: (-row["total"], -row["tonnes"], row["filing_id"], row["estimate_id"]))
    return [Waiting(row["filing_id"], row["estimate_id"]) for row in rows]


def _rows(connection: Connection, query: str, wanted: Sequence[str]) -> list[RowMapping]:
    """The answer for all that is wanted, some at a time."""
    asked = text(query).bindparams(bindparam("wanted", expanding=True))
    return [row for some in _parts(wanted) for row in connection.execute(asked, {"wanted": some}).mappings()]


def _parts(wanted: Sequence[str]) -> Iterator[Sequence[str]]:
    return (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
