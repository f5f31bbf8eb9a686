"""A reviewer's decisions about estimate lines: accept a line as printed, correct it, or reject it.

A decision never touches what was extracted. It is a row of its own that names the line and the figures it is about,
and the views show the line in its light for as long as the line has those figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from models.disclosure import Category, EstimateType, Material
from models.records.decisions import CorrectionRecord, DecisionRecord
from models.records.estimates import EstimateLineRecord, LineFigureRecord, LineMetalRecord
from models.records.filings import ExtractionRecord
from models.units import UNITS, Dimension, Unit
from pipeline.errors import DecisionError
from pipeline.rows.row import Row, materials
from pipeline.stated.refresh import refresh


class Action(StrEnum):
    """What a reviewer decides: the line stands as printed, stands with corrections, or does not stand."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"


class Field(StrEnum):
    """What of a line can be corrected."""

    TONNAGE = "tonnage"
    GRADE = "grade"
    CONTAINED = "contained"
    CATEGORY = "category"
    ESTIMATE_TYPE = "estimate_type"
    ZONE = "zone"
    MATERIAL = "material"


FIGURES = (Field.TONNAGE, Field.GRADE, Field.CONTAINED)

_TYPED = re.compile(r"(?P<field>\w+)(?::(?P<commodity>\w+))?\s*=(?P<value>.+)")
_IN_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a field should say.

    A figure is written "1880.5" or "1,880.5", and keeps its printed unit where none is given. ``commodity`` says whose
    grade or contained metal it is. Materials are joined with ``+``.
    """

    field: Field
    value: str
    unit: str | None = None
    commodity: str | None = None

    def __str__(self) -> str:
        """The correction as it was understood: "tonnage 3878 kt"."""
        value = f"{_number(self.value):f}" if self.field in FIGURES else self.value
        return " ".join(filter(None, (self.field, self.commodity, value, self.unit)))


@dataclass(frozen=True, slots=True)
class _Line:
    """The line that is decided about, as the current extraction has it; units by role and commodity."""

    filing_id: str
    fingerprint: str
    commodities: frozenset[str]
    units: dict[tuple[str, str], str]


def read_correction(text: str) -> Correction:
    """A correction as a reviewer types it: "tonnage=3,878 kt", "grade:WO3=0.27", "category=probable".

    Raises DecisionError where the text is of no such form.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        raise DecisionError(
            f"{text!r} is no correction: write FIELD=VALUE, or FIELD:COMMODITY=VALUE for grade and metal"
        )
    try:
        field = Field(match["field"])
    except ValueError:
        raise DecisionError(f"{match['field']!r} is no field: take one of {', '.join(Field)}") from None
    value = match["value"].strip()
    number, _, unit = value.partition(" ") if field in FIGURES else (value, "", "")
    return Correction(field, number, unit.strip() or None, match["commodity"])


def decide(
    connection: Connection, estimate_id: str, action: Action, who: str, why: str, corrections: Iterable[Correction] = ()
) -> int:
    """Records a decision about a current estimate line, and gives its number; it takes the place of earlier ones.

    Raises DecisionError where there is no such line, where who or why is missing, and where a correction is of no
    use: not a number, not a unit, a word outside the vocabulary, a commodity that the line does not have.
    """
    line = _line(connection, estimate_id)
    if not who.strip() or not why.strip():
        raise DecisionError(f"a decision about {estimate_id} needs the name of who decides, and a reason")
    rows = [_checked(correction, line) for correction in corrections]
    if (action is Action.CORRECT) != bool(rows):
        raise DecisionError(f"to {action} {estimate_id} takes {'a' if action is Action.CORRECT else 'no'} correction")
    about = {"filing_id": line.filing_id, "estimate_id": estimate_id, "fingerprint": line.fingerprint}
    said = {"action": action, "decided_by": who.strip(), "decided_at": datetime.now(UTC), "why": why.strip()}
    made = insert(DecisionRecord).values(**about, **said).returning(DecisionRecord.decision_id)
    decision_id = connection.execute(made).scalar_one()
    if rows:
        connection.execute(insert(CorrectionRecord), [{"decision_id": decision_id, **row} for row in rows])
    refresh(connection, line.filing_id)
    return decision_id


def _line(connection: Connection, estimate_id: str) -> _Line:
    line, extraction = EstimateLineRecord, ExtractionRecord
    found = connection.execute(
        select(extraction.filing_id, line.extraction_id, line.fingerprint)
        .join(extraction, extraction.extraction_id == line.extraction_id)
        .where(line.estimate_id == estimate_id, extraction.superseded_at.is_(None))
    ).first()
    if found is None:
        raise DecisionError(f"there is no estimate line {estimate_id}: v_estimates and v_held list them")
    metal, figure = LineMetalRecord, LineFigureRecord
    metals = connection.execute(
        select(metal.position, metal.commodity).where(
            metal.extraction_id == found.extraction_id, metal.estimate_id == estimate_id
        )
    )
    figures = connection.execute(
        select(figure.role, figure.position, figure.unit).where(
            figure.extraction_id == found.extraction_id, figure.estimate_id == estimate_id, figure.printing == 1
        )
    )
    names = {row.position: row.commodity for row in metals}
    units = {(role, names.get(position, "")): unit for role, position, unit in figures}
    return _Line(found.filing_id, found.fingerprint, frozenset(names.values()), units)


def _checked(correction: Correction, line: _Line) -> Row:
    if correction.field in FIGURES:
        return _figure(correction, line)
    return {
        "field": correction.field,
        "commodity": "",
        "value": _word(correction),
        "number": None,
        "unit": None,
        "canonical": None,
    }


def _figure(correction: Correction, line: _Line) -> Row:
    commodity = "" if correction.field is Field.TONNAGE else correction.commodity or ""
    if correction.field is not Field.TONNAGE and commodity not in line.commodities:
        raise DecisionError(f"the line has no commodity {commodity!r}: it has {', '.join(sorted(line.commodities))}")
    unit = _unit(correction, line.units.get((correction.field, commodity)))
    number = _number(correction.value)
    canonical = None if unit.factor is None else number * unit.factor
    if canonical is not None and correction.field is Field.TONNAGE:
        canonical /= 1000
    said = {"field": correction.field, "commodity": commodity, "value": correction.value}
    return {**said, "number": number, "unit": unit.symbol, "canonical": canonical}


def _unit(correction: Correction, printed: str | None) -> Unit:
    symbol = correction.unit or printed
    if symbol is None:
        raise DecisionError(f"the line prints no {correction.field}: a correction has to name its unit")
    unit = UNITS.get(symbol)
    wanted = Dimension.GRADE if correction.field is Field.GRADE else Dimension.MASS
    if unit is None or unit.dimension is not wanted:
        raise DecisionError(f"{symbol!r} is no unit of {correction.field}")
    return unit


def _number(text: str) -> Decimal:
    plain = text.replace(",", "") if _IN_THOUSANDS.fullmatch(text) else text
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise DecisionError(f"{text!r} is no number: write digits, a decimal point, commas in thousands") from None
    if not number.is_finite() or number < 0:
        raise DecisionError(f"{text!r} is no quantity of ore or metal")
    return number


def _word(correction: Correction) -> str:
    """The word as the views print it."""
    try:
        match correction.field:
            case Field.CATEGORY:
                return Category(correction.value)
            case Field.ESTIMATE_TYPE:
                return EstimateType(correction.value)
            case Field.MATERIAL:
                return materials(map(Material, correction.value.split("+"))) or ""
            case _:
                return correction.value
    except ValueError as error:
        raise DecisionError(f"{error}: the data dictionary lists the words of {correction.field}") from None
