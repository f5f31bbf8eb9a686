"""Headings of columns: kind, unit with multiplier, commodity, column group."""

from __future__ import annotations

import pytest

from extractors.column_kinds import Column, Kind
from extractors.columns import read_columns
from extractors.headings import Heading, read_heading
from models.document import Cell, Grid
from tests.extractors.grids import grid


def columns(*stacks: tuple[str, ...], around: str = "") -> tuple[Column, ...]:
    return read_columns(Heading(len(stacks[0]), stacks), frozenset(), around)


@pytest.mark.parametrize(
    ("heading", "kind", "unit", "commodity"),
    [
        ("Tonnes (000's)", Kind.TONNAGE, "kt", None),
        ("Tonnes (Mt.)", Kind.TONNAGE, "Mt", None),
        ("Ore Tonnes (t x 1,000)", Kind.TONNAGE, "kt", None),
        ("US Short Tons (millions)", Kind.TONNAGE, "Mst", None),
        ("Tonnes (Milliers)", Kind.TONNAGE, "kt", None),
        ("Tonnes k)", Kind.TONNAGE, "kt", None),  # the opening bracket is lost
        ("WO₃ (%)", Kind.GRADE, "%", "WO3"),
        ("Fe%", Kind.GRADE, "%", "Fe"),
        ("FeT (%)", Kind.GRADE, "%", "Fe"),
        ("Fe mag (%)", Kind.GRADE, "%", "MagFe"),
        ("Fer magnétique (%)", Kind.GRADE, "%", "MagFe"),
        ("Grade (gAu/tonne)", Kind.GRADE, "g/t", "Au"),
        ("Teneur (G/T Au)", Kind.GRADE, "g/t", "Au"),
        ("AuEq opt", Kind.GRADE, "opt", "AuEq"),
        ("Cu Eq %", Kind.GRADE, "%", "CuEq"),
        ("Grade (cpht)", Kind.GRADE, "cpht", "diamond"),
        ("WO₃ (Tonnes)", Kind.CONTAINED, "t", "WO3"),  # metal and mass in one cell: no ore
        ("Contained Ounces (000)", Kind.CONTAINED, "koz", None),
        ("lb Cu (billions)", Kind.CONTAINED, "Glb", "Cu"),
        ("Au in situ onces (x1000)", Kind.CONTAINED, "koz", "Au"),
        ("Contained Nb2O5 (1,000's of kg)", Kind.CONTAINED, "t", "Nb2O5"),
        ("Carats (‘000s cts)", Kind.CONTAINED, "kct", "diamond"),
        ("Graphite in-situ (t)", Kind.CONTAINED, "t", "C"),
        ("Total 2P Reserves (Gold Ounces x 1,000)", Kind.CONTAINED, "koz", "Au"),
        ("Recoverable Metal Cu (B lbs)", Kind.RECOVERED, "Glb", "Cu"),
        ("Nb2O5% Cut off", Kind.CUTOFF, "%", "Nb2O5"),
        ("Avg. K (mg/l)", Kind.GRADE, "mg/L", "K"),
        ("Contained Gold (K oz)", Kind.CONTAINED, "koz", "Au"),  # thousands, not potassium
        ("Li2CO3 Equivalent (tonnes)", Kind.CONTAINED, "t", "LCE"),
        ("Metal U(3)O(8) (Mlbs)", Kind.CONTAINED, "Mlb", "U3O8"),  # a newswire's lowered digits
    ],
)
def test_a_heading_tells_kind_unit_and_metal(heading: str, kind: Kind, unit: str, commodity: str | None) -> None:
    (column,) = columns((heading,))
    assert (column.kind, column.plain_unit and column.plain_unit.symbol, column.commodity) == (kind, unit, commodity)


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Density (g/cm3)", "density"),
        ("Volume (Mm3)", "volume"),
        ("Process Recovery(7) %", "recovery"),
        ("HREO/TREO (%)", "ratio"),  # a share of two oxides is no grade
        ("Owner's interest", "share"),
        ("Mine Cut m", "width"),
        ("Strip Ratio", "strip ratio"),
        ("% Change", "change"),
        ("Percent", "part of the total"),
        ("Specific Gravity (Tonnes/m3)", "density"),  # it names tonnes, and is no tonnage
        ("eDTR%", "recovery"),
    ],
)
def test_a_column_that_is_no_estimate_is_ignored_by_name(heading: str, reason: str) -> None:
    (column,) = columns((heading,))
    assert (column.kind, column.reason) == (Kind.IGNORED, reason)


def test_a_metal_may_need_the_unit_below_it_to_be_told() -> None:
    (read,) = columns(("Avg. K", "(mg/l)"))
    assert (read.kind, read.commodity) == (Kind.GRADE, "K")


