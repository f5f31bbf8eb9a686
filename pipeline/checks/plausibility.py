"""What no figure can be: terms that were not read, and grades that no rock has.

A pass here proves nothing, so these verdicts are not arithmetic.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from extractors.once import once
from models.disclosure import Doubt, EstimateLine, EstimateTable
from models.figure import Figure
from models.findings import Cause, Outcome, Verdict
from models.units import UNITS, Quantity
from pipeline.checks.arithmetic import equation_verdict
from pipeline.checks.columns import grade
from pipeline.checks.conversions import factor_of
from pipeline.checks.equations import Order
from pipeline.checks.reading import unread_columns
from pipeline.checks.support import Support
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
NOTHING = Decimal(0)
"""The step of a limit: it was rounded to nothing."""


def understood(table: EstimateTable) -> Iterator[Verdict]:
    """Every term of the line was understood."""
    rest = Support(table)
    for line in table.lines:
        for doubt in line.doubts:
            suggestion = doubt.suggestion or rest.figure(line)
            support = f"; the rest of the table supports {suggestion}" if suggestion else ""
            yield Verdict(
                "understood",
                Outcome.FAILED,
                f"{name(line)}: {doubt.reason}{support}",
                line.key,
                arithmetic=False,
                cause=Cause.MALFORMED_NUMBER if is_misprint(doubt) else Cause.NOT_UNDERSTOOD,
                suggestion=suggestion,
            )
    yield from unread_columns(table)


def is_misprint(doubt: Doubt) -> bool:
    """Whether the line prints a malformed number, and not words, nor several numbers that ran together."""
    text = doubt.quote.text.strip()
    together = text.count(".") > 1 and all(WELL_FORMED.fullmatch(part) for part in text.split())
    return doubt.malformed and NUMBER_LIKE.fullmatch(text) is not None and not together


def plausible_grade(table: EstimateTable) -> Iterator[Verdict]:
    """A grade is possible in rock: under 100 %, and under what the richest mineral of the commodity holds."""
    for order, bound in _bounded(table):
        compared = order.compared
        relation = "is under" if compared.holds else "exceeds"
        text = (
            f"{name(order.line)}: {order.column} {amount(compared.reported)} {relation} {bound.stated}: {bound.reason}"
        )
        found = equation_verdict(order, compared, text, proves=False)
        yield found if compared.holds else replace(found, cause=Cause.UNIT_SLIP)


def possible_grades(table: EstimateTable) -> Iterator[Order]:
    """The bounds of grades, as relations that a figure stands in."""
    return (order for order, _ in _bounded(table))


@once
def _bounded(table: EstimateTable) -> tuple[tuple[Order, Bound], ...]:
    """The grades of a table with their bounds."""
    return tuple(
        (_under(bound, line, metal.commodity, metal.grade), bound)
        for line in table.lines
        for metal in line.metals
        if metal.grade is not None and metal.grade.unit.factor is not None and (bound := _bound_of(metal.commodity))
    )


def _under(bound: Bound, line: EstimateLine, commodity: str, printed: Quantity) -> Order:
    highest = Quantity(Figure(bound.stated, bound.highest, NOTHING), UNITS["ppm"], printed.quote)
    return Order("plausible_grade", line, grade(commodity), most=highest)


@lru_cache(maxsize=256)
def _bound_of(commodity: str) -> Bound:
    return min((b for b in BOUNDS if commodity in b.commodities or "*" in b.commodities), key=lambda b: b.highest)
