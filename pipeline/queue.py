"""The reviewer's queue: held lines that nobody has decided about, those first that withhold most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, RowMapping, text

_UNDECIDED = """
SELECT h.* FROM v_held h
WHERE NOT EXISTS (SELECT 1 FROM v_decisions d WHERE d.estimate_id = h.estimate_id AND NOT d.reopened)
ORDER BY h.filename, h.estimate_id, h.commodity
"""
_SUGGESTIONS = """
SELECT DISTINCT estimate_id, suggestion FROM v_checks
WHERE outcome = 'failed' AND suggestion IS NOT NULL ORDER BY estimate_id, suggestion
"""
_REOPENED = """
SELECT estimate_id, action, decided_by, why FROM v_decisions WHERE reopened ORDER BY decision_id
"""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A held line that waits for a decision.

    ``tonnes`` and ``contained_kg`` are what staff do not see while it is held; ``decided_before`` tells of a decision
    about figures that the line no longer has.
    """

    estimate_id: str
    filename: str
    page: int | None
    table_number: int
    line_number: int
    label: str
    category: str
    is_total: bool
    tonnes: float
    contained_kg: float
    figures: str
    reasons: str
    suggestions: tuple[str, ...]
    decided_before: str | None


def held_lines(connection: Connection) -> list[HeldLine]:
    """The held lines that nobody has decided about: totals first, then by tonnes, then by contained metal."""
    suggestions = _texts(connection, _SUGGESTIONS, "{suggestion}")
    before = _texts(connection, _REOPENED, "{action} by {decided_by}: {why}")
    rows = connection.execute(text(_UNDECIDED)).mappings()
    lines = [
        _line(list(of_line), tuple(suggestions.get(estimate_id, ())), before.get(estimate_id, [None])[-1])
        for estimate_id, of_line in groupby(rows, key=lambda row: str(row["estimate_id"]))
    ]
    return sorted(lines, key=_rank)


def told(line: HeldLine) -> Iterator[str]:
    """A held line as a reviewer reads it: where it is printed, its figures, why it is held, what would repair it."""
    page = f", page {line.page}" if line.page else ""
    total = ", total" if line.is_total else ""
    yield f"{line.estimate_id}  {line.filename}{page}, table {line.table_number}: {line.label or '(no label)'}"
    yield f"    {line.category}{total}: {line.figures}"
    yield from (f"    why: {reason}" for reason in line.reasons.splitlines())
    if line.suggestions:
        yield f"    would repair it: {'; '.join(line.suggestions)}"
    if line.decided_before:
        yield f"    decided before, when it had other figures: {line.decided_before}"


def _rank(line: HeldLine) -> tuple[object, ...]:
    return not line.is_total, -line.tonnes, -line.contained_kg, line.filename, line.table_number, line.line_number


def _texts(connection: Connection, query: str, form: str) -> dict[str, list[str | None]]:
    """The rows of each line, in words."""
    found: dict[str, list[str | None]] = {}
    for row in connection.execute(text(query)).mappings():
        found.setdefault(str(row["estimate_id"]), []).append(form.format(**row))
    return found


def _line(rows: list[RowMapping], suggestions: tuple[str | None, ...], decided_before: str | None) -> HeldLine:
    first = rows[0]
    named = ("estimate_id", "filename", "page", "table_number", "line_number", "label", "category")
    return HeldLine(
        **{name: first[name] for name in named},
        is_total=bool(first["is_total"]),
        tonnes=float(first["tonnes"] or 0),
        contained_kg=max(float(row["contained_kg"] or 0) for row in rows),
        figures="; ".join([_printed(first, "tonnage") or "no tonnage", *filter(None, map(_metal, rows))]),
        reasons=first["reasons"] or "",
        suggestions=tuple(filter(None, suggestions)),
        decided_before=decided_before,
    )


def _metal(row: RowMapping) -> str:
    figures = ", ".join(filter(None, (_printed(row, "grade"), _printed(row, "contained"))))
    return f"{row['commodity']} {figures}" if row["commodity"] else ""


def _printed(row: RowMapping, name: str) -> str:
    return f"{row[f'{name}_printed']} {row[f'{name}_unit']}" if row[f"{name}_printed"] else ""
