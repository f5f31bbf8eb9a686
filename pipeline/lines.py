"""Estimate lines of a filing as the views state them, committed and held, with their figures and recomputations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Connection, RowMapping, bindparam, text

MOST = 2_000
"""Rows of one page."""

_COLUMNS = (
    "filing_id, filename, issuer, project, estimate_id, table_number, line_number, page, label, estimate_type, "
    "category, zone, material, is_total, status, source_text, read_by, assumptions, effective_date, commodity, "
    "tonnage, tonnage_printed, tonnage_unit, grade, grade_printed, grade_unit, contained, contained_printed, "
    "contained_unit"
)
_EITHER = """
SELECT {columns}, NULL AS reasons FROM v_estimates WHERE filing_id = :filing{only}
UNION ALL
SELECT {columns}, reasons FROM v_held WHERE filing_id = :filing{only}
ORDER BY table_number, line_number, estimate_id, commodity
"""
_ALL = text(_EITHER.format(columns=_COLUMNS, only=""))
_SOME = text(_EITHER.format(columns=_COLUMNS, only=" AND estimate_id IN :lines") + "LIMIT :most").bindparams(
    bindparam("lines", expanding=True)
)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of a line: its digits as printed, its value and its unit.

    ``printed`` is empty where only a reviewer states it; ``corrected`` is the value as shown where one changed it.
    """

    printed: str
    value: Decimal
    unit: str
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class StatedMetal:
    """A commodity of a line; empty where the line states a tonnage only."""

    commodity: str
    grade: StatedFigure | None
    contained: StatedFigure | None


@dataclass(frozen=True, slots=True)
class StatedLine:
    """An estimate line; ``status`` is sound, unproven, accepted, corrected or held."""

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
    effective_date: str | None
    reasons: tuple[str, ...]
    tonnage: StatedFigure | None
    metals: tuple[StatedMetal, ...]

    @property
    def name(self) -> str:
        """The label, or the category where the row prints none."""
        return self.label or f"({self.category.replace('_', ' ')}, no label)"


@dataclass(frozen=True, slots=True)
class StatedCheck:
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


CHECKED = ", ".join(StatedCheck.__dataclass_fields__)
"""The columns of v_checks that a recomputation is made of."""


def all_lines_of(connection: Connection, filing_id: str) -> list[StatedLine]:
    """Every line of a filing, in printed order."""
    return _lines(connection.execute(_ALL, {"filing": filing_id}).mappings())


def lines_of(connection: Connection, filing_id: str, estimate_ids: Iterable[str]) -> list[StatedLine]:
    """These lines of a filing, in printed order, as many as a page shows."""
    asked = {"filing": filing_id, "lines": list(estimate_ids), "most": MOST}
    return _lines(connection.execute(_SOME, asked).mappings())


def stated_check(row: RowMapping) -> StatedCheck:
    """The recomputation that a row of v_checks states."""
    numbers = ("reported", "reported_low", "reported_high", "low", "high")
    exact = {name: None if row[name] is None else Decimal(str(row[name])) for name in numbers}
    return StatedCheck(**{**{name: row[name] for name in StatedCheck.__dataclass_fields__}, **exact})


def _lines(rows: Iterable[RowMapping]) -> list[StatedLine]:
    return [_line(list(of_line)) for _, of_line in groupby(rows, key=lambda row: row["estimate_id"])]


def _line(rows: list[RowMapping]) -> StatedLine:
    first = rows[0]
    made = ("is_total", "reasons", "tonnage", "metals")
    return StatedLine(
        **{name: first[name] for name in StatedLine.__dataclass_fields__ if name not in made},
        is_total=bool(first["is_total"]),
        reasons=tuple((first["reasons"] or "").splitlines()),
        tonnage=_figure(first, "tonnage"),
        metals=tuple(
            StatedMetal(row["commodity"] or "", _figure(row, "grade"), _figure(row, "contained")) for row in rows
        ),
    )


def _figure(row: RowMapping, name: str) -> StatedFigure | None:
    if row[name] is None:
        return None
    value, printed, unit = Decimal(str(row[name])), row[f"{name}_printed"], row[f"{name}_unit"]
    corrected = row["status"] == "corrected" and (printed is None or not _same(printed, value))
    return StatedFigure(printed or "", value, unit or "", f"{value.normalize():,f}" if corrected else None)


def _same(printed: str, value: Decimal) -> bool:
    """Whether the digits are those of the value; the style of a foreign number is not known here."""
    digits = "".join(c for c in printed if c.isdigit()).lstrip("0")
    return digits.rstrip("0") == "".join(c for c in f"{value:f}" if c.isdigit()).strip("0")
