"""A page's picture: ink and paper told apart, the lines of print brought level, drawn lines found."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, tan

import numpy as np
import numpy.typing as npt
from PIL import Image

from models.document import Stroke
from models.quote import Box

Grey = npt.NDArray[np.uint8]
"""Rows of pixels, 0 black to 255 white."""
Ink = npt.NDArray[np.bool_]
"""Rows of pixels, True where there is ink."""

DPI = 200
"""Dots an inch that pages are rendered at: at 300 the OCR reads no more figures right and takes longer."""
POINT = DPI / 72
"""Dots a point."""

_SPREAD = (1, 2, 4, 8)
"""Steps that add up to 15 dots: what is thinner than that is print, what is thicker is shading or a picture."""
_DARKER = 36
"""Ink is darker than the paper around it by this much, twice as much as the noise of a scan."""
_MOST_SKEW = 2.0
"""Degrees by which a page may lie askew on the scanner's glass."""
_THICKEST = 8
"""Dots: a drawn line is no thicker, a letter's stem is higher."""
_BREAK = 6
"""Dots for which a drawn line may be interrupted, as where another one crosses it."""
_LEAST_LYING, _LEAST_STANDING = 80, 55
"""Dots that a drawn line runs at least: further than a dash, and than two lines of letters stand above each other."""
_DENSE = 0.95
"""A drawn line has ink for this share of its length; the tops of a line's letters have not."""


def ink_of(grey: Grey) -> Ink:
    """Where thin things are darker than what is around them, be that white or shaded."""
    brightest = grey
    for step in _SPREAD:
        for axis in (0, 1):
            brightest = np.maximum(brightest, np.roll(brightest, step, axis))
    paper = brightest
    for step in _SPREAD:
        for axis in (0, 1):
            paper = np.minimum(paper, np.roll(paper, -step, axis))
    return np.asarray(paper > grey.astype(np.int16) + _DARKER)


def straightened(grey: Grey) -> Grey:
    """The picture turned so that its lines of print are level."""
    degrees = skew_of(ink_of(grey))
    if not degrees:
        return grey
    turned = Image.fromarray(grey).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned)


def skew_of(ink: Ink) -> float:
    """Degrees by which the lines of print fall to the right; the angle at which most ink stands in fewest rows."""
    ys, xs = np.nonzero(ink[:, ::4])
    if not len(ys):
        return 0.0

    def sharpness(degrees: float) -> float:
        rows = (ys - 4 * xs * tan(radians(degrees))).astype(np.int64)
        return float(np.square(np.bincount(rows - rows.min()).astype(np.float64)).sum())

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.05, 0.1), key=sharpness)
    return round(float(max(np.arange(coarse - 0.1, coarse + 0.1, 0.02), key=sharpness)), 2)


_SHORTEST_DASH, _LONGEST_DASH = 6, 40
"""Dots that a dash is wide: a hyphen of small print, and a long dash."""
_NEAR = 200
"""So many lines at most have a piece on one row of pixels."""


@dataclass(frozen=True)
class Drawn:
    """The drawn lines of a picture: as strokes, in points, and as the dots that they cover."""

    strokes: tuple[Stroke, ...]
    ink: Ink


def drawn_lines(ink: Ink) -> Drawn:
    """The lying and standing lines of the picture: thin, long and without gaps."""
    lying = _segments(ink, _LEAST_LYING)
    standing = _segments(ink.T, _LEAST_STANDING)
    covered = _painted(lying, ink.shape) | _painted(standing, ink.T.shape).T
    strokes = [Stroke(_points(start, first, end, last)) for first, last, start, end in _bands(lying)]
    strokes += [Stroke(_points(first, start, last, end)) for first, last, start, end in _bands(standing)]
    return Drawn(tuple(strokes), covered)


Runs = npt.NDArray[np.int64]
"""Runs of ink, one a row: the row of pixels, the first column, and the column after the last."""


def _points(x0: int, top: int, x1: int, bottom: int) -> Box:
    return Box(float(x0 / POINT), float(top / POINT), float(x1 / POINT), float(bottom / POINT))


def _runs(ink: Ink) -> Runs:
    """The runs of ink along each row."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    return np.stack([rows, starts, ends], axis=1)


def dashes(ink: Ink) -> list[tuple[int, int, int, int]]:
    """The short flat strokes that touch nothing else: left, top, right and bottom of each, in dots."""
    found = []
    for top, bottom, left, right in _bands(_runs(ink)):
        height, width = bottom - top, right - left
        if height <= _THICKEST and 2 * height <= width <= _LONGEST_DASH and width >= _SHORTEST_DASH:
            found.append((left, top, right, bottom))
    return found


def _thin(ink: Ink) -> Ink:
    """The ink without runs along its rows that are longer than a line is thick."""
    runs = _runs(ink)
    return ink & ~_painted(runs[runs[:, 2] - runs[:, 1] > _THICKEST], ink.shape)


def _bands(segments: Runs) -> list[tuple[int, int, int, int]]:
    """The segments that touch each other as one line each: its first row and the row after its last, start and end."""
    bands: list[tuple[int, int, int, int]] = []
    for row, start, end in segments.tolist():
        one = (row, row + 1, start, end)
        near = [b for b in bands[-_NEAR:] if row <= b[1] + 1 and start <= b[3] + _BREAK and b[2] <= end + _BREAK]
        for band in near:
            bands.remove(band)
            one = (min(one[0], band[0]), row + 1, min(one[2], band[2]), max(one[3], band[3]))
        bands.append(one)
    return bands


def _painted(runs: Runs, shape: tuple[int, ...]) -> Ink:
    """A picture of nothing but these runs."""
    change = np.zeros((shape[0], shape[1] + 1), dtype=np.int32)
    np.add.at(change, (runs[:, 0], runs[:, 1]), 1)
    np.add.at(change, (runs[:, 0], runs[:, 2]), -1)
    return np.asarray(np.cumsum(change, axis=1)[:, :-1] > 0)


def _segments(ink: Ink, least: int) -> Runs:
    """The thin runs along each row, joined over short breaks, that are long and dense enough for a drawn line."""
    runs = _runs(_with_neighbours(_thin(ink.T).T))
    if not len(runs):
        return runs
    broken = (runs[1:, 0] != runs[:-1, 0]) | (runs[1:, 1] - runs[:-1, 2] > _BREAK)
    first = np.flatnonzero(np.concatenate([[True], broken]))
    last = np.concatenate([first[1:] - 1, [len(runs) - 1]])
    joined = np.stack([runs[first, 0], runs[first, 1], runs[last, 2]], axis=1)
    long = joined[joined[:, 2] - joined[:, 1] >= least]
    # Where another line crosses, the ink is not thin, but it is ink.
    so_far = np.cumsum(np.pad(_with_neighbours(ink), ((0, 0), (1, 0))), axis=1)
    covered = so_far[long[:, 0], long[:, 2]] - so_far[long[:, 0], long[:, 1]]
    return np.asarray(long[covered >= _DENSE * (long[:, 2] - long[:, 1])])


def _with_neighbours(ink: Ink) -> Ink:
    """The ink of each row with that of the rows beside it: a line that is a little askew goes over to the next row."""
    return ink | np.roll(ink, 1, axis=0) | np.roll(ink, -1, axis=0)
