"""Words broken in two by a narrow cell ("Tonnag e"), and words without a space between them ("ProbableReserves")."""

from __future__ import annotations

from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import lexicon

_BROKEN = regex.compile(r"(?<!\p{L})(\p{L}{3,}) (\p{Ll}{1,4})(?!\p{L})")
"""A word and what may be its end: a cell that is too narrow for a word breaks off its last letters."""
_WORDS = ("columns", "categories", "labels", "types", "small_words", "commodities")


_LONG = regex.compile(r"(?<!\p{L})\p{L}{8,}(?!\p{L})")
_CAPITAL = regex.compile(r"(?<!\p{L})(\p{L}\p{Ll}{2,})(?=\p{Lu})")
"""A word right before a capital: "TotalM+I"."""
_SMALL = 3
"""A word of so few letters may stand at the end and be none of the vocabulary: "Reservesas"."""


@lru_cache(maxsize=4096)
def mended(text: str) -> str:
    """The text with the vocabulary's words whole and apart, where they are in it only so."""
    whole = _BROKEN.sub(_whole, text)
    apart = _LONG.sub(lambda found: _apart(found[0]) or found[0], whole)
    return _CAPITAL.sub(lambda found: f"{found[0]} " if _is_known(found[1]) else found[0], apart)


def _whole(found: regex.Match[str]) -> str:
    joined = "".join(found.groups())
    return joined if _is_known(joined) and not _is_known(found[1]) else found[0]


@lru_cache(maxsize=4096)
def _apart(word: str) -> str | None:
    """The words of the vocabulary that the letters are, with spaces between; None where they are no such words."""
    if _is_known(word):
        return word
    begun = [words for words in map(lexicon, _WORDS) if words.may_stand_in(word)]
    for end in range(len(word) - 2, 2, -1):
        if any(words.whole(word[:end]) for words in begun):
            rest = _apart(word[end:]) or (word[end:] if len(word) - end <= _SMALL else None)
            if rest:
                return f"{word[:end]} {rest}"
    return None


@lru_cache(maxsize=4096)
def _is_known(word: str) -> bool:
    return any(lexicon(name).whole(word) for name in _WORDS)
