"""Which figures of a sentence are cut-offs: each figure belongs to the word that governs it.

A noun right behind a figure governs it ("a 3% Zn cut-off", "92% recovery"). Else the nearest telling word before it
does, unless that word has its own figure already. A figure without either goes on with the figure before it, where
the two are coordinate ("0.4 g/t for oxide and 0.6 g/t for sulphide").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import limited_regex as regex
from extractors.cutoff_candidates import candidates, is_bare_money, is_nsr, unit_ahead
from extractors.cutoff_passages import Passage
from extractors.cutoff_sequences import is_alike, is_coordinate, is_parallel, is_predicate, shared_backwards, taken_up
from extractors.cutoff_words import ROLES, Reading, Role, governor, last_before, noun_behind
from extractors.figures import Measure, find_measures
from extractors.lexicon import Hit, fold, lexicon
from models.disclosure import Language
from models.quote import Place

LONGEST_LINK = 140
"""Characters that can part a cut-off word from its figure."""


def cutoff_figures(text: str, language: Language) -> frozenset[tuple[int, int]]:
    """Where the figures of a text stand that are cut-offs and not grades, as spans."""
    words = lexicon("cutoff_words").find(text)
    if not any(w.means == "cutoff" for w in words):
        return frozenset()
    chosen = chosen_of(Passage(text, Place()), words, language)
    return frozenset((m.start, m.end) for m in chosen)


def chosen_of(passage: Passage, words: Sequence[Hit], language: Language) -> list[Measure]:
    """The figures of a passage that are cut-offs."""
    text = fold(passage.text)
    telling = tuple(w for w in _applied(words, text) if w.means in ROLES)
    measures = tuple(m for m in find_measures(passage.text, language) if m.unit)
    figures = tuple(candidates(passage.text, language, unit_ahead(text, telling)))
    reading = Reading(text, telling, figures, tuple(sorted({*measures, *figures}, key=lambda m: m.start)))
    roles: list[Role] = []
    for index in range(len(reading.figures)):
        listed = bool(passage.head) and index == 0
        roles.append(_role(reading, index, roles, Role.CUTOFF if listed else Role.UNKNOWN))
    roles = taken_up(reading, shared_backwards(reading, roles))
    return [
        m
        for m, role in zip(reading.figures, roles, strict=True)
        if role is Role.CUTOFF and (not is_bare_money(m) or is_nsr(text, m))
    ]


def _applied(words: Sequence[Hit], text: str) -> list[Hit]:
    """A break-even cut-off at which estimates are stated is one like others; one that is only computed is none."""
    states = bool(lexicon("types").find(text)) and not regex.search(r"\b(?:calculated|rounded|chosen|raised)\b", text)
    return [
        replace(w, means="cutoff") if states and w.means == "break_even" and "cut" in w.text.lower() else w
        for w in words
    ]


def _role(reading: Reading, index: int, roles: Sequence[Role], unless: Role) -> Role:
    """The role of a figure from the word behind it, the word before it, or the figure before it; else ``unless``."""
    figure = reading.figures[index]
    if _same_again(reading, figure) or _GROWS.match(reading.text, figure.end):
        return Role.ELSE
    behind = noun_behind(reading, figure)
    if behind:
        return Role.ELSE if _is_capped_at(reading, figure) else ROLES[behind.means]
    before = governor(reading, figure)
    if before:
        return _role_from(reading, before, figure)
    if is_parallel(reading, index, roles) or is_predicate(reading, index, roles):
        return Role.CUTOFF
    like = next((i for i in range(index - 1, -1, -1) if is_alike(reading.figures[i], figure)), None)
    if like is not None and is_coordinate(reading, reading.figures[like], figure):
        return roles[like]
    return unless


_GROWS = regex.compile(
    r"\s*(?:increase|decrease|of the|of total|basis\b|(?:more|less|fewer|higher|lower|larger|smaller)\b(?! cut))",
    regex.IGNORECASE,
)
"""What follows a share or a change: "33% of the tonnes", "13% more tonnes"."""


def _same_again(reading: Reading, figure: Measure) -> bool:
    """A grade in brackets right behind another figure is the same value in another unit."""
    last = last_before(reading, figure)
    between = reading.text[last.end : figure.start] if last else ""
    return figure.is_grade and bool(regex.fullmatch(r"[^()\d]{0,14}\(\s*", between))


def _is_capped_at(reading: Reading, figure: Measure) -> bool:
    since = max((m.end for m in reading.figures if m.end <= figure.start), default=0)
    return bool(regex.search(r"\b(?:capped|top[- ]cut)\b", reading.text[since : figure.start]))


def _role_from(reading: Reading, word: Hit, figure: Measure) -> Role:
    """The role that a word before a figure gives it; a cut-off word must reach so far."""
    between = reading.text[word.end : figure.start]
    if ROLES[word.means] is Role.ELSE:
        return Role.ELSE
    if word.means in ("reported", "applied"):
        if _is_of_something_else(reading, word):
            return Role.ELSE
        if not _STATED_AT.fullmatch(between):
            return Role.UNKNOWN
    reaches = len(between) < LONGEST_LINK and not regex.search(r"[;?!]|\.\s", between)
    return Role.CUTOFF if reaches else Role.UNKNOWN


_STATED_AT = regex.compile(
    r"\s*(?:[≥>=]+\s*)?(?:(?:an?|the|une?|la|le) )?(?:NSR (?:values? )?(?:of )?)?(?:[\p{L}]+ ){0,1}", regex.IGNORECASE
)


def _is_of_something_else(reading: Reading, verb: Hit) -> bool:
    """True for a verb whose subject is named right before it and is no estimate: "costs are estimated at US$7/t"."""
    before = [w for w in reading.words if w.end <= verb.start and ROLES[w.means] is Role.ELSE]
    if not before or verb.start - before[-1].end > 40:
        return False
    return not lexicon("types").find(reading.text[before[-1].end : verb.end])
