"""A mesh and the words in it to a grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.document import Cell, Grid, Word
from models.quote import Place
from pipeline.read.lines import Chunk, Line, around, printed
from pipeline.read.mesh import Mesh, Room

_FILLED = 0.25
"""A drawing's lines close rooms too, but fewer of them hold words."""


def ruled_grid(mesh: Mesh, lines: Sequence[Line], page: int) -> Grid | None:
    """The grid of the mesh with the words of the lines, or None where the mesh is a frame or a drawing."""
    held = _words_by_room(mesh, lines)
    if len(held) < 3 or len(held) < _FILLED * len(mesh.rooms):
        return None
    cells = [cell for room in mesh.rooms for cell in _cells(mesh, room, held.get(room, []), page)]
    return Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), Place(page, mesh.box))


def _words_by_room(mesh: Mesh, lines: Sequence[Line]) -> dict[Room, list[Line]]:
    """The parts of the lines that stand in each room; a word stands where its middle is."""
    owner = {
        (row, column): room
        for room in mesh.rooms
        for row in range(room.row, room.row + room.row_span)
        for column in range(room.column, room.column + room.column_span)
    }
    held: dict[Room, list[Line]] = {}
    for line in lines:
        parts: dict[Room, list[Word]] = {}
        for word in line.words:
            x, y = word.box.middle
            room = owner.get((bisect_right(mesh.ys, y) - 1, bisect_right(mesh.xs, x) - 1))
            if room is not None:
                parts.setdefault(room, []).append(word)
        for room, words in parts.items():
            held.setdefault(room, []).append(Line(tuple(words)))
    return held


def _cells(mesh: Mesh, room: Room, lines: Sequence[Line], page: int) -> Iterator[Cell]:
    """The cell of a room; a room whose inner sides are not drawn but kept free by its words gives several."""
    cuts = _cuts(mesh, room, lines)
    for first, end in pairwise(cuts):
        part = Room(room.row, first, room.row_span, end - first)
        box = mesh.box_of(part)
        inside = [[w for w in line.words if box.x0 <= w.box.middle[0] < box.x1] for line in lines]
        yield _cell(part, [words for words in inside if words], Place(page, box))


def _cuts(mesh: Mesh, room: Room, lines: Sequence[Line]) -> list[int]:
    """The columns at which a room is cut: its ends, and inner lines with words on both sides and none across.

    Shading every second row draws the column lines of the shaded rows only.
    """
    ends = [room.column, room.column + room.column_span]
    chunks = [chunk for line in lines for chunk in line.chunks]
    inner = range(room.column + 1, ends[1])
    if len(chunks) < 2 or not any(len(line.chunks) > 1 for line in lines):
        return ends
    return [ends[0], *(at for at in inner if not any(_crosses(chunk, mesh.xs[at]) for chunk in chunks)), ends[1]]


def _crosses(chunk: Chunk, x: float) -> bool:
    """Whether the chunk stands on both sides of the line."""
    return chunk.extent[0] < x - 1 and chunk.extent[1] > x + 1


def _cell(room: Room, lines: Sequence[Sequence[Word]], place: Place) -> Cell:
    """The cell of a room with its words, line by line; an empty room gives an empty cell."""
    text, raised = printed(lines)
    words = [word for line in lines for word in line]
    return Cell(
        text,
        Place(place.page, around([word.box for word in words]) if words else place.box),
        raised,
        row=room.row,
        column=room.column,
        row_span=room.row_span,
        column_span=room.column_span,
        bold=bool(words) and all(word.bold for word in words),
    )


def is_open(mesh: Mesh, lines: Sequence[Line]) -> bool:
    """Whether the mesh is the shaded or framed part of a larger table: right above or below it rows go on in its columns."""
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
