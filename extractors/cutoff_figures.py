"""Which figures of a sentence are cut-offs: bound to the word before or behind them, or going on a list of such."""

from __future__ import annotations

from dataclasses import replace

from extractors import limited_regex as regex
from extractors.cutoff_passages import Passage
from extractors.figures import Measure, find_measures
from extractors.lexicon import Hit, fold, lexicon
from extractors.scope import scope_in
from models.disclosure import Language
from models.quote import Place


def cutoff_figures(text: str, language: Language) -> frozenset[tuple[int, int]]:
    """Where the figures of a text stand that are cut-offs and not grades, as spans."""
    words = lexicon("cutoff_words").find(text)
    if not any(w.means == "cutoff" for w in words):
        return frozenset()
    chosen = chosen_of(Passage(text, Place()), words, candidates(text, language))
    return frozenset((m.start, m.end) for m in chosen)


def candidates(text: str, language: Language) -> list[Measure]:
    """The figures in a unit that a cut-off can have; a bare one has that of its list: "3.1, 2.8 and 4.0 g/t"."""
    found: list[Measure] = []
    for printed in reversed(find_measures(text, language)):
        following = found[-1] if found else None
        if following and _is_in_list(text, printed, following):
            found.append(replace(printed, unit=following.unit, commodity=following.commodity))
        elif printed.unit and printed.value is not None and _can_be(printed):
            found.append(printed)
    return found[::-1]


def _is_in_list(text: str, bare: Measure, following: Measure) -> bool:
    between = text[bare.end : following.start]
    return bare.unit is None and bare.value is not None and bool(_LIST_OF_FIGURES.fullmatch(between))


_LIST_OF_FIGURES = regex.compile(r",\s+|,?\s+(?:and|or|et|ou)\s+", regex.IGNORECASE)

NSR_VALUES = regex.compile(r"\b(?:NSR|NMR|NVPT) values?\b", regex.IGNORECASE)


def _can_be(measure: Measure) -> bool:
    return (
        measure.is_grade
        or measure.unit in ("ft%", "mm")
        or bool(regex.fullmatch(r"(?:\$|[A-Z]{3})(?:/t)?", measure.unit or ""))
    )


def chosen_of(passage: Passage, words: list[Hit], measures: list[Measure]) -> list[Measure]:
    """The figures that are cut-offs: bound to a cut-off word, or going on a list of such figures."""
    text = fold(passage.text)
    words = _applied(words, text)
    chosen: list[Measure] = []
    for index, measure in enumerate(measures):
        previous = measures[index - 1] if index else None
        since = previous.end if previous else 0
        free = [w for w in words if previous is None or not _bound_behind(text, [w], previous)]
        bound = _bound_before(text, free, measure, since) or _bound_behind(text, words, measure)
        goes_on = bool(chosen) and (_goes_on(text, words, chosen[-1], measure) or _is_parallel(text, chosen, measure))
        listed = bool(passage.head) and index == 0
        if (bound or goes_on or listed) and not _is_else(text, words, measure, since):
            chosen.append(measure)
    return [m for m in chosen if not regex.fullmatch(r"\$|[A-Z]{3}", m.unit or "") or _is_nsr(text, m)]


def _is_nsr(text: str, measure: Measure) -> bool:
    """Money without "per tonne" is a cut-off only right before its basis: "a $6.34 NSR cut-off"."""
    return bool(
        regex.match(r"\s*(?:\([^)]*\)\s*)?(?:NSR|NMR|NVPT|net smelter return)", text[measure.end :], regex.IGNORECASE)
    )


def _bound_before(text: str, words: list[Hit], measure: Measure, since: int) -> bool:
    """A cut-off word before the figure, with nothing between that would own the figure."""
    heads = [w for w in words if since <= w.start and w.end <= measure.start]
    cutoffs = [w for w in heads if w.means in ("cutoff", "reported")]
    if not cutoffs:
        return bool(NSR_VALUES.search(text, since, measure.start))
    word = cutoffs[-1]
    between = text[word.end : measure.start]
    if any(w.means in ("grade", "cost", "cap", "break_even") and w.start >= word.end for w in heads):
        return False
    if word.means == "reported" and not _STATED_AT.fullmatch(between):
        return False
    return len(between) < 140 and not regex.search(r"[;?!]|\.\s", between) and not _NOT_LINK.search(between)


