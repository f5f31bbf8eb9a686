"""Which words of a sentence say what each of its cut-offs, or of its effective dates, applies to.

The words between two figures belong to the one or the other, as the sentence breaks; what leads all figures holds for
each that names nothing else. "Respectively" gives figures and names to each other in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from extractors import limited_regex as regex
from extractors.lexicon import lexicon
from extractors.scope import STATES, filled, scope_in
from models.disclosure import Scope

NOTHING = Scope()


class Placed(Protocol):
    """A figure or a date of a sentence: where it begins and ends."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last one."""


def scopes_of(text: str, chosen: Sequence[Placed]) -> list[Scope]:
    """The scope of each cut-off, or each effective date, of a sentence; ``chosen`` are all of them in order.

    What stands beside a figure wins over what leads the sentence.
    """
    text = _without_denials(text)
    if len(chosen) == 1:
        return [scope_in(_context(_uncapped(text[: chosen[0].start]) + " | " + text[chosen[0].end :]))]
    lead = scope_in(_context(_last_clause(text[: chosen[0].start])))
    if lead.types or lead.categories or lead.zones:
        shared = NOTHING
    else:
        shared = replace(scope_in(_context(_behind_all(text, chosen))), materials=())
    scopes: list[Scope] = []
    for index in range(len(chosen)):
        in_turn = _in_turn(text, index, chosen, lead, scopes)
        scopes.append(in_turn or _own_and_inherited(text, index, chosen, lead, scopes))
    types = scope_in(text).types
    around = filled(shared, Scope(types if len(types) == 1 else ()))
    return [filled(s, around) for s in _with_shared_place(text, chosen, scopes)]


def _behind_all(text: str, chosen: Sequence[Placed]) -> str:
    """What a sentence names behind the words of its last figure: "0.2 % (pit) and 0.6 % (below), the resources ..."."""
    comma = regex.search(r",\s", text[chosen[-1].end :])
    return text[chosen[-1].end + comma.end() :] if comma else ""


def _own_and_inherited(text: str, index: int, chosen: Sequence[Placed], lead: Scope, scopes: Sequence[Scope]) -> Scope:
    """What stands beside a figure, filled from the clauses before it as far as they do not contradict."""
    own = scope_in(_context(_before(text, index, chosen) + " | " + _behind(text, index, chosen)))
    if index == 0:
        return filled(own, lead)
    between = text[chosen[index - 1].end : chosen[index].start]
    if _EXCEPT.search(between) or _goes_on_about_it(text, index, chosen):
        return filled(own, scopes[index - 1])
    inherited = _inherited(text, index, chosen, lead)
    if _ALL_PLACES.search(_behind(text, index, chosen)):
        inherited = replace(inherited, zones=())
    if _OF_EARLIER.search(between):
        inherited = replace(inherited, categories=())
    if zones := _zones_of_part(text, index, chosen):
        inherited = replace(inherited, zones=zones)
    fresh = bool(own.types) and ";" in between
    if not fresh and not own.categories and set(own.types) <= set(inherited.types):
        return filled(own, inherited)
    return own


# ---- the words of one figure ----


def _before(text: str, index: int, chosen: Sequence[Placed]) -> str:
    """The words that lead a figure: from the last break behind the figure before it."""
    if index == 0:
        return _last_clause(text[: chosen[0].start])
    between = text[chosen[index - 1].end : chosen[index].start]
    return between[_split(between) :]


def _last_clause(lead: str) -> str:
    """What leads the first cut-off, without a clause before that has a figure of its own."""
    breaks = [
        m.end()
        for m in regex.finditer(r";\s|, (?:while|whereas|and|et)\b", lead)
        if regex.search(r"\d", lead[: m.start()])
    ]
    return lead[breaks[-1] :] if breaks else lead


def _behind(text: str, index: int, chosen: Sequence[Placed]) -> str:
    """The words that follow a figure up to the first break before the next one."""
    if index + 1 == len(chosen):
        rest = text[chosen[index].end :]
        end = regex.search(r";|\.\s|, (?:at|based|from|which|that)\b", rest)
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


