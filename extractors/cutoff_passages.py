"""The passages in which a document can state a cut-off, each with the scope that its surroundings lend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors import limited_regex as regex
from extractors.cutoff_tables import stated_in
from extractors.lexicon import lexicon
from extractors.prose import sentence_spans, substance
from extractors.scope import STATES, filled, scope_in
from extractors.tables import PrintedTable
from extractors.topics import Topic, WholeText, blocks_about
from models.disclosure import EstimateTable, EstimateType, Scope
from models.document import Block, Document, Grid, Paragraph
from models.quote import Place

PairedTables = tuple[tuple[PrintedTable, EstimateTable], ...]
"""Tables as printed, each with the estimates that were read from it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that is read as one statement, with the scope that its surroundings give."""

    text: str
    place: Place
    around: Scope = Scope()
    head: str = ""
    """A head line above ("... cut-off grades:") whose list item this is."""


def passages_of(document: Document, tables: PairedTables) -> Iterator[Passage]:
    """Sentences of paragraphs, items under a head line, and cells; tables lend their type to their notes."""
    types = _types_of_blocks(tables)
    head = above = ""
    estimates = {id(printed.grid) for printed, _ in tables}
    text = frozenset(index for index, _ in substance(document))
    worth = blocks_about(document, _CUTOFFS)
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield from _of_grid(block)
            if id(block) not in estimates:
                yield from (Passage(text, place, scope_in(above), title) for title, text, place in stated_in(block))
            head = ""
            continue
        above = block.base
        if index not in text or not (head or index in worth):
            continue
        head = head if _is_item(block.text) else ""
        around = filled(scope_in(head), Scope(types=types.get(id(block), ())))
        if "cutoff" in lexicon("cutoff_words").means(head) and not lexicon("cutoff_words").find(block.base):
            yield Passage(block.base, block.place, around, head)
        else:
            yield from _of_paragraph(block, around, _next_items(document.blocks, index))
        if opened := _OPENS_LIST.match(block.base):
            head = opened.group()


_OPENS_LIST = regex.compile(r"(.*:)\s*$|([^:]*:)(?=\s*[⎯•▪]\s)")
"""A head line, the first item of its list run on or not."""


def _types_of_blocks(tables: PairedTables) -> dict[int, tuple[EstimateType, ...]]:
    """For each note paragraph the one type of its table's lines."""
    types: dict[int, tuple[EstimateType, ...]] = {}
    for printed, estimate in tables:
        of_lines = {line.type for line in estimate.lines if line.type}
        if len(of_lines) == 1:
            for note in (*printed.caption, *printed.notes):
                types[id(note)] = tuple(of_lines)
    return types


def _next_items(blocks: Sequence[Block], index: int) -> list[str]:
    """The items that follow an item of a list: they can say where the ore of its cut-offs lies."""
    items = []
    for block in blocks[index : index + ITEMS_AHEAD + 1]:
        if not isinstance(block, Paragraph) or not _is_item(block.text):
            break
        items.append(block.base)
    return items[1:]


ITEMS_AHEAD = 2
"""How many items further on a list can still speak of the same ore."""


def _is_item(text: str) -> bool:
    return _ITEM.match(text) is not None


_ITEM = regex.compile(r"\s*[-•●▪*–·⎯o]\s*|\s*\(?[a-z\d]{1,2}[.)]\s")
_DIGIT = regex.compile(r"\d")


_CUTOFFS = Topic("cutoff_topic", _OPENS_LIST)


def may_state_cutoffs(text: str) -> bool:
    """Whether a text holds a word of cut-offs, or of how estimates are reported."""
    return bool(lexicon("cutoff_topic").find(text))


def _of_paragraph(block: Paragraph, around: Scope, beyond: Sequence[str]) -> Iterator[Passage]:
    """The sentences of a paragraph; one that names no estimates goes on about those of the sentence before."""
    text = block.base
    subject = around
    if not _DIGIT.search(text) or not may_state_cutoffs(text):
        return
    spans = [(start + a, start + b) for start, end in sentence_spans(text) for a, b in _parts(text[start:end])]
    parts = [text[start:end] for start, end in spans]
    for part, later in zip(parts, _said_later([*parts, *beyond]), strict=False):
        own = scope_in(part)
        yield Passage(part, block.place, filled(around if own.types else subject, later))
        if own.types:
            subject = Scope(own.types, own.categories if len(own.categories) == 1 else (), own.materials)


def _said_later(parts: Sequence[str]) -> list[Scope]:
    """For each sentence, where the ore lies by a later one that takes it up: "All of it lies within a pit shell"."""
    later: list[Scope] = []
    current = Scope()
    for part in reversed(parts):
        later.append(current)
        if _TAKES_UP.search(part):
            current = Scope(materials=tuple(m for m in scope_in(part).materials if m not in STATES))
        if "cutoff" in lexicon("cutoff_words").means(part):
            current = Scope()
    return later[::-1]


_TAKES_UP = regex.compile(
    r"^\W*(?:\d+\W+)?(?:all|these|they|both|each|toutes?|tous|elles|ces)\b"
    r"|^\W*(?:\(?\w{1,2}[.)]\s*)?(?:constrained|contained|pit|fosse|(?:within|inside) an?)\b"
    r"|\b(?:bounds?|constrains?|limits?) (?:them|it)\b",
    regex.IGNORECASE,
)


_NEW_ITEM = regex.compile(r"(?<=[\p{L})][.;:])\s*(?=\(\d{1,2}\)|\d\p{Lu}|⎯|•)|\s(?=⎯|•|- \p{Ll})")


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The notes that run on in one line: "... copper use. (4) Silver ...", "3Open pit ... 4Reserves ..."."""
    cuts = [0, *(m.end() for m in _NEW_ITEM.finditer(text)), len(text)]
    return ((a, b) for a, b in pairwise(cuts) if b > a)


def _of_grid(grid: Grid) -> Iterator[Passage]:
    """Cells that speak of a cut-off with its value; a column of cut-offs is read with its lines."""
    words = lexicon("cutoff_words")
    for number in WholeText([cell.base for cell in grid.cells]).holding(words.cores):
        cell = grid.cells[number]
        if "cutoff" in words.means(cell.base):
            yield Passage(cell.base, cell.place)
