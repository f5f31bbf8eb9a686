"""One form for what is printed in several: dashes, quotes, spaces and lowered digits."""

from __future__ import annotations

from functools import lru_cache

# Printed variants of one character; each is replaced by one character, so that spans stay true.
_FOLDED = str.maketrans(
    {
        **dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)),
        **dict.fromkeys("’‘ʼ´`′", "'"),
        **dict.fromkeys("“”″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a", " "),
    }
)


def fold(text: str) -> str:
    """The text with one form for each dash, quote, space and lowered digit; its length does not change."""
    if text.isascii() and "`" not in text:  # nothing of it has another form
        return text
    return _folded(text)


@lru_cache(maxsize=4096)  # each vocabulary folds the texts that it is asked about
def _folded(text: str) -> str:
    return text.translate(_FOLDED)
