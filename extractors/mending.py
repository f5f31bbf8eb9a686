"""Words that a narrow cell broke in two: "Tonnag e", "Containe d", "Indicate d"."""

from __future__ import annotations

from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import lexicon

_BROKEN = regex.compile(r"(?<!\p{L})(\p{L}{3,}) (\p{Ll}{1,4})(?!\p{L})")
"""A word and what may be its end: a cell that is too narrow for a word breaks off its last letters."""
_WORDS = ("columns", "categories", "labels", "types", "small_words", "commodities")


@lru_cache(maxsize=4096)
def mended(text: str) -> str:
    """The text with those words whole that are in the vocabulary only when their two parts are put together."""
    return _BROKEN.sub(_whole, text)


def _whole(found: regex.Match[str]) -> str:
    joined = "".join(found.groups())
    known = any(lexicon(name).whole(joined) for name in _WORDS)
    return joined if known and not any(lexicon(name).whole(found[1]) for name in _WORDS) else found[0]
