"""Estimate tables: what their figures are in, and where a line is in doubt instead of wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.estimates import read_estimates
from extractors.tables import find_tables
from tests.extractors.grids import document, grid
from tests.extractors.lines_of import lines, short


@pytest.mark.parametrize(
    ("again", "held"),
    [
        ("Category | Tonnes (Mt) | Au (g/t) | Au (koz)", True),  # in another unit
        ("Category | Au (g/t) | Tonnes (kt) | Au (koz)", True),  # another table, right below
        ("Category | Tonnes (kt) | Au (g/t) | Au (koz)", False),  # the same, printed again
        ("Underground | | | ", False),
    ],
)
def test_rows_below_another_heading_within_the_table_are_in_doubt(again: str, held: bool) -> None:
    table = grid(
        "Category | Tonnes (kt) | Au (g/t) | Au (koz)",
        "Indicated | 1,200 | 1.42 | 55",
        again,
        "Inferred | 2,310 | 1.42 | 105",
    )
    doubts = [[d.reason for d in line.doubts if "another heading" in d.reason] for line in lines("Resources", table)]
    assert list(map(bool, doubts)) == [False, held]


@pytest.mark.parametrize(
    ("heading", "tonnes", "reason"),
    [
        ("Tonnes (kt)", "2,310 4", "'2,310 4' is no well-formed number"),
        ("Tonnes (kt)", "2,310 see below", "'2,310 see below' is no number that is understood"),
        ("Tonnes (kt)", "80.5 million lb", "'80.5 million lb' is a tonnage in Mlb (Tonnes (kt))"),
        ("Tonnes (kt)", "Indicated306,900", "'Indicated306,900' is no number that is understood"),  # printed over it
        ("Tonnes (kt)", "(1,000's)", ""),
        ("Tonnes (kt)", "see below", ""),  # words, and nothing that is lost
        ("Tonnes (kt)", "(000)", ""),  # a heading's unit
    ],
)
def test_a_figure_that_is_not_understood_is_a_doubt_and_not_left_out(heading: str, tonnes: str, reason: str) -> None:
    table = grid(
        f"Category | {heading} | Au (g/t) | Au (koz)", f"Inferred | {tonnes} | 1.42 | 105", "All | 5 | 1.2 | 3"
    )
    reasons = [doubt.reason for doubt in lines("Resources", table)[0].doubts]
    assert reason in reasons if reason else not any("understood" in said for said in reasons)


def test_a_malformed_number_is_a_doubt_and_never_a_value() -> None:
    table = grid("Class | Tonnes (Mt) | Carats ('000s cts)", "Inferred | 6.9 | 1,19", "Indicated | 20.2 | 2,187")
    inferred = lines("Diamond resource", table)[0]
    assert inferred.metals == ()
    assert "1,19" in inferred.doubts[0].reason


def test_thousands_that_the_heading_leaves_out_are_settled_by_the_rows() -> None:
    table = grid(
        "Category | Tonnes | Au (g/t) | Au (koz)", "Measured | 20,388 | 1.93 | 1,266", "Inferred | 2,287 | 0.56 | 42"
    )
    found = lines("Resources", table)
    assert [line.tonnage.unit.symbol for line in found if line.tonnage] == ["kt", "kt"]
    assert found[0].assumptions == (
        "the heading of the tonnages says t without a multiplier; only kt makes the rows compute (2 of 2)",
    )


def test_thousands_in_a_row_of_units_are_no_figures() -> None:
    table = grid(
        "Category | Tonnes | Grade | Ounces of Gold",
        " | (000) | (g/t) | (000)",
        "Proven | 154,000 | 1.3 | 6,321",
        "Probable | 116,000 | 1.2 | 4,355",
    )
    assert [short(line) for line in lines("Mineral reserves", table)] == [
        "reserve proven - - 154,000 kt Au:1.3/6,321",
        "reserve probable - - 116,000 kt Au:1.2/4,355",
    ]


def test_tonnes_without_a_multiplier_stay_tonnes_where_the_rows_cannot_tell() -> None:
    table = grid("Category | Tonnes | Cu (%)", "Measured | 78,400,000 | 0.213")
    (line,) = lines("Resources", table)
    assert line.tonnage is not None
    assert (line.tonnage.unit.symbol, line.assumptions) == ("t", ())


def test_tons_are_short_where_the_rows_say_so_and_a_doubt_where_nothing_does() -> None:
    told = grid(
        "Category | Size (M Tons) | Cu (%) | Cu (B lbs)", "Measured | 345 | 0.36 | 2.48", "Inferred | 63 | 0.24 | 0.302"
    )
    assert [line.tonnage.unit.symbol for line in lines("Resources", told) if line.tonnage] == ["Mst", "Mst"]
    (silent,) = lines("Resources", grid("Category | Tons (000s) | Cu (%)", "Measured | 345 | 0.36"))
    assert silent.tonnage is None
    assert "unit" in silent.doubts[0].reason


def test_a_metal_printed_in_two_units_is_one_metal() -> None:
    table = grid("Class | Kt | 4E g/t | 4E Content kg | 4E Content Moz", "Measured | 3,646 | 3.71 | 13,516 | 0.43")
    (metal,) = lines("Resources", table)[0].metals
    assert metal.contained is not None
    assert (metal.contained.unit.symbol, [q.unit.symbol for q in metal.contained_again]) == ("kg", ["Moz"])


def test_whole_numbers_are_rounded_as_their_column_is() -> None:
    table = grid(
        "Mine | Category | Tonnes (000s) | Au (g/t) | Ounces",
        "A | Proven | 370 | 12.6 | 150,000",
        "A | Probable | 982 | 13.7 | 431,000",
    )
    metals = [line.metals[0] for line in lines("Reserves", table)]
    assert [m.contained.figure.step for m in metals if m.contained] == [1000, 1000]
    assert [m.grade.figure.step for m in metals if m.grade] == [Decimal("0.1")] * 2


def test_a_cell_may_name_its_own_unit_and_metal() -> None:
    table = grid("Category | Tonnage | Grade | Contained", "Indicated | 456 Mt | 0.62 Nb2O5% | 2,827 kt")
    (line,) = lines("Mineral resource", table)
    assert line.tonnage is not None
    assert line.tonnage.unit.symbol == "Mt"
    assert [(m.commodity, m.grade and m.grade.unit.symbol) for m in line.metals] == [("Nb2O5", "%")]


def test_a_note_states_the_unit_of_grades_and_the_rows_that_of_tonnes() -> None:
    table = grid("Category | Tonnage | Average Au | Ounces", "Indicated | 1,000,000 | 1.50 | 48,200")
    (line,) = lines("Mineral resource", table, "1. Grades are in g/t.")
    assert line.tonnage is not None
    assert line.tonnage.unit.symbol == "t"
    assert line.metals[0].grade is not None
    assert line.metals[0].grade.unit.symbol == "g/t"
    assert len(line.assumptions) == 1
    (unstated,) = lines("Mineral resource", table)
    assert {doubt.quote.text for doubt in unstated.doubts} == {"1,000,000", "1.50"}


def test_a_table_prints_decimals_as_the_other_tables_do() -> None:
    """Millions of tonnes and carats with three decimals are no thousands: another table prints 2.62."""
    other = grid("Category | Tonnes (Mt) | Grade (cpht) | Carats (Mct)", "Indicated | 28.91 | 27.0 | 7.8")
    table = grid("Category | Tonnes (Mt) | Grade (cpht) | Carats (Mct)", "Probable | 22.613 | 23 | 5.274")
    tables = read_estimates(find_tables(document("Diamond resources", other, "Diamond reserves", table)))
    (line,) = tables[1].lines
    assert line.tonnage is not None
    assert line.tonnage.figure.value == Decimal("22.613")


def test_tonnes_alone_beside_columns_with_grades_are_in_doubt() -> None:
    """The tonnes of all rock in a pit are no second estimate."""
    table = grid(
        "Category | Tonnes (kt) | Cu (%) | Cu (kt) | Total Tonnes in Pit (kt)",
        "Measured & Indicated | 51,940 | 0.50 | 260 | 97,057",
        "Inferred | 4,005 | 0.32 | 13 | ",
    )
    found = lines("Mineral resources", table)
    assert [(line.tonnage.figure.printed, bool(line.doubts)) for line in found if line.tonnage] == [
        ("51,940", False),
        ("97,057", True),
        ("4,005", False),
    ]


def test_figures_with_signs_are_no_grades() -> None:
    """A heading that does not say so stands over changes: one row without a sign tells nothing."""
    table = grid(
        "Category | Tonnes (kt) | Cu (%) | Zn (%)",
        "Indicated | 1,000 | 0.50 | 50%",
        "Inferred | 2,000 | 0.40 | -12%",
    )
    assert all("signs" in line.doubts[0].reason for line in lines("Mineral resources", table))


def test_a_label_that_breaks_off_is_in_doubt() -> None:
    """Its second line, "Inferred", was read as text below the table: the row adds more than it says."""
    table = grid(
        "Area | Category | Tonnes (Mt) | Ni (%)",
        "Limonite | Indicated | 63 | 0.85",
        "Saprolite | Inferred | 47 | 0.75",
        "Total | Indicated & | 110 | 0.81",
    )
    found = lines("Mineral resources", table)
    assert [bool(line.doubts) for line in found] == [False, False, True]
