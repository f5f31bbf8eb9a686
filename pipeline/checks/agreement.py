"""Figures outside the tables: what the prose and the notes state, against the lines that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from models.disclosure import Category, Claim, ClaimKind, Disclosure, EstimateLine, Footnote, SubQuantity
from models.figure import Figure, Interval, column_step
from models.findings import ClaimOutcome, ClaimVerdict, Verdict
from models.units import UNITS, Quantity
from pipeline.checks.addends import TELLING_STEPS, find_addends
from pipeline.checks.arithmetic import not_run, verdict
from pipeline.checks.columns import TONNAGE, Column, additive_columns, contained
from pipeline.checks.conversions import PER_MILLION, convert, factor_of, in_unit
from pipeline.checks.equations import Comparison
from pipeline.checks.implied import implied_a_year, implied_before
from pipeline.checks.wording import amount, like, name, names, with_unit

NOT_PROVABLE = "not provable from this filing: the previous estimate is not in it"
MOST_SUMMED = 8
"""Among more lines than this some sum agrees with any figure of two digits."""

NO_SCHEDULE = "not provable from this filing: it gives no throughput for every part of the plan"


def claim_verdicts(disclosure: Disclosure) -> Iterator[ClaimVerdict]:
    """One verdict for every claim of the headline and the prose, in their order."""
    for index, claim in enumerate(disclosure.claims):
        yield ClaimVerdict(index, *_judge(claim, disclosure))


def _judge(claim: Claim, disclosure: Disclosure) -> tuple[ClaimOutcome, str]:
    if claim.kind is ClaimKind.CHANGE_PERCENT:
        return ClaimOutcome.UNMATCHED, NOT_PROVABLE + implied_before(claim, disclosure)
    if claim.kind is ClaimKind.MINE_LIFE:
        return ClaimOutcome.UNMATCHED, NO_SCHEDULE + implied_a_year(claim, disclosure)
    own, widened = disclosure.own_lines, _widened(claim)
    lines = [line for line in own if in_scope(claim, line)]
    wider = [line for line in own if in_scope(widened, line)]
    if claim.malformed is not None:
        return ClaimOutcome.UNMATCHED, _malformed(claim.malformed, _supported(claim, lines) or _supported(claim, wider))
    agreeing = [p for p in lines if _agrees(claim, p)] or [p for p in wider if _agrees(claim, p) and _telling(claim, p)]
    if agreeing:
        return ClaimOutcome.AGREES, f"agrees with {name(agreeing[0])}{_told(claim, agreeing[0])}"
    if claim.type is None and claim.category is None:
        return _beside_sums(claim, [p for p in lines if p.key not in _parts(disclosure)])
    if note := _noted(claim, disclosure.footnotes):
        return ClaimOutcome.AGREES, f"agrees with a note: {note.quote.text}"
    return _without_match(claim, lines)


def in_scope(claim: Claim, line: EstimateLine) -> bool:
    """Whether a claim may speak of the line: what it names agrees, and what it leaves open is open."""
    named = claim.category is not None and claim.category is not Category.UNCLASSIFIED
    return (
        (claim.type is None or claim.type is line.type)
        and (not named or claim.category is line.category)
        and (claim.commodity is None or line.metal(claim.commodity) is not None)
        and set(claim.materials) <= set(line.materials)
    )


def _widened(claim: Claim) -> Claim:
    """The claim for lines of any category and material: prose names them loosely ("the tailings stockpile")."""
    return replace(claim, category=None, materials=())


def _telling(claim: Claim, line: EstimateLine) -> bool:
    """Whether the agreement is no chance: two figures agree, or one of three digits."""
    pairs = _figures(claim, line)
    return len(pairs) > 1 or any(a.figure.value >= TELLING_STEPS * a.figure.step for a, _ in pairs)


def _figures(claim: Claim, line: EstimateLine) -> list[tuple[Quantity, Quantity]]:
    """The claim's figures beside the line's, where both are stated and convert."""
    metals = [m for m in line.metals if claim.commodity in (None, m.commodity)]
    metal = metals[0] if len(metals) == 1 else None
    pairs = [(claim.tonnage, line.tonnage)]
    if metal is not None:
        pairs += [(claim.grade, metal.grade), (claim.contained, metal.contained)]
    return [(a, b) for a, b in pairs if a and b and a.unit.factor is not None and b.unit.factor is not None]


def _meet(claimed: Quantity, printed: Quantity) -> bool:
    return in_unit(claimed, printed.unit).meets(printed.figure.interval)


def _agrees(claim: Claim, line: EstimateLine) -> bool:
    """Whether every figure of the claim that the line states is the same; one at least must be."""
    pairs = _figures(claim, line)
    stated = [q for q in (claim.tonnage, claim.grade, claim.contained) if q is not None]
    complete = len(pairs) == len(stated) or any(a is not claim.grade for a, _ in pairs)
    return bool(pairs) and complete and all(_meet(a, b) for a, b in pairs)


def _told(claim: Claim, line: EstimateLine) -> str:
    return ": " + ", ".join(f"{amount(a)} is {amount(b)}" for a, b in _figures(claim, line))


def _beside_sums(claim: Claim, lines: Sequence[EstimateLine]) -> tuple[ClaimOutcome, str]:
    """A claim about all properties together: it agrees with some sum of the lines, or contradicts them."""
    comparable = [line for line in lines if _figures(claim, line) and line.cutoff is None]
    if not 1 < len(comparable) <= MOST_SUMMED:
        return ClaimOutcome.UNMATCHED, "it names no category, and no line agrees with it"
    for count in range(2, len(comparable) + 1):
        for chosen in combinations(comparable, count):
            if _sums_agree(claim, chosen):
                return ClaimOutcome.AGREES, f"agrees with the sum of {names(chosen)}"
    claimed, printed = _figures(claim, comparable[0])[-1]
    column = next(c for c in additive_columns(comparable[0]) if c.of(comparable[0]) is printed)
    total = sum(convert(q, claimed.unit) for line in comparable if (q := column.of(line)))
    every = like(Decimal(total), claimed)
    told = f"{amount(claimed)} is stated; no sum of lines gives it, and all of them add up to {every}"
    return ClaimOutcome.DISAGREES, told


def _parts(disclosure: Disclosure) -> set[tuple[int, int]]:
    """The lines that a total adds: they are in it already."""
    found = (addends for table in disclosure.tables for _, addends in find_addends(table) if addends)
    return {part.key for addends in found for part in addends.parts}


def _sums_agree(claim: Claim, lines: Sequence[EstimateLine]) -> bool:
    """Whether each figure of the claim that adds up is the sum of the lines'."""
    pairs = [_figures(claim, line) for line in lines]
    for stated in (claim.tonnage, claim.contained):
        parts = [in_unit(b, stated.unit) for of_line in pairs for a, b in of_line if stated and a is stated]
        if stated and (len(parts) < len(lines) or not stated.figure.interval.meets(Interval.total(parts))):
            return False
    return claim.tonnage is not None or claim.contained is not None


