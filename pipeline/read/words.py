"""Glyphs to words: those printed twice once, runs on one baseline, parted at spaces, gaps and changes of size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.document import Word
from models.quote import Box
from pipeline.read.frame import Floats, Indexes, Truths
from pipeline.read.glyphs import fold
from pipeline.read.spacing import together

WORD_GAP = 0.13
"""A gap of more than this share of the font size parts words; a thin space is a fifth, kerning a twentieth."""
BASELINE = 0.12
"""Baselines that differ by less than this share of the font size are the same."""
_SAME_SIZE = 0.6
"""A glyph of less than this share of its neighbour's size is no part of the same word: a raised mark at a figure."""
_OVER, _CELL = 1.0, 32.0
"""Points by which a glyph printed twice is off itself, and the side of the squares in which glyphs are looked up."""
_MOST_STRIPS, _WIDEST, _ROUNDED = 4096.0, 8192.0, 0.02
"""More strips than a page has, more points than it is wide, and by how much a number made of both is off."""


Texts = npt.NDArray[np.str_]
_Square = tuple[str, float, float]
"""A character, and the column and row of a square of the page."""


@dataclass(frozen=True)
class Glyphs:
    """The printed characters of a page, each a place in every array.

    Each has its advance from ``x0`` to ``x1`` on its baseline, in points from the top left. A page has thousands, and
    arrays of them are sorted and parted in a fraction of an object's time for each.
    """

    texts: Texts
    x0: Floats
    x1: Floats
    baselines: Floats
    sizes: Floats
    are_bold: Truths

    def at(self, indexes: Indexes) -> Glyphs:
        """The glyphs at these places, in this order."""
        return Glyphs(
            self.texts[indexes],
            self.x0[indexes],
            self.x1[indexes],
            self.baselines[indexes],
            self.sizes[indexes],
            self.are_bold[indexes],
        )


def find_words(glyphs: Glyphs) -> Iterator[Word]:
    """The words of the glyphs, by baseline and from left to right, letter-spaced ones put together."""
    if len(glyphs.texts):
        printed, lines = _in_lines(_without_doubles(glyphs))
        for _, words in groupby(_words(printed, lines), key=itemgetter(0)):
            yield from together([word for _, word in words])


def _words(glyphs: Glyphs, lines: Indexes) -> Iterator[tuple[int, Word]]:
    """The words, each with the number of its line; its box goes from an ascender's height to a descender's depth."""
    starts = _starts(glyphs, lines)
    letters, ends = "".join(glyphs.texts.tolist()), np.cumsum(np.char.str_len(glyphs.texts))
    baselines, sizes = glyphs.baselines[starts], np.maximum.reduceat(glyphs.sizes, starts)
    rights = np.maximum.reduceat(glyphs.x1, starts)
    told = zip(
        lines[starts].tolist(),
        pairwise([0, *ends[starts[1:] - 1].tolist(), len(letters)]),
        np.transpose((glyphs.x0[starts], baselines - 0.75 * sizes, rights, baselines + 0.25 * sizes)).tolist(),
        sizes.tolist(),
        np.logical_and.reduceat(glyphs.are_bold, starts).tolist(),
        strict=True,
    )
    for line, (start, end), box, size, bold in told:
        if text := fold(letters[start:end]).strip():
            yield line, Word(text, Box(*box), size, bold=bold)


def _in_lines(glyphs: Glyphs) -> tuple[Glyphs, Indexes]:
    """The glyphs by their baselines and from left to right, with the number of each one's baseline from the top."""
    order = np.argsort(glyphs.baselines, kind="stable")
    lines = _line_numbers(glyphs.baselines[order], glyphs.sizes[order])
    return glyphs.at(order[np.lexsort((glyphs.x0[order], lines))]), lines


