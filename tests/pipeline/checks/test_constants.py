"""The constants against their definitions: atomic weights, and what a shortened constant may move."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from models.figure import Interval
from models.units import UNITS
from pipeline.checks import constants
from pipeline.checks.constants import compound_factors, conversion_slack

ENTRIES = tomllib.loads(Path(constants.__file__).with_suffix(".toml").read_text(encoding="utf-8"))

# standard atomic weights, abridged
WEIGHTS = {
    "H": 1.008, "Li": 6.94, "Be": 9.0122, "B": 10.81, "C": 12.011, "O": 15.999, "F": 18.998, "P": 30.974, "S": 32.06,
    "Cl": 35.45, "K": 39.098, "Ca": 40.078, "Ti": 47.867, "V": 50.942, "Cr": 51.996, "Mn": 54.938, "Fe": 55.845,
    "Nb": 92.906, "Mo": 95.95, "Sn": 118.71, "Sb": 121.76, "Ta": 180.95, "W": 183.84, "U": 238.03,
}  # fmt: skip
TRADE_NAMES = {"LCE": "Li2CO3", "BPL": "Ca3P2O8"}


def atoms(formula: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for symbol, count in re.findall(r"([A-Z][a-z]?)(\d*)", TRADE_NAMES.get(formula, formula)):
        found[symbol] = found.get(symbol, 0) + int(count or 1)
    return found


def mass(formula: str) -> float:
    return sum(WEIGHTS[symbol] * count for symbol, count in atoms(formula).items())


@pytest.mark.parametrize("entry", ENTRIES["compound"], ids=lambda e: f"{e['from']}-{e['to']}")
def test_compound_factors_follow_from_atomic_weights(entry: dict[str, str]) -> None:
    """One mass of a compound holds as much of the other as their common element allows."""
    one, other = atoms(entry["from"]), atoms(entry["to"])
    (element,) = (set(one) & set(other)) - {"O"}
    expected = one[element] / other[element] * mass(entry["to"]) / mass(entry["from"])
    assert float(entry["factor"]) == pytest.approx(expected, rel=5e-4)


def test_every_entry_has_an_example() -> None:
    entries = [*ENTRIES["compound"], *ENTRIES["unit_slip"], *ENTRIES["conversion"].values()]
    assert all(entry["example"] for entry in entries)


def test_compound_factors_go_both_ways() -> None:
    names = {factor.name: factor.ratio for factor in compound_factors("WO3")}
    assert names["W for WO3"] * names["WO3 for W"] == pytest.approx(Decimal(1))


# tonnage, grade, contained: whether a constant stands between them
SLACKS = [
    ("kt", "%", "t", False),
    ("kt", "g/t", "kg", False),
    ("kt", "g/t", "koz", True),
    ("Mt", "%", "Mlb", True),
    ("t", "oz/t", "oz", False),
    ("st", "opt", "oz", False),
    ("t", "opt", "oz", True),  # the short ton
    ("Mst", "%", "Mlb", False),
    ("Mst", "g/t", "Moz", True),
    ("Mt", "cpht", "Mct", False),
    ("t", "%", "mtu", False),
]


@pytest.mark.parametrize(("tonnage", "grade", "contained", "converted"), SLACKS)
def test_only_a_conversion_has_slack(tonnage: str, grade: str, contained: str, converted: bool) -> None:
    slack = conversion_slack(UNITS[tonnage], UNITS[grade], UNITS[contained])
    assert (slack != Interval(Decimal(1), Decimal(1))) is converted
    assert Decimal(1) in slack
    assert slack.high - slack.low < Decimal("0.003")
