"""Stated cut-offs with what they apply to, from captions, header cells, notes and prose.

A figure is a cut-off where a cut-off word stands right before it ("cut-off grade of 0.3 g/t Au") or right behind it
("a 3% Zn cut-off"), or where it goes on a list that such a figure began. Caps, modelling thresholds, drill intercepts,
costs, break-even and dilution grades are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractors.cutoff_passages import PairedTables, Passage, passages_of
from extractors.cutoff_scope import scope_of
from extractors.figures import Measure, find_measures
from extractors.issuer import read_issuer
from extractors.language import language_of
from extractors.lexicon import Hit, fold, lexicon
from extractors.scope import filled, scope_in
from models.disclosure import Category, Cutoff, Language
from models.document import Document
from models.quote import Place, Quote

BASES = regex.compile(
    r"\b(NSR|NMR|NVPT|RNF|GT)\b|net smelter return|net metallurgical return|grade thickness", regex.IGNORECASE
)


def read_cutoffs(document: Document, tables: PairedTables) -> tuple[Cutoff, ...]:
    """Every cut-off that the document states, each once."""
    language = language_of(document)
    project = read_issuer(document).project
    found: list[Cutoff] = []
    modelled: list[Cutoff] = []
    for passage in passages_of(document, tables, language):
        words = lexicon("cutoff_words").find(passage.text) if regex.search(r"\d", passage.text) else []
        if _may_state(passage, words):
            found += _cutoffs_in(passage, words, language, project)
        elif "model" in {w.means for w in words}:
            modelled += _cutoffs_in(passage, words, language, project)
    # a modelling threshold is no cut-off of its own, but says more of one that is stated elsewhere
    said_again = [m for m in modelled if any(_same(m, f) for f in found)]
    return _unrestricted(merge([*found, *said_again]))


# ---- the cut-offs of one passage ----


def _cutoffs_in(passage: Passage, words: list[Hit], language: Language, project: str | None) -> list[Cutoff]:
    chosen = _chosen(passage, words, _candidates(passage.text, language))
    cutoffs = _drop_restated([_cutoff(passage, m, chosen) for m in chosen])
    return [_without_project(cutoffs[0], project)] if len(cutoffs) == 1 else cutoffs


def _without_project(cutoff: Cutoff, project: str | None) -> Cutoff:
    """The project that the whole document is about is no zone of it, unless cut-offs are told apart by it."""
    zones = tuple(z for z in cutoff.scope.zones if project is None or z.lower() != project.lower())
    return replace(cutoff, scope=replace(cutoff.scope, zones=zones))


def cutoff_figures(text: str, language: Language) -> frozenset[tuple[int, int]]:
    """Where the figures of a text stand that are cut-offs and not grades, as spans."""
    words = lexicon("cutoff_words").find(text)
    if not any(w.means == "cutoff" for w in words):
        return frozenset()
    chosen = _chosen(Passage(text, Place()), words, _candidates(text, language))
    return frozenset((m.start, m.end) for m in chosen)


def _candidates(text: str, language: Language) -> list[Measure]:
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


def _may_state(passage: Passage, words: list[Hit]) -> bool:
    """Whether the passage speaks of a cut-off at which an estimate is stated, and not of modelling or drilling."""
    means = {w.means for w in words}
    text = passage.text
    speaks = bool(
        regex.search(r"resource|reserve|ressource|réserve|\bM(?:RM)?RE\b|\bERM\b|estimat", text, regex.IGNORECASE)
    )
    if passage.head:
        return True
    if "none" in means or "operation" in means:
        return False
    if means & {"model", "drilling"} and not speaks and not _reports(words):
        return False
    if "cutoff" in means:
        return True
    return speaks and ("reported" in means or bool(_NSR_VALUES.search(text)))


def _reports(words: list[Hit]) -> bool:
    return any(w.means == "reported" for w in words)


_NSR_VALUES = regex.compile(r"\b(?:NSR|NMR|NVPT) values?\b", regex.IGNORECASE)


def _can_be(measure: Measure) -> bool:
    return (
        measure.is_grade
        or measure.unit in ("ft%", "mm")
        or bool(regex.fullmatch(r"(?:\$|[A-Z]{3})(?:/t)?", measure.unit or ""))
    )


def _chosen(passage: Passage, words: list[Hit], measures: list[Measure]) -> list[Measure]:
    """The figures that are cut-offs: bound to a cut-off word, or going on a list of such figures."""
    text = fold(passage.text)
    chosen: list[Measure] = []
    for index, measure in enumerate(measures):
        previous = measures[index - 1] if index else None
        since = previous.end if previous else 0
        free = [w for w in words if previous is None or not _bound_behind(text, [w], previous)]
        bound = _bound_before(text, free, measure, since) or _bound_behind(text, words, measure)
        goes_on = bool(chosen) and _goes_on(text, words, chosen[-1], measure)
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
        return bool(_NSR_VALUES.search(text, since, measure.start))
    word = cutoffs[-1]
    between = text[word.end : measure.start]
    if any(w.means in ("grade", "cost", "cap", "break_even") and w.start >= word.end for w in heads):
        return False
    if word.means == "reported" and not _STATED_AT.fullmatch(between):
        return False
    return len(between) < 140 and not regex.search(r"[;?!]|\.\s", between) and not _NOT_LINK.search(between)


_STATED_AT = regex.compile(r"\s*(?:an? |the )?(?:[\p{L}]+ ){0,1}", regex.IGNORECASE)
_NOT_LINK = regex.compile(
    r"\b(?:there (?:are|is)|gives?|yields?|results? in|totals?|total|contains?|containing|holds?|rises?"
    r"|maximum|from combined|driven by|derive[sd]?)\b",
    regex.IGNORECASE,
)


def _bound_behind(text: str, words: list[Hit], measure: Measure) -> bool:
    """A cut-off word right behind the figure: "0.65% copper cut-off grade", "a $6.34 (NSR) cut-off"."""
    for word in words:
        if word.means == "cutoff" and 0 <= word.start - measure.end < 40:
            return bool(_UP_TO_WORD.fullmatch(text[measure.end : word.start]))
    return False


_UP_TO_WORD = regex.compile(
    r"\s*(?:\(?[\p{L}\d]{1,6}\)?\s*)?(?:combined|grade|block|internal|incremental|economic|base case"
    r"|reporting|NSR|NMR|net smelter return|\(NSR\)|resource|reserve|gold|copper|minimum|equivalent"
    r"|average|\s|-|,|\(|\))*",
    regex.IGNORECASE,
)


def _goes_on(text: str, words: list[Hit], last: Measure, measure: Measure) -> bool:
    """The next figure of the same dimension in a list, or in a like clause without the word repeated."""
    if last.unit != measure.unit and not (last.is_money and measure.is_money):
        return False
    between = text[last.end : measure.start]
    if measure.is_money and between.strip() == "(":
        return True
    if any(w.means in ("cost", "cap", "break_even") and last.end <= w.start < measure.start for w in words):
        return False
    if any(w.means == "grade" and last.end <= w.start < measure.start for w in words):
        return False
    if len(between) > 110 or not _LIST_STEP.search(between) or regex.search(r"\d+\s*$", between):
        return False
    return not regex.search(
        r"\b(?:tonnes|ounces|tons|pounds|recover\w*|dilution|increase|hausse|than|compared with previous)\b", between
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


def _drop_restated(cutoffs: list[Cutoff]) -> list[Cutoff]:
    """Of one value printed per short ton and per tonne, the one per tonne."""
    tons = [
        c for c in cutoffs if c.unit.endswith("/t") and regex.search(r"per (?:short )?ton\b|/ton\b", c.value.printed)
    ]
    tonnes = [c for c in cutoffs if c.unit.endswith("/t") and c not in tons]
    return [c for c in cutoffs if c not in tons or not any(t.unit == c.unit for t in tonnes)]


# ---- one cut-off ----


def _cutoff(passage: Passage, measure: Measure, chosen: Sequence[Measure]) -> Cutoff:
    value = measure.figure
    if value is None:
        raise ValueError(f"a malformed number is no cut-off: {measure.text}")
    unit = measure.unit or ""
    money = measure.is_money
    if money and "/" not in unit:
        unit += "/t"
    commodity = None if money else measure.commodity or _commodity(passage, measure, chosen)
    basis = _basis(passage.text, measure, money)
    return Cutoff(
        value=replace(value, printed=measure.text) if money else value,
        unit=unit,
        commodity="diamond" if unit == "mm" else commodity,
        quote=Quote(passage.text, passage.place),
        value_max=measure.figure_max,
        operator=_operator(passage.text, measure),
        basis=basis,
        scope=filled(filled(scope_of(passage.text, measure, chosen), scope_in(passage.head)), passage.around),
    )


def _operator(text: str, measure: Measure) -> str:
    before = fold(text[max(0, measure.start - 16) : measure.start]).lower()
    return (
        ">"
        if regex.search(r"(?:>|greater than|supérieure? à)\s*$", before) and not regex.search(r"≥|>=", before)
        else ">="
    )


def _basis(text: str, measure: Measure, money: bool) -> str | None:
    if not money and measure.unit != "ft%":
        return None
    found = BASES.search(text)
    if not found:
        return None
    return {"NET SMELTER RETURN": "NSR", "NET METALLURGICAL RETURN": "NMR", "GRADE THICKNESS": "GT"}.get(
        found.group().upper(), found.group().upper()
    )


def _commodity(passage: Passage, measure: Measure, chosen: Sequence[Measure]) -> str | None:
    """The metal of a figure that prints none: of the list it stands in, or named between cut-off word and figure."""
    text = passage.text
    later = [m for m in chosen if m.start > measure.start and m.unit == measure.unit and m.commodity]
    before = [m for m in chosen if m.start < measure.start and m.unit == measure.unit and m.commodity]
    if named := _named_before(text, measure):
        return named
    if behind := lexicon("commodities").find(_up_to_word(text, measure)):
        return behind[-1].means
    if later or before:
        return (later or before[::-1])[0].commodity
    return _only_metal(passage, measure)


def _named_before(text: str, measure: Measure) -> str | None:
    """A metal between cut-off word and figure, or right before the word: "gold cut-off grade lies between"."""
    window = fold(text[max(0, measure.start - 70) : measure.start])
    metals = lexicon("commodities").find(window)
    words = [w for w in lexicon("cutoff_words").find(window) if w.means == "cutoff"]
    if not metals or not words or regex.search(r"[\d.;:*]", window[metals[-1].end :]):
        return None
    apart = window[metals[-1].end : words[-1].start] if metals[-1].end <= words[-1].start else ""
    return metals[-1].means if len(apart.strip()) < 14 else None


def _up_to_word(text: str, measure: Measure) -> str:
    """What stands between a figure and the cut-off word behind it."""
    words = [w for w in lexicon("cutoff_words").find(text) if w.means == "cutoff" and 0 <= w.start - measure.end < 40]
    return text[measure.end : words[0].start] if words else ""


def _only_metal(passage: Passage, measure: Measure) -> str | None:
    """The sentence's one metal that is printed with a grade in the cut-off's own unit, or else with a price."""
    measures = [m for m in find_measures(passage.text, Language.ENGLISH) if m.commodity]
    named = {m.commodity for m in measures if measure.unit == "%" and not m.is_money} or {
        m.commodity for m in measures if m.is_money
    }
    return named.pop() if len(named) == 1 else None


# ---- the same cut-off stated twice ----


def merge(cutoffs: Sequence[Cutoff]) -> tuple[Cutoff, ...]:
    """The cut-offs without repetitions: same value, unit and metal, and scopes that do not contradict each other."""
    kept: list[Cutoff] = []
    for cutoff in cutoffs:
        at = next((i for i, k in enumerate(kept) if _same(k, cutoff)), None)
        if at is None:
            kept.append(cutoff)
        else:
            kept[at] = replace(
                kept[at],
                commodity=kept[at].commodity or cutoff.commodity,
                scope=filled(kept[at].scope, cutoff.scope),
            )
    return tuple(kept)


def _unrestricted(cutoffs: tuple[Cutoff, ...]) -> tuple[Cutoff, ...]:
    """A list of all categories of resources restricts nothing, unless other cut-offs hold for other categories."""
    named = {frozenset(c.scope.categories) for c in cutoffs}
    if named != {frozenset({Category.MEASURED, Category.INDICATED, Category.INFERRED})}:
        return cutoffs
    return tuple(replace(c, scope=replace(c.scope, categories=())) for c in cutoffs)


def _same(a: Cutoff, b: Cutoff) -> bool:
    values = (a.value.value, a.value_max.value if a.value_max else None)
    if values != (b.value.value, b.value_max.value if b.value_max else None) or a.unit != b.unit:
        return False
    if a.commodity and b.commodity and a.commodity != b.commodity:
        return False
    return all(
        not set(x) or not set(y) or set(x) & set(y)
        for x, y in (
            (a.scope.types, b.scope.types),
            (a.scope.categories, b.scope.categories),
            (a.scope.materials, b.scope.materials),
            (a.scope.zones, b.scope.zones),
        )
    )
