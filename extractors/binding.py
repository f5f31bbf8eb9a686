"""Which stated cut-off applies to which estimate line.

A line's own cut-off wins (a sensitivity table states one a line). Else a cut-off applies whose scope covers the line:
its type, its category, where its ore lies and in what state, its zone. Of several the one counts that says most about
the line: in a note that marks it, with the narrower scope, in the line's own table. Two that say as much and differ
both stand: only a reader can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.covering import covers, fits, narrowness, told_apart
from models.disclosure import Cutoff, Disclosure, EstimateLine, EstimateTable, Footnote, Scope


@dataclass(frozen=True, slots=True)
class Bound:
    """An estimate line with the cut-offs that apply to it; none where the document does not tell."""

    line: EstimateLine
    cutoffs: tuple[Cutoff, ...]


def bind_cutoffs(disclosure: Disclosure) -> tuple[Bound, ...]:
    """Each estimate line with the cut-offs that apply to it, in the order of the lines."""
    stated, bound = _stated(disclosure), []
    for table in disclosure.tables:
        notes = [n for n in disclosure.footnotes if n.table == table.number]
        bound += [Bound(line, _applying(stated, notes, table, line)) for line in table.lines]
    return tuple(bound)


def _applying(
    every: Sequence[tuple[Cutoff, Scope]], notes: Sequence[Footnote], table: EstimateTable, line: EstimateLine
) -> tuple[Cutoff, ...]:
    """The cut-offs that apply to a line of this table: its own, or those of the document that say most about it.

    The document's cut-offs are those of its own estimate; which held for an earlier one beside it is not known.
    """
    if line.cutoff:
        return (line.cutoff,)
    if line.is_earlier:
        return ()
    stated = [(c, s) for c, s in every if not _marks_others(c, notes, line)]
    covering = [(c, s) for c, s in stated if covers(s, line)]
    if not covering:
        return _only([c for c, s in stated if fits(s, line)])
    weights = [_weight(c, s, line, table, notes) for c, s in covering]
    return tuple(c for (c, _), weight in zip(covering, weights, strict=True) if weight == max(weights))


def _stated(disclosure: Disclosure) -> list[tuple[Cutoff, Scope]]:
    """The document's cut-offs with their scopes."""
    scopes = told_apart(disclosure, [cutoff.scope for cutoff in disclosure.cutoffs])
    return list(zip(disclosure.cutoffs, scopes, strict=True))


def _only(cutoffs: Sequence[Cutoff]) -> tuple[Cutoff, ...]:
    """For a line that says less than the cut-offs do: the one that it does not contradict, where it is the only one."""
    return tuple(cutoffs) if len(cutoffs) == 1 else ()


# ---- which of several says most? ----


def _weight(
    cutoff: Cutoff, scope: Scope, line: EstimateLine, table: EstimateTable, notes: Sequence[Footnote]
) -> tuple[int, ...]:
    """How much a covering cut-off says about the line; tuples that compare, the most telling part first."""
    marked = any(n.lines and line.number in n.lines and _states(n.text, cutoff) for n in notes)
    own_table = _states(table.caption, cutoff) or any(_states(n.text, cutoff) for n in notes)
    return int(marked), narrowness(scope), int(own_table), int(_is_of_its_metals(cutoff, line))


def _marks_others(cutoff: Cutoff, notes: Sequence[Footnote], line: EstimateLine) -> bool:
    """True for a cut-off of notes that all mark other lines of the table."""
    stating = [n for n in notes if n.lines and _states(n.text, cutoff)]
    return bool(stating) and not any(line.number in n.lines for n in stating)


def _states(text: str, cutoff: Cutoff) -> bool:
    """True where a text prints the cut-off's sentence, or its value: a cut-off stated twice keeps its first place."""
    printed = cutoff.value.printed
    return cutoff.quote.text in text or _prints(text, printed)


def _prints(text: str, number: str) -> bool:
    """True where a number stands in a text, and is no part of a longer one."""
    at = text.find(number)
    while at >= 0:
        before = text[at - 1 : at] if at else ""
        if not (before.isdecimal() or before in (".", ",") or _GOES_ON.match(text, at + len(number))):
            return True
        at = text.find(number, at + 1)
    return False


_GOES_ON = regex.compile(r"\d|[.,]\d")


def _is_of_its_metals(cutoff: Cutoff, line: EstimateLine) -> bool:
    """A cut-off in copper or its equivalent is for ore of which copper is reported."""
    metal = (cutoff.commodity or "").removesuffix("Eq")
    return any(m.commodity.removesuffix("Eq") == metal for m in line.metals)
