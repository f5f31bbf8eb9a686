"""The paths of a PDF page to strokes: its straight lines, and where its filled areas end."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import islice, repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Stroke
from models.quote import Box
from pipeline.read.frame import Frame
from pipeline.read.plain_calls import (
    address,
    closes_path,
    get_point,
    kind_of,
    kind_of_segment,
    object_of_form,
    object_of_page,
    segment_of,
)

_THIN = 3.0
"""A filled rectangle thinner than this many points is a drawn line."""
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


_Side = tuple[float, float, float, float]
"""Left, top, right and bottom of a straight line: a page draws thousands, few of which are kept."""


def find_strokes(page: pdfium.PdfPage, frame: Frame) -> list[Stroke]:
    """The straight horizontal and vertical lines of the page, and where filled areas end.

    An area ends where its colour does: Word fills a cell, and again each of its paragraphs.
    """
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    paths = islice(_paths(list(map(object_of_page, repeat(address(page.raw)), range(count)))), _MOST_PATHS)
    areas: list[tuple[Box, str]] = []
    strokes: list[Stroke] = []
    for path in paths:
        colour, is_fill = _seen(path)
        sides = _straight_sides(path, frame) if colour else []
        if is_fill and sides and _narrowest(whole := _around(sides)) > _THIN:
            areas.append((Box(*whole), colour))
        else:
            strokes += [Stroke(Box(*side)) for side in sides if _narrowest(side) < _STRAIGHT]
    by_colour: dict[str, list[Box]] = {}
    for area, colour in areas:
        by_colour.setdefault(colour, []).append(area)
    return strokes + [Stroke(end) for alike in by_colour.values() for end in _ends(alike)]


def _paths(objects: Sequence[int], depth: int = 1) -> Iterator[object]:
    """The paths among the objects of a page or a form, and in its forms; most objects are text, and passed over."""
    for one, kind in zip(objects, map(kind_of, objects), strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            yield ctypes.cast(one, pdfium_c.FPDF_PAGEOBJECT)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = pdfium_c.FPDFFormObj_CountObjects(ctypes.cast(one, pdfium_c.FPDF_PAGEOBJECT))
            yield from _paths(list(map(object_of_form, repeat(one), range(count))), depth + 1)


def _seen(path: object) -> tuple[str, bool]:
    """The path's colour and whether it is filled; no colour where it is not drawn, or as white as paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)
    modes = (
        (stroke.value, False, pdfium_c.FPDFPageObj_GetStrokeColor),
        (fill.value, True, pdfium_c.FPDFPageObj_GetFillColor),
    )
    for is_on, is_fill, get in modes:
        if is_on:
            parts = [ctypes.c_uint() for _ in range(4)]
            get(path, *parts)
            red, green, blue, opacity = (part.value for part in parts)
            if opacity and min(red, green, blue) < _WHITE:
                return f"{red},{green},{blue}", is_fill
    return "", False


def _straight_sides(path: object, frame: Frame) -> list[_Side]:
    """The straight sides of a path."""
    raw = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(path, raw)
    matrix = pdfium.PdfMatrix.from_raw(raw)
    sides = []
    first = last = (0.0, 0.0)
    for x, y, kind, is_end in _segments(path):
        point = frame.place(*matrix.on_point(x, y))
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            sides.append(_side(last, point))
        last = point
        if is_end:
            sides.append(_side(last, first))
    return sides


def _side(start: tuple[float, float], end: tuple[float, float]) -> _Side:
    """The straight line between two points."""
    (x0, y0), (x1, y1) = start, end
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _around(sides: Sequence[_Side]) -> _Side:
    """The sides of the box around straight lines."""
    left, top, right, bottom = zip(*sides, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _narrowest(side: _Side) -> float:
    """How wide the box around a side is, or how high if that is less."""
    return min(side[2] - side[0], side[3] - side[1])


def _segments(path: object) -> Iterator[tuple[float, float, int, int]]:
    """The end of each segment of a path, in the path's own space, what the segment is, and whether it closes it."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start, x_address, y_address = address(path), ctypes.addressof(x), ctypes.addressof(y)
    for index in range(min(pdfium_c.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = segment_of(start, index)
        get_point(segment, x_address, y_address)
        yield x.value, y.value, kind_of_segment(segment), closes_path(segment)


def _ends(areas: Sequence[Box]) -> Iterator[Box]:
    """The sides at which areas of one colour end: no area covers the point right outside the side's middle."""
    left, top, right, bottom = np.array([(box.x0, box.top, box.x1, box.bottom) for box in areas]).T
    sides = [side for area in areas for side in _sides_of(area)]
    for some in (sides[start : start + _AT_ONCE] for start in range(0, len(sides), _AT_ONCE)):
        x, y = np.array([(x, y) for _, x, y in some]).T[:, :, np.newaxis]
        goes_on = ((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).any(axis=1)
        yield from (side for (side, _, _), is_covered in zip(some, goes_on.tolist(), strict=True) if not is_covered)


def _sides_of(area: Box) -> Iterator[tuple[Box, float, float]]:
    """The four sides of an area, each with a point right outside the side's middle."""
    x, y = area.middle
    yield Box(area.x0, area.top, area.x1, area.top), x, area.top - _OUTSIDE
    yield Box(area.x0, area.bottom, area.x1, area.bottom), x, area.bottom + _OUTSIDE
    yield Box(area.x0, area.top, area.x0, area.bottom), area.x0 - _OUTSIDE, y
    yield Box(area.x1, area.top, area.x1, area.bottom), area.x1 + _OUTSIDE, y