_STATED_AT = regex.compile(r"\s*(?:[≥>=]+\s*)?(?:an? |the )?(?:[\p{L}]+ ){0,1}", regex.IGNORECASE)

_NOT_LINK = regex.compile(
    r"\b(?:there (?:are|is)|gives?|yields?|results? in|totals?|total|contains?|containing|holds?|rises?"
    r"|maximum|from combined|driven by|derive[sd]?)\b",
    regex.IGNORECASE,
)


def _bound_behind(text: str, words: list[Hit], measure: Measure) -> bool:
    """A cut-off word right behind the figure: "0.65% copper cut-off grade", "a $6.34 (NSR) cut-off"."""
    for word in words:
        if word.means == "cutoff" and 0 <= word.start - measure.end < 40:
            if _IN_BRACKETS.search(text[measure.end : word.start]) and _HAS_VALUE.match(text[word.end :]):
                return False
            return bool(_UP_TO_WORD.fullmatch(text[measure.end : word.start]))
    return False


_IN_BRACKETS = regex.compile(r"\(\s*$")
_HAS_VALUE = regex.compile(r"\s*(?:of|=|:|at|de|à)?\s*[≥>]?\s*(?:US|C|A)?\$?\s?\d")
"""A word in brackets with a value of its own says nothing of the grade before: "2.1% Zn (cut-off 1.2% Zn)"."""

_UP_TO_WORD = regex.compile(
    r"\s*(?:\(\d[\d.,]* ?[^()\s]{1,8}\)\s*)?(?:\(?\"?[\p{L}\d]{1,8}\"?\)?\s*)?"
    r"(?:combined|grade|block|internal|incremental|economic|base case"
    r"|reporting|NSR|NMR|net smelter return|\(NSR\)|resource|reserve|gold|copper|minimum|equivalent"
    r"|average|\s|-|,|\(|\))*",
    regex.IGNORECASE,
)


def _goes_on(text: str, words: list[Hit], last: Measure, measure: Measure) -> bool:
    """The next figure of the same dimension in a list, or in a like clause without the word repeated."""
    if last.unit != measure.unit and not (last.is_money and measure.is_money):
        return False
    between = _behind_word(text, words, last.end, measure.start)
    if (measure.is_money and between.strip() == "(") or _OF_ANOTHER_YEAR.fullmatch(between):
        return True
    if any(w.means in ("cost", "cap", "break_even") and last.end <= w.start < measure.start for w in words):
        return False
    if any(w.means == "grade" and last.end <= w.start < measure.start for w in words):
        return False
    if len(between) > 110 or regex.search(r"\d+\s*$", between):
        return False
    if not (_LIST_STEP.search(between) or _is_like_clause(between) or _is_next_place(text, between, measure)):
        return False
    return not regex.search(
        r"\b(?:tonnes|ounces|tons|pounds|recover\w*|dilution|increase|hausse|than|compared with previous)\b", between
    )


_OF_ANOTHER_YEAR = regex.compile(r"\s*\((?:FY ?)?(?:19|20)\d\d(?: ?: ?| - )\s*", regex.IGNORECASE)
"""Last year's value in brackets: "US$19.80/t (2021: US$18.10/t)"."""


def _behind_word(text: str, words: list[Hit], start: int, end: int) -> str:
    """What stands between two figures, without the cut-off word that the first is bound to: "0.9% Ni cut-off for"."""
    bound = next(
        (w for w in words if w.means == "cutoff" and w.start >= start and not text[start : w.start].strip()), None
    )
    return text[bound.end : end] if bound and bound.end <= end else text[start:end]


