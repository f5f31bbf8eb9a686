"""Printed quantities in other units: exact where the units are the same, else by kilograms and parts per million."""

from __future__ import annotations

from decimal import Decimal

from models.figure import Interval
from models.units import Quantity, Unit

PER_MILLION = Decimal("0.000001")


def factor_of(unit: Unit) -> Decimal:
    """The factor to kilograms or parts per million; raises ValueError where there is none."""
    if unit.factor is None:
        raise ValueError(f"{unit.symbol} has no conversion")
    return unit.factor


def converts(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be compared; milligrams a litre only with each other."""
    return one.unit == other.unit or (one.unit.factor is not None and other.unit.factor is not None)


def convert(quantity: Quantity, unit: Unit) -> Decimal:
    """The quantity's value in another unit; exact where the units are the same."""
    if quantity.unit.symbol == unit.symbol:
        return quantity.figure.value
    return quantity.figure.value * factor_of(quantity.unit) / factor_of(unit)


def in_unit(quantity: Quantity, unit: Unit) -> Interval:
    """The quantity's interval in another unit; exact where the units are the same."""
    if quantity.unit.symbol == unit.symbol:
        return quantity.figure.interval
    return quantity.figure.interval.times(factor_of(quantity.unit) / factor_of(unit))