_BREAK = regex.compile(r"[;,]|\band\b|\bor\b|\bet\b|\bou\b|\bwhile\b|\bplus\b", regex.IGNORECASE)

_EXCEPT = regex.compile(r",?\s*\b(?:except(?:ing)?|with the exception of|other than|sauf|excepté|à l'exception de)\b")
"""What follows is an exception to the figure before: it lies within the same estimates, in a zone of its own."""

# ---- what a figure takes from the clauses before it ----


def _inherited(text: str, index: int, chosen: Sequence[Placed], lead: Scope) -> Scope:
    """The subject that the nearest clause before named; its place only where this clause names none."""
    for earlier in range(index - 1, 0, -1):
        named = scope_in(_context(_before(text, earlier, chosen)))
        if named.types or named.categories:
            return named
    return lead


def _goes_on_about_it(text: str, index: int, chosen: Sequence[Placed]) -> bool:
    """True for a clause behind a semicolon about the same: "...; at cut-offs of 0.2 g/t it would be 66 Mt"."""
    start = text.rfind(";", chosen[0].end, chosen[index].start)
    end = text.find(";", chosen[index].end)
    clause = text[start : end if end > 0 else len(text)]
    return start > 0 and bool(_PRONOUN.search(clause)) and scope_in(clause) == NOTHING


_PRONOUN = regex.compile(r"\b(?:it|they|these|those|elles?|ils?|higher|lower)\b", regex.IGNORECASE)
_ALL_PLACES = regex.compile(r"\b(?:both|all|each|every|toutes les|chaque)\b", regex.IGNORECASE)
_OF_EARLIER = regex.compile(r"\bcompared\b|\bversus\b|\binstead of\b|par rapport", regex.IGNORECASE)
"""What a cut-off is compared with is that of an earlier estimate, whose categories nothing names."""


def _zones_of_part(text: str, index: int, chosen: Sequence[Placed]) -> tuple[str, ...]:
    """The zones that lead the figures of one part of the sentence, up to a semicolon: "...; at Signal it is 1.4"."""
    first = _first_of_part(text, index, chosen)
    return scope_in(_context(_before(text, first, chosen))).zones if 0 < first < index else ()


def _first_of_part(text: str, index: int, chosen: Sequence[Placed]) -> int:
    """The first figure of the part of the sentence, between semicolons, that a figure stands in."""
    first = index
    while first and ";" not in text[chosen[first - 1].end : chosen[first].start]:
        first -= 1
    return first


def _with_shared_place(text: str, chosen: Sequence[Placed], scopes: Sequence[Scope]) -> list[Scope]:
    """The place behind the last of a list of kinds is that of all: "0.2 for oxide and 0.4 for sulphide at Elk"."""
    shared = list(scopes)
    for index in range(len(chosen) - 2, -1, -1):
        kind, last = _behind(text, index, chosen), _behind(text, index + 1, chosen)
        place = _PLACE.search(last)
        if not place or not _KIND.match(kind) or _PLACE.search(kind) or _names_place(shared[index]):
            continue
        named = scope_in(place.group())
        lies = tuple(m for m in named.materials if m not in STATES)
        shared[index] = filled(shared[index], Scope(materials=lies, zones=named.zones))
    return shared


_KIND = regex.compile(r"\s*(?:[\w-]+\s+){0,3}?(?:\(|(?:for|in|pour|dans)\b)", regex.IGNORECASE)
_PLACE = regex.compile(r"(?<=\p{L}\)? )(?:at|within|inside|à|au|dans)\s.*", regex.IGNORECASE)
"""A place that follows the kind of ore: "for sulphide within an optimized pit shell"."""


def _names_place(scope: Scope) -> bool:
    return bool(scope.zones) or any(m not in STATES for m in scope.materials)


# ---- figures and names in turn ----

_IN_TURN = regex.compile(r"\brespective", regex.IGNORECASE)
_PART = regex.compile(r";|\.\s")
_NAMES = regex.compile(r",|/|\band\b|\bor\b|\bet\b|\bou\b")


