"""Lines of a table's body to its rows: labels that wrap over several lines, with figures beside their middle, first or last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_TIGHT = 1.3
"""Lines of one cell follow each other by at most this multiple of the font size."""
_NEVER = float("inf")


class Standing(StrEnum):
    """Where a row's figures stand beside a label of several lines."""

    MIDDLE = "middle"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body line: its baseline and font size, the width of its label and of the label's first word, and if it has figures."""

    baseline: float
    size: float
    label: float
    first_word: float
    has_figures: bool


def group_rows(lines: Sequence[BodyLine], label_width: float, edges: Sequence[float] = ()) -> list[tuple[int, int]]:
    """The rows as ranges of lines, first and end; a row without figures is a heading among the rows.

    Of all ways to part the lines into rows the one of least cost is taken: a label wraps only where its next word had
    no room, figures stand where the table's other figures stand, and no row crosses a drawn line (``edges``).
    """
    return min((_parted(lines, label_width, edges, standing) for standing in Standing), key=lambda found: found[0])[1]


def _parted(
    lines: Sequence[BodyLine], label_width: float, edges: Sequence[float], standing: Standing
) -> tuple[float, list[tuple[int, int]]]:
    """The cheapest rows if all figures stand in one way."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(lines) + 1):
        costs = (
            (best[start][0] + _cost(lines, start, end, label_width, edges, standing), start)
            for start in range(max(0, end - 8), end)
        )
        best.append(min(costs))
    ranges, end = [], len(lines)
    while end:
        start = best[end][1]
        ranges.append((start, end))
        end = start
    return best[-1][0], ranges[::-1]


def _cost(
    lines: Sequence[BodyLine],
    start: int,
    end: int,
    label_width: float,
    edges: Sequence[float],
    standing: Standing,
) -> float:
    """How unlikely it is that these lines are one row."""
    row = lines[start:end]
    labels = [line for line in row if line.label]
    anchors = [line for line in row if line.has_figures]
    if len(anchors) > 1 or any(row[0].baseline < edge < row[-1].baseline for edge in edges):
        return _NEVER
    wraps = sum(_wrap_cost(a, b, label_width) for a, b in zip(labels, labels[1:], strict=False))
    apart = _apart_cost(lines, start, label_width)
    if not anchors:
        return wraps + apart + 0.5 + 0.3 * (len(labels) - 1)
    if not labels:
        return apart + 0.6
    return wraps + apart + _standing_cost(labels, anchors[0], standing)


def _wrap_cost(above: BodyLine, below: BodyLine, label_width: float) -> float:
    """How unlikely it is that the second line's label goes on with the first one's."""
    if below.baseline - above.baseline > _TIGHT * max(above.size, below.size):
        return _NEVER
    return 0.0 if _is_full(above, below, label_width) else 1.0


def _is_full(above: BodyLine, below: BodyLine, label_width: float) -> bool:
    """Whether the second label's first word had no room beside the first label."""
    return above.label + 0.25 * above.size + below.first_word > label_width


def _apart_cost(lines: Sequence[BodyLine], start: int, label_width: float) -> float:
    """How unlikely it is that a row begins here although the line looks like more of the label above."""
    if not start or not lines[start].label or not lines[start - 1].label:
        return 0.0
    above, below = lines[start - 1], lines[start]
    tight = below.baseline - above.baseline <= _TIGHT * max(above.size, below.size)
    return 0.4 if tight and _is_full(above, below, label_width) else 0.0


def _standing_cost(labels: Sequence[BodyLine], anchor: BodyLine, standing: Standing) -> float:
    """How far the figures stand from their place beside the label."""
    first, last = labels[0].baseline, labels[-1].baseline
    place = {Standing.MIDDLE: (first + last) / 2, Standing.TOP: first, Standing.BOTTOM: last}[standing]
    off = abs(anchor.baseline - place) / anchor.size
    return 0.0 if off < 0.15 else 2 * off
