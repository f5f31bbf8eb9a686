"""Which figures of a sentence are cut-offs: each figure belongs to the word that governs it.

A noun right behind a figure governs it ("a 3% Zn cut-off", "92% recovery"). Else the nearest telling word before it
does, unless that word has its own figure already. A figure without either goes on with the figure before it, where
the two are coordinate ("0.4 g/t for oxide and 0.6 g/t for sulphide").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from extractors import limited_regex as regex
from extractors.cutoff_passages import Passage
from extractors.figure_units import unit_behind
from extractors.figures import Measure, find_measures
from extractors.lexicon import Hit, fold, lexicon
from extractors.scope import scope_in
from models.disclosure import Language
from models.quote import Place


class Role(StrEnum):
    """What a figure of a sentence is; unknown where no word governs it."""

    CUTOFF = "cutoff"
    ELSE = "else"
    UNKNOWN = "unknown"


ROLES = {
    "cutoff": Role.CUTOFF,
    "threshold": Role.CUTOFF,
    "reported": Role.CUTOFF,
    "applied": Role.CUTOFF,
    "grade": Role.ELSE,
    "result": Role.ELSE,
    "cap": Role.ELSE,
    "cost": Role.ELSE,
    "break_even": Role.ELSE,
    "other": Role.ELSE,
}
"""The role that a telling word gives to its figure; the other words of the vocabulary tell of the whole passage."""

NOUNS = frozenset({"cutoff", "threshold"})
"""Words that name a cut-off; verbs only say that something is stated at one."""

LONGEST_LINK = 140
"""Characters that can part a cut-off word from its figure."""


@dataclass(frozen=True)
class Reading:
    """A text with its telling words, the figures that can be cut-offs, and all figures that have a unit."""

    text: str
    words: tuple[Hit, ...]
    figures: tuple[Measure, ...]
    measures: tuple[Measure, ...]


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
    figures = tuple(_candidates(passage.text, language, _unit_ahead(text, telling)))
    reading = Reading(text, telling, figures, tuple(sorted({*measures, *figures}, key=lambda m: m.start)))
    roles: list[Role] = []
    for index in range(len(reading.figures)):
        listed = bool(passage.head) and index == 0
        roles.append(_role(reading, index, roles, Role.CUTOFF if listed else Role.UNKNOWN))
    roles = _taken_up(reading, _shared_backwards(reading, roles))
    return [
        m
        for m, role in zip(reading.figures, roles, strict=True)
        if role is Role.CUTOFF and (not _is_bare_money(m) or _is_nsr(text, m))
    ]


# ---- figures that can be cut-offs ----


@dataclass(frozen=True)
class UnitAhead:
    """A unit that is printed once, before all the values: "Cut-off grades (g/t Au): pit 0.35; underground 1.80"."""

    unit: str
    commodity: str | None
    end: int


def _unit_ahead(text: str, words: Sequence[Hit]) -> UnitAhead | None:
    for word in words:
        opened = _OPENS_UNIT.match(text, word.end) if word.means == "cutoff" else None
        if opened:
            unit, commodity, _, end = unit_behind(text, opened.end(), None)
            if unit and _CLOSES_UNIT.match(text, end):
                return UnitAhead(unit, commodity, end)
    return None


_OPENS_UNIT = regex.compile(r"\s*[(\[,]\s*(?:in |en )?(?=\D)")
_CLOSES_UNIT = regex.compile(r"\s*(?:NSR\s*)?[)\]:]")
_STANDS_ALONE = regex.compile(r"\s*(?:[;,()]|\.?\s*$|\.\s|(?:and|for|et|pour)\b)")


def _candidates(text: str, language: Language, ahead: UnitAhead | None) -> list[Measure]:
    """The figures in a unit that a cut-off can have; a bare one has that of its list: "3.1, 2.8 and 4.0 g/t"."""
    found: list[Measure] = []
    for printed in reversed(find_measures(text, language)):
        following = found[-1] if found else None
        if following and _is_in_list(text, printed, following):
            found.append(replace(printed, unit=following.unit, commodity=following.commodity))
        elif printed.unit and printed.value is not None and _can_be(printed):
            found.append(printed)
        elif ahead and _takes_unit_ahead(text, printed, ahead):
            found.append(replace(printed, unit=ahead.unit, commodity=ahead.commodity))
    return found[::-1]


def _takes_unit_ahead(text: str, bare: Measure, ahead: UnitAhead) -> bool:
    alone = bare.unit is None and bare.value is not None and bool(_STANDS_ALONE.match(text, bare.end))
    return alone and bare.start >= ahead.end and not regex.fullmatch(r"(?:19|20)\d\d", bare.digits)


def _is_in_list(text: str, bare: Measure, following: Measure) -> bool:
    between = text[bare.end : following.start]
    return bare.unit is None and bare.value is not None and bool(_LIST_OF_FIGURES.fullmatch(between))


_LIST_OF_FIGURES = regex.compile(r",\s+|,?\s+(?:and|or|et|ou)\s+|\s?/\s?", regex.IGNORECASE)


def _can_be(measure: Measure) -> bool:
    return (
        measure.is_grade
        or measure.unit in ("ft%", "mm")
        or _is_bare_money(measure)
        or bool(regex.fullmatch(r"(?:\$|[A-Z]{3})/t", measure.unit or ""))
    )


def _is_bare_money(measure: Measure) -> bool:
    return bool(regex.fullmatch(r"\$|[A-Z]{3}", measure.unit or ""))


def _is_nsr(text: str, measure: Measure) -> bool:
    """Money without "per tonne" is a cut-off only right before its basis: "a $6.34 NSR cut-off"."""
    return bool(
        regex.match(r"\s*(?:\([^)]*\)\s*)?(?:NSR|NMR|NVPT|net smelter return)", text[measure.end :], regex.IGNORECASE)
    )


# ---- the role of one figure ----


def _role(reading: Reading, index: int, roles: Sequence[Role], unless: Role) -> Role:
    """The role of a figure from the word behind it, the word before it, or the figure before it; else ``unless``."""
    figure = reading.figures[index]
    if _same_again(reading, figure) or _GROWS.match(reading.text, figure.end):
        return Role.ELSE
    behind = _noun_behind(reading, figure)
    if behind:
        return Role.ELSE if _is_capped_at(reading, figure) else ROLES[behind.means]
    before = _governor(reading, figure)
    if before:
        return _role_from(reading, before, figure)
    if _is_parallel(reading, index, roles) or _is_predicate(reading, index, roles):
        return Role.CUTOFF
    like = next((i for i in range(index - 1, -1, -1) if _is_alike(reading.figures[i], figure)), None)
    if like is not None and _is_coordinate(reading, reading.figures[like], figure):
        return roles[like]
    return unless


_GROWS = regex.compile(r"\s*(?:increase|decrease|of the|of total|basis\b)", regex.IGNORECASE)
"""What follows a share or a change: "33% of the tonnes"."""


def _same_again(reading: Reading, figure: Measure) -> bool:
    """A grade in brackets right behind another figure is the same value in another unit."""
    last = _last_before(reading, figure)
    between = reading.text[last.end : figure.start] if last else ""
    return figure.is_grade and bool(regex.fullmatch(r"[^()\d]{0,14}\(\s*", between))


def _last_before(reading: Reading, figure: Measure) -> Measure | None:
    return max((m for m in reading.measures if m.end <= figure.start), key=lambda m: m.end, default=None)


def _noun_behind(reading: Reading, figure: Measure) -> Hit | None:
    """The telling word right behind the figure: "0.65% copper cut-off grade", "a $6.34 (NSR) cut-off"."""
    word = next((w for w in reading.words if w.start >= figure.end), None)
    if word is None or word.means in ("reported", "applied", "result", "cost") or word.start - figure.end > 40:
        return None
    between = reading.text[figure.end : word.start]
    if regex.search(r"[(,]\s*$", between) and _HAS_VALUE.match(reading.text[word.end :]):
        return None
    if word.means not in NOUNS:
        return word if _is_followed_by_share(between, word) else None
    return word if _is_modifier(between) else None


_HAS_VALUE = regex.compile(r"\s*(?:of|=|:|at|de|à)?\s*[≥>]?\s*(?:US|C|A)?\$?\s?\d")
"""A word in brackets, or behind a comma, with a value of its own says nothing of the figure before it."""


def _is_followed_by_share(between: str, word: Hit) -> bool:
    """Reads "92% recovery", "5% mining dilution", "30 g/t top cut": the figure is that of the noun behind it."""
    return bool(regex.fullmatch(r"\s*(?:(?!(?:for|in|of|at|and|with|to)\b)[\p{L}-]+\s+){0,2}", between)) and bool(
        _SHARE.match(word.text)
    )


_SHARE = regex.compile(r"recover|dilu|récup|top|cap|upper|high", regex.IGNORECASE)


def _is_modifier(between: str) -> bool:
    """True where only words that can stand before "cut-off" part a figure from it; the metal may be printed again."""
    plain = regex.sub(r"\(\d[^()]*\)", " ", between)
    if regex.search(r"[.,;:]", plain):
        return False
    rest = lexicon("cutoff_modifiers").without(lexicon("commodities").without(plain))
    return bool(_ONE_NAME.fullmatch(rest))


_ONE_NAME = regex.compile(
    r"[\s()\"-]*(?!(?:and|or|at|for|with|while|using|above|from|over|et|ou|pour|avec)\b)[\p{L}\d]{0,8}[\s()\"-]*"
)
"""At most one word more, such as a metal's symbol in quotes."""


