"""Which line a contradiction holds, and what kind of misprint it was: of scale, of unit, or of digits.

The fewer readings a slip has, the less likely one of them fits by chance: a scale has a handful, a pair of swapped
digits as many as the figure has digits, a changed digit nine times that. So they are tried in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.disclosure import EstimateLine
from models.findings import Cause
from models.units import Quantity
from pipeline.checks.addends import TELLING_STEPS
from pipeline.checks.equations import Conversion, Equation, Order, Product, Sum, WeightedGrade
from pipeline.checks.ratios import conversion_slips, line_reason
from pipeline.checks.reading import misreadings
from pipeline.checks.slips import REDIGITED, RESCALED, Kind, cut_off
from pipeline.checks.suspects import Suspect
from pipeline.checks.wording import amount, like, one_of, relations

TELLING = (Cause.SCALE_SLIP, Cause.UNIT_SLIP, Cause.OCR_CONFUSION, Cause.ROUNDED_GRADE)
"""Slips that fit too seldom by chance for another figure to be in doubt, if none of the others has a slip that fits."""

PROOFS = (Product, Conversion, Sum, WeightedGrade)
"""Equations that prove the figures that they tie together."""

MOST_READINGS = 3
"""How many readings are told where several fit."""


@dataclass(frozen=True, slots=True)
class Blame:
    """A line whose figure is wrong, or one of several lines of which one is: why, and what would repair it."""

    line: EstimateLine
    commodity: str | None
    cause: Cause
    text: str
    suggestion: str | None
    failed: tuple[Equation, ...]


def blames(group: Sequence[Suspect]) -> tuple[Blame, ...]:
    """The lines to hold for one contradiction: the one with a telling slip, or all that may be wrong."""
    by_line: dict[tuple[int, int], list[Suspect]] = {}
    for suspect in group:
        by_line.setdefault(suspect.line.key, []).append(suspect)
    found = {key: _blame(of_line) for key, of_line in by_line.items()}
    explained = [b for b in found.values() if b.cause is not Cause.UNEXPLAINED]
    if any(_cut_off(suspects) for suspects in by_line.values()) and (own := _of_relation(found, group)):
        return (own,)
    if len(explained) == 1 and explained[0].cause in TELLING:
        return tuple(explained)
    doubtful = [b for key, b in found.items() if b in explained or _in_doubt(by_line[key])]
    held = doubtful or list(found.values())
    return tuple(_among(blame, held) for blame in held)


def _of_relation(found: Mapping[tuple[int, int], Blame], group: Sequence[Suspect]) -> Blame | None:
    """The line whose figure the failed relation computes: it is off by rounding, and its parts are not in doubt."""
    return found.get(group[0].failed[0].line.key)


def _cut_off(suspects: Sequence[Suspect]) -> bool:
    """Whether a figure is off by less than one step of its rounding in the one relation that fails."""
    return any(len(s.failed) == 1 and cut_off(s.failed[0].compared) for s in suspects)


def _in_doubt(suspects: Sequence[Suspect]) -> bool:
    """Whether the line's own relation failed, or nothing else proves its figure; a part with a proof is acquitted."""
    own = any(e.line.key == s.line.key for s in suspects for e in s.failed)
    return own or any(not any(isinstance(e, PROOFS) for e in s.others) for s in suspects)


def _among(blame: Blame, found: Sequence[Blame]) -> Blame:
    """The blame of a line with the other lines that may be wrong in its place."""
    others = tuple(b.line for b in found if b is not blame and b.line.key != blame.line.key)
    return replace(blame, text=f"{blame.text}; or {one_of(others, [blame.line])} is wrong") if others else blame


def _blame(suspects: Sequence[Suspect]) -> Blame:
    """What is wrong in a line: the slip with the fewest readings that fits one of its suspected figures."""
    first = suspects[0]
    found = (
        _misread(suspects)
        or _factor(suspects)
        or _not_summed(suspects)
        or _fitting(suspects, RESCALED)
        or _converted(suspects)
        or _not_rounded(suspects)
    )
    if not found and all(isinstance(e, Order) for s in suspects for e in (*s.failed, *s.others)):
        return _only_bounded(first)
    found = found or _fitting(suspects, REDIGITED) or _for_one_failure(suspects)
    if found:
        return found
    if len(suspects) > 1:
        return _blamed(first, Cause.UNEXPLAINED, "no slip of scale, unit or digit in one figure explains it", None)
    wanted = amount(first.wanted)
    text = f"of its figures only {first.column} {amount(first.quantity)} can be wrong: {wanted} would satisfy"
    return _blamed(first, Cause.UNEXPLAINED, f"{text} {_relations(first)}", wanted)


def _only_bounded(suspect: Suspect) -> Blame:
    """A figure beyond a bound that nothing else ties: its digits say nothing of what it should be."""
    if all(e.relation == "plausible_grade" for e in suspect.failed):
        return _blamed(suspect, Cause.UNIT_SLIP, "its unit or its decimal point is likely wrong", None)
    return _blamed(suspect, Cause.UNEXPLAINED, "nothing else tells what it should be", None)


def _misread(suspects: Sequence[Suspect]) -> Blame | None:
    """A character that OCR confused."""
    return _fitting(suspects, ((Cause.OCR_CONFUSION, misreadings),))


def _fitting(suspects: Sequence[Suspect], kinds: Sequence[Kind]) -> Blame | None:
    """The first kind of slip that fits, with all the figures of the line that it fits."""
    for cause, readings in kinds:
        if fitting := [(s, q) for s in suspects if (q := _best(s, cause, readings(s.quantity)))]:
            return _read_as(cause, fitting)
    return None


