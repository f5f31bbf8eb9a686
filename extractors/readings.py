"""Units that a heading leaves open, settled by what makes the rows compute.

"Tonnes" over figures that are thousands, "tons" that may be short tons: a reading is taken from recomputation only
where the printed one computes for no row and exactly one other does for nearly all of them, and the lines say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors import limited_regex as regex
from extractors.units import PrintedUnit
from models.figure import Figure, Interval
from models.units import UNITS, Quantity, Unit, scaled

_TONNES = ("t", "kt", "Mt")
_TONS = ("st", "kst", "Mst")
_PER_TON = frozenset({"opt"})
_SHORT = regex.compile(r"\bshort tons?\b|\b2,?000 ?(?:lbs?|pounds)\b|\btonnes courtes\b", regex.IGNORECASE)
_MILLION = Decimal(1_000_000)
_CONSTANT_SLACK = Interval(Decimal("0.9979"), Decimal("1.0021"))
"""Documents convert with 2,200 to 2,205 lb and 31.1 to 31.1035 g: recomputation.md, number model."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A figure whose unit is open, and the interval in kilograms that the rest of its row leaves for it."""

    figure: Figure
    allowed: Interval
    per_any_ton: bool = False
    """True where the grade is in ounces per ton, whichever ton that is: it cannot tell one from the other."""

    def computes(self, unit: Unit) -> bool:
        """True where the figure in this unit meets what its row allows."""
        return unit.factor is not None and self.figure.interval.times(unit.factor).meets(self.allowed * _CONSTANT_SLACK)


def tonnage_trial(tonnage: Figure, grade: Quantity, contained: Quantity) -> Trial | None:
    """What grade and contained metal leave for a tonnage, or None where the grade can be zero or has no conversion."""
    if grade.unit.factor is None or contained.unit.factor is None or grade.figure.interval.low <= 0:
        return None
    allowed = (contained.interval / grade.interval).times(_MILLION)
    return Trial(tonnage, allowed, grade.unit.symbol == "oz/t")


def metal_trial(tonnage: Quantity, grade: Quantity, contained: Figure) -> Trial | None:
    """What tonnage and grade leave for a contained metal, or None where the grade has no conversion."""
    if grade.unit.factor is None or tonnage.unit.factor is None:
        return None
    return Trial(contained, (tonnage.interval * grade.interval).times(1 / _MILLION))


@dataclass(frozen=True, slots=True)
class Reading:
    """The unit that tonnages are read in; ``assumption`` says why where the heading does not state it.

    ``unit`` is None where nothing settles it, and ``assumption`` then says what is missing.
    """

    unit: Unit | None
    assumption: str | None = None


def settle_metal(printed: PrintedUnit | None, trials: Iterable[Trial]) -> Reading:
    """Settle the unit of a column of contained metal: "(t)" over figures that are thousands of tonnes.

    The trials are made only where the heading leaves the unit open.
    """
    if printed is None or printed.unit is None or printed.power is not None:
        return Reading(printed.unit if printed else None)
    candidates = [unit for power in (0, 1, 2) if (unit := scaled(printed.unit, power))]
    return _settle(printed.unit, candidates, list(trials), "contained metal")


def settle_tonnage(printed: PrintedUnit | None, trials: Iterable[Trial], text: str, per_ton: bool) -> Reading:
    """Settle the unit of the tonnage columns; the trials are made only where words leave it open.

    ``text`` is what the document says around the table, ``per_ton`` whether a grade is stated per short ton.
    """
    short = bool(_SHORT.search(text))
    literal = _literal(printed, per_ton or short)
    if literal and short and literal.symbol in _TONNES:
        return _told_otherwise(literal, [trial for trial in trials if not trial.per_any_ton])
    candidates = _candidates(printed, literal)
    if literal and len(candidates) == 1:
        return Reading(literal)
    found = _settle(literal, candidates, list(trials), "tonnages")
    return found if found.unit else Reading(None, _NOTHING_SETTLES)


