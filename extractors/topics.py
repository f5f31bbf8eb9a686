"""Which paragraphs can speak of a topic: one look at a document's whole text instead of one at each paragraph.

A report of 400 pages has up to twenty thousand paragraphs, and most say nothing of any one topic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from extractors.cores import Cores, cores_of, plain, together
from extractors.lexicon import lexicon, pattern_of
from extractors.limited_regex import Pattern
from extractors.once import once_a_document
from models.document import Document, Paragraph


class Topic:
    """What a paragraph must hold to speak of something: a word of one of the vocabularies, or a match of a pattern.

    ``"claim_words/life"`` are those words of a vocabulary that have the meaning behind the stroke.
    """

    def __init__(self, *words: str | Pattern) -> None:
        self.words = words

    @cached_property
    def cores(self) -> Cores | None:
        """Pieces of text one of which stands in every paragraph of the topic; None where a pattern has no core."""
        return together(cores_of(pattern) for pattern in self._patterns())

    def _patterns(self) -> Iterator[str]:
        for words in self.words:
            if isinstance(words, Pattern):
                yield words.pattern
            else:
                name, _, means = words.partition("/")
                entries = (e for e in lexicon(name).entries if means in ("", e.means))
                yield from (pattern_of(words) for entry in entries for words in entry.match)


def blocks_about(document: Document, topic: Topic) -> frozenset[int]:
    """The block numbers of all paragraphs that can speak of the topic, with a few that do not."""
    whole = _whole(document)
    if topic.cores is None:
        return frozenset(whole.blocks)
    return frozenset(block for core in topic.cores for block in whole.holding(core))


class _WholeText:
    """All paragraphs of a document in one plain text, a line each."""

    def __init__(self, document: Document) -> None:
        paragraphs = [(index, block) for index, block in enumerate(document.blocks) if isinstance(block, Paragraph)]
        self.blocks = [index for index, _ in paragraphs]
        self.text = plain("\n".join(paragraph.base for _, paragraph in paragraphs))
        self.starts = list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))
        self.words = " ".join(set(self.text.split()))

    def holding(self, core: str) -> Iterator[int]:
        """The block numbers of the paragraphs that hold a core, in order."""
        if not all(piece in self.words for piece in core.split()):  # most cores stand nowhere
            return
        at = self.text.find(core)
        while at >= 0:
            line = bisect_right(self.starts, at)
            yield self.blocks[line - 1]
            at = self.text.find(core, self.starts[line])


@once_a_document
def _whole(document: Document) -> _WholeText:
    return _WholeText(document)
