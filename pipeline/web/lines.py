"""An estimate line as a reviewer sees it: what it says, how it was recomputed, and how it came to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, RowMapping, bindparam, text

MOST = 2_000
"""Rows of one page."""

_COLUMNS = (
    "filing_id, filename, issuer, project, estimate_id, table_number, line_number, page, label, estimate_type, "
    "category, zone, material, is_total, status, source_text, read_by, assumptions, commodity, tonnage, "
    "tonnage_printed, tonnage_unit, grade, grade_printed, grade_unit, contained, contained_printed, contained_unit"
)
_EITHER = f"""
SELECT {_COLUMNS}, NULL AS reasons FROM v_estimates WHERE filing_id = :filing AND estimate_id IN :lines
UNION ALL
SELECT {_COLUMNS}, reasons FROM v_held WHERE filing_id = :filing AND estimate_id IN :lines
ORDER BY table_number, line_number, estimate_id, commodity LIMIT :most
"""  # noqa: S608 - constants only
_FILING_OF = """
SELECT filing_id FROM v_estimates WHERE estimate_id = :line
UNION SELECT filing_id FROM v_held WHERE estimate_id = :line
"""
_CHECKS = """
SELECT relation, outcome, commodity, reported, reported_low, reported_high, low, high, unit, explanation, cause,
       suggestion
FROM v_checks WHERE filing_id = :filing AND estimate_id = :line
ORDER BY CASE outcome WHEN 'failed' THEN 0 WHEN 'passed' THEN 1 ELSE 2 END, relation, commodity LIMIT :most
"""
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
class ShownFigure:
    """A figure with its unit: the printed digits, and the value where a reviewer corrected them."""

    printed: str
    unit: str
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class ShownMetal:
    """A commodity of a line; empty where the line states a tonnage only."""

    commodity: str
    grade: ShownFigure | None
    contained: ShownFigure | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """An estimate line, committed or held."""

    filing_id: str
    filename: str
    issuer: str | None
    project: str | None
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
    source_text: str
    read_by: str
    assumptions: str | None
    reasons: tuple[str, ...]
    tonnage: ShownFigure | None
    metals: tuple[ShownMetal, ...]

    @property
    def name(self) -> str:
        """The label, or the category where the row prints none."""
        return self.label or f"({self.category.replace('_', ' ')}, no label)"


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One recomputation, with the interval of the printed figure and the one that the other figures allow."""

    relation: str
    outcome: str
    commodity: str | None
    reported: Decimal | None
    reported_low: Decimal | None
    reported_high: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    explanation: str
    cause: str | None
    suggestion: str | None


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


def lines_of(connection: Connection, filing_id: str, estimate_ids: Iterable[str]) -> list[ShownLine]:
    """These lines of a filing, in printed order."""
    query = text(_EITHER).bindparams(bindparam("lines", expanding=True))
    asked = {"filing": filing_id, "lines": list(estimate_ids), "most": MOST}
    rows = connection.execute(query, asked).mappings()
    return [_line(list(of_line)) for _, of_line in groupby(rows, key=lambda row: row["estimate_id"])]


def find_line(connection: Connection, estimate_id: str) -> ShownLine | None:
    """The line of this identity; None where there is none."""
    filing_id = connection.scalar(text(_FILING_OF), {"line": estimate_id})
    found = lines_of(connection, filing_id, [estimate_id]) if filing_id else []
    return found[0] if found else None


def checks_of(connection: Connection, line: ShownLine) -> list[ShownCheck]:
    """The recomputations of a line: what failed first, then what passed, then what could not be tried."""
    return [ShownCheck(**{**row, **_numbers(row)}) for row in _about(connection, _CHECKS, line)]


def versions_of(connection: Connection, line: ShownLine) -> list[Version]:
    """Every reading of a line, the latest first; ``changed`` where it is other than the one before it."""
    rows = _about(connection, _VERSIONS, line)
    readings = [list(same) for _, same in groupby(rows, key=lambda row: row["extractor_version"])]
    before = [reading[0]["figures_id"] for reading in readings[1:]]
    return [
        _version(reading, changed=index < len(before) and before[index] != reading[0]["figures_id"])
        for index, reading in enumerate(readings)
    ]


def decisions_of(connection: Connection, line: ShownLine) -> list[Decided]:
    """The decisions about a line, the latest first."""
    rows = _about(connection, _DECISIONS, line)
    return [_decided(list(same)) for _, same in groupby(rows, key=lambda row: row["decision_id"])]


def _about(connection: Connection, query: str, line: ShownLine) -> list[RowMapping]:
    asked = {"filing": line.filing_id, "line": line.estimate_id, "most": MOST}
    return list(connection.execute(text(query), asked).mappings())


def _line(rows: list[RowMapping]) -> ShownLine:
    first = rows[0]
    made = ("is_total", "reasons", "tonnage", "metals")
    return ShownLine(
        **{name: first[name] for name in ShownLine.__dataclass_fields__ if name not in made},
        is_total=bool(first["is_total"]),
        reasons=tuple((first["reasons"] or "").splitlines()),
        tonnage=_figure(first, "tonnage"),
        metals=tuple(
            ShownMetal(row["commodity"] or "", _figure(row, "grade"), _figure(row, "contained")) for row in rows
        ),
    )


def _figure(row: RowMapping, name: str) -> ShownFigure | None:
    value, printed, unit = row[name], row[f"{name}_printed"], row[f"{name}_unit"]
    if value is None:
        return None
    said = f"{Decimal(str(value)).normalize():,f}"
    corrected = row["status"] == "corrected" and (printed is None or not _same(printed, value))
    return ShownFigure(printed or "", unit or "", said if corrected else None)


def _same(printed: str, value: object) -> bool:
    """Whether the digits are those of the value; the style of a foreign number is not known here."""
    digits = "".join(c for c in printed if c.isdigit()).lstrip("0")
    return digits.rstrip("0") == "".join(c for c in f"{Decimal(str(value)):f}" if c.isdigit()).strip("0")


def _numbers(row: RowMapping) -> dict[str, Decimal | None]:
    names = ("reported", "reported_low", "reported_high", "low", "high")
    return {name: None if row[name] is None else Decimal(str(row[name])) for name in names}


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
