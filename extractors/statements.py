"""The standard sentences of a disclosure: inclusive or exclusive of reserves, economic viability, rounding."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from extractors.prose import Sentence, sentences_of
from extractors.topics import Topic
from models.disclosure import NoteKind, Statement
from models.document import Document, Grid

_ABOUT = {
    "inclusive": (NoteKind.INCLUSIVE, True),
    "exclusive": (NoteKind.INCLUSIVE, False),
    "economic_viability": (NoteKind.ECONOMIC_VIABILITY, True),
    "rounding": (NoteKind.ROUNDING, True),
}
_OF_A_FIGURE = regex.compile(r"\b(?:rounded|arrondie?) (?:cut|coupure|teneur|to be consistent)", regex.IGNORECASE)


def read_statements(document: Document) -> tuple[Statement, ...]:
    """The standard sentences, in reading order; one that is said twice with the same sense is kept once."""
    sentences = [*sentences_of(document, about=_STANDARD), *_cells(document)]
    found: dict[tuple[NoteKind, bool], Statement] = {}
    for sentence in sentences:
        for statement in statements_in(sentence):
            found.setdefault((statement.about, statement.value), statement)
    return tuple(found.values())


_STANDARD = Topic("statements")


def statements_in(sentence: Sentence) -> list[Statement]:
    """What one sentence states."""
    means = lexicon("statements").means(fold(sentence.text))
    if _OF_A_FIGURE.search(sentence.text):
        means = tuple(m for m in means if m != "rounding")
    return [Statement(*_ABOUT[m], sentence.quote) for m in means]


def _cells(document: Document) -> list[Sentence]:
    """Cells that hold sentences: notes inside a table's frame."""
    return [
        Sentence(cell.base, index, 0, cell.place)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for cell in block.cells
        if len(cell.base) > 25
    ]
