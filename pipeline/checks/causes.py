"""Why a relation fails: the likeliest cause of each contradiction, with the figure that would repair it.

First what a whole column shows (scale, unit, compound, recovered or attributable metal), then two figures that changed
places, then one misprinted figure that repairs several relations, then the same factors for a single line. What fits
none stays unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.disclosure import EstimateTable
from models.findings import Cause, Outcome, Verdict
from pipeline.checks.addends import find_addends
from pipeline.checks.arithmetic import products
from pipeline.checks.equations import Equation, Product
from pipeline.checks.ratios import Reason, column_reasons, line_reason
from pipeline.checks.reading import look_at_picture
from pipeline.checks.repairs import Repair, find_repairs
from pipeline.checks.shifts import Shift, find_shifts
from pipeline.checks.sums import lone_repair, slipped_sums
from pipeline.checks.wording import amount, name

PART_SLIPS = (Cause.OMITTED_PART, Cause.DOUBLED_PART, Cause.ADDED_PART)

Key = tuple[str, tuple[int, int], str | None]
"""Relation, line and commodity: what names an equation and its verdict alike."""


def with_causes(table: EstimateTable, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts with the cause of each failure; a total that only waits for a misprinted part is no failure."""
    if not any(v.outcome is Outcome.FAILED for v in verdicts):
        return tuple(verdicts)
    every = list(equations_of(table))
    reasons = {key_of(product): reason for product, reason in column_reasons(table)}
    shifts = {key_of(e): shift for shift in find_shifts(every) for e in shift.failed}
    equations = [e for e in every if key_of(e) not in reasons | shifts]
    repairs = {key_of(e): repair for repair in slipped_sums(table, equations) for e in repair.failed}
    equations = [e for e in equations if key_of(e) not in repairs]
    repairs |= {key_of(e): repair for repair in find_repairs(equations) for e in repair.failed}
    left = [e for e in every if not e.compare().holds and key_of(e) not in reasons | shifts | repairs]
    reasons |= {key_of(e): reason for e in left if isinstance(e, Product) and (reason := line_reason(e))}
    repairs |= {key_of(e): repair for e in left if key_of(e) not in reasons and (repair := lone_repair(e, equations))}
    explained = [_explained(_shifted(v, shifts), reasons, repairs) for v in verdicts]
    explained += [*_blamed(repairs), *_exchanged(shifts)]
    return look_at_picture(table, (*explained, *_parts_in_doubt(table, explained)))


def key_of(equation: Equation) -> Key:
    """Relation, line and commodity of an equation."""
    return equation.relation, equation.line.key, equation.column.commodity


def equations_of(table: EstimateTable) -> Iterator[Equation]:
    """Every equation between the figures of the table."""
    yield from products(table)
    for _, addends in find_addends(table):
        if addends is not None:
            yield from (s for s in addends.sums() if s.compare().holds or not addends.blanks(s.column))
            yield from addends.means()


def _shifted(verdict: Verdict, shifts: dict[Key, Shift]) -> Verdict:
    """The verdict where two figures changed places: on their lines a failure, on a total that adds them a wait."""
    shift = shifts.get((verdict.relation, verdict.line, verdict.commodity)) if verdict.line else None
    if shift is None or verdict.outcome is not Outcome.FAILED or verdict.line is None:
        return verdict
    if not shift.holds_line(verdict.line):
        return replace(verdict, outcome=Outcome.NOT_RUN, cause=None, explanation=f"waits for {shift}")
    return _because(verdict, _out_of_place(shift))


def _explained(verdict: Verdict, reasons: dict[Key, Reason], repairs: dict[Key, Repair]) -> Verdict:
    if verdict.outcome is not Outcome.FAILED or verdict.line is None or verdict.cause is Cause.COLUMN_SHIFT:
        return verdict
    key = (verdict.relation, verdict.line, verdict.commodity)
    if key in reasons and verdict.cause is None:
        return _because(verdict, reasons[key])
    if key in repairs and verdict.cause is not repairs[key].cause:
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
    what = f"{repair.column} {amount(repair.quantity)} ({repair.cause.replace('_', ' ')})"
    every = f"all {repair.agreeing} relations" if repair.agreeing > 1 else "the one relation"
    text = f"{what} would satisfy {every} it stands in"
    return Reason(repair.cause, text, amount(repair.quantity))


def _repaired_total(verdict: Verdict, repairs: dict[Key, Repair]) -> bool:
    misprints = {key for key, repair in repairs.items() if repair.cause not in PART_SLIPS}
    return any(line == verdict.line and relation.startswith("total_") for relation, line, _ in misprints)


def _blamed(repairs: dict[Key, Repair]) -> Iterator[Verdict]:
    """A verdict for each misprinted part that no relation of its own has caught."""
    for repair in {id(r): r for r in repairs.values()}.values():
        if all(e.line.key != repair.line.key for e in repair.failed):
            equation, reason = repair.failed[0], _misprint(repair)
            yield Verdict(
                equation.relation,
                Outcome.FAILED,
                f"{name(repair.line)}: {_totals(len(repair.failed))} that it is a part of; {reason.text}",
                repair.line.key,
                repair.column.commodity,
                cause=reason.cause,
                suggestion=reason.suggestion,
            )


def _exchanged(shifts: dict[Key, Shift]) -> Iterator[Verdict]:
    """A verdict for each line with a figure out of place that no relation of its own has caught."""
    for shift in {id(s): s for s in shifts.values()}.values():
        for line, column in (shift.one, shift.other):
            if all(e.line.key != line.key for e in shift.failed):
                text = f"{name(line)}: {_totals(len(shift.failed))} that it is a part of; {_out_of_place(shift).text}"
                relation = shift.failed[0].relation
                yield Verdict(relation, Outcome.FAILED, text, line.key, column.commodity, cause=Cause.COLUMN_SHIFT)


def _out_of_place(shift: Shift) -> Reason:
    return Reason(Cause.COLUMN_SHIFT, f"{shift} would satisfy all their relations if they changed places")


def _totals(number: int) -> str:
    return f"{number} totals do not close" if number > 1 else "the total does not close"


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
