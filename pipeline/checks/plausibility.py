"""What no figure can be: unread terms, impossible grades, grades under their own cut-off, cut-offs that raise tonnage.

A pass here proves nothing, so these verdicts are not arithmetic.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise

from models.disclosure import Cutoff, EstimateLine, EstimateTable
from models.figure import Interval
from models.findings import Cause, Outcome, Verdict
from models.units import UNITS, Quantity
from pipeline.checks.arithmetic import not_run, verdict
from pipeline.checks.columns import TONNAGE, Column, grade
from pipeline.checks.equations import Comparison, converts, factor_of, in_unit
from pipeline.checks.reading import unread_columns
from pipeline.checks.support import supported_figure
from pipeline.checks.wording import amount, name, with_unit

NUMBER_LIKE = re.compile(r"[\d.,'\s]*\d[\d.,'\s]*%?")
WELL_FORMED = re.compile(r"(\d+|\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+)(\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Bound:
    """The highest grade that rock can have, in parts per million, and why."""

    commodities: tuple[str, ...]
    highest: Decimal
    stated: str
    reason: str


def _bounds() -> tuple[Bound, ...]:
    table = tomllib.loads(files("pipeline.checks").joinpath("bounds.toml").read_text(encoding="utf-8"))
    return tuple(
        Bound(
            tuple(entry["commodities"]),
            Decimal(entry["highest"]) * factor_of(UNITS[entry["unit"]]),
            with_unit(entry["highest"], entry["unit"]),
            entry["reason"],
        )
        for entry in table["bound"]
    )


BOUNDS = _bounds()


def understood(table: EstimateTable) -> Iterator[Verdict]:
    """Every term of the line was understood."""
    for line in table.lines:
        for doubt in line.doubts:
            suggestion = doubt.suggestion or supported_figure(table, line)
            support = f"; the rest of the table supports {suggestion}" if suggestion else ""
            yield Verdict(
                "understood",
                Outcome.FAILED,
                f"{name(line)}: {doubt.reason}{support}",
                line.key,
                arithmetic=False,
                cause=Cause.MALFORMED_NUMBER if is_malformed(doubt.quote.text) else Cause.NOT_UNDERSTOOD,
                suggestion=suggestion,
            )
    yield from unread_columns(table)


def is_malformed(text: str) -> bool:
    """Whether the text is made of digits and separators and yet no number, nor several numbers that ran together."""
    stripped = text.strip()
    if not NUMBER_LIKE.fullmatch(stripped) or WELL_FORMED.fullmatch(stripped):
        return False
    return not (stripped.count(".") > 1 and all(WELL_FORMED.fullmatch(part) for part in stripped.split()))


def plausible_grade(table: EstimateTable) -> Iterator[Verdict]:
    """A grade is possible in rock: under 100 %, and under what the richest mineral of the commodity holds."""
    for line in table.lines:
        for metal in line.metals:
            if metal.grade is not None and metal.grade.unit.factor is not None:
                yield _bounded(line, grade(metal.commodity), metal.grade)


def _bounded(line: EstimateLine, column: Column, quantity: Quantity) -> Verdict:
    bound = min(
        (b for b in BOUNDS if column.commodity in b.commodities or "*" in b.commodities), key=lambda b: b.highest
    )
    allowed = Interval(Decimal(0), bound.highest / factor_of(quantity.unit))
    compared = Comparison(quantity, allowed)
    text = f"{name(line)}: {column} {amount(quantity)} {'is under' if compared.holds else 'exceeds'} {bound.stated}: "
    found = unproven(verdict("plausible_grade", line, column, compared, text + bound.reason))
    return found if compared.holds else replace(found, cause=Cause.UNIT_SLIP)


def grade_above_cutoff(table: EstimateTable) -> Iterator[Verdict]:
    """An average grade is not under the line's own cut-off of the same commodity."""
    for line in table.lines:
        cutoff = line.cutoff
        if cutoff is None or cutoff.commodity is None:
            continue
        metal = line.metal(cutoff.commodity)
        limit = _cutoff_quantity(cutoff)
        if metal is None or metal.grade is None or metal.grade.unit.factor is None or limit is None:
            reason = f"no grade to compare with the cut-off of {cutoff.commodity}"
            yield not_run("grade_above_cutoff", line, reason, cutoff.commodity)
            continue
        column, low = grade(cutoff.commodity), in_unit(limit, metal.grade.unit).low
        compared = Comparison(metal.grade, Interval(low, max(low, metal.grade.figure.interval.high)))
        text = f"{name(line)}: {column} {amount(metal.grade)} at a cut-off of {amount(limit)}"
        yield unproven(verdict("grade_above_cutoff", line, column, compared, text))


def _cutoff_quantity(cutoff: Cutoff) -> Quantity | None:
    """The cut-off as a grade, or None for a value per tonne or a screen size."""
    unit = UNITS.get(cutoff.unit)
    return None if unit is None or unit.factor is None else Quantity(cutoff.value, unit, cutoff.quote)


def cutoff_sensitivity(table: EstimateTable) -> Iterator[Verdict]:
    """A higher cut-off leaves no more tonnes, and no lower grade of the metal that is cut."""
    for series in _series(table):
        for lower, higher in pairwise(series):
            if lower.tonnage is not None and higher.tonnage is not None:
                most = in_unit(lower.tonnage, higher.tonnage.unit).high
                allowed = Interval(min(Decimal(0), most), max(Decimal(0), most))
                yield _step(lower, higher, TONNAGE, Comparison(higher.tonnage, allowed))
            yield from _grade_step(lower, higher)


def _grade_step(lower: EstimateLine, higher: EstimateLine) -> Iterator[Verdict]:
    commodity = higher.cutoff.commodity if higher.cutoff else None
    if commodity is None:
        return
    column = grade(commodity)
    before, after = column.of(lower), column.of(higher)
    if before is not None and after is not None and converts(before, after):
        least = in_unit(before, after.unit).low
        yield _step(lower, higher, column, Comparison(after, Interval(least, max(least, after.figure.interval.high))))


def _step(lower: EstimateLine, higher: EstimateLine, column: Column, compared: Comparison) -> Verdict:
    printed = column.of(lower)
    text = f"{column} {amount(compared.reported)} at cut-off {_stated(higher)}"
    text += f", {amount(printed)} at {_stated(lower)}" if printed else ""
    return unproven(verdict("cutoff_sensitivity", higher, column, compared, text))


def _stated(line: EstimateLine) -> str:
    return with_unit(f"{line.cutoff.value.value:,f}", line.cutoff.unit) if line.cutoff else ""


def _series(table: EstimateTable) -> Iterator[Sequence[EstimateLine]]:
    """The lines that differ in nothing but their cut-off, by rising cut-off."""
    series: dict[tuple[object, ...], list[EstimateLine]] = {}
    for line in table.lines:
        if line.cutoff is not None:
            cut = (line.cutoff.unit, line.cutoff.commodity)
            commodities = frozenset(m.commodity for m in line.metals)
            key = (line.type, line.category, line.zone, line.materials, line.group, commodities, cut)
            series.setdefault(key, []).append(line)
    for lines in series.values():
        yield sorted(lines, key=lambda line: line.cutoff.value.value if line.cutoff else Decimal(0))


def unproven(found: Verdict) -> Verdict:
    """The verdict of a relation whose passing proves no figure."""
    return replace(found, arithmetic=False)
