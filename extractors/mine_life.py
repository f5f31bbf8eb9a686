"""How many years a mine is to live, as a sentence states it; not by how many it lives longer, and no payback."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractors import limited_regex as regex
from extractors.figures import Measure
from extractors.lexicon import Hit, lexicon
from extractors.prose import Sentence
from models.figure import Figure

_EXTENDS = regex.compile(
    r"\b(?:by|another|additional|further)\s*$|\b(?:prolong|augment|allong)\p{L}+[^.]{0,40}\bde\s*$", regex.IGNORECASE
)
_YEARS = regex.compile(r"\+?[\s-]{0,2}(?:years?|yrs?|ans?|années?)\b", regex.IGNORECASE)


def mine_lives(sentence: Sentence, measures: Sequence[Measure], words: Sequence[Hit]) -> list[Figure]:
    """A number of years beside words of mine life; an extension "by" some years is none."""
    lives = [w for w in words if w.means == "life"]
    others = [w for w in words if w.means == "not_life"]
    found = []
    for start, end, figure in (
        *_printed_numbers(sentence.folded, measures),
        *_spelled_numbers(sentence.text if lives else ""),
    ):
        years = _YEARS.match(sentence.folded, end)
        if not years or not lives:
            continue
        near = min(max(w.start - years.end(), start - w.end) for w in lives)
        if (
            near <= 60
            and not any(_owns(sentence.folded, w, start, years.end(), near) for w in others)
            and not _EXTENDS.search(sentence.folded[:start])
        ):
            found.append(figure)
    return found


def _owns(text: str, word: Hit, start: int, end: int, near: int) -> bool:
    """True for a payback and the like that stands nearer to the years than the mine's life, in their own clause."""
    between = text[end : word.start] if word.start >= end else text[word.end : start]
    return len(between) < near and not regex.search(r"[,;]", between)


def _printed_numbers(text: str, measures: Sequence[Measure]) -> list[tuple[int, int, Figure]]:
    """The numbers printed, the new one where a life goes "from 10 to 14 years"."""
    numbers = [(m.start, m.start + len(m.digits), m.figure) for m in measures if m.figure]
    for measure in measures:
        new = _FROM_TO.search(text[max(0, measure.start - 6) : measure.end])
        if new:
            figure = Figure(new["new"], Decimal(new["new"].replace(",", ".")), Decimal(1))
            numbers.append((measure.end - len(new["new"]), measure.end, figure))
    return numbers


_FROM_TO = regex.compile(r"\b(?:from|de) \d+(?:[.,]\d)? (?:to|à) (?P<new>\d+(?:[.,]\d)?)$")


def _spelled_numbers(text: str) -> list[tuple[int, int, Figure]]:
    """Numbers in words: "a mine life of eight years"."""
    return [
        (w.start, w.end, Figure(w.text, Decimal(w.means), Decimal(1)))
        for w in lexicon("number_words").find(text)
        if not regex.match(r"[\s-]{0,2}\d", text[w.end :])
    ]
