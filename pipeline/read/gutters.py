"""A page to its parts: columns of text that stand side by side, each to be read for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from statistics import median

from models.document import Page, Word
from models.quote import Box
from pipeline.read.lines import Line, around
from pipeline.read.mesh import find_meshes, lying_tracks
from pipeline.read.regions import is_figure

_LEAST_WIDTH = 1.2
"""A gutter is wider than this multiple of the font size."""
_LEAST_HEIGHT = 0.45
"""A gutter is longer than this share of the page's text."""
_MIDDLE = (0.25, 0.75)
"""The gutter stands in this part of the text's width: each column has a quarter of it."""
_LEAST_LINES = 8
"""Each column has at least so many lines."""


@dataclass(frozen=True, slots=True)
class _Gutter:
    """An upright strip that no word and no drawn line crosses."""

    left: float
    right: float
    top: float
    bottom: float


def page_parts(page: Page) -> list[Page]:
    """The parts of a page in reading order: what stands above two columns, the left one, the right one, the rest.

    Columns of a table are no such parts: they share their lines, and only the first one begins with words. A page that
    is not set in columns is its own only part.
    """
    if len(page.words) < 4 * _LEAST_LINES:
        return [page]
    for gutter in _gutters(page):
        above, left, right, below = _cut(page, gutter)
        if _stand_alone(left.words, right.words):
            return [part for piece in (above, left, right, below) if piece.words for part in page_parts(piece)]
    return [page]


def _gutters(page: Page) -> Iterator[_Gutter]:
    """The strips between words that are wide and long enough, the longest first and of these the widest."""
    frame = around([word.box for word in page.words])
    size = median(word.size for word in page.words)
    drawn = [Box(track.start, track.at, track.end, track.at) for track in lying_tracks(page.strokes)]
    drawn += [mesh.box for mesh in find_meshes(page.strokes)]
    ends = [frame.x0 + share * frame.width for share in _MIDDLE]
    found = {
        gutter
        for edge in {word.box.x1 for word in page.words if ends[0] < word.box.x1 < ends[1]}
        if (gutter := _gutter(page, drawn, frame, edge + 0.6 * size))
        and gutter.right - gutter.left > _LEAST_WIDTH * size
    }
    long = [gutter for gutter in found if gutter.bottom - gutter.top > _LEAST_HEIGHT * frame.height]
    yield from sorted(long, key=lambda g: (round(g.top - g.bottom), g.left - g.right))[:3]


def _gutter(page: Page, drawn: Sequence[Box], frame: Box, x: float) -> _Gutter | None:
    """The longest strip at ``x`` between the words, drawn lines and drawn tables that cross it."""
    crossing = [word.box for word in page.words if word.box.x0 < x < word.box.x1]
    crossing += [box for box in drawn if box.x0 < x < box.x1]
    crossing.sort(key=lambda box: box.top)
    bottoms = accumulate([frame.top, *(box.bottom for box in crossing)], max)
    gaps = list(zip(bottoms, [*(box.top for box in crossing), frame.bottom], strict=True))
    top, bottom = max(gaps, key=lambda gap: gap[1] - gap[0])
    beside = [word.box for word in page.words if top <= word.box.middle[1] <= bottom]
    left = [box.x1 for box in beside if box.x1 <= x]
    right = [box.x0 for box in beside if box.x0 >= x]
    return _Gutter(max(left), min(right), top, bottom) if left and right else None


def _cut(page: Page, gutter: _Gutter) -> tuple[Page, Page, Page, Page]:
    """What stands above, left of, right of and below the gutter."""
    middle = (gutter.left + gutter.right) / 2

    def side(box: Box) -> int:
        x, y = box.middle
        if y < gutter.top or y > gutter.bottom:
            return 0 if y < gutter.top else 3
        return 1 if x < middle else 2

    def part(at: int) -> Page:
        words = tuple(word for word in page.words if side(word.box) == at)
        strokes = tuple(stroke for stroke in page.strokes if side(stroke.box) == at)
        return replace(page, words=words, strokes=strokes)

    return part(0), part(1), part(2), part(3)


def _stand_alone(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether both sides are read for themselves: both begin with words, and their lines are not each other's.

    Lines that stand beside each other are not each other's where both sides are full of running text, or where both
    begin with words and end with figures.
    """
    sides = [_lines(left), _lines(right)]
    if any(len(lines) < _LEAST_LINES or not _mostly(map(_begins_with_words, lines)) for lines in sides):
        return False
    few, many = sorted(sides, key=len)
    paired = [line for line in few if any(_beside(line, other) for other in many)]
    if len(paired) < 0.5 * len(few):
        return True
    return all(_is_prose(lines) for lines in sides) or all(_mostly(map(_is_labelled, lines)) for lines in sides)


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