def _is_capped_at(reading: Reading, figure: Measure) -> bool:
    since = max((m.end for m in reading.figures if m.end <= figure.start), default=0)
    return bool(regex.search(r"\b(?:capped|top[- ]cut)\b", reading.text[since : figure.start]))


def _governor(reading: Reading, figure: Measure) -> Hit | None:
    """The nearest telling word before a figure, unless another figure with a unit stands between, or owns the word."""
    last = _last_before(reading, figure)
    since = last.end if last else 0
    free = [w for w in reading.words if since <= w.start and w.end <= figure.start]
    if last and free and free[0] == _noun_behind(reading, last):
        free = free[1:]
    return free[-1] if free else None


def _is_of_something_else(reading: Reading, verb: Hit) -> bool:
    """True for a verb whose subject is named right before it and is no estimate: "costs are estimated at US$7/t"."""
    before = [w for w in reading.words if w.end <= verb.start and ROLES[w.means] is Role.ELSE]
    if not before or verb.start - before[-1].end > 40:
        return False
    return not lexicon("types").find(reading.text[before[-1].end : verb.end])


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

# ---- figures that go on ----


def _is_alike(last: Measure, figure: Measure) -> bool:
    return last.unit == figure.unit or (last.is_money and figure.is_money)


def _is_coordinate(reading: Reading, last: Measure, figure: Measure) -> bool:
    """The next figure of the same dimension in a list, or in a like clause without the word repeated."""
    between = _without_noun(reading, last, figure)
    if (figure.is_money and between.strip() == "(") or _OF_ANOTHER_YEAR.fullmatch(between):
        return True
    if any(last.end <= m.start < figure.start and m.is_mass for m in reading.measures):
        return False
    if any(ROLES[w.means] is Role.ELSE and last.end <= w.start < figure.start for w in reading.words):
        return False
    if len(between) > 120 or regex.search(r"\d+\s*$", between):
        return False
    if _LIST_STEP.search(between) or _is_label(between):
        return True
    return _is_like_clause(between) or _is_next_place(reading.text, between, figure)


