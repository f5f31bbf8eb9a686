"""Figures without a word of their own: they go on with another figure, or a word behind several makes them cut-offs."""

from __future__ import annotations

from collections.abc import Sequence

from extractors import limited_regex as regex
from extractors.cutoff_words import NOUNS, ROLES, Reading, Role, noun_behind
from extractors.figures import Measure
from extractors.lexicon import lexicon
from extractors.scope import scope_in


def is_alike(last: Measure, figure: Measure) -> bool:
    """Whether two figures have one unit, or are both money."""
    return last.unit == figure.unit or (last.is_money and figure.is_money)


def is_coordinate(reading: Reading, last: Measure, figure: Measure) -> bool:
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
    noun = noun_behind(reading, last)
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


def is_parallel(reading: Reading, index: int, roles: Sequence[Role]) -> bool:
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


def is_predicate(reading: Reading, index: int, roles: Sequence[Role]) -> bool:
    """What a cut-off without a figure "is", behind the figures that it derives from: "at US$1,700/oz is 0.5 g/t"."""
    figure = reading.figures[index]
    linked = regex.search(r"(?:\b(?:is|are|was|were|est|sont)|=)\s+(?:about |environ )?$", reading.text[: figure.start])
    return (
        bool(linked)
        and Role.CUTOFF not in roles
        and any(w.means in NOUNS and w.end <= figure.start for w in reading.words)
    )


def shared_backwards(reading: Reading, roles: Sequence[Role]) -> list[Role]:
    """The noun behind the last figure of a list is that of all: "100 g/t Ag (pit) and 175 g/t Ag (below) cut-offs"."""
    shared = list(roles)
    for index in range(len(roles) - 1, 0, -1):
        last, figure = reading.figures[index - 1], reading.figures[index]
        noun = noun_behind(reading, figure)
        lists = bool(_LIST_LINK.fullmatch(reading.text[last.end : figure.start]))
        owned = shared[index] is Role.CUTOFF and (noun is not None or shared[index] is not roles[index])
        if owned and shared[index - 1] is Role.UNKNOWN and last.unit == figure.unit and lists:
            shared[index - 1] = Role.CUTOFF
    return shared


_LIST_LINK = regex.compile(
    r"\s*(?:\([^()]{1,40}\))?\s*(?:for [\p{L} -]{1,40})?(?:,|/|,?\s?\b(?:and|or|et|ou|to)\b)\s*(?:at |de )?"
)


def taken_up(reading: Reading, roles: Sequence[Role]) -> list[Role]:
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
