"""A page to its parts: columns of text that stand side by side, each to be read for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from statistics import median
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from propcache.api import cached_property

from models.document import Page, Stroke, Word
from models.quote import Box
from pipeline.read.frame import Floats
from pipeline.read.glyphs import is_number
from pipeline.read.lines import Line, around
from pipeline.read.mesh import Drawing, find_drawing
from pipeline.read.regions import is_figure
from pipeline.read.strips import Sides, longest_strips

_LEAST_WIDTH = 1.2
"""A gutter is wider than this multiple of the font size."""
_LEAST_HEIGHT, _LEAST_BESIDE = 0.45, 0.08
"""A gutter is longer than this share of the page's text; one between two tables whose rows differ may be shorter."""
_MIDDLE = (0.25, 0.75)
"""The gutter stands in this part of the text's width: each column has a quarter of it."""
_INSIDE = (0.15, 0.85)
"""The same for one between two tables whose rows differ."""
_MOST = 12
"""So many gutters are looked at: the columns of one table have some, too."""
_OF_LINES = 3
"""At least one line of a table in so many is a row of figures; the others are headings and wrapped labels."""
_LEAST_LINES, _LEAST_ROWS = 8, 4
"""Each column has at least so many lines, each of two tables whose rows differ so many."""


Thing = TypeVar("Thing", Word, Stroke)


@dataclass(frozen=True, slots=True)
class _Gutter:
    """An upright strip that no word and no drawn line crosses."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class _Print:
    """What stands on a page: its words, where they and what is drawn stand, and the usual font size."""

    texts: Sequence[str]
    words: Sides
    drawn: Sides
    frame: Box
    size: float

    @cached_property
    def are_figures(self) -> npt.NDArray[np.bool_]:
        """Which words are figures."""
        return np.array([is_number(text) for text in self.texts])

    @cached_property
    def middles(self) -> tuple[Floats, Floats]:
        """Where the words' middles are."""
        left, top, right, bottom = self.words
        return (left + right) / 2, (top + bottom) / 2

    @cached_property
    def edges(self) -> Floats:
        """Where words end; of ends that differ by a point one, for a strip is wider."""
        begin, end = (self.frame.x0 + share * self.frame.width for share in _INSIDE)
        edges = np.sort(self.words[2])
        inside: Floats = edges[(begin < edges) & (edges < end)]
        are_last: npt.NDArray[np.bool_] = np.diff(np.rint(inside), append=np.inf) != 0
        return inside[are_last]

    @cached_property
    def strips(self) -> Sides:
        """For each edge the longest upright strip right of it that nothing crosses."""
        within = self.frame.top, self.frame.bottom
        return longest_strips(self.words, self.drawn, self.edges + 0.6 * self.size, within)


