"""Lines above a table parted at closer spaces, where headings stand with little room between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.read.columns import Interval, are_beside, covered, nearest
from pipeline.read.lines import Chunk, Line

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
    gaps = sorted(_gaps(line))
    for pieces in (len(columns), len(columns) - 1):
        if max(2, len(line.chunks)) < pieces and (widest := _parted_in(line, gaps, pieces)):
            beside = [chunk.extent for chunk in widest.chunks]
            if are_beside(columns[len(columns) - pieces :], beside):
                return widest
    if not any(gap > _HEADING_GAP * line.size for chunk in line.chunks for gap in _gaps(chunk)):
        return line
    close = replace(line, gap=_HEADING_GAP)
    homes = [nearest(columns, chunk.extent) for chunk in close.chunks]
    spans = any(len(covered(columns, chunk.extent)) > 1 for chunk in close.chunks)
    if len(close.chunks) == len(line.chunks) or len(set(homes)) < len(homes) or (spans and len(line.chunks) == 1):
        return line
    return close


def _gaps(chunk: Chunk) -> list[float]:
    """How far the words are from the next ones."""
    return [after.box.x0 - before.box.x1 for before, after in pairwise(chunk.words)]


def _parted_in(line: Line, gaps: Sequence[float], pieces: int) -> Line | None:
    """The line parted at its widest gaps, so many that there are as many pieces; None where two of them are alike."""
    if pieces > len(gaps):
        return None
    narrowest, next_one = gaps[-pieces + 1], max(gaps[-pieces], 0.0)
    return replace(line, gap=(narrowest + next_one) / 2 / line.size) if narrowest >= _WIDER * next_one else None
