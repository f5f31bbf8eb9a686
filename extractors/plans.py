"""What a document says of its mine plan: ore, waste and strip ratio, the ore that a plant takes, and the mine life.

Read from sentences before the legal text, and from rows of a label and one figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractors import limited_regex as regex
from extractors.figures import read_printed
from extractors.language import language_of
from extractors.lexicon import fold
from extractors.prose import paragraphs_about, split_paragraph
from extractors.topics import Topic
from models.disclosure import Language
from models.document import Document, Grid, Paragraph
from models.figure import Figure
from models.quote import Quote


class Said(StrEnum):
    """What a figure of a mine plan is; masses are in tonnes, a mine life in years."""

    STRIP_RATIO = "strip ratio"
    WASTE = "waste"
    ORE = "ore"
    A_DAY = "tonnes a day"
    A_YEAR = "tonnes a year"
    DAYS = "days a year"
    LIFE = "mine life"


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A figure of a mine plan with the sentence, or the row, that it was read from.

    ``block`` is the paragraph or the table: figures of one speak of one plan.
    """

    said: Said
    figure: Figure
    quote: Quote
    block: int


_N = r"(?P<n>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_SCALE = r"(?: ?(?P<scale>millions?(?: de)?|thousands?|milliers? de|M|k))?"
_TONNES = rf"{_N}{_SCALE} ?(?:metric )?(?:tonnes?|t)\b"
_RATIO = r"(?:strip(?:ping)? ratio|(?:ratio|rapport|coefficient) (?:stérile/minerai|stérile sur minerai|de décapage))"
_ORE = r"(?:ore|mill feed|plant feed|minerai)"
_WASTE = r"(?:waste(?: rock)?|stériles?)"
_DAY, _YEAR = (
    r"(?:per day|a day|/ ?d(?:ay)?|par jour|/ ?j(?:our)?)",
    r"(?:per (?:year|annum)|a year|/ ?(?:a|y|yr|year)|par an(?:née)?|/ ?an)",
)
_LIFE = r"(?:mine life|life of (?:the )?mine|vie de la mine)"
"""What follows "about" is no figure to test: it says itself that it was not rounded."""

_SUBJECT = regex.compile(rf"{_RATIO}|{_LIFE}", regex.IGNORECASE)
_PLANS = Topic(_SUBJECT)
_PATTERNS: tuple[tuple[Said, regex.Pattern], ...] = tuple(
    (said, regex.compile(pattern, regex.IGNORECASE))
    for said, pattern in (
        (
            Said.STRIP_RATIO,
            rf"{_RATIO}(?: \([^)]*\))?(?: of| is| averages?| est de| de|:)? ?{_N}(?: ?: ?1(?![\d.,])|\b)",
        ),
        (Said.STRIP_RATIO, rf"{_N} ?: ?1 {_RATIO}"),
        (Said.WASTE, rf"{_TONNES} (?:of|de) {_WASTE}"),
        (Said.ORE, rf"{_TONNES} (?:of|de) {_ORE}"),
        (Said.WASTE, rf"^(?:total )?{_WASTE}(?: mined| extraits?)? \((?P<scale>M|k|)t\) {_N}$"),
        (Said.ORE, rf"^(?:total )?{_ORE}(?: mined| milled| extrait| traité)? \((?P<scale>M|k|)t\) {_N}$"),
        (Said.A_DAY, rf"{_TONNES}(?: of ore| de minerai)? ?{_DAY}(?!\w)"),
        (Said.A_DAY, rf"{_N} ?tpd\b"),
        (Said.A_YEAR, rf"{_TONNES}(?: of ore| de minerai)? ?{_YEAR}(?!\w)"),
        (Said.A_YEAR, rf"{_N} ?(?P<scale>M|k)?tp[ay]\b"),
        (Said.DAYS, rf"{_N} (?:operating |production )?days (?:per|a|of operation a) year"),
        (Said.DAYS, rf"{_N} jours (?:d'exploitation )?par an(?:née)?"),
        (Said.LIFE, rf"{_LIFE}(?: of| is| est de| de|:)? {_N} (?:years?|ans)\b"),
        (Said.LIFE, rf"^{_LIFE} \((?:years?|ans)\) {_N}$"),
        (Said.LIFE, rf"{_N}[- ]years?(?: [\w-]+)? (?:mine life|life of mine)"),
    )
)
_SCALES = {"m": 1_000_000, "k": 1_000, "t": 1_000}
"""The first letter of a scale word: million, thousand (k, milliers is told by its second letter)."""


def read_plan(document: Document) -> tuple[PlanFigure, ...]:
    """The figures of paragraphs and tables that name a strip ratio or a mine life, in reading order."""
    passages = [(block, quote, fold(quote.text)) for block, quote in _passages(document)]
    language = language_of(document)
    subjects = {block for block, _, text in passages if _SUBJECT.search(text)}
    return tuple(
        PlanFigure(said, figure, quote, block)
        for block, quote, text in passages
        if block in subjects
        for said, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (figure := _figure(match, language)) is not None
    )


def _passages(document: Document) -> Iterator[tuple[int, Quote]]:
    """The sentences that can speak of a plan, and the rows of a label and one figure as "label figure"."""
    spoken = frozenset(number for number, _ in paragraphs_about(document, _PLANS))
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield from ((number, row) for row in _rows(block))
        elif number in spoken:
            yield from ((number, sentence.quote) for sentence in split_paragraph(block, number))


def _rows(grid: Grid) -> Iterator[Quote]:
    for number in range(grid.rows):
        cells = [cell for cell in grid.row(number) if cell.text.strip()]
        if len(cells) == 2:
            yield Quote(" ".join(Paragraph(cell.text).base.strip() for cell in cells), cells[1].place)


def _figure(match: regex.Match[str], language: Language) -> Figure | None:
    """The number with its scale, rounded as it is printed: 1.4 million is rounded to 100,000."""
    value, step = read_printed(match["n"], language)
    scale = (match.groupdict().get("scale") or "").casefold()
    factor = 1_000 if scale.startswith("millier") else _SCALES.get(scale[:1], 1)
    return Figure(match["n"], _plain(value * factor), _plain(step * factor)) if value else None


def _plain(number: Decimal) -> Decimal:
    """The number without zeros behind its point."""
    return number.to_integral_value() if number == number.to_integral_value() else number
