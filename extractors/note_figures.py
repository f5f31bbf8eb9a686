"""The figures of a note: prices, recoveries, densities, dilution, exchange rates and minimum widths."""

from __future__ import annotations

from collections.abc import Iterator

from extractors import limited_regex as regex
from extractors.figures import Measure, find_measures
from extractors.lexicon import Hit, fold, lexicon
from models.disclosure import Assumption, Language, NoteFigure
from models.quote import Place, Quote

_UNITS = {
    Assumption.PRICE: regex.compile(r"(?:\$|[A-Z]{3})/(?:oz|lb|kg|t|mtu)"),
    Assumption.RECOVERY: regex.compile("%"),
    Assumption.DILUTION: regex.compile("%"),
    Assumption.DENSITY: regex.compile(r"t/m3|g/cm3"),
    Assumption.EXCHANGE_RATE: regex.compile("rate"),
    Assumption.MINIMUM_WIDTH: regex.compile("m|ft"),
}
"""The units that a figure of each kind has; a figure in another is none, whatever word stands before it."""

_BEHIND = 24
"""Characters that can part a figure from the noun behind it: "92% gold recovery"."""


def figures_in(text: str, place: Place, language: Language) -> tuple[NoteFigure, ...]:
    """The figures of a note, each with what it is the figure of, its unit, and the metal of a price or recovery."""
    return tuple(_figures(fold(text), text, place, language))


def _figures(folded: str, text: str, place: Place, language: Language) -> Iterator[NoteFigure]:
    words = lexicon("note_figures").find(text)
    last: tuple[Measure, str, Assumption] | None = None
    for measure in find_measures(text, language) if words else ():
        unit = _unit(folded, measure)
        about = _about(folded, words, measure, unit, last)
        figure = measure.figure
        if about is Assumption.EXCHANGE_RATE and measure.value == 1:
            continue  # the one unit of money that the rate is for: "US$0.78 per C$1.00", "1:1.05"
        if about is None or figure is None:
            last = None if unit and unit != "rate" else last
            continue
        last = measure, unit, about
        metal = measure.commodity or _metal(text, measure) if about in _OF_METALS else None
        yield NoteFigure(about, figure, unit, metal, Quote(measure.text, place), measure.figure_max)


_OF_METALS = frozenset({Assumption.PRICE, Assumption.RECOVERY})


def _unit(text: str, measure: Measure) -> str:
    """The unit of a figure: one that measures, or of density or width, or "rate" for a number alone or in money."""
    if behind := _DENSITY.match(text, measure.start):
        return "g/cm3" if "c" in behind["unit"].casefold() else "t/m3"
    if _LENGTH.match(text, measure.end):
        return "ft" if regex.match(r"\s?-?(?:ft|f)", text[measure.end :]) else "m"
    return "rate" if measure.unit is None or regex.fullmatch(r"\$|[A-Z]{3}", measure.unit) else measure.unit


_DENSITY = regex.compile(
    r"[\d.,]+\s?(?P<unit>t(?:onnes?)?\s?/\s?m[3³]|tonnes? (?:per|par) (?:cubic met\p{L}+|mètre cube)"
    r"|g\s?/\s?c(?:m[3³]|c))"
)
_LENGTH = regex.compile(r"\s?-?(?:m(?:et(?:er|re)s?|ètres?)?|ft|feet|foot)(?![\p{L}\d/³])")


def _about(
    text: str, words: list[Hit], measure: Measure, unit: str, last: tuple[Measure, str, Assumption] | None
) -> Assumption | None:
    """What a figure is: a density by its unit, else what the noun behind it, the word before it or its list says."""
    if unit in ("t/m3", "g/cm3"):
        return Assumption.DENSITY
    behind = next((w for w in words if 0 <= w.start - measure.end <= _BEHIND), None)
    if behind and _ADJECTIVES.fullmatch(text[measure.end : behind.start]):
        return _fitting(behind, unit)
    since = last[0].end if last else 0
    before = [w for w in words if since <= w.start and w.end <= measure.start]
    if before:
        near = measure.start - before[-1].end < 90 and not regex.search(
            r"[;]|\.\s", text[before[-1].end : measure.start]
        )
        return _fitting(before[-1], unit) if near else None
    if (
        last
        and last[1].partition("/")[0] == unit.partition("/")[0]
        and _IN_LIST.fullmatch(text[last[0].end : measure.start])
    ):
        return last[2]
    return None


_ADJECTIVES = regex.compile(r"\s*(?:(?!(?:and|or|for|in|of|at|with|to|et|ou|de|pour)\b)[\p{L}-]+\s+){0,2}")
_IN_LIST = regex.compile(r"[^;.\d]{0,40}(?:,|\band\b|\bet\b|;)[^;.\d]{0,30}")


def _fitting(word: Hit, unit: str) -> Assumption | None:
    about = None if word.means == "else" else Assumption(word.means)
    return about if about and _UNITS[about].fullmatch(unit) else None


def _metal(text: str, measure: Measure) -> str | None:
    """The metal that stands right behind a figure, or nearest before it: "gold price of US$1,800/oz"."""
    behind = lexicon("commodities").find(text[measure.end : measure.end + 24])
    if behind and regex.fullmatch(r"\s*(?:for |of |pour |d'|de |\()?", text[measure.end :][: behind[0].start]):
        return behind[0].means
    *_, before = regex.split(r"[;.]\s|\d", text[max(0, measure.start - 60) : measure.start])
    named = lexicon("commodities").find(before)
    return named[-1].means if named else None