def _line_numbers(baselines: Floats, sizes: Floats) -> Indexes:
    """Which baseline each glyph stands on, but for small differences from its first one; glyphs come from the top."""
    changes = np.ones(len(baselines), dtype=bool)
    changes[1:] = (np.diff(baselines) != 0) | (np.diff(sizes) != 0)
    places = np.flatnonzero(changes)
    begins = np.zeros(len(baselines), dtype=np.int64)
    first, first_size = -math.inf, 0.0
    for place, baseline, size in zip(places.tolist(), baselines[places].tolist(), sizes[places].tolist(), strict=True):
        if baseline - first > BASELINE * min(size, first_size):
            begins[place], first, first_size = 1, baseline, size
    return np.cumsum(begins)


def _starts(glyphs: Glyphs, lines: Indexes) -> Indexes:
    """Where words begin, and each space for itself: at a gap, a new line, or where sizes differ too much."""
    is_space = np.char.isspace(glyphs.texts)
    last, size = glyphs.sizes[:-1], glyphs.sizes[1:]
    begins = np.ones(len(lines), dtype=bool)
    begins[1:] = (np.diff(lines) != 0) | is_space[:-1] | is_space[1:]
    begins[1:] |= glyphs.x0[1:] > glyphs.x1[:-1] + WORD_GAP * last
    begins[1:] |= (last < _SAME_SIZE * size) | (size < _SAME_SIZE * last)
    return np.flatnonzero(begins)


def _without_doubles(glyphs: Glyphs) -> Glyphs:
    """The glyphs without those that are printed again over themselves, which is how some programs make bold."""
    if not _may_be_doubled(glyphs):
        return glyphs
    kept: list[int] = []
    seen: dict[_Square, list[_Spot]] = {}
    spots = map(_Spot, glyphs.texts.tolist(), glyphs.x0.tolist(), glyphs.baselines.tolist(), glyphs.sizes.tolist())
    for index, spot in enumerate(spots):
        column, x = divmod(spot.x0, _CELL)
        row, y = divmod(spot.baseline, _CELL)
        square = spot.text, column, row
        if square in seen and any(_is_over(spot, other) for other in seen[square]):
            continue
        kept.append(index)
        seen.setdefault(square, []).append(spot)
        if not (_OVER <= x < _CELL - _OVER and _OVER <= y < _CELL - _OVER):
            for beside in _next_squares(spot, square):
                seen.setdefault(beside, []).append(spot)
    return glyphs.at(np.array(kept))


class _Spot(NamedTuple):
    """Where one glyph stands."""

    text: str
    x0: float
    baseline: float
    size: float


def _may_be_doubled(glyphs: Glyphs) -> bool:
    """Whether a character stands nearly where the same one does: false for nearly every page, and quickly told.

    Two that are over each other stand in one of the strips that are twice as high as they may be apart, or in one of
    those half a strip lower. One number orders all glyphs by character, strip and place in it, and is sorted in a
    twentieth of the time of three; where it is rounded, or a place is off the page, more seems doubled than is.
    """
    characters = glyphs.texts.view(np.uint32).reshape(len(glyphs.texts), -1)[:, 0].astype(np.float64)
    heights = glyphs.baselines / (2 * _OVER)
    for strips in (np.floor(heights), np.floor(heights + 0.5)):
        places = np.sort((characters * _MOST_STRIPS + strips) * _WIDEST + glyphs.x0)
        if (np.diff(places) < _OVER + _ROUNDED).any():
            return True
    return False


def _next_squares(spot: _Spot, own: _Square) -> set[_Square]:
    """The squares beside its own that hold what could be printed over the glyph."""
    columns = [(spot.x0 + off) // _CELL for off in (-_OVER, _OVER)]
    rows = [(spot.baseline + off) // _CELL for off in (-_OVER, _OVER)]
    return {(spot.text, column, row) for column in columns for row in rows} - {own}


def _is_over(spot: _Spot, other: _Spot) -> bool:
    """Whether the glyph is printed over the other one, but for a hair."""
    return abs(spot.x0 - other.x0) < min(_OVER, 0.1 * spot.size) and abs(spot.baseline - other.baseline) < _OVER
