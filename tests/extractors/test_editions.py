"""Estimates set side by side: only this disclosure's own are lines, the others are named."""

from __future__ import annotations

import pytest

from extractors.editions import earlier, edition_of
from models.disclosure import CellUse
from models.document import Grid
from tests.extractors.grids import grid
from tests.extractors.lines_of import lines, read, short

MEASURES = "Tonnes (kt) | Au (g/t) | Au (koz)"


@pytest.mark.parametrize(
    ("text", "subject", "date", "word"),
    [
        ("December 31, 2021 Tonnes (kt)", "", "2021-12-31", ""),
        ("2023 Au (koz)", "", "2023", ""),
        ("31-Dec-24", "", "2024-12", ""),
        ("2024 MRE", "resource", "2024", ""),
        ("Previous Mineral Resource (2022)", "resource", "2022", "prior"),
        ("Reserves as of September 30, 2022(1)", "reserve", "2022-09-30", ""),  # a note's mark is no subject
        ("Alder (effective March 1, 2020)", "alder", "2020-03-01", ""),
        ("Tonnes 2,024", "2 024", "", ""),  # a quantity, not a year
        ("31 décembre 2023", "", "2023-12-31", ""),
    ],
)
def test_a_heading_says_what_is_estimated_and_of_which_date(text: str, subject: str, date: str, word: str) -> None:
    edition = edition_of(text)
    assert (edition.subject, edition.date, edition.word) == (subject, date, word)


@pytest.mark.parametrize(
    ("texts", "before"),
    [
        (["June 30, 2021", "January 1, 2021"], {"January 1, 2021"}),
        (["2024 MRE", "March 2022 Mineral Resource"], {"March 2022 Mineral Resource"}),
        (["Updated MRE", "2022 MRE"], {"2022 MRE"}),
        (["Current", "Previous"], {"Previous"}),
        (["2024", "October 2024"], set()),  # one date printed twice
        (["Alder December 2023", "Birch December 2022"], set()),  # two deposits, each at its date
        (["Reserves, December 2023", "Resources, June 2023"], set()),
    ],
)
def test_earlier_is_what_has_a_later_date_of_the_same_thing_beside_it(texts: list[str], before: set[str]) -> None:
    assert earlier(texts) == before


@pytest.mark.parametrize(
    ("texts", "before"),
    [
        (["2014 MRE Tonnes (Mt)", "H&SC 2023 MRE Tonnes (Mt)"], {"2014 MRE Tonnes (Mt)"}),  # the later says who made it
        (["H&SC 2014 MRE", "2023 MRE"], set()),  # of what else may that of 2023 be?
        (["Alder 2014 MRE", "Birch 2023 MRE"], set()),
    ],
)
def test_over_columns_the_later_estimate_may_name_more(texts: list[str], before: set[str]) -> None:
    assert earlier(texts, over_columns=True) == before
    assert earlier(texts) == set()  # below one another they may be of two deposits


OURS = ["resource indicated - - 1,000 kt Au:5.0/161", "resource inferred - - 2,000 kt Au:4.0/257"]


