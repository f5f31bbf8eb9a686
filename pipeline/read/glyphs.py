"""Characters that stand for others in print; what is a figure, and what a list's mark, by its shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from models.document import Span

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_HYPHENS = "\u2010\u2011\ufffe"
"""The last one is what pdfium gives for a hyphen that ends a line."""

_FOLD = str.maketrans(
    dict.fromkeys(_SPACES, " ") | dict.fromkeys(_NOTHING, "") | _LIGATURES | dict.fromkeys(_HYPHENS, "-")
)

_RAISED = re.compile(
    "[" + "".join(chr(c) for c in range(0x80, 0x2100) if unicodedata.decomposition(chr(c)).startswith("<super>")) + "]+"
)
"""Characters that Unicode itself calls superscripts: ¹ ² ³ ⁽ ⁾ ª º ᵃ."""

_NUMBER = re.compile(r"[^\w]*\d[\d\s,.'’]*[^\w]*([A-Za-z%$/³²\d]{0,6}[^\w]*)?|[-–—]+|(?i:nil|n/?a)")
_MARK = re.compile(
    r"\(?(?:\d{1,2}|[ivx]{1,4}|[a-zA-Z])[.)](?:\s+(?=\S)|(?<=\d[.)])(?=[A-Z]))"
    r"|\d{1,2}\s*[-–]\s|[•●▪■◦○·➢‣*†‡§]\s*(?=\S)|[+-]\s+(?=\S)|[¹²³⁴⁵⁶⁷⁸⁹⁰⁽]"
)


def fold(text: str) -> str:
    """The text with no-break and thin spaces as spaces, ligatures as letters, and every hyphen as ``-``."""
    return text.translate(_FOLD) if not text.isascii() else text.replace("\x00", "")


def raised_spans(text: str) -> tuple[Span, ...]:
    """Where the text has Unicode's own superscript characters."""
    return tuple(found.span() for found in _RAISED.finditer(text)) if not text.isascii() else ()


def merged_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def is_number(text: str) -> bool:
    """Whether a cell's text looks like a figure, or like the dash or nil that stands for none."""
    return len(text) <= 40 and _NUMBER.fullmatch(text.strip()) is not None


def starts_item(text: str) -> bool:
    """Whether the text begins with a bullet or a note's mark: ``1.``, ``(a)``, ``•``, ``¹``."""
    return _MARK.match(text) is not None
