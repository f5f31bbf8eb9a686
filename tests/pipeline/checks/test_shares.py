"""A table of the owner's share beside the table of the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import EstimateTable
from models.findings import Cause, Outcome, Status
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, table

WHOLE = replace(
    table(
        line(
            "Measured", "measured", "40.2 Mt", (metal("Cu", "0.51 %"), metal("Au", "0.22 g/t"), metal("Ag", "2.1 g/t"))
        ),
        line(
            "Indicated",
            "indicated",
            "61.7 Mt",
            (metal("Cu", "0.44 %"), metal("Au", "0.19 g/t"), metal("Ag", "1.8 g/t")),
        ),
    ),
    caption="Mineral resources, 100% basis",
)


def owned(caption: str, measured: str, indicated: str, copper: str = "0.44 %") -> EstimateTable:
    again = table(
        line(
            "Measured", "measured", measured, (metal("Cu", "0.51 %"), metal("Au", "0.22 g/t"), metal("Ag", "2.1 g/t"))
        ),
        line(
            "Indicated", "indicated", indicated, (metal("Cu", copper), metal("Au", "0.19 g/t"), metal("Ag", "1.8 g/t"))
        ),
    )
    return replace(again, number=2, caption=caption, lines=tuple(replace(p, table=2) for p in again.lines))


STATED, STATED_FR = "Resources attributable to the Company (51%)", "Ressources attribuables à la Société (51 %)"

# caption, tonnages and a grade of the share, outcomes of the indicated line's figures
SHARES = [
    (STATED, ("20.5 Mt", "31.5 Mt"), "0.44 %", [Outcome.PASSED] * 4),
    (STATED_FR, ("20.5 Mt", "31.5 Mt"), "0.44 %", [Outcome.PASSED] * 4),
    (STATED, ("20.5 Mt", "31.8 Mt"), "0.44 %", [Outcome.PASSED] * 4),  # 51% may be 51.5%
    (STATED, ("20.5 Mt", "35.1 Mt"), "0.44 %", [Outcome.FAILED, *[Outcome.PASSED] * 3]),  # digits swapped
    (STATED, ("20.5 Mt", "31.5 Mt"), "0.49 %", [Outcome.PASSED, Outcome.FAILED, *[Outcome.PASSED] * 2]),
    ("Attributable resources", ("20.5 Mt", "31.5 Mt"), "0.44 %", []),  # no share is printed
    (STATED, ("3.1 Mt", "2.7 Mt"), "0.21 %", []),  # of other deposits
    ("Resources, 100% basis, 51% attributable", ("40.2 Mt", "61.7 Mt"), "0.44 %", []),  # the whole again
    ("Mineral resources", ("40.2 Mt", "61.7 Mt"), "0.44 %", []),  # the same again
]


@pytest.mark.parametrize(("caption", "tonnages", "copper", "outcomes"), SHARES)
def test_attributable_share(caption: str, tonnages: tuple[str, str], copper: str, outcomes: list[Outcome]) -> None:
    assessment = assess(disclosure(WHOLE, owned(caption, *tonnages, copper)))
    found = [
        v for v in assessment.of((2, 2)) if v.relation == "attributable_share" and v.outcome is not Outcome.NOT_RUN
    ]
    assert [v.outcome for v in found] == outcomes
    assert not any(v.arithmetic for v in found)
    assert (assessment.status((2, 2)) is Status.HELD) is (Outcome.FAILED in outcomes)
    assert assessment.status((2, 1)) is Status.UNPROVEN


def test_the_misprint_of_a_share_is_named() -> None:
    assessment = assess(disclosure(WHOLE, owned(STATED, "20.5 Mt", "13.5 Mt")))
    (failed,) = (v for v in assessment.of((2, 2)) if v.outcome is Outcome.FAILED)
    assert failed.cause is Cause.SWAPPED_DIGITS
    assert "is not 51% of the 61.7 Mt in table 1" in failed.explanation


def test_a_share_is_no_other_printing_of_the_whole() -> None:
    """All grades agree and only the tonnes differ, as they do where one of two printings is wrong."""
    assessment = assess(disclosure(WHOLE, owned("Attributable resources", "20.5 Mt", "31.5 Mt")))
    assert not any(v.outcome is Outcome.FAILED for v in assessment.verdicts)


# tonnages of the share, whether one share is told
IMPLIED = [(("20.50 Mt", "31.47 Mt"), True), (("20.50 Mt", "35.10 Mt"), False)]


@pytest.mark.parametrize(("tonnages", "told"), IMPLIED)
def test_a_share_that_is_not_printed_is_told_where_all_figures_imply_it(tonnages: tuple[str, str], told: bool) -> None:
    share, third = (
        owned("Attributable resources", *tonnages),
        line("Inferred", "inferred", "10.0 Mt", (metal("Cu", "1 %"),)),
    )
    whole = replace(WHOLE, lines=(*WHOLE.lines, replace(third, number=3)))
    assert third.tonnage is not None
    half = replace(third.tonnage.figure, value=third.tonnage.figure.value * 51 / 100)
    more = replace(third, table=2, number=3, tonnage=replace(third.tonnage, figure=half))
    found = [
        f for f in assess(disclosure(whole, replace(share, lines=(*share.lines, more)))).findings if f.rule == "R-SHARE"
    ]
    assert bool(found) is told
    assert all("gives 51.0% of table 1 throughout" in f.message for f in found)
