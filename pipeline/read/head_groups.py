"""Headings of one level to groups of columns: by what repeats below them, by their ends, or by their middles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from propcache.api import cached_property

from pipeline.read.columns import Interval
from pipeline.read.mesh import Track

Range = tuple[int, int]
"""First and last column, both included."""

ALIGNED = 1.2
"""Ends or middles of headings that differ by less are alike, in points."""
_ODD = 0.2
"""What it costs to take in a column whose heading stands at another height than the others'."""
_BETWEEN, _BEYOND = 0.5, 0.15
"""What it costs to leave a column with a heading of its own out of all groups, between two of them or at the ends."""
_AT_END = 0.5
"""What it costs that a heading of several columns is nearer to the middle of the first or the last of them."""


def repeated_ranges(pieces: Sequence[Interval], said: Mapping[int, str], edges: Sequence[float]) -> list[Range]:
    """The columns of a level's headings if the same headings stand below each, in the same order; else empty.

    ``said`` are the columns' own headings: ``Tonnes`` ``Grade`` ``Ounces`` ``Tonnes`` ``Grade`` ``Ounces`` are two
    groups of three, wherever the headings over them stand.
    """
    columns, count = sorted(said), len(pieces)
    for size in range(len(columns) // count, 1, -1) if count > 1 else ():
        for start in range(len(columns) - size * count + 1):
            runs = [columns[start + size * at : start + size * (at + 1)] for at in range(count)]
            alike = len({tuple(said[column] for column in run) for run in runs}) == 1
            if alike and all(_spans(run, piece, edges) for run, piece in zip(runs, pieces, strict=True)):
                return [(run[0], run[-1]) for run in runs]
    return []


def _spans(columns: Sequence[int], piece: Interval, edges: Sequence[float]) -> bool:
    """Whether the columns follow each other without a gap and the piece has its middle over them."""
    over = edges[columns[0]] <= sum(piece) / 2 < edges[columns[-1] + 1]
    return over and columns[-1] - columns[0] == len(columns) - 1


def flush_ranges(pieces: Sequence[Interval], leaves: Mapping[int, Interval]) -> list[Range]:
    """The columns of a level's headings if each is flush with its first, or each with its last, column's own heading.

    A heading set flush left goes as far as the next one begins, one set flush right begins where the last one ended.
    ``leaves`` are the columns' own headings. Empty where the headings are centred, or over one column each.
    """
    for end in (0, 1):
        at = [_flush_with(piece, leaves, end) for piece in pieces]
        homes = [column for column in at if column is not None]
        if len(homes) < len(pieces) or len(set(homes)) < len(homes):
            continue
        if not any(_is_off_middle(piece, leaves[home]) for piece, home in zip(pieces, homes, strict=True)):
            continue
        if end == 0:
            return [(home, _last(home, after, leaves)) for home, after in zip(homes, [*homes[1:], None], strict=True)]
        return [(_first(home, before, leaves), home) for home, before in zip(homes, [None, *homes], strict=False)]
    return []


def _flush_with(piece: Interval, leaves: Mapping[int, Interval], end: int) -> int | None:
    """The column whose own heading has its left (0) or right (1) end where the piece has it."""
    return next((column for column, leaf in leaves.items() if abs(leaf[end] - piece[end]) < ALIGNED), None)


def _is_off_middle(piece: Interval, leaf: Interval) -> bool:
    """Whether the piece is not centred over the column's own heading."""
    return abs(sum(leaf) - sum(piece)) / 2 > ALIGNED


def _last(first: int, after: int | None, leaves: Mapping[int, Interval]) -> int:
    """The last column that follows without a gap, before the next heading's first; that of the labels is alone."""
    last = first
    while first and last + 1 in leaves and last + 1 != after:
        last += 1
    return last


def _first(last: int, before: int | None, leaves: Mapping[int, Interval]) -> int:
    """The first column that precedes without a gap, after the last heading's last; the labels' column is none."""
    first = last
    while first - 1 in leaves and first - 1 != before and first > 1:
        first -= 1
    return first


@dataclass(frozen=True)
class _Columns:
    """The columns below a level: where they end, their own headings further down, and the rules near the level."""

    edges: Sequence[float]
    leaves: Mapping[int, Interval]
    rules: Sequence[Track]

    @cached_property
    def width(self) -> float:
        """How wide a column is, all in all."""
        return (self.edges[-1] - self.edges[0]) / (len(self.edges) - 1)

    @cached_property
    def ruled(self) -> Interval | None:
        """From where to where rules of several columns are drawn."""
        wide = [rule for rule in self.rules if rule.end - rule.start > 1.5 * self.width]
        return (min(rule.start for rule in wide), max(rule.end for rule in wide)) if wide else None


def group_ranges(
    pieces: Sequence[Interval],
    leaves: Mapping[int, Interval],
    edges: Sequence[float],
    rules: Sequence[Track],
    odd: frozenset[int] = frozenset(),
) -> list[Range]:
    """The columns of each heading of one level: ranges that share no column, whose costs have the least sum.

    ``leaves`` are the columns' own headings further down, ``odd`` the columns whose heading stands at another height
    than the others'. Every step keeps, for each first free column, the cheapest ranges so far.
    """
    columns = range(len(edges) - 1)
    headed = _counted(column > 0 and column in leaves for column in columns)
    odds = _counted(column in odd for column in columns)
    best: dict[int, tuple[float, list[Range]]] = {0: (0.0, [])}
    for piece in pieces:
        costs = _costs(piece, min(best, default=0), _Columns(edges, leaves, rules))
        step: dict[int, tuple[float, list[Range]]] = {}
        for free, (cost, ranges) in best.items():
            for (first, last), own in costs.items():
                if first < free:
                    continue
                skipped = (headed[first] - headed[free]) * (_BETWEEN if ranges else _BEYOND)
                total = cost + skipped + own + _ODD * (odds[last + 1] - odds[first])
                if last + 1 not in step or total < step[last + 1][0]:
                    step[last + 1] = (total, [*ranges, (first, last)])
        best = step
    if not best:
        return [(home(piece, edges),) * 2 for piece in pieces]
    ends = ((cost + _BEYOND * (headed[-1] - headed[free]), ranges) for free, (cost, ranges) in best.items())
    return min(ends)[1]


def _counted(columns: Iterable[bool]) -> list[int]:
    """How many of the columns before each are such, and of all of them."""
    return [0, *accumulate(map(int, columns))]


def _costs(piece: Interval, free: int, below: _Columns) -> dict[Range, float]:
    """How unlikely it is that the piece heads each range of columns from the first free one on, by their first ones."""
    columns = range(len(below.edges) - 1)
    alone = [_off(piece, (column, column), below) for column in columns]
    bare = _counted(column not in below.leaves for column in columns)
    ranges = ((first, last) for first in columns[free:] for last in columns[first:])
    return {
        (first, last): _cost(piece, (first, last), below, alone, bare[last + 1] - bare[first]) for first, last in ranges
    }


def _cost(piece: Interval, columns: Range, below: _Columns, alone: Sequence[float], bare: int) -> float:
    """How unlikely it is that the piece heads these columns: off their middle, over nothing, against a rule.

    ``alone`` is how far off each column the piece is, ``bare`` how many of these have no heading of their own.
    """
    first, last = columns
    left, right = below.edges[first], below.edges[last + 1]
    off = _off(piece, columns, below)
    outside = max(0.0, left - piece[0]) + max(0.0, piece[1] - right)
    cost = (off + 2 * outside) / below.width + 0.1 * (last - first) + (0.5 * bare if last > first else 0.0)
    if last > first and (off - alone[first] > ALIGNED or off - alone[last] > ALIGNED):
        cost += _AT_END
    if any(abs(rule.start - left) + abs(rule.end - right) < 0.3 * below.width for rule in below.rules):
        return cost - 1.0
    return cost + 0.5 * _beyond_rules((left, right), below)


def _off(piece: Interval, columns: Range, below: _Columns) -> float:
    """How far the piece's middle is from that of the columns, or of their own headings, whichever is nearer."""
    first, last = columns
    twice = piece[0] + piece[1]
    off = abs(below.edges[first] + below.edges[last + 1] - twice)
    if first in below.leaves and last in below.leaves:
        off = min(off, abs(below.leaves[first][0] + below.leaves[last][1] - twice))
    return off / 2


def _beyond_rules(columns: Interval, below: _Columns) -> int:
    """At how many of their ends the columns reach over the rules that are drawn below a level of several columns."""
    if below.ruled is None:
        return 0
    start, end = below.ruled
    return (columns[0] < start - 0.5 * below.width) + (columns[1] > end + 0.5 * below.width)


def home(piece: Interval, edges: Sequence[float]) -> int:
    """The column that the piece's middle stands in."""
    return max(0, min(len(edges) - 2, sum(edge <= sum(piece) / 2 for edge in edges) - 1))
