"""The current estimates as MineralSite JSON, which the critical-minerals tools of MinMod (CriticalMAAS TA2) read.

Its form is that of MinMod's own reader: DARPA-CRITICALMAAS/ta2-minmod-kg, minmodkg/models/kg, 2.7.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, text

from pipeline.export import whole_file
from pipeline.read_only import open_read_only

_NOT_CARRIED = (
    "held lines, superseded estimates, checks and notes are not in it",
    "it does not say whether a resource contains the reserve, or inferred resources may be added: do not sum",
    "printed units of ore and metal, people and cut-offs of other metals stand in words, as reference.comment",
)
"""What the form has no place for, in words for whoever exports."""

_ENTITY = "https://minmod.isi.edu/resource/"
_USER = "https://minmod.isi.edu/users/s/orebook"
_AT_ONCE = 500
"""How many filings one question is about; SQLite takes 32,766 values at most (its limits, item 9)."""

_ESTIMATES = """
SELECT project_id, project, filing_id, estimate_id, label, category, commodity, zone, material, tonnes, grade,
       grade_unit, contained, contained_unit, contained_kg, cutoff, effective_date, qualified_persons
FROM v_current_estimates
ORDER BY COALESCE(project_id, filing_id), filing_id, page, estimate_id, commodity
"""
_PROJECTS = "SELECT project_id, printed_names FROM v_projects"
_FILINGS = (
    "SELECT filing_id, filename, title, sha256, source_uri, ingested_at FROM v_filings WHERE filing_id IN :wanted"
)
_PLACES = """
SELECT estimate_id, page, x0, top, x1, bottom FROM v_places
WHERE filing_id IN :wanted AND what = 'line' AND page IS NOT NULL
"""
_CUTOFFS = """
SELECT estimate_id, value, value_max, unit, commodity FROM v_estimate_cutoffs WHERE filing_id IN :wanted
"""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sites:
    """The file that was written: how many sites and inventories it has, and how many lines it has no place for."""

    path: Path
    sites: int
    inventories: int
    without_category: int
    without_commodity: int


def export_sites(url: str, folder: Path, seconds: float) -> Sites:
    """Writes the current estimates as mineral_sites.json into the folder: a site a project, an inventory a line.

    A line without a category that MinMod knows is left out, for its model counts such lines as resource and as reserve;
    so is a line that names no commodity. Ore and contained metal are in metric tonnes. Raises ExportError.
    """
    database, path = open_read_only(url, seconds), folder / "mineral_sites.json"
    with database.connect() as connection, whole_file(path) as unfinished:
        estimates = connection.execute(text(_ESTIMATES)).mappings().all()
        named = [row for row in estimates if row["commodity"]]
        carried = [row for row in named if row["category"] in entities()["categories"]]
        sites = list(_sites(connection, carried))
        unfinished.write_text(json.dumps(sites, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    database.engine.dispose()
    return Sites(path, len(sites), len(carried), len(named) - len(carried), len(estimates) - len(named))


def _sites(connection: Connection, estimates: Sequence[RowMapping]) -> Iterator[Json]:
    filed = sorted({row["filing_id"] for row in estimates})
    filings = {row["filing_id"]: row for row in _about(connection, _FILINGS, filed)}
    places = {row["estimate_id"]: row for row in _about(connection, _PLACES, filed)}
    cutoffs: dict[str, list[RowMapping]] = {}
    for row in _about(connection, _CUTOFFS, filed):
        cutoffs.setdefault(row["estimate_id"], []).append(row)
    aliases = {row["project_id"]: row["printed_names"] for row in connection.execute(text(_PROJECTS)).mappings()}
    for site_id, of_site in groupby(estimates, key=lambda row: row["project_id"] or row["filing_id"]):
        rows = list(of_site)
        stated = [filings[filing_id] for filing_id in sorted({row["filing_id"] for row in rows})]
        yield _without_nothing(
            source_id="orebook",
            record_id=site_id,
            name=rows[0]["project"],
            aliases=[name for name in (aliases.get(site_id) or "").split("; ") if name not in ("", rows[0]["project"])],
            mineral_inventory=[
                _inventory(row, filings[row["filing_id"]], places.get(row["estimate_id"]), cutoffs) for row in rows
            ],
            reference=[{"document": _document(filing)} for filing in stated],
            created_by=_USER,
            modified_at=f"{max(_moment(filing['ingested_at']) for filing in stated):%Y-%m-%dT%H:%M:%S.%fZ}",
        )


def _about(connection: Connection, query: str, filings: Sequence[str]) -> Iterator[RowMapping]:
    """The answer about all these filings, some at a time."""
    asked = text(query).bindparams(bindparam("wanted", expanding=True))
    for start in range(0, len(filings), _AT_ONCE):
        yield from connection.execute(asked, {"wanted": filings[start : start + _AT_ONCE]}).mappings()


def _inventory(
    row: RowMapping, filing: RowMapping, place: RowMapping | None, cutoffs: Mapping[str, Sequence[RowMapping]]
) -> Json:
    form = entities()["forms"].get(row["commodity"], {})
    commodity = form.get("commodity") or entities()["commodities"].get(row["commodity"])
    return _without_nothing(
        commodity=_named(row["commodity"], commodity),
        material_form=_named(row["commodity"], form["form"]) if form else None,
        category=[_named(name, name) for name in entities()["categories"][row["category"]]],
        ore=_measure(row["tonnes"], "t"),
        grade=_measure(row["grade"], row["grade_unit"]),
        cutoff_grade=_cutoff(row["commodity"], cutoffs.get(row["estimate_id"], ())),
        contained_metal=None if row["contained_kg"] is None else _number(row["contained_kg"] / 1000),
        date=row["effective_date"],
        zone=", ".join(filter(None, (row["zone"], row["material"]))).replace("_", " "),
        reference=_without_nothing(
            document=_document(filing), page_info=[_page(place)] if place else [], comment=_comment(row)
        ),
    )


def _document(filing: RowMapping) -> Json:
    """A document by its title and address; one that lies on a disk by its SHA-256, which it has everywhere."""
    address = filing["source_uri"]
    on_disk = address.startswith(("file:", "zip:"))
    uri = f"urn:sha256:{filing['sha256']}" if on_disk else address
    return {"uri": uri, "title": filing["title"] or filing["filename"]}


def _page(place: RowMapping) -> Json:
    """The page, and the box of the line in points (1/72 inch) from the left and the top of the page."""
    if place["x0"] is None:
        return {"page": place["page"]}
    box = {"x_min": place["x0"], "x_max": place["x1"], "y_min": place["top"], "y_max": place["bottom"]}
    return {"page": place["page"], "bounding_box": box}


def _comment(row: RowMapping) -> str:
    """What the form has no field for."""
    metal = f"{_number(row['contained'])} {row['contained_unit']} contained" if row["contained"] is not None else None
    people = f"qualified persons: {row['qualified_persons']}" if row["qualified_persons"] else None
    cutoff = f"cut-off {row['cutoff']}" if row["cutoff"] else None
    return "; ".join(filter(None, (row["label"], metal, cutoff, people)))


def _cutoff(commodity: str, applied: Sequence[RowMapping]) -> Json | None:
    """The cut-off as a grade of the line's own commodity: one only, and no range."""
    if len(applied) != 1 or applied[0]["commodity"] != commodity or applied[0]["value_max"] is not None:
        return None
    return _measure(applied[0]["value"], applied[0]["unit"])


