"""The reviewer's queue: held lines that nobody has decided about, those first that withhold most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, RowMapping, bindparam, text

_WAITING = """
SELECT filing_id, estimate_id FROM v_queue
ORDER BY CASE WHEN is_total THEN 0 ELSE 1 END, COALESCE(tonnes, 0) DESC, COALESCE(contained_kg, 0) DESC,
         filename, table_number, line_number, estimate_id
"""
_OF_LINES = "filing_id IN :filings AND estimate_id IN :lines"
"""The filings narrow the search: what is read hangs below them."""
_HELD = f"SELECT * FROM v_held WHERE {_OF_LINES} ORDER BY estimate_id, commodity"  # noqa: S608 - constants only
_SUGGESTIONS = f"""
SELECT DISTINCT estimate_id, suggestion FROM v_checks
WHERE {_OF_LINES} AND outcome = 'failed' AND suggestion IS NOT NULL ORDER BY estimate_id, suggestion
"""  # noqa: S608 - constants only
_REOPENED = f"""
SELECT estimate_id, action, decided_by, why FROM v_decisions WHERE {_OF_LINES} AND reopened ORDER BY decision_id
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Waiting:
    """A held line that nobody has decided about, by its identities."""

    filing_id: str
    estimate_id: str


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A held line that waits for a decision, with what a reviewer needs to know.

    ``decided_before`` tells of a decision about figures that the line no longer has.
    """

    estimate_id: str
    filename: str
    page: int | None
    table_number: int
    line_number: int
    label: str
    category: str
    is_total: bool
    figures: str
    reasons: str
    suggestions: tuple[str, ...]
    decided_before: str | None


def waiting_lines(connection: Connection) -> list[Waiting]:
    """The held lines that nobody has decided about: totals first, then by tonnes, then by contained metal."""
    return [Waiting(filing_id, estimate_id) for filing_id, estimate_id in connection.execute(text(_WAITING))]


def held_lines(connection: Connection, waiting: Sequence[Waiting]) -> list[HeldLine]:
    """What there is to know of these lines, in their order."""
    if not waiting:
        return []
    suggestions = _texts(_of_lines(connection, _SUGGESTIONS, waiting), "{suggestion}")
    before = _texts(_of_lines(connection, _REOPENED, waiting), "{action} by {decided_by}: {why}")
    rows = _of_lines(connection, _HELD, waiting)
    found = {
        estimate_id: _line(list(same), tuple(suggestions.get(estimate_id, ())), before.get(estimate_id, [None])[-1])
        for estimate_id, same in groupby(rows, key=lambda row: str(row["estimate_id"]))
    }
    return [found[line.estimate_id] for line in waiting]


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


def _of_lines(connection: Connection, query: str, lines: Sequence[Waiting]) -> list[RowMapping]:
    """The rows about these lines."""
    listed = text(query).bindparams(bindparam("filings", expanding=True), bindparam("lines", expanding=True))
    asked = {"filings": list({line.filing_id for line in lines}), "lines": [line.estimate_id for line in lines]}
    return list(connection.execute(listed, asked).mappings())


def _texts(rows: Iterable[RowMapping], form: str) -> dict[str, list[str | None]]:
    """The rows of each line, in words."""
    found: dict[str, list[str | None]] = {}
    for row in rows:
        found.setdefault(str(row["estimate_id"]), []).append(form.format(**row))
    return found


def _line(rows: list[RowMapping], suggestions: tuple[str | None, ...], decided_before: str | None) -> HeldLine:
    first = rows[0]
    named = ("estimate_id", "filename", "page", "table_number", "line_number", "label", "category")
    return HeldLine(
        **{name: first[name] for name in named},
        is_total=bool(first["is_total"]),
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
