"""Stated cut-offs with what they apply to, from captions, header cells, notes and prose.

A figure is a cut-off where a cut-off word stands right before it ("cut-off grade of 0.3 g/t Au") or right behind it
("a 3% Zn cut-off"), or where it goes on a list that such a figure began. Caps, modelling thresholds, drill intercepts,
costs, break-even and dilution grades are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import limited_regex as regex
from extractors.cutoff_figures import chosen_of
from extractors.cutoff_passages import PairedTables, Passage, passages_of
from extractors.cutoff_scope import scopes_of
from extractors.figure_units import metals_at
from extractors.figures import Measure, find_measures
from extractors.issuer import read_issuer
from extractors.language import language_of
from extractors.lexicon import Hit, fold, lexicon
from extractors.scope import filled, scope_in
from models.disclosure import Category, Cutoff, Language, Scope
from models.document import Document
from models.quote import Quote

BASES = regex.compile(
    r"\b(NSR|NMR|NVPT|RNF|GT)\b|net smelter return|net metallurgical return|grade thickness", regex.IGNORECASE
)


def read_cutoffs(document: Document, tables: PairedTables) -> tuple[Cutoff, ...]:
    """Every cut-off that the document states, each once."""
    language = language_of(document)
    issuer = read_issuer(document)
    tabulated = any(table.lines for _, table in tables)
    project = issuer.project if tabulated and not _tells_apart(tables, issuer.project) else None
    found: list[Cutoff] = []
    modelled: list[Cutoff] = []
    for passage in passages_of(document, tables):
        words = lexicon("cutoff_words").find(passage.text) if regex.search(r"\d", passage.text) else []
        if _may_state(passage, words):
            found += _cutoffs_in(passage, words, language, project)
        elif "model" in {w.means for w in words}:
            modelled += _cutoffs_in(passage, words, language, project)
    # a modelling threshold is no cut-off of its own, but says more of one that is stated elsewhere
    said_again = [m for m in modelled if any(_same(m, f) for f in found)]
    stated = _unrestricted(merge([*found, *said_again]))
    return tuple(_without_what_is_all(c, tables, issuer.title if len(stated) == 1 else None) for c in stated)


def _tells_apart(tables: PairedTables, project: str | None) -> bool:
    """True where the project's own name is one zone of several of the estimate lines."""
    own = _words(project or "")
    zones = [_words(line.zone) for _, table in tables for line in table.lines if line.zone]
    return any(zone <= own for zone in zones) and any(not zone <= own for zone in zones)


def _without_what_is_all(cutoff: Cutoff, tables: PairedTables, title: str | None) -> Cutoff:
    """Several zones that are all that the document estimates restrict nothing; nor does a headline's category.

    ``title`` is the headline of a document with one cut-off only: it names what it boasts of, not what it leaves out.
    """
    scope, named = cutoff.scope, [_words(zone) for zone in cutoff.scope.zones]
    if len(named) > 1 and (_are_all_zones(named, tables) or _are_in_captions(named, tables)):
        scope = replace(scope, zones=())
    if title and cutoff.quote.text == title and any(table.lines for _, table in tables):
        scope = replace(scope, categories=())
    return replace(cutoff, scope=scope)


def _are_all_zones(named: Sequence[frozenset[str]], tables: PairedTables) -> bool:
    zones = {line.zone for _, table in tables for line in table.lines if line.zone}
    return len(zones) > 1 and all(any(_words(zone) <= one for one in named) for zone in zones)


def _are_in_captions(named: Sequence[frozenset[str]], tables: PairedTables) -> bool:
    captions = [_words(table.caption) for _, table in tables]
    return bool(captions) and all(zone <= caption for caption in captions for zone in named)


def _words(name: str) -> frozenset[str]:
    return frozenset(regex.findall(r"[\p{L}\d]+", name.casefold()))


# ---- the cut-offs of one passage ----


def _cutoffs_in(passage: Passage, words: list[Hit], language: Language, project: str | None) -> list[Cutoff]:
    chosen = chosen_of(passage, words, language)
    scopes = scopes_of(passage.text, chosen) if chosen else []
    for index, measure in enumerate(chosen):
        if not measure.is_money and not measure.commodity:
            chosen[index] = replace(measure, commodity=_commodity(passage, measure, chosen))
    cutoffs = _drop_restated([_cutoff(passage, m, s) for m, s in zip(chosen, scopes, strict=True)])
    return [_without_project(cutoffs[0], project)] if len(cutoffs) == 1 else cutoffs