def _is_parallel(text: str, chosen: list[Measure], measure: Measure) -> bool:
    """A clause that begins with the same words as that of a cut-off: ": at 0.4 g/t Au, 31 Mt; at 0.6 g/t Au, 22 Mt"."""
    lead = _clause_lead(text, measure)
    return bool(lead) and any(
        c.unit == measure.unit and c.commodity == measure.commodity and _clause_lead(text, c) == lead for c in chosen
    )


def _clause_lead(text: str, measure: Measure) -> str:
    """The words between the last colon, semicolon or line's end and a figure, where there are few."""
    lead = regex.search(r"[:;]\s+([\p{L} ]{1,20})$", text[: measure.start])
    return lead.group(1).casefold() if lead else ""


def _applied(words: list[Hit], text: str) -> list[Hit]:
    """A break-even cut-off at which estimates are stated is one like others; one that is only computed is none."""
    states = bool(lexicon("types").find(text)) and not regex.search(r"\b(?:calculated|rounded|chosen|raised)\b", text)
    return [
        replace(w, means="cutoff") if states and w.means == "break_even" and "cut" in w.text.lower() else w
        for w in words
    ]


def _is_like_clause(between: str) -> bool:
    """A clause with ore of its own that ends where a value must follow: ", and Mineral Resources at ..."."""
    opened = _CLAUSE.search(between)
    if not opened or regex.search(r"\d", between) or not _TAKES_VALUE.search(between):
        return False
    own = scope_in(between[opened.end() :])
    return bool(own.types or own.categories or own.materials or own.zones)


def _is_next_place(text: str, between: str, measure: Measure) -> bool:
    """The next value of places in turn: "... is used at Dome, 2.5 g/t Au at Hollow and 0.45 g/t Au at Kestrel"."""
    if regex.search(r"\d", between) or not regex.search(r"(?:,|,? (?:and|et))\s+$", between):
        return False
    own, goes_on = scope_in(between), regex.match(r"\s*(?:at|for|in|à|pour|dans)\b", text[measure.end :])
    return bool(goes_on) and bool(own.zones or own.materials)


_CLAUSE = regex.compile(r"[,;]\s|\.\s+(?=\p{Lu})|\b(?:and|while|whereas|et|tandis que)\b", regex.IGNORECASE)
_TAKES_VALUE = regex.compile(
    r"\b(?:at|above|of|is|are|was|were|where|uses?|used|using|with|to|à|de|est|sont|où)\s+(?:an?\s+|une?\s+)?$",
    regex.IGNORECASE,
)

_LIST_STEP = regex.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:(?:NSR|NMR|NVPT)\s+)?(?:[,;]|and\b|or\b|et\b|for\b|at\b|pour\b|with\b|while\b|whereas\b"
    r"|compared to\b|in\b|of\b|en\b|dans\b|à\b"
    r"|\.?\s*⎯|where\b)|;|compared (?:to|with) (?:the|an?)?\s*$",
    regex.IGNORECASE,
)


def _is_else(text: str, words: list[Hit], measure: Measure, since: int) -> bool:
    """True where the nearest telling word before the figure makes it a grade, a cost, a cap or a break-even value."""
    before = [w for w in words if w.means in _TELLING and w.end <= measure.start and w.start >= since - 1]
    if _bound_behind(text, words, measure):
        return bool(regex.search(r"\b(?:capped|top[- ]cut)\b", text[since : measure.start]))
    if regex.match(r"\s*(?:recover|dilution|increase|metal(?:lurgical)? rec|of the\b)", text[measure.end :]):
        return True
    if before and before[-1].means in ("grade", "cap", "cost", "break_even"):
        return True
    return measure.is_grade and since > 0 and _same_again(text, measure)


_TELLING = frozenset({"cutoff", "reported", "grade", "cap", "cost", "break_even", "other"})


def _same_again(text: str, measure: Measure) -> bool:
    """A figure in brackets right behind another is the same value in another unit."""
    return bool(regex.search(r"\d[^()]{0,14}\(\s*$", text[: measure.start]))
