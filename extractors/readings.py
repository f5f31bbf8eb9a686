"""Units that a heading leaves open, settled by what makes the rows compute.

"Tonnes" over figures that are thousands, "tons" that may be short tons: a reading is taken from recomputation only
where the printed one computes for no row and exactly one other does for nearly all of them, and the lines say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractors.units import PrintedUnit
from models.figure import Figure, Interval
from models.units import UNITS, Unit

_TONNES = ("t", "kt", "Mt")
_TONS = ("st", "kst", "Mst")
_PER_TON = frozenset({"opt"})
_SHORT = regex.compile(r"\bshort tons?\b|\b2,?000 ?(?:lbs?|pounds)\b|\btonnes courtes\b", regex.IGNORECASE)
_CONSTANT_SLACK = Interval(Decimal("0.9979"), Decimal("1.0021"))
"""Documents convert with 2,200 to 2,205 lb and 31.1 to 31.1035 g: recomputation.md, number model."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Tonnage, grade and contained metal of one row: the figures that a reading must make compute."""

    tonnage: Figure
    grade: Figure
    grade_unit: Unit
    contained: Figure
    contained_unit: Unit

    def computes(self, unit: Unit) -> bool:
        """True where tonnage in this unit times grade meets the contained metal."""
        if unit.factor is None or self.grade_unit.factor is None or self.contained_unit.factor is None:
            return False
        factor = unit.factor * self.grade_unit.factor / 1_000_000
        product = (self.tonnage.interval * self.grade.interval).times(factor) * _CONSTANT_SLACK
        return product.meets(self.contained.interval.times(self.contained_unit.factor))


@dataclass(frozen=True, slots=True)
class Reading:
    """The unit that tonnages are read in; ``assumption`` says why where the heading does not state it.

    ``unit`` is None where nothing settles it, and ``assumption`` then says what is missing.
    """

    unit: Unit | None
    assumption: str | None = None


def settle_tonnage(printed: PrintedUnit | None, trials: Sequence[Trial], text: str, per_ton: bool) -> Reading:
    """Settle the unit of the tonnage columns.

    ``text`` is what the document says around the table, ``per_ton`` whether a grade is stated per short ton.
    """
    literal = _literal(printed, per_ton or bool(_SHORT.search(text)))
    candidates = _candidates(printed, literal)
    if literal and len(candidates) == 1:
        return Reading(literal)
    fits = {unit.symbol: sum(trial.computes(unit) for trial in trials) for unit in candidates}
    best = max(fits.values(), default=0)
    winners = [unit for unit in candidates if fits[unit.symbol] == best]
    if literal and (best == 0 or literal in winners):
        return Reading(literal)
    if best and len(winners) == 1 and best * 5 >= len(trials) * 4:
        return Reading(winners[0], _because(literal, winners[0], best, len(trials)))
    if literal:
        return Reading(literal)
    return Reading(None, "the table does not say what unit its tonnages are in, and no reading makes its rows compute")


def is_per_ton(units: Sequence[Unit | None]) -> bool:
    """True where a grade is printed in ounces per short ton."""
    return any(unit is not None and unit.symbol in _PER_TON for unit in units)


def _literal(printed: PrintedUnit | None, short: bool) -> Unit | None:
    """The unit as the words say it, or None where they leave tons and tonnes open."""
    if printed is None or (printed.unit is None and not short):
        return UNITS["st"] if printed is None and short else None
    if printed.unit is None or printed.ton:
        power = printed.power or 0
        return UNITS[_TONS[power]] if short else None
    return printed.unit


def _candidates(printed: PrintedUnit | None, literal: Unit | None) -> list[Unit]:
    """The readings that the words allow: tons or tonnes where they are open, each multiplier where none is stated."""
    families = [_TONNES, _TONS]
    if literal:
        families = [_TONS if literal.symbol in _TONS else _TONNES]
    powers = [printed.power] if printed and printed.power is not None else [0, 1, 2]
    return [UNITS[family[power]] for family in families for power in powers]


def _because(literal: Unit | None, unit: Unit, fits: int, rows: int) -> str:
    said = f"says {literal.symbol} without a multiplier" if literal else "leaves the unit open"
    return f"the heading of the tonnages {said}; only {unit.symbol} makes the rows compute ({fits} of {rows})"
