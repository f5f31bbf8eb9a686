"""Small estimate tables written out in a test."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

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
from models.findings import Assessment, Verdict
from models.quote import Quote
from models.units import UNITS, Quantity


def figure(text: str) -> Figure:
    """A printed number, rounded to its last decimal, or to ones."""
    value = Decimal(text.replace(",", ""))
    return Figure(text, value, column_step([value]))


def quantity(text: str) -> Quantity:
    """A quantity as "1,618 t" or "0.45 %"."""
    number, unit = text.split(" ")
    return Quantity(figure(number), UNITS[unit], Quote(text))


def metal(commodity: str, grade: str | None = None, contained: str | None = None) -> Metal:
    """A metal as ("WO3", "0.45 %", "1,618 t")."""
    return Metal(commodity, grade and quantity(grade), contained and quantity(contained))  # type: ignore[arg-type]


def line(  # noqa: PLR0917 - a row of a table reads best as a row
    label: str,
    category: str,
    tonnage: str | None = None,
    metals: tuple[Metal, ...] = (),
    estimate: str = "resource",
    zone: str | None = None,
    material: str | None = None,
    total: bool = False,
    row: int | None = None,
    group: int = 0,
    cutoff: str | None = None,
    heading: str | None = None,
) -> EstimateLine:
    """One estimate line; its number and table are set by ``table``."""
    return EstimateLine(
        table=1,
        number=0,
        row=-1 if row is None else row,
        group=group,
        label=label,
        type=EstimateType(estimate),
        category=Category(category),
        quote=Quote(label),
        zone=zone,
        materials=(Material(material),) if material else (),
        is_total=total,
        tonnage=quantity(tonnage) if tonnage else None,
        metals=metals,
        cutoff=_cutoff(cutoff) if cutoff else None,
        heading=heading,
    )


def _cutoff(text: str) -> Cutoff:
    """A cut-off as "0.5 % Cu" or "20 USD/t"."""
    match = re.fullmatch(r"(\S+) (\S+)(?: (\S+))?", text)
    assert match
    value, unit, commodity = match.groups()
    return Cutoff(figure(value), unit, commodity, Quote(text))


def table(*lines: EstimateLine) -> EstimateTable:
    """A table of these lines, numbered from 1 in their order."""
    numbered = (replace(p, number=n, row=n if p.row < 0 else p.row) for n, p in enumerate(lines, 1))
    return EstimateTable(1, "a table", tuple(numbered), Quote("a table"))


def disclosure(*tables: EstimateTable) -> Disclosure:
    """A disclosure of these tables and nothing else."""
    return Disclosure(Language.ENGLISH, DocumentType.NEWS_RELEASE, Issuer(), Dates(), tables)


def verdicts(assessment: Assessment, number: int, relation: str) -> list[Verdict]:
    """The verdicts of a relation for a line of the first table."""
    return [v for v in assessment.of((1, number)) if v.relation == relation]
