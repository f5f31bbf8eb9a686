"""Disclosure rules: what breaks one, and what looks like it and does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import (
    Category,
    Cutoff,
    Dates,
    Doubt,
    EffectiveDate,
    EstimateType,
    Footnote,
    Material,
    NoteKind,
    PrintedDate,
    Scope,
)
from models.figure import Figure
from models.quote import Quote
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, figure, line, table

INFERRED = (Category.INFERRED,)
RESERVE = EstimateType.RESERVE
RESOURCES = Scope((EstimateType.RESOURCE,))


def cutoff(value: str, scope: Scope, unit: str = "%", commodity: str | None = "Cu") -> Cutoff:
    return Cutoff(figure(value), unit, commodity, Quote(value), scope=scope)


# two cut-offs, whether they clash
PAIRS = [
    (cutoff("0.07", Scope(categories=INFERRED)), cutoff("0.05", Scope(categories=INFERRED)), True),
    (cutoff("0.05", Scope(categories=INFERRED)), cutoff("0.05", Scope(categories=INFERRED)), False),  # said twice
    (cutoff("0.05", Scope(categories=INFERRED)), cutoff("0.07", Scope(categories=(Category.PROVEN,))), False),
    (  # open pit and underground ore have their own
        cutoff("0.2", Scope(categories=INFERRED, materials=(Material.OPEN_PIT,))),
        cutoff("1.2", Scope(categories=INFERRED, materials=(Material.UNDERGROUND,))),
        False,
    ),
    (cutoff("0.2", Scope(categories=INFERRED)), cutoff("8.27", Scope(categories=INFERRED), "CAD/t", None), False),
    (cutoff("0.2", Scope()), cutoff("0.3", Scope()), False),  # what they apply to is not stated
    (
        cutoff("0.2", Scope(categories=INFERRED, zones=("North",))),
        cutoff("0.3", Scope(categories=INFERRED, zones=("South",))),
        False,
    ),
]


@pytest.mark.parametrize(("one", "other", "clash"), PAIRS)
def test_one_cutoff_a_category(one: Cutoff, other: Cutoff, clash: bool) -> None:
    found = assess(replace(disclosure(), cutoffs=(one, other))).findings
    assert [f.rule for f in found] == (["3.4(c)"] if clash else [])


def noted(*notes: str) -> tuple[Footnote, ...]:
    return tuple(Footnote(1, str(n), text, (NoteKind.CUTOFF,), Quote(text)) for n, text in enumerate(notes, start=1))


def of(value: str, sentence: str, scope: Scope = RESOURCES, up_to: Figure | None = None) -> Cutoff:
    return replace(cutoff(value, scope), quote=Quote(sentence), value_max=up_to)


ONE, OTHER = "Mineral Resources are reported at a 0.2% Cu cut-off.", "A cut-off of 0.3% Cu was used for the resources."

# cut-offs beside an indicated line, the notes of its table, whether the line stands under two
BESIDE_A_LINE = [
    ((of("0.2", ONE), of("0.3", OTHER)), (ONE, OTHER), True),
    ((of("0.2", ONE), of("0.3", OTHER)), (ONE,), False),  # the other is that of another property, in the prose
    ((of("0.2", ONE), of("0.3", ONE)), (ONE,), False),  # one sentence tells its two apart: mill and heap leach
    ((of("0.2", ONE), of("0.3", OTHER, up_to=figure("0.5"))), (ONE, OTHER), False),  # a range
    ((of("0.2", ONE), of("0.3", OTHER, Scope((RESERVE,)))), (ONE, OTHER), False),  # for reserves
    ((of("0.2", ONE), of("0.3", OTHER, replace(RESOURCES, materials=(Material.UNDERGROUND,)))), (ONE, OTHER), False),
    ((of("0.2", ONE), of("0.3", OTHER, replace(RESOURCES, zones=("South",)))), (ONE, OTHER), False),
    ((of("0.2", ONE), replace(of("11", OTHER), unit="USD/t", commodity=None)), (ONE, OTHER), False),  # two measures
]


@pytest.mark.parametrize(("cutoffs", "notes", "alike"), BESIDE_A_LINE)
def test_one_cutoff_a_line(cutoffs: tuple[Cutoff, ...], notes: tuple[str, ...], alike: bool) -> None:
    north = disclosure(table(line("Indicated", "indicated", "5,000 t", zone="North")))
    found = assess(replace(north, cutoffs=cutoffs, footnotes=noted(*notes))).findings
    assert [f.rule for f in found if "which applies" in f.message] == (["3.4(c)"] if alike else [])


# effective, report and release date, number of findings
ORDERS = [
    ("2013-06-30", "2013-10-31", "2013-12-12", 0),
    ("2013-06-30", None, "2013-06-30", 0),  # on the same day
    ("2013-12-30", None, "2013-12-12", 1),
    ("2013-12", "2013-10-31", "2013-12-12", 1),  # the month alone is compared
    ("2014-06-30", "2013-10-31", "2013-12-12", 2),
]


@pytest.mark.parametrize(("effective", "report", "release", "count"), ORDERS)
def test_dates_in_order(effective: str | None, report: str | None, release: str | None, count: int) -> None:
    printed = [PrintedDate(iso, Quote(iso)) if iso else None for iso in (effective, release, report)]
    found = assess(replace(disclosure(), dates=Dates(*printed))).findings
    assert [f.rule for f in found] == ["R-DATE"] * count


# effective dates that the notes of tables print, the release date, number of findings
ORDERS_OF_SEVERAL = [
    (("2013-03-31", "2013-06-30"), "2013-12-12", 0),
    (("2013-03-31", "2013-12-31"), "2013-12-12", 1),
]


@pytest.mark.parametrize(("effective", "release", "count"), ORDERS_OF_SEVERAL)
def test_the_latest_of_several_effective_dates_is_before_the_release(
    effective: tuple[str, ...], release: str, count: int
) -> None:
    stated = tuple(EffectiveDate(iso, Quote(iso), table=n) for n, iso in enumerate(effective, start=1))
    dates = Dates(release=PrintedDate(release, Quote(release)))
    found = assess(replace(disclosure(), dates=dates, effective_dates=stated)).findings
    assert [f.rule for f in found] == ["R-DATE"] * count


@pytest.mark.parametrize(("text", "rules"), [("1,19", ["R-TYPO"]), ("Tonnage (ktm)", [])])
def test_only_numbers_are_malformed_numbers(text: str, rules: list[str]) -> None:
    doubt = Doubt("not read", Quote(text), malformed=text[0].isdigit())
    doubtful = replace(line("Total", "inferred", "6.90 Mt"), doubts=(doubt,))
    assert [f.rule for f in assess(disclosure(table(doubtful))).findings] == rules
