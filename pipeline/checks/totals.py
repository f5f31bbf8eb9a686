"""Totals: tonnage and contained metal add up, over the same parts in every column, and grades are their mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from models.disclosure import EstimateLine, EstimateTable
from models.findings import Cause, Outcome, Verdict
from pipeline.checks.addends import Addends, find_addends
from pipeline.checks.arithmetic import equation_verdict, not_run
from pipeline.checks.columns import TONNAGE, Column, contained
from pipeline.checks.equations import Sum
from pipeline.checks.wording import amount, like, listed, name, names, span

PAIRS_AMONG = 8
"""Among more parts than this some pair fits any gap by chance."""


def total_tonnage(table: EstimateTable) -> Iterator[Verdict]:
    """The tonnage of a total is the sum of its parts' tonnage."""
    for total, addends in find_addends(table):
        if total.tonnage is not None:
            yield from _column_sum("total_tonnage", total, addends, [TONNAGE])


def total_contained(table: EstimateTable) -> Iterator[Verdict]:
    """The contained metal of a total is the sum of its parts' contained metal."""
    for total, addends in find_addends(table):
        columns = [contained(m.commodity) for m in total.metals if m.contained is not None]
        yield from _column_sum("total_contained", total, addends, columns)


def same_addends(table: EstimateTable) -> Iterator[Verdict]:
    """A total adds the same parts in every column: none is left out or counted twice in one of them."""
    for total, addends in find_addends(table):
        sums = addends.sums if addends else ()
        if addends is None or len(sums) < 2:
            continue
        slips = [slip for s in sums if (slip := find_slip(s, addends))]
        if slips and len(slips) < len(sums):
            told = "; ".join(f"{slip.sum.column} {slip.verb} {names(slip.parts, [total])}" for slip in slips)
            text = f"{name(total)} adds different parts in different columns: {told}"
            yield Verdict("same_addends", Outcome.FAILED, text, total.key, cause=slips[0].cause)
        elif addends.explains:
            text = f"{name(total)} adds {names(addends.parts, [total])} in every column"
            yield Verdict("same_addends", Outcome.PASSED, text, total.key)


def weighted_grade(table: EstimateTable) -> Iterator[Verdict]:
    """The grade of a total is the mean of its parts' grades by tonnage, and never outside their range."""
    for total, addends in find_addends(table):
        for metal in total.metals:
            if metal.grade is None:
                continue
            if addends is None:
                yield not_run("weighted_grade", total, "its parts are not in the table", metal.commodity)
            else:
                yield _mean_verdict(addends, metal.commodity)


@dataclass(frozen=True, slots=True)
class Slip:
    """Parts whose omission or doubling makes a sum close, or a line beside them whose addition does."""

    sum: Sum
    parts: tuple[EstimateLine, ...]
    cause: Cause

    def closes(self, other: Sum) -> bool:
        """Whether another column's sum, or this one's, holds where the same is done to these parts."""
        lines = tuple(part for part in other.parts if other.column.of(part))
        if self.cause is Cause.OMITTED_PART:
            keys = {part.key for part in self.parts}
            lines = tuple(part for part in lines if part.key not in keys)
        else:
            lines = (*lines, *(part for part in self.parts if other.column.of(part)))
        return bool(lines) and replace(other, parts=lines).compared.holds

    @property
    def verb(self) -> str:
        """What was done to the parts."""
        return _VERBS[self.cause]


_VERBS = {Cause.OMITTED_PART: "leaves out", Cause.DOUBLED_PART: "counts twice", Cause.ADDED_PART: "adds"}


def find_slip(total: Sum, addends: Addends) -> Slip | None:
    """The one or two parts that a sum leaves out, one that it counts twice, or a line that is none of them.

    Of several that close it, the one that closes most of the other columns too: a total adds the same lines in each.
    """
    if total.compared.holds:
        return None
    sets = (addends.parts, *addends.otherwise)
    fitting = next((slips for parts in sets if (slips := list(_slips(replace(total, parts=parts), addends)))), [])
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    others = [replace(s, parts=fitting[0].sum.parts) for s in addends.sums if s.column != total.column]
    others = [s for s in others if not s.compared.holds]
    return max(fitting, key=lambda slip: sum(slip.closes(other) for other in others))


