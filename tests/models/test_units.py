"""Units: exact conversions, and the scale words of headings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figure import Figure
from models.quote import Quote
from models.units import UNITS, Dimension, Quantity, scaled

# quantity, the same in another unit; true by definition of the units
EXACT = [
    ("1", "Moz", "31.1034768", "t"),
    ("1", "lb", "0.45359237", "kg"),
    ("1", "st", "2000", "lb"),
    ("1", "t", "100", "mtu"),
    ("1", "kt", "1000000", "kg"),
    ("5", "Mct", "1", "t"),
    ("1", "%", "10000", "ppm"),
    ("1", "%", "10", "kg/t"),
    ("1", "g/t", "1000", "ppb"),
    ("100", "cpht", "1", "ct/t"),
    ("1", "oz/t", "31.1034768", "g/t"),
    ("1", "lb/t", "453.59237", "g/t"),
]


def canonical(value: str, symbol: str) -> Decimal:
    found = quantity(Decimal(value), symbol).canonical
    assert found is not None
    return found


def quantity(value: Decimal, symbol: str) -> Quantity:
    return Quantity(Figure(str(value), value, Decimal("0.1")), UNITS[symbol], Quote(str(value)))


@pytest.mark.parametrize(("one", "unit", "same", "other"), EXACT)
def test_conversions_are_exact(one: str, unit: str, same: str, other: str) -> None:
    assert canonical(one, unit) == canonical(same, other)


def test_an_ounce_in_a_short_ton() -> None:
    """480 grains in 14,000,000: 240/7 g/t, 34.2857."""
    assert abs(canonical("7", "opt") - 240) < Decimal("1e-24")


def test_a_percent_of_a_short_ton_is_twenty_pounds() -> None:
    share = canonical("1", "%") / 1_000_000
    assert canonical("1", "Mst") * share == canonical("20", "Mlb")


def test_milligrams_a_litre_do_not_convert() -> None:
    """Brine needs a density."""
    brine = quantity(Decimal(250), "mg/L")
    assert brine.canonical is None
    with pytest.raises(ValueError, match="mg/L has no conversion"):
        brine.interval  # noqa: B018 - the property raises


CONVERTING = sorted(symbol for symbol, unit in UNITS.items() if unit.factor is not None)


@given(st.sampled_from(CONVERTING), st.decimals(min_value=0, max_value=10**6, places=2))
def test_the_canonical_value_lies_in_the_canonical_interval(symbol: str, value: Decimal) -> None:
    stated = quantity(value, symbol)
    assert stated.canonical in stated.interval  # type: ignore[operator]
    assert stated.interval.low >= 0


# unit of a heading, thousands of its scale word, the unit that they make
SCALED = [
    ("t", 1, "kt"),
    ("t", 2, "Mt"),
    ("kt", 1, "Mt"),
    ("oz", 1, "koz"),
    ("lb", 2, "Mlb"),
    ("Mlb", 1, "Glb"),  # billions of pounds
    ("kg", 1, "t"),  # thousands of kilograms are tonnes
    ("st", 2, "Mst"),
    ("ct", 1, "kct"),
    ("Moz", 1, None),  # no table prints billions of ounces
    ("g/t", 0, "g/t"),
    ("g/t", 1, None),  # a grade has no scale
]


@pytest.mark.parametrize(("symbol", "thousands", "expected"), SCALED)
def test_scaled(symbol: str, thousands: int, expected: str | None) -> None:
    found = scaled(UNITS[symbol], thousands)
    assert (found.symbol if found else None) == expected


@given(st.sampled_from(sorted(UNITS)), st.sampled_from([1, 2]))
def test_a_scaled_unit_is_that_many_thousands_of_the_unit(symbol: str, thousands: int) -> None:
    unit = UNITS[symbol]
    found = scaled(unit, thousands)
    if found is not None:
        assert unit.dimension is found.dimension is Dimension.MASS
        assert unit.factor is not None
        assert found.factor == unit.factor * 1000**thousands
