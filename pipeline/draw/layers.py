"""What each step of a page's reading made, as coloured boxes to draw onto the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.document import Level, Page, Paragraph
from models.quote import Box
from pipeline.draw.uses import Use, UsedPlace
from pipeline.read.mesh import Mesh
from pipeline.read.page_layout import PageLayout
from pipeline.read.pdf import ReadPage

_NEAR = 2.5
"""Points by which a drawn line may stand off the table that it belongs to."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour of a drawing and what it stands for; ``filled`` shades the box too."""

    meaning: str
    colour: tuple[int, int, int]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on the page, in points from its top left, and what is written at it."""

    box: Box
    ink: Ink
    label: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """One step of the reading: what was found, and the inks of its legend."""

    name: str
    inks: tuple[Ink, ...]
    marks: tuple[Mark, ...]


_BLUE, _GREEN, _RED, _ORANGE = (31, 89, 192), (24, 134, 66), (204, 36, 36), (222, 128, 0)
_LIME, _SKY, _NAVY, _YELLOW, _BLACK = (120, 170, 0), (0, 160, 230), (10, 20, 110), (200, 170, 0), (0, 0, 0)
_PURPLE, _PINK, _TEAL, _GREY = (128, 48, 168), (224, 32, 144), (0, 140, 150), (120, 120, 120)

WORD, BOLD_WORD = Ink("word", _BLUE), Ink("bold word", _PURPLE)
CELL_STROKE, OTHER_STROKE = Ink("drawn line that closes cells", _RED), Ink("other drawn line", _GREY)
LINE, PIECE = Ink("text line", _GREY, filled=True), Ink("piece: no gap within is as wide as between columns", _GREEN)
RAISED, LOWERED = Ink("raised mark", _PINK, filled=True), Ink("lowered mark", _TEAL, filled=True)
COLUMN, ROW = Ink("column", _RED), Ink("row", _BLUE)
DRAWN, ALIGNED = Ink("table by drawn lines", _ORANGE, filled=True), Ink("table by aligned words", _GREEN, filled=True)
TEXT = Ink("paragraph", _GREY)
CELL, MERGED = Ink("cell: its row and column", _BLUE), Ink("merged cell: its rows and columns", _RED, filled=True)
USES = {
    Use.HEADING: Ink("heading", _PURPLE, filled=True),
    Use.LABEL: Ink("label", _GREEN, filled=True),
    Use.GROUP_ROW: Ink("group row", _LIME, filled=True),
    Use.TONNAGE: Ink("tonnage", _BLUE, filled=True),
    Use.GRADE: Ink("grade", _SKY, filled=True),
    Use.CONTAINED: Ink("contained metal", _NAVY, filled=True),
    Use.RECOVERED: Ink("recovered metal", _PINK, filled=True),
    Use.CUTOFF: Ink("cut-off", _YELLOW, filled=True),
    Use.FIGURE: Ink("other figure", _BLACK, filled=True),
    Use.IGNORED: Ink("ignored, with its name", _ORANGE, filled=True),
    Use.LEFT_OVER: Ink("left over, with the reason", _RED, filled=True),
    Use.BLANK: Ink("blank", _GREY),
    Use.NO_ESTIMATES: Ink("in a table without estimates", _GREY, filled=True),
    Use.NOTE: Ink("note of a table", _TEAL, filled=True),
}


def layers(read: ReadPage, used: Iterable[UsedPlace]) -> tuple[Layer, ...]:
    """The steps of a page, in the order in which they were taken; ``used`` is what became of the document's cells."""
    return (
        Layer("words", (WORD, BOLD_WORD), tuple(_words(read))),
        Layer("drawn lines", (CELL_STROKE, OTHER_STROKE), tuple(_strokes(read))),
        Layer("text lines", (LINE, PIECE, RAISED, LOWERED), tuple(_lines(read.layouts))),
        Layer("columns and rows", (DRAWN, ALIGNED, COLUMN, ROW, TEXT), tuple(_tables(read.layouts))),
        Layer("cells", (CELL, MERGED), tuple(_cells(read.layouts))),
        Layer("use of the cells", tuple(USES.values()), tuple(_uses(read.page, used))),
    )


def _words(read: ReadPage) -> Iterator[Mark]:
    for word in read.page.words:
        yield Mark(word.box, BOLD_WORD if word.bold else WORD)


def _strokes(read: ReadPage) -> Iterator[Mark]:
    meshes = [mesh for layout in read.layouts for mesh in layout.meshes]
    for stroke in read.page.strokes:
        yield Mark(stroke.box, CELL_STROKE if any(_is_in(mesh, stroke.box) for mesh in meshes) else OTHER_STROKE)


def _is_in(mesh: Mesh, box: Box) -> bool:
    """Whether the line is drawn within the frame of the mesh."""
    frame, (x, y) = mesh.box, box.middle
    return frame.x0 - _NEAR <= x <= frame.x1 + _NEAR and frame.top - _NEAR <= y <= frame.bottom + _NEAR


def _lines(layouts: Sequence[PageLayout]) -> Iterator[Mark]:
    lines = [line for layout in layouts for line in layout.lines]
    for line in lines:
        yield Mark(line.box, LINE)
    for line in lines:
        yield from (Mark(chunk.box, PIECE) for chunk in line.chunks)
        yield from (Mark(w.box, RAISED) for w in line.words if w.level is Level.RAISED)
        yield from (Mark(w.box, LOWERED) for w in line.words if w.level is Level.LOWERED)


def _tables(layouts: Sequence[PageLayout]) -> Iterator[Mark]:
    for layout in layouts:
        yield from (Mark(b.place.box, TEXT) for b in layout.blocks if isinstance(b, Paragraph) and b.place.box)
        for table in layout.tables:
            (left, *_, right), (top, *_, bottom) = table.xs, table.ys
            yield Mark(Box(left, top, right, bottom), DRAWN if table.is_drawn else ALIGNED)
            yield from (Mark(Box(left, y, right, y), ROW) for y in table.ys)
            yield from (Mark(Box(x, top, x, bottom), COLUMN) for x in table.xs)


def _cells(layouts: Sequence[PageLayout]) -> Iterator[Mark]:
    for table in (table for layout in layouts for table in layout.tables):
        for cell in table.grid.cells:
            is_merged = cell.row_span > 1 or cell.column_span > 1
            label = f"{_range(cell.row, cell.row_span)},{_range(cell.column, cell.column_span)}"
            yield Mark(table.box_of(cell), MERGED if is_merged else CELL, label)


def _range(first: int, span: int) -> str:
    return f"{first}" if span == 1 else f"{first}-{first + span - 1}"


def _uses(page: Page, used: Iterable[UsedPlace]) -> Iterator[Mark]:
    for one in used:
        if one.place.page == page.number and one.place.box:
            is_named = one.use in (Use.IGNORED, Use.LEFT_OVER, Use.FIGURE)
            yield Mark(one.place.box, USES[one.use], one.reason if is_named else "")
