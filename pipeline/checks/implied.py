"""What a claim implies that its filing cannot prove: the estimate before a change, the ore of a year of a mine life."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models.disclosure import Category, Claim, Disclosure, EstimateLine, EstimateType
from pipeline.checks.addends import find_addends
from pipeline.checks.columns import TONNAGE, Column, additive_columns
from pipeline.checks.constants import elements_of
from pipeline.checks.equations import printed
from pipeline.checks.wording import amount, figure, name, with_unit

WHOLE = {
    EstimateType.RESERVE: (Category.TOTAL_RESERVES, Category.PROVEN_PROBABLE),
    EstimateType.RESOURCE: (Category.MEASURED_INDICATED, Category.INFERRED),
}
"""The categories that a claim may speak of which names none, the widest first."""

HUNDRED = Decimal(100)


def implied_before(claim: Claim, disclosure: Disclosure) -> str:
    """What the claimed change makes of each figure of the line that it speaks of; "" where no line is meant."""
    line = _meant(claim, disclosure)
    if line is None or claim.percent is None or claim.percent.value <= -HUNDRED:
        return ""
    growth = 1 + claim.percent.value / HUNDRED
    told = [f"{_as(column)}{now} from {before}" for column, now, before in _divided(line, disclosure, growth)]
    return f"; for {name(line)} it implies {', '.join(told)}" if told else ""


def implied_a_year(claim: Claim, disclosure: Disclosure) -> str:
    """The ore that a mine life leaves for each year, if it mines all reserves; "" where there are none."""
    line = _meant(claim, disclosure, EstimateType.RESERVE)
    if line is None or claim.years is None or not claim.years.value:
        return ""
    told = [
        f"{a_year} a year of {now}"
        for column, now, a_year in _divided(line, disclosure, claim.years.value)
        if column == TONNAGE
    ]
    return f"; for {name(line)} it implies {', '.join(told)}" if told else ""


def _meant(claim: Claim, disclosure: Disclosure, kind: EstimateType | None = None) -> EstimateLine | None:
    """The one line of the whole property that a claim speaks of."""
    kind = claim.type or kind
    categories = (claim.category,) if claim.category else WHOLE.get(kind, ()) if kind else ()
    for category in categories:
        lines = [p for p in disclosure.own_lines if p.category is category and p.zone is None and p.cutoff is None]
        plain = [p for p in lines if set(p.materials) == set(claim.materials) and _states(p, claim.commodity)]
        if len(plain) == 1:
            return plain[0]
    return None


def _states(line: EstimateLine, commodity: str | None) -> bool:
    """Whether a line states a metal, or a compound that it is printed as."""
    stated = [m.commodity for m in line.metals]
    return commodity is None or commodity in stated or any(commodity in elements_of(c) for c in stated)


def _divided(line: EstimateLine, disclosure: Disclosure, by: Decimal) -> Iterator[tuple[Column, str, str]]:
    """Each figure of the line, and the sum of its parts where that differs, with the quotient."""
    table = next(t for t in disclosure.tables if t.number == line.table)
    addends = next((a for total, a in find_addends(table) if total.key == line.key), None)
    sums = {s.column: s for s in addends.sums} if addends else {}
    for column in additive_columns(line):
        quantity = printed(line, column)
        step, symbol = quantity.figure.step / 10, quantity.unit.symbol
        yield column, amount(quantity), with_unit(figure(quantity.figure.value / by, step), symbol)
        if column in sums and not sums[column].compared.holds:
            expected = sums[column].expected()
            now = with_unit(figure(expected, quantity.figure.step), symbol)
            yield column, f"{now} (the sum of its parts)", with_unit(figure(expected / by, step), symbol)


def _as(column: Column) -> str:
    return "" if column == TONNAGE else f"{column} "
