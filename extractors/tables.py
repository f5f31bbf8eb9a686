"""The tables of a document with the words around them: the caption above and the notes below."""

from __future__ import annotations

from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from models.document import Document, Grid, Paragraph

CAPTION_REACH = 3
"""How many paragraphs above a table can belong to its caption."""

_CAPTION_LENGTH = 320
_NOTE_MARK = regex.compile(
    r"^\s*(?:[-•●▪*†‡§·–]+\s*|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[).:](?!\d)\s*|\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)\s*"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*|\d{1,2}\s*(?=\p{Lu})|(?i:notes?\b|remarques?\b|source\b))"
)
_NOTES_OPEN = regex.compile(r"\s*(?i:notes?|remarques?)\b")


@dataclass(frozen=True)
class PrintedTable:
    """A grid with its caption paragraphs above it and its notes below it; ``block`` is the grid's index.

    ``shared`` are the notes of the next table where this one has none of its own and no prose parts the two.
    ``cut`` are the columns that run off the page: what they print is not all there.
    """

    block: int
    grid: Grid
    caption: tuple[Paragraph, ...]
    notes: tuple[Paragraph, ...]
    shared: tuple[Paragraph, ...] = ()
    cut: frozenset[int] = frozenset()

    @property
    def caption_text(self) -> str:
        """The caption as one line."""
        return " ".join(p.base for p in self.caption)

    @property
    def notes_text(self) -> str:
        """The notes that speak of the table, one a line."""
        return "\n".join(p.base for p in self.notes or self.shared)


def find_tables(document: Document) -> tuple[PrintedTable, ...]:
    """Every grid of the document with the caption above it and the notes below it, in reading order."""
    grids = [(i, block) for i, block in enumerate(document.blocks) if isinstance(block, Grid)]
    edges = [-1, *(i for i, _ in grids), len(document.blocks)]
    widths = {page.number: page.width for page in document.pages}
    tables: list[PrintedTable] = []
    for (i, grid), before, after in reversed(list(zip(grids, edges, edges[2:], strict=False))):
        above = [b for b in document.blocks[before + 1 : i] if isinstance(b, Paragraph)]
        below = [b for b in document.blocks[i + 1 : after] if isinstance(b, Paragraph)]
        caption = _caption(above)
        notes = (*_cautions(above, caption), *_notes(below))
        shared: tuple[Paragraph, ...] = ()
        if not notes and tables and len(below) == len(tables[0].caption):
            shared = tables[0].notes or tables[0].shared
        tables.insert(0, PrintedTable(i, grid, caption, notes, shared, _cut_columns(grid, widths)))
    return tuple(tables)


def _cut_columns(grid: Grid, widths: dict[int | None, float]) -> frozenset[int]:
    """The columns with a cell at or beyond the right edge of the page: too wide a table runs off it."""
    return frozenset(
        c.column + c.column_span - 1
        for c in grid.cells
        if c.place.box and c.place.box.x1 > widths.get(c.place.page, c.place.box.x1 + 2) - 1
    )


def is_note(paragraph: Paragraph) -> bool:
    """True where a paragraph begins like a note: with a number, a letter, a sign or a raised mark."""
    if paragraph.raised and paragraph.raised[0][0] == 0:
        return True
    return bool(_NOTE_MARK.match(fold(paragraph.text)) or _NOTE_MARK.match(paragraph.text))


def _caption(above: list[Paragraph]) -> tuple[Paragraph, ...]:
    """The nearest short paragraphs above a table that are neither sentences of prose nor notes of the table before."""
    caption: list[Paragraph] = []
    for paragraph in reversed(above[-CAPTION_REACH:]):
        if caption and (is_note(paragraph) or len(paragraph.text) > _CAPTION_LENGTH or paragraph.base.endswith(".")):
            break
        caption.insert(0, paragraph)
        if len(paragraph.text) > _CAPTION_LENGTH or _is_titled(paragraph):
            break
    return tuple(caption)


def is_historical_caution(text: str) -> bool:
    """True where a sentence says that nobody has done the work to classify a historical estimate as current."""
    means = lexicon("cautions").means(text)
    return "not_classified" in means and "historical" in lexicon("types").means(text)


def _cautions(above: list[Paragraph], caption: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraph right above a caption where it is the caution of NI 43-101 2.4: a note of the table below it."""
    before = above[: -len(caption)] if caption else above
    return tuple(p for p in before[-1:] if is_historical_caution(p.base))


def _is_titled(paragraph: Paragraph) -> bool:
    return bool(regex.match(r"\s*(?:table|tableau|figure)\s+\d", paragraph.text, regex.IGNORECASE)) or paragraph.bold


def _notes(below: list[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs right below a table that begin like notes; a first line without a mark may introduce them.

    Under a line that begins with "Notes" sentences without a mark are notes too, up to the next heading, or to the
    caution about a historical estimate that follows.
    """
    notes: list[Paragraph] = []
    for index, paragraph in enumerate(below):
        introduces = index == 0 and paragraph.text.rstrip().endswith(":") and len(below) > 1 and is_note(below[1])
        goes_on = notes and _NOTES_OPEN.match(notes[0].text) and paragraph.base.endswith((".", ")", ";"))
        if not is_note(paragraph) and not introduces and (not goes_on or is_historical_caution(paragraph.base)):
            break
        notes.append(paragraph)
    return tuple(notes)
