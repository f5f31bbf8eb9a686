"""Rows of filings that nobody filed: many projects over some years, each filing with one table of lines by zone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from models.columns import Record
from models.records import (
    CheckRecord,
    CutoffRecord,
    DateRecord,
    EstimateLineRecord,
    EstimateTableRecord,
    ExtractionRecord,
    FilingRecord,
    FindingRecord,
    FootnoteRecord,
    LineCutoffRecord,
    LineFigureRecord,
    LineMetalRecord,
    PersonRecord,
)
from pipeline.rows.identity import identity, person_id
from pipeline.rows.row import Row

LINES_A_FILING = 40
FILINGS_A_PROJECT = 5
PROJECTS_AN_ISSUER = 2
METALS = (("Au", "g/t", "koz"),) * 5 + (("Cu", "%", "Mlb"), ("Ag", "g/t", "Moz"), ("Zn", "%", "Mlb"))
CATEGORIES = ("measured", "indicated", "measured_indicated", "inferred")
PEOPLE = 4000
SYLLABLES = ["ba", "do", "ke", "li", "mu", "na", "po", "ra", "se", "ti", "va", "wo", "xe", "yu", "zi", "cho"]
NOWHERE = dict.fromkeys(("page", "x0", "top", "x1", "bottom", "span_start", "span_end"))


def surname(number: int) -> str:
    """A surname of its own for each number under 4,096: names are matched by their letters."""
    return "".join(SYLLABLES[number // 16**place % 16] for place in range(3)).title()


def filing_rows(number: int, chance: random.Random) -> Iterator[tuple[type[Record], Row]]:
    """The rows of every table that one filing fills, parents before children."""
    project, year = divmod(number, FILINGS_A_PROJECT)
    issuer = project // PROJECTS_AN_ISSUER
    filing_id, extraction_id = identity("filing", number), identity("extraction", number)
    filename = f"release-{number:06}.pdf"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    own: Row = {"extraction_id": extraction_id}
    said: Row = {"source_text": "as printed", **NOWHERE, "page": 1}
    found = {"filing_id": filing_id, "sha256": identity(number) * 4, "filename": filename, "byte_size": 100_000}
    yield FilingRecord, {**found, "source_uri": f"file:///filings/{filename}", "first_seen_at": now}
    yield (
        ExtractionRecord,
        {
            **own,
            "filing_id": filing_id,
            "extractor_version": "benchmark",
            "status": "extracted",
            "extracted_at": now,
            "issuer": f"Issuer {issuer:05} Mines Ltd.",
            "tickers": f"TSX:I{issuer:05}",
            "project": f"Project {project:05}",
            "title": f"Issuer {issuer:05} updates the estimate of Project {project:05}",
            "document_type": "news_release",
            "language": "en",
            "page_count": 6,
        },
    )
    yield DateRecord, {**own, "kind": "effective", "iso": f"{2019 + year}-12-31", **said}
    yield DateRecord, {**own, "kind": "release", "iso": f"{2020 + year}-02-15", **said}
    yield EstimateTableRecord, {**own, "table_number": 1, "caption": "Mineral Resources", "block": 1, **said}
    metal, grade_unit, metal_unit = METALS[project % len(METALS)]
    cutoff = {"value": Decimal("0.3"), "printed": "0.3", "unit": grade_unit, "commodity": metal, "operator": ">="}
    scope = dict.fromkeys(("estimate_types", "categories", "materials", "zones"), "")
    yield CutoffRecord, {**own, "number": 1, **cutoff, **scope, **said}
    name = f"Jane {surname(chance.randrange(PEOPLE))}"
    person = {"name": name, "person_id": person_id(name), "credentials": "P.Geo.", "independent": True}
    yield (
        PersonRecord,
        {**own, "number": 1, **person, "affiliation": f"Firm {project % 300}", "role": "resource", **said},
    )
    note = {"table_number": 1, "marker": "1", "text": "Mineral resources are not mineral reserves.", "kinds": "other"}
    yield FootnoteRecord, {**own, "number": 1, **note, "kind": "other", **said}
    if number % 7 == 0:
        missing = "no sentence says whether the data were verified; searched: 40 paragraphs"
        yield FindingRecord, {**own, "number": 1, "rule": "3.2", "severity": "M", "message": missing, **said}
    for n in range(LINES_A_FILING):
        yield from _line(n, filing_id, own, said, (metal, grade_unit, metal_unit), chance)


def _line(
    n: int, filing_id: str, own: Row, said: Row, metal: tuple[str, str, str], chance: random.Random
) -> Iterator[tuple[type[Record], Row]]:
    zone, category = divmod(n, len(CATEGORIES))
    name, grade_unit, metal_unit = metal
    line: Row = {**own, "estimate_id": identity(filing_id, n)}
    held = chance.random() < 0.02
    yield (
        EstimateLineRecord,
        {
            **line,
            "fingerprint": identity(n),
            "table_number": 1,
            "line_number": n + 1,
            "grid_row": n + 1,
            "grid_group": 0,
            "label": CATEGORIES[category],
            "estimate_type": "resource",
            "category": CATEGORIES[category],
            "zone": f"Zone {zone}" if zone else None,
            "is_total": CATEGORIES[category] == "measured_indicated",
            "marks": "",
            "status": "held" if held else "sound",
            "reasons": "contained metal does not follow from tonnes and grade" if held else None,
            **said,
        },
    )
    yield LineMetalRecord, {**line, "position": 1, "commodity": name}
    tonnes, grade = Decimal(chance.randrange(1, 90_000)), Decimal(chance.randrange(1, 400)) / 100
    figures = (
        (0, "tonnage", tonnes, "kt", tonnes * 1000),
        (1, "grade", grade, grade_unit, grade * (10_000 if grade_unit == "%" else 1)),
        (1, "contained", tonnes * grade, metal_unit, tonnes * grade * 31),
    )
    for position, role, value, unit, canonical in figures:
        figure = {"printed": str(value), "value": value, "step": Decimal(1), "approximate": False, "unit": unit}
        place = {"position": position, "role": role, "printing": 1}
        yield LineFigureRecord, {**line, **place, **figure, "canonical": canonical, **said}
    yield LineCutoffRecord, {**line, "cutoff_number": 1}
    check: Row = dict.fromkeys(
        ("reported", "reported_low", "reported_high", "low", "high", "unit", "cause", "suggestion")
    )
    outcome = {"outcome": "failed" if held else "passed", "arithmetic": True, "explanation": "tonnes and grade"}
    yield CheckRecord, {**check, **line, "number": n + 1, "commodity": name, "relation": "contained_metal", **outcome}
