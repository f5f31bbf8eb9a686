from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.document import Stroke
from models.quote import Box
from pipeline.read.mesh import find_drawing

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
