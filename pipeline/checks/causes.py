"""Why a relation fails: the likeliest cause of each contradiction, with the figure that would repair it.

First what a whole column shows (scale, unit, compound, recovered or attributable metal), then one misprinted figure
that repairs several relations, then the same factors for a single line. What fits none stays unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.disclosure import EstimateTable
from models.figure import Interval
from models.findings import Cause, Outcome, Verdict
from pipeline.checks.addends import find_addends
from pipeline.checks.arithmetic import products
from pipeline.checks.constants import UNIT_SLIPS, Factor, compound_factors
from pipeline.checks.equations import Equation, Product
from pipeline.checks.repairs import Repair, find_repairs
from pipeline.checks.wording import amount, figure, like, middle, name, with_unit

SCALES = tuple(Factor(f"{10 ** abs(n):,}", Decimal(10) ** n) for n in (3, -3, 6, -6, 9, -9, 1, -1, 2, -2))

Key = tuple[str, tuple[int, int], str | None]
"""Relation, line and commodity: what names an equation and its verdict alike."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an equation fails, in words that go on after its explanation."""

    cause: Cause
    text: str
    suggestion: str | None = None


def with_causes(table: EstimateTable, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts with the cause of each failure; a total that only waits for a misprinted part is no failure."""
    if not any(v.outcome is Outcome.FAILED for v in verdicts):
        return tuple(verdicts)
    reasons = _column_reasons(table)
    equations = [e for e in _equations(table) if key_of(e) not in reasons]
    repairs = {key_of(e): repair for repair in find_repairs(equations) for e in repair.failed}
    alone = {key_of(e): e for e in equations if isinstance(e, Product) and key_of(e) not in repairs}
    reasons |= {key: reason for key, product in alone.items() if (reason := _alone(product))}
    explained = [_explained(v, reasons, repairs) for v in verdicts]
    explained += _blamed(repairs)
    return (*explained, *_parts_in_doubt(table, explained))


def key_of(equation: Equation) -> Key:
    """Relation, line and commodity of an equation."""
    return equation.relation, equation.line.key, equation.column.commodity


def _equations(table: EstimateTable) -> Iterator[Equation]:
    """Every equation between the figures of the table."""
    yield from products(table)
    for _, addends in find_addends(table):
        if addends is not None:
            yield from (s for s in addends.sums() if s.compare().holds or not addends.blanks(s.column))
            yield from addends.means()


def _explained(verdict: Verdict, reasons: dict[Key, Reason], repairs: dict[Key, Repair]) -> Verdict:
    if verdict.outcome is not Outcome.FAILED or verdict.line is None:
        return verdict
    key = (verdict.relation, verdict.line, verdict.commodity)
    if key in reasons:
        return _because(verdict, reasons[key])
    if key in repairs:
        return _repaired(verdict, repairs[key])
    if verdict.relation == "same_addends" and _repaired_total(verdict, repairs):
        return replace(verdict, outcome=Outcome.NOT_RUN, cause=None, explanation="a figure of the sum is misprinted")
    return verdict if verdict.cause else replace(verdict, cause=Cause.UNEXPLAINED)


def _because(verdict: Verdict, reason: Reason) -> Verdict:
    text = f"{verdict.explanation}; {reason.text}"
    return replace(verdict, cause=reason.cause, explanation=text, suggestion=reason.suggestion)


def _repaired(verdict: Verdict, repair: Repair) -> Verdict:
    """The verdict on the misprinted line; on another line the relation waits for it."""
    if verdict.line == repair.line.key:
        return _because(verdict, _misprint(repair))
    text = f"waits for {name(repair.line)}: with {repair.column} {amount(repair.quantity)} it closes"
    return replace(verdict, outcome=Outcome.NOT_RUN, cause=None, suggestion=None, explanation=text)


def _misprint(repair: Repair) -> Reason:
    what = {
        Cause.SCALE_SLIP: "scale slip",
        Cause.SWAPPED_DIGITS: "two digits swapped",
        Cause.CHANGED_DIGIT: "one digit changed",
    }[repair.cause]
    text = (
        f"{repair.column} {amount(repair.quantity)} ({what}) would satisfy all {repair.agreeing} relations it stands in"
    )
    return Reason(repair.cause, text, amount(repair.quantity))


def _repaired_total(verdict: Verdict, repairs: dict[Key, Repair]) -> bool:
    return any(line == verdict.line and relation.startswith("total_") for relation, line, _ in repairs)


def _blamed(repairs: dict[Key, Repair]) -> Iterator[Verdict]:
    """A verdict for each misprinted part that no relation of its own has caught."""
    for repair in {id(r): r for r in repairs.values()}.values():
        if all(e.line.key != repair.line.key for e in repair.failed):
            equation, reason = repair.failed[0], _misprint(repair)
            yield Verdict(
                equation.relation,
                Outcome.FAILED,
                f"{name(repair.line)}: {len(repair.failed)} totals that it is a part of do not close; {reason.text}",
                repair.line.key,
                repair.column.commodity,
                cause=reason.cause,
                suggestion=reason.suggestion,
            )


def _parts_in_doubt(table: EstimateTable, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """A verdict for each part of an unexplained total that nothing else proves: either of them may be wrong."""
    proven = {v.line for v in verdicts if v.outcome is Outcome.PASSED and v.arithmetic}
    failed = {v.line for v in verdicts if v.outcome is Outcome.FAILED}
    parts = {total.key: addends.parts for total, addends in find_addends(table) if addends}
    for verdict in verdicts:
        open_sum = verdict.outcome is Outcome.FAILED and verdict.relation in ("total_tonnage", "total_contained")
        if open_sum and verdict.cause is Cause.UNEXPLAINED and verdict.line in parts:
            for part in parts[verdict.line]:
                if part.key not in proven | failed:
                    text = f"{name(part)} or its total is wrong, and nothing else tells which: {verdict.explanation}"
                    yield replace(verdict, line=part.key, explanation=text, suggestion=None)


def _column_reasons(table: EstimateTable) -> dict[Key, Reason]:
    """Reasons that fit tonnes times grade of every line of the table alike."""
    by_commodity: dict[str, list[Product]] = {}
    for product in products(table):
        if product.compare().allowed.low > 0:
            by_commodity.setdefault(product.commodity, []).append(product)
    reasons: dict[Key, Reason] = {}
    for column in by_commodity.values():
        if len(column) > 1 and not any(p.compare().holds for p in column):
            reasons |= _alike(column, by_commodity)
    return reasons


def _alike(column: Sequence[Product], by_commodity: dict[str, list[Product]]) -> dict[Key, Reason]:
    """One reason for all lines of a column, where one factor fits them all."""
    for cause, factor in _factors(column[0].commodity):
        if all(_fits(p, factor.ratio) for p in column):
            return {key_of(p): _factor_reason(p, cause, factor, alike=True) for p in column}
    common = _common_ratio(column)
    if common is None or common.low >= 1:
        return {}
    others = [_common_ratio(c) for c in by_commodity.values() if c is not column]
    return {key_of(p): _share_reason(p, common, others) for p in column}


def _share_reason(product: Product, common: Interval, others: Sequence[Interval | None]) -> Reason:
    """A ratio that all lines share: of all metals alike it is an owner's share, of one metal its recovery."""
    cause, what = Cause.RECOVERED_METAL, "recovered metal"
    if any(ratio is not None and ratio.meets(common) for ratio in others):
        cause, what = Cause.ATTRIBUTABLE_SHARE, "an owner's share of the metal"
    text = f"every line of the table states {middle(common) * 100:.1f}% of tonnes times grade, as {what} would be"
    compared = product.compare()
    return Reason(cause, text, like(middle(compared.allowed), compared.reported))


def _alone(product: Product) -> Reason | None:
    """The reason of a single line: the first known factor that fits it."""
    if product.compare().holds:
        return None
    return next(
        (_factor_reason(product, c, f, alike=False) for c, f in _factors(product.commodity) if _fits(product, f.ratio)),
        None,
    )


def _factors(commodity: str) -> Iterator[tuple[Cause, Factor]]:
    """The known factors in the order in which they are tried."""
    yield from ((Cause.SCALE_SLIP, factor) for factor in SCALES)
    yield from ((Cause.UNIT_SLIP, factor) for factor in UNIT_SLIPS)
    yield from ((Cause.OXIDE_FOR_METAL, factor) for factor in compound_factors(commodity))


def _fits(product: Product, ratio: Decimal) -> bool:
    compared = product.compare()
    return compared.reported.figure.interval.meets(compared.allowed.times(ratio))


def _factor_reason(product: Product, cause: Cause, factor: Factor, *, alike: bool) -> Reason:
    what = (
        f"it is off by a factor of {factor.name}"
        if cause is Cause.SCALE_SLIP
        else f"the ratio is that of {factor.name}"
    )
    everywhere = ", in every line of the table alike: the unit of a heading is likely wrong" if alike else ""
    reported = product.compare().reported
    step = reported.figure.step / min(factor.ratio, Decimal(1)) if cause is Cause.SCALE_SLIP else reported.figure.step
    repaired = with_unit(figure(reported.figure.value / factor.ratio, step), reported.unit.symbol)
    return Reason(cause, what + everywhere, repaired)


def _common_ratio(column: Sequence[Product]) -> Interval | None:
    """The ratio of printed metal to tonnes times grade that all lines have in common, or None."""
    ratios = [p.compare().reported.figure.interval / p.compare().allowed for p in column]
    low, high = max(r.low for r in ratios), min(r.high for r in ratios)
    return Interval(low, high) if low <= high else None
