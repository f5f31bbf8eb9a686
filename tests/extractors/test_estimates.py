"""Estimate tables as whole tables: what a careful reader would write down of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.estimates import read_estimates
from extractors.tables import find_tables
from models.disclosure import CellUse
from tests.extractors.grids import document, grid
from tests.extractors.lines_of import lines, read, short


def test_a_plain_table_with_reserves_and_resources() -> None:
    table = grid(
        " | Tonnes (000's) | WO₃ (%) | WO₃ (Tonnes)",
        "Stockpiles Mineral Reserves | 66 | 0.25 | 164",
        "Proven | 357 | 0.45 | 1,618",
        "Total Mineral Reserves | 3,812 | 0.28 | 10,678",
        "Inferred Mineral Resources | 1,527 | 0.24 | 3,648",
    )
    assert [short(line) for line in lines("Reserves and resources", table)] == [
        "reserve unclassified - stockpile 66 kt WO3:0.25/164",
        "reserve proven - - 357 kt WO3:0.45/1,618",
        "reserve total_reserves - - 3,812 kt WO3:0.28/10,678 total",
        "resource inferred - - 1,527 kt WO3:0.24/3,648",
    ]


def test_categories_side_by_side_under_zones_with_group_rows() -> None:
    table = grid(
        "Area | Proven | | | Probable | |",
        " | Tonnes (000) | g/t Au | Ounces (000) | Tonnes (000) | g/t Au | Ounces (000)",
        "Lynx | | | | | |",
        "Surface | 1,165 | 0.91 | 34 | - | - | -",
        "Underground | 14,851 | 2.80 | 1,336 | 27,203 | 2.65 | 2,317",
        "Total Lynx | 16,016 | 2.66 | 1,370 | 27,203 | 2.65 | 2,317",
        "Kestrel | 10 | 1.00 | 0.3 | 20 | 1.00 | 0.6",
        "Corvid - TOTAL | 16,026 | 2.66 | 1,370 | 27,223 | 2.65 | 2,318",
    )
    found = [short(line) for line in lines("Mineral reserves", table, issuer="Corvid Gold Inc.")]
    assert found == [
        "reserve proven Lynx - Surface - 1,165 kt Au:0.91/34",
        "reserve proven Lynx underground 14,851 kt Au:2.80/1,336",
        "reserve probable Lynx underground 27,203 kt Au:2.65/2,317",
        "reserve proven Lynx - 16,016 kt Au:2.66/1,370 total",
        "reserve probable Lynx - 27,203 kt Au:2.65/2,317 total",
        "reserve proven Kestrel - 10 kt Au:1.00/0.3",  # the group ended with its total
        "reserve probable Kestrel - 20 kt Au:1.00/0.6",
        "reserve proven - - 16,026 kt Au:2.66/1,370 total",
        "reserve probable - - 27,223 kt Au:2.65/2,318 total",
    ]


def test_a_label_carried_down_does_not_pass_a_label_to_its_left() -> None:
    table = grid(
        "Class | Lobe | Tonnes (Mt) | Carats ('000s cts) | Grade (cpht)",
        "Indicated | South | 20.25 | 2,187 | 10.8",
        " | North | 0.41 | 48 | 11.67",
        "Total Indicated | | 20.66 | 2,235 | 10.8",
        "Inferred | South | 0.31 | 33 | 10.55",
    )
    assert [short(line) for line in lines("Diamond resource", table)] == [
        "resource indicated South - 20.25 Mt diamond:10.8/2,187",
        "resource indicated North - 0.41 Mt diamond:11.67/48",
        "resource indicated - - 20.66 Mt diamond:10.8/2,235 total",
        "resource inferred South - 0.31 Mt diamond:10.55/33",
    ]


def test_a_category_carries_down_its_own_column_only() -> None:
    table = grid(
        "Area | Class | Kt | Au g/t",
        "Crow | Measured | 3,646 | 2.30",
        "Rook | | 6,688 | 3.01",
        "Grand Total | | 10,335 | 2.76",
    )
    assert [line.category for line in lines("Resources", table)] == ["measured"] * 3
    alone = grid(
        "Category | Mst | Cu (%)", "Sulphide Reserves | |", "Proven | 437 | 0.26", "Ore Stockpiles | 11 | 0.19"
    )
    assert [line.category for line in lines("Reserves", alone)] == ["proven", "unclassified"]


def test_metals_as_group_rows_and_subtotals_without_a_label() -> None:
    table = grid(
        " | Measured | | Inferred |",
        " | Tonnes (000's) | Grade (%) | Tonnes (000's) | Grade (%)",
        "Copper | | | |",
        "Antares | | | |",
        "Copper only ore | 38,800 | 0.46 | 625,200 | 0.73",
        " | 55,100 | 0.47 | 1,026,800 | 0.82",
        "Galore | 39,500 | 0.25 | | ",
        "Zinc | | | |",
        "Red Dog | 0 | 0.0 | 200 | 10.7",
    )
    found = [short(line) for line in lines("Mineral resources", table)]
    assert found == [
        "resource measured Antares - Copper only - 38,800 kt Cu:0.46/-",
        "resource inferred Antares - Copper only - 625,200 kt Cu:0.73/-",
        "resource measured Antares - 55,100 kt Cu:0.47/- total",
        "resource inferred Antares - 1,026,800 kt Cu:0.82/- total",
        "resource measured Galore - 39,500 kt Cu:0.25/-",
        "resource measured Red Dog - 0 kt Zn:0.0/-",  # printed as zero: stated, and not blank
        "resource inferred Red Dog - 200 kt Zn:10.7/-",
    ]


def test_a_grand_total_under_the_last_group_row_stands_outside_it() -> None:
    table = grid(
        " | Tonnes | Cu Grade (%)",
        "North Resources | |",
        "Measured | 78,400,000 | 0.213",
        "Indicated | 93,100,000 | 0.224",
        "South Resources | |",
        "Inferred | 700,000 | 0.149",
        "Total Measured and Indicated | 171,500,000 | 0.219",
    )
    assert [line.zone for line in lines("Resources", table)] == ["North", "North", "South", None]


def test_a_pit_keeps_its_name_unless_the_same_place_is_mined_in_two_ways() -> None:
    pits = grid("Pit | Category | kt | Au (g/t)", "North Pit | Measured | 10 | 1.0", "North Pit | Indicated | 20 | 1.0")
    assert [line.zone for line in lines("Resources", pits)] == ["North Pit", "North Pit"]
    ways = grid("Mine | Category | kt | Au (g/t)", "Wren Pit | Measured | 10 | 1.0", "Wren UG | Measured | 20 | 3.0")
    assert [(line.zone, *line.materials) for line in lines("Resources", ways)] == [
        ("Wren", "open_pit"),
        ("Wren", "underground"),
    ]


def test_total_and_magnetic_iron_are_two_grades() -> None:
    table = grid("Category | Tonnes (Mt) | Fe total (FeT) (%) | Magnetic Fe (%)", "Measured | 44.6 | 29.8 | 19.4")
    (line,) = lines("Resources", table)
    assert (short(line), line.doubts) == ("resource measured - - 44.6 Mt Fe:29.8/- MagFe:19.4/-", ())


def test_a_sensitivity_table_has_a_cutoff_on_each_line() -> None:
    table = grid(
        "Nb2O5% Cut off | Tonnes (x 000 t) | Nb2O5%",
        "0.70% | 19,224 | 0.80",
        "0.60% | 42,030 | 0.72",
    )
    found = lines("Inferred resource by cut-off", table)
    assert [line.category for line in found] == ["inferred", "inferred"]
    cutoff = found[0].cutoff
    assert cutoff is not None
    assert (cutoff.value.value, cutoff.unit, cutoff.commodity) == (Decimal("0.70"), "%", "Nb2O5")


def test_a_bridge_keeps_the_last_balance_only_and_names_the_rest() -> None:
    table = grid(
        " | Ore Tonnes (t x 1,000) | Gold Grade (g/t) | Gold Ounces x 1,000",
        "Proven and Probable Reserves as of September 30, 2022(1) | 361,677 | 1.06 | 12,312",
        "Depletion(2) | (14,832) | 1.46 | (694)",
        "Proven and Probable Reserves as of September 30, 2023 | 350,665 | 1.04 | 11,717",
    )
    found = read("Change of reserves over the year", table)
    assert found is not None
    assert [line.row for line in found.lines] == [3]
    ignored = {(a.row, a.reason) for a in found.accounts if a.use is CellUse.IGNORED}
    assert {(1, "prior estimate"), (2, "bridge")} <= ignored


def test_every_printed_cell_of_the_body_is_accounted_for() -> None:
    table = grid(
        "Zone | Category | Tonnes (Mt) | Au (g/t) | Density (t/m3) | Remarkable",
        "Lynx | Measured | 1.0 | 2.0 | 2.7 | 12",
    )
    found = read("Resources", table)
    assert found is not None
    assert {a.column: a.use for a in found.accounts} == {
        0: CellUse.USED,
        1: CellUse.USED,
        2: CellUse.USED,
        3: CellUse.USED,
        4: CellUse.IGNORED,
        5: CellUse.LEFT_OVER,
    }


def test_tables_that_state_no_estimates_are_left_alone() -> None:
    drilling = grid("Hole | From (m) | To (m) | Au (g/t)", "LX-1 | 12.0 | 14.5 | 3.20", "LX-2 | 40.0 | 41.0 | 8.10")
    economics = grid("Measure | Base case", "After-tax NPV (M$) | 412", "IRR (%) | 23")
    assert read("Drill results", drilling) is None
    assert read("Economics of the mine plan", economics) is None


def test_a_caption_gives_category_material_and_history() -> None:
    table = grid("Zone | Tonnes (kt) | Au (g/t)", "No. 7 | 394 | 12.6", "TOTAL | 394 | 12.6")
    found = lines("Proven and probable underground reserves by zone", table)
    assert [short(line) for line in found] == [
        "reserve proven_probable No. 7 underground 394 kt Au:12.6/-",  # a part, although its category is a sum
        "reserve proven_probable - underground 394 kt Au:12.6/- total",
    ]
    old = grid("Category | Tonnes (kt) | Au (g/t)", "Indicated | 394 | 12.6")
    assert lines("Historical estimate of 1987", old)[0].type == "historical"
    assert lines("Historic ore reserves, 1987", old)[0].type == "historical"


_CAUTION = (
    "A qualified person has not done sufficient work to classify the historical estimate as a current mineral resource."
)


@pytest.mark.parametrize(
    ("above", "caption", "notes", "kind"),
    [
        ([_CAUTION], "Table 1.3: South Lens, 1987", [], "historical"),  # the caution stands above the caption
        ([], "Table 1.3: South Lens, 1987", [f"Note: {_CAUTION}"], "historical"),
        ([_CAUTION], "Table 1.3: Mineral resource of the North Lens", [], "resource"),  # it speaks of another table
        ([], "Table 1.3: North Lens", ["Notes: prices are in US dollars.", "1.7 History", _CAUTION], "resource"),
        ([], "Table 1.3: North Lens", ["Notes: prices are in US dollars.", _CAUTION], "resource"),  # of the next table
    ],
)
def test_the_caution_about_a_historical_estimate_says_what_its_table_states(
    above: list[str], caption: str, notes: list[str], kind: str
) -> None:
    table = grid("Class | Short tons | Zn (%)", "Drill indicated | 611,000 | 6.1")
    (found,) = read_estimates(find_tables(document(*above, caption, table, *notes)))
    assert [line.type for line in found.lines] == [kind]


def test_notes_say_how_it_would_be_mined_where_no_row_does() -> None:
    table = grid("Category | Tonnes (kt) | Au (g/t)", "Proven | 394 | 12.6", "Indicated | 500 | 10.0")
    found = lines("Reserves and resources", table, "1. Reserves assume open pit mining.", "2. Resources are in situ.")
    assert [line.materials for line in found] == [("open_pit",), ()]


def test_a_bare_total_takes_its_category_from_its_parts() -> None:
    table = grid("Class | Mt | Au g/t", "Measured | 1.0 | 2.0", "Indicated | 2.0 | 2.0", "Total | 3.0 | 2.0")
    assert lines("Resources", table)[2].category == "measured_indicated"
    mixed = grid("Class | Mt | Au g/t", "Indicated | 1.0 | 2.0", "Inferred | 2.0 | 2.0", "Total | 3.0 | 2.0")
    assert lines("Resources", mixed)[2].category == "total_resources"


def test_a_cutoff_printed_once_stands_for_the_rows_that_share_it() -> None:
    table = grid(
        "Cut-off (g/t Au) | Category | kt | Au (g/t)", "0.30 | Indicated | 120 | 1.10", " | Inferred | 30 | 0.90"
    )
    found = lines("Sensitivity", table)
    assert [line.cutoff.value.printed for line in found if line.cutoff] == ["0.30", "0.30"]


@pytest.mark.parametrize(
    ("total", "cutoff"),
    [
        ("70 & 125", "-"),  # the cell itself names two
        ("", "-"),  # printed beside parts with two, and none is the total's
        ("70", "70"),
    ],
)
def test_a_total_of_parts_at_several_cutoffs_has_none(total: str, cutoff: str) -> None:
    table = grid(
        "Area | Category | Cut-off (Ag g/t) | Tonnes (kt) | Ag (g/t)",
        "Pit | Indicated | 70 | 150 | 190",
        "Out-of-pit | Indicated | 125 | 885 | 275",
        f"Total | Indicated | {total} | 1,035 | 263",
    )
    found = lines("Mineral resources", table)
    assert [line.cutoff.value.printed if line.cutoff else "-" for line in found] == ["70", "125", cutoff]


def test_a_company_share_beside_the_whole_is_left_out() -> None:
    table = grid("Category | Tonnes (kt) | Cu (%) | Cu (kt) | Attributable Cu (kt)", "Proven | 10,000 | 0.50 | 50 | 30")
    found = read("Reserves, 100 % basis", table)
    assert found is not None
    (metal,) = found.lines[0].metals
    assert (metal.contained_again, found.accounts[-1].reason) == ((), "attributable share")


def test_the_earlier_of_two_years_in_one_row_of_headings_is_marked() -> None:
    table = grid(
        "Category | 2023 Tonnes (Mt) | 2023 Au (koz) | 2022 Tonnes (Mt) | 2022 Au (koz) | % Change Au",
        "Indicated | 10.0 | 400 | 9.0 | 350 | 14%",
    )
    found = read("Mineral resources", table)
    assert found is not None
    assert [(short(line), line.is_earlier) for line in found.lines] == [
        ("resource indicated - - 10.0 Mt Au:-/400", False),
        ("resource indicated - - 9.0 Mt Au:-/350", True),
    ]
    assert {(a.quote.text, a.reason) for a in found.accounts if a.use is CellUse.IGNORED} == {("14%", "change")}


def test_note_marks_of_the_label_are_kept_with_the_line() -> None:
    table = grid("Class | Mt | Au g/t", "Inferred(1) | 1.0 | 2.0")
    assert lines("Resources", table)[0].marks == ("1",)


def test_a_french_table_reads_as_well() -> None:
    table = grid(
        "Mine | Catégorie | Tonnes (Milliers) | Teneur (G/T Au) | Onces Contenues",
        "Kiena | Prouvées | 71 | 13,2 | 30 000",
        " | Probables | 1 758 | 11,0 | 621 000",
    )
    assert [short(line) for line in lines("Réserves", table)] == [
        "reserve proven Kiena - 71 kt Au:13,2/30 000",
        "reserve probable Kiena - 1 758 kt Au:11,0/621 000",
    ]


TOTAL_FIRST = (
    "MINERAL RESERVES | Tonnes | Grade | Ounces",
    " | M | g/t | M",
    "Proven | 18.1 | 2.82 | 1.636",
    "North Lode | 11.2 | 2.79 | 1.005",
    "South Lode | 6.9 | 2.85 | 0.632",
)


def test_a_total_above_its_zones_gives_them_its_category() -> None:
    found = lines("Gold mineral reserves", grid(*TOTAL_FIRST))
    assert [short(line) for line in found] == [
        "reserve proven - - 18.1 Mt Au:2.82/1.636 total",
        "reserve proven North Lode - 11.2 Mt Au:2.79/1.005",
        "reserve proven South Lode - 6.9 Mt Au:2.85/0.632",
    ]
    assert not any(line.doubts for line in found)


def test_zones_that_do_not_add_up_to_the_line_above_keep_their_doubt() -> None:
    found = lines("Gold mineral reserves", grid(*TOTAL_FIRST[:-1], "South Lode | 16.9 | 2.85 | 0.632"))
    assert [line.category for line in found] == ["proven", "unclassified", "unclassified"]


def test_a_grand_total_is_of_no_material() -> None:
    table = grid(
        "Area | Category | kt | g/t Au | koz",
        "Underground | | | |",
        "Deeps | Indicated | 1,340 | 4.62 | 199",
        "Grand Total | Indicated | 26,860 | 1.26 | 1,088",
    )
    assert [short(line) for line in lines("Resources", table)] == [
        "resource indicated Deeps underground 1,340 kt Au:4.62/199",
        "resource indicated - - 26,860 kt Au:1.26/1,088 total",
    ]


def test_a_subtotal_below_a_group_with_both_sorts_before_it_adds_its_own_parts() -> None:
    table = grid(
        " | Tonnes (kt) | Au (g/t)",
        "Alder | |",
        "Proven Reserves | 100 | 1.0",
        "Probable Reserves | 200 | 1.0",
        "Subtotal | 300 | 1.0",
        "Measured Resources | 150 | 1.0",
        "Birch | |",
        "Proven Reserves | 10 | 1.0",
        "Probable Reserves | 20 | 1.0",
        "Subtotal | 30 | 1.0",
    )
    found = [line for line in lines("Mineral reserves and resources", table) if line.is_total]
    assert [(line.type, line.category, line.zone) for line in found] == [
        ("reserve", "proven_probable", "Alder"),
        ("reserve", "proven_probable", "Birch"),
    ]


def test_a_label_over_two_rows_names_the_rows_of_both_halves() -> None:
    """The total of both categories shows that "Open Pit" goes on with the site beside the row above."""
    table = grid(
        "Site | Category | Tonnes (kt) | Cu (%)",
        "Alder | Measured | 442 | 0.44",
        "Open Pit | Indicated | 36 | 0.28",
        " | M&I | 478 | 0.43",
        " | Inferred | 6 | 0.23",
        "Birch | Measured | 178 | 0.84",
        "Underground | Indicated | 238 | 0.78",
        " | M&I | 416 | 0.80",
    )
    found = lines("Mineral resources", table)
    assert [(line.zone, *line.materials) for line in found] == [
        *[("Alder Open Pit", "open_pit")] * 4,
        *[("Birch Underground", "underground")] * 3,
    ]
    assert found[1].quote.text.startswith("Open Pit | Indicated")  # as printed


def test_labels_of_two_rows_without_a_total_of_both_are_two() -> None:
    table = grid(
        "Site | Category | Tonnes (kt) | Cu (%)",
        "Alder | Measured | 442 | 0.44",
        "Open Pit | Indicated | 36 | 0.28",
        " | Inferred | 6 | 0.23",
    )
    found = lines("Mineral resources", table)
    assert [(line.zone, *line.materials) for line in found] == [("Alder",), (None, "open_pit"), (None, "open_pit")]