@pytest.mark.parametrize(
    ("table", "reasons"),
    [
        (  # the earlier date first
            grid(
                " | March 1, 2022 | | | October 1, 2024 | |",
                f"Category | {MEASURES} | {MEASURES}",
                "Indicated | 800 | 5.0 | 129 | 1,000 | 5.0 | 161",
                "Inferred | 1,500 | 4.0 | 193 | 2,000 | 4.0 | 257",
            ),
            set(),
        ),
        (
            grid(
                " | Current | | | Previous | | | % Change | |",
                f"Category | {MEASURES} | {MEASURES} | Tonnes | Grade | Ounces",
                "Indicated | 1,000 | 5.0 | 161 | 800 | 5.0 | 129 | 25 | 0 | 25",
                "Inferred | 2,000 | 4.0 | 257 | 1,500 | 4.0 | 193 | 33 | 0 | 33",
            ),
            {"change"},
        ),
        (  # the dates under the measures
            grid(
                "Category | Tonnes (kt) | | Au (g/t) | | Au (koz) |",
                " | 2024 | 2022 | 2024 | 2022 | 2024 | 2022",
                "Indicated | 1,000 | 800 | 5.0 | 5.0 | 161 | 129",
                "Inferred | 2,000 | 1,500 | 4.0 | 4.0 | 257 | 193",
            ),
            set(),
        ),
        (
            grid(
                f"Category | {MEASURES}",
                "October 2024 Mineral Resource | | |",
                "Indicated | 1,000 | 5.0 | 161",
                "Inferred | 2,000 | 4.0 | 257",
                "March 2022 Mineral Resource | | |",
                "Measured | 100 | 4.0 | 13",  # a category that only the earlier estimate had
                "Indicated | 800 | 5.0 | 129",
                "Change (%) | | |",
                "Indicated | 25 | 0 | 25",
            ),
            {"prior estimate", "change"},
        ),
        (
            grid(
                f"Category | Year | {MEASURES}",
                "Indicated | 2024 | 1,000 | 5.0 | 161",
                " | 2022 | 800 | 5.0 | 129",
                "Inferred | 2024 | 2,000 | 4.0 | 257",
                " | 2022 | 1,500 | 4.0 | 193",
            ),
            {"prior estimate"},
        ),
        (
            grid(
                " | 100% basis | | | Attributable (60%) | |",
                f"Category | {MEASURES} | {MEASURES}",
                "Indicated | 1,000 | 5.0 | 161 | 600 | 5.0 | 96",
                "Inferred | 2,000 | 4.0 | 257 | 1,200 | 4.0 | 154",
            ),
            {"attributable share"},
        ),
        (
            grid(
                f"Category | {MEASURES}",
                "100% basis | | |",
                "Indicated | 1,000 | 5.0 | 161",
                "Inferred | 2,000 | 4.0 | 257",
                "Attributable (60%) | | |",
                "Indicated | 600 | 5.0 | 96",
            ),
            {"attributable share"},
        ),
        (  # nothing but the share is printed: it is what the table estimates
            grid(
                "Category | Attributable Tonnes (kt) | Au (g/t) | Attributable Au (koz)",
                "Indicated | 1,000 | 5.0 | 161",
                "Inferred | 2,000 | 4.0 | 257",
            ),
            set(),
        ),
    ],
)
def test_the_own_estimate_is_read_and_what_is_none_is_named(table: Grid, reasons: set[str]) -> None:
    found = read("Mineral resources compared", table)
    assert found is not None
    assert [short(line) for line in found.lines if not line.is_earlier] == OURS
    assert {a.reason for a in found.accounts if a.use is not CellUse.USED} == reasons


@pytest.mark.parametrize(
    ("table", "as_of"),
    [
        (
            grid(
                " | March 1, 2022 | | | October 1, 2024 | |",
                f"Category | {MEASURES} | {MEASURES}",
                "Indicated | 800 | 5.0 | 129 | 1,000 | 5.0 | 161",
            ),
            ("2022-03-01", "2024-10-01"),
        ),
        (  # no date is printed: none is given
            grid(
                " | Current | | | Previous | | |",
                f"Category | {MEASURES} | {MEASURES}",
                "Indicated | 1,000 | 5.0 | 161 | 800 | 5.0 | 129",
            ),
            (None, None),
        ),
        (  # the dates under the measures
            grid(
                "Category | Tonnes (kt) | | Au (g/t) | | Au (koz) |",
                " | 2024 | 2022 | 2024 | 2022 | 2024 | 2022",
                "Indicated | 1,000 | 800 | 5.0 | 5.0 | 161 | 129",
            ),
            ("2022", "2024"),
        ),
    ],
)
def test_an_earlier_estimate_in_columns_of_its_own_is_read_and_marked(
    table: Grid, as_of: tuple[str | None, str | None]
) -> None:
    lines_of = {line.is_earlier: line for line in lines("Mineral resources compared", table)}
    assert short(lines_of[True]) == "resource indicated - - 800 kt Au:5.0/129"
    assert short(lines_of[False]) == "resource indicated - - 1,000 kt Au:5.0/161"
    dates = [lines_of[earlier].as_of for earlier in (True, False)]
    assert tuple(date and date.iso for date in dates) == as_of


