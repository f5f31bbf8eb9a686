"""A heading that stands alone at the end of a page, carried to its rows at the top of the next one.

The rows tell the columns that the heading is read by, so both are laid out as one; the places of its cells stay true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.document import Block, Cell, Grid, Word
from models.quote import Box, Place
from pipeline.read.columns import nearest
from pipeline.read.lines import Line
from pipeline.read.page_layout import PageLayout, lay_out
from pipeline.read.regions import has_figures, is_figure

_OUTSIDE = 3
"""So many lines can be the running head above a table, or the foot below a heading."""
_CLOSE, _AMONG = 2.2, 1.3
"""Lines of several pieces of one heading, and lines of one piece among them, follow each other by less than these
multiples of the font size."""
_ABOVE = 1.3
"""How far above its rows a heading is set at least, in font sizes."""


def carry_heading(above: PageLayout, below: PageLayout) -> tuple[PageLayout, PageLayout] | None:
    """Both pages laid out with the heading above its rows, or None where no heading stands alone."""
    rows = _rows_without_heading(below)
    if not rows:
        return None
    for heading in _last_lines(above):
        if _stands_over(heading, rows) and (joined := _joined(heading, rows, below, above.page.number)):
            words = {(word.text, word.box) for line in heading for word in line.words}
            kept = tuple(word for word in above.page.words if (word.text, word.box) not in words)
            return lay_out(replace(above.page, words=kept)), joined
    return None


def _rows_without_heading(layout: PageLayout) -> tuple[Line, ...]:
    """The lines from the page's first row of figures on, if only a running head and labels of rows stand above it."""
    lines = layout.lines
    drawn = [table.grid for table in layout.tables if table.is_drawn]
    start = next((at for at, line in enumerate(lines) if len(line.chunks) > 1), None)
    if start is None:
        return ()
    line = lines[start]
    while start and lines[start].baseline - lines[start - 1].baseline < _CLOSE * line.size:
        start -= 1
    figures = sum(is_figure(chunk) for chunk in line.chunks[1:])
    is_row = has_figures(line) and figures > 1 and not _is_in(line, drawn)
    return tuple(lines[start:]) if is_row and start <= _OUTSIDE else ()


def _last_lines(layout: PageLayout) -> Iterator[tuple[Line, ...]]:
    """The lines that can be a heading at the page's end, past its foot, with group rows below it; the longest first."""
    lines = [line for line in layout.lines if not _is_in(line, layout.blocks)]
    end = len(lines)
    while end and len(lines[end - 1].chunks) == 1 and len(lines) - end < _OUTSIDE:
        end -= 1
    start = heading_end = end
    while start and end < len(lines) and lines[end].baseline - lines[end - 1].baseline < _CLOSE * lines[end].size:
        end += 1
    while start and not has_figures(lines[start - 1]):
        several = len(lines[start - 1].chunks) > 1
        apart = lines[start].baseline - lines[start - 1].baseline if start < heading_end else 0.0
        if apart > (_CLOSE if several else _AMONG) * lines[start - 1].size:
            break
        start -= 1
    yield from (tuple(lines[at:end]) for at in range(start, heading_end))


def _is_in(line: Line, blocks: Sequence[Block]) -> bool:
    """Whether the line stands in a grid."""
    boxes = [block.place.box for block in blocks if isinstance(block, Grid) and block.place.box]
    return any(box.top <= line.box.middle[1] <= box.bottom for box in boxes)


def _stands_over(heading: Sequence[Line], rows: Sequence[Line]) -> bool:
    """Whether the lines' pieces stand over more than half of the pieces of the first row of figures."""
    pieces = [chunk.extent for chunk in next(line for line in rows if len(line.chunks) > 1).chunks]
    homes = {nearest(pieces, chunk.extent) for line in heading for chunk in line.chunks}
    return 2 * len(homes) > len(pieces)


def _joined(heading: Sequence[Line], rows: Sequence[Line], below: PageLayout, page: int | None) -> PageLayout | None:
    """The page below with the heading above its rows, or None where the heading is not wholly read as theirs."""
    top = min(word.box.top for word in rows[0].words)
    shift = rows[0].baseline - heading[-1].baseline - _pitch(rows)
    carried = [replace(word, box=_shifted(word.box, shift)) for line in heading for word in line.words]
    words = [word for word in below.page.words if word.box.middle[1] >= top]
    joined = lay_out(replace(below.page, words=(*sorted(carried, key=_standing), *words)))
    grid = joined.blocks[0] if joined.blocks else None
    if not isinstance(grid, Grid) or _begins_with_figures(grid):
        return None
    head = [block for block in below.blocks if block.place.box and block.place.box.middle[1] < top]
    return replace(joined, page=below.page, blocks=(*head, _put_back(grid, top, shift, page), *joined.blocks[1:]))


def _pitch(rows: Sequence[Line]) -> float:
    """How far apart the first rows of figures are: as far as a group row is above its rows."""
    figures = [line.baseline for line in rows if has_figures(line)]
    return max(figures[1] - figures[0] if len(figures) > 1 else 0.0, _ABOVE * rows[0].size)


def _begins_with_figures(grid: Grid) -> bool:
    return any(cell.text[:1].isdigit() for cell in grid.row(0)[1:])


def _standing(word: Word) -> tuple[float, float]:
    return word.box.bottom - 0.25 * word.size, word.box.x0


def _shifted(box: Box, shift: float) -> Box:
    return replace(box, top=box.top + shift, bottom=box.bottom + shift)


def _put_back(grid: Grid, top: float, shift: float, page: int | None) -> Grid:
    """The grid with the cells of its heading where they are printed, and its own place where its rows are."""
    cells = tuple(_printed_at(cell, top, shift, page) for cell in grid.cells)
    box = grid.place.box
    place = replace(grid.place, box=replace(box, top=top)) if box else grid.place
    return replace(grid, cells=cells, place=place)


def _printed_at(cell: Cell, top: float, shift: float, page: int | None) -> Cell:
    box = cell.place.box
    if box is None or box.middle[1] > top:
        return cell
    return replace(cell, place=Place(page, _shifted(box, -shift)))