def _told_otherwise(literal: Unit, trials: Sequence[Trial]) -> Reading:
    """The unit where the heading says tonnes and the text around it short tons: the one that makes rows compute."""
    ton = UNITS[_TONS[_TONNES.index(literal.symbol)]]
    metric, short = (sum(trial.computes(unit) for trial in trials) for unit in (literal, ton))
    distinct = [trial for trial in trials if trial.computes(literal) != trial.computes(ton)]
    if distinct and not all(trial.computes(literal) for trial in distinct):
        if all(trial.computes(ton) for trial in distinct):
            return Reading(ton, _because(literal, ton, "tonnages", f"{short} of {len(trials)}"))
        return Reading(None, _CONTRADICTED)
    return Reading(literal) if distinct and metric == len(trials) else Reading(None, _CONTRADICTED)


_CONTRADICTED = "the heading says tonnes and the words around the table short tons, and nothing settles which they are"
_NOTHING_SETTLES = "the table does not say what unit its tonnages are in, and no reading makes its rows compute"


def _settle(literal: Unit | None, candidates: Sequence[Unit], trials: Sequence[Trial], what: str) -> Reading:
    """The literal unit, unless it computes for no row and one other candidate does for nearly all."""
    fits = {unit.symbol: sum(trial.computes(unit) for trial in trials) for unit in candidates}
    best = max(fits.values(), default=0)
    winners = [unit for unit in candidates if fits[unit.symbol] == best]
    if literal and (best == 0 or fits[literal.symbol] > 0):
        return Reading(literal)
    if best and len(winners) == 1 and best * 5 >= len(trials) * 4:
        return Reading(winners[0], _because(literal, winners[0], what, f"{best} of {len(trials)}"))
    return Reading(literal)


@dataclass(frozen=True, slots=True)
class Printed:
    """Tonnage and grade of a row, their units open, beside its contained metal."""

    tonnage: Figure
    grade: Figure
    contained: Quantity

    def computes(self, ton: Unit, grade: Unit) -> bool:
        """True where tonnes times grade in these units meet the metal."""
        if ton.factor is None or grade.factor is None or self.contained.unit.factor is None:
            return False
        product = (self.tonnage.interval * self.grade.interval).times(ton.factor * grade.factor / _MILLION)
        return product.meets(self.contained.interval * _CONSTANT_SLACK)


def settle_both(rows: Sequence[Printed], tons: Sequence[Unit]) -> tuple[Unit, Reading] | None:
    """The units of tonnage and grade where nothing states the grade's: the only ones that make all rows compute.

    ``tons`` are the units that the tonnage can have. None where no reading computes, or several do, or where there is
    one row only, which a reading may meet by chance.
    """
    pairs = [(ton, UNITS[grade]) for ton in tons for grade in _GRADES]
    found = [pair for pair in pairs if len(rows) > 1 and all(row.computes(*pair) for row in rows)]
    if len(found) != 1:
        return None
    ton, grade = found[0]
    said = f"no unit is stated for the grades; only {grade.symbol} with tonnages in {ton.symbol} makes the rows compute"
    return ton, Reading(grade, f"{said} ({len(rows)} of {len(rows)})")


_GRADES = ("g/t", "%", "opt", "lb/t", "kg/t", "ct/t")


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


def possible_tons(printed: PrintedUnit | None) -> list[Unit]:
    """The units that a heading leaves for its tonnages; without one tonnes and short tons of every multiplier."""
    if printed and printed.unit and (printed.power is not None or not printed.ton):
        return [printed.unit]
    return _candidates(printed, None)


def _candidates(printed: PrintedUnit | None, literal: Unit | None) -> list[Unit]:
    """The readings that the words allow: tons or tonnes where they are open, each multiplier where none is stated."""
    families = [_TONNES, _TONS]
    if literal:
        families = [_TONS if literal.symbol in _TONS else _TONNES]
    powers = [printed.power] if printed and printed.power is not None else [0, 1, 2]
    return [UNITS[family[power]] for family in families for power in powers]


def _because(literal: Unit | None, unit: Unit, what: str, share: str) -> str:
    said = f"says {literal.symbol} without a multiplier" if literal else "leaves the unit open"
    return f"the heading of the {what} {said}; only {unit.symbol} makes the rows compute ({share})"
