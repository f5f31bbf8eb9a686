"""Units and multipliers as headings and sentences print them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import REMEMBERED, Hit, lexicon
from models.units import UNITS, Dimension, Unit, scaled

_PERCENTAGE = regex.compile(r"(?<![\p{L}\d.,])\d(?:[\d.,]*\d)?\s?%")
_POWERS = {"thousand": 1, "million": 2, "billion": 3}


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit with what the text leaves open.

    ``power`` is the power of a thousand in it, None where a bare "tonnes" or "ounces" prints no multiplier; ``unit`` is
    None where only a multiplier is printed. ``ton`` is True for "tons", which may be short tons or tonnes.
    """

    unit: Unit | None
    power: int | None = None
    ton: bool = False


@lru_cache(maxsize=REMEMBERED)
def units_in(text: str) -> tuple[Hit, ...]:
    """The units that a text prints, "tons" among them, left to right."""
    exact = lexicon("units").find(text)
    tons = [h for h in lexicon("tons").find(text) if not any(h.start < e.end and e.start < h.end for e in exact)]
    return tuple(sorted(exact + tons, key=lambda hit: hit.start))


def power_in(text: str) -> int | None:
    """The power of a thousand that a multiplier in the text stands for, or None."""
    means = lexicon("scales").means(text)
    return max(_POWERS[m] for m in means) if means else None


@lru_cache(maxsize=REMEMBERED)
def mass_unit(text: str) -> PrintedUnit | None:
    """The mass unit of a heading with its multiplier: "Ounces (000)" is koz, "lb Cu (billions)" Glb."""
    hits = [h for h in units_in(text) if UNITS[h.means].dimension is Dimension.MASS]
    if not hits:
        return None
    best = max(hits, key=lambda h: (UNITS[h.means].factor or 0, h.start))
    unit, ton = UNITS[best.means], bool(lexicon("tons").find(text))
    power = power_in(_blank(text, hits))
    if power_of(unit) or power is None:
        return PrintedUnit(unit, power_of(unit) or None, ton)
    return PrintedUnit(scaled(unit, power), power, ton)


@lru_cache(maxsize=REMEMBERED)
def grade_unit(text: str) -> Unit | None:
    """The grade unit of a heading, or None; a number in front makes a per cent sign a share ("100 % basis")."""
    hits = [h for h in units_in(_PERCENTAGE.sub("", text)) if UNITS[h.means].dimension is Dimension.GRADE]
    return UNITS[hits[-1].means] if hits else None


def power_of(unit: Unit) -> int:
    """The power of a thousand in a unit's symbol: 1 for koz, 2 for Mt, 0 for oz and kg."""
    return 0 if unit.symbol == "kg" else {"k": 1, "M": 2, "G": 3}.get(unit.symbol[0], 0)


def _blank(text: str, hits: list[Hit]) -> str:
    """The text with its units blanked out, so that a multiplier inside a unit is not read twice."""
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text
