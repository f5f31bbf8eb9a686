"""Columns found from where text stands: which intervals of a table's rows lie over one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Interval = tuple[float, float]
"""Left and right end: points on a page, or character columns in a text."""

_SAME = 1.0
"""Ends that differ by less are aligned."""


def overlap(one: Interval, other: Interval) -> float:
    """Length that two intervals share; negative is the gap between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


def middle(piece: Interval) -> float:
    """The middle of an interval."""
    return (piece[0] + piece[1]) / 2


def covered(columns: Sequence[Interval], piece: Interval) -> list[int]:
    """Indexes of the columns that the piece stands over."""
    left, right = piece
    if right <= left:
        return []
    return [index for index, (start, end) in enumerate(columns) if start < right and left < end and start < end]


def nearest(columns: Sequence[Interval], piece: Interval) -> int:
    """Index of the column that shares most with the piece, or that is closest to it."""
    left, right = piece
    shared = [min(end, right) - max(start, left) for start, end in columns]
    return shared.index(max(shared))


def find_columns(rows: Iterable[Sequence[Interval]]) -> list[Interval]:
    """The columns that the rows' pieces of text stand in, left to right.

    The rows with most pieces speak first: a piece over no column opens one, a piece over one column widens it,
    and a piece over several is a heading that spans them and says nothing about where they end.
    """
    columns: list[Interval] = []
    for row in sorted(rows, key=len, reverse=True):
        for piece in row:
            over = covered(columns, piece)
            if not over:
                columns.append(piece)
            elif len(over) == 1:
                columns[over[0]] = _widened(columns[over[0]], piece)
        columns.sort()
    return columns


def cell_edges(columns: Sequence[Interval], rows: Sequence[Sequence[Interval]]) -> list[float]:
    """Where the columns' cells end, one more than columns.

    Between two columns it is the middle of the gap, but close to text that is aligned at the gap's side:
    figures set flush right stand at their cell's right end, with the rest of the gap to their right neighbour's cell.
    """
    held: list[list[Interval]] = [[] for _ in columns]
    for piece in (piece for row in rows for piece in row):
        over = covered(columns, piece)
        if len(over) == 1:
            held[over[0]].append(piece)
    edges = [columns[0][0]]
    for at, (left, right) in enumerate(pairwise(columns)):
        gap = right[0] - left[1]
        flush_right = _is_aligned(held[at], 1) and _is_aligned(held[at + 1], 1)
        flush_left = _is_aligned(held[at], 0) and _is_aligned(held[at + 1], 0)
        share = 0.5 if flush_right == flush_left else 0.2 if flush_right else 0.8
        edges.append(left[1] + share * gap)
    return [*edges, columns[-1][1]]


def with_headings(
    columns: Sequence[Interval], edges: Sequence[float], headings: Sequence[Sequence[Interval]]
) -> list[Interval]:
    """The columns widened by their lowest headings; ``headings`` are the header's lines from the lowest up.

    Two headings of one line in one column's cell show that one of them heads a column which is blank in every row.
    Where as many headings as columns stand side by side, each heads its own.
    """
    if matched := _one_each(columns, headings):
        return matched
    found = list(columns)
    headed: set[int] = set()
    blank: list[Interval] = []
    for line in headings:
        homes = [_home(edges, piece) for piece in line]
        for home, piece in zip(homes, line, strict=True):
            if covered([*found, *blank], piece):
                if home not in headed and covered(found, piece) == [home]:
                    found[home] = _widened(found[home], piece)
            elif homes.count(home) > 1:
                blank.append(piece)
            elif home not in headed:
                found[home] = _widened(found[home], piece)
        headed.update(homes)
    return sorted([*found, *blank])


def _one_each(columns: Sequence[Interval], headings: Sequence[Sequence[Interval]]) -> list[Interval]:
    """The columns widened by one heading each, or none where no number of the lowest lines makes as many headings."""
    for top in range(len(headings), 0, -1):
        beside: list[Interval] = []
        for piece in sorted(piece for line in headings[:top] for piece in line):
            if beside and overlap(beside[-1], piece) > 0:
                beside[-1] = _widened(beside[-1], piece)
            else:
                beside.append(piece)
        if len(beside) == len(columns) - 1:
            beside.insert(0, columns[0])  # the column of labels has no heading
        if are_beside(columns, beside):
            return [_widened(column, piece) for column, piece in zip(columns, beside, strict=True)]
    return []


def are_beside(columns: Sequence[Interval], pieces: Sequence[Interval]) -> bool:
    """Whether there are as many pieces as columns, each nearer to its own than to what is printed in the next ones."""
    befores = [-math.inf, *(right for _, right in columns)]
    afters = [*(left for left, _ in columns[1:]), math.inf]
    return len(pieces) == len(columns) and all(
        before < middle(piece) < after for piece, before, after in zip(pieces, befores, afters, strict=False)
    )


def _home(edges: Sequence[float], piece: Interval) -> int:
    """The column whose cell the piece's middle stands in."""
    return max(0, min(len(edges) - 2, sum(edge <= middle(piece) for edge in edges) - 1))


def _widened(column: Interval, piece: Interval) -> Interval:
    """The interval around both."""
    return min(column[0], piece[0]), max(column[1], piece[1])


def _is_aligned(pieces: Sequence[Interval], end: int) -> bool:
    """Whether pieces of different widths end at one place."""
    ends = [piece[end] for piece in pieces]
    widths = [piece[1] - piece[0] for piece in pieces]
    return len(pieces) > 1 and max(ends) - min(ends) < _SAME < max(widths) - min(widths)
