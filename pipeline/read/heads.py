"""Header lines to heading cells: which lines are one heading, which columns it stands over, and how deep it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from propcache.api import cached_property

from pipeline.read.columns import Interval, overlap
from pipeline.read.head_groups import ALIGNED, Range, flush_ranges, group_ranges, home, repeated_ranges
from pipeline.read.leading import Leading
from pipeline.read.lines import Chunk, Line
from pipeline.read.mesh import Track

_SIDES = (0.5, 0.0, 1.0)
"""How a header's lines can be aligned, as shares of their width: by their middles, left ends, or right ends."""


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

    @cached_property
    def extent(self) -> Interval:
        """Left and right end."""
        boxes = [chunk.box for chunk in self.chunks]
        return min([box.x0 for box in boxes]), max([box.x1 for box in boxes])

    @cached_property
    def middle(self) -> float:
        """Where the middle between both ends is."""
        return sum(self.extent) / 2

    def is_beside(self, other: _Stack) -> bool:
        """Whether both headings have their first, their last or their middle lines at one height."""
        one, two = ((stack.chunks[0].baseline, stack.chunks[-1].baseline) for stack in (self, other))
        return min(abs(one[0] - two[0]), abs(one[1] - two[1]), abs(sum(one) - sum(two)) / 2) < ALIGNED

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
    stacks = _with_one_label(stacks, edges, leading)
    lowest = _lowest(stacks, edges)
    ranges: dict[int, Range] = {index: (column, column) for column, index in lowest.items()}
    for level in _levels([i for i in range(len(stacks)) if i not in ranges], stacks):
        headed = {column for column, index in lowest.items() if stacks[level[0]].is_above(stacks[index])}
        pieces = [stacks[index].extent for index in level]
        leaves = {column: stacks[lowest[column]].extent for column in headed}
        said = {column: " ".join(chunk.text for chunk in stacks[lowest[column]].chunks) for column in headed}
        found = repeated_ranges(pieces, said, edges) or (flush_ranges(pieces, leaves) if is_flush else [])
        if not found:
            near, odd = _near(rules, stacks, level), _odd_columns(stacks, level, edges)
            found = group_ranges(pieces, leaves, edges, near, odd)
        ranges.update(zip(level, found, strict=True))
    return list(_heads([(stacks[index].chunks, ranges[index]) for index in sorted(ranges)]))


def _stacks(lines: Sequence[Line], leading: Leading) -> tuple[list[_Stack], bool]:
    """The headings, and whether the header may be set flush, for most of its wrapped lines are not centred.

    A line goes on with the one above it that is close and aligned with it as most of the header is.
    """
    chunks = [chunk for line in lines for chunk in line.chunks]
    below = {chunk: [other for other in chunks if _is_close(chunk, other, leading)] for chunk in chunks}
    over_groups = {chunk for line in lines if _heads_groups(line, chunks, below) for chunk in line.chunks}
    close = [(a, b) for a in chunks if a not in over_groups for b in below[a]]
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


def _with_one_label(stacks: Sequence[_Stack], edges: Sequence[float], leading: Leading) -> list[_Stack]:
    """The headings, those of the first column that follow each other closely as one, however its lines are aligned."""
    kept: list[_Stack] = []
    label: _Stack | None = None
    for stack in stacks:
        if stack.extent[1] > edges[1]:
            kept.append(stack)
        elif label and _is_close(label.chunks[-1], stack.chunks[0], leading):
            label = _Stack((*label.chunks, *stack.chunks))
        else:
            kept += [label] if label else []
            label = stack
    return [*kept, label] if label else kept


def _heads_groups(line: Line, chunks: Sequence[Chunk], below: Mapping[Chunk, Sequence[Chunk]]) -> bool:
    """Whether the line's pieces head groups of columns; ``below`` are the chunks that can be each one's next line.

    A piece reaches over several pieces right below, or two or more headings right below are printed as often as the
    line has pieces: ``Tonnes`` ``Grade`` ``Tonnes`` ``Grade`` tell columns only by what stands above them.
    """
    next_ones = [below[piece] for piece in line.chunks]
    if any(len({chunk.baseline for chunk in found}) < len(found) for found in next_ones):
        return True
    names = {piece.text for piece in line.chunks}
    if not len(names) == len(line.chunks) > 1:
        return False
    baselines = {chunk.baseline for found in next_ones for chunk in found}
    said = Counter(chunk.text for chunk in chunks if chunk.baseline in baselines)
    return sum(count == len(names) for count in said.values()) > 1


def _is_close(above: Chunk, below: Chunk, leading: Leading) -> bool:
    """Whether the second chunk can be the next line of the first one's heading."""
    pitch = below.baseline - above.baseline
    if pitch <= 0.5 * below.size or overlap(above.extent, below.extent) <= 0:
        return False
    return pitch <= leading.most(below.size)


def _is_aligned(above: Chunk, below: Chunk, side: float) -> bool:
    """Whether both chunks stand alike: by their middles, their left ends or their right ends."""
    one, two = (x0 + side * (x1 - x0) for x0, x1 in (above.extent, below.extent))
    return abs(one - two) < ALIGNED


def _lowest(stacks: Sequence[_Stack], edges: Sequence[float]) -> dict[int, int]:
    """For each column its own heading: the lowest that has its middle there and does not reach over a neighbour."""
    found: dict[int, int] = {}
    for column, (left, right) in enumerate(pairwise(edges)):
        own = [
            index
            for index, stack in enumerate(stacks)
            if left <= stack.middle < right and not _reaches_over(stack.extent, column, edges)
        ]
        if own:
            found[column] = max(own, key=lambda index: stacks[index].chunks[-1].baseline)
    return found


def _odd_columns(stacks: Sequence[_Stack], level: Sequence[int], edges: Sequence[float]) -> frozenset[int]:
    """The columns whose next heading below the level stands at another height than most: it is beside the level."""
    below: dict[int, _Stack] = {}
    for stack in sorted(stacks, key=lambda stack: stack.chunks[0].baseline):
        if stacks[level[0]].is_above(stack):
            below.setdefault(home(stack.extent, edges), stack)
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
    return max(abs(rule.start - chunk.extent[0]), abs(rule.end - chunk.extent[1])) < ALIGNED


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
