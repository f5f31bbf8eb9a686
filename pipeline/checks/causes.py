"""Why a relation fails: the likeliest cause of each contradiction, with the figure that would repair it.

First what a whole column shows (scale, unit, compound, recovered or attributable metal), then two figures that changed
places, then totals that add other parts than they should, then the one figure that repairs most. Where several figures
may be the wrong one, the lines of all are held. What fits none stays unexplained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.disclosure import EstimateTable
from models.findings import Cause, Outcome, Verdict
from pipeline.checks.addends import find_addends
from pipeline.checks.arithmetic import conversions, products
from pipeline.checks.blame import Blame, blame_of_product, blames
from pipeline.checks.cutoffs import cutoff_equations
from pipeline.checks.equations import Equation, Product
from pipeline.checks.equivalents import equivalent_orders
from pipeline.checks.plausibility import possible_grades
from pipeline.checks.ratios import Reason, column_reasons
from pipeline.checks.reading import look_at_picture
from pipeline.checks.repeated import repetitions
from pipeline.checks.shares import shares
from pipeline.checks.shifts import Shift, find_shifts
from pipeline.checks.sums import slipped_sums
from pipeline.checks.suspects import find_suspects
from pipeline.checks.wording import name, one_of

PART_SLIPS = (Cause.OMITTED_PART, Cause.DOUBLED_PART, Cause.ADDED_PART)

Key = tuple[str, tuple[int, int], str | None]
"""Relation, line and commodity: what names an equation and its verdict alike."""

Blamed = dict[Key, tuple[Blame, ...]]
"""For each failed equation that was explained, the lines of which one is wrong."""


def with_causes(tables: Sequence[EstimateTable], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts with the cause of each failure; a total that only waits for a misprinted part is no failure."""
    if not any(v.outcome is Outcome.FAILED for v in verdicts):
        return tuple(verdicts)
    of_table = {table.number: list(equations_of(table)) for table in tables}
    reasons = {key_of(product): reason for table in tables for product, reason in column_reasons(table)}
    shifts = {key_of(e): shift for every in of_table.values() for shift in find_shifts(every) for e in shift.failed}
    told_already = reasons.keys() | shifts.keys()
    blamed: Blamed = {}
    left: list[Equation] = [*repetitions(tables), *shares(tables)]
    for table in tables:
        open_ones = [e for e in of_table[table.number] if key_of(e) not in told_already]
        most = _most_repaired(open_ones)
        sums = [b for b in slipped_sums(table, open_ones) if all(len(b.failed) >= most[key_of(e)] for e in b.failed)]
        blamed |= {key_of(e): (blame,) for blame in sums for e in blame.failed}
        left += [e for e in open_ones if key_of(e) not in blamed]
    for group in map(blames, find_suspects(left)):
        blamed |= {key_of(e): group for blame in group for e in blame.failed}
    unsolved = [e for e in left if isinstance(e, Product) and key_of(e) not in blamed and not e.compared.holds]
    blamed |= {key_of(e): (blame,) for e in unsolved if (blame := blame_of_product(e))}
    misprinted = {key for key, group in blamed.items() if group[0].cause not in PART_SLIPS} | shifts.keys()
    explained = [_explained(_shifted(v, shifts), reasons, blamed, misprinted) for v in verdicts]
    told = {(v.relation, v.line, v.commodity): v for v in verdicts if v.outcome is Outcome.FAILED and v.line}
    explained += [*_on_blamed_lines(blamed, told), *_exchanged(shifts, told)]
    every = look_at_picture(tables, (*explained, *_parts_in_doubt(tables, explained)))
    return tuple(sorted(every, key=lambda v: v.outcome is Outcome.FAILED and v.cause is Cause.UNEXPLAINED))


def _most_repaired(equations: Sequence[Equation]) -> Counter[Key]:
    """For each failed equation, how many failures one figure in it repairs at most."""
    most: Counter[Key] = Counter()
    for suspect in (s for group in find_suspects(equations) for s in group):
        for equation in suspect.failed:
            most[key_of(equation)] = max(most[key_of(equation)], len(suspect.failed))
    return most


def key_of(equation: Equation) -> Key:
    """Relation, line and commodity of an equation."""
    return equation.relation, equation.line.key, equation.column.commodity


def equations_of(table: EstimateTable) -> Iterator[Equation]:
    """Every equation between the figures of the table."""
    yield from products(table)
    yield from conversions(table)
    for _, addends in find_addends(table):
        if addends is not None:
            yield from (s for s in addends.sums if s.compared.holds or not addends.blanks(s.column))
            yield from addends.means
    yield from possible_grades(table)
    yield from cutoff_equations(table)
    yield from equivalent_orders(table)


