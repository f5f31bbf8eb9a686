"""The words around the figures of a sentence: which of them governs a figure, and what it then says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extractors import limited_regex as regex
from extractors.figures import Measure
from extractors.lexicon import Hit, lexicon


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


@dataclass(frozen=True)
class Reading:
    """A text with its telling words, the figures that can be cut-offs, and all figures that have a unit."""

    text: str
    words: tuple[Hit, ...]
    figures: tuple[Measure, ...]
    measures: tuple[Measure, ...]


def last_before(reading: Reading, figure: Measure) -> Measure | None:
    """The nearest figure with a unit before this one."""
    return max((m for m in reading.measures if m.end <= figure.start), key=lambda m: m.end, default=None)


def noun_behind(reading: Reading, figure: Measure) -> Hit | None:
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


def governor(reading: Reading, figure: Measure) -> Hit | None:
    """The nearest telling word before a figure, unless another figure with a unit stands between, or owns the word."""
    last = last_before(reading, figure)
    since = last.end if last else 0
    free = [w for w in reading.words if since <= w.start and w.end <= figure.start]
    if last and free and free[0] == noun_behind(reading, last):
        free = free[1:]
    return free[-1] if free else None