def _without_project(cutoff: Cutoff, project: str | None) -> Cutoff:
    """The project that the document tabulates is no zone of it, unless cut-offs are told apart by it."""
    zones = tuple(z for z in cutoff.scope.zones if project is None or z.lower() != project.lower())
    return replace(cutoff, scope=replace(cutoff.scope, zones=zones))


def _may_state(passage: Passage, words: list[Hit]) -> bool:
    """Whether the passage speaks of a cut-off at which an estimate is stated, and not of modelling or drilling."""
    means = {w.means for w in words}
    text = passage.text
    speaks = bool(
        regex.search(
            r"resource|reserve|ressource|réserve|\bM(?:RM)?RE\b|\bERM\b|estimat(?:es?\b|ion)", text, regex.IGNORECASE
        )
    )
    if passage.head:
        return True
    if (
        "operation" in means
        or ("changed" in means and not speaks)
        or ("none" in means and not means & {"cutoff", "reported"})
    ):
        return False
    if not speaks and ("drilling" in means or ("model" in means and not _reports(words))):
        return False
    if "cutoff" in means:
        return True
    if "reported" in means:
        return speaks
    return (
        "threshold" in means
        and "model" not in means
        and bool(lexicon("types").find(text) or _THE_ESTIMATE.search(text))
    )


_THE_ESTIMATE = regex.compile(
    r"\b(?:the|this|l'|cette) ?(?:\p{L}+ )?estimat(?:e|ion)\b(?! of| des?\b)", regex.IGNORECASE
)
"""What a threshold must be the threshold of, unless it says resource or reserve: not "the estimation of grades"."""


def _reports(words: list[Hit]) -> bool:
    return any(w.means == "reported" for w in words)


def _drop_restated(cutoffs: list[Cutoff]) -> list[Cutoff]:
    """Of one value printed per short ton and per tonne, the one per tonne."""
    tons = [
        c for c in cutoffs if c.unit.endswith("/t") and regex.search(r"per (?:short )?ton\b|/ton\b", c.value.printed)
    ]
    tonnes = [c for c in cutoffs if c.unit.endswith("/t") and c not in tons]
    return [c for c in cutoffs if c not in tons or not any(t.unit == c.unit for t in tonnes)]


# ---- one cut-off ----


def _cutoff(passage: Passage, measure: Measure, scope: Scope) -> Cutoff:
    value = measure.figure
    if value is None:
        raise ValueError(f"a malformed number is no cut-off: {measure.text}")
    unit = measure.unit or ""
    money = measure.is_money
    if money and "/" not in unit:
        unit += "/t"
    commodity = None if money else measure.commodity
    basis = _basis(f"{passage.head} {passage.text}", measure, money)
    return Cutoff(
        value=replace(value, printed=measure.text) if money else value,
        unit=unit,
        commodity="diamond" if unit == "mm" else commodity,
        quote=Quote(passage.text, passage.place),
        value_max=measure.figure_max,
        operator=_operator(passage.text, measure),
        basis=basis,
        scope=filled(filled(scope, scope_in(passage.head)), passage.around),
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
    return _with_those_before(window, metals) if len(apart.strip()) < 14 else None


def _with_those_before(text: str, metals: list[Hit]) -> str:
    """The last metal, or the sum that it ends: "a combined lead and zinc cut-off", "a zinc plus lead cut-off"."""
    combined = any(regex.search(r"\bcombin(?:ed|ée?s?)(?: en)?\s+$", text[: m.start], regex.IGNORECASE) for m in metals)
    sums = (metals_at(text, m, combined=combined) for m in metals)
    return next(named for named, end in sums if end >= metals[-1].end)


def _up_to_word(text: str, measure: Measure) -> str:
    """What stands between a figure and the cut-off word behind it."""
    words = [w for w in lexicon("cutoff_words").find(text) if w.means == "cutoff" and 0 <= w.start - measure.end < 40]
    return text[measure.end : words[0].start] if words else ""


def _only_metal(passage: Passage, measure: Measure) -> str | None:
    """The sentence's one metal that is printed with a grade in the cut-off's own unit, or else with a price."""
    measures = [m for m in find_measures(passage.text, Language.ENGLISH) if m.commodity]
    metals = lexicon("commodities").find(passage.text)
    named = (
        {m.commodity for m in measures if measure.unit == "%" and not m.is_money}
        or {m.commodity for m in measures if m.is_money}
        or {m.means for m in metals if regex.match(r"\s+prices?\b", passage.text[m.end :])}
    )
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
