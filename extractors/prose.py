"""Running text: the sentences of a document with their places, up to where the boilerplate begins.

A sentence ends at a full stop that no abbreviation of filings owns; ``P.Geo.`` ends none unless what follows can only
begin one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from extractors.once import once
from extractors.topics import Topic, blocks_about
from models.document import Document, Paragraph, Printed
from models.quote import Place, Quote

LONGEST = 20_000
"""Characters that are parted into sentences at once; a longer paragraph is a release that lost its line breaks."""

REMEMBERED = 65536
"""Texts whose sentences are kept; a report of 400 pages has some twenty thousand lines, and every extractor asks."""

LONG_DOCUMENT = 10
"""A document of more pages can have its forward-looking section, or its contents' line for it, near the front."""

_STARTS = regex.compile(
    r"(?:Mr|Mrs|Ms|Dr|Messrs|Mme|MM|M)\b|(?:The|This|These|Those|It|He|She|They|In|On|At|For|All|An?|As|By|Under|With"
    r"|Both|Each|Neither|No|Mineral|(?:Technical|Scientific) information"
    r"|Measured|Indicated|Inferred|Le|La|Les|Il|Elle|Ce|Cette|Ces|Une?|Des|Au|Aux|En|Pour)\s"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with the block that it stands in, and whether it begins there; raised marks are left out."""

    text: str
    block: int
    start: int
    place: Place = Place()

    @cached_property
    def folded(self) -> str:
        """The text with one form for each dash, quote and space; positions are those of the text."""
        return fold(self.text)

    @property
    def quote(self) -> Quote:
        """The sentence with the place of its paragraph."""
        return Quote(self.text, self.place)


def sentences_of(
    document: Document,
    skip: frozenset[int] = frozenset(),
    worth: Callable[[str], object] = bool,
    about: Topic | None = None,
) -> tuple[Sentence, ...]:
    """The sentences of all paragraphs before the boilerplate, leaving out the blocks to skip (tables' notes).

    ``about`` names what the sentences must be about: most of a long report says nothing of one topic. ``worth`` is a
    closer look at a paragraph's text before it is split.
    """
    paragraphs = substance(document) if about is None else paragraphs_about(document, about)
    return tuple(
        sentence
        for index, paragraph in paragraphs
        if index not in skip and worth(paragraph.base)
        for sentence in split_paragraph(paragraph, index)
    )


def paragraphs_about(document: Document, topic: Topic) -> tuple[tuple[int, Paragraph], ...]:
    """The paragraphs of the substance that can speak of a topic, with their block numbers."""
    found = blocks_about(document, topic)
    return tuple((index, paragraph) for index, paragraph in substance(document) if index in found)


@once
def substance(document: Document) -> tuple[tuple[int, Paragraph], ...]:
    """The paragraphs with their block numbers, without the forward-looking and legal text at the end."""
    early = len(document.blocks) // 2 if (document.page_count or 0) > LONG_DOCUMENT else 0
    may_open = blocks_about(document, _BOILERPLATE)
    kept: list[tuple[int, Paragraph]] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if index not in may_open or not opens_boilerplate(block):
                kept.append((index, block))
            elif index >= early:
                break
    return tuple(kept)


_BOILERPLATE = Topic("boilerplate")


def opens_boilerplate(paragraph: Printed) -> bool:
    """True for the heading, or the first sentence, of the forward-looking and legal text that ends a release."""
    return lexicon("boilerplate").opens(paragraph.base[:160], 12)


def split_paragraph(paragraph: Printed, block: int) -> tuple[Sentence, ...]:
    """The sentences of one paragraph, without its raised marks."""
    return tuple(
        Sentence(text[a:b], block, start + a, paragraph.place)
        for start, text in _pieces(paragraph.base)
        for a, b in sentence_spans(text)
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces of bearable length with their starts; each begins with a sentence, or a word, where it can."""
    start = 0
    while len(text) - start > LONGEST:
        piece = text[start : start + LONGEST]
        last = piece.rfind(". ") + 1 or piece.rfind(" ")
        end = last + 1 if last > 0 else LONGEST
        yield start, piece[:end]
        start += end
    yield start, text[start:]


@lru_cache(maxsize=REMEMBERED)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text begin and end; remembered, since every extractor asks for the same paragraphs."""
    starts = _starts(text) if text.strip() else []
    ends = [start + len(text[start:end].rstrip()) for start, end in pairwise([*starts, len(text)])]
    return tuple(zip(starts, ends, strict=True))


def _starts(text: str) -> list[int]:
    """Where its sentences begin: behind what ends a sentence, and at the items of a list that runs on in one line."""
    folded = fold(text)
    ends = [end for end in _END.finditer(folded) if _may_begin(folded, end.end())]
    begun = [end.end() for end in ends if _is_end(folded, end)]
    return sorted({0, *begun, *_items(folded)})


_END = regex.compile(r"[.!?…][\"')\]*»]*\s+(?=\S)")
_CAN_BEGIN = regex.compile(r"[\p{Lu}\d\"'(\[•*«⎯-]")
_MARKER = regex.compile(r"\s*[-•*]?\s*[\[(]?(?:\d{1,2}|\p{L}|[ivx]{1,4})[.)\]]+\s*")


def _may_begin(text: str, at: int) -> bool:
    """True before what can begin a sentence, where more than a note's mark stands before it."""
    return _CAN_BEGIN.match(text, at) is not None and _MARKER.fullmatch(text, 0, at) is None


def _is_end(text: str, end: regex.Match[str]) -> bool:
    """True for a full stop that no abbreviation owns, or one that can close a sentence before what only begins one."""
    owner = _owner(text, end.start()) if end.group().startswith(".") else None
    return owner is None or (owner == "open" and _STARTS.match(text, end.end()) is not None)


def _owner(text: str, stop: int) -> str | None:
    """What the abbreviation right before a full stop means; it is looked for in the last word, for it has no blank."""
    word = text[text.rfind(" ", 0, stop) + 1 : stop]
    return next((hit.means for hit in lexicon("abbreviations").find(word) if hit.end == len(word)), None)


_BULLET = regex.compile(r"\s*(?P<sign>[-•*▪●⎯])\s")


def _items(text: str) -> list[int]:
    """The further items of a list that begins the text: "- ... of 23% - Total ..."."""
    bullet = _BULLET.match(text)
    return [item.end() for item in _next_item(bullet["sign"]).finditer(text)] if bullet else []


@cache
def _next_item(sign: str) -> regex.Pattern:
    return regex.compile(rf"\s(?={regex.escape(sign)}\s+[\p{{Lu}}\d])")
