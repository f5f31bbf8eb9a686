"""Whether what a statement speaks of covers an estimate line: its type, its category, its ore, its zone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.scope import STATES
from models.disclosure import Category, Disclosure, EstimateLine, Material, Scope

_PARTS = {
    Category.PROVEN_PROBABLE: frozenset({Category.PROVEN, Category.PROBABLE}),
    Category.TOTAL_RESERVES: frozenset({Category.PROVEN, Category.PROBABLE}),
    Category.MEASURED_INDICATED: frozenset({Category.MEASURED, Category.INDICATED}),
    # many projects have no measured resource: a total is covered with what it always adds
    Category.TOTAL_RESOURCES: frozenset({Category.INDICATED, Category.INFERRED}),
}


def covers(scope: Scope, line: EstimateLine, title: str = "") -> bool:
    """True where the line itself, or for a zone its table's title, says that it lies within every part of the scope."""
    return (
        (not scope.types or line.type in scope.types)
        and (not scope.categories or _parts(line.category) <= _all_parts(scope))
        and (not scope.materials or all(_lies_in(own, within) for own, within in _materials(line, scope)))
        and (not scope.zones or _is_in(line, scope.zones, title))
    )


def _lies_in(own: frozenset[Material], within: frozenset[Material]) -> bool:
    return not within or (bool(own) and own <= within)


def fits(scope: Scope, line: EstimateLine) -> bool:
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


def _is_in(line: EstimateLine, zones: Sequence[str], title: str = "") -> bool:
    """True where the line's own names, or the title, hold all words of one of the zones."""
    names = _words(" ".join(name for name in (line.zone, line.heading, line.label, title) if name))
    return any(_words(zone) <= names for zone in zones)


@lru_cache(maxsize=1024)  # the zones of each statement are asked of each line
def _words(text: str) -> frozenset[str]:
    """The words of a name without case, accents and the words that every name can have."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return frozenset(regex.findall(r"[\p{L}\d]+", "".join(letters).casefold())) - _COMMON


_COMMON = frozenset(
    {"the", "of", "de", "du", "la", "le", "deposit", "zone", "mine", "project", "pit", "gisement", "lens"}
)


def told_apart(disclosure: Disclosure, scopes: Sequence[Scope]) -> list[Scope]:
    """The scopes of the document's statements; where the project is the only zone named, it restricts nothing."""
    project = _words(disclosure.issuer.project or "")
    zones = {_words(zone) for scope in scopes for zone in scope.zones}
    apart = not project or any(not zone <= project for zone in zones)
    return [scope if apart else replace(scope, zones=()) for scope in scopes]


def narrowness(scope: Scope) -> int:
    """How many parts of a scope are restricted."""
    return sum(map(bool, (scope.zones, scope.materials, scope.categories, scope.types)))
