"""Strokes to meshes: lines that hang together, and the rooms that they close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfplumber.table import merge_edges

from models.document import Stroke
from models.quote import Box

_SNAP = 3.6
"""Strokes closer than this many points are one line: both cells that share a border draw it, or leave a gap there."""
_COLLINEAR = 1.0
"""Strokes that differ by no more points across their direction are pieces of one line."""
_LEAST = 6.0
"""A cell's least width and height in points."""


_Piece = tuple[float, float, float]
"""A stroke that lies or stands, as a track: where it stands across its direction, and from where to where it runs."""


@dataclass(frozen=True, slots=True)
class Track:
    """One drawn line: where it stands across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Room:
    """A closed rectangle of a mesh: its first row and column, and how many of each it takes."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True)
class Mesh:
    """Lines that hang together: their places from left to right and from the top, and the rooms between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rooms: tuple[Room, ...] = field(repr=False)

    @property
    def box(self) -> Box:
        """The frame."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, room: Room) -> Box:
        """The room's box on the page."""
        return Box(
            self.xs[room.column],
            self.ys[room.row],
            self.xs[room.column + room.column_span],
            self.ys[room.row + room.row_span],
        )


@dataclass(frozen=True)
class Drawing:
    """The lines drawn on a page, and the meshes that close at least two rooms side by side, all from the top left."""

    lying: tuple[Track, ...]
    standing: tuple[Track, ...]
    meshes: tuple[Mesh, ...]


def find_drawing(strokes: Sequence[Stroke]) -> Drawing:
    """What the strokes of a page draw."""
    lying, standing = map(_joined, _pieces(strokes))
    meshes = [_mesh(flat, upright) for flat, upright in _connected(lying, standing) if min(len(flat), len(upright)) > 1]
    closed = [mesh for mesh in meshes if len(mesh.xs) > 2 and len(mesh.ys) > 1]
    in_order = sorted(closed, key=lambda mesh: (mesh.box.top, mesh.box.x0))
    return Drawing(tuple(lying), tuple(standing), tuple(in_order))


def _pieces(strokes: Sequence[Stroke]) -> tuple[list[_Piece], list[_Piece]]:
    """The horizontal strokes, and the vertical ones."""
    lying: list[_Piece] = []
    standing: list[_Piece] = []
    for stroke in strokes:
        box = stroke.box
        width, height = box.x1 - box.x0, box.bottom - box.top
        if width >= height:
            if width >= _LEAST:
                lying.append(((box.top + box.bottom) / 2, box.x0, box.x1))
        elif height >= _LEAST:
            standing.append(((box.x0 + box.x1) / 2, box.top, box.bottom))
    return lying, standing


def _joined(pieces: Sequence[_Piece]) -> list[Track]:
    """The lines in order, pieces of one line joined by pdfplumber's rules, which are the same for both directions."""
    edges = [_edge(*piece) for piece in pieces]
    merged = merge_edges(edges, _COLLINEAR, _COLLINEAR, _SNAP, _SNAP) if edges else []
    return [Track(*place) for place in sorted((edge["top"], edge["x0"], edge["x1"]) for edge in merged)]


def _edge(at: float, start: float, end: float) -> dict[str, Any]:
    """A piece as pdfplumber's table finder takes it, as if it lay."""
    sides = {"x0": start, "x1": end, "top": at, "bottom": at, "doctop": at}
    return {"object_type": "line", "orientation": "h", "width": end - start, "height": 0.0, **sides}


def _levels(tracks: Sequence[Track], apart: float) -> Iterator[list[Track]]:
    """Tracks no further apart than this together; tracks come sorted by their place."""
    level: list[Track] = []
    for track in tracks:
        if level and track.at - level[0].at > apart:
            yield level
            level = []
        level.append(track)
    if level:
        yield level