def test_a_metal_below_the_word_comparison_is_a_change() -> None:
    (read,) = columns(("Comparison", "Li2CO3 (%)"))
    assert (read.kind, read.reason) == (Kind.IGNORED, "change")


def test_metals_under_the_word_value_are_grades_and_money_beside_them_is_not() -> None:
    """``Average Value`` over metals in percent; the NSR value below the same heading is money."""
    over = "Average Value"
    read = columns((over, "Zn", "%"), (over, "Ag (g/t)"), (over, "NSR", "$/t"), ("Average diamond value", "(US$/ct)"))
    assert [(c.kind, c.commodity) for c in read] == [
        (Kind.GRADE, "Zn"),
        (Kind.GRADE, "Ag"),
        (Kind.IGNORED, None),
        (Kind.IGNORED, None),
    ]


def test_a_multiplier_in_a_category_heading_is_its_abbreviation() -> None:
    (column,) = columns(("MEASURED RESOURCES (M)", "TONNES"), around="(tonnes in thousands; pounds in millions)")
    assert column.plain_unit is not None
    assert column.plain_unit.symbol == "kt"


def test_a_sentence_beside_the_table_gives_the_multiplier() -> None:
    tonnes, pounds = columns(("TONNES",), ("CONTENT (LB U3O8)",), around="tonnes in thousands; pounds in millions")
    assert [c.plain_unit.symbol for c in (tonnes, pounds) if c.plain_unit] == ["kt", "Mlb"]


def test_estimates_side_by_side_are_groups_of_their_own() -> None:
    found = columns(
        ("Measured", "Tonnes (kt)"), ("Measured", "Au g/t"), ("Inferred", "Tonnes (kt)"), ("Inferred", "Au g/t")
    )
    assert [c.group for c in found] == [0, 0, 1, 1]
    assert found[0].label.category == "measured"


def test_a_metal_without_a_name_is_the_groups_only_one() -> None:
    found = columns(("Tonnes (kt)",), ("Grade (g/t Au)",), ("Contained Ounces",))
    assert found[2].commodity == "Au"
    mixed = columns(("Tonnes (kt)",), ("Au (g/t)",), ("Ag (g/t)",), ("Contained Ounces",))
    assert mixed[3].commodity is None


def test_a_heading_broken_over_rows_is_read_as_one() -> None:
    (column,) = columns(("Nb2O5% Cut", "off"))
    assert column.kind is Kind.CUTOFF


def test_a_merged_heading_speaks_for_its_blank_neighbours() -> None:
    table = grid("Mine | Proven | | Probable |", " | Tonnes | g/t | Tonnes | g/t", "North | 1 | 2.0 | 3 | 4.0")
    heading = read_heading(table)
    assert heading.rows == 2
    assert heading.stacks[2] == ("Proven", "g/t")
    assert heading.stacks[4] == ("Probable", "g/t")


def test_a_merged_heading_says_nothing_of_a_column_with_a_heading_of_its_own_above() -> None:
    """The blank between ``4E Content`` and ``Moz`` is no more of the copper beside it."""
    table = grid(
        "Class | Mt | Grades | | 4E Content", " | | Pt | Cu | ", " | | g/t | % | Moz", "Measured | 12 | 1.2 | 0.1 | 3"
    )
    assert read_heading(table).stacks[2:] == (("Grades", "Pt", "g/t"), ("Grades", "Cu", "%"), ("4E Content", "Moz"))


def test_a_line_whose_bracket_is_open_is_no_merged_heading() -> None:
    table = grid("Category | | (g/t | ", " | Tonnes | Au) | Ounces", "Proven | 412 | 6.11 | 81")
    assert [" ".join(stack) for stack in read_heading(table).stacks[2:]] == ["(g/t Au)", "Ounces"]


def test_group_rows_under_the_heading_are_body() -> None:
    table = grid(" | Tonnes | Cu (%)", "North Pit | |", "Measured | 12 | 0.50")
    assert read_heading(table).rows == 1


def test_a_line_of_one_columns_heading_beside_higher_ones_is_no_group_row() -> None:
    """``ROM`` over ``coal (Mt)`` beside headings that take both rows."""
    cells = [
        Cell(text, row=0, column=at, row_span=1 if at == 1 else 2) for at, text in enumerate(("Class", "ROM", "Yield"))
    ]
    cells += [Cell("coal (Mt)", row=1, column=1)]
    cells += [Cell(text, row=2, column=at) for at, text in enumerate(("Proven", "44.1", "68.2"))]
    assert read_heading(Grid(tuple(cells))).stacks[1] == ("ROM", "coal (Mt)")


def test_years_in_a_heading_are_no_figures() -> None:
    table = grid(" | 2023 | 2022", " | Tonnes | Tonnes", "Measured | 12 | 13")
    assert read_heading(table).rows == 2
