"""Which language a document is written in."""

from __future__ import annotations

from collections import Counter

import regex

from models.disclosure import Language
from models.document import Document, Paragraph

# "au" is left out: Au is gold
_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "de",
        "une",
        "et",
        "est",
        "sont",
        "dans",
        "pour",
        "par",
        "sur",
        "aux",
        "qui",
        "que",
        "ses",
        "cette",
        "ce",
        "à",
        "été",
        "avec",
        "selon",
        "l",
        "d",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "to",
        "is",
        "are",
        "for",
        "by",
        "on",
        "at",
        "with",
        "that",
        "this",
        "which",
        "as",
        "from",
        "was",
        "were",
        "has",
        "have",
        "been",
        "its",
        "an",
    ]
)


def language_of(document: Document) -> Language:
    """The language whose small words the document uses more; English where neither is used."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        text = block.text if isinstance(block, Paragraph) else " ".join(c.text for c in block.cells)
        counts.update(regex.findall(r"\p{L}+", text.lower()))
    french, english = (sum(counts[word] for word in words) for words in (_FRENCH, _ENGLISH))
    return Language.FRENCH if french > english else Language.ENGLISH
