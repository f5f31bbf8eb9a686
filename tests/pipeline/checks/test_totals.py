"""Totals of every arrangement: after and before their parts, beside them, over categories, zones and materials."""

from __future__ import annotations

import pytest

from models.disclosure import EstimateTable
from models.findings import Cause, Outcome, Status
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, table, verdicts

A = line("North", "indicated", "1,210 kt", (metal("Au", "2.00 g/t", "78 koz"),), zone="North")
B = line("South", "indicated", "3,400 kt", (metal("Au", "1.00 g/t", "109 koz"),), zone="South")
BOTH = line("Total", "indicated", "4,610 kt", (metal("Au", "1.26 g/t", "187 koz"),), total=True)
MEASURED = line("Measured", "measured", "434 kt", (metal("WO3", "0.40 %", "1,735 t"),))
INDICATED = line("Indicated", "indicated", "2,326 kt", (metal("WO3", "0.31 %", "7,139 t"),))
SUM = line("M + I", "measured_indicated", "2,760 kt", (metal("WO3", "0.32 %", "8,874 t"),), total=True)
SPLIT = line("M + I", "measured_indicated", "2,760 kt", (metal("WO3", "0.32 %", "8,874 t"),))

# arrangement, number of the total's line
CLOSING = [
    (table(A, B, BOTH), 3),
    (table(BOTH, A, B), 1),  # totals before their parts
    (table(MEASURED, INDICATED, SUM), 3),
    (table(MEASURED, INDICATED, SPLIT), 3),  # a sum of categories is a total though no word says so
    (table(SUM, MEASURED, INDICATED), 1),
    (
        table(  # column groups of one printed row
            line("Certej", "proven", "22,788 kt", (metal("Au", "1.93 g/t", "1,414 koz"),), row=1, group=0),
            line("Certej", "probable", "21,500 kt", (metal("Au", "1.43 g/t", "988 koz"),), row=1, group=1),
            line("Certej", "total_reserves", "44,288 kt", (metal("Au", "1.69 g/t", "2,402 koz"),), row=1, group=2),
        ),
        3,
    ),
    (
        table(  # rounding: 16,016 + 27,203 is 43,219
            line("Proven", "proven", "16,016 kt", (metal("Au", "2.66 g/t", "1,370 koz"),)),
            line("Probable", "probable", "27,203 kt", (metal("Au", "2.65 g/t", "2,317 koz"),)),
            line("Total", "proven_probable", "43,220 kt", (metal("Au", "2.65 g/t", "3,687 koz"),), total=True),
        ),
        3,
    ),
    (
        table(  # stockpiles without a category stand inside the total: 437 + 168 + 11
            line("Proven", "proven", "437 Mst", (metal("Cu", "0.26 %"),), "reserve"),
            line("Probable", "probable", "168 Mst", (metal("Cu", "0.22 %"),), "reserve"),
            line("Ore stockpiles", "unclassified", "11 Mst", (metal("Cu", "0.19 %"),), "reserve", material="stockpile"),
            line("Total", "proven_probable", "616 Mst", (metal("Cu", "0.25 %"),), "reserve", total=True),
        ),
        4,
    ),
    (
        table(  # a total of totals, whose parts stand under two headings
            line("Proven", "proven", "370 kt", (metal("Au", "12.6 g/t", "150 koz"),), zone="E", heading="E"),
            line("Probable", "probable", "982 kt", (metal("Au", "13.7 g/t", "431 koz"),), zone="E", heading="E"),
            line("P+P", "proven_probable", "1,352 kt", (metal("Au", "13.4 g/t", "581 koz"),), zone="E", heading="E"),
            line("Proven", "proven", "52 kt", (metal("Au", "2.5 g/t", "4 koz"),), zone="M", heading="M"),
            line("Probable", "probable", "50 kt", (metal("Au", "3.4 g/t", "5 koz"),), zone="M", heading="M"),
            line("P+P", "proven_probable", "102 kt", (metal("Au", "2.9 g/t", "9 koz"),), zone="M", heading="M"),
            line("All", "proven_probable", "1,454 kt", (metal("Au", "12.6 g/t", "590 koz"),), total=True),
        ),
        7,
    ),
    (
        table(  # ounces of a leach pad without tonnage
            line("Pit", "proven", "3,804 kt", (metal("Au", None, "79 koz"),), zone="Pit"),
            line("Leach pad", "proven", None, (metal("Au", None, "100 koz"),), zone="Pad"),
            line("Total", "proven", "3,804 kt", (metal("Au", None, "179 koz"),), total=True),
        ),
        3,
    ),
]


@pytest.mark.parametrize(("printed", "number"), CLOSING)
def test_a_total_that_adds_up_proves_itself_and_its_parts(printed: EstimateTable, number: int) -> None:
    assessment = assess(disclosure(printed))
    assert next(v.outcome for v in verdicts(assessment, number, "total_tonnage")) is Outcome.PASSED
    assert {assessment.status(p.key) for p in printed.lines} == {Status.SOUND}


