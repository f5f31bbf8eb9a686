"""Upright strips of a page that nothing crosses: between columns of text there is one, and between those of tables.

Words of one line share their height, so a page of hundreds of words has some forty rows; each point across the page is
looked at once for a row and not once for a word, which took a twentieth of the time of reading a release.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.read.frame import Floats

Sides = Floats
"""Left, upper, right and lower sides of boxes, a column for each box."""


@dataclass(frozen=True)
class _Rows:
    """Boxes by where they begin and end from the top: the row of each, and what the rows share, the highest first."""

    own: npt.NDArray[np.int64]
    tops: Floats
    bottoms: Floats


def longest_strips(words: Sides, drawn: Sides, at: Floats, within: tuple[float, float]) -> Sides:
    """For each of these points across the page the longest upright strip that no word and nothing drawn crosses there.

    Points come from the left; strips begin and end ``within`` these heights. Each is as wide as the words beside it
    leave room, endlessly wide where none stands at one of its sides.
    """
    things = np.hstack((words, drawn))
    rows = _rows(things)
    starts, ends = _longest(_crosses(things, rows, at), rows, within)
    middle = ((rows.tops + rows.bottoms) / 2)[:, np.newaxis]
    is_beside = (starts <= middle) & (middle <= ends)
    before, behind = _next_words(words, rows, at)
    lefts = np.where(is_beside, before, -np.inf).max(axis=0)
    return np.array((lefts, starts, np.where(is_beside, behind, np.inf).min(axis=0), ends))


def _rows(boxes: Sides) -> _Rows:
    """The rows of the boxes."""
    _, tops, _, bottoms = boxes
    order = np.lexsort((bottoms, tops))
    tops, bottoms = tops[order], bottoms[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (np.diff(tops) != 0) | (np.diff(bottoms) != 0)
    own = np.empty(len(order), dtype=np.int64)
    own[order] = np.cumsum(begins) - 1
    return _Rows(own, tops[begins], bottoms[begins])


def _longest(crosses: npt.NDArray[np.bool_], rows: _Rows, within: tuple[float, float]) -> tuple[Floats, Floats]:
    """Where the longest strip begins and ends at each point, which things of these rows cross."""
    bottoms = np.where(crosses, rows.bottoms[:, np.newaxis], -np.inf)
    starts = np.maximum.accumulate(np.vstack((np.full(crosses.shape[1], within[0]), bottoms)))
    tops = np.where(crosses, rows.tops[:, np.newaxis], -np.inf)
    ends = np.vstack((tops, np.full(crosses.shape[1], within[1])))
    longest = np.argmax(ends - starts, axis=0), np.arange(crosses.shape[1])
    return starts[longest], ends[longest]


def _crosses(things: Sides, rows: _Rows, at: Floats) -> npt.NDArray[np.bool_]:
    """For each row and point whether a thing of the row stands on both sides of the point."""
    first, end = np.searchsorted(at, things[0], "right"), np.searchsorted(at, things[2], "left")
    over = np.zeros((len(rows.tops), len(at) + 1), dtype=np.int64)
    np.add.at(over, (rows.own, first), 1)
    np.subtract.at(over, (rows.own, np.maximum(first, end)), 1)
    return np.cumsum(over, axis=1)[:, :-1] > 0


def _next_words(words: Sides, rows: _Rows, at: Floats) -> tuple[Floats, Floats]:
    """For each row and point where the last word before it ends, and where the first one behind it begins."""
    before = np.full((len(rows.tops), len(at) + 1), -np.inf)
    behind = np.full(before.shape, np.inf)
    own = rows.own[: words.shape[1]]
    np.maximum.at(before, (own, np.searchsorted(at, words[2], "left")), words[2])
    np.minimum.at(behind, (own, np.searchsorted(at, words[0], "right")), words[0])
    return np.maximum.accumulate(before, axis=1)[:, :-1], np.minimum.accumulate(behind[:, ::-1], axis=1)[:, -2::-1]
