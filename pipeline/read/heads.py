"""Header lines to heading cells: which lines are one heading, which columns it stands over, and how deep it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.quote import Box
from pipeline.read.columns import Interval, overlap
from pipeline.read.leading import Leading
from pipeline.read.lines import Chunk, Line, around
from pipeline.read.mesh import Track

Range = tuple[int, int]
"""First and last column, both included."""

_SIDES = (0.5, 0.0, 1.0)
"""How a header's lines can be aligned, as shares of their width: by their middles, left ends, or right ends."""
_ALIGNED = 1.2
"""Lines of one heading are aligned this closely, in points."""
_ODD = 0.2
"""What it costs to take in a column whose heading stands at another height than the others'."""
_BETWEEN, _BEYOND = 0.5, 0.15
"""What it costs to leave a column with a heading of its own out of all groups, between two of them or at the ends."""
_AT_END = 0.5
"""What it costs that a heading of several columns is nearer to the middle of the first or the last of them."""


@dataclass(frozen=True)
class Head:
    """A heading: its chunks from the top, and the rows and columns that it takes."""

    chunks: tuple[Chunk, ...] = field(repr=False)
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True)
class _Stack:
    """The lines of one heading, from the top."""

    chunks: tuple[Chunk, ...]

    @property
    def box(self) -> Box:
        """The box around the lines."""
        return around([chunk.box for chunk in self.chunks])

    @property
    def extent(self) -> Interval:
        """Left and right end."""
        return self.box.x0, self.box.x1

    def is_beside(self, other: _Stack) -> bool:
        """Whether both headings have their first, their last or their middle lines at one height."""
        one, two = ((stack.chunks[0].baseline, stack.chunks[-1].baseline) for stack in (self, other))
        return min(abs(one[0] - two[0]), abs(one[1] - two[1]), abs(sum(one) - sum(two)) / 2) < _ALIGNED

    def is_above(self, other: _Stack) -> bool:
        """Whether this heading ends where the other one begins, or higher."""
        gap = other.chunks[0].baseline - self.chunks[-1].baseline
        return gap > 0.9 * min(self.chunks[-1].size, other.chunks[0].size)


def header_cells(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[Track], leading: Leading) -> list[Head]:
    """The headings of a table's header.

    ``edges`` are the columns' ends, ``rules`` the horizontal lines drawn near; lines of one heading follow each
    other as closely as ``leading`` says.
    """
    stacks, is_flush = _stacks(lines, leading)
    lowest = _lowest(stacks, edges)
    ranges: dict[int, Range] = {index: (column, column) for column, index in lowest.items()}
    for level in _levels([i for i in range(len(stacks)) if i not in ranges], stacks):
        headed = {column for column, index in lowest.items() if stacks[level[0]].is_above(stacks[index])}
        pieces = [stacks[index].extent for index in level]
        leaves = {column: stacks[lowest[column]].extent for column in headed}
        said = {column: " ".join(chunk.text for chunk in stacks[lowest[column]].chunks) for column in headed}
        known = repeated_ranges(pieces, said, edges) or (flush_ranges(pieces, leaves) if is_flush else [])
        odd = _odd_columns(stacks, level, edges)
        found = known or group_ranges(pieces, leaves, edges, _near(rules, stacks, level), odd)
        ranges.update(zip(level, found, strict=True))
    return list(_heads([(stacks[index].chunks, ranges[index]) for index in sorted(ranges)]))


def _stacks(lines: Sequence[Line], leading: Leading) -> tuple[list[_Stack], bool]:
    """The headings, and whether the header may be set flush, for most of its wrapped lines are not centred.

    A line goes on with the one above it that is close and aligned with it as most of the header is.
    """
    chunks = [chunk for line in lines for chunk in line.chunks]
    over_groups = {chunk for line in lines if _heads_groups(line, chunks, leading) for chunk in line.chunks}
    close = [(a, b) for a in chunks if a not in over_groups for b in chunks if _is_close(a, b, leading)]
    aligned = {side: sum(_is_aligned(above, below, side) for above, below in close) for side in _SIDES}
    side = max(_SIDES, key=lambda side: aligned[side])
    stacks: list[_Stack] = []
    for chunk in chunks:
        for index, stack in enumerate(stacks):
            last = stack.chunks[-1]
            if _is_close(last, chunk, leading) and _is_aligned(last, chunk, side) and last not in over_groups:
                stacks[index] = _Stack((*stack.chunks, chunk))
                break
        else:
            stacks.append(_Stack((chunk,)))
    return stacks, aligned[0.5] <= max(aligned[0.0], aligned[1.0])


def _heads_groups(line: Line, chunks: Sequence[Chunk], leading: Leading) -> bool:
    """Whether the line's pieces head groups of columns.

    A piece reaches over several pieces right below, or two or more headings right below are printed as often as the
    line has pieces: ``Tonnes`` ``Grade`` ``Tonnes`` ``Grade`` tell columns only by what stands above them.
    """
    below = [[chunk for chunk in chunks if _is_close(piece, chunk, leading)] for piece in line.chunks]
    if any(len({chunk.baseline for chunk in found}) < len(found) for found in below):
        return True
    names = {piece.text for piece in line.chunks}
    baselines = {chunk.baseline for found in below for chunk in found}
    said = Counter(chunk.text for chunk in chunks if chunk.baseline in baselines)
    return len(names) == len(line.chunks) > 1 and sum(count == len(names) for count in said.values()) > 1


