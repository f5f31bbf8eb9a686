"""Headings over several estimates: each figure goes to its own, or its line is in doubt."""

from __future__ import annotations

import pytest

from extractors.headings import read_heading
from models.document import Cell, Grid
from tests.extractors.grids import grid
from tests.extractors.lines_of import lines, printed, short


def test_the_first_line_of_a_wrapped_heading_heads_no_column_of_another_category() -> None:
    table = grid(
        " | | | Measured |",
        "Area | Measured | Indicated | + Indicated | Inferred",
        " | (Mt) | (Mt) | (Mt) | (Mt)",
        "Ridge | 61.2 | 48.8 | 110.0 | 20.4",
    )
    found = [short(line) for line in lines("Coal resources", table)]
    assert [text.split()[1] for text in found] == ["measured", "indicated", "measured_indicated", "inferred"]


def test_columns_whose_category_is_not_told_are_in_doubt_beside_those_of_others() -> None:
    def doubts(third: str) -> list[str]:
        table = grid(
            f"Area | Measured | | Indicated | | {third} |",
            " | kt | g/t Au | kt | g/t Au | kt | g/t Au",
            "Ridge | 10 | 1.0 | 20 | 2.0 | 30 | 1.7",
        )
        return [doubt.reason for line in lines("Resources", table) for doubt in line.doubts]

    assert doubts("(M) + (I)") == []
    assert doubts("Whole") == ["what category 'Whole' is, beside columns of others, is not known"]
    assert doubts("Measured Inferred") == ["the heading 'Measured Inferred' names several categories"]


def test_metal_parted_from_the_tonnage_of_its_category_is_in_doubt() -> None:
    """``As at`` was read over the labels and two of the three columns of the measured."""
    spans = {(0, 1): 3, (0, 4): 3, (1, 0): 3}
    rows = (
        ("", "Measured", None, None, "Indicated", None, None),
        ("As at", None, None, "koz Au", "kt", "g/t Au", "koz Au"),
        ("Area", "kt", "g/t Au", "", "", "", ""),
        ("Ridge", "10", "1.0", "0.3", "20", "2.0", "1.3"),
    )
    table = Grid(
        tuple(
            Cell(text, row=r, column=c, column_span=spans.get((r, c), 1))
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
            if text is not None
        )
    )
    (parted,) = [line for line in lines("Resources", table) if line.tonnage is None]
    assert ["no tonnage is read" in doubt.reason for doubt in parted.doubts] == [True]


def test_the_words_for_the_whole_ore_and_our_share_are_headings() -> None:
    table = grid(
        "Deposit | Category | kt | % U3O8 | M lb U3O8 |",
        " | | | | 100% | Our share",
        "Antler | Indicated | 612.4 | 2.31 | 31.2 | 19.5",
    )
    assert [short(line) for line in lines("Resources", table)] == [
        "resource indicated Antler - 612.4 kt U3O8:2.31/31.2"
    ]


def test_a_figure_in_a_unit_that_its_column_cannot_have_is_a_doubt() -> None:
    table = grid("Category | kt | g/t Au | koz Au", "Measured | 10 | 1.0 | 0.3", "Indicated | 20 | 1.0 | 94 %")
    assert [[doubt.reason for doubt in line.doubts] for line in lines("Resources", table)] == [
        [],
        ["'94 %' is in no unit of its column (koz Au)"],
    ]


def test_coal_is_the_ore_itself() -> None:
    table = grid("Class | ROM coal (Mt) | Plant yield (%) | Saleable coal (Mt)", "Proven | 44.1 | 68.2 | 30.1")
    (line,) = lines("Reserves", table)
    assert (short(line), printed(line.metals[0].recovered)) == ("reserve proven - - 44.1 Mt coal:-/-", "30.1")
    (line,) = lines("Coal resources", grid("Class | Coal (Mt) | Volume (Mm3)", "Measured | 61.2 | 40.1"))
    assert short(line) == "resource measured - - 61.2 Mt coal:-/-"


def test_values_beside_carats_are_no_carats() -> None:
    table = grid("Class | Mt | cpht | Carats (Mct) | Average Value (US$/ct)", "Indicated | 9.41 | 142 | 13.36 | 88")
    assert [short(line) for line in lines("Diamond resource", table)] == [
        "resource indicated - - 9.41 Mt diamond:142/13.36"
    ]
    assert not lines("Diamond resource", table)[0].metals[0].contained_again


