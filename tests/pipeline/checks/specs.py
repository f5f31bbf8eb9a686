"""Disclosures built from the corpus specifications: printed figures with the truth's meaning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from models.disclosure import (
    Category,
    Cutoff,
    Dates,
    Disclosure,
    DocumentType,
    EstimateLine,
    EstimateTable,
    EstimateType,
    Issuer,
    Language,
    Material,
    Metal,
)
from models.figure import Figure, column_step
from models.quote import Quote
from models.units import UNITS, Quantity

Truth = dict[str, Any]
Role = tuple[str, str | None]

TONNE_UNITS = {False: {0: "t", 3: "kt", 6: "Mt"}, True: {0: "st", 3: "kst", 6: "Mst"}}


def specifications(shared: Path) -> Iterator[Truth]:
    """Every specification of the corpus, by name."""
    for path in sorted((shared / "corpus" / "specs").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def disclosure_of(spec: Truth) -> Disclosure:
    """What a faultless extraction of the specification's tables would give."""
    tables = tuple(_table(number, table) for number, table in enumerate(spec["tables"], 1) if table["truth"])
    return Disclosure(Language(spec["language"]), DocumentType.NEWS_RELEASE, Issuer(), Dates(), tables)


def _table(number: int, table: Truth) -> EstimateTable:
    groups = {cols: index for index, cols in enumerate(sorted({_cols(e) for e in table["truth"]}))}
    columns = {cols: _columns(table, [e for e in table["truth"] if _cols(e) == cols]) for cols in groups}
    lines = []
    for at, entry in enumerate(table["truth"], 1):
        lines.append(_line(table, entry, number, at, groups[_cols(entry)], columns[_cols(entry)]))
    return EstimateTable(number, table["caption"], tuple(lines), Quote(table["caption"]))


def _cols(entry: Truth) -> tuple[int, ...]:
    return tuple(entry.get("cols", ()))


def _cells(table: Truth, entry: Truth) -> dict[int, str]:
    row = table["rows"][entry["row"]]
    return {c: row[c] for c in entry.get("cols", range(len(row)))}


def _values(entry: Truth) -> dict[Role, Decimal]:
    """What the truth says the line prints, by role."""
    found: dict[Role, Decimal] = {}
    if entry["tonnes"] is not None:
        found["tonnage", None] = Decimal(str(round(entry["tonnes"], 3)))
    for metal in entry["metals"]:
        for role in ("grade", "contained"):
            if metal[role] is not None and (role, metal["c"]) not in found:
                found[role, metal["c"]] = Decimal(str(metal[role]))
    return found


def _readings(text: str) -> list[Decimal]:
    """A cell's number with commas as thousands, and with a comma as the decimal sign."""
    plain = re.sub(r"[^\d.,]", "", text)
    readings = []
    for written in (plain.replace(",", ""), plain.replace(".", "").replace(",", ".")):
        try:
            readings.append(Decimal(written))
        except InvalidOperation:
            continue
    return readings


def _match(text: str, role: str, value: Decimal) -> tuple[Decimal, int] | None:
    """The cell's number and its power of ten, if the cell prints the value."""
    for reading in _readings(text):
        for power in (0, 3, 6) if role == "tonnage" else (0,):
            if reading * 10**power == value:
                return reading, power
    return None


def _columns(table: Truth, entries: list[Truth]) -> dict[Role, int]:
    """The column that prints each role in most of the lines."""
    chosen: dict[Role, int] = {}
    for role in sorted({r for e in entries for r in _values(e)}, key=lambda r: r[0] != "tonnage"):
        votes: dict[int, int] = {}
        stating = [e for e in entries if role in _values(e)]
        taken = {chosen[r] for e in stating for r in _values(e) if r in chosen}
        for entry in stating:
            for column, text in _cells(table, entry).items():
                if column not in taken and _match(text, role[0], _values(entry)[role]):
                    votes[column] = votes.get(column, 0) + 1
        if votes:
            chosen[role] = max(votes, key=lambda c: (votes[c], -c))
    return chosen


def _line(table: Truth, entry: Truth, number: int, at: int, group: int, columns: dict[Role, int]) -> EstimateLine:
    quantities = {role: _quantity(table, entry, role, columns) for role in _values(entry)}
    row = table["rows"][entry["row"]]
    return EstimateLine(
        table=number,
        number=at,
        row=entry["row"],
        group=group,
        label=row[0] or (row[1] if not re.match(r"[\d.,\s-]*$", row[1]) else ""),
        type=EstimateType(entry["type"]),
        category=Category(entry["category"]),
        quote=Quote(" ".join(row)),
        zone=entry["zone"],
        materials=tuple(Material(m) for m in (entry["material"] or "").split("+") if m),
        is_total=entry["total"],
        cutoff=_cutoff(table, row),
        tonnage=quantities.get(("tonnage", None)),
        metals=_metals(entry, quantities),
        heading=_heading(table, entry["row"]),
    )


def _metals(entry: Truth, quantities: dict[Role, Quantity]) -> tuple[Metal, ...]:
    """One metal a commodity; a second entry of the same commodity is the same metal in another unit."""
    metals: dict[str, Metal] = {}
    for stated in entry["metals"]:
        c = stated["c"]
        if c in metals:
            figure = Figure(str(stated["contained"]), Decimal(str(stated["contained"])), Decimal("0.01"))
            again = Quantity(figure, UNITS[stated["cu"]], Quote(figure.printed))
            metals[c] = Metal(c, metals[c].grade, metals[c].contained, (again,))
        else:
            metals[c] = Metal(c, quantities.get(("grade", c)), quantities.get(("contained", c)))
    return tuple(metals.values())


def _quantity(table: Truth, entry: Truth, role: Role, columns: dict[Role, int]) -> Quantity:
    kind, commodity = role
    value = _values(entry)[role]
    column = columns[role]
    match = _match(_cells(table, entry)[column], kind, value)
    assert match, f"{table['caption']}: {role} {value} is not in {_cells(table, entry)}"
    reading, power = match
    step = column_step(
        [
            match[0]
            for e in table["truth"]
            if column in _cells(table, e)
            and role in _values(e)
            and (match := _match(_cells(table, e)[column], kind, _values(e)[role]))
        ]
    )
    if kind == "tonnage":
        symbol = TONNE_UNITS[entry.get("short_tons", False)][power]
    else:
        metal = next(m for m in entry["metals"] if m["c"] == commodity)
        symbol = metal["gu" if kind == "grade" else "cu"]
    printed = table["rows"][entry["row"]][column]
    return Quantity(Figure(printed, reading, step), UNITS[symbol], Quote(printed))


def _cutoff(table: Truth, row: list[str]) -> Cutoff | None:
    """The line's own cut-off, where a column is headed so."""
    headings = [cell["t"] for cell in table["header"][0]]
    at = next((i for i, text in enumerate(headings) if re.search(r"cut.?off$", text, re.IGNORECASE)), None)
    readings = _readings(row[at]) if at is not None else []
    if at is None or not readings:
        return None
    unit, commodity = ("%", headings[at].split("%")[0]) if "%" in row[at] else ("USD/t", None)
    return Cutoff(Figure(row[at], readings[0], column_step(readings[:1])), unit, commodity, Quote(row[at]))


def _heading(table: Truth, row: int) -> str | None:
    """The nearest row above that prints a label and no figure."""
    for cells in reversed(table["rows"][:row]):
        if cells[0] and not any(cells[1:]):
            return str(cells[0])
    return None
