"""Metal equivalents: the formula as printed, and the prices and recoveries that stand with it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from extractors import limited_regex as regex
from extractors.figures import Measure, find_measures
from extractors.language import language_of
from extractors.lexicon import fold, lexicon
from extractors.prose import paragraphs_about
from extractors.topics import Topic
from models.disclosure import Equivalence, Language, Price
from models.document import Document, Paragraph
from models.quote import Quote

_T = TypeVar("_T")
_EQUIVALENT = regex.compile(r"^(?P<c>\w+?Eq)$")
_FORMULA = regex.compile(
    r"(?P<name>[\p{L}\d]{1,6} ?-?Eq\w*\.?|[\p{L}\d]+ equivalent)\s*(?:\([^)]{1,8}\)|grade|g/t|%"
    r"|oz)*\s*=\s*(?P<body>[^;]*?[+*×x/][^;]*)",
    regex.IGNORECASE,
)
_MAY_NAME = regex.compile(r"eq|éq", regex.IGNORECASE)
_MONEY = regex.compile(r"[$€£]|USD|CAD|CDN|AUD|EUR|SEK", regex.IGNORECASE)
"""What every price prints."""

_RECOVERY_WORDS = regex.compile(r"recover\w*|récupération", regex.IGNORECASE)

_FORMULAS, _EQUIVALENTS = Topic(_FORMULA), Topic(_MAY_NAME)
_PRICES, _RECOVERIES = Topic(_MONEY), Topic(_RECOVERY_WORDS)


def read_equivalences(document: Document) -> tuple[Equivalence, ...]:
    """One equivalence a commodity that the notes or the prose explain, with the prices and recoveries of the document.

    A document that prints an equivalent without a formula has one where it gives the prices that it was computed with.
    """
    language = language_of(document)
    formulas = {c: (f, p) for _, p in paragraphs_about(document, _FORMULAS) for c, f in formulas_in(p)}
    prices = _first_of_each(_prices(p, language) for _, p in paragraphs_about(document, _PRICES))
    recoveries = _first_of_each(_recoveries(p, language) for _, p in paragraphs_about(document, _RECOVERIES))
    named = _equivalents_named(document) if prices else {}
    found = []
    for commodity in dict.fromkeys([*formulas, *named]):
        formula, paragraph = formulas.get(commodity, (None, named.get(commodity)))
        if paragraph is not None:
            quote = Quote(paragraph.text, paragraph.place)
            found.append(Equivalence(commodity, formula, quote, tuple(prices.items()), tuple(recoveries.items())))
    return tuple(found)


def formulas_in(paragraph: Paragraph) -> list[tuple[str, str]]:
    """The equivalent formulas of a paragraph: commodity and formula as printed."""
    found: list[tuple[str, str]] = []
    if "=" not in paragraph.base:
        return found
    for match in _FORMULA.finditer(fold(paragraph.base)):
        commodity = lexicon("commodities").first(match["name"])
        if commodity and _EQUIVALENT.match(commodity):
            formula = regex.split(r"\.\s+(?=\p{Lu}[\p{Ll}])", paragraph.base[match.start() : match.end()])[0]
            found.append((commodity, formula.strip().rstrip(".")))
    return found


def _equivalents_named(document: Document) -> dict[str, Paragraph]:
    """Equivalents that paragraphs name, each with the first paragraph that does."""
    named: dict[str, Paragraph] = {}
    for _, paragraph in paragraphs_about(document, _EQUIVALENTS):
        for commodity in lexicon("commodities").means(paragraph.base) if _MAY_NAME.search(paragraph.base) else ():
            if _EQUIVALENT.match(commodity):
                named.setdefault(commodity, paragraph)
    return named


def _prices(paragraph: Paragraph, language: Language) -> list[tuple[str, Price]]:
    """Metal prices: money per ounce, pound or tonne with a metal beside it."""
    text = paragraph.base
    found: list[tuple[str, Price]] = []
    if not _MONEY.search(text):
        return found
    for measure in find_measures(text, language):
        if not measure.is_money or measure.value is None or "/" not in (measure.unit or ""):
            continue
        currency, per = (measure.unit or "").split("/")
        metal = measure.commodity or _metal_before(text, measure)
        if metal and (per != "t" or regex.search(r"\bprices?\b|\bprix\b", text, regex.IGNORECASE)):
            found.append((metal, Price(measure.value, currency, per)))
    return found


def _metal_before(text: str, measure: Measure) -> str | None:
    """The metal right before a price ("gold price of US$1,500/oz", "or à 1 820 $CA l'once")."""
    before = text[max(0, measure.start - 30) : measure.start]
    metals = lexicon("commodities").find(before)
    plain = (
        regex.fullmatch(r"[\s(]*(?:prices?|price of|at|of|is|à|=|:|assumption|assumed|\s)*", before[metals[-1].end :])
        if metals
        else None
    )
    return metals[-1].means if plain else None


def _recoveries(paragraph: Paragraph, language: Language) -> list[tuple[str, Decimal]]:
    """Recoveries as fractions: a percentage with a metal in a paragraph about recovery, behind that word."""
    text = paragraph.base
    word = _RECOVERY_WORDS.search(text)
    if not word:
        return []
    return [
        (m.commodity, (m.value / 100).normalize())
        for m in find_measures(text, language)
        if m.unit == "%"
        and m.commodity
        and m.value is not None
        and 10 <= m.value <= 100
        and m.start > word.start() - 40
    ]


def _first_of_each(lists: Iterable[list[tuple[str, _T]]]) -> dict[str, _T]:
    """The first value of each commodity, in order."""
    found: dict[str, _T] = {}
    for pairs in lists:
        for commodity, value in pairs:
            found.setdefault(commodity, value)
    return found