def _is_close(above: Chunk, below: Chunk, leading: Leading) -> bool:
    """Whether the second chunk can be the next line of the first one's heading."""
    pitch = below.baseline - above.baseline
    return 0.5 * below.size < pitch <= leading.most(below.size) and overlap(above.extent, below.extent) > 0


def _is_aligned(above: Chunk, below: Chunk, side: float) -> bool:
    """Whether both chunks stand alike: by their middles, their left ends or their right ends."""
    one, two = (x0 + side * (x1 - x0) for x0, x1 in (above.extent, below.extent))
    return abs(one - two) < _ALIGNED


def _lowest(stacks: Sequence[_Stack], edges: Sequence[float]) -> dict[int, int]:
    """For each column its own heading: the lowest that has its middle there and does not reach over a neighbour."""
    found: dict[int, int] = {}
    for column, (left, right) in enumerate(pairwise(edges)):
        own = [
            index
            for index, stack in enumerate(stacks)
            if left <= sum(stack.extent) / 2 < right and not _reaches_over(stack.extent, column, edges)
        ]
        if own:
            found[column] = max(own, key=lambda index: stacks[index].chunks[-1].baseline)
    return found


def _odd_columns(stacks: Sequence[_Stack], level: Sequence[int], edges: Sequence[float]) -> frozenset[int]:
    """The columns whose next heading below the level stands at another height than most: it is beside the level."""
    below: dict[int, _Stack] = {}
    for stack in sorted(stacks, key=lambda stack: stack.chunks[0].baseline):
        if stacks[level[0]].is_above(stack):
            below.setdefault(_home(stack.extent, edges), stack)
    alike = {column: {c for c, other in below.items() if stack.is_beside(other)} for column, stack in below.items()}
    return frozenset(below) - max(alike.values(), key=len, default=set())


def _reaches_over(piece: Interval, column: int, edges: Sequence[float]) -> bool:
    """Whether the piece covers a good part of the columns beside its own."""
    beside = [(edges[c], edges[c + 1]) for c in (column - 1, column + 1) if 0 <= c < len(edges) - 1]
    return any(overlap(cell, piece) > 0.4 * (cell[1] - cell[0]) for cell in beside)


def _levels(indexes: Sequence[int], stacks: Sequence[_Stack]) -> Iterator[list[int]]:
    """Headings of column groups that stand beside each other, from the top, each level from left to right."""
    todo = sorted(indexes, key=lambda index: stacks[index].chunks[0].baseline)
    while todo:
        level = [index for index in todo if not any(stacks[other].is_above(stacks[index]) for other in todo)]
        yield sorted(level, key=lambda index: stacks[index].extent)
        todo = [index for index in todo if index not in level]


def _near(rules: Sequence[Track], stacks: Sequence[_Stack], level: Sequence[int]) -> list[Track]:
    """The rules that are drawn right below the headings of the level, but for those that underline a text."""
    chunks = [stacks[index].chunks[-1] for index in level]
    near = [rule for rule in rules if any(0 <= rule.at - chunk.baseline < 1.2 * chunk.size for chunk in chunks)]
    return [rule for rule in near if not any(_underlines(rule, chunk) for chunk in chunks)]


def _underlines(rule: Track, chunk: Chunk) -> bool:
    """Whether the rule begins and ends where the chunk does."""
    return max(abs(rule.start - chunk.extent[0]), abs(rule.end - chunk.extent[1])) < _ALIGNED


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
    return next((column for column, leaf in leaves.items() if abs(leaf[end] - piece[end]) < _ALIGNED), None)


def _is_off_middle(piece: Interval, leaf: Interval) -> bool:
    """Whether the piece is not centred over the column's own heading."""
    return abs(sum(leaf) - sum(piece)) / 2 > _ALIGNED


def _last(first: int, after: int | None, leaves: Mapping[int, Interval]) -> int:
    """The last column that follows without a gap, before the next heading's first."""
    last = first
    while last + 1 in leaves and last + 1 != after:
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
        return [(_home(piece, edges),) * 2 for piece in pieces]
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
    if last > first and any(off > _off(piece, (column, column), leaves, edges) for column in columns):
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


def _home(piece: Interval, edges: Sequence[float]) -> int:
    """The column that the piece's middle stands in."""
    return max(0, min(len(edges) - 2, sum(edge <= sum(piece) / 2 for edge in edges) - 1))


def _heads(headings: Sequence[tuple[tuple[Chunk, ...], Range]]) -> Iterator[Head]:
    """The headings with their rows: one under another is a row deeper, the lowest goes down to the body."""
    ordered = sorted(headings, key=lambda heading: heading[0][0].baseline)
    rows: list[int] = []
    for at, (_, columns) in enumerate(ordered):
        above = [rows[i] + 1 for i in range(at) if _share(ordered[i][1], columns)]
        rows.append(max(above, default=0))
    depth = max(rows, default=-1) + 1
    for at, (chunks, (first, last)) in enumerate(ordered):
        below = [rows[i] for i in range(at + 1, len(ordered)) if _share(ordered[i][1], (first, last))]
        yield Head(chunks, rows[at], first, min(below, default=depth) - rows[at], last - first + 1)


def _share(one: Range, other: Range) -> bool:
    """Whether both have a common column."""
    return one[0] <= other[1] and other[0] <= one[1]
