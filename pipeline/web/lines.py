"""What a reviewer sees beside an estimate line: how it was recomputed, how it came to be, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, RowMapping, text

from pipeline.lines import CHECKED, MOST, StatedCheck, StatedLine, lines_of, stated_check

_FILING_OF = """
SELECT filing_id FROM v_estimates WHERE estimate_id = :line
UNION SELECT filing_id FROM v_held WHERE estimate_id = :line
"""
_CHECKS = f"""
SELECT {CHECKED}
FROM v_checks WHERE filing_id = :filing AND estimate_id = :line
ORDER BY CASE outcome WHEN 'failed' THEN 0 WHEN 'passed' THEN 1 ELSE 2 END, relation, commodity LIMIT :most
"""  # noqa: S608 - constants only
_VERSIONS = """
SELECT extractor_version, extracted_at, superseded_at, label, category, status, figures_id, tonnage_printed,
       tonnage_unit, commodity, grade_printed, grade_unit, contained_printed, contained_unit
FROM v_line_versions WHERE filing_id = :filing AND estimate_id = :line
ORDER BY extracted_at DESC, extractor_version, commodity LIMIT :most
"""
_DECISIONS = """
SELECT d.decision_id, d.action, d.decided_by, d.decided_at, d.why, d.reopened,
       c.field, c.commodity, c.value, c.unit
FROM v_decisions d LEFT JOIN v_corrections c ON c.decision_id = d.decision_id
WHERE d.filing_id = :filing AND d.estimate_id = :line
ORDER BY d.decision_id DESC, c.field, c.commodity LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of the program read of a line."""

    extractor_version: str
    extracted_at: datetime | str
    superseded_at: datetime | str | None
    status: str
    figures: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a line; ``reopened`` where its figures have changed since."""

    decision_id: int
    action: str
    decided_by: str
    decided_at: datetime | str
    why: str
    reopened: bool
    corrections: tuple[str, ...]


def find_line(connection: Connection, estimate_id: str) -> StatedLine | None:
    """The line of this identity; None where there is none."""
    filing_id = connection.scalar(text(_FILING_OF), {"line": estimate_id})
    found = lines_of(connection, filing_id, [estimate_id]) if filing_id else []
    return found[0] if found else None


def checks_of(connection: Connection, line: StatedLine) -> list[StatedCheck]:
    """The recomputations of a line: what failed first, then what passed, then what could not be tried."""
    return [stated_check(row) for row in _about(connection, _CHECKS, line)]


def versions_of(connection: Connection, line: StatedLine) -> list[Version]:
    """Every reading of a line, the latest first; ``changed`` where it is other than the one before it."""
    rows = _about(connection, _VERSIONS, line)
    readings = [list(same) for _, same in groupby(rows, key=lambda row: row["extractor_version"])]
    before = [reading[0]["figures_id"] for reading in readings[1:]]
    return [
        _version(reading, changed=index < len(before) and before[index] != reading[0]["figures_id"])
        for index, reading in enumerate(readings)
    ]


def decisions_of(connection: Connection, line: StatedLine) -> list[Decided]:
    """The decisions about a line, the latest first."""
    rows = _about(connection, _DECISIONS, line)
    return [_decided(list(same)) for _, same in groupby(rows, key=lambda row: row["decision_id"])]


def _about(connection: Connection, query: str, line: StatedLine) -> list[RowMapping]:
    asked = {"filing": line.filing_id, "line": line.estimate_id, "most": MOST}
    return list(connection.execute(text(query), asked).mappings())


def _version(rows: list[RowMapping], *, changed: bool) -> Version:
    first = rows[0]
    figures = "; ".join(filter(None, (_printed(first, "tonnage"), *map(_metal, rows))))
    named = ("extractor_version", "extracted_at", "superseded_at", "status")
    return Version(**{name: first[name] for name in named}, figures=figures, changed=changed)


def _metal(row: RowMapping) -> str:
    said = " ".join(filter(None, (_printed(row, "grade"), _printed(row, "contained"))))
    return f"{row['commodity']} {said}" if row["commodity"] else ""


def _printed(row: RowMapping, name: str) -> str:
    return f"{row[f'{name}_printed']} {row[f'{name}_unit']}" if row[f"{name}_printed"] else ""


def _decided(rows: list[RowMapping]) -> Decided:
    first = rows[0]
    named = ("decision_id", "action", "decided_by", "decided_at", "why")
    return Decided(
        **{name: first[name] for name in named},
        reopened=bool(first["reopened"]),
        corrections=tuple(filter(None, map(_correction, rows))),
    )


def _correction(row: RowMapping) -> str:
    if row["field"] is None:
        return ""
    return " ".join(filter(None, (row["field"], row["commodity"], row["value"], row["unit"])))


def words(names: Iterable[str | None]) -> Iterator[str]:
    """Names of the program as a reader's words: measured_indicated, measured + indicated."""
    joins = {"proven_probable": "proven + probable", "measured_indicated": "measured + indicated"}
    for name in filter(None, names):
        yield joins.get(name, name.replace("_", " ").replace("+", " + "))