def _slips(total: Sum, addends: Addends) -> Iterator[Slip]:
    """All slips that close the sum, the likeliest first."""
    printing = tuple(part for part in total.parts if total.column.of(part))
    left_out = [
        parts for count in ((1, 2) if len(printing) <= PAIRS_AMONG else (1,)) for parts in combinations(printing, count)
    ]
    beside = [line for line in addends.beside if total.column.of(line)]
    tried = (
        *(Slip(total, parts, Cause.OMITTED_PART) for parts in left_out if len(parts) < len(printing)),
        *(Slip(total, (part,), Cause.DOUBLED_PART) for part in printing),
        *(Slip(total, (line,), Cause.ADDED_PART) for line in beside),
    )
    return (slip for slip in tried if slip.closes(total))


def _column_sum(
    relation: str, total: EstimateLine, addends: Addends | None, columns: Iterable[Column]
) -> Iterator[Verdict]:
    """The verdicts of a total in these columns, and of its parts where the whole total closes."""
    sums = {s.column: s for s in addends.sums} if addends else {}
    for column in columns:
        if addends is None or column not in sums:
            yield not_run(relation, total, "its parts are not in the table", column.commodity)
            continue
        yield _sum_verdict(sums[column], addends)
        if addends.explains:
            yield from _part_verdicts(sums[column])


def _sum_verdict(total: Sum, addends: Addends) -> Verdict:
    compared = total.compared
    if not compared.holds and (blanks := addends.blanks(total.column)):
        reason = f"{names(blanks)} prints no {total.column}, so that the sum stays open"
        return not_run(total.relation, total.line, reason, total.column.commodity)
    if not compared.holds:
        return _gap(total, addends)
    expected = like(total.expected(), compared.reported)
    text = f"{name(total.line)}: {total.column} {amount(compared.reported)} is the sum of its parts ({expected})"
    return equation_verdict(total, compared, text)


def _gap(total: Sum, addends: Addends) -> Verdict:
    """The failing verdict of a sum: how far off it is, and the parts whose omission explains it."""
    compared, slip = total.compared, find_slip(total, addends)
    right = slip.sum.expected() if slip else total.expected()
    short, expected = right - compared.reported.figure.value, like(right, compared.reported)
    gap = f"{like(abs(short), compared.reported)} {'short of' if short > 0 else 'more than'} its parts ({expected})"
    text = f"{name(total.line)}: {total.column} {amount(compared.reported)} is {gap}"
    if slip:
        text += f"; it {'equals the sum without' if slip.cause is Cause.OMITTED_PART else slip.verb} "
        text += names(slip.parts, [total.line]) + _elsewhere(total, addends)
        return replace(equation_verdict(total, compared, text, expected), cause=slip.cause)
    text += f"; rounding allows {span(compared.allowed, compared.reported)}"
    return equation_verdict(total, compared, text, expected)


def _elsewhere(total: Sum, addends: Addends) -> str:
    """The columns that do add all parts, for contrast."""
    others = [str(s.column) for s in addends.sums if s.column != total.column and s.compared.holds]
    if not others:
        return ""
    return f", while {listed(others)} {'adds' if len(others) == 1 else 'add'} all of them"


def _part_verdicts(total: Sum) -> Iterator[Verdict]:
    told = f"adds up to {amount(total.compared.reported)} of {name(total.line)} with its other parts"
    for part in total.parts:
        quantity = total.column.of(part)
        if quantity is not None and quantity.figure.value:
            text = f"{name(part)}: {total.column} {amount(quantity)} {told}"
            yield Verdict(total.relation, Outcome.PASSED, text, part.key, total.column.commodity)


def _mean_verdict(addends: Addends, commodity: str) -> Verdict:
    total, mean = addends.total, addends.mean(commodity)
    if mean is None:
        return not_run(
            "weighted_grade", total, f"a part prints no grade of {commodity}, or none prints tonnage", commodity
        )
    compared = mean.compared
    text = (
        f"{name(total)}: {mean.column} {amount(compared.reported)} {'is' if compared.holds else 'is not'} the mean of "
        f"its parts by tonnage, {span(compared.allowed, compared.reported)}"
    )
    weightless = tuple(p for p in addends.parts if p.tonnage is None and contained(commodity).of(p))
    if compared.holds or not weightless:
        return equation_verdict(mean, compared, text)
    text += f"; its metal includes {names(weightless)}, which prints no tonnage"
    return replace(equation_verdict(mean, compared, text), cause=Cause.OMITTED_PART)
