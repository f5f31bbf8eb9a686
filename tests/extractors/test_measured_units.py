"""What columns measure and in which units, where headings leave it open or contradict themselves."""

from __future__ import annotations

import pytest

from models.document import Grid
from tests.extractors.grids import grid
from tests.extractors.lines_of import lines, short


def test_units_that_nothing_states_are_taken_where_one_reading_makes_all_rows_compute() -> None:
    table = grid(
        "Category | Tonnage | Grade | Ounces",
        "Indicated | 1,000,000 | 1.50 | 48,200",
        "Inferred | 500,000 | 1.20 | 19,300",
    )
    found = lines("Mineral resource of the Fox gold project", table)
    assert [short(line) for line in found] == [
        "resource indicated - - 1,000,000 t Au:1.50/48,200",
        "resource inferred - - 500,000 t Au:1.20/19,300",
    ]
    assert all("only g/t with tonnages in t makes the rows compute" in line.assumptions[0] for line in found)


@pytest.mark.parametrize(
    ("table", "tonnage"),
    [
        # ounces per ton compute with either ton: the note against the heading is for a person
        (grid("Category | Tonnes (000) | Au (oz/t) | Au (koz)", "Probable | 27,150 | 0.010 | 272"), "-"),
        # grams per tonne compute with short tons only: 27,150 kt would hold 960 koz
        (grid("Category | Tonnes (000) | Au (g/t) | Au (koz)", "Probable | 27,150 | 1.10 | 871"), "27,150 kst"),
        # and here with tonnes only: the note speaks of something else
        (grid("Category | Tonnes (000) | Au (g/t) | Au (koz)", "Probable | 27,150 | 1.10 | 960"), "27,150 kt"),
    ],
)
def test_tonnes_that_a_note_calls_short_tons_are_settled_by_the_rows_or_held(table: Grid, tonnage: str) -> None:
    (line,) = lines("Mineral reserves", table, "1. Tonnages are delivered short tons.")
    assert short(line).split(" - - ")[1].startswith(tonnage)
    assert bool(line.doubts) == (tonnage == "-")


@pytest.mark.parametrize(
    ("table", "read"),
    [
        (  # "LCE" over "(tonnes)" is metal, not ore
            grid(" | Brine | Li | LCE", "Class | (Mm3) | (mg/L) | (tonnes)", "Measured | 500 | 600 | 1,597,000"),
            "- Li:600/- LCE:-/1,597,000",
        ),
        (grid("Class | Volume (000 m3) | Au (g/m3) | Au (oz)", "Measured | 500 | 0.50 | 8,040"), "- Au:0.50/8,040"),
        (
            grid("Class | Mt | Fe % | P % | LOI % | Conc. Fe (%)", "Measured | 10 | 60.5 | 0.05 | 5.0 | 66.0"),
            "10 Mt Fe:60.5/- P:0.05/-",
        ),
        (grid("Class | Mt | Nb2O5 (%) | Yield (kg/t)", "Measured | 10 | 0.55 | 3.2"), "10 Mt Nb2O5:0.55/-"),
        (grid("Class | Mt | TREO (%) | NdPr:TREO (%)", "Measured | 10 | 1.5 | 21"), "10 Mt TREO:1.5/-"),
    ],
)
def test_columns_of_brine_gravel_and_concentrate(table: Grid, read: str) -> None:
    (line,) = lines("Mineral resource", table)
    assert short(line) == f"resource measured - - {read}"
    assert not line.doubts


def test_two_different_grades_of_one_metal_are_in_doubt() -> None:
    table = grid("Class | Mt | V2O5 in magnetite (%) | V2O5 (%)", "Measured | 10 | 1.1 | 0.50")
    (line,) = lines("Mineral resource", table)
    assert ["second grade of V2O5" in doubt.reason for doubt in line.doubts] == [True]


def test_one_grade_in_two_units_is_one_grade() -> None:
    table = grid("Class | kst | Au (opt) | Au (g/t)", "Measured | 10 | 0.100 | 3.43")
    (line,) = lines("Mineral resource", table)
    assert not line.doubts


def test_categories_with_their_unit_beside_each_other_have_a_total() -> None:
    table = grid("Seam | Proven (Mt) | Probable (Mt) | Total (Mt)", "North | 10 | 20 | 30")
    assert [short(line) for line in lines("Coal reserves", table)] == [
        "reserve proven North - 10 Mt ",
        "reserve probable North - 20 Mt ",
        "reserve proven_probable North - 30 Mt  total",
    ]
