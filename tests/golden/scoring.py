"""Scores a database against the truth of disclosures: lines exact, full, spurious and silent, layout by layout.

*Exact*: type, category, tonnes and every metal's grade and contained metal agree. *Full*: zone and material too.
*Spurious*: lines that are no estimate line of the document. *Silent*: committed lines, not held, that are wrong.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import regex
from sqlalchemy import Engine, text

from models.units import UNITS

Json = dict[str, Any]
SHORT_TON = UNITS["st"].factor


@dataclass
class Score:
    """Counts of one layout; rates are in percent."""

    documents: int = 0
    lines: int = 0
    found: int = 0
    exact: int = 0
    full: int = 0
    predicted: int = 0
    spurious: int = 0
    silent: int = 0

    def add(self, other: Score) -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def rate(self, part: str) -> float:
        whole = self.predicted if part == "spurious" else self.lines
        return round(100 * getattr(self, part) / whole, 1) if whole else 0.0


@dataclass(frozen=True)
class Line:
    """An estimate line of the database with its metals."""

    type: str | None
    category: str
    tonnes: float | None
    zone: str | None
    material: str | None
    held: bool
    metals: tuple[tuple[str, float | None, float | None], ...]
    """Commodity, grade in ppm (milligrams a litre as they are), contained metal in kilograms."""


def score(engine: Engine, truths: list[Path]) -> tuple[dict[str, Score], dict[str, list[str]]]:
    """The score of each layout and each language, and what is wrong with each document that is not read in full."""
    lines, scores, wrong = lines_by_file(engine), defaultdict[str, Score](Score), {}
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = path.name.removesuffix(".truth.json")
        read = [line for file, found in lines.items() if file.rsplit(".", 1)[0] == name for line in found]
        counts, complaints = judge(truth, read)
        for group in (truth["rendered_style"], truth["language"]):
            scores[group].add(counts)
        if complaints:
            wrong[name] = complaints
    return dict(scores), wrong


def lines_by_file(engine: Engine) -> dict[str, list[Line]]:
    """Every line that the public views give, by file name."""
    grouped: dict[tuple[str, str], list[Any]] = defaultdict(list)
    with engine.connect() as connection:
        for view in ("v_estimates", "v_held"):
            for row in connection.execute(text(f"SELECT * FROM {view}")):
                grouped[row.filename, row.estimate_id].append(row)
    files: dict[str, list[Line]] = defaultdict(list)
    for (filename, _), rows in grouped.items():
        first = rows[0]
        metals = tuple((r.commodity, _grade(r), _number(r.contained_kg)) for r in rows if r.commodity)
        files[filename].append(
            Line(
                first.estimate_type,
                first.category,
                _number(first.tonnes),
                first.zone,
                first.material or None,
                first.status == "held",
                metals,
            )
        )
    return files


def judge(truth: Json, read: list[Line]) -> tuple[Score, list[str]]:
    """One document's counts and complaints: each true line takes the best of the read lines that are left."""
    left, counts, complaints = list(read), Score(documents=1, predicted=len(read)), []
    for wanted in (entry for table in truth["tables"] for entry in table.get("truth", ())):
        counts.lines += 1
        candidates = [
            line for line in left if line.category == wanted["category"] and _near(line.tonnes, tonnes(wanted))
        ]
        if not candidates:
            complaints.append(f"not found: {wanted['category']} {wanted['tonnes']} {wanted.get('zone')}")
            continue
        best = max(candidates, key=lambda line: _merits(line, wanted, truth))
        left.remove(best)
        metals, kind, zone, material = _merits(best, wanted, truth)
        counts.found += 1
        counts.exact += metals and kind
        counts.full += metals and kind and zone and material
        counts.silent += not (metals and kind) and not best.held
        if not (metals and kind and zone and material):
            complaints.append(f"read wrongly: {wanted['category']} {wanted['tonnes']} {wanted.get('zone')} as {best}")
    counts.spurious = len(left)
    counts.silent += sum(not line.held for line in left)
    return counts, complaints + [f"no such line: {line}" for line in left]


def tonnes(wanted: Json) -> float | None:
    """The metric tonnes of a true line; short tons are converted."""
    value = wanted["tonnes"]
    if value is None or not wanted.get("short_tons"):
        return None if value is None else float(value)
    assert SHORT_TON is not None
    return float(value) * float(SHORT_TON) / 1000


def _merits(line: Line, wanted: Json, truth: Json) -> tuple[bool, bool, bool, bool]:
    metals = {m["c"]: m for m in reversed(wanted.get("metals") or [])}
    agree = {c for c, grade, kilograms in line.metals if c in metals and _same(metals[c], grade, kilograms)}
    return (
        agree == set(metals) == {c for c, _, _ in line.metals},
        line.type == wanted["type"],
        same_zone(wanted.get("zone"), line.zone, truth.get("project")),
        line.material == (wanted.get("material") or None),
    )


def _same(metal: Json, grade: float | None, kilograms: float | None) -> bool:
    return _near(grade, _canonical(metal.get("grade"), metal.get("gu"))) and _near(
        kilograms, _canonical(metal.get("contained"), metal.get("cu")), 1e-3
    )


def _canonical(value: float | None, unit: str | None) -> float | None:
    if value is None or unit is None:
        return None
    factor = UNITS[unit].factor
    return float(value) * float(factor) if factor is not None else float(value)


def _grade(row: Any) -> float | None:
    return _number(row.grade_ppm if row.grade_ppm is not None else row.grade)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _near(one: float | None, other: float | None, share: float = 1e-4) -> bool:
    """Equal but for what a float and a rounded conversion constant of the truth leave."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= share * max(abs(one), abs(other), 1e-9)


_COMMON = {
    "project",
    "deposit",
    "zone",
    "mine",
    "property",
    "the",
    "of",
    "projet",
    "gisement",
    "mineral",
    "resources",
    "reserves",
}


def same_zone(wanted: str | None, read: str | None, project: str | None) -> bool:
    """One name's words are part of the other's; a zone that only repeats the project says nothing."""
    one, other, whole = (_words(name) for name in (wanted, read, project))
    if one == other or (one and other and (one <= other or other <= one)):
        return True
    return (not one and other <= whole) or (not other and one <= whole)


def _words(name: str | None) -> set[str]:
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return set(regex.findall(r"[a-z0-9]+", plain)) - _COMMON
