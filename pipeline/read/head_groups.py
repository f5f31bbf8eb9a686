"""Headings of one level to groups of columns: by what repeats below them, by their ends, or by their middles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    best: dict[int, tuple[float, list[Range]]] = {0: (0.0, [])}
    for piece in pieces:
        step: dict[int, tuple[float, list[Range]]] = {}
        for free, (cost, ranges) in best.items():
            for first in columns[free:]:
                for last in columns[first:]:
                    skipped = _skipped(leaves, free, first) * (_BETWEEN if ranges else _BEYOND)
                    total = cost + skipped + _cost(piece, (first, last), leaves, edges, rules)
                    total += _ODD * len(odd.intersection(range(first, last + 1)))
                    if last + 1 not in step or total < step[last + 1][0]:
                        step[last + 1] = (total, [*ranges, (first, last)])
        best = step
    if not best:
        return [(home(piece, edges),) * 2 for piece in pieces]
    ends = ((cost + _BEYOND * _skipped(leaves, free, len(columns)), ranges) for free, (cost, ranges) in best.items())
    return min(ends)[1]


def _skipped(leaves: Mapping[int, Interval], start: int, end: int) -> int:
    """How many columns have their own headings further down but no group; the column of labels has none."""
    return sum(column in leaves for column in range(max(start, 1), end))


def _off(piece: Interval, columns: Range, leaves: Mapping[int, Interval], edges: Sequence[float]) -> float:
    """How far the piece's middle is from that of the columns, or of their own headings, whichever is nearer."""
    first, last = columns
    middles = [edges[first] + edges[last + 1]]
    if first in leaves and last in leaves:
        middles.append(leaves[first][0] + leaves[last][1])
    return min(abs(middle - sum(piece)) for middle in middles) / 2


def _cost(
    piece: Interval, columns: Range, leaves: Mapping[int, Interval], edges: Sequence[float], rules: Sequence[Track]
) -> float:
    """How unlikely it is that the piece heads these columns: off their middle, over nothing, against a rule."""
    first, last = columns
    left, right = edges[first], edges[last + 1]
    width = (edges[-1] - edges[0]) / (len(edges) - 1)
    off = _off(piece, columns, leaves, edges)
    outside = max(0.0, left - piece[0]) + max(0.0, piece[1] - right)
    bare = sum(column not in leaves for column in range(first, last + 1)) if last > first else 0
    cost = (off + 2 * outside) / width + 0.1 * (last - first) + 0.5 * bare
    if last > first and any(off - _off(piece, (column, column), leaves, edges) > ALIGNED for column in columns):
        cost += _AT_END
    ruled = any(abs(rule.start - left) + abs(rule.end - right) < 0.3 * width for rule in rules)
    return cost - 1.0 if ruled else cost + 0.5 * _beyond_rules((left, right), rules, width)


def _beyond_rules(columns: Interval, rules: Sequence[Track], width: float) -> int:
    """At how many of their ends the columns reach over the rules that are drawn below a level of several columns."""
    wide = [rule for rule in rules if rule.end - rule.start > 1.5 * width]
    if not wide:
        return 0
    start, end = min(rule.start for rule in wide), max(rule.end for rule in wide)
    return (columns[0] < start - 0.5 * width) + (columns[1] > end + 0.5 * width)


def home(piece: Interval, edges: Sequence[float]) -> int:
    """The column that the piece's middle stands in."""
    return max(0, min(len(edges) - 2, sum(edge <= sum(piece) / 2 for edge in edges) - 1))
