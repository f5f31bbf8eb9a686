"""Labels that stand centred beside several rows: which rows each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_CENTRED = 0.3
"""A label is centred beside its rows if it is off their middle by less than this multiple of the font size."""


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row: its first and last line beside the label, and its label's middle, in points from the page's top.

    ``label`` is None where the row has none. ``is_heading`` says that it has nothing but a label.
    """

    top: float
    bottom: float
    label: float | None
    size: float
    is_heading: bool = False

    @property
    def middle(self) -> float:
        """Where the row's figures stand."""
        return (self.top + self.bottom) / 2


def label_ranges(
    rows: Sequence[LabelledRow], walls: Sequence[float] = (), goes_on: bool = False
) -> dict[int, tuple[int, int]]:
    """For each row with a label the rows, first and last, that it is centred beside; empty where labels head them.

    ``walls`` are the heights of lines drawn across the column of labels: no label belongs to rows on both sides.
    ``goes_on`` is true for a table that may go on from the page before: its first row may belong to a label there.

    The ranges must cover all rows without a gap. That labels are centred shows in a first row without a label, also
    below a heading, or in a label between two rows; a table whose labels stand beside the first row of their group
    has neither. Where only headings show it, a heading stands for no rows but itself.
    """
    labels = [row.label for row in rows]
    if not rows or not any(label is None for label in labels):
        return {}
    between = any(row.label is not None and abs(row.label - row.middle) > _CENTRED * row.size for row in rows)
    headed = any(above.is_heading and below.label is None for above, below in pairwise(rows))
    is_told = (labels[0] is None and not goes_on) or between
    if not is_told and not headed:
        return {}
    alone = frozenset() if is_told else frozenset(at for at, row in enumerate(rows) if row.is_heading)
    found: dict[int, tuple[int, int]] = {}
    start = 0
    while start < len(rows):
        at = next((index for index in range(start, len(rows)) if labels[index] is not None), None)
        end = _end(rows, start, at, walls, alone) if at is not None else None
        if at is None or end is None:
            return {}
        found[at] = (start, end)
        start = end + 1
    return found


def _end(rows: Sequence[LabelledRow], start: int, at: int, walls: Sequence[float], alone: frozenset[int]) -> int | None:
    """The last row of the range that begins at ``start`` and has the label of row ``at`` beside its middle.

    The rows that stand ``alone`` are ranges of their own.
    """
    if at in alone:
        return at if start == at else None
    label = rows[at].label or 0.0
    ends = [
        end
        for end in range(at, len(rows))
        if all(row.label is None for row in rows[at + 1 : end + 1])
        and not any(rows[start].top < wall < rows[end].bottom for wall in walls)
    ]
    middles = {end: abs((rows[start].top + rows[end].bottom) / 2 - label) for end in ends}
    if not middles:
        return None
    best = min(ends, key=lambda end: middles[end])
    return best if middles[best] < _CENTRED * rows[at].size else None
