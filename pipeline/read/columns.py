"""Columns found from where text stands: which intervals of a table's rows lie over one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Interval = tuple[float, float]
"""Left and right end: points on a page, or character columns in a text."""


def overlap(one: Interval, other: Interval) -> float:
    """Length that two intervals share; negative is the gap between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


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
                at = over[0]
                columns[at] = (min(columns[at][0], piece[0]), max(columns[at][1], piece[1]))
        columns.sort()
    return columns


def covered(columns: Sequence[Interval], piece: Interval) -> list[int]:
    """Indexes of the columns that the piece stands over."""
    return [index for index, column in enumerate(columns) if overlap(column, piece) > 0]


def nearest(columns: Sequence[Interval], piece: Interval) -> int:
    """Index of the column that shares most with the piece, or that is closest to it."""
    return max(range(len(columns)), key=lambda index: overlap(columns[index], piece))


def spanned(columns: Sequence[Interval], pieces: Sequence[Interval]) -> list[tuple[int, int]]:
    """For each piece of one header line, left to right, the first and last column that it is centred over.

    A heading of a column group is centred over its columns, so the columns whose common middle is nearest to the
    heading's middle are its columns. Ranges never share a column, and a range holds every column that its text covers.
    """
    middles = [(left + right) / 2 for left, right in pieces]
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}

    def solve(piece: int, start: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if piece == len(pieces):
            return 0.0, ()
        if (piece, start) not in best:
            best[piece, start] = min(
                (
                    (cost + rest[0], ((first, last), *rest[1]))
                    for first, last, cost in _ranges(columns, pieces[piece], middles[piece], start)
                    for rest in [solve(piece + 1, last + 1)]
                ),
                default=(float("inf"), ()),
            )
        return best[piece, start]

    cost, ranges = solve(0, 0)
    if cost == float("inf"):
        return [(nearest(columns, piece),) * 2 for piece in pieces]
    return list(ranges)


def _ranges(columns: Sequence[Interval], piece: Interval, middle: float, start: int) -> list[tuple[int, int, float]]:
    """Every range of columns from ``start`` that holds the piece's columns, with its distance from the middle."""
    over = covered(columns, piece) or [nearest(columns, piece)]
    return [
        (first, last, abs((columns[first][0] + columns[last][1]) / 2 - middle))
        for first in range(start, over[0] + 1)
        for last in range(over[-1], len(columns))
    ]
