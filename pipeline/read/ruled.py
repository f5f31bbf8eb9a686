"""A mesh and the words in it to a grid."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from models.document import Cell, Grid, Word
from models.quote import Box, Place
from pipeline.read.body import body_rows
from pipeline.read.leading import Leading
from pipeline.read.lines import Chunk, Line, around, is_broken_number, printed
from pipeline.read.mesh import Mesh, Room
from pipeline.read.regions import has_figures, is_figure
from pipeline.read.table import Table

_PADDING, _MARGIN = 0.6, 5.4
"""A cell keeps no more than this share of the font size free at each side, or so many points, Word's own margin."""
_SHORT_GROUP = re.compile(r"[,'’]\d{0,2}$")
"""The end of a number whose last group of thousands is not whole."""
_FILLED = 0.25
"""A drawing's lines close rooms too, but fewer of them hold words."""


def ruled_table(mesh: Mesh, lines: Sequence[Line], leading: Leading, page: int) -> Table | None:
    """The table of the mesh with the words of the lines, or None where the mesh is a frame or a drawing.

    Lines of one cell follow each other as closely as ``leading`` says.
    """
    held = _words_by_room(mesh, lines)
    parted = _with_rows(mesh, held, leading)
    if parted is not mesh:
        mesh, held = parted, _words_by_room(parted, lines)
    if len(held) < 3 or len(held) < _FILLED * len(mesh.rooms) or _parts_no_columns(held):
        return None
    cells = [cell for room in mesh.rooms for cell in _cells(mesh, room, held.get(room, []), page)]
    grid = Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), Place(page, mesh.box))
    return Table(mesh.xs, mesh.ys, grid, is_drawn=True)


def _parts_no_columns(held: Mapping[Room, Sequence[Line]]) -> bool:
    """Whether most rows of figures stand in one room each: a row's shading draws its ends and no columns."""
    many = sum(any(_has_more(line, _MOST_FIGURES) for line in lines) for lines in held.values())
    return many > 0 and 2 * many > sum(any(_has_more(line, 0) for line in lines) for lines in held.values())


def _has_more(line: Line, figures: int) -> bool:
    """Whether more figures than these stand on the line."""
    return len(line.words) > figures and sum(map(is_figure, line.chunks)) > figures


_MOST_FIGURES = 3
"""A room that a drawn line should have parted holds more figures beside each other."""


def _with_rows(mesh: Mesh, held: Mapping[Room, Sequence[Line]], leading: Leading) -> Mesh:
    """The mesh with its rows parted where one pair of drawn lines holds several rows of figures."""
    bands: dict[int, dict[Room, Sequence[Line]]] = {}
    for room, lines in held.items():
        if room.row_span == 1:
            bands.setdefault(room.row, {})[room] = lines
    for row, band in sorted(bands.items(), reverse=True):
        across = _lines_across(band)
        cuts = _row_cuts(_without_rests(across, mesh.xs), mesh.xs, leading) if len(across) > 1 else []
        if cuts:
            mesh = _cut(mesh, row, cuts, {room for room, lines in band.items() if _has_rows(lines)})
    return mesh


def _lines_across(band: Mapping[Room, Sequence[Line]]) -> list[Line]:
    """The lines of a band's rooms, those on one baseline joined."""
    words: dict[float, list[Word]] = {}
    for lines in band.values():
        for line in lines:
            words.setdefault(round(line.baseline, 1), []).extend(line.words)
    return [Line(tuple(sorted(words[at], key=lambda word: word.box.x0))) for at in sorted(words)]


def _without_rests(lines: Sequence[Line], xs: Sequence[float]) -> list[Line]:
    """The lines without figures that are the rests of those above them: ``208,66`` ``4`` begins no row at the 4."""
    kept: list[Line] = []
    above: dict[int, Chunk] = {}
    for line in lines:
        figures = {_column(chunk, xs): chunk for chunk in line.chunks if is_figure(chunk)}
        if figures and all(at in above and _goes_on(above[at], figures[at], xs) for at in figures):
            words = tuple(word for chunk in line.chunks if chunk not in figures.values() for word in chunk.words)
            kept += [replace(line, words=words)] if words else []
        else:
            kept.append(line)
        above |= figures
    return kept


def _goes_on(above: Chunk, below: Chunk, xs: Sequence[float]) -> bool:
    """Whether both are one number, the first part of which is none: a group of thousands lacks its last digits."""
    column = _column(above, xs)
    room = _room(xs[column + 1] - xs[column], above.size)
    return _SHORT_GROUP.search(above.text) is not None and is_broken_number([above.words, below.words], room)


def _room(width: float, size: float) -> float:
    """The width that a cell has for text of this font size."""
    return width - 2 * max(_PADDING * size, _MARGIN)


def _column(chunk: Chunk, xs: Sequence[float]) -> int:
    """The column that the chunk has its middle in."""
    return min(max(bisect_right(xs, sum(chunk.extent) / 2) - 1, 0), len(xs) - 2)


