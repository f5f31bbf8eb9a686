"""The paths of a PDF page to strokes: its straight lines, and where its filled areas end."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Stroke
from models.quote import Box
from pipeline.read.frame import Floats, Frame, Indexes, Truths
from pipeline.read.plain_calls import (
    closes_path,
    count_of_form,
    count_of_path,
    get_draw_mode,
    get_fill_colour,
    get_matrix_of_object,
    get_point,
    get_stroke_colour,
    kind_of,
    kind_of_segment,
    object_of_form,
    object_of_page,
    records,
    reference,
    segment_of,
)

_THIN = 3.0
"""A filled rectangle thinner than this many points is a drawn line, and its shorter sides are that line's ends."""
_STRAIGHT = 0.5
"""A line leans by less than this many points."""
_WHITE = 250
"""Colours whose red, green and blue are all at least this count as the paper's."""
_OUTSIDE = 0.2
"""So many points beyond its side an area has ended, unless another one of its colour goes on there."""
_MOST_PATHS = 5000
"""A page with more paths is a map."""
_MOST_SEGMENTS = 2000
"""A path of more segments is an outline on a map."""
_DEEPEST = 8
"""Forms within forms are looked into so deeply."""
_AT_ONCE = 512
"""So many sides of areas are compared with all areas at once: a map has thousands of both."""
_PATHS_AT_ONCE = 128
"""So many paths are put into arrays at once: most have five segments, one of a map has thousands."""


Colour = tuple[int, int, int]
"""Red, green and blue."""
Sides = Floats
"""Four rows, the left, upper, right and lower ends of straight lines: a page draws thousands, few of which are kept."""


class _Ink(NamedTuple):
    """A path that is seen: its address, its colour, and whether that fills it."""

    path: int
    colour: Colour
    is_fill: bool


def find_strokes(page: pdfium.PdfPage, frame: Frame) -> list[Stroke]:
    """The straight horizontal and vertical lines of the page, and where filled areas end.

    Half of the sides that pages draw are the ends of thin rectangles, and left out. An area ends where its colour
    does: Word fills a cell, and again each of its paragraphs.
    """
    count, address = pdfium_c.FPDFPage_CountObjects(page.raw), reference(page.raw)
    inks = _inks(islice(_paths(list(map(object_of_page, repeat(address), range(count)))), _MOST_PATHS))
    strokes: list[Sides] = []
    areas: dict[Colour, list[list[float]]] = {}
    while some := list(islice(inks, _PATHS_AT_ONCE)):
        lines, filled = _drawn(some, frame)
        strokes.append(lines)
        for colour, area in filled:
            areas.setdefault(colour, []).append(area)
    strokes += [_ends(np.array(alike).T) for alike in areas.values()]
    return [Stroke(Box(*side)) for some in strokes for side in some.T.tolist()]


def _drawn(inks: Sequence[_Ink], frame: Frame) -> tuple[Sides, list[tuple[Colour, list[float]]]]:
    """The lines that the paths draw, and the areas that they fill, each with its colour."""
    sides, owners = _straight_sides([ink.path for ink in inks], frame)
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    wholes, drawn = _around(sides, firsts), owners[firsts]
    are_areas = np.array([ink.is_fill for ink in inks])[drawn] & (_narrowest(wholes) > _THIN)
    are_long = np.maximum(sides[2] - sides[0], sides[3] - sides[1]) >= _THIN
    are_lines = ~np.isin(owners, drawn[are_areas]) & (_narrowest(sides) < _STRAIGHT) & are_long
    colours = [inks[owner].colour for owner in drawn[are_areas].tolist()]
    return sides[:, are_lines], list(zip(colours, wholes[:, are_areas].T.tolist(), strict=True))


