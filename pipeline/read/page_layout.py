"""A page's words and strokes to blocks, with what each step made of them; nothing of the format is known any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.document import Block, Grid, Page
from models.quote import Box
from pipeline.read.leading import usual_leading
from pipeline.read.lines import Line, text_lines
from pipeline.read.mesh import Drawing, Mesh, find_drawing
from pipeline.read.paragraphs import paragraphs
from pipeline.read.ruled import is_open, ruled_table
from pipeline.read.table import Table
from pipeline.read.unruled import unruled_tables


@dataclass(frozen=True)
class PageLayout:
    """A page, or one of the parts of a page set in columns, and what each step made of it.

    ``meshes`` are the drawn lines that close cells, ``blocks`` the grids and paragraphs from the top.
    """

    page: Page
    lines: tuple[Line, ...]
    meshes: tuple[Mesh, ...]
    tables: tuple[Table, ...]
    blocks: tuple[Block, ...]


def lay_out(page: Page, drawing: Drawing | None = None) -> PageLayout:
    """The page's drawn tables, then its aligned ones, then its running text; ``drawing`` what its strokes draw."""
    number = page.number or 0
    lines = text_lines(page.words)
    leading = usual_leading(lines)
    drawing = drawing or find_drawing(page.strokes)
    meshes = [mesh for mesh in drawing.meshes if not is_open(mesh, lines)]
    drawn = [table for mesh in meshes if (table := ruled_table(mesh, lines, leading, number))]
    rest = _outside(lines, [table.grid for table in drawn])
    aligned = list(unruled_tables(rest, drawing, leading, number))
    tables = (*drawn, *aligned)
    prose = _outside(rest, [table.grid for table in aligned])
    blocks = _in_order(prose, [table.grid for table in tables], number)
    return PageLayout(page, tuple(lines), tuple(meshes), tables, tuple(blocks))


def _outside(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    """The lines without the words that stand in a grid."""
    boxes = [grid.place.box for grid in grids if grid.place.box]
    kept = []
    for line in lines:
        words = line.words
        for box in boxes:
            words = tuple([word for word in words if not _holds(box, word.box)])
        if words:
            kept.append(line if len(words) == len(line.words) else Line(words))
    return kept


def _holds(frame: Box, box: Box) -> bool:
    """Whether the middle of the box stands in the frame."""
    return frame.top <= (box.top + box.bottom) / 2 <= frame.bottom and frame.x0 <= (box.x0 + box.x1) / 2 <= frame.x1


def _in_order(lines: Sequence[Line], grids: Sequence[Grid], page: int) -> Iterator[Block]:
    """Grids and the paragraphs between them, from the top."""
    todo = list(lines)
    for grid in sorted(grids, key=lambda grid: grid.place.box.top if grid.place.box else 0.0):
        top = grid.place.box.top if grid.place.box else 0.0
        above = [line for line in todo if line.box.middle[1] < top]
        yield from paragraphs(above, page)
        yield grid
        todo = [line for line in todo if line.box.middle[1] >= top]
    yield from paragraphs(todo, page)