def _is_label(between: str) -> bool:
    """True where the ore of the figure before and a comma are all that parts two: "0.3 g/t open pit, 1.8 g/t below"."""
    return bool(_SEPARATOR.fullmatch(lexicon("cutoff_modifiers").without(lexicon("materials").without(between))))


_SEPARATOR = regex.compile(r"\s*(?:[,;/&]\s*)?(?:and|et)?\s*")


def _without_noun(reading: Reading, last: Measure, figure: Measure) -> str:
    """What stands between two figures, without the noun that the first belongs to: "0.9% Ni cut-off for"."""
    noun = _noun_behind(reading, last)
    return reading.text[noun.end if noun and noun.end <= figure.start else last.end : figure.start]


_OF_ANOTHER_YEAR = regex.compile(r"\s*\((?:FY ?)?(?:19|20)\d\d(?: ?: ?| - )\s*", regex.IGNORECASE)
"""Last year's value in brackets: "US$19.80/t (2021: US$18.10/t)"."""

_LIST_STEP = regex.compile(
    r"^\s*(?:(?:\([^)]*\)|NSR|NMR|NVPT|milled|processed|ore)\s*)*(?:[,;/]|(?:and|or|et|ou|for|at|pour|with|while"
    r"|whereas|versus|vs|compared (?:to|with)|in|on|of|en|dans|au|aux|sur|à|to|where|within)\b|\.?\s*⎯)"
    r"|;|compared (?:to|with) (?:the|an?)?\s*$",
    regex.IGNORECASE,
)


def _is_like_clause(between: str) -> bool:
    """A clause with ore of its own that ends where a value must follow: ", and Mineral Resources at ..."."""
    opened = _CLAUSE.search(between)
    if not opened or regex.search(r"\d", between) or not _TAKES_VALUE.search(between):
        return False
    own = scope_in(between[opened.end() :])
    return bool(own.types or own.categories or own.materials or own.zones)


