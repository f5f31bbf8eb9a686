"""The constants that documents convert with, and the factors by which figures are mistaken, from ``constants.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from models.figure import Interval
from models.units import Unit

OUNCES = ("oz", "koz", "Moz", "oz/t", "opt")
POUNDS = ("lb", "klb", "Mlb", "Glb", "lb/t")
SHORT_TONS = ("st", "kst", "Mst", "opt")


@dataclass(frozen=True, slots=True)
class Factor:
    """A ratio by which a figure comes out wrong, and what it is called."""

    name: str
    ratio: Decimal


_TABLE = tomllib.loads(files("pipeline.checks").joinpath("constants.toml").read_text(encoding="utf-8"))


def _slack(name: str) -> Interval:
    """The constants in use as multiples of the exact one."""
    entry = _TABLE["conversion"][name]
    exact = Decimal(entry["exact"])
    used = [Decimal(text) / exact for text in entry["used"]] + [Decimal(1)]
    return Interval(min(used), max(used))


_NONE = Interval(Decimal(1), Decimal(1))
_OUNCE, _POUND, _SHORT_TON = _slack("ounce"), _slack("pound"), _slack("short_ton")

UNIT_SLIPS = tuple(Factor(entry["name"], Decimal(entry["ratio"])) for entry in _TABLE["unit_slip"])

_CONFUSED = tuple(tuple(entry["units"]) for entry in _TABLE["confused"])


def taken_for(symbol: str) -> tuple[str, ...]:
    """The units that a heading may say in place of this one: short tons for tonnes."""
    return tuple(other for pair in _CONFUSED if symbol in pair for other in pair if other != symbol)


LEAST_DIGITS = 3
_MASSES = {(e["from"], e["to"]): Decimal(e["factor"]) for e in _TABLE["compound"]}
_MASSES |= {(to, base): 1 / factor for (base, to), factor in _MASSES.items()}


@cache
def conversion_slack(tonnage: Unit, grade: Unit, contained: Unit) -> Interval:
    """How far shortened constants may move tonnes times grade, as a multiple; 1 to 1 where nothing is converted.

    Short tons times ounces per short ton are ounces without any constant, and percent of short tons are pounds.
    """
    ounces = _between(grade.symbol in OUNCES, contained.symbol in OUNCES, _NONE / _OUNCE)
    if tonnage.symbol in SHORT_TONS and grade.symbol == "%" and contained.symbol in POUNDS:
        return ounces
    pounds = _between(grade.symbol in POUNDS, contained.symbol in POUNDS, _POUND)
    return ounces * pounds * _between(grade.symbol in SHORT_TONS, tonnage.symbol in SHORT_TONS, _SHORT_TON)


def _between(before: bool, after: bool, slack: Interval) -> Interval:
    """The slack of a conversion into a unit, its inverse for one out of it, none where both sides use it."""
    if before == after:
        return _NONE
    return slack if after else _NONE / slack


def compound_factors(commodity: str) -> tuple[Factor, ...]:
    """Factors between this commodity and the compounds or metals that it is printed for, both ways."""
    found = [entry for entry in _TABLE["compound"] if commodity in (entry["from"], entry["to"])]
    ahead = [Factor(f"{entry['to']} for {entry['from']}", Decimal(entry["factor"])) for entry in found]
    back = [Factor(f"{entry['from']} for {entry['to']}", 1 / Decimal(entry["factor"])) for entry in found]
    return tuple(ahead + back)


def mass_of(commodity: str, base: str) -> Decimal:
    """What a mass of a compound is as another one: 2.47 of LCE for Li2O; raises KeyError where they do not convert."""
    return Decimal(1) if commodity == base else _MASSES[base, commodity]


def converts_to(base: str, commodity: str) -> bool:
    """Whether one commodity is printed as another one: Li2O as LCE."""
    return (base, commodity) in _MASSES


def as_rounded(factor: Decimal) -> Interval:
    """A factor between compounds as documents round it, to three digits at least: 2.47291 is 2.465 to 2.475."""
    if factor == 1:
        return _NONE
    step = Decimal(1).scaleb(factor.adjusted() - LEAST_DIGITS + 1)
    nearest = factor.quantize(step)
    return Interval(min(nearest - step / 2, factor), max(nearest + step / 2, factor))


def elements_of(compound: str) -> tuple[str, ...]:
    """The metals and other compounds that this compound is printed for: W for WO3."""
    return tuple(entry["to"] for entry in _TABLE["compound"] if entry["from"] == compound)
