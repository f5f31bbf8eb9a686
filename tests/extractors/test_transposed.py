"""Tables on their side, with a column for each line: read as if they stood upright."""

from __future__ import annotations

from tests.extractors.grids import grid
from tests.extractors.lines_of import lines, short


def test_a_table_on_its_side_is_turned() -> None:
    table = grid(
        " | Measured | Indicated | M&I",
        "Tonnes (Mt) | 10.2 | 20.4 | 30.6",
        "Gold | | | ",
        "Grade (g/t) | 1.20 | 1.00 | 1.07",
        "Contained (koz) | 394 | 656 | 1,050",
    )
    assert [short(line) for line in lines("Mineral resources", table)] == [
        "resource measured - - 10.2 Mt Au:1.20/394",
        "resource indicated - - 20.4 Mt Au:1.00/656",
        "resource measured_indicated - - 30.6 Mt Au:1.07/1,050 total",
    ]


def test_a_table_of_brine_on_its_side_is_turned_without_tonnes() -> None:
    table = grid(
        "Category | Measured | Inferred",
        "Avg. Li (mg/l) | 465 | 469",
        "In situ Li (tonnes) | 240,000 | 165,000",
    )
    assert [short(line) for line in lines("Brine resource", table)] == [
        "resource measured - - - Li:465/240,000",
        "resource inferred - - - Li:469/165,000",
    ]


def test_a_table_on_its_side_may_have_a_total_named_after_its_resource() -> None:
    table = grid(
        "Category | Indicated | Inferred | Total Diamond Resource",
        "Metric Tonnes (Millions) | 28.910 | 48.064 | 76.974",
        "Grade (cpht) | 27 | 28 | 28",
        "Carats (Millions) | 7.793 | 13.553 | 21.346",
    )
    found = lines("Diamond resources", table)
    assert [(line.category, line.tonnage and line.tonnage.figure.printed) for line in found] == [
        ("indicated", "28.910"),
        ("inferred", "48.064"),
        ("total_resources", "76.974"),
    ]
