"""Rows of filings that nobody filed: many projects over some years, each filing with one table of lines by zone.

Each has lines of stockpiles and lines at a higher cut-off, and a claim; some lack a qualified person: so that every
question of research staff finds something.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from models.columns import Record
from models.records.context import CutoffRecord, FootnoteRecord, LineCutoffRecord, PersonRecord
from models.records.estimates import (
    CheckRecord,
    EstimateLineRecord,
    EstimateTableRecord,
    LineFigureRecord,
    LineMetalRecord,
)
from models.records.filings import DateRecord, ExtractionRecord, FilingRecord
from models.records.findings import ClaimRecord, FindingRecord
from pipeline.rows.identity import identity, person_id
from pipeline.rows.row import Row

LINES_A_FILING = 40
FILINGS_A_PROJECT = 5
PROJECTS_AN_ISSUER = 2
METALS = (("Au", "g/t", "koz"),) * 5 + (("Cu", "%", "Mlb"), ("Ag", "g/t", "Moz"), ("Zn", "%", "Mlb"))
CATEGORIES = ("measured", "indicated", "measured_indicated", "inferred")
RESERVES = ("proven", "probable", "proven_probable", "unclassified")
STOCKPILES, HIGHER_CUTOFF = 8, 9
"""Which of the ten groups of lines are not those of a zone."""
WITH_A_CURVE = 14
"""Each such project states the whole by cut-offs only."""
FIRST_YEAR, YEARS = 2004, 18
PEOPLE = 4000
SYLLABLES = ["ba", "do", "ke", "li", "mu", "na", "po", "ra", "se", "ti", "va", "wo", "xe", "yu", "zi", "cho"]

Made = tuple[type[Record], Row]
Units = tuple[str, str, str]
"""A metal with the units of its grade and of what is contained."""

SAID: Row = {
    "source_text": "as printed",
    **dict.fromkeys(("x0", "top", "x1", "bottom", "span_start", "span_end")),
    "page": 1,
}
"""Where each thing is printed."""
NOTHING_CLAIMED: Row = dict.fromkeys(column.name for column in ClaimRecord.__table__.columns)
NOTHING_COMPARED: Row = dict.fromkeys(
    ("reported", "reported_low", "reported_high", "low", "high", "unit", "cause", "suggestion")
)


def surname(number: int) -> str:
    """A surname of its own for each number under 4,096: names are matched by their letters."""
    return "".join(SYLLABLES[number // 16**place % 16] for place in range(3)).title()


def filing_rows(number: int, chance: random.Random) -> Iterator[Made]:
    """The rows of every table that one filing fills, parents before children."""
    project, year = divmod(number, FILINGS_A_PROJECT)
    own: Row = {"extraction_id": identity("extraction", number)}
    yield from _filing(number, project, own)
    yield from _dates(year + FIRST_YEAR + project % YEARS, own)
    yield EstimateTableRecord, {**own, "table_number": 1, "caption": "Mineral Resources", "block": 1, **SAID}
    units = METALS[project % len(METALS)]
    yield _cutoff(units, own)
    yield _person_or_finding(number, project, own, chance)
    claim = {"kind": "quantity", "text": "an inferred resource", "category": "inferred", "outcome": "agrees"}
    yield ClaimRecord, {**NOTHING_CLAIMED, **own, "number": 1, **claim, "explanation": "agrees with the table", **SAID}
    note = {"table_number": 1, "marker": "1", "text": "Mineral resources are not mineral reserves.", "kinds": "other"}
    yield FootnoteRecord, {**own, "number": 1, **note, "kind": "other", **SAID}
    if number % 7 == 0:
        missing = "no sentence says whether the data were verified; searched: 40 paragraphs"
        yield FindingRecord, {**own, "number": 1, "rule": "3.2", "severity": "M", "message": missing, **SAID}
    for n in range(LINES_A_FILING):
        line: Row = {**own, "estimate_id": identity(identity("filing", number), n)}
        yield from _line(n, line, units, chance, at_cutoffs=project % WITH_A_CURVE == 0)


def _filing(number: int, project: int, own: Row) -> Iterator[Made]:
    filing_id, filename = identity("filing", number), f"release-{number:06}.pdf"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    found = {"filing_id": filing_id, "sha256": identity(number) * 4, "filename": filename, "byte_size": 100_000}
    yield FilingRecord, {**found, "source_uri": f"file:///filings/{filename}", "first_seen_at": now}
    issuer = f"{project // PROJECTS_AN_ISSUER:05}"
    named = {
        "issuer": f"Issuer {issuer} Mines Ltd.",
        "tickers": f"TSX:I{issuer}",
        "project": f"Project {project:05}",
        "title": f"Issuer {issuer} updates the estimate of Project {project:05}",
    }
    read = {"extractor_version": "benchmark", "status": "extracted", "extracted_at": now}
    kind = {"document_type": "news_release", "language": "en", "page_count": 6}
    yield ExtractionRecord, {**own, "filing_id": filing_id, **read, **named, **kind}


def _dates(year: int, own: Row) -> Iterator[Made]:
    yield DateRecord, {**own, "kind": "effective", "iso": f"{year}-12-31", **SAID}
    yield DateRecord, {**own, "kind": "release", "iso": f"{year + 1}-02-15", **SAID}


def _cutoff(units: Units, own: Row) -> Made:
    metal, grade_unit, _ = units
    cutoff = {"value": Decimal("0.3"), "printed": "0.3", "unit": grade_unit, "commodity": metal, "operator": ">="}
    scope = dict.fromkeys(("estimate_types", "categories", "materials", "zones"), "")
    return CutoffRecord, {**own, "number": 1, **cutoff, **scope, **SAID}


def _person_or_finding(number: int, project: int, own: Row, chance: random.Random) -> Made:
    """Who answers for the filing; of every fiftieth the finding that nobody is named."""
    if number % 50 == 0:
        missing = "no qualified person is named; searched: 40 paragraphs"
        return FindingRecord, {**own, "number": 2, "rule": "3.1", "severity": "H", "message": missing, **SAID}
    name = f"Jane {surname(chance.randrange(PEOPLE))}"
    person = {"name": name, "person_id": person_id(name), "credentials": "P.Geo.", "independent": True}
    firm = {"affiliation": f"Firm {project % 300}", "role": "resource"}
    return PersonRecord, {**own, "number": 1, **person, **firm, **SAID}


def _line(n: int, line: Row, units: Units, chance: random.Random, *, at_cutoffs: bool) -> Iterator[Made]:
    """One line with its figures, its cut-off and its check; ``at_cutoffs`` where the project states the whole so."""
    group, place_of = divmod(n, len(CATEGORIES))
    category = (RESERVES if group == STOCKPILES else CATEGORIES)[place_of]
    name, grade_unit, _ = units
    own_cutoff = _own_cutoff(group, name, grade_unit)
    at_own = group == HIGHER_CUTOFF or (at_cutoffs and not group)
    held = chance.random() < 0.02
    told = {
        "status": "held" if held else "sound",
        "reasons": "contained metal does not follow from tonnes and grade" if held else None,
    }
    place = {"fingerprint": identity(n), "table_number": 1, "line_number": n + 1, "grid_row": n + 1, "grid_group": 0}
    cutoff = own_cutoff if at_own else dict.fromkeys(own_cutoff)
    yield EstimateLineRecord, {**line, **place, **_label(group, category), **cutoff, "marks": "", **told, **SAID}
    yield LineMetalRecord, {**line, "position": 1, "commodity": name}
    yield from _figures(line, units, chance)
    if not at_own:
        yield LineCutoffRecord, {**line, "cutoff_number": 1}
    outcome = {"outcome": "failed" if held else "passed", "arithmetic": True, "explanation": "tonnes and grade"}
    relation = {"number": n + 1, "commodity": name, "relation": "contained_metal"}
    yield CheckRecord, {**NOTHING_COMPARED, **line, **relation, **outcome}


def _own_cutoff(group: int, metal: str, grade_unit: str) -> Row:
    printed = "0.5" if group == HIGHER_CUTOFF else "0.3"
    value = {"cutoff_value": Decimal(printed), "cutoff_printed": printed, "cutoff_operator": ">="}
    return {**value, "cutoff_unit": grade_unit, "cutoff_commodity": metal}


def _label(group: int, category: str) -> Row:
    """What a line is of: the whole, a zone, or stockpiles."""
    of_stockpiles = group == STOCKPILES
    return {
        "label": category,
        "estimate_type": "reserve" if of_stockpiles else "resource",
        "category": category,
        "zone": f"Zone {group}" if 0 < group < STOCKPILES else None,
        "material": "stockpile" if of_stockpiles else None,
        "is_total": category in ("measured_indicated", "proven_probable"),
    }


def _figures(line: Row, units: Units, chance: random.Random) -> Iterator[Made]:
    _, grade_unit, metal_unit = units
    tonnes, grade = Decimal(chance.randrange(1, 90_000)), Decimal(chance.randrange(1, 400)) / 100
    figures = (
        (0, "tonnage", tonnes, "kt", tonnes * 1000),
        (1, "grade", grade, grade_unit, grade * (10_000 if grade_unit == "%" else 1)),
        (1, "contained", tonnes * grade, metal_unit, tonnes * grade * 31),
    )
    for position, role, value, unit, canonical in figures:
        figure = {"printed": str(value), "value": value, "step": Decimal(1), "approximate": False, "unit": unit}
        place = {"position": position, "role": role, "printing": 1}
        yield LineFigureRecord, {**line, **place, **figure, "canonical": canonical, **SAID}