def _measure(value: Any, unit: str | None) -> Json | None:
    if value is None or unit is None:
        return None
    return {"value": _number(value), "unit": _named(unit, entities()["units"].get(unit))}


def _named(observed: str, entity: str | None) -> Json:
    """A name with the entity that a table says it is, or without one: MinMod then matches it, or leaves it out."""
    uri = {"normalized_uri": f"{_ENTITY}{entity}"} if entity else {}
    return {"source": "orebook", "confidence": 1.0, "observed_name": observed, **uri}


def _number(value: Any) -> int | float:
    """A number with the digits that the view gives, and without the point that SQLite adds."""
    return int(value) if value == int(value) else float(value)


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _without_nothing(**fields: Any) -> Json:
    """The fields that have something in them: MinMod's reader takes no null and no empty list."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


@cache
def entities() -> Json:
    """MinMod's names of commodities, forms, units and categories, by ours."""
    return tomllib.loads(files("pipeline").joinpath("minmod.toml").read_text(encoding="utf-8"))


def not_carried(sites: Sites) -> Iterable[str]:
    """What the file does not carry, a sentence a line."""
    if sites.without_category:
        yield f"{sites.without_category} lines left out that have none of its categories (totals of all, stockpiles)"
    if sites.without_commodity:
        yield f"{sites.without_commodity} lines left out that name no commodity"
    yield from _NOT_CARRIED
