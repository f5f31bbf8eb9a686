"""Tonnes times grade, over the unit pairs that documents print."""

from __future__ import annotations

import pytest

from models.disclosure import Metal
from models.findings import Cause, Outcome, Status
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, quantity, table, verdicts

# tonnage, grade, contained metal, outcome
PRODUCTS = [
    ("357 kt", "0.45 %", "1,618 t", Outcome.PASSED),
    ("7,008 kt", "0.51 g/t", "114 koz", Outcome.PASSED),
    ("103.7 Mt", "0.19 %", "440 Mlb", Outcome.PASSED),
    ("15.73 Mt", "15.16 %", "2,385 kt", Outcome.PASSED),
    ("263.7 kt", "17.06 %", "99.2 Mlb", Outcome.PASSED),
    ("135.0 kst", "0.730 opt", "98.5 koz", Outcome.PASSED),  # ounces per short ton need no constant
    ("296 Mst", "0.35 %", "2.1 Glb", Outcome.PASSED),  # a percent of a short ton is 20 lb
    ("20.25 Mt", "10.80 cpht", "2,187 kct", Outcome.PASSED),
    ("1,000 kt", "0.500 kg/t", "500 t", Outcome.PASSED),
    ("100 kt", "0.75 %", "75,000 mtu", Outcome.PASSED),
    ("1,000,000 t", "1.0000 %", "22,000,000 lb", Outcome.PASSED),  # 2,200 lb in a tonne
    ("1,000,000 t", "1.0000 %", "22,050,000 lb", Outcome.PASSED),  # 2,205 lb
    ("1,000,000 t", "1.0000 %", "21,980,000 lb", Outcome.FAILED),  # 2,198 lb is no constant in use
    ("1,000,000 t", "1.0000 g/t", "32,154 oz", Outcome.PASSED),  # 31.1 g in an ounce
    ("1,000,000 t", "1.0000 g/t", "32,164 oz", Outcome.FAILED),
    ("1,000,000 t", "1.0000 %", "10,021 t", Outcome.FAILED),  # no constant, so no slack: the same 0.21 % off
    ("5,647 kt", "1.08 g/t", "656 koz", Outcome.FAILED),
    ("105.0 kst", "2.055 opt", "216.1 koz", Outcome.FAILED),  # 215.8; rounding allows 215.93
]


@pytest.mark.parametrize(("tonnage", "grade", "contained", "outcome"), PRODUCTS)
def test_contained_metal(tonnage: str, grade: str, contained: str, outcome: Outcome) -> None:
    printed = table(line("Proven", "proven", tonnage, (metal("X", grade, contained),)))
    assessment = assess(disclosure(printed))
    assert [v.outcome for v in verdicts(assessment, 1, "contained_metal")] == [outcome]
    assert assessment.status((1, 1)) is (Status.SOUND if outcome is Outcome.PASSED else Status.HELD)


# tonnage, metal, reason why nothing is computed
NOT_RUN = [
    (None, metal("Au", None, "114 koz"), "no tonnage is printed"),  # a leach pad: ounces only
    ("83.3 Mt", metal("Cu", None, "2 kt"), "no grade of Cu is printed"),
    ("83.3 Mt", metal("Cu", "0.35 %", None), "no contained metal of Cu is printed"),
    ("1 Mt", metal("Li", "250 mg/L", "2 kt"), "mg/L converts to mass only by a density"),
    ("0 kt", metal("Au", "0.00 g/t", "0 koz"), "only zeros are printed"),
]


@pytest.mark.parametrize(("tonnage", "stated", "reason"), NOT_RUN)
def test_what_cannot_be_computed_says_why(tonnage: str | None, stated: Metal, reason: str) -> None:
    assessment = assess(disclosure(table(line("Proven", "proven", tonnage, (stated,)))))
    (found,) = verdicts(assessment, 1, "contained_metal")
    assert (found.outcome, found.explanation) == (Outcome.NOT_RUN, reason)
    assert assessment.status((1, 1)) is Status.UNPROVEN


@pytest.mark.parametrize(
    ("again", "outcome"),
    [("0.43 Moz", Outcome.PASSED), ("0.44 Moz", Outcome.FAILED)],  # 13,516 kg are 0.4345 Moz
)
def test_contained_metal_printed_twice(again: str, outcome: Outcome) -> None:
    stated = Metal("4E", quantity("3.71 g/t"), quantity("13,516 kg"), (quantity(again),))
    assessment = assess(disclosure(table(line("Crocette", "measured", "3,646 kt", (stated,)))))
    assert [v.outcome for v in verdicts(assessment, 1, "contained_again")] == [outcome]


# tonnage, metal with a grade, the same metal as another compound, relations that are tested and their outcomes
COMPOUNDS = [
    ("10.0 Mt", metal("Li2O", "1.25 %"), metal("LCE", None, "309 kt"), {"contained_metal": Outcome.PASSED}),
    ("10.0 Mt", metal("Li2O", "1.25 %"), metal("LCE", None, "125 kt"), {"contained_metal": Outcome.FAILED}),
    ("10.0 Mt", metal("Li2O", "1.250 %"), metal("LCE", None, "308.8 kt"), {"contained_metal": Outcome.PASSED}),  # 2.47
    ("1,000 Mt", metal("K2O", "18.0 %"), metal("KCl", None, "285 Mt"), {"contained_metal": Outcome.PASSED}),
    ("2,000 kt", metal("U3O8", "0.100 %"), metal("U", None, "1,696 t"), {"contained_metal": Outcome.PASSED}),
    ("2,000 kt", metal("U3O8", "0.100 %"), metal("U", None, "2,000 t"), {"contained_metal": Outcome.FAILED}),  # U3O8
    (
        "10.0 Mt",
        metal("Li2O", "1.25 %", "125 kt"),
        metal("LCE", None, "309 kt"),
        {"contained_metal": Outcome.PASSED, "contained_compound": Outcome.PASSED},
    ),
    (
        "10.0 Mt",
        metal("Li2O", "1.25 %", "125 kt"),
        metal("LCE", None, "290 kt"),
        {"contained_metal": Outcome.PASSED, "contained_compound": Outcome.FAILED},
    ),
]


@pytest.mark.parametrize(("tonnage", "stated", "other", "outcomes"), COMPOUNDS)
def test_metal_as_another_compound(tonnage: str, stated: Metal, other: Metal, outcomes: dict[str, Outcome]) -> None:
    assessment = assess(disclosure(table(line("Indicated", "indicated", tonnage, (stated, other)))))
    run = [v for v in assessment.of((1, 1)) if v.outcome is not Outcome.NOT_RUN and v.arithmetic]
    assert {v.relation: v.outcome for v in run} == outcomes


def test_metal_of_another_compound_than_its_heading_says_is_told() -> None:
    stated = (metal("Li2O", "1.25 %"), metal("LCE", None, "125 kt"))  # 125 kt are Li2O, 309 kt LCE
    assessment = assess(disclosure(table(line("Indicated", "indicated", "10.0 Mt", stated))))
    (found,) = (v for v in assessment.of((1, 1)) if v.outcome is Outcome.FAILED)
    assert found.cause is Cause.OXIDE_FOR_METAL
    assert "Li2O for LCE" in found.explanation
