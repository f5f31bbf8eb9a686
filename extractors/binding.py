"""Which stated cut-off applies to which estimate line.

A line's own cut-off wins (a sensitivity table states one a line). Else a cut-off applies whose scope covers the line:
its type, its category, where its ore lies and in what state, its zone. Of several the one counts that says most about
the line: in a note that marks it, with the narrower scope, in the line's own table. Two that say as much and differ
both stand, and the line is ambiguous: only a reader can tell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import limited_regex as regex
from extractors.scope import STATES
from models.disclosure import Category, Cutoff, Disclosure, EstimateLine, EstimateTable, Footnote, Material, Scope

_PARTS = {
    Category.PROVEN_PROBABLE: frozenset({Category.PROVEN, Category.PROBABLE}),
    Category.TOTAL_RESERVES: frozenset({Category.PROVEN, Category.PROBABLE}),
    Category.MEASURED_INDICATED: frozenset({Category.MEASURED, Category.INDICATED}),
    # many projects have no measured resource: a total is covered with what it always adds
    Category.TOTAL_RESOURCES: frozenset({Category.INDICATED, Category.INFERRED}),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """An estimate line with the cut-offs that apply to it; none where the document does not tell."""

    line: EstimateLine
    cutoffs: tuple[Cutoff, ...]

    @property
    def ambiguous(self) -> bool:
        """True where different cut-offs apply to the line alike."""
        return len(self.cutoffs) > 1


def bind_cutoffs(disclosure: Disclosure) -> tuple[Bound, ...]:
    """Each estimate line with the cut-offs that apply to it, in the order of the lines."""
    return tuple(Bound(line, applying(disclosure, table, line)) for table in disclosure.tables for line in table.lines)


def applying(disclosure: Disclosure, table: EstimateTable, line: EstimateLine) -> tuple[Cutoff, ...]:
    """The cut-offs that apply to a line of this table: its own, or those of the document that say most about it.

    The document's cut-offs are those of its own estimate; which held for an earlier one beside it is not known.
    """
    if line.cutoff:
        return (line.cutoff,)
    if line.is_earlier:
        return ()
    notes = [n for n in disclosure.footnotes if n.table == table.number]
    stated = [(c, s) for c, s in _stated(disclosure) if not _marks_others(c, notes, line)]
    covering = [(c, s) for c, s in stated if _covers(s, line)]
    if not covering:
        return _only([c for c, s in stated if _fits(s, line)])
    weights = [_weight(c, s, line, table, notes) for c, s in covering]
    return tuple(c for (c, _), weight in zip(covering, weights, strict=True) if weight == max(weights))


def _stated(disclosure: Disclosure) -> list[tuple[Cutoff, Scope]]:
    """The document's cut-offs with their scopes; where the project is the only zone named, it restricts nothing."""
    project = _words(disclosure.issuer.project or "")
    zones = {_words(zone) for cutoff in disclosure.cutoffs for zone in cutoff.scope.zones}
    tell_apart = not project or any(not zone <= project for zone in zones)
    return [(c, c.scope if tell_apart else replace(c.scope, zones=())) for c in disclosure.cutoffs]


def _only(cutoffs: Sequence[Cutoff]) -> tuple[Cutoff, ...]:
    """For a line that says less than the cut-offs do: the one that it does not contradict, where it is the only one."""
    return tuple(cutoffs) if len(cutoffs) == 1 else ()


# ---- does the scope cover the line? ----


def _covers(scope: Scope, line: EstimateLine) -> bool:
    """True where the line itself says that it lies within every part of the scope."""
    return (
        (not scope.types or line.type in scope.types)
        and (not scope.categories or _parts(line.category) <= _all_parts(scope))
        and all(not within or (bool(own) and own <= within) for own, within in _materials(line, scope))
        and (not scope.zones or _is_in(line, scope.zones))
    )


def _fits(scope: Scope, line: EstimateLine) -> bool:
    """True where the line contradicts no part of the scope: what it does not say can be so."""
    return (
        (not scope.types or line.type in (None, *scope.types))
        and (not scope.categories or bool(_parts(line.category) & _all_parts(scope)))
        and all(not within or own <= within for own, within in _materials(line, scope))
        and (not scope.zones or line.zone is None or _is_in(line, scope.zones))
    )


def _parts(category: Category) -> frozenset[Category]:
    return _PARTS.get(category, frozenset({category}))


def _all_parts(scope: Scope) -> frozenset[Category]:
    return frozenset(part for category in scope.categories for part in _parts(category))


def _materials(line: EstimateLine, scope: Scope) -> tuple[tuple[frozenset[Material], frozenset[Material]], ...]:
    """The line's and the scope's materials: where ore lies, and in what state it is, apart."""
    own, within = frozenset(line.materials), frozenset(scope.materials)
    return (own - STATES, within - STATES), (own & STATES, within & STATES)


def _is_in(line: EstimateLine, zones: Sequence[str]) -> bool:
    """True where the line's own names hold all words of one of the zones."""
    names = _words(" ".join(name for name in (line.zone, line.heading, line.label) if name))
    return any(_words(zone) <= names for zone in zones)


def _words(text: str) -> frozenset[str]:
    """The words of a name without case, accents and the words that every name can have."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return frozenset(regex.findall(r"[\p{L}\d]+", "".join(letters).casefold())) - _COMMON


_COMMON = frozenset(
    {"the", "of", "de", "du", "la", "le", "deposit", "zone", "mine", "project", "pit", "gisement", "lens"}
)


# ---- which of several says most? ----


def _weight(
    cutoff: Cutoff, scope: Scope, line: EstimateLine, table: EstimateTable, notes: Sequence[Footnote]
) -> tuple[int, ...]:
    """How much a covering cut-off says about the line; tuples that compare, the most telling part first."""
    marked = any(n.lines and line.number in n.lines and _states(n.text, cutoff) for n in notes)
    narrow = sum(map(bool, (scope.zones, scope.materials, scope.categories, scope.types)))
    own_table = _states(table.caption, cutoff) or any(_states(n.text, cutoff) for n in notes)
    return int(marked), narrow, int(own_table), int(_is_of_its_metals(cutoff, line))


def _marks_others(cutoff: Cutoff, notes: Sequence[Footnote], line: EstimateLine) -> bool:
    """True for a cut-off of notes that all mark other lines of the table."""
    stating = [n for n in notes if n.lines and _states(n.text, cutoff)]
    return bool(stating) and not any(line.number in n.lines for n in stating)


def _states(text: str, cutoff: Cutoff) -> bool:
    """True where a text prints the cut-off's sentence, or its value: a cut-off stated twice keeps its first place."""
    printed = regex.escape(cutoff.value.printed)
    return cutoff.quote.text in text or bool(regex.search(rf"(?<![\d.,]){printed}(?![\d]|[.,]\d)", text))


def _is_of_its_metals(cutoff: Cutoff, line: EstimateLine) -> bool:
    """A cut-off in copper or its equivalent is for ore of which copper is reported."""
    metal = (cutoff.commodity or "").removesuffix("Eq")
    return any(m.commodity.removesuffix("Eq") == metal for m in line.metals)
