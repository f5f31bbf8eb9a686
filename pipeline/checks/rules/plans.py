"""Mine plans: waste over ore is the strip ratio, and the reserves last no less than the plant takes to mill them.

Figures that one paragraph or table states, once or alike, are recomputed: elsewhere a long document speaks of other
pits and other years. Nothing is taken for what is not stated. A day has no year: where only a day's ore is printed, a
year may have any number of days up to 366.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from extractors.plans import PlanFigure, Said
from models.disclosure import Category, EstimateLine, EstimateType
from models.figure import Interval
from pipeline.checks.rules.filed import Filed, Indication
from pipeline.checks.wording import amount, figure, name

MOST_DAYS = Decimal(366)
WHOLE = (Category.TOTAL_RESERVES, Category.PROVEN_PROBABLE)


def strip_ratio(filed: Filed) -> Iterator[Indication]:
    """The strip ratio of a mine plan is its waste over its ore."""
    for plan in _plans(filed):
        ratio, waste, ore = (_one(plan, said) for said in (Said.STRIP_RATIO, Said.WASTE, Said.ORE))
        if ratio is None or waste is None or ore is None or ore.figure.interval.low <= 0:
            continue
        allowed = waste.figure.interval / ore.figure.interval
        if not ratio.figure.interval.meets(allowed):
            yield Indication(
                f"strip ratio {ratio.figure.printed}, but {_tonnes(waste)} of waste over {_tonnes(ore)} of ore is "
                f"{_span(allowed, ratio.figure.step / 10)}; pre-stripping, or volumes, may explain it",
                ratio.quote,
            )


def mine_life(filed: Filed) -> Iterator[Indication]:
    """A mine lasts no less than its plant takes to mill the reserves."""
    reserves = _reserves(filed)
    if reserves is None or reserves.tonnage is None:
        return
    ore = reserves.tonnage.interval.times(Decimal(1) / 1000)
    for plan in _plans(filed):
        life, a_year = _one(plan, Said.LIFE), _ore_a_year(plan)
        if life is None or a_year is None:
            continue
        least = ore.low / a_year[0].high
        if life.figure.interval.high < least:
            yield Indication(
                f"a mine life of {life.figure.printed} years, but at {a_year[1]} the {amount(reserves.tonnage)} of "
                f"{name(reserves)} last {figure(least, Decimal('0.1'))} years at least",
                life.quote,
            )


def _plans(filed: Filed) -> Iterator[tuple[PlanFigure, ...]]:
    """The figures of each paragraph or table together."""
    return (tuple(of_block) for _, of_block in groupby(filed.plan, key=lambda p: p.block))


def _one(plan: tuple[PlanFigure, ...], said: Said) -> PlanFigure | None:
    """The figure that is stated, once or alike wherever it is; the finest printing of it."""
    found = [p for p in plan if p.said is said]
    finest = min(found, key=lambda p: p.figure.step, default=None)
    alike = finest is not None and all(p.figure.interval.meets(finest.figure.interval) for p in found)
    return finest if alike else None


def _ore_a_year(plan: tuple[PlanFigure, ...]) -> tuple[Interval, str] | None:
    """The tonnes that the plant may take in a year, and as it is printed; None where two rates are stated."""
    year, day, days = (_one(plan, said) for said in (Said.A_YEAR, Said.A_DAY, Said.DAYS))
    said = {p.said for p in plan}
    if Said.A_YEAR in said:
        return (year.figure.interval, f"{_tonnes(year)} a year") if year else None
    if day is None or (Said.DAYS in said and days is None):
        return None
    in_a_year = Interval(days.figure.value, days.figure.value) if days else Interval(Decimal(0), MOST_DAYS)
    told = f"on {days.figure.printed} days a year" if days else "every day of the year"
    return day.figure.interval * in_a_year, f"{_tonnes(day)} a day {told}"


def _reserves(filed: Filed) -> EstimateLine | None:
    """The one line of all reserves of the whole property."""
    lines = [p for p in filed.of_type(EstimateType.RESERVE) if p.zone is None and not p.materials]
    for category in WHOLE:
        found = [p for p in lines if p.category is category and p.tonnage and p.tonnage.unit.factor is not None]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _tonnes(plan: PlanFigure) -> str:
    return f"{figure(plan.figure.value, plan.figure.step)} t"


def _span(allowed: Interval, step: Decimal) -> str:
    return f"{figure(allowed.low, step)} to {figure(allowed.high, step)}"
