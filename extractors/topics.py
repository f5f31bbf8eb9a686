"""Which paragraphs can speak of a topic: one look at a document's whole text instead of one at each paragraph.

A report of 400 pages has up to twenty thousand paragraphs, and most say nothing of any one topic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from propcache.api import cached_property

from extractors.cores import EDGE, Cores, Line, cores_of, plain, together
from extractors.lexicon import core_index, lexicon, pattern_of
from extractors.limited_regex import Pattern
from extractors.once import once
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
        return together(self._cores())

    def _cores(self) -> Iterator[Cores | None]:
        for words in self.words:
            if isinstance(words, Pattern):
                yield cores_of(words.pattern)
            else:
                name, _, means = words.partition("/")
                entries = (e for e in lexicon(name).entries if means in ("", e.means))
                yield from (cores_of(pattern_of(word), bounded=True) for entry in entries for word in entry.match)


def blocks_holding(document: Document, word: str) -> frozenset[int]:
    """The block numbers of all paragraphs that hold a word, in any case."""
    blocks, whole = _whole(document)
    return frozenset(blocks[number] for number in whole.holding(frozenset([plain(word)])))


def blocks_about(document: Document, topic: Topic) -> frozenset[int]:
    """The block numbers of all paragraphs that can speak of the topic, with a few that do not."""
    blocks, whole = _whole(document)
    return frozenset(blocks[number] for number in whole.holding(topic.cores))


class WholeText:
    """Many texts, each without line breaks, as one plain text: a word is looked for in all of them at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._number = len(texts)
        self._line = Line.of(plain("\n".join(texts)))
        self._starts = list(accumulate((len(line) + 1 for line in self._line.text.split("\n")), initial=0))

    def holding(self, cores: Cores | None) -> list[int]:
        """The numbers of the texts that hold one of the cores, in order; of all texts where there are no cores."""
        if cores is None:
            return list(range(self._number))
        return sorted({number for core in cores if self._may_hold(core) for number in self._holding(core)})

    def _may_hold(self, core: str) -> bool:
        return core in self._held or core not in core_index().cores

    @cached_property
    def _held(self) -> frozenset[str]:
        """The cores of all vocabularies that stand in the text: there are thousands, and one pass finds them."""
        return core_index().held_by(self._line)

    def _holding(self, core: str) -> Iterator[int]:
        text, part = self._line.text, core.strip(EDGE)
        at = text.find(part)
        while at >= 0:
            behind = at + len(part)
            if part == core or not (text[at - 1 : at].isalpha() or text[behind : behind + 1].isalpha()):
                line = bisect_right(self._starts, at)
                yield line - 1
                behind = self._starts[line]
            at = text.find(part, behind)


@once
def _whole(document: Document) -> tuple[list[int], WholeText]:
    """All paragraphs of a document: their block numbers, and their text."""
    paragraphs = [(index, block) for index, block in enumerate(document.blocks) if isinstance(block, Paragraph)]
    return [index for index, _ in paragraphs], WholeText([paragraph.base for _, paragraph in paragraphs])
