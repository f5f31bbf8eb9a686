"""Factors by which contained metal is off, in a line or a whole column: scale, unit, compound, recovery, share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.disclosure import EstimateTable
from models.figure import Interval
from models.findings import Cause
from pipeline.checks.arithmetic import products
from pipeline.checks.constants import UNIT_SLIPS, Factor, compound_factors
from pipeline.checks.equations import Product
from pipeline.checks.wording import figure, like, middle, with_unit

SCALES = tuple(Factor(f"{10 ** abs(n):,}", Decimal(10) ** n) for n in (3, -3, 6, -6, 9, -9, 1, -1, 2, -2))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an equation fails, in words that go on after its explanation."""

    cause: Cause
    text: str
    suggestion: str | None = None


Reasons = tuple[tuple[Product, Reason], ...]


def column_reasons(table: EstimateTable) -> Reasons:
    """Reasons that fit tonnes times grade of every line of the table alike."""
    by_commodity: dict[str, list[Product]] = {}
    for product in products(table):
        if product.compare().allowed.low > 0:
            by_commodity.setdefault(product.commodity, []).append(product)
    columns = [c for c in by_commodity.values() if len(c) > 1 and not any(p.compare().holds for p in c)]
    return tuple(pair for column in columns for pair in _alike(column, columns))


def _alike(column: Sequence[Product], columns: Sequence[Sequence[Product]]) -> Reasons:
    """One reason for all lines of a column, where one factor fits them all."""
    for cause, factor in _factors(column[0].commodity):
        if all(_fits(p, factor.ratio) for p in column):
            return tuple((p, _factor_reason(p, cause, factor, alike=True)) for p in column)
    common = _common_ratio(column)
    if common is None or common.low >= 1:
        return ()
    others = [_common_ratio(c) for c in columns if c is not column]
    return tuple((p, _share_reason(p, common, others)) for p in column)


def _share_reason(product: Product, common: Interval, others: Sequence[Interval | None]) -> Reason:
    """A ratio that all lines share: of all metals alike it is an owner's share, of one metal its recovery."""
    cause, what = Cause.RECOVERED_METAL, "recovered metal"
    if any(ratio is not None and ratio.meets(common) for ratio in others):
        cause, what = Cause.ATTRIBUTABLE_SHARE, "an owner's share of the metal"
    text = f"every line of the table states {middle(common) * 100:.1f}% of tonnes times grade, as {what} would be"
    return Reason(cause, text, like(product.expected(), product.compare().reported))


def line_reason(product: Product) -> Reason | None:
    """The reason of a single line that fails: the first known factor that fits it.

    Figures of few digits leave room for any factor: what they leave must be narrower than the factor is far from one.
    """
    compared = product.compare()
    if compared.allowed.low <= 0:
        return None
    ratio = compared.reported.figure.interval / compared.allowed
    for cause, factor in _factors(product.commodity):
        if _fits(product, factor.ratio) and ratio.high - ratio.low < abs(factor.ratio - 1):
            return _factor_reason(product, cause, factor, alike=False)
    return None


def _factors(commodity: str) -> Iterator[tuple[Cause, Factor]]:
    """The known factors in the order in which they are tried."""
    yield from ((Cause.SCALE_SLIP, factor) for factor in SCALES)
    yield from ((Cause.UNIT_SLIP, factor) for factor in UNIT_SLIPS)
    yield from ((Cause.OXIDE_FOR_METAL, factor) for factor in compound_factors(commodity))


def _fits(product: Product, ratio: Decimal) -> bool:
    compared = product.compare()
    return compared.reported.figure.interval.meets(compared.allowed.times(ratio))


def _factor_reason(product: Product, cause: Cause, factor: Factor, *, alike: bool) -> Reason:
    text = "it is off by a factor of" if cause is Cause.SCALE_SLIP else "the ratio is that of"
    everywhere = ", in every line of the table alike: the unit of a heading is likely wrong" if alike else ""
    reported = product.compare().reported
    step = reported.figure.step / min(factor.ratio, Decimal(1)) if cause is Cause.SCALE_SLIP else reported.figure.step
    repaired = with_unit(figure(reported.figure.value / factor.ratio, step), reported.unit.symbol)
    return Reason(cause, f"{text} {factor.name}{everywhere}", repaired)


def _common_ratio(column: Sequence[Product]) -> Interval | None:
    """The ratio of printed metal to tonnes times grade that all lines have in common, or None."""
    ratios = [p.compare().reported.figure.interval / p.compare().allowed for p in column]
    low, high = max(r.low for r in ratios), min(r.high for r in ratios)
    return Interval(low, high) if low <= high else None