def held(printed: EstimateTable) -> dict[int, set[Cause | None]]:
    """The held lines with the causes of their failures."""
    assessment = assess(disclosure(printed))
    failed = [v for v in assessment.verdicts if v.outcome is Outcome.FAILED and v.line]
    return {n: {v.cause for v in failed if v.line == (1, n)} for n in {v.line[1] for v in failed if v.line}}


def total_of(tonnage: str, contained: str) -> EstimateTable:
    """Three zones of 1,210, 3,400 and 905 kt with 78, 109 and 41 koz, and this total."""
    third = line("East", "indicated", "905 kt", (metal("Au", "1.40 g/t", "41 koz"),), zone="East")
    return table(A, B, third, line("Total", "indicated", tonnage, (metal("Au", None, contained),), total=True))


# tonnage and metal of the total over the parts, causes
SLIPS = [
    ("5,515 kt", "228 koz", None),
    ("4,610 kt", "228 koz", {Cause.OMITTED_PART}),  # East is left out of the tonnes alone
    ("5,515 kt", "119 koz", {Cause.OMITTED_PART}),  # South is left out of the metal alone
    ("6,420 kt", "228 koz", {Cause.DOUBLED_PART}),  # East counted twice
    ("4,305 kt", "119 koz", {Cause.OMITTED_PART}),  # South stands among the parts and in no column of their total
    ("5,155 kt", "228 koz", {Cause.SWAPPED_DIGITS}),  # 5,515; no other pair of digits closes it
    ("5,300 kt", "228 koz", {Cause.UNEXPLAINED}),
]


@pytest.mark.parametrize(("tonnage", "contained", "causes"), SLIPS)
def test_a_total_that_does_not_add_up_is_held_alone(tonnage: str, contained: str, causes: set[Cause] | None) -> None:
    assert held(total_of(tonnage, contained)) == ({4: causes} if causes else {})


def test_an_omitted_part_is_named_with_the_repairing_figure() -> None:
    (found,) = verdicts(assess(disclosure(total_of("4,610 kt", "228 koz"))), 4, "total_tonnage")
    assert "without East" in found.explanation
    assert found.suggestion == "5,515 kt"


def test_parts_that_nothing_else_proves_wait_with_their_total() -> None:
    """Without contained metal nothing tells whether 767 or 1,109 is misprinted: neither may pass as right."""
    printed = table(
        line("Measured", "measured", "776 Mst", (metal("Cu", "0.25 %"),)),  # printed 767
        line("Indicated", "indicated", "342 Mst", (metal("Cu", "0.23 %"),)),
        line("M + I", "measured_indicated", "1,109 Mst", (metal("Cu", "0.24 %"),), total=True),
    )
    assert held(printed).keys() == {1, 2, 3}


def test_a_part_that_two_totals_contradict_is_the_misprint() -> None:
    """A grid of two zones and their sums: 6,742 for 6,472 repairs the row and the column."""
    rows = (
        ("North", "1,210", "6,742", "7,682"),
        ("South", "3,400", "2,225", "5,625"),
        ("", "4,610", "8,697", "13,307"),
    )
    categories = ("measured", "indicated", "measured_indicated")
    printed = table(
        *(
            line(
                label or "Total",
                category,
                f"{t} kt",
                (metal("Cu"),),
                zone=label or None,
                total=not label,
                row=r,
                group=g,
            )
            for r, (label, *tonnages) in enumerate(rows)
            for g, (category, t) in enumerate(zip(categories, tonnages, strict=True))
        )
    )
    assert held(printed) == {2: {Cause.SWAPPED_DIGITS}}


def test_a_total_without_parts_in_the_table_is_not_run() -> None:
    printed = table(
        line("Proven and probable", "proven_probable", "350,665 kt", (metal("Au", "1.04 g/t"),), total=True)
    )
    (found,) = verdicts(assess(disclosure(printed)), 1, "total_tonnage")
    assert (found.outcome, found.explanation) == (Outcome.NOT_RUN, "its parts are not in the table")


def test_the_same_ore_under_each_metal_is_not_added_twice() -> None:
    printed = table(
        line("North", "measured", "100 kt", (metal("Cu", "0.50 %"),), zone="North", heading="Copper"),
        line("South", "measured", "150 kt", (metal("Cu", "0.40 %"),), zone="South", heading="Copper"),
        line("North", "measured", "100 kt", (metal("Mo", "0.010 %"),), zone="North", heading="Molybdenum"),
        line("Total", "measured", "250 kt", (metal("Cu", "0.44 %"),), total=True),
    )
    assert held(printed) == {}


# grade of the total over 434 kt at 0.40 % and 2,326 kt at 0.31 %, which is 0.324
@pytest.mark.parametrize(
    ("grade", "outcome"),
    [("0.32 %", Outcome.PASSED), ("0.33 %", Outcome.PASSED), ("0.30 %", Outcome.FAILED), ("0.42 %", Outcome.FAILED)],
)
def test_the_grade_of_a_total_is_the_mean_of_its_parts(grade: str, outcome: Outcome) -> None:
    printed = table(
        MEASURED, INDICATED, line("M + I", "measured_indicated", "2,760 kt", (metal("WO3", grade, "8,874 t"),))
    )
    assert [v.outcome for v in verdicts(assess(disclosure(printed)), 3, "weighted_grade")] == [outcome]
