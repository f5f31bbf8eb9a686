"""Header lines to heading cells: which columns each heading stands over, and how deep it goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.read.lines import Chunk, Line
from pipeline.read.mesh import Track


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
    """The lines of one heading and the range of its columns, last one included."""

    chunks: tuple[Chunk, ...]
    first: int
    last: int


def header_cells(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[Track], leading: float) -> list[Head]:
    """The headings of a table's header.

    ``edges`` are the columns' ends, ``rules`` the horizontal lines drawn near; lines of one heading follow each other by
    at most ``leading`` times the font size.
    """
    stacks: list[_Stack] = []
    for index, line in enumerate(lines):
        lower = [later for later in lines[index + 1 :] if later.baseline - line.baseline > 0.9 * line.size]
        below = [chunk for later in lower for chunk in later.chunks]
        for chunk, (first, last) in zip(line.chunks, _ranges(line.chunks, below, edges, rules), strict=True):
            _stack(stacks, _Stack((chunk,), first, last), leading)
    return list(_heads(stacks))


def _stack(stacks: list[_Stack], part: _Stack, leading: float) -> None:
    """Put the line of a heading under the heading that it goes on with, or begin another."""
    chunk = part.chunks[0]
    for index, stack in enumerate(stacks):
        pitch = chunk.baseline - stack.chunks[-1].baseline
        if (stack.first, stack.last) == (part.first, part.last) and pitch <= leading * chunk.size:
            stacks[index] = _Stack((*stack.chunks, chunk), part.first, part.last)
            return
    stacks.append(part)


def _heads(stacks: Sequence[_Stack]) -> Iterator[Head]:
    """The headings with their rows: one under another is a row deeper, the lowest goes down to the body."""
    ordered = sorted(stacks, key=lambda stack: stack.chunks[0].baseline)
    rows: list[int] = []
    for index, stack in enumerate(ordered):
        above = [rows[i] + 1 for i in range(index) if _share(ordered[i], stack)]
        rows.append(max(above, default=0))
    depth = max(rows, default=-1) + 1
    for index, stack in enumerate(ordered):
        below = [rows[i] for i in range(index + 1, len(ordered)) if _share(ordered[i], stack)]
        end = min(below, default=depth)
        yield Head(stack.chunks, rows[index], stack.first, end - rows[index], stack.last - stack.first + 1)


def _share(one: _Stack, other: _Stack) -> bool:
    """Whether both stand over a common column."""
    return one.first <= other.last and other.first <= one.last


def _ranges(
    chunks: Sequence[Chunk], below: Sequence[Chunk], edges: Sequence[float], rules: Sequence[Track]
) -> list[tuple[int, int]]:
    """For each chunk of one header line the columns that it stands over; no two share one, and the sum of costs is least."""
    columns = len(edges) - 1
    headed = [_has_below(below, edges[c], edges[c + 1]) for c in range(columns)]
    best: list[dict[int, tuple[float, list[tuple[int, int]]]]] = [{0: (0.0, [])}]
    for chunk in chunks:
        step: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for free, (cost, ranges) in best[-1].items():
            for first in range(free, columns):
                skipped = sum(0.3 for c in range(max(free, 1), first) if headed[c])
                for last in range(first, columns):
                    total = cost + skipped + _cost(chunk, first, last, headed, edges, rules)
                    if last + 1 not in step or total < step[last + 1][0]:
                        step[last + 1] = (total, [*ranges, (first, last)])
        best.append(step)
    if not best[-1]:
        return [(_at(chunk, edges),) * 2 for chunk in chunks]
    ends = (
        (cost + sum(0.3 for c in range(max(end, 1), columns) if headed[c]), ranges)
        for end, (cost, ranges) in best[-1].items()
    )
    return min(ends)[1]


def _cost(
    chunk: Chunk, first: int, last: int, headed: Sequence[bool], edges: Sequence[float], rules: Sequence[Track]
) -> float:
    """How unlikely it is that the chunk heads these columns: off their middle, over nothing, or against a drawn rule."""
    left, right = edges[first], edges[last + 1]
    width = (edges[-1] - edges[0]) / (len(edges) - 1)
    x0, x1 = chunk.extent
    off = abs((left + right) - (x0 + x1)) / 2 / width
    outside = (max(0.0, left - x0) + max(0.0, x1 - right)) / width
    cost = off + 2 * outside + 0.1 * (last - first)
    if last > first:
        cost += 0.5 * sum(not headed[c] for c in range(first, last + 1))
    if any(_underlines(rule, chunk) and abs(rule.start - left) + abs(rule.end - right) < width for rule in rules):
        cost -= 1.0
    return cost


def _underlines(rule: Track, chunk: Chunk) -> bool:
    """Whether the rule is drawn right below the chunk and at least as wide."""
    x0, x1 = chunk.extent
    return 0 <= rule.at - chunk.baseline < 1.2 * chunk.size and rule.start <= x0 + 2 and rule.end >= x1 - 2


def _has_below(below: Sequence[Chunk], left: float, right: float) -> bool:
    """Whether a chunk further down the header has its middle between the column's ends."""
    return any(left <= sum(chunk.extent) / 2 <= right for chunk in below)


def _at(chunk: Chunk, edges: Sequence[float]) -> int:
    """The column that the chunk's middle stands in."""
    middle = sum(chunk.extent) / 2
    return max(0, min(len(edges) - 2, sum(edge <= middle for edge in edges) - 1))