def test_a_whole_table_of_a_previous_estimate_is_named() -> None:
    table = grid(f"Category | {MEASURES}", "Indicated | 800 | 5.0 | 129")
    found = read("Previous Mineral Resource Estimate, March 2022", table)
    assert found is not None
    assert not found.lines
    assert {a.reason for a in found.accounts} == {"prior estimate"}


def test_estimates_side_by_side_that_nothing_tells_apart_are_in_doubt() -> None:
    table = grid(f"Category | {MEASURES} | {MEASURES}", "Indicated | 800 | 5.0 | 129 | 700 | 5.0 | 113")
    found = lines("Mineral resources", table)
    assert [len(line.doubts) for line in found] == [1, 1]


def test_categories_under_the_measures_are_estimates_side_by_side() -> None:
    table = grid(
        "Zone | Tonnes (kt) | | Au (g/t) |",
        " | Indicated | Inferred | Indicated | Inferred",
        "Fox | 1,000 | 800 | 5.0 | 4.0",
    )
    assert [short(line) for line in lines("Mineral resources", table)] == [
        "resource indicated Fox - 1,000 kt Au:5.0/-",
        "resource inferred Fox - 800 kt Au:4.0/-",
    ]


def test_two_levels_of_headings_tell_estimates_apart_together() -> None:
    table = grid(
        " | Open Pit | | | | Underground | | |",
        " | Indicated | | Inferred | | Indicated | | Inferred |",
        "Zone | Tonnes | Grade | Tonnes | Grade | Tonnes | Grade | Tonnes | Grade",
        " | (kt) | (g/t Au) | (kt) | (g/t Au) | (kt) | (g/t Au) | (kt) | (g/t Au)",
        "Fox | 100 | 1.0 | 200 | 1.1 | 300 | 3.1 | 400 | 3.5",
    )
    assert [short(line) for line in lines("Mineral resources", table)] == [
        "resource indicated Fox open_pit 100 kt Au:1.0/-",
        "resource inferred Fox open_pit 200 kt Au:1.1/-",
        "resource indicated Fox underground 300 kt Au:3.1/-",
        "resource inferred Fox underground 400 kt Au:3.5/-",
    ]


def test_group_rows_of_a_table_on_its_side_head_estimates() -> None:
    table = grid(
        " | Measured | Indicated",
        "Open Pit | |",
        "Tonnes (kt) | 100 | 200",
        "Gold (g/t) | 1.0 | 1.1",
        "Underground | |",
        "Tonnes (kt) | 50 | 60",
        "Gold (g/t) | 3.0 | 3.1",
    )
    assert [short(line) for line in lines("Mineral resources", table)] == [
        "resource measured - open_pit 100 kt Au:1.0/-",
        "resource measured - underground 50 kt Au:3.0/-",
        "resource indicated - open_pit 200 kt Au:1.1/-",
        "resource indicated - underground 60 kt Au:3.1/-",
    ]


def test_figures_under_a_heading_that_is_not_understood_hold_their_line() -> None:
    table = grid("Class | Tonnes (kt) | Au g/t | Remarkable", "Indicated | 800 | 5.0 | 129", "Inferred | 700 | 4.0 | ")
    assert [[doubt.reason for doubt in line.doubts] for line in lines("Mineral resources", table)] == [
        ["what the figures under 'Remarkable' are is not known"],
        [],
    ]


def test_metres_under_a_heading_of_tonnes_are_no_tonnes() -> None:
    table = grid(" | Tonnes Mine Cut | | Grade", "Class | Kt | m | g/t Au", "Measured | 3,646 | 1.86 | 3.71")
    assert [short(line) for line in lines("Mineral resources", table)] == ["resource measured - - 3,646 kt Au:3.71/-"]
