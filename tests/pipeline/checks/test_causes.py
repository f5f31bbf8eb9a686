"""Why a relation fails: each known cause once, with the figure that would repair it."""

from __future__ import annotations

import pytest

from models.disclosure import EstimateTable
from models.findings import Cause, Outcome, Verdict
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, table, verdicts


def first_failure(printed: EstimateTable, number: int) -> Verdict:
    return next(v for v in assess(disclosure(printed)).of((1, number)) if v.outcome is Outcome.FAILED)


# tonnage, commodity, grade, contained metal of a line alone, cause, repairing figure
ALONE = [
    ("28.72 Mt", "Ag", "12.3 g/t", "11.391 koz", Cause.SCALE_SLIP, "11,391 koz"),  # a point for a comma
    ("357 kt", "WO3", "0.45 %", "1,618,000 t", Cause.SCALE_SLIP, "1,618 t"),
    ("2,000 kt", "Cu", "1.500 %", "27,216 t", Cause.UNIT_SLIP, "30,001 t"),  # short tons taken for tonnes
    ("3,812 kt", "WO3", "0.280 %", "8,464 t", Cause.OXIDE_FOR_METAL, "10,674 t"),  # tungsten for its oxide
    ("83,367 kt", "Nb2O5", "0.620 %", "361,320 t", Cause.OXIDE_FOR_METAL, "516,873 t"),
    ("2,605 kt", "Au", "3.90 g/t", "291 koz", Cause.UNEXPLAINED, None),
]


@pytest.mark.parametrize(("tonnage", "commodity", "grade", "contained", "cause", "repair"), ALONE)
def test_the_cause_of_a_line_alone(
    tonnage: str, commodity: str, grade: str, contained: str, cause: Cause, repair: str | None
) -> None:
    found = first_failure(table(line("Proven", "proven", tonnage, (metal(commodity, grade, contained),))), 1)
    assert (found.cause, found.suggestion) == (cause, repair)


# figures of so few digits that many a factor fits them
BLUNT = [("342 kt", "Ag", "1.09 g/t", "11 koz"), ("0.17 Mt", "Au", "0.07 g/t", "0.43 koz")]


@pytest.mark.parametrize(("tonnage", "commodity", "grade", "contained"), BLUNT)
def test_blunt_figures_name_no_unit(tonnage: str, commodity: str, grade: str, contained: str) -> None:
    found = first_failure(table(line("Proven", "proven", tonnage, (metal(commodity, grade, contained),))), 1)
    assert found.cause is not Cause.UNIT_SLIP


def test_a_scale_slip_of_every_line_is_laid_to_the_heading() -> None:
    """Tonnes without a multiplier over figures that are thousands."""
    printed = table(
        line("Measured", "measured", "20,388 t", (metal("Au", "1.93 g/t", "1,266 koz"),)),
        line("Indicated", "indicated", "41,135 t", (metal("Au", "1.30 g/t", "1,716 koz"),)),
        line("Inferred", "inferred", "2,287 t", (metal("Au", "0.56 g/t", "42 koz"),)),
    )
    for number in (1, 2, 3):
        found = first_failure(printed, number)
        assert found.cause is Cause.SCALE_SLIP
        assert "throughout the table" in found.explanation


def test_a_constant_ratio_of_one_metal_is_its_recovery() -> None:
    printed = table(  # 86 % of the copper, all of the gold
        line("Proven", "proven", "1,000 kt", (metal("Cu", "1.00 %", "8,600 t"), metal("Au", "1.00 g/t", "32.2 koz"))),
        line(
            "Probable", "probable", "2,500 kt", (metal("Cu", "0.80 %", "17,200 t"), metal("Au", "2.00 g/t", "161 koz"))
        ),
    )
    assert {first_failure(printed, n).cause for n in (1, 2)} == {Cause.RECOVERED_METAL}


def test_a_constant_ratio_of_all_metals_is_an_owners_share() -> None:
    printed = table(  # tonnes at 100 %, metal at 60 %
        line("Proven", "proven", "1,000 kt", (metal("Cu", "1.00 %", "6,000 t"), metal("Au", "1.00 g/t", "19.3 koz"))),
        line(
            "Probable", "probable", "2,500 kt", (metal("Cu", "0.80 %", "12,000 t"), metal("Au", "2.00 g/t", "96.5 koz"))
        ),
    )
    found = first_failure(printed, 1)
    assert found.cause is Cause.ATTRIBUTABLE_SHARE
    assert "60." in found.explanation


CATEGORIES = ("proven", "probable", "proven_probable")
# tonnage, grade and metal of three lines, the misprinted line, cause, repair
MISPRINTS = [
    (
        (("537", "0.45", "1,618"), ("1,523", "0.38", "5,791"), ("1,880", "0.39", "7,409")),
        1,
        Cause.SWAPPED_DIGITS,
        "357 kt",
    ),
    (
        (("357", "0.45", "1,618"), ("1,523", "0.38", "3,791"), ("1,880", "0.39", "7,409")),
        2,
        Cause.CHANGED_DIGIT,
        "5,791 t",
    ),
    (
        (("357", "0.45", "1,618"), ("1,523", "0.38", "5,791"), ("1,880", "0.39", "9,409")),
        3,
        Cause.CHANGED_DIGIT,
        "7,409 t",
    ),
]


