from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st
from pdfplumber.table import merge_edges

from models.document import Stroke
from models.quote import Box
from pipeline.read.mesh import find_drawing

LEAST, COLLINEAR, SNAP = 6.0, 1.0, 3.6
Piece = tuple[float, float, float]
"""Where a stroke stands across its direction, and where it begins and ends."""
PLACES = st.integers(0, 90).map(lambda tenths: tenths * 0.3)
PIECES = st.lists(st.builds(lambda at, start, length: (at, start, start + length), PLACES, PLACES, PLACES), max_size=12)


def by_pdfplumber(pieces: Sequence[Piece]) -> list[Piece]:
    edges = [
        {"orientation": "h", "object_type": "line", "top": at, "bottom": at, "doctop": at, "height": 0.0}
        | {"x0": start, "x1": end, "width": end - start}
        for at, start, end in pieces
        if end - start >= LEAST
    ]
    merged = merge_edges(edges, COLLINEAR, COLLINEAR, SNAP, SNAP) if edges else []
    return sorted((edge["top"], edge["x0"], edge["x1"]) for edge in merged)


@given(PIECES, PIECES)
@example([(0.3, 0.0, 9.0), (0.6, 9.0, 18.0), (0.9, 22.5, 31.5)], [])
def test_pieces_of_a_line_are_joined_as_pdfplumber_joins_them(lying: list[Piece], standing: list[Piece]) -> None:
    strokes = [
        *(Stroke(Box(start, at, end, at)) for at, start, end in lying),
        *(Stroke(Box(at, start, at, end)) for at, start, end in standing),
    ]
    drawing = find_drawing(tuple(strokes))
    assert [(track.at, track.start, track.end) for track in drawing.lying] == by_pdfplumber(lying)
    assert [(track.at, track.start, track.end) for track in drawing.standing] == by_pdfplumber(standing)


SIDE, COUNT = 20.0, 3
WALLS = st.sets(st.tuples(st.integers(1, COUNT - 1), st.integers(0, COUNT - 1)), min_size=1)
"""Inner lines that are drawn along a side of a square: which line, and which of its squares."""


@given(WALLS, st.booleans())
def test_rooms_cover_their_mesh_once_and_hold_no_wall(walls: set[tuple[int, int]], lie: bool) -> None:
    whole = [(line, part) for line in range(COUNT + 1) for part in range(COUNT)]
    ends = [(line, part) for line in (0, COUNT) for part in range(COUNT)]
    some = [(line * SIDE, part * SIDE, (part + 1) * SIDE) for line, part in (*ends, *walls)]
    every = [(line * SIDE, part * SIDE, (part + 1) * SIDE) for line, part in whole]
    lying, standing = (some, every) if lie else (every, some)
    strokes = [
        *(Stroke(Box(start, at, end, at)) for at, start, end in lying),
        *(Stroke(Box(at, start, at, end)) for at, start, end in standing),
    ]
    (mesh,) = find_drawing(tuple(strokes)).meshes
    rooms = [mesh.box_of(room) for room in mesh.rooms]
    assert sum(room.width * room.height for room in rooms) == (COUNT * SIDE) ** 2
    for room in rooms:
        assert not any(room.top < at < room.bottom and start < room.x1 and room.x0 < end for at, start, end in lying)
        assert not any(room.x0 < at < room.x1 and start < room.bottom and room.top < end for at, start, end in standing)
