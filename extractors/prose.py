"""Running text: the sentences of a document with their places, up to where the boilerplate begins.

Sentences are found by a blank spaCy pipeline that knows the abbreviations of filings; ``P.Geo.`` ends no sentence
unless what follows can only begin one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from extractors.once import once_a_document
from extractors.topics import Topic, blocks_about
from models.document import Document, Paragraph
from models.quote import Place, Quote

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

LONGEST = 20_000
"""Characters that are parted into sentences at once; a longer paragraph is a release that lost its line breaks."""

REMEMBERED = 65536
"""Texts whose sentences are kept; a report of 400 pages has some twenty thousand lines, and every extractor asks."""

LONG_DOCUMENT = 10
"""A document of more pages can have its forward-looking section, or its contents' line for it, near the front."""

_TOKEN = regex.compile(r"\p{L}+|\d+|[^\s\p{L}\d]")
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


@once_a_document
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


def opens_boilerplate(paragraph: Paragraph) -> bool:
    """True for the heading, or the first sentence, of the forward-looking and legal text that ends a release."""
    return lexicon("boilerplate").opens(paragraph.base[:160], 12)


def split_paragraph(paragraph: Paragraph, block: int) -> tuple[Sentence, ...]:
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
    if not _CLOSES.search(text) and not _BULLET.match(fold(text)):
        return ((0, len(text)),) if text.strip() else ()
    doc = pipeline()(text)
    return tuple((s.start_char, s.end_char) for s in doc.sents if s.text.strip())


_CLOSES = regex.compile(r"[.!?…][\"')\]*»”’]*\s")
"""A text without it is one sentence, and needs no spaCy."""


@cache
def pipeline() -> Pipeline:
    """A blank spaCy pipeline: tokens of one kind of character each, and sentences; no language's rules are needed."""
    import spacy
    from spacy.language import Language as Registry
    from spacy.tokens import Doc as SpacyDoc

    nlp = spacy.blank("xx")  # French brings rules for tokens that take seconds to load

    def tokens(text: str) -> Doc:
        words = list(_TOKEN.finditer(text))
        ends = [m.end() for m in words]
        follows = [m.start() for m in words[1:]] + [len(text)]  # one more than words where a text has none
        spaces = [b > a for a, b in zip(ends, follows, strict=False)]
        return SpacyDoc(nlp.vocab, words=[m.group() for m in words], spaces=spaces)

    nlp.tokenizer = tokens
    Registry.component("filing_sentences", func=_mark_sentences)
    nlp.add_pipe("filing_sentences")
    return nlp


def _mark_sentences(doc: Doc) -> Doc:
    """The text in sentences: one starts behind a full stop that no abbreviation owns, before what can begin one."""
    from spacy.tokens import Doc as SpacyDoc

    text = fold(doc.text)
    closed = {h.end: h.means for h in lexicon("abbreviations").find(text)}
    bullet = _BULLET.match(text)

    def starts(at: int) -> bool:
        item = bullet is not None and _is_next_item(text, at, bullet["sign"])
        return item or _begins(text, at, closed)

    # Set when the Doc is made: to set it token by token, spaCy looks at all tokens each time.
    marks: list[bool | int | None] = [token.i == 0 or starts(token.idx) for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    return SpacyDoc(doc.vocab, words=[token.text for token in doc], spaces=spaces, sent_starts=marks)


_BULLET = regex.compile(r"\s*(?P<sign>[-•*▪●⎯])\s")


def _is_next_item(text: str, at: int, sign: str) -> bool:
    """The next item of a list that runs on in one paragraph: "- ... of 23% - Total ..."."""
    return text[at] == sign and bool(regex.match(r"\s[-•*▪●⎯]\s+[\p{Lu}\d]", text[at - 1 :]))


_CAN_BEGIN = regex.compile(r"[\p{Lu}\d\"'(\[•*«⎯-]")
_MARKER = regex.compile(r"\s*[-•*]?\s*[\[(]?(?:\d{1,2}|\p{L}|[ivx]{1,4})[.)\]]+\s*")
_END = regex.compile(r"[.!?…][\"')\]*»]*\s+$")


def _begins(text: str, at: int, abbreviations: dict[int, str]) -> bool:
    end = _END.search(text, max(0, at - 8), at)
    if not end or not _CAN_BEGIN.match(text, at) or _MARKER.fullmatch(text, 0, at):
        return False
    owner = abbreviations.get(end.start()) if text[end.start()] == "." else None
    if owner is None:
        return True
    return owner == "open" and bool(_STARTS.match(text, at))