_CLAUSE = regex.compile(r"[,;]\s|\.\s+(?=\p{Lu})|\b(?:and|while|whereas|et|tandis que)\b", regex.IGNORECASE)
_TAKES_VALUE = regex.compile(
    r"\b(?:at|above|of|is|are|was|were|where|uses?|used|using|with|to|à|de|est|sont|où)\s+(?:an?\s+|une?\s+)?$",
    regex.IGNORECASE,
)


def _is_next_place(text: str, between: str, figure: Measure) -> bool:
    """The next value of places in turn: "... is used at Dome, 2.5 g/t Au at Hollow and 0.45 g/t Au at Kestrel"."""
    if regex.search(r"\d", between) or not regex.search(r"(?:,|,? (?:and|et))\s+(?:de )?$", between):
        return False
    own, goes_on = scope_in(between), regex.match(r"\s*(?:at|for|in|à|pour|dans)\b", text[figure.end :])
    return bool(goes_on) and bool(own.zones or own.materials)


def _is_parallel(reading: Reading, index: int, roles: Sequence[Role]) -> bool:
    """A clause that begins with the same words as that of a cut-off: ": at 0.4 g/t Au, 31 Mt; at 0.6 g/t Au, 22 Mt"."""
    figure, text = reading.figures[index], reading.text
    lead = _clause_lead(text, figure)
    return bool(lead) and any(
        (c.unit, c.commodity) == (figure.unit, figure.commodity) and _clause_lead(text, c) == lead
        for c, role in zip(reading.figures, roles, strict=False)
        if role is Role.CUTOFF
    )


def _clause_lead(text: str, figure: Measure) -> str:
    """The words between the last colon, semicolon or line's end and a figure, where there are few."""
    lead = regex.search(r"[:;]\s+([\p{L} ]{1,20})$", text[: figure.start])
    return lead.group(1).casefold() if lead else ""


def _is_predicate(reading: Reading, index: int, roles: Sequence[Role]) -> bool:
    """What a cut-off without a figure "is", behind the figures that it derives from: "at US$1,700/oz is 0.5 g/t"."""
    figure = reading.figures[index]
    linked = regex.search(r"(?:\b(?:is|are|was|were|est|sont)|=)\s+(?:about |environ )?$", reading.text[: figure.start])
    return (
        bool(linked)
        and Role.CUTOFF not in roles
        and any(w.means in NOUNS and w.end <= figure.start for w in reading.words)
    )


# ---- figures that words behind several of them make cut-offs ----


def _shared_backwards(reading: Reading, roles: Sequence[Role]) -> list[Role]:
    """The noun behind the last figure of a list is that of all: "100 g/t Ag (pit) and 175 g/t Ag (below) cut-offs"."""
    shared = list(roles)
    for index in range(len(roles) - 1, 0, -1):
        last, figure = reading.figures[index - 1], reading.figures[index]
        noun = _noun_behind(reading, figure)
        lists = bool(_LIST_LINK.fullmatch(reading.text[last.end : figure.start]))
        owned = shared[index] is Role.CUTOFF and (noun is not None or shared[index] is not roles[index])
        if owned and shared[index - 1] is Role.UNKNOWN and last.unit == figure.unit and lists:
            shared[index - 1] = Role.CUTOFF
    return shared


_LIST_LINK = regex.compile(
    r"\s*(?:\([^()]{1,40}\))?\s*(?:for [\p{L} -]{1,40})?(?:,|/|,?\s?\b(?:and|or|et|ou|to)\b)\s*(?:at |de )?"
)


def _taken_up(reading: Reading, roles: Sequence[Role]) -> list[Role]:
    """Figures that a later word takes up: "uses 0.4% in the pit and 0.6% below; both cut-off grades were reviewed"."""
    taken = Role.CUTOFF not in roles and any(
        w.means == "cutoff" and _TAKES_UP.search(reading.text, 0, w.start) and w.start > reading.figures[-1].end
        for w in reading.words
        if reading.figures
    )
    return [Role.CUTOFF if taken and role is Role.UNKNOWN else role for role in roles]


_TAKES_UP = regex.compile(
    r"(?:\(|\b(?:both|these|the two|all) (?:values are |of these )?|\bas )(?:NSR |the )?\s*$", regex.IGNORECASE
)


def _applied(words: Sequence[Hit], text: str) -> list[Hit]:
    """A break-even cut-off at which estimates are stated is one like others; one that is only computed is none."""
    states = bool(lexicon("types").find(text)) and not regex.search(r"\b(?:calculated|rounded|chosen|raised)\b", text)
    return [
        replace(w, means="cutoff") if states and w.means == "break_even" and "cut" in w.text.lower() else w
        for w in words
    ]
