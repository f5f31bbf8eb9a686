"""Lines of a table's body to its rows: texts wrap over several lines, with figures beside one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pipeline.read.leading import Leading

_NEVER = 1000.0
_MOST_LINES = 9
_BESIDE = 0.9
"""Lines closer than this multiple of the font size stand beside each other: figures beside the middle of two lines."""
_BROKEN = 0.8
"""What it costs to begin a cell with a lower-case letter, or below an open bracket."""
_BESIDE_COST = 2.0
"""A text between two rows of figures is a label of both, or of more."""


class Standing(StrEnum):
    """Where a row's figures stand beside a text of several lines."""

    MIDDLE = "middle"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Text:
    """What one line holds of a cell of words: its column, its width, and the width of its first word.

    ``spans`` says that it reaches over the next column, as a heading among rows may.
    ``breaks_off`` says that its end asks for more, ``goes_on`` that its start looks like more of a text before it.
    """

    column: int
    width: float
    first_word: float
    spans: bool = False
    breaks_off: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One line of a table's body: its baseline and font size, its words by column, and whether it has figures."""

    baseline: float
    size: float
    texts: tuple[Text, ...]
    has_figures: bool

    def text(self, column: int) -> Text | None:
        """The words in this column."""
        for text in self.texts:
            if text.column == column:
                return text
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """What a table's rows have in common: each column's width of words, the pitch of wrapped lines, and drawn row ends.

    Lines of one cell follow each other as closely as ``leading`` says. ``whole`` is the width of all columns.
    """

    widths: tuple[float, ...]
    leading: Leading
    edges: tuple[float, ...] = ()
    whole: float = 0.0


def group_rows(lines: Sequence[BodyLine], form: Form) -> list[tuple[int, int]]:
    """The rows as ranges of lines, first and end; a row without figures is a heading among the rows.

    Of all ways to part the lines into rows the one of least cost is taken: a text wraps only where its next word had
    no room, figures stand where the table's other figures stand, and no row crosses a drawn line.
    """
    rows = [list(_rows_to(lines, end, form)) for end in range(1, len(lines) + 1)]
    return min((_parted(rows, standing) for standing in Standing), key=lambda found: found[0])[1]


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines as one row, and how unlikely that is: by their pitches and by each column's text, but for the figures'.

    ``columns`` has each column's cost with its lines, ``anchor`` is the line whose figures stand in the row's middle.
    """

    start: int
    pitches: float
    columns: tuple[tuple[float, tuple[BodyLine, ...]], ...]
    anchor: BodyLine | None
    blanks: float

    def cost(self, standing: Standing) -> float:
        """How unlikely the row is where figures stand in this way."""
        cost = self.pitches
        for wraps, cell in self.columns:
            cost += wraps
            if self.anchor:
                cost += _standing_cost(cell, self.anchor, standing)
        return cost + self.blanks


def _parted(rows: Sequence[Sequence[_Row]], standing: Standing) -> tuple[float, list[tuple[int, int]]]:
    """The cheapest rows if all figures stand in one way, with their cost; ``rows`` has those that end at each line."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for ending in rows:
        best.append(min((best[row.start][0] + row.cost(standing), row.start) for row in ending))
    ranges, end = [], len(rows)
    while end:
        ranges.append((best[end][1], end))
        end = best[end][1]
    return best[-1][0], ranges[::-1]


def _rows_to(lines: Sequence[BodyLine], end: int, form: Form) -> Iterator[_Row]:
    """The rows that may end with this line, the shortest first: figures that stand apart are in no row together."""
    highest = None
    for start in range(end - 1, max(0, end - _MOST_LINES) - 1, -1):
        if lines[start].has_figures:
            if highest and not _overlap(lines[start], highest):
                return
            highest = lines[start]
        yield _row(lines, start, end, form)


def _row(lines: Sequence[BodyLine], start: int, end: int, form: Form) -> _Row:
    """The lines from start to end as one row."""
    row = lines[start:end]
    anchors = [line for line in row if line.has_figures]
    pitches = _apart_cost(lines, start, form)
    pitches += _NEVER * sum(row[0].baseline < edge < row[-1].baseline for edge in form.edges)
    columns = []
    for column in sorted({text.column for line in row for text in line.texts}):
        cell = tuple(line for line in row if line.text(column))
        columns.append((sum(_wrap_cost(a, b, column, form, anchors) for a, b in pairwise(cell)), cell))
    anchor = anchors[len(anchors) // 2] if anchors else None
    return _Row(start, pitches, tuple(columns), anchor, _blanks_cost(row, is_heading=not anchors))


def _blanks_cost(row: Sequence[BodyLine], *, is_heading: bool) -> float:
    """How unlikely a row without figures, or without a label, is."""
    if is_heading:
        return 0.5 + 0.3 * (len(row) - 1) + (0.8 if not row[0].text(0) else 0.0)
    return 0.0 if any(line.text(0) for line in row) else 0.6


def _overlap(above: BodyLine, below: BodyLine) -> bool:
    """Whether the lines are too close to be lines of two rows."""
    return below.baseline - above.baseline < _BESIDE * min(above.size, below.size)


def _wrap_cost(above: BodyLine, below: BodyLine, column: int, form: Form, figures: Sequence[BodyLine] = ()) -> float:
    """How unlikely it is that the second line's text goes on with the first one's.

    Lines of one cell are close to each other, or both stand beside one of the row's lines of ``figures``.
    """
    beside_one = any(_overlap(above, line) and _overlap(line, below) for line in figures)
    if not beside_one and not _is_tight(above, below, form):
        return _NEVER
    return 0.0 if _is_full(above, below, column, form) else 1.0


def _is_tight(above: BodyLine, below: BodyLine, form: Form) -> bool:
    """Whether the lines follow each other as closely as those of one cell."""
    return below.baseline - above.baseline <= form.leading.most(max(above.size, below.size))


def _is_full(above: BodyLine, below: BodyLine, column: int, form: Form) -> bool:
    """Whether the second line's first word had no room behind the first line's words."""
    first, second = above.text(column), below.text(column)
    if first is None or second is None:
        return False
    spans = first.spans or second.spans
    room = max(form.whole, form.widths[column]) if spans else form.widths[column]
    return first.width + 0.25 * above.size + second.first_word > room - 0.5


def _apart_cost(lines: Sequence[BodyLine], start: int, form: Form) -> float:
    """How unlikely it is that a row begins here although the line looks like more of the text above."""
    if not start or not _is_tight(lines[start - 1], lines[start], form):
        return 0.0
    above, below = lines[start - 1], lines[start]
    if _overlap(above, below):
        return _NEVER if above.has_figures and below.has_figures else _BESIDE_COST
    cost = 0.4 if any(_is_full(above, below, text.column, form) for text in below.texts) else 0.0
    return cost + (_BROKEN if any(_is_broken(above, text) for text in below.texts) else 0.0)


def _is_broken(above: BodyLine, text: Text) -> bool:
    """Whether a cell that begins with this text would part it from words that it belongs to."""
    before = above.text(text.column)
    return before is not None and (before.breaks_off or text.goes_on)


def _standing_cost(cell: Sequence[BodyLine], anchor: BodyLine, standing: Standing) -> float:
    """How far the figures stand from their place beside the cell's text."""
    first, last = cell[0].baseline, cell[-1].baseline
    place = {Standing.MIDDLE: (first + last) / 2, Standing.TOP: first, Standing.BOTTOM: last}[standing]
    off = abs(anchor.baseline - place) / anchor.size
    return 0.0 if off < 0.15 else 2 * off
