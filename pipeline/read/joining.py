"""Blocks of pages to blocks of the document: running heads set aside, tables joined over page breaks.

A page set in columns comes as several parts, and a table goes on from one to the next as it does over a page break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.document import Block, Cell, Grid, Paragraph
from pipeline.read.columns import Interval, overlap
from pipeline.read.glyphs import is_number

_MOST_LINES = 4
"""So many paragraphs at a page's start or end can be its running head or foot."""
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?#(?: ?(?:of|de|sur|/) ?#)?[-–— ]*", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONTINUED = re.compile(r"\b(?:continued|cont['’.]?d|cont\.|suite)(?!\w)", re.IGNORECASE)
"""What a line says that stands between the parts of one table, in English and French."""
_CAPTION = re.compile(r"(?:table(?:au)?|figure)\s", re.IGNORECASE)


def join_over_pages(pages: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """The blocks of all pages in order; cells of a joined grid keep their own page.

    A running head or foot is kept once, where it first stands: nothing of it may part a table that goes on, nor may a
    line that says that the table is continued, which is left out there.
    """
    running = _running(pages)
    told: set[str] = set()
    found: list[Block] = []
    last: list[int] = []
    for blocks in pages:
        keys = [_key(block) for block in blocks]
        body = [block for block, key in zip(blocks, keys, strict=True) if key not in running]
        start = next((at for at, block in enumerate(body) if not _says_continued(block)), 0)
        count = _join_first(found, last, body[start:])
        goes_on = count > 0
        joined = body[: start + count] if goes_on else []
        last = last if goes_on and len(body) == len(joined) else []
        for block, key in zip(blocks, keys, strict=True):
            if joined and any(block is other for other in joined):
                continue
            if key not in running:
                last.append(len(found))
                found.append(_as_text(block) if body and block is body[0] else block)
            elif key not in told:
                told.add(key)
                found.append(block)
    yield from found


def _as_text(block: Block) -> Block:
    """The block, or as text where it is one row of figures, which is a table only where it ends the page before's."""
    if not isinstance(block, Grid) or block.rows > 1 or not _begins_with_figures(block):
        return block
    return Paragraph(" ".join(cell.text for cell in block.cells if cell.text), block.place)


def _running(pages: Sequence[Sequence[Block]]) -> set[str]:
    """The texts, but for their numbers, that stand at the start or the end of several pages."""
    seen: Counter[str] = Counter()
    for blocks in pages:
        ends = [*blocks[:_MOST_LINES], *blocks[-_MOST_LINES:]]
        seen.update({_key(block) for block in ends if isinstance(block, Paragraph) and len(block.text) < 150})
    laid_out = {block.place.page for blocks in pages for block in blocks if block.place.box}
    often = max(1, len(laid_out) // 4)
    return {key for key, count in seen.items() if key and (count > often or _PAGE_NUMBER.fullmatch(key.split(" @")[0]))}


def _says_continued(block: Block) -> bool:
    """Whether the block is a line that says that a table goes on."""
    return isinstance(block, Paragraph) and len(block.text) < 150 and _CONTINUED.search(block.text) is not None


def _key(block: Block) -> str:
    """A paragraph's text without its numbers and with its height on the page; nothing for a grid."""
    if not isinstance(block, Paragraph) or block.place.box is None:
        return ""
    return re.sub(r"\d+", "#", block.text) + f" @{round(block.place.box.top / 4)}"


def _join_first(found: list[Block], last: list[int], body: Sequence[Block]) -> int:
    """Join the page's first block to the page before, or a heading among rows with the rows below it; how many."""
    if body and _join(found, last, body[0]):
        return 1
    if len(body) < 2 or not last or not isinstance(body[0], Paragraph) or not isinstance(body[1], Grid):
        return 0
    at = last[-1]
    first = found[at]
    if not isinstance(first, Grid) or not _begins_with_figures(body[1]) or not _is_first_row(body[0], body[1]):
        return 0
    found[at] = _with_heading(first, body[0])
    if _join(found, last, body[1]):
        return 2
    found[at] = first
    return 0


def _is_first_row(text: Paragraph, grid: Grid) -> bool:
    """Whether the text stands right above the grid, as near as its rows are and where its labels begin."""
    frame, box = grid.place.box, text.place.box
    if frame is None or box is None or text.size is None or _CAPTION.match(text.text):
        return False
    return 0 <= frame.top - box.bottom < 1.5 * text.size and 0 <= box.x0 - frame.x0 + 2 < 3 * text.size


def _join(found: list[Block], last: list[int], second: Block) -> bool:
    """Join the page's first block to the last grid of the page before, whose blocks are ``last``, if it goes on."""
    if not last or not isinstance(second, Grid):
        return False
    said = len(last) > 1 and _says_continued(found[last[-1]])
    at = last[-2] if said else last[-1]
    first = found[at]
    if isinstance(first, Paragraph) and len(last) > 1 and not said:
        above = found[last[-2]]
        goes_on = isinstance(above, Grid) and (_repeated(above, second) > 0 or _begins_with_figures(second))
        if isinstance(above, Grid) and goes_on and _is_row(above, first):
            first = _with_heading(above, first)
            del found[last.pop()]
            at = last[-1]
    moved = _going_on(first, second) if isinstance(first, Grid) else None
    if moved is None or not isinstance(first, Grid):
        return False
    found[at] = _joined(first, moved)
    if said:
        del found[last.pop()]
    return True


def _going_on(first: Grid, second: Grid) -> Grid | None:
    """The second grid in the columns of the first one, None where it does not go on with it."""
    if first.columns != second.columns:
        return _in_columns_of(first, second) if _begins_with_figures(second) else None
    if first.place.page == second.place.page and not _begins_with_figures(second):
        return None
    return second


def _begins_with_figures(grid: Grid) -> bool:
    """Whether the first row is no heading: a table that stands beside another one on its page has its own."""
    return _has_figures(grid, 0)


def _has_figures(grid: Grid, row: int) -> bool:
    """Whether the row has figures behind its label; a year may be a heading."""
    texts = [cell.text for cell in grid.row(row)[1:]]
    return any(is_number(text) and any(map(str.isdigit, text)) and not _YEAR.fullmatch(text) for text in texts)


def _in_columns_of(first: Grid, second: Grid) -> Grid | None:
    """The second grid with its columns where the first one has them, if they stand below some of those."""
    above, below = _column_ends(first), _column_ends(second)
    homes = [max(above, key=lambda column: overlap(above[column], ends)) for _, ends in sorted(below.items()) if above]
    apart = any(overlap(above[home], ends) <= 0 for home, ends in zip(homes, below.values(), strict=True))
    if len(below) < second.columns or len(set(homes)) < len(homes) or homes != sorted(homes) or apart:
        return None
    cells = [replace(cell, column=homes[cell.column]) for cell in second.cells if cell.column_span == 1]
    empty = [Cell("", row=row, column=c) for row in range(second.rows) for c in range(first.columns) if c not in homes]
    return replace(second, cells=(*cells, *empty)) if len(cells) == len(second.cells) else None


def _column_ends(grid: Grid) -> dict[int, Interval]:
    """Where the texts of each column begin and end, in order of the columns."""
    ends: dict[int, Interval] = {}
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        if cell.text and cell.column_span == 1 and cell.place.box:
            left, right = ends.get(cell.column, (cell.place.box.x0, cell.place.box.x1))
            ends[cell.column] = min(left, cell.place.box.x0), max(right, cell.place.box.x1)
    return ends


def _is_row(grid: Grid, text: Paragraph) -> bool:
    """Whether the text right below the grid is a heading among its rows, whose own rows stand on the next page."""
    frame, box = grid.place.box, text.place.box
    if frame is None or box is None or text.size is None:
        return False
    below = box.top - frame.bottom
    return below < max(1.5 * text.size, 1.2 * _row_gap(grid)) and 0 <= box.x0 - frame.x0 + 2 < 3 * text.size


def _row_gap(grid: Grid) -> float:
    """The room between the texts of the last two rows."""
    rows = [[cell.place.box for cell in grid.row(row) if cell.text and cell.place.box] for row in range(grid.rows)]
    above, below = [*([[]] * 2), *rows][-2:]
    return min(box.top for box in below) - max(box.bottom for box in above) if above and below else 0.0


def _with_heading(grid: Grid, text: Paragraph) -> Grid:
    """The grid with the text as its last row."""
    heading = Cell(text.text, text.place, text.raised, row=grid.rows, bold=text.bold)
    blank = [Cell("", row=grid.rows, column=column) for column in range(1, grid.columns)]
    return replace(grid, cells=(*grid.cells, heading, *blank))


def _joined(first: Grid, second: Grid) -> Grid:
    """Both grids as one; a header printed again is dropped."""
    again = _repeated(first, second)
    shift = first.rows - again
    moved = [replace(cell, row=cell.row + shift) for cell in second.cells if cell.row >= again]
    return Grid((*first.cells, *moved), first.place, first.spans_known)


def _repeated(first: Grid, second: Grid) -> int:
    """How many rows at the second grid's start repeat those at the first one's start, and are no rows of figures."""
    count = 0
    while count < min(first.rows, second.rows) and _texts(first.row(count)) == _texts(second.row(count)):
        if _has_figures(second, count):
            break
        count += 1
    return count


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells]
