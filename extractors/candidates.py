"""Which pages of a long report can hold an estimate, told from their plain text alone."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.lexicon import fold

_CATEGORY = regex.compile(
    r"\b(?:measured|indicated|inferred|proven|proved|probable|mesurée?s?|indiquée?s?|inférée?s?|présumée?s?|prouvée?s?)\b",
    regex.IGNORECASE,
)
_NUMBER = regex.compile(r"(?<![\p{L}\d])\d[\d.,' ]*\d|\b\d\b")
_ENOUGH_NUMBERS = 6
_LEADERS = regex.compile(r"\.{5,}")


def may_state_estimates(text: str) -> bool:
    """True where a page names a category of estimate and prints several numbers; contents pages are left out.

    Meant to miss nothing: a page that it lets through in vain costs a tenth of a second.
    """
    plain = fold(text)
    if len(_LEADERS.findall(plain)) > 5 or not _CATEGORY.search(plain):
        return False
    return len(_NUMBER.findall(plain)) >= _ENOUGH_NUMBERS
