"""A total with a part left out, counted twice or added: one cause for all that its figure breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.disclosure import EstimateLine, EstimateTable
from models.figure import Figure
from models.units import Quantity
from pipeline.checks.addends import find_addends
from pipeline.checks.blame import Blame
from pipeline.checks.columns import Column
from pipeline.checks.equations import Equation, Sum, printed
from pipeline.checks.totals import Slip, find_slip
from pipeline.checks.wording import amount, relations


def slipped_sums(table: EstimateTable, equations: Sequence[Equation]) -> Iterator[Blame]:
    """The totals whose figures add other parts than they should: the sums of the right ones mend their relations."""
    for total, addends in find_addends(table):
        slips = [slip for s in addends.sums if (slip := find_slip(s, addends))] if addends else []
        if not slips:
            continue
        own = [e for e in equations if any(_stands_in(total, slip.sum.column, e) for slip in slips)]
        broken = [e for e in own if not e.compared.holds]
        still = [e for e in own if not e.with_line(_mended(total, slips)).compared.holds]
        if all(e in broken for e in still):
            repaired = tuple(e for e in broken if e not in still)
            yield _blame(slips[0], repaired, len(own))


def _blame(slip: Slip, repaired: tuple[Equation, ...], number: int) -> Blame:
    right = amount(_right(slip.sum))
    text = f"{slip.sum.column} {right} ({slip.cause.replace('_', ' ')}) would satisfy {relations(number)}"
    return Blame(slip.sum.line, slip.sum.column.commodity, slip.cause, text, right, repaired)


def _mended(total: EstimateLine, slips: Sequence[Slip]) -> EstimateLine:
    """The total with the sums of all its parts."""
    for slip in slips:
        total = slip.sum.column.put(total, _right(slip.sum))
    return total


def _right(total: Sum) -> Quantity:
    """The figure that a total should have: the sum of its parts."""
    quantity = printed(total.line, total.column)
    step = quantity.figure.step
    figure = Figure(quantity.figure.printed, (total.expected() / step).quantize(Decimal(1)) * step, step)
    return Quantity(figure, quantity.unit, quantity.quote)


def _stands_in(line: EstimateLine, column: Column, equation: Equation) -> bool:
    return any(member.key == line.key and of == column for member, of in equation.members())