def test_a_group_heading_read_over_the_wrong_columns_holds_the_whole_table() -> None:
    """Text that prints "Proven" over the middle one of three columns gives it to the tonnage of the next group."""
    table = grid(
        "Area | | Proven | | | Probable |",
        " | kt | g/t Au | koz | kt | g/t Au | koz",
        "Ridge | 10 | 1.0 | 0.3 | 20 | 2.0 | 1.3",
    )
    reasons = {doubt.reason for line in lines("Reserves", table) for doubt in line.doubts}
    assert reasons == {"figures stand under no category beside columns that have one"}


def test_a_line_of_a_wrapped_heading_says_nothing_of_the_columns_behind_it() -> None:
    table = grid(
        " | | Contained | | Contained",
        "Category | Tonnes | ozs | Ore tonnes | ozs",
        " | (kt) | (000s) | (kt) | (000s)",
        "Measured | 371 | 109 | 434 | 125",
    )
    heading = read_heading(table)
    assert heading.stacks[1:4] == (("Tonnes", "(kt)"), ("Contained", "ozs", "(000s)"), ("Ore tonnes", "(kt)"))


def test_one_heading_over_the_whole_and_the_share_is_in_doubt() -> None:
    heading = "M lb U3O8 100% basis Our share"
    table = grid(f"Category | kt | % U3O8 | {heading} | {heading}", "Indicated | 612.4 | 2.31 | 31.2 | 19.5")
    (line,) = lines("Resources", table)
    assert line.metals[0].contained is not None
    assert f"the heading {heading!r} names two sorts of figures" in [doubt.reason for doubt in line.doubts]


@pytest.mark.parametrize(
    ("measured", "indicated"),
    [
        # one level, category and measure in one text
        ("Measured", "Indicated"),
        # an initial behind the category is no word for millions, of tonnes and of metal alike
        ("MEASURED (M)", "INDICATED (I)"),
        ("Measured Resources (M)", "Indicated Resources (I)"),
    ],
)
def test_headings_of_one_level_are_grouped_by_their_category(measured: str, indicated: str) -> None:
    heads = [
        f"{c} {m}" for c in (measured, indicated, "(M) + (I)") for m in ("Tonnes (000s)", "Au (g/t)", "ozs (000s)")
    ]
    table = grid(f"Area | {' | '.join(heads)}", "Ridge | 10 | 1.00 | 0.32 | 20 | 1.00 | 0.64 | 30 | 1.00 | 0.96")
    found = lines("Gold resources", table)
    assert [short(line) for line in found] == [
        "resource measured Ridge - 10 kt Au:1.00/0.32",
        "resource indicated Ridge - 20 kt Au:1.00/0.64",
        "resource measured_indicated Ridge - 30 kt Au:1.00/0.96 total",
    ]
    assert not any(line.doubts for line in found)


def test_a_letter_behind_the_measure_stands_for_millions() -> None:
    heads = "Measured Tonnes (M) | Measured g/t Au | Indicated Tonnes (M) | Indicated g/t Au"
    found = [short(line) for line in lines("Gold resources", grid(f"Area | {heads}", "Ridge | 10 | 1.00 | 5 | 1.10"))]
    assert found == ["resource measured Ridge - 10 Mt Au:1.00/-", "resource indicated Ridge - 5 Mt Au:1.10/-"]


def test_a_heading_of_two_scales_is_in_doubt() -> None:
    table = grid("Category | Tonnes (M) (000s) | g/t Au", "Measured | 10 | 1.00", "Inferred | 11 | 1.00")
    reasons = {doubt.reason for line in lines("Gold resources", table) for doubt in line.doubts}
    assert reasons == {"the heading 'Tonnes (M) (000s)' names two scales"}


def test_grades_that_lost_their_tonnage_beside_others_are_in_doubt() -> None:
    table = grid(
        "Area | Measured | | Indicated |",
        " | kt | g/t Au | % Cu | g/t Au",
        "Ridge | 10 | 1.00 | 0.20 | 2.00",
    )
    doubts = [[doubt.reason for doubt in line.doubts] for line in lines("Resources", table)]
    assert doubts == [[], ["no tonnage is read under 'Indicated', beside columns that have one"]]


def test_metal_of_a_sum_may_stand_without_its_tonnage() -> None:
    table = grid(
        "Area | Measured | | | Indicated | | | Total M+I",
        " | kt | % U3O8 | M lb | kt | % U3O8 | M lb | M lb",
        "Ridge | 10 | 1.00 | 0.22 | 20 | 1.00 | 0.44 | 0.66",
    )
    assert not any(line.doubts for line in lines("Uranium resources", table))
