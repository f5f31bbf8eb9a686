"""Lines above a table parted at closer spaces, where headings stand with little room between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.read.columns import Interval, are_beside, covered, nearest
from pipeline.read.lines import Line

_HEADING_GAP = 0.4
"""A space of this share of the font size may part headings; a usual one is a quarter to a third."""
_WIDER = 1.15
"""Spaces that part headings are wider than those within them by this factor at least."""
_MOST_HEADER = 15
"""A header has no more lines."""


def parted_above(lines: Sequence[Line], columns: Sequence[Interval]) -> list[Line]:
    """The lines above a table, those parted at closer spaces that hold headings with little room between them."""
    near = max(0, len(lines) - _MOST_HEADER)
    return [*lines[:near], *(_closely_parted(line, columns) for line in lines[near:])]


def _closely_parted(line: Line, columns: Sequence[Interval]) -> Line:
    """The line parted at closer spaces if each of those stands between the headings of two columns.

    Where headings fill their cells, spaces hardly wider than those between words part them: as many as there are
    columns, each near its own.
    """
    for pieces in (len(columns), len(columns) - 1):
        widest = _parted_in(line, pieces)
        beside = [chunk.extent for chunk in widest.chunks]
        if len(line.chunks) < pieces == len(beside) > 2 and are_beside(columns[len(columns) - pieces :], beside):
            return widest
    close = replace(line, gap=_HEADING_GAP)
    homes = [nearest(columns, chunk.extent) for chunk in close.chunks]
    spans = any(len(covered(columns, chunk.extent)) > 1 for chunk in close.chunks)
    if len(close.chunks) == len(line.chunks) or len(set(homes)) < len(homes) or (spans and len(line.chunks) == 1):
        return line
    return close


def _parted_in(line: Line, pieces: int) -> Line:
    """The line parted at its widest spaces, so many that there are as many pieces; as it is where two are alike."""
    gaps = sorted(after.box.x0 - before.box.x1 for before, after in pairwise(line.words))
    if not 1 < pieces <= len(gaps):
        return line
    narrowest, next_one = gaps[-pieces + 1], gaps[-pieces]
    if narrowest < _WIDER * max(next_one, 0.0):
        return line
    return replace(line, gap=(narrowest + max(next_one, 0.0)) / 2 / line.size)