def _without_match(claim: Claim, lines: Sequence[EstimateLine]) -> tuple[ClaimOutcome, str]:
    """A claim that no line agrees with: a contradiction where one line alone can be meant."""
    comparable = [line for line in lines if _figures(claim, line)]
    if not comparable:
        return ClaimOutcome.UNMATCHED, "no line of its category prints these figures"
    for line in comparable:
        if scale := _scale_between(claim, line):
            told = f"{_told(claim, line)}, {scale:,} times less or more: a unit or a multiplier is wrong in one of them"
            return ClaimOutcome.DISAGREES, f"disagrees with {name(line)}{told}"
    meant = [p for p in comparable if p.zone is None and set(p.materials) == set(claim.materials)]
    if len(meant) != 1 or claim.category in (None, Category.UNCLASSIFIED):
        return ClaimOutcome.UNMATCHED, "none of the lines that it may mean agrees with it"
    differing = [(a, b) for a, b in _figures(claim, meant[0]) if not _meet(a, b)]
    told = ", ".join(f"{amount(a)} is stated and {amount(b)} printed" for a, b in differing)
    return ClaimOutcome.DISAGREES, f"disagrees with {name(meant[0])}: {told}"


def _scale_between(claim: Claim, line: EstimateLine) -> int | None:
    """The power of a thousand that tells the claim's tonnage from the line's, where nothing else does."""
    if claim.tonnage is None or line.tonnage is None or not _telling(claim, line):
        return None
    others = [(a, b) for a, b in _figures(claim, line) if a is not claim.tonnage]
    if not others or not all(_meet(a, b) for a, b in others):
        return None
    claimed, printed = in_unit(claim.tonnage, line.tonnage.unit), line.tonnage.figure.interval
    powers = [
        power for power in (3, 6) for sign in (1, -1) if claimed.times(Decimal(10) ** (sign * power)).meets(printed)
    ]
    return 10 ** powers[0] if powers else None


