"""A total with a part left out, counted twice or added: one cause for all that its figure breaks.

And a relation that nothing else confirms: only a slip of scale, or the one pair of digits that closes it, says more
than chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.disclosure import EstimateLine, EstimateTable
from models.figure import Figure
from models.findings import Cause
from models.units import Quantity
from pipeline.checks.addends import find_addends
from pipeline.checks.columns import Column
from pipeline.checks.equations import Equation, Sum, printed
from pipeline.checks.repairs import Repair, slips, stands_in
from pipeline.checks.totals import find_slip


def slipped_sums(table: EstimateTable, equations: Sequence[Equation]) -> Iterator[Repair]:
    """The totals whose figures add other parts than they should: the sums of the right ones mend their relations."""
    for total, addends in find_addends(table):
        found = [slip for s in addends.sums() if (slip := find_slip(s, addends))] if addends else []
        if not found:
            continue
        own = [e for e in equations if any(stands_in(total, slip.sum.column, e) for slip in found)]
        mended = total
        for slip in found:
            mended = slip.sum.column.put(mended, _right(slip.sum))
        broken = [e for e in own if not e.compare().holds]
        still = [e for e in own if not e.with_line(mended).compare().holds]
        if all(e in broken for e in still):
            repaired = tuple(e for e in broken if e not in still)
            yield Repair(total, found[0].sum.column, found[0].cause, _right(found[0].sum), repaired, len(own))


def _right(total: Sum) -> Quantity:
    """The figure that a total should have: the sum of its parts."""
    quantity = printed(total.line, total.column)
    figure = Figure(quantity.figure.printed, total.expected(), quantity.figure.step)
    return Quantity(figure, quantity.unit, quantity.quote)


def lone_repair(equation: Equation, equations: Sequence[Equation]) -> Repair | None:
    """The one figure of a relation that nothing else confirms which another scale, or two digits swapped, would mend.

    A slip of scale is too large for chance, wherever it stands; digits are swapped only in the line that fails, because
    some pair of digits in some part mends any sum.
    """
    fitting = [r for line, column in equation.members() for r in _mending(line, column, equation, equations)]
    scaled = [r for r in fitting if r.cause is Cause.SCALE_SLIP]
    own = [r for r in scaled or fitting if r.line.key == equation.line.key]
    chosen = own or scaled
    return chosen[0] if len(chosen) == 1 else None


def _mending(line: EstimateLine, column: Column, equation: Equation, equations: Sequence[Equation]) -> Iterator[Repair]:
    """The slips of a figure with which every relation that it stands in holds."""
    own = [e for e in equations if stands_in(line, column, e)]
    for cause, quantity in slips(printed(line, column)):
        if cause is not Cause.CHANGED_DIGIT:
            other = column.put(line, quantity)
            if all(e.with_line(other).compare().holds for e in own):
                yield Repair(line, column, cause, quantity, (equation,), len(own))