def _in_turn(text: str, index: int, chosen: Sequence[Placed], lead: Scope, scopes: Sequence[Scope]) -> Scope | None:
    """The name that "respectively" gives to a figure: the n-th of those behind the figures, or before them."""
    start = max((m.end() for m in _PART.finditer(text, 0, chosen[index].start)), default=0)
    end = next((m.start() for m in _PART.finditer(text, chosen[index].end)), len(text))
    word = _IN_TURN.search(text, start, end)
    if not word:
        return None
    part = [m for m in chosen if start <= m.start < end]
    group = [m for m in part if m.end <= word.start()] or part
    if chosen[index] not in group:
        return None
    at, size = group.index(chosen[index]), len(group)
    behind, before = text[group[-1].end : max(word.start(), group[-1].end)], text[start : group[0].start]
    for words in (behind, before):
        if names := _names_in_turn(words, size):
            around = scope_in(_context(before + " | " + behind))
            return filled(
                filled(names[at], Scope(around.types, around.categories)),
                Scope(lead.types, lead.categories, lead.materials),
            )
    earlier = scopes[-size - at : len(scopes) - at] if start and len(scopes) >= size + at else ()
    if len(earlier) == size:  # the same order as in the part of the sentence before
        own = scope_in(_context(before + " | " + behind))
        return filled(own, replace(earlier[at], zones=()) if own.zones else earlier[at])
    return None


def _names_in_turn(words: str, size: int) -> list[Scope] | None:
    """As many names of zones or materials as there are figures, each as a scope."""
    pieces = [scope_in(p) for p in _NAMES.split(words)]
    kinds = [p for p in pieces if p.materials or p.categories]
    if len(kinds) == size:
        zones = scope_in(words).zones
        return [replace(k, zones=k.zones or (zones if len(zones) == 1 else ())) for k in kinds]
    whole = scope_in(words)
    if len(whole.zones) == size:
        return [Scope(materials=whole.materials, zones=(zone,)) for zone in whole.zones]
    if len(whole.types) == size > 1:
        return [Scope(types=(kind,), materials=whole.materials) for kind in whole.types]
    return None


# ---- words that name no scope ----

_IS_CAPPED = regex.compile(r"top[- ]?cut|\bcapp|écrêt|plafonn", regex.IGNORECASE)
"""A clause before the cut-off's own that speaks of high grades: the zones that it names are those of the caps."""


def _uncapped(lead: str) -> str:
    """What leads a figure, without clauses about caps."""
    clause = lead.rfind("; ") + 1
    return lead[clause:] if _IS_CAPPED.search(lead[:clause]) else lead


def _without_denials(text: str) -> str:
    """The text without clauses that state no cut-off, or no estimate: "; no underground resource is reported"."""
    denials = [(w.start, w.end) for w in lexicon("cutoff_words").find(text) if w.means == "none"]
    denials += [m.span() for m in _DENIED.finditer(text)]
    for begin, end in denials:
        start = max((m.end() for m in _CLAUSE.finditer(text[:begin])), default=0)
        close = _CLAUSE.search(text, end)
        stop = close.start() if close else len(text)
        text = text[:start] + " " * (stop - start) + text[stop:]
    return text


_CLAUSE = regex.compile(r"[;.]\s|,\s")
_DENIED = regex.compile(
    r"(?<=[;,.] )(?:but )?no (?:\p{L}+ ){0,4}(?:is|are|was|were|has|have)\b"
    r"|(?<=[;,.] )(?:mais )?aucune? (?:\p{L}+ ){0,4}n'(?:est|a|ont|sont)\b",
    regex.IGNORECASE,
)

_COSTS = regex.compile(
    r"(?:,|\b)\s*(?:rests? on|based on|assum(?:es?|ing|ptions?)|derive[sd]? from|costs?|with an? |prices?|recover\w+"
    r"|compared|minimum|which (?:totals?|contains?|comprises?|holds?|amounts?)|compris(?:es|ing)|consisting)\b.*$",
    regex.IGNORECASE | regex.DOTALL,
)


def _context(text: str) -> str:
    """The words that can name a scope: without costs, prices and modelling that stand behind."""
    head, bar, tail = text.partition(" | ")
    return head + bar + _COSTS.sub("", tail)
