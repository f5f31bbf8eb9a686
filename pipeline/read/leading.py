"""How closely lines of one cell or paragraph follow each other on a page, measured from the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.lines import Chunk, Line

_VARIES = 0.1
"""A page's pitches of single-spaced lines differ by this multiple of the font size, for programs round them."""
_VARIES_IN_SIZE = 0.05
"""The same for lines of one font size."""
_SINGLE = 1.25
"""Running text set wider than this multiple of its size tells nothing of the pitch in a table's cells."""
_WIDEST = 1.6
"""Lines of one cell are no further apart than this multiple of the font size."""
_OF_ROWS = 2 / 3
"""Where rows stand well apart, lines closer than this share of their pitch are lines of one cell."""
_FULL = 0.75
"""A line this share as wide as the page's text goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Leading:
    """The widest pitch of lines of one cell, as a multiple of the font size: ``usual``, and that of single sizes."""

    usual: float
    by_size: tuple[tuple[float, float], ...] = ()

    def most(self, size: float) -> float:
        """The widest pitch in points of lines in this font size."""
        own = [ratio for other, ratio in self.by_size if abs(other - size) < 0.1]
        return (own[0] if own else self.usual) * size

    def beside_rows(self, pitch: float) -> Leading:
        """The leading in a table whose rows follow each other by this pitch, a multiple of the font size, or more.

        A report set at one and a half lines has its rows further apart still, and so tells wrapped lines from rows.
        """
        return replace(self, usual=max(self.usual, min(_OF_ROWS * pitch, _WIDEST)))


def usual_leading(lines: Sequence[Line]) -> Leading:
    """The closest pitch at which lines of one column of text follow each other.

    It is measured, since it differs by font, 1.1 to 1.25, and given with the tenth by which it varies on a page.
    A table's rows are further apart by the space above and below their text. Where running text of a font size tells
    its own pitch, that holds for this size: notes are often set more closely than the tables above them.
    """
    ratios = sorted(ratio for index in range(len(lines)) for ratio in _ratios_below(lines, index))
    return Leading(_closest_quarter(ratios) + _VARIES, tuple(_by_size(lines)))


def _ratios_below(lines: Sequence[Line], index: int) -> Iterator[float]:
    """The pitches, as multiples of the font size, from a line to those below it that could go on with it."""
    line = lines[index]
    for below in lines[index + 1 : index + 4]:
        ratio = (below.baseline - line.baseline) / line.size
        if abs(below.size - line.size) < 0.1 and 1.0 <= ratio <= 1.6 and _are_over(line, below):
            yield ratio


def _closest_quarter(ratios: Sequence[float]) -> float:
    """The pitch that a quarter of the close ones are below; a ratio seen once is chance."""
    seen = [low for low, high in pairwise(ratios) if high - low < 0.02]
    close = [ratio for ratio in seen if ratio < seen[0] + 0.12]
    return min(close[len(close) // 4] if close else 1.2, 1.35)


def _by_size(lines: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """The font sizes whose running text tells their pitch."""
    width = max((line.box.width for line in lines), default=0.0)
    pitches: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        if _is_running(above, below, width):
            pitches.setdefault(round(above.size, 1), []).append((below.baseline - above.baseline) / above.size)
    for size, ratios in pitches.items():
        middle = sorted(ratios)[len(ratios) // 2]
        if len(ratios) > 1 and 1.0 <= middle <= _SINGLE:
            yield size, middle + _VARIES_IN_SIZE


def _is_running(above: Line, below: Line, width: float) -> bool:
    """Whether the second line goes on with running text that fills the first one."""
    if abs(above.size - below.size) >= 0.1 or abs(above.box.x0 - below.box.x0) >= 1:
        return False
    return above.box.width > _FULL * width and len(above.chunks) == len(below.chunks) == 1


def _are_over(above: Chunk, below: Chunk) -> bool:
    """Whether the lines share some width."""
    return min(above.box.x1, below.box.x1) > max(above.box.x0, below.box.x0)