def _shifted(verdict: Verdict, shifts: dict[Key, Shift]) -> Verdict:
    """The verdict where two figures changed places: on their lines a failure, on a total that adds them a wait."""
    shift = shifts.get((verdict.relation, verdict.line, verdict.commodity)) if verdict.line else None
    if shift is None or verdict.outcome is not Outcome.FAILED or verdict.line is None:
        return verdict
    if not shift.holds_line(verdict.line):
        return replace(verdict, outcome=Outcome.NOT_RUN, cause=None, explanation=f"waits for {shift}")
    return _because(verdict, _out_of_place(shift))


def _explained(verdict: Verdict, reasons: dict[Key, Reason], blamed: Blamed, misprinted: set[Key]) -> Verdict:
    if verdict.outcome is not Outcome.FAILED or verdict.line is None or verdict.cause is Cause.COLUMN_SHIFT:
        return verdict
    key = (verdict.relation, verdict.line, verdict.commodity)
    if key in reasons and verdict.cause is None:
        return _because(verdict, reasons[key])
    if key in blamed:
        return _on_blamed(verdict, blamed[key])
    if verdict.relation == "same_addends" and any(_is_sum_of(verdict.line, key) for key in misprinted):
        return replace(verdict, outcome=Outcome.NOT_RUN, cause=None, explanation="a figure of the sum is misprinted")
    return verdict if verdict.cause else replace(verdict, cause=Cause.UNEXPLAINED)


def _because(verdict: Verdict, reason: Reason) -> Verdict:
    text = f"{verdict.explanation}; {reason.text}"
    return replace(verdict, cause=reason.cause, explanation=text, suggestion=reason.suggestion)


def _on_blamed(verdict: Verdict, group: tuple[Blame, ...]) -> Verdict:
    """The verdict on a line that may be wrong; on another line the relation waits for it."""
    own = next((blame for blame in group if blame.line.key == verdict.line), None)
    if own is None:
        text = f"waits for {one_of(tuple(blame.line for blame in group))}: {group[0].text}"
        return replace(verdict, outcome=Outcome.NOT_RUN, cause=None, suggestion=None, explanation=text)
    if verdict.cause is own.cause:
        return verdict
    return _because(verdict, Reason(own.cause, own.text, own.suggestion or verdict.suggestion))


def _is_sum_of(line: tuple[int, int], key: Key) -> bool:
    """Whether a relation is a sum of this line's."""
    relation, of, _ = key
    return of == line and relation.startswith("total_")


def _on_blamed_lines(blamed: Blamed, told: dict[Key, Verdict]) -> Iterator[Verdict]:
    """A verdict for each line that may be wrong and that no relation of its own has caught."""
    for blame in {id(b): b for group in blamed.values() for b in group}.values():
        own = [e for e in blame.failed if e.line.key == blame.line.key]
        failed = [v for e in blame.failed if (v := told.get(key_of(e)))]
        if not own and failed:
            moved = replace(failed[0], line=blame.line.key, commodity=blame.commodity)
            explanation = f"{name(blame.line)}: {_relations_of(failed)}"
            yield _because(replace(moved, explanation=explanation), Reason(blame.cause, blame.text, blame.suggestion))


def _relations_of(failed: Sequence[Verdict]) -> str:
    """What a line without a failure of its own stands in that fails."""
    if len(failed) > 1:
        return f"{len(failed)} relations with other lines fail, the first of them: {failed[0].explanation}"
    return f"a relation with another line fails: {failed[0].explanation}"


def _exchanged(shifts: dict[Key, Shift], told: dict[Key, Verdict]) -> Iterator[Verdict]:
    """A verdict for each line with a figure out of place that no relation of its own has caught."""
    for shift in {id(s): s for s in shifts.values()}.values():
        failed = [v for e in shift.failed if (v := told.get(key_of(e)))]
        for line, column in (shift.one, shift.other):
            if failed and all(e.line.key != line.key for e in shift.failed):
                moved = replace(failed[0], line=line.key, commodity=column.commodity, suggestion=None)
                explanation = f"{name(line)}: {_relations_of(failed)}"
                yield _because(replace(moved, explanation=explanation), _out_of_place(shift))


def _out_of_place(shift: Shift) -> Reason:
    return Reason(Cause.COLUMN_SHIFT, f"{shift} would satisfy all their relations if they changed places")


def _parts_in_doubt(tables: Sequence[EstimateTable], verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """A verdict for each part of an unexplained total that nothing else proves: either of them may be wrong."""
    proven = {v.line for v in verdicts if v.outcome is Outcome.PASSED and v.arithmetic}
    settled = proven | {v.line for v in verdicts if v.outcome is Outcome.FAILED}
    parts = {total.key: addends.parts for table in tables for total, addends in find_addends(table) if addends}
    for verdict in verdicts:
        open_sum = verdict.outcome is Outcome.FAILED and verdict.relation in ("total_tonnage", "total_contained")
        if open_sum and verdict.cause is Cause.UNEXPLAINED and verdict.line in parts:
            for part in parts[verdict.line]:
                if part.key not in settled:
                    text = f"{name(part)} or its total is wrong, and nothing else tells which: {verdict.explanation}"
                    yield replace(verdict, line=part.key, explanation=text, suggestion=None)