def _connected(lying: Sequence[Track], standing: Sequence[Track]) -> list[tuple[list[Track], list[Track]]]:
    """The lines in groups that cross or touch one another."""
    group = list(range(len(lying) + len(standing)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, flat in enumerate(lying):
        for j, upright in enumerate(standing, start=len(lying)):
            if _meet(flat, upright):
                group[root(i)] = root(j)
    found: dict[int, tuple[list[Track], list[Track]]] = {}
    for i, flat in enumerate(lying):
        found.setdefault(root(i), ([], []))[0].append(flat)
    for j, upright in enumerate(standing, start=len(lying)):
        found.setdefault(root(j), ([], []))[1].append(upright)
    return list(found.values())


def _meet(lying: Track, standing: Track) -> bool:
    """Whether the two lines cross or touch."""
    return (
        lying.start - _SNAP <= standing.at <= lying.end + _SNAP
        and standing.start - _SNAP <= lying.at <= standing.end + _SNAP
    )


def _mesh(lying: Sequence[Track], standing: Sequence[Track]) -> Mesh:
    """The mesh of connected lines; a standing line that begins or ends within a row parts it."""
    ys, xs = _places(lying), _places(standing)
    ys = tuple(sorted([*ys, *_ends_between(standing, ys)]))
    return Mesh(xs, ys, tuple(_rooms(xs, ys, lying, standing)))


def _places(tracks: Sequence[Track]) -> tuple[float, ...]:
    """Where the lines stand, those that are too close to hold a cell between them once."""
    return tuple(level[0].at for level in _levels(sorted(tracks, key=lambda track: track.at), _SNAP))


def _ends_between(standing: Sequence[Track], ys: Sequence[float]) -> Iterator[float]:
    """The heights, away from lying lines, at which standing lines begin or end: below a heading of several columns."""
    ends = sorted(end for track in standing for end in (track.start, track.end))
    inside = [end for end in ends if ys[0] < end < ys[-1] and min(abs(end - y) for y in ys) >= _LEAST]
    for level in _levels([Track(end, 0.0, 0.0) for end in inside], _SNAP):
        yield level[0].at


def _rooms(
    xs: Sequence[float], ys: Sequence[float], lying: Sequence[Track], standing: Sequence[Track]
) -> Iterator[Room]:
    """The rooms: neighbouring squares without a wall between them are one, as far as that is a rectangle."""
    taken: set[tuple[int, int]] = set()
    rows, columns = len(ys) - 1, len(xs) - 1
    walls_right = {(row, column) for column, row in _drawn(standing, xs[1:], ys)}
    walls_below = set(_drawn(lying, ys[1:], xs))
    closed = walls_right & walls_below
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            if (row, column) in closed:  # nearly every square of a table
                yield Room(row, column, 1, 1)
                continue
            room = _grown(row, column, (rows, columns), walls_right, walls_below, taken)
            taken |= _squares(room)
            yield room


def _grown(
    row: int,
    column: int,
    size: tuple[int, int],
    walls_right: set[tuple[int, int]],
    walls_below: set[tuple[int, int]],
    taken: set[tuple[int, int]],
) -> Room:
    """The largest rectangle from this square, first to the right and then down, that no wall cuts."""
    right = column
    while right + 1 < size[1] and (row, right) not in walls_right and (row, right + 1) not in taken:
        right += 1
    below = row
    span = range(column, right + 1)
    while (
        below + 1 < size[0]
        and not any((below, c) in walls_below or (below + 1, c) in taken for c in span)
        and not any((below + 1, c) in walls_right for c in span[:-1])
        and ((below, right) in walls_right) == ((below + 1, right) in walls_right)
    ):
        below += 1
    return Room(row, column, below - row + 1, right - column + 1)


def _squares(room: Room) -> set[tuple[int, int]]:
    """The squares of the mesh that the room takes."""
    return {
        (row, column)
        for row in range(room.row, room.row + room.row_span)
        for column in range(room.column, room.column + room.column_span)
    }


def _drawn(tracks: Sequence[Track], places: Sequence[float], ends: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The sides that a line is drawn along: the number of the side's place, and of the ends that it is between."""
    for place, at in enumerate(places):
        near = [track for track in tracks if abs(track.at - at) <= _SNAP]
        for part, (start, end) in enumerate(pairwise(ends)):
            if any(track.start <= start + _SNAP and track.end >= end - _SNAP for track in near):
                yield place, part
