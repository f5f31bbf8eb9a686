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


EXPLAINED_TO_ONE = 4
"""How many lines a reason of a column has to explain for each that it does not: a table may have misprints besides."""

Reasons = tuple[tuple[Product, Reason], ...]
Ratios = list[tuple[Product, Interval]]
"""The lines of a column, each with its printed metal as a multiple of tonnes times grade."""


def column_reasons(table: EstimateTable) -> Reasons:
    """Reasons that fit tonnes times grade throughout a column: of lines that fail, and of others as far as they tell.

    A line of few digits may agree with the reason and without it; a line with a misprint of its own may with neither.
    """
    columns: dict[str, Ratios] = {}
    for product in products(table):
        compared = product.compared
        if compared.allowed.low > 0:
            ratio = compared.reported.figure.interval / compared.allowed
            columns.setdefault(product.commodity, []).append((product, ratio))
    off = [column for column in columns.values() if len(_off(column)) > 1]
    return tuple(pair for column in off for pair in _alike(column, off))


def _off(column: Ratios) -> Ratios:
    """The lines whose metal is not tonnes times grade."""
    return [(product, ratio) for product, ratio in column if Decimal(1) not in ratio]


def _alike(column: Ratios, columns: Sequence[Ratios]) -> Reasons:
    """One reason for the failing lines of a column, where one factor fits them."""
    for cause, factor in _factors(column[0][0].commodity):
        if explained := _explained(column, Interval(factor.ratio, factor.ratio)):
            return tuple((p, _factor_reason(p, cause, factor, alike=True)) for p in explained)
    common = _common_ratio(column)
    if common is None or common.low >= 1:
        return ()
    others = [_common_ratio(c) for c in columns if c is not column]
    return tuple((p, _share_reason(p, common, others)) for p in _explained(column, common))


def _explained(column: Ratios, common: Interval) -> list[Product]:
    """The failing lines that a ratio explains; none where too many lines contradict it."""
    explained = [product for product, ratio in _off(column) if ratio.meets(common)]
    against = sum(not ratio.meets(common) for _, ratio in column)
    return explained if len(explained) > 1 and against * EXPLAINED_TO_ONE <= len(explained) else []


def _common_ratio(column: Ratios) -> Interval | None:
    """The ratio of printed metal to tonnes times grade that most lines have in common; None where it explains few."""
    ratios = [ratio for _, ratio in column]
    shared = max(([r for r in ratios if own.low in r] for _, own in _off(column)), key=len)
    common = Interval(max(r.low for r in shared), min(r.high for r in shared))
    return common if _explained(column, common) else None


def _share_reason(product: Product, common: Interval, others: Sequence[Interval | None]) -> Reason:
    """A ratio that lines share: of all metals alike it is an owner's share, of one metal its recovery."""
    cause, what = Cause.RECOVERED_METAL, "recovered metal"
    if any(ratio is not None and ratio.meets(common) for ratio in others):
        cause, what = Cause.ATTRIBUTABLE_SHARE, "an owner's share of the metal"
    text = f"throughout the table it is {middle(common) * 100:.1f}% of tonnes times grade, as {what} would be"
    return Reason(cause, text, like(product.expected(), product.compared.reported))


def line_reason(product: Product) -> Reason | None:
    """The reason of a single line that fails: the first known factor that fits it.

    Figures of few digits leave room for any factor: what they leave must be narrower than the factor is far from one.
    """
    compared = product.compared
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
    yield from conversion_slips(commodity)


def conversion_slips(commodity: str) -> Iterator[tuple[Cause, Factor]]:
    """Units that are taken for one another, and compounds that a commodity is printed for."""
    yield from ((Cause.UNIT_SLIP, factor) for factor in UNIT_SLIPS)
    yield from ((Cause.OXIDE_FOR_METAL, factor) for factor in compound_factors(commodity))


def _fits(product: Product, ratio: Decimal) -> bool:
    compared = product.compared
    return compared.reported.figure.interval.meets(compared.allowed.times(ratio))


def _factor_reason(product: Product, cause: Cause, factor: Factor, *, alike: bool) -> Reason:
    text = "it is off by a factor of" if cause is Cause.SCALE_SLIP else "the ratio is that of"
    everywhere = ", throughout the table: the unit of a heading is likely wrong" if alike else ""
    reported = product.compared.reported
    step = reported.figure.step / min(factor.ratio, Decimal(1)) if cause is Cause.SCALE_SLIP else reported.figure.step
    repaired = with_unit(figure(reported.figure.value / factor.ratio, step), reported.unit.symbol)
    return Reason(cause, f"{text} {factor.name}{everywhere}", repaired)