@pytest.mark.parametrize(("rows", "number", "cause", "repair"), MISPRINTS)
def test_a_misprint_repairs_two_relations_at_once(
    rows: tuple[tuple[str, str, str], ...], number: int, cause: Cause, repair: str
) -> None:
    printed = table(
        *(
            line(category, category, f"{t} kt", (metal("WO3", f"{g} %", f"{k} t"),))
            for category, (t, g, k) in zip(CATEGORIES, rows, strict=True)
        )
    )
    found = first_failure(printed, number)
    assert (found.cause, found.suggestion) == (cause, repair)
    failed = {v.line for v in assess(disclosure(printed)).verdicts if v.outcome is Outcome.FAILED}
    assert failed == {(1, number)}  # a total that only waits for its misprinted part is not held


TWO_METALS = (("Proven", "1,000", "64.3", "1,286"), ("Probable", "2,500", "120.6", "3,215"))  # koz Au at 2.00 and 1.50
GRADES = (("2.00", "40.0"), ("1.50", "40.0"))


def two_metals(rows: tuple[tuple[str, str, str, str], ...]) -> EstimateTable:
    return table(
        *(
            line(
                label,
                label.lower(),
                f"{t} kt",
                (metal("Au", f"{au} g/t", f"{gold} koz"), metal("Ag", f"{ag} g/t", f"{silver} koz")),
            )
            for (label, t, gold, silver), (au, ag) in zip(rows, GRADES, strict=True)
        )
    )


def test_two_metals_of_a_row_that_changed_places_are_a_shift_of_columns() -> None:
    (label, t, gold, silver), other = TWO_METALS
    printed = two_metals(((label, t, silver, gold), other))
    found = first_failure(printed, 1)
    assert found.cause is Cause.COLUMN_SHIFT
    assert "of Proven would satisfy all their relations if they changed places" in found.explanation
    assert not [v for v in assess(disclosure(printed)).of((1, 2)) if v.outcome is Outcome.FAILED]


def test_a_figure_that_changed_places_with_the_line_below_is_a_shift() -> None:
    (label, t, gold, silver), (other, u, more, most) = TWO_METALS
    printed = two_metals(((label, u, gold, silver), (other, t, more, most)))
    assert {first_failure(printed, n).cause for n in (1, 2)} == {Cause.COLUMN_SHIFT}


def test_a_row_that_repeats_a_part_is_no_part_left_out() -> None:
    printed = table(
        line("Open pit", "indicated", "1,000 kt", (metal("Au", "2.00 g/t", "64.3 koz"),), zone="Open pit"),
        line("of which oxide", "indicated", "400 kt", (metal("Au", "2.00 g/t", "25.7 koz"),), zone="Open pit"),
        line("Underground", "indicated", "2,500 kt", (metal("Au", "1.50 g/t", "120.6 koz"),), zone="Underground"),
        line("Total", "indicated", "3,400 kt", (metal("Au", "1.64 g/t", "184.9 koz"),), total=True),
    )
    (found,) = verdicts(assess(disclosure(printed)), 4, "total_tonnage")
    assert found.outcome is Outcome.FAILED
    assert "(3,500 kt)" in found.explanation  # 1,000 and 2,500; the 400 are in the 1,000
    assert found.cause is not Cause.OMITTED_PART


def test_a_slip_of_parts_is_the_same_in_every_column() -> None:
    """Inferred added to all; twice the measured tonnes would close the tonnage alone."""
    printed = table(
        line("Measured", "measured", "2,700 kt", (metal("Au", "2.00 g/t", "174 koz"),)),
        line("Indicated", "indicated", "28,800 kt", (metal("Au", "1.00 g/t", "926 koz"),)),
        line("M+I", "measured_indicated", "34,200 kt", (metal("Au", "1.09 g/t", "1,213 koz"),), total=True),
        line("Inferred", "inferred", "2,700 kt", (metal("Au", "1.30 g/t", "113 koz"),)),
    )
    failed = [v for v in assess(disclosure(printed)).of((1, 3)) if v.relation.startswith("total_")]
    assert {v.cause for v in failed} == {Cause.ADDED_PART}
    assert all("it adds Inferred" in v.explanation for v in failed)


def test_a_total_that_stands_in_the_line_below_has_changed_places_with_it() -> None:
    """Nothing ties the inferred line's own figures, which is why nothing else tells."""
    printed = table(
        line("Measured", "measured", "44.6 Mt", (metal("Fe", "27.1 %"),)),
        line("Indicated", "indicated", "251.3 Mt", (metal("Fe", "25.8 %"),)),
        line("M+I", "measured_indicated", "180.0 Mt", (metal("Fe", "26.0 %"),), total=True),
        line("Inferred", "inferred", "296.0 Mt", (metal("Fe", "27.9 %"),)),
    )
    assert {first_failure(printed, number).cause for number in (3, 4)} == {Cause.COLUMN_SHIFT}


def test_the_right_figure_of_a_total_is_told_as_it_would_be_printed() -> None:
    printed = table(
        line("North", "indicated", "1.21 Mt", (metal("Au", "2.00 g/t", "78 koz"),), zone="North"),
        line("South", "indicated", "3,401 kst", (metal("Au", "1.00 g/t", "99 koz"),), zone="South"),
        line("Total", "indicated", "1.21 Mt", (metal("Au", "1.28 g/t", "177 koz"),), total=True),
    )
    assert first_failure(printed, 3).suggestion == "4.30 Mt"


def test_a_figure_beyond_its_bound_is_given_no_other_value() -> None:
    """403% may be 4.03% or 40.3%: nothing else ties it."""
    found = first_failure(table(line("Inferred", "inferred", "25.36 Mt", (metal("TiO2", "403 %"),))), 1)
    assert (found.cause, found.suggestion) == (Cause.UNIT_SLIP, None)
