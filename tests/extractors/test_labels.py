"""Labels of rows and group rows: category, type, material, zone, total, note marks."""

from __future__ import annotations

import pytest

from extractors.labels import Label, join_materials, join_zones, read_label, split_marks, with_issuer
from models.disclosure import Category, EstimateType, Material

C, T, M = Category, EstimateType, Material


@pytest.mark.parametrize(
    ("printed", "category", "kind", "materials", "zone"),
    [
        ("Stockpiles Mineral Reserves", None, T.RESERVE, (M.STOCKPILE,), None),
        ("Proven + Probable Mineral Reserves", C.PROVEN_PROBABLE, T.RESERVE, (), None),
        ("Total Mineral Reserves", C.TOTAL_RESERVES, T.RESERVE, (), None),
        ("Total Diamond Resource", None, T.RESOURCE, (), None),  # a commodity is no place
        ("Total Measured and Indicated Resources", C.MEASURED_INDICATED, T.RESOURCE, (), None),
        ("Measured and", C.MEASURED_INDICATED, None, (), None),  # the page's line break took "Indicated"
        ("Below Pit (Indicated)", C.INDICATED, None, (M.UNDERGROUND,), None),
        ("Inferred - Open Pit", C.INFERRED, None, (M.OPEN_PIT,), None),
        ("Mishi Open Pit", None, None, (M.OPEN_PIT,), "Mishi"),
        ("Constancia Reserves", None, T.RESERVE, (), "Constancia"),
        ("Total Proven and Probable - Constancia", C.PROVEN_PROBABLE, None, (), "Constancia"),
        ("La Yaqui Grande", None, None, (), "La Yaqui Grande"),  # the article is part of the name
        ("South – EM/PK(S)", None, None, (), "South – EM/PK(S)"),  # "M/PK" is no M&I
        ("U1/U2 (5 to 25% Cg)", None, None, (), "U1/U2 (5 to 25% Cg)"),
        ("No. 300", None, None, (), "No. 300"),
        ("777 (13, 14)", None, None, (), "777"),  # a zone that is a number, with marks
        ("Pascua-Lama (25%)(14)", None, None, (), "Pascua-Lama"),
        ("Sulphide Reserves as of December 31, 2024 at a 0.15% copper cut-off", None, T.RESERVE, (M.SULPHIDE,), None),
        ("Prouvées et probables", C.PROVEN_PROBABLE, None, (), None),
        ("MES. + IND.", C.MEASURED_INDICATED, None, (), None),
        ("Ressources présumées", C.INFERRED, T.RESOURCE, (), None),
        ("Mineral resources (exclusive of reserves)", None, T.RESOURCE, (), None),  # no zone is called "(exclusive"
        ("MINERAL RESOURCES (EXCLUSIVE OF RESERVES)", None, T.RESOURCE, (), None),  # and none "OF"
        ("All", None, None, (), None),
        ("Drill indicated", C.INDICATED, None, (), None),
        # "Total reserves" is all reserves, unless the words behind say which
        ("Total des réserves prouvées et probables", C.PROVEN_PROBABLE, T.RESERVE, (), None),
        ("Total des réserves minérales prouvées et probables", C.PROVEN_PROBABLE, T.RESERVE, (), None),
        ("Total proven and probable reserves", C.PROVEN_PROBABLE, T.RESERVE, (), None),
        ("Total reserves – proven and probable", C.PROVEN_PROBABLE, T.RESERVE, (), None),
        ("Total mesurées et indiquées", C.MEASURED_INDICATED, None, (), None),
        ("Total des ressources mesurées et indiquées", C.MEASURED_INDICATED, T.RESOURCE, (), None),
        ("Total resources (M&I)", C.MEASURED_INDICATED, T.RESOURCE, (), None),
        ("Total – présumées", C.INFERRED, None, (), None),
        ("Total des ressources présumées", C.INFERRED, T.RESOURCE, (), None),
        ("Total resources (measured, indicated, inferred)", C.TOTAL_RESOURCES, T.RESOURCE, (), None),
        ("Total of all ores", None, None, (), None),  # no zone is called "all ores"
        # a letter or a number is a name together with its pit only
        ("Pit A", None, None, (M.OPEN_PIT,), "Pit A"),
        ("Pit 3 - Indicated", C.INDICATED, None, (M.OPEN_PIT,), "Pit 3"),
        ("Total Pit A", None, None, (M.OPEN_PIT,), "Pit A"),
        ("Fosse B", None, None, (M.OPEN_PIT,), "Fosse B"),
    ],
)
def test_a_label_says_what_a_reader_sees(
    printed: str,
    category: Category | None,
    kind: EstimateType | None,
    materials: tuple[Material, ...],
    zone: str | None,
) -> None:
    label = read_label(printed)
    assert (label.category, label.type, label.materials, label.zone) == (category, kind, materials, zone)


@pytest.mark.parametrize(
    ("printed", "plain", "marks"),
    [
        ("Heap leach(2)", "Heap leach", ("2",)),
        ("San Dimas(10, 14)", "San Dimas", ("10", "14")),
        ("Out-of-Pit7,8", "Out-of-Pit", ("7", "8")),  # digits glued to a small letter
        ("Total*", "Total", ("*",)),
        ("Pascua-Lama (25%)(14)", "Pascua-Lama (25%)", ("14",)),
        ("Redmond 2B", "Redmond 2B", ()),
        ("South – KIMB3", "South – KIMB3", ()),  # a name may end in a capital and a digit
        ("777", "777", ()),
        ("Inferred (M)", "Inferred (M)", ()),
    ],
)
def test_note_marks_are_taken_off_a_label(printed: str, plain: str, marks: tuple[str, ...]) -> None:
    assert split_marks(printed) == (plain, marks)


@pytest.mark.parametrize(
    ("printed", "aside"),
    [
        ("Depletion(2)", "bridge"),
        ("% Change", "change"),
        ("Previous estimate", "prior"),
        ("Strip ratio", "not an estimate"),
    ],
)
def test_rows_that_are_no_estimates_say_so(printed: str, aside: str) -> None:
    assert read_label(printed).aside == aside


@pytest.mark.parametrize("printed", ["Total", "Grand Total", "All units", "Mishi Total", "OR TOTAL", "M&I"])
def test_totals_are_known_by_their_words(printed: str) -> None:
    assert read_label(printed).total


def test_a_total_of_the_issuer_has_no_zone() -> None:
    assert with_issuer(read_label("Alamo Peak - TOTAL"), "Alamo Peak Gold Inc.").zone is None
    assert with_issuer(read_label("Total Turkey"), "Alamo Peak Gold Inc.").zone == "Turkey"


def test_a_group_row_of_a_metal_names_no_zone() -> None:
    assert read_label("SILVER") == Label(commodity="Ag")
    assert read_label("Highland Copper").commodity is None  # a mine, not a metal


def test_materials_join_one_of_each_sort_from_the_nearest_word() -> None:
    near, far = (M.STOCKPILE,), (M.OPEN_PIT, M.SULPHIDE)
    assert join_materials([near, far]) == (M.STOCKPILE, M.SULPHIDE)


def test_a_zone_within_a_zone_is_named_once() -> None:
    assert join_zones("Antamina", "Copper only") == "Antamina - Copper only"
    assert join_zones("El Chanate", "El Chanate Open Pit") == "El Chanate Open Pit"
    assert join_zones("Seel", None) == "Seel"