def page_parts(page: Page) -> list[tuple[Page, Drawing]]:
    """The parts of a page in reading order: what stands above two columns, the left one, the right one, the rest.

    Each comes with what its strokes draw. Columns of a table are no such parts: they share their lines, and only the
    first one begins with words. A page that is not set in columns is its own only part.
    """
    drawing = find_drawing(page.strokes)
    if len(page.words) < 4 * _LEAST_LINES:
        return [(page, drawing)]
    stands = _print_of(page, drawing)
    for inside, least, fewest, are_parts in (
        (_MIDDLE, _LEAST_HEIGHT, (_LEAST_LINES // 2, 0), _stand_alone),
        (_INSIDE, _LEAST_BESIDE, (_LEAST_ROWS, 2 * _LEAST_ROWS), _are_two_tables),
    ):
        for gutter in _gutters(stands, inside, least):
            if not _has_beside(stands, gutter, *fewest):
                continue
            words = _parted(page.words, gutter)
            if are_parts(words[1], words[2]):
                strokes = _parted(page.strokes, gutter)
                pieces = [
                    replace(page, words=tuple(own), strokes=tuple(drawn))
                    for own, drawn in zip(words, strokes, strict=True)
                    if own
                ]
                return [part for piece in pieces for part in page_parts(piece)]
    return [(page, drawing)]


def _has_beside(page: _Print, gutter: _Gutter, words: int, figures: int) -> bool:
    """Whether both sides of the gutter have so many words and figures: most gutters part the columns of one table."""
    x, y = page.middles
    is_beside = (gutter.top <= y) & (y <= gutter.bottom)
    is_left = x < (gutter.left + gutter.right) / 2
    for side in (is_beside & is_left, is_beside & ~is_left):
        count = np.count_nonzero(side)
        if count < words + figures:
            return False
        own = np.count_nonzero(side & page.are_figures)
        if own < figures or count - own < words:
            return False
    return True


def _print_of(page: Page, drawing: Drawing) -> _Print:
    """Where the page's words, the lying lines and the drawn tables stand."""
    words = _sides([word.box for word in page.words])
    lines = [Box(track.start, track.at, track.end, track.at) for track in drawing.lying]
    drawn = _sides([*lines, *(mesh.box for mesh in drawing.meshes)])
    frame = Box(words[0].min(), words[1].min(), words[2].max(), words[3].max())
    return _Print([word.text for word in page.words], words, drawn, frame, median(word.size for word in page.words))


def _gutters(page: _Print, inside: tuple[float, float], least: float) -> Iterator[_Gutter]:
    """The strips between words that are wide and long enough, the longest first and of these the widest.

    They stand between these shares of the text's width, and are longer than this share of its height.
    """
    begin, end = (page.frame.x0 + share * page.frame.width for share in inside)
    widths, heights = page.strips[2] - page.strips[0], page.strips[3] - page.strips[1]
    is_inside = (begin < page.edges) & (page.edges < end)
    is_gutter = is_inside & (heights > least * page.frame.height) & (_LEAST_WIDTH * page.size < widths)
    found = {_Gutter(*strip) for strip in page.strips[:, is_gutter & (widths < np.inf)].T.tolist()}
    yield from sorted(found, key=lambda g: (round(g.top - g.bottom), g.left - g.right))[:_MOST]


def _sides(boxes: Sequence[Box]) -> Sides:
    """The sides of the boxes."""
    sides = chain.from_iterable(map(attrgetter("x0", "top", "x1", "bottom"), boxes))
    return np.fromiter(sides, dtype=np.float64, count=4 * len(boxes)).reshape(-1, 4).T


def _parted(things: Sequence[Thing], gutter: _Gutter) -> tuple[list[Thing], ...]:
    """What stands above, left of, right of and below the gutter."""
    middle = (gutter.left + gutter.right) / 2
    parts: tuple[list[Thing], ...] = ([], [], [], [])
    for thing in things:
        x, y = thing.box.middle
        if gutter.top <= y <= gutter.bottom:
            parts[1 if x < middle else 2].append(thing)
        else:
            parts[0 if y < gutter.top else 3].append(thing)
    return parts


def _stand_alone(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether both sides are read for themselves: both begin with words, and their lines are not each other's.

    Lines that stand beside each other are not each other's where both sides are full of running text, or where both
    begin with words and end with figures.
    """
    sides: list[list[Line]] = []
    for words in (right, left):
        lines = _lines(words)
        if len(lines) < _LEAST_LINES or not _mostly(map(_begins_with_words, lines)):
            return False
        sides.insert(0, lines)
    if _are_labels(*sides):
        return False
    few, many = sorted(sides, key=len)
    paired = [line for line in few if any(_beside(line, other) for other in many)]
    if len(paired) < 0.5 * len(few):
        return True
    return all(_is_prose(lines) for lines in sides) or all(_mostly(map(_is_labelled, lines)) for lines in sides)


def _are_labels(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the left side is a table's first column: names, each beside several rows of the right side's."""
    are_names = all(len(line.chunks) == 1 for line in left) and 2 * len(left) <= len(right)
    return are_names and _mostly(map(_is_labelled, right))


def _are_two_tables(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether both sides are tables, with rows that stand at other heights than those of the other side."""
    rows: list[list[Line]] = []
    for words in (right, left):  # right of most gutters stand a table's figures, and no names
        lines = _lines(words)
        own = [line for line in lines if _is_labelled(line)]
        if len(own) < _LEAST_ROWS or _OF_LINES * len(own) < len(lines):
            return False
        rows.insert(0, own)
    few, many = sorted(rows, key=len)
    return sum(any(_beside(line, other) for other in many) for line in few) < 0.5 * len(few)


def _lines(words: Sequence[Word]) -> list[Line]:
    """The words by the line they stand on, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.middle[1]):
        if rows and abs(rows[-1][0].box.middle[1] - word.box.middle[1]) < 0.4 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda w: w.box.x0))) for row in rows]


def _beside(line: Line, other: Line) -> bool:
    """Whether two lines stand at one height."""
    return abs(line.box.middle[1] - other.box.middle[1]) < 0.2 * line.size


def _mostly(answers: Iterator[bool]) -> bool:
    """Whether more than half of the answers are yes."""
    told = list(answers)
    return 2 * sum(told) > len(told)


def _begins_with_words(line: Line) -> bool:
    return not is_figure(line.chunks[0])


def _is_labelled(line: Line) -> bool:
    """Whether the line is a table's row: words, then at least two figures."""
    return _begins_with_words(line) and sum(is_figure(chunk) for chunk in line.chunks) > 1


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether most lines fill their column without a gap."""
    frame = around([line.box for line in lines])
    return _mostly(line.box.width > 0.75 * frame.width and len(line.chunks) == 1 for line in lines)