def _noted(claim: Claim, footnotes: Sequence[Footnote]) -> SubQuantity | None:
    """The quantity of a note that the claim repeats."""
    for quantity in (q for note in footnotes for q in note.sub_quantities):
        pairs = [(claim.tonnage, quantity.tonnage), (claim.grade, quantity.grade)]
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        if claim.tonnage is not None and all(_meet(a, b) for a, b in both):
            return quantity
    return None


Support = tuple[Decimal, EstimateLine]


def _supported(claim: Claim, lines: Sequence[EstimateLine]) -> list[Support]:
    """The readings of a malformed number that a line supports."""
    return [(r, line) for r in readings_of(claim.malformed or "") for line in lines if _supports(claim, line, r)]


def _malformed(text: str, supported: Sequence[Support]) -> str:
    """What a number without a meaning may have been, and which reading the tables support."""
    *first, last = [f"{reading:,f}" for reading in readings_of(text)]
    said = f'"{text}" is malformed: it may be {", ".join(first)} or {last}'
    if len({reading for reading, _ in supported}) != 1:
        return f"{said}; the tables do not tell which"
    reading, line = supported[0]
    return f"{said}; only {reading:,f} agrees with the table ({name(line)}: {_amount_of(line)})"


def _amount_of(line: EstimateLine) -> str:
    return amount(line.tonnage) if line.tonnage else "no tonnage"


def readings_of(text: str) -> tuple[Decimal, ...]:
    """The numbers that a malformed number may have been: separators dropped, a digit lost, a decimal point meant.

    "2,760,00" may be 276,000, 2,760,000 or 2,760.00.
    """
    digits = re.sub(r"\D", "", text)
    groups = re.split(r"\D", text.strip())
    readings = [Decimal(digits)]
    if 0 < len(groups[-1]) < 3:
        readings.append(Decimal(digits) * 10 ** (3 - len(groups[-1])))
        readings.append(Decimal("".join(groups[:-1]) + "." + groups[-1]))
    return tuple(dict.fromkeys(readings))


def _supports(claim: Claim, line: EstimateLine, reading: Decimal) -> bool:
    """Whether the line prints the reading as tonnes or as metal, and agrees with the claim's other figures."""
    if any(not _meet(a, b) for a, b in _figures(claim, line)):
        return False
    figure = Figure(f"{reading:,f}", reading, column_step([reading]))
    metals = [m.contained for m in line.metals if claim.commodity in (None, m.commodity)]
    printed = [q for q in (line.tonnage, *metals) if q is not None and q.unit.factor is not None]
    return any(_meet(Quantity(figure, UNITS[_plain(q)], q.quote), q) for q in printed)


def _plain(quantity: Quantity) -> str:
    """The unit in which prose counts out such a quantity in full: tonnes, ounces, pounds."""
    symbol = quantity.unit.symbol
    return next((base for base in ("oz", "lb", "st", "ct", "t") if symbol.endswith(base)), symbol)


def note_partition(disclosure: Disclosure) -> Iterator[Verdict]:
    """Quantities that a note singles out from a line are no more than the line, in tonnes and in metal."""
    lines = {line.key: line for line in disclosure.lines}
    for note in disclosure.footnotes:
        parents = [lines[note.table, number] for number in note.lines if (note.table, number) in lines]
        if note.sub_quantities and len(parents) == 1:
            yield from _partition(note.sub_quantities, parents[0])


def _partition(parts: Sequence[SubQuantity], parent: EstimateLine) -> Iterator[Verdict]:
    if parent.tonnage is None:
        yield not_run("note_partition", parent, "the line prints no tonnage")
        return
    tonnages = [in_unit(part.tonnage, parent.tonnage.unit) for part in parts]
    yield _at_most(parent, TONNAGE, parent.tonnage, Interval.total(tonnages))
    for metal in parent.metals:
        graded = [p for p in parts if p.grade and p.commodity in (None, metal.commodity)]
        if metal.contained is not None and metal.contained.unit.factor is not None and len(graded) == len(parts):
            masses = [p.tonnage.interval * p.grade.interval for p in graded if p.grade]
            scale = PER_MILLION / factor_of(metal.contained.unit)
            yield _at_most(parent, contained(metal.commodity), metal.contained, Interval.total(masses).times(scale))


def _at_most(parent: EstimateLine, column: Column, printed: Quantity, parts: Interval) -> Verdict:
    compared = Comparison(printed, Interval(parts.low, max(parts.low, printed.figure.interval.high)))
    singled = with_unit(f"{(parts.low + parts.high) / 2:,.0f}", printed.unit.symbol)
    text = f"{name(parent)}: its note singles out {column} {singled} of {amount(printed)}"
    return verdict("note_partition", parent, column, compared, text, proves=False)
