"""A project's estimates: what is current, how they changed, and how they depend on the cut-off."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, RowMapping, text

from models.disclosure import Category

ON_A_PAGE = 60
MOST = 600
"""Rows of one page."""
LEAST_POINTS = 3
"""Cut-offs of a curve."""
_ORDER = {str(category): place for place, category in enumerate(Category)}
"""The categories as tables print them: reserves, then resources, the surest first."""

_LIST = """
SELECT project_id, project, issuer, printed_names, filings, first_date, last_date FROM v_projects
"""
_NAMED = "LOWER(printed_names || ' ' || COALESCE(project, '') || ' ' || COALESCE(issuer, '')) LIKE :word ESCAPE '!'"
_ESTIMATES = """
SELECT estimate_type, category, commodity, zone, material, is_total, tonnes, grade, grade_unit, contained,
       contained_unit, cutoff, as_of_date, status, estimate_id, filename, label, {more}
FROM {view} WHERE project_id = :id
ORDER BY estimate_type, commodity, category, zone, material, as_of_date DESC, estimate_id LIMIT :most
"""
_CURRENT = _ESTIMATES.format(view="v_current_estimates", more="held_lines, NULL AS change, NULL AS previous_date")
_HISTORY = _ESTIMATES.format(
    view="v_estimate_history",
    more="0 AS held_lines, tonnes_change_percent AS change, previous_as_of_date AS previous_date",
)
_CURVES = """
SELECT e.filing_id, e.filename, e.table_number, e.estimate_type, e.category, e.zone, e.material, e.commodity,
       e.cutoff_value, e.cutoff_unit, e.cutoff_commodity, e.tonnes, e.grade, e.grade_unit, e.estimate_id,
       l.as_of_date
FROM v_estimate_lines l
JOIN v_estimates e ON e.estimate_id = l.estimate_id AND e.filing_id = l.filing_id AND e.commodity = l.commodity
WHERE l.project_id = :id AND e.cutoff_value IS NOT NULL AND e.tonnes IS NOT NULL AND e.grade IS NOT NULL
ORDER BY l.as_of_date DESC, e.filing_id, e.table_number, e.estimate_type, e.category, e.zone, e.material, e.commodity,
         e.cutoff_unit, e.cutoff_value
LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A mine or project of an issuer, with its names as printed."""

    project_id: str
    project: str
    issuer: str | None
    printed_names: str | None
    filings: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate as it stood on a day; ``change`` is that of the tonnage in percent since ``previous_date``."""

    estimate_type: str | None
    category: str
    commodity: str | None
    zone: str | None
    material: str | None
    is_total: bool
    tonnes: Decimal | None
    grade: Decimal | None
    grade_unit: str | None
    contained: Decimal | None
    contained_unit: str | None
    cutoff: str | None
    as_of_date: str | None
    status: str
    estimate_id: str
    filename: str
    label: str
    held_lines: int
    change: Decimal | None
    previous_date: str | None

    @property
    def part(self) -> str:
        """The zone and material; empty for the whole project."""
        return ", ".join(filter(None, (self.zone, (self.material or "").replace("_", " "))))


@dataclass(frozen=True, slots=True)
class AtCutoff:
    """A line of a sensitivity table: tonnes and grade above a cut-off."""

    cutoff: Decimal
    tonnes: Decimal
    grade: Decimal
    estimate_id: str


@dataclass(frozen=True, slots=True)
class GradeTonnage:
    """How tonnage and grade of one estimate depend on the cut-off."""

    filename: str
    as_of_date: str | None
    category: str
    commodity: str
    part: str
    cutoff_unit: str
    grade_unit: str
    points: tuple[AtCutoff, ...]


def list_projects(connection: Connection, words: str) -> list[Project]:
    """The projects with this in their name or their issuer's, those with most filings first."""
    typed = "".join(f"!{c}" if c in "!%_" else c for c in words.lower().strip())
    where = f"WHERE {_NAMED}" if typed else ""
    order = " ORDER BY filings DESC, project LIMIT :most"
    given = {"most": ON_A_PAGE, **({"word": f"%{typed}%"} if typed else {})}
    return [_project(row) for row in connection.execute(text(_LIST + where + order), given).mappings()]


def find_project(connection: Connection, project_id: str) -> Project | None:
    """The project of this identity; None where there is none."""
    row = connection.execute(text(_LIST + "WHERE project_id = :id"), {"id": project_id}).mappings().first()
    return _project(row) if row else None


def current_estimates(connection: Connection, project_id: str) -> list[Estimate]:
    """The current estimates of a project; nothing is summed."""
    return _estimates(connection, _CURRENT, project_id)


def estimate_history(connection: Connection, project_id: str) -> list[Estimate]:
    """The estimates of a project, of each type, commodity and category the latest first."""
    return _estimates(connection, _HISTORY, project_id)


def grade_tonnage(connection: Connection, project_id: str) -> list[GradeTonnage]:
    """The curves of a project that have points enough, the latest first."""
    rows = connection.execute(text(_CURVES), {"id": project_id, "most": MOST}).mappings()
    curves = (_curve(list(same)) for _, same in groupby(rows, key=_subject))
    return [curve for curve in curves if len({point.cutoff for point in curve.points}) >= LEAST_POINTS]


def _project(row: RowMapping) -> Project:
    return Project(**{field.name: row[field.name] for field in fields(Project)})


def _estimates(connection: Connection, query: str, project_id: str) -> list[Estimate]:
    rows = connection.execute(text(query), {"id": project_id, "most": MOST}).mappings()
    return sorted(map(_estimate, rows), key=lambda e: (e.estimate_type or "", e.commodity or "", _ORDER[e.category]))


def _estimate(row: RowMapping) -> Estimate:
    numbers = {name: _exact(row[name]) for name in ("tonnes", "grade", "contained", "change")}
    return Estimate(**{**row, **numbers, "is_total": bool(row["is_total"])})


def _subject(row: RowMapping) -> tuple[object, ...]:
    names = ("filing_id", "table_number", "estimate_type", "category", "zone", "material", "commodity", "cutoff_unit")
    return tuple(row[name] for name in names)


def _curve(rows: list[RowMapping]) -> GradeTonnage:
    first = rows[0]
    cutoff = " ".join(filter(None, (first["cutoff_unit"], first["cutoff_commodity"])))
    return GradeTonnage(
        filename=first["filename"],
        as_of_date=first["as_of_date"],
        category=first["category"],
        commodity=first["commodity"],
        part=", ".join(filter(None, (first["zone"], (first["material"] or "").replace("_", " ")))),
        cutoff_unit=cutoff,
        grade_unit=first["grade_unit"] or "",
        points=tuple(
            AtCutoff(_number(row["cutoff_value"]), _number(row["tonnes"]), _number(row["grade"]), row["estimate_id"])
            for row in rows
        ),
    )


def _exact(value: object) -> Decimal | None:
    return None if value is None else _number(value)


def _number(value: object) -> Decimal:
    return Decimal(str(value))
