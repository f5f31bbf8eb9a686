"""Effective dates with what each is of: the estimates that its sentence names, or the table that prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extractors.cutoff_passages import PairedTables
from extractors.cutoff_scope import scopes_of
from extractors.date_mentions import Mention, Role, date_of_title, mentions_of
from extractors.datelines import release_date
from extractors.lexicon import lexicon
from extractors.prose import Sentence
from extractors.scope import filled, scope_in
from models.disclosure import EffectiveDate, Footnote, PrintedDate
from models.document import Document, Grid
from models.quote import Quote

DAY = len("2023-12-31")
MONTH = len("2023-12")
"""A year alone, as columns of two years have it, says less than the day that the document states."""


def read_effective_dates(
    document: Document, tables: PairedTables, notes: Sequence[Footnote]
) -> tuple[EffectiveDate, ...]:
    """Every effective date of the document's estimates, in reading order; of its reports where no estimate has one."""
    mentions = mentions_of(document)
    wanted = Role.ESTIMATE if any(m.role is Role.ESTIMATE for m in mentions) else Role.EFFECTIVE
    of_tables = _tables_of_blocks(document, tables)
    stated = [
        date
        for _, sentence in groupby((m for m in mentions if m.role is wanted), key=lambda m: id(m.sentence))
        for date in _of_sentence(document, list(sentence), of_tables, notes)
    ]
    titled = {(date.iso, date.table) for date in stated}
    bare = (date for date in _bare(document, tables) if (date.iso, date.table) not in titled)
    return tuple(dict.fromkeys([*_printed_with(tables), *stated, *bare]))


def _printed_with(tables: PairedTables) -> Iterator[EffectiveDate]:
    """The dates that head columns, rows or groups of rows, each with the lines that it speaks for."""
    for _, table in tables:
        lines: dict[PrintedDate, list[int]] = defaultdict(list)
        for line in table.lines:
            if line.as_of and len(line.as_of.iso) >= MONTH and not line.is_earlier:
                lines[line.as_of].append(line.number)
        for date, numbers in lines.items():
            yield EffectiveDate(date.iso, date.quote, table=table.number, lines=tuple(numbers))


def _of_sentence(
    document: Document, mentions: Sequence[Mention], of_tables: dict[int, list[int]], notes: Sequence[Footnote]
) -> Iterator[EffectiveDate]:
    """The dates of one sentence, each with its scope, for each table whose caption or notes hold the sentence."""
    sentence = mentions[0].sentence
    block = document.blocks[sentence.block]
    if isinstance(block, Grid) and sentence.block in of_tables and not _stands_alone(block, sentence):
        return  # what a row or a column prints is of its lines alone; see EstimateLine.as_of
    around = scope_in(mentions[0].head or "")
    for mention, own in zip(mentions, scopes_of(sentence.text, mentions), strict=True):
        scope = filled(own, around)
        if sentence.text.isupper():  # every word of a title in capitals begins like a name
            scope = replace(scope, zones=())
        for table in of_tables.get(sentence.block, (None,)):
            marked = _marked(notes, table, sentence.text)
            yield EffectiveDate(mention.date.iso, sentence.quote, scope, table, marked)


def _stands_alone(grid: Grid, sentence: Sentence) -> bool:
    """True for a title or a note in the frame: the only text of its row, and no heading of some rows."""
    cell = next((cell for cell in grid.cells if cell.base == sentence.text), None)
    if cell is None or any(other.base and other is not cell for other in grid.row(cell.row)):
        return False
    return cell.row in (0, grid.rows - 1) or "." in sentence.text.rstrip(".")


def _tables_of_blocks(document: Document, tables: PairedTables) -> dict[int, list[int]]:
    """The numbers of the estimate tables for which each block speaks: a grid, a caption, a note."""
    index = {id(block): number for number, block in enumerate(document.blocks)}
    found: dict[int, list[int]] = defaultdict(list)
    for printed, table in tables:
        for block in (document.blocks[printed.block], *printed.caption, *(printed.notes or printed.shared)):
            if id(block) in index and table.number not in found[index[id(block)]]:
                found[index[id(block)]].append(table.number)
    return dict(found)


def _marked(notes: Sequence[Footnote], table: int | None, text: str) -> tuple[int, ...]:
    """The lines of a table that the note which prints the text marks."""
    return next((n.lines for n in notes if n.table == table and n.lines and (text in n.text or n.text in text)), ())


def _bare(document: Document, tables: PairedTables) -> Iterator[EffectiveDate]:
    """The days that captions print without a word on what they are: "Mineral Resource Statement, May 1, 2021".

    A month may be that of publication, and the day of the release is.
    """
    release = release_date(document)
    for printed, table in tables:
        titles = [c for c in printed.grid.cells if c.row == 0 and c.column_span >= printed.grid.columns - 1]
        for title in (*printed.caption, *titles):
            iso = date_of_title(title.base) if lexicon("types").find(title.base) else None
            if iso and len(iso) == DAY and not (release and release.iso == iso):
                yield EffectiveDate(iso, Quote(title.base, title.place), table=table.number, bare=True)
