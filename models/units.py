"""Units of mass and grade with their exact conversions.

Constants: troy ounce 31.1034768 g, avoirdupois pound 453.59237 g, short ton 2,000 lb, carat 0.2 g, metric tonne
unit 10 kg. Symbols are those of the public views.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.figure import Figure, Interval
from models.quote import Quote

TROY_OUNCE_KG = Decimal("0.0311034768")
POUND_KG = Decimal("0.45359237")
SHORT_TON_KG = POUND_KG * 2000
CARAT_KG = Decimal("0.0002")


class Dimension(StrEnum):
    """What a unit measures."""

    MASS = "mass"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` converts to kilograms (mass) or parts per million by mass (grade).

    ``factor`` is None where no conversion exists: milligrams a litre of brine and grams a cubic metre of gravel need
    a density.
    """

    symbol: str
    dimension: Dimension
    factor: Decimal | None


def _mass(symbol: str, kilograms: Decimal | int) -> Unit:
    return Unit(symbol, Dimension.MASS, Decimal(kilograms))


def _grade(symbol: str, ppm: Decimal | int | None) -> Unit:
    return Unit(symbol, Dimension.GRADE, None if ppm is None else Decimal(ppm))


_THOUSAND, _MILLION, _BILLION = Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9

UNITS: dict[str, Unit] = {
    unit.symbol: unit
    for unit in (
        _mass("t", 1000),
        _mass("kt", _MILLION),
        _mass("Mt", _BILLION),
        _mass("st", SHORT_TON_KG),
        _mass("kst", SHORT_TON_KG * _THOUSAND),
        _mass("Mst", SHORT_TON_KG * _MILLION),
        _mass("g", Decimal("0.001")),
        _mass("kg", 1),
        _mass("oz", TROY_OUNCE_KG),
        _mass("koz", TROY_OUNCE_KG * _THOUSAND),
        _mass("Moz", TROY_OUNCE_KG * _MILLION),
        _mass("lb", POUND_KG),
        _mass("klb", POUND_KG * _THOUSAND),
        _mass("Mlb", POUND_KG * _MILLION),
        _mass("Glb", POUND_KG * _BILLION),
        _mass("ct", CARAT_KG),
        _mass("kct", CARAT_KG * _THOUSAND),
        _mass("Mct", CARAT_KG * _MILLION),
        _mass("mtu", 10),
        _grade("g/t", 1),
        _grade("%", 10000),
        _grade("ppm", 1),
        _grade("ppb", Decimal("0.001")),
        _grade("oz/t", TROY_OUNCE_KG * 1000),
        _grade("opt", TROY_OUNCE_KG / SHORT_TON_KG * _MILLION),
        _grade("lb/t", POUND_KG * 1000),
        _grade("kg/t", 1000),
        _grade("ct/t", Decimal("0.2")),
        _grade("cpht", Decimal("0.002")),
        _grade("mg/L", None),
        _grade("g/m3", None),
    )
}


def scaled(unit: Unit, thousands: int) -> Unit | None:
    """The unit a thousand (``thousands`` = 1) or a million (2) times this one, or None where it has no symbol."""
    if unit.factor is None or unit.dimension is not Dimension.MASS:
        return unit if thousands == 0 else None
    wanted = unit.factor * _THOUSAND**thousands
    family = _FAMILY.get(unit.symbol, ())
    return next((UNITS[s] for s in family if UNITS[s].factor == wanted), None)


_FAMILY: dict[str, tuple[str, ...]] = {
    symbol: family
    for family in (
        ("g", "kg", "t", "kt", "Mt"),
        ("st", "kst", "Mst"),
        ("oz", "koz", "Moz"),
        ("lb", "klb", "Mlb", "Glb"),
        ("ct", "kct", "Mct"),
        ("mtu",),
    )
    for symbol in family
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit and the printed text that it was read from."""

    figure: Figure
    unit: Unit
    quote: Quote

    @property
    def canonical(self) -> Decimal | None:
        """The value in kilograms or parts per million, or None where the unit has no conversion."""
        return None if self.unit.factor is None else self.figure.value * self.unit.factor

    @property
    def interval(self) -> Interval:
        """The interval in kilograms or parts per million; raises ValueError where there is no conversion."""
        if self.unit.factor is None:
            raise ValueError(f"{self.unit.symbol} has no conversion")
        return self.figure.interval.times(self.unit.factor)
