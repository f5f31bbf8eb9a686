"""Text lines to regions: which lines of a page are a table that nothing draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.read.glyphs import is_number, starts_item
from pipeline.read.lines import Chunk, Line

_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
_APART = 2.6
"""Rows follow each other by less than this multiple of the font size, or twice their usual pitch."""
_HEADER_APART = 2.0
"""The same for the lines of a header, which has a caption or a paragraph above it."""


@dataclass(frozen=True)
class Region:
    """The lines of one table: those above the first row of figures, and the rest."""

    header: tuple[Line, ...]
    body: tuple[Line, ...]


def find_regions(lines: Sequence[Line]) -> list[Region]:
    """The tables among the lines of a page, which come from the top."""
    return [region for rows in _runs(lines) if (region := _region(lines, rows))]


def has_figures(line: Line) -> bool:
    """Whether the line reads as a table's row: pieces apart from each other, and figures after the first."""
    if len(line.chunks) < 2 or _LEADERS.search(line.text):
        return False
    return any(is_figure(chunk) for chunk in line.chunks[1:]) and not _is_item(line)


def is_figure(chunk: Chunk) -> bool:
    """Whether the chunk is a figure; what stands in brackets alone may be a heading's unit, as in ``(000)``."""
    return is_number(chunk.text) and not (chunk.text.startswith("(") and chunk.text.strip("()0 ") == "")


def _is_item(line: Line) -> bool:
    """Whether the line begins a note or a bullet: a mark, then words that run on."""
    return starts_item(line.text) and len(line.chunks) <= 2 and max(len(c.text) for c in line.chunks) > 25


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Indexes of rows of figures that belong to one table."""
    run: list[int] = []
    for index, line in enumerate(lines):
        if not has_figures(line):
            continue
        if run and not _together(lines, run, index):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _together(lines: Sequence[Line], run: Sequence[int], index: int) -> bool:
    """Whether the row goes on with the table of the rows before it, by what stands between them and by its columns."""
    between = lines[run[-1] : index + 1]
    pitches = [b.baseline - a.baseline for a, b in zip(between, between[1:], strict=False)]
    usual = median([lines[b].baseline - lines[a].baseline for a, b in zip(run, run[1:], strict=False)] or [0.0])
    if max(pitches) > max(_APART * lines[index].size, 1.6 * min(usual, 3 * lines[index].size)):
        return False
    right = max(lines[i].box.x1 for i in run)
    left = min(lines[i].box.x0 for i in run)
    in_step = len(between) == 3 and usual > 0 and max(pitches) < 1.15 * usual and not starts_item(between[1].text)
    if not in_step and any(_is_prose(line, left, right) for line in between[1:-1]):
        return False
    if any(len(line.chunks) > 2 for line in between[1:-1]):
        return False
    return _same_columns(lines[run[-1]], lines[index])


def _is_prose(line: Line, left: float, right: float) -> bool:
    """Whether the line is running text: a note's first line, or one that fills or leaves the table's width."""
    if len(line.chunks) > 1:
        return False
    width = right - left
    return starts_item(line.text) or line.box.width > 0.8 * width or line.box.x1 > right + 0.05 * width


def _same_columns(above: Line, below: Line) -> bool:
    """Whether the figures of two rows stand under each other rather than between each other."""
    figures = [chunk.extent for chunk in below.chunks[1:]]
    others = [chunk.extent for chunk in above.chunks[1:]]
    few, many = sorted((figures, others), key=len)
    met = [one for one in few if any(min(one[1], two[1]) > max(one[0], two[0]) for two in many)]
    return 2 * len(met) >= len(few)


def _region(lines: Sequence[Line], rows: Sequence[int]) -> Region | None:
    """The table around the rows: header lines above, labels that wrap below; None where the rows are no table."""
    top = _header_start(lines, rows)
    first_body = _body_start(lines, top, rows[0])
    end = _wrapped_end(lines, rows)
    if not _is_table(lines[top:first_body], [lines[row] for row in rows]):
        return None
    return Region(tuple(lines[top:first_body]), tuple(lines[first_body:end]))


def _is_table(header: Sequence[Line], rows: Sequence[Line]) -> bool:
    """Whether there is enough of a table: rows that agree, or one row of several figures under a header."""
    columns = max(len(row.chunks) for row in rows)
    headed = any(len(line.chunks) > 1 for line in header)
    if len(rows) == 1:
        return headed and sum(is_figure(chunk) for chunk in rows[0].chunks) > 1
    return columns > 2 or headed or len(rows) > 2


def _header_start(lines: Sequence[Line], rows: Sequence[int]) -> int:
    """Index of the header's first line above the first row of figures."""
    left = min(lines[row].box.x0 for row in rows)
    right = max(lines[row].box.x1 for row in rows)
    label_end = min(lines[row].chunks[0].extent[1] for row in rows)
    top = rows[0]
    while top > 0 and _may_head(lines[top - 1], lines[top], left, right):
        top -= 1
    while top < rows[0] and _is_caption(lines, top, left, right, label_end):
        top += 1
    return top


def _may_head(line: Line, below: Line, left: float, right: float) -> bool:
    """Whether a line above a table's line can belong to its header."""
    slack = 0.08 * (right - left)
    if below.baseline - line.baseline > _HEADER_APART * max(line.size, below.size):
        return False
    if line.box.x0 < left - slack or line.box.x1 > right + slack:
        return False
    return len(line.chunks) > 1 or not _is_prose(line, left, right)


def _is_caption(lines: Sequence[Line], top: int, left: float, right: float, label_end: float) -> bool:
    """Whether the topmost line is a caption: one piece that begins at the left, or is centred over all."""
    line, below = lines[top], lines[top + 1]
    if len(line.chunks) > 1:
        return False
    at_left = abs(line.box.x0 - left) < line.size
    if at_left and line.box.x1 > label_end + 2 * line.size:
        return True
    centred = abs(line.box.middle[0] - (left + right) / 2) < 4 and line.box.width > 0.3 * (right - left)
    return centred or (at_left and below.baseline - line.baseline > 1.3 * line.size and len(below.chunks) > 1)


def _body_start(lines: Sequence[Line], top: int, first_row: int) -> int:
    """Index of the first body line: labels alone, below the header's last line of several pieces, are rows."""
    start = first_row
    left = min(chunk.extent[0] for chunk in lines[first_row].chunks)
    while (
        start > top and len(lines[start - 1].chunks) == 1 and lines[start - 1].box.x0 < left + 2 * lines[start - 1].size
    ):
        start -= 1
    return start if start > top or start == first_row else first_row


def _wrapped_end(lines: Sequence[Line], rows: Sequence[int]) -> int:
    """Index after the last line that may go on with the last row's label."""
    end = rows[-1] + 1
    limit = min(chunk.extent[0] for row in rows for chunk in lines[row].chunks[1:])
    while end < len(lines) and _may_wrap(lines[end - 1], lines[end], limit):
        end += 1
    return end


def _may_wrap(above: Line, line: Line, limit: float) -> bool:
    """Whether the line stands in the label column, right below the line above it."""
    return (
        len(line.chunks) == 1
        and line.baseline - above.baseline < 1.35 * line.size
        and line.box.x1 < limit
        and not starts_item(line.text)
    )