def _best(suspect: Suspect, cause: Cause, readings: Iterable[Quantity]) -> Quantity | None:
    """Of the readings that close everything, the nearest to the middle of what the relations allow.

    Where two scales fit, and where a figure is only more or less than another, there is so much room that one reading
    among several says nothing.
    """
    fitting = [q for q in readings if suspect.closes_with(q)]
    if cause is Cause.UNIT_SLIP:
        fitting = [q for q in fitting if _is_sharp(suspect, q)]
    loose = cause is Cause.SCALE_SLIP or all(isinstance(e, Order) for e in suspect.failed)
    if loose and len(fitting) > 1:
        return None
    wanted = suspect.wanted.figure.value
    return min(fitting, key=lambda q: abs(q.figure.value - wanted), default=None)


def _is_sharp(suspect: Suspect, other: Quantity) -> bool:
    """Whether a failed relation leaves less room for the figure, with its own rounding, than the slip moves it."""
    own = suspect.quantity.interval
    if own.low <= 0 or suspect.quantity.canonical is None or other.canonical is None:
        return False
    moved = abs(other.canonical / suspect.quantity.canonical - 1)
    blunt = (own.high - own.low) / own.high
    wanted = (e.solve(suspect.line, suspect.column) for e in suspect.failed)
    return any(w is not None and w.high - w.low < (moved - blunt) * w.low for w in wanted)


def _for_one_failure(suspects: Sequence[Suspect]) -> Blame | None:
    """A slip that repairs one of several failures, where another error stands beside it."""
    alone = [replace(s, failed=(e,)) for s in suspects if len(s.failed) > 1 for e in s.failed if isinstance(e, Product)]
    return _fitting(alone, (*RESCALED, *REDIGITED))


def blame_of_product(product: Product) -> Blame | None:
    """A known factor between tonnes times grade and the metal of a line, whatever else fails."""
    reason = line_reason(product)
    if reason is None:
        return None
    return Blame(product.line, product.commodity, reason.cause, reason.text, reason.suggestion, failed=(product,))


def _read_as(cause: Cause, fitting: Sequence[tuple[Suspect, Quantity]]) -> Blame:
    suspect, quantity = fitting[0]
    told = list(dict.fromkeys(f"{s.column} {amount(q)}" for s, q in fitting))[:MOST_READINGS]
    text = f"{' or '.join(told)} ({cause.replace('_', ' ')}) would satisfy {_relations(suspect)}"
    return _blamed(suspect, cause, text, amount(quantity) if len(fitting) == 1 else None)


def _factor(suspects: Sequence[Suspect]) -> Blame | None:
    """A known factor between tonnes times grade and the metal, where nothing else contradicts grade or metal."""
    for suspect in suspects:
        product = suspect.failed[0]
        alone = len(suspect.failed) == 1 and suspect.column.commodity is not None
        if alone and isinstance(product, Product) and (reason := line_reason(product)):
            return _blamed(suspect, reason.cause, reason.text, reason.suggestion)
    return None


def _converted(suspects: Sequence[Suspect]) -> Blame | None:
    """Metal in another unit or as another compound than its heading says, where sums contradict it as well."""
    metals = [s for s in suspects if any(isinstance(e, Product) and e.column == s.column for e in s.failed)]
    for suspect in metals:
        for cause, factor in conversion_slips(suspect.column.commodity or ""):
            figure = suspect.quantity.figure
            value = (figure.value / factor.ratio / figure.step).quantize(Decimal(1)) * figure.step
            other = replace(suspect.quantity, figure=replace(figure, value=value))
            if suspect.closes_with(other) and _is_sharp(suspect, other):
                meant = amount(other)
                text = (
                    f"the ratio is that of {factor.name}: {suspect.column} {meant} would satisfy {_relations(suspect)}"
                )
                return _blamed(suspect, cause, text, meant)
    return None


def _not_summed(suspects: Sequence[Suspect]) -> Blame | None:
    """The metal of a total that is its tonnes times its rounded grade, not the sum of its parts."""
    for suspect in suspects:
        total, figure = suspect.failed[0], suspect.quantity.figure
        product = next((e for e in suspect.others if isinstance(e, Product) and e.line.key == suspect.line.key), None)
        telling = figure.value >= TELLING_STEPS * figure.step
        if len(suspect.failed) > 1 or not isinstance(total, Sum) or total.line.key != suspect.line.key or not product:
            continue
        if telling and total.column == suspect.column and product.expected() in figure.interval:
            wanted = like(total.expected(), suspect.quantity)
            text = f"it is tonnes times the rounded grade; the sum of its parts is {wanted}"
            return _blamed(suspect, Cause.ROUNDED_GRADE, text, wanted)
    return None


def _not_rounded(suspects: Sequence[Suspect]) -> Blame | None:
    """A figure that was cut off and not rounded has no wrong digit."""
    if not _cut_off(suspects):
        return None
    text = "it is off by less than one step of rounding, as a figure that was cut off and not rounded would be"
    return _blamed(suspects[0], Cause.UNEXPLAINED, text, None)


def _relations(suspect: Suspect) -> str:
    return relations(len(suspect.failed) + len(suspect.others))


def _blamed(suspect: Suspect, cause: Cause, text: str, suggestion: str | None) -> Blame:
    return Blame(suspect.line, suspect.column.commodity, cause, text, suggestion, suspect.failed)