def _paths(objects: Sequence[int], depth: int = 1) -> Iterator[int]:
    """The paths among the objects of a page or a form, and in its forms; most objects are text, and passed over."""
    for one, kind in zip(objects, map(kind_of, objects), strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            yield one
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _paths(list(map(object_of_form, repeat(one), range(count_of_form(one)))), depth + 1)


def _inks(paths: Iterable[int]) -> Iterator[_Ink]:
    """The paths that are drawn, and not as white as paper."""
    fill, stroke, parts = ctypes.c_int(), ctypes.c_int(), (ctypes.c_uint * 4)()
    to_parts = [ctypes.byref(parts, index * ctypes.sizeof(ctypes.c_uint)) for index in range(4)]
    for path in paths:
        get_draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
        for is_on, is_fill, get in ((stroke, False, get_stroke_colour), (fill, True, get_fill_colour)):
            if is_on.value and get(path, *to_parts):
                red, green, blue, opacity = parts
                if opacity and min(red, green, blue) < _WHITE:
                    yield _Ink(path, (red, green, blue), is_fill)
                    break


def _straight_sides(paths: Sequence[int], frame: Frame) -> tuple[Sides, Indexes]:
    """The straight sides of the paths, and of each the number of its path.

    A segment is a line from the end of the one before it, and one that closes its path draws a second line back to
    where the path was moved to.
    """
    owners, segments = _segments(paths)
    points = np.array(frame.places(*_points(paths, owners, segments)))
    kinds = np.fromiter(map(kind_of_segment, segments), np.int64, len(segments))
    closes = np.fromiter(map(closes_path, segments), np.bool_, len(segments))
    begins, is_move = np.diff(owners, prepend=-1) != 0, kinds == pdfium_c.FPDF_SEGMENT_MOVETO
    last = np.where(begins, 0.0, np.roll(points, 1, axis=1))
    moves = np.maximum.accumulate(np.where(begins | is_move, np.arange(len(segments)), 0))
    first = np.where(is_move[moves], points[:, moves], 0.0)
    are_drawn = np.stack((kinds == pdfium_c.FPDF_SEGMENT_LINETO, closes), axis=-1)
    starts, ends = np.stack((last, points), axis=-1)[:, are_drawn], np.stack((points, first), axis=-1)[:, are_drawn]
    sides = np.vstack((np.minimum(starts, ends), np.maximum(starts, ends)))
    return sides, np.repeat(owners, are_drawn.sum(axis=1))


def _segments(paths: Sequence[int]) -> tuple[Indexes, list[int]]:
    """The segments of the paths, and of each the number of its path."""
    counts = [min(count_of_path(path), _MOST_SEGMENTS) for path in paths]
    segments = [
        segment
        for path, count in zip(paths, counts, strict=True)
        for segment in map(segment_of, repeat(path), range(count))
    ]
    return np.repeat(np.arange(len(paths)), counts), segments


def _points(paths: Sequence[int], owners: Indexes, segments: Sequence[int]) -> tuple[Floats, Floats]:
    """Where the segments end, in the page's space."""
    points, places = records(2 * len(segments), 1)
    deque(map(get_point, segments, places, places), maxlen=0)  # writes x to one place, y to the next
    matrices, places = records(len(paths), 6)
    deque(map(get_matrix_of_object, paths, places), maxlen=0)
    x, y = points.reshape(-1, 2).T.astype(np.float64)
    a, b, c, d, e, f = matrices.T.astype(np.float64)[:, owners]
    return a * x + c * y + e, b * x + d * y + f


def _around(sides: Sides, firsts: Indexes) -> Sides:
    """The sides of the boxes around straight lines, of which these are the first ones of each box."""
    return np.vstack((np.minimum.reduceat(sides[:2], firsts, axis=1), np.maximum.reduceat(sides[2:], firsts, axis=1)))


def _narrowest(sides: Sides) -> Floats:
    """How wide the boxes around straight lines are, or how high if that is less."""
    narrowest: Floats = np.minimum(sides[2] - sides[0], sides[3] - sides[1])
    return narrowest


def _ends(areas: Sides) -> Sides:
    """The sides at which areas of one colour end: no area covers the point right outside the side's middle."""
    left, top, right, bottom = areas
    across, down = (left + right) / 2, (top + bottom) / 2
    sides = (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    )
    outside = ((across, top - _OUTSIDE), (across, bottom + _OUTSIDE), (left - _OUTSIDE, down), (right + _OUTSIDE, down))
    each = np.array(sides).transpose(1, 2, 0).reshape(4, -1)  # the four sides of the first area, then of the next one
    x, y = np.array(outside).transpose(1, 2, 0).reshape(2, -1, 1)
    starts = range(0, len(x), _AT_ONCE)
    return each[:, np.concatenate([_are_open(areas, x[at : at + _AT_ONCE], y[at : at + _AT_ONCE]) for at in starts])]


def _are_open(areas: Sides, x: Floats, y: Floats) -> Truths:
    """Whether no area covers each of the points, which are columns."""
    left, top, right, bottom = areas
    is_covered: Truths = ((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).any(axis=1)
    return ~is_covered
