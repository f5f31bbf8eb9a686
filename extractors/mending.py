"""Words that a narrow cell broke in two ("Tonnag e", "Indicate d"), and words without a space between them
("ProbableReserves", "indicatedresources")."""

from __future__ import annotations

from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import lexicon

_BROKEN = regex.compile(r"(?<!\p{L})(\p{L}{3,}) (\p{Ll}{1,4})(?!\p{L})")
"""A word and what may be its end: a cell that is too narrow for a word breaks off its last letters."""
_WORDS = ("columns", "categories", "labels", "types", "small_words", "commodities")


_LONG = regex.compile(r"(?<!\p{L})\p{L}{8,}(?!\p{L})")
_LEAST = 2


@lru_cache(maxsize=4096)
def mended(text: str) -> str:
    """The text with the vocabulary's words whole and apart, where they are in it only so."""
    return _LONG.sub(lambda found: _apart(found[0]) or found[0], _BROKEN.sub(_whole, text))


def _whole(found: regex.Match[str]) -> str:
    joined = "".join(found.groups())
    return joined if _is_known(joined) and not _is_known(found[1]) else found[0]


@lru_cache(maxsize=4096)
def _apart(word: str) -> str | None:
    """The words of the vocabulary that the letters are, with spaces between; None where they are no such words."""
    if _is_known(word):
        return word
    for end in range(len(word) - _LEAST, _LEAST, -1):
        if _is_known(word[:end]) and (rest := _apart(word[end:])):
            return f"{word[:end]} {rest}"
    return None


@lru_cache(maxsize=4096)
def _is_known(word: str) -> bool:
    return any(lexicon(name).whole(word) for name in _WORDS)