def _row_cuts(lines: Sequence[Line], xs: Sequence[float], leading: Leading) -> list[float]:
    """The heights between the rows of a band, none where it is one row."""
    figures = [line for line in lines if has_figures(line)]
    apart = [below for above, below in pairwise(figures) if below.baseline - above.baseline > above.size]
    if not apart:
        return []
    rows = body_rows(lines, xs, (), leading)
    return [(above[-1].box.bottom + below[0].box.top) / 2 for above, below in pairwise(rows)]


def _has_rows(lines: Sequence[Line]) -> bool:
    """Whether a room's text belongs to the rows of its band; a single line of words is a label beside them all."""
    return len(lines) > 1 or any(is_figure(chunk) for line in lines for chunk in line.chunks)


def _cut(mesh: Mesh, row: int, cuts: Sequence[float], parted: set[Room]) -> Mesh:
    """The mesh with one row cut into several; rooms that are not parted take them all."""
    more = len(cuts)
    rooms: list[Room] = []
    for room in mesh.rooms:
        if room in parted:
            rooms += [replace(room, row=row + part) for part in range(more + 1)]
        elif room.row > row:
            rooms.append(replace(room, row=room.row + more))
        else:
            reaches = room.row + room.row_span > row
            rooms.append(replace(room, row_span=room.row_span + more) if reaches else room)
    return Mesh(mesh.xs, (*mesh.ys[: row + 1], *cuts, *mesh.ys[row + 1 :]), tuple(rooms))


def _words_by_room(mesh: Mesh, lines: Sequence[Line]) -> dict[Room, list[Line]]:
    """The parts of the lines that stand in each room; a word stands where its middle is."""
    owner = {
        (row, column): number
        for number, room in enumerate(mesh.rooms)
        for row in range(room.row, room.row + room.row_span)
        for column in range(room.column, room.column + room.column_span)
    }
    held: dict[Room, list[Line]] = {}
    for line in lines:
        parts: dict[int, list[Word]] = {}
        for word in line.words:
            x, y = word.box.middle
            number = owner.get((bisect_right(mesh.ys, y) - 1, bisect_right(mesh.xs, x) - 1))
            if number is not None:
                parts.setdefault(number, []).append(word)
        for number, words in parts.items():
            held.setdefault(mesh.rooms[number], []).append(Line(tuple(words)))
    return held


def _cells(mesh: Mesh, room: Room, lines: Sequence[Line], page: int) -> Iterator[Cell]:
    """The cell of a room; a room whose inner sides are not drawn but kept free by its words gives several."""
    cuts = _cuts(mesh, room, lines)
    if len(cuts) == 2:
        yield _cell(room, [line.words for line in lines], mesh.box_of(room), page)
        return
    for first, end in pairwise(cuts):
        part = Room(room.row, first, room.row_span, end - first)
        box = mesh.box_of(part)
        inside = [[w for w in line.words if box.x0 <= w.box.middle[0] < box.x1] for line in lines]
        yield _cell(part, [words for words in inside if words], box, page)


def _cuts(mesh: Mesh, room: Room, lines: Sequence[Line]) -> list[int]:
    """The columns at which a room is cut: its ends, and inner lines with words on both sides and none across.

    Shading every second row draws the column lines of the shaded rows only.
    """
    ends = [room.column, room.column + room.column_span]
    if room.column_span == 1 or not any(len(line.chunks) > 1 for line in lines):
        return ends
    chunks = [chunk for line in lines for chunk in line.chunks]
    inner = range(room.column + 1, ends[1])
    return [ends[0], *(at for at in inner if not any(_crosses(chunk, mesh.xs[at]) for chunk in chunks)), ends[1]]


def _crosses(chunk: Chunk, x: float) -> bool:
    """Whether the chunk stands on both sides of the line."""
    return chunk.extent[0] < x - 1 and chunk.extent[1] > x + 1


def _cell(room: Room, lines: Sequence[Sequence[Word]], box: Box, page: int) -> Cell:
    """The cell of a room with its words, line by line; an empty room gives an empty cell."""
    words = [word for line in lines for word in line]
    text, raised = printed(lines, _room(box.width, max([word.size for word in words], default=0.0)))
    return Cell(
        text,
        Place(page, around([word.box for word in words]) if words else box),
        raised,
        row=room.row,
        column=room.column,
        row_span=room.row_span,
        column_span=room.column_span,
        bold=bool(words) and all(word.bold for word in words),
    )


def is_open(mesh: Mesh, lines: Sequence[Line]) -> bool:
    """Whether the mesh is the shaded or framed part of a larger table: rows go on in its columns above or below."""
    frame = mesh.box
    near = [
        line
        for line in lines
        if -0.5 * line.size < frame.top - line.baseline < 2 * line.size
        or 0.5 * line.size < line.baseline - frame.bottom < 2 * line.size
    ]
    return any(_is_row(mesh, line) for line in near)


def _is_row(mesh: Mesh, line: Line) -> bool:
    """Whether the line has pieces in several of the mesh's columns and none over their ends."""
    chunks = [c for c in line.chunks if mesh.xs[0] - 2 <= c.extent[0] and c.extent[1] <= mesh.xs[-1] + 2]
    if len(chunks) < 2 or any(_crosses(chunk, x) for chunk in chunks for x in mesh.xs[1:-1]):
        return False
    return len({bisect_right(mesh.xs, sum(chunk.extent) / 2) for chunk in chunks}) > 1
