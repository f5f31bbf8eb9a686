"""Which words of a sentence say what each of its cut-offs applies to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import limited_regex as regex
from extractors.figures import Measure
from extractors.lexicon import lexicon
from extractors.scope import filled, scope_in
from models.disclosure import Scope

_BREAK = regex.compile(r"[;,]|\band\b|\bor\b|\bet\b|\bwhile\b|\bplus\b", regex.IGNORECASE)


_IS_CAPPED = regex.compile(r"top[- ]?cut|\bcapp|écrêt|plafonn", regex.IGNORECASE)
"""A clause before the cut-off's own that speaks of high grades: the zones that it names are those of the caps."""


def _uncapped(lead: str) -> str:
    """What leads a figure, without clauses about caps."""
    clause = lead.rfind("; ") + 1
    return lead[clause:] if _IS_CAPPED.search(lead[:clause]) else lead


def scope_of(text: str, measure: Measure, chosen: Sequence[Measure]) -> Scope:
    """What stands beside a figure wins over what leads the sentence; ``chosen`` are all the cut-offs of the text."""
    index = list(chosen).index(measure)
    text = _without_none(text)
    lead = scope_in(_context(text[: chosen[0].start]))
    if len(chosen) == 1:
        return scope_in(_context(_uncapped(text[: measure.start]) + " | " + text[measure.end :]))
    respective = _respective(text, index, chosen, lead)
    own = scope_in(_context(_before(text, index, chosen) + " | " + _behind(text, index, chosen)))
    inherited = _inherited(text, index, chosen, lead)
    if zones := _zones_of_part(text, index, chosen):
        inherited = replace(inherited, zones=zones)
    if index and _EXCEPT.search(text[chosen[index - 1].end : measure.start]):
        return filled(own, scope_of(text, chosen[index - 1], chosen))
    fresh = bool(own.types) and index > 0 and ";" in text[chosen[index - 1].end : measure.start]
    if index and not fresh and not own.categories and set(own.types) <= set(inherited.types):
        own = filled(own, inherited)
    elif not index:
        own = filled(own, lead)
    types = scope_in(text).types
    return filled(respective or own, Scope(types if len(types) == 1 else ()))


def _without_none(text: str) -> str:
    """The text without clauses that state no cut-off: "; the reserve has no cut-off applied"."""
    for word in lexicon("cutoff_words").find(text):
        if word.means == "none":
            start = max((m.end() for m in _CLAUSE.finditer(text[: word.start])), default=0)
            end = _CLAUSE.search(text, word.end)
            stop = end.start() if end else len(text)
            text = text[:start] + " " * (stop - start) + text[stop:]
    return text


_CLAUSE = regex.compile(r"[;.]\s|,\s")


_EXCEPT = regex.compile(r",?\s*\b(?:except(?:ing)?|with the exception of|other than|sauf|excepté|à l'exception de)\b")
"""What follows is an exception to the figure before: it lies within the same estimates, in a zone of its own."""


def _zones_of_part(text: str, index: int, chosen: Sequence[Measure]) -> tuple[str, ...]:
    """The zones that lead the figures of one part of the sentence, up to a semicolon: "...; at Signal it is 1.4"."""
    first = index
    while first and ";" not in text[chosen[first - 1].end : chosen[first].start]:
        first -= 1
    return scope_in(_context(_before(text, first, chosen))).zones if 0 < first < index else ()


def _inherited(text: str, index: int, chosen: Sequence[Measure], lead: Scope) -> Scope:
    """The subject that the nearest clause before named; its place only where this clause names none."""
    for earlier in range(index - 1, 0, -1):
        named = scope_in(_context(_before(text, earlier, chosen)))
        if named.types or named.categories:
            return named
    return lead


def _before(text: str, index: int, chosen: Sequence[Measure]) -> str:
    """The words that lead a figure: from the last break behind the figure before it."""
    if index == 0:
        return _last_clause(text[: chosen[0].start])
    between = text[chosen[index - 1].end : chosen[index].start]
    cut = _split(between)
    return between[cut:]


def _last_clause(lead: str) -> str:
    """What leads the first cut-off, without a clause before that has a figure of its own."""
    breaks = [
        m.end()
        for m in regex.finditer(r";\s|, (?:while|whereas|and|et)\b", lead)
        if regex.search(r"\d", lead[: m.start()])
    ]
    return lead[breaks[-1] :] if breaks else lead


def _behind(text: str, index: int, chosen: Sequence[Measure]) -> str:
    """The words that follow a figure up to the first break before the next one."""
    if index + 1 == len(chosen):
        rest = text[chosen[index].end :]
        end = regex.search(r";|\.\s|, (?:at|based|from|which|that|where)\b", rest)
        return rest[: end.start()] if end else rest
    between = text[chosen[index].end : chosen[index + 1].start]
    return between[: _split(between)]


def _split(between: str) -> int:
    """Where the words behind one figure end and those before the next begin: a semicolon, or else the last break."""
    if semicolon := regex.search(r";|\.\s", between):
        return semicolon.end()
    if exception := _EXCEPT.search(between):
        return exception.start()
    breaks = list(_BREAK.finditer(between))
    return breaks[-1].start() if breaks else len(between) if regex.search(r"\bfor\b|\bat\b", between) else 0


def _respective(text: str, index: int, chosen: Sequence[Measure], lead: Scope) -> Scope | None:
    """Reads "respectively": the n-th figure belongs to the n-th of the names that lead the sentence."""
    if not regex.search(r"respective", text, regex.IGNORECASE):
        return None
    group = [m for m in chosen if not regex.search(r";", text[chosen[0].end : m.start])]
    head = text[: chosen[0].start]
    pieces = [p for p in regex.split(r",|\band\b|\bet\b", head) if scope_in(p).zones or scope_in(p).materials]
    pieces = pieces or [p for p in regex.split(r",|\band\b|\bet\b", head) if scope_in(p).zones]
    if chosen[index] not in group:
        return None
    at, zones = group.index(chosen[index]), scope_in(head).zones
    if len(pieces) == len(group):
        own = scope_in(pieces[at])
    elif len(zones) == len(group):
        own = Scope(zones=(zones[at],))
    else:
        return None
    return filled(own, Scope(lead.types, lead.categories, lead.materials))


_COSTS = regex.compile(
    r"(?:,|\b)\s*(?:rests? on|based on|assum\w+|derive[sd]? from|costs?|with an? |prices?|recover\w+"
    r"|compared|minimum)\b.*$",
    regex.IGNORECASE | regex.DOTALL,
)


def _context(text: str) -> str:
    """The words that can name a scope: without costs, prices and modelling that stand behind."""
    head, bar, tail = text.partition(" | ")
    return head + bar + _COSTS.sub("", tail)
