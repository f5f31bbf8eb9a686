"""Which language a document is written in."""

from __future__ import annotations

from collections import Counter

from extractors import limited_regex as regex
from extractors.lexicon import lexicon
from extractors.once import once
from models.disclosure import Language
from models.document import Document, Paragraph

_SMALL = {entry.means: frozenset(entry.match) for entry in lexicon("language_words").entries}
_WORD = regex.compile(r"\p{L}+")
_ENOUGH = 200_000
"""So many characters tell the language: eighty pages."""


@once
def language_of(document: Document) -> Language:
    """The language whose small words the document's first eighty pages use more; English where neither is used."""
    counts = Counter(_WORD.findall(_beginning(document).lower()))
    french, english = (sum(counts[word] for word in _SMALL[language]) for language in ("fr", "en"))
    return Language.FRENCH if french > english else Language.ENGLISH


def _beginning(document: Document) -> str:
    texts, length = [], 0
    for block in document.blocks:
        texts.append(block.text if isinstance(block, Paragraph) else " ".join(c.text for c in block.cells))
        length += len(texts[-1])
        if length > _ENOUGH:
            break
    return "\n".join(texts)
