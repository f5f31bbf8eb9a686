"""Text lines to regions: which lines of a page are a table that nothing draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pipeline.read.columns import Interval, find_columns
from pipeline.read.glyphs import is_number, starts_item
from pipeline.read.leading import Leading
from pipeline.read.lines import Chunk, Line
from pipeline.read.parting import parted_above

_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
_UNIT = re.compile(r"\(\W*[0xX ,.'’]*[^1-9]*\)|\([\d,. ]*[’'][sS]?\)")
"""What a header line says of its figures: ``(000)``, ``(000's)``, ``(1,000's)``."""
_MOST_WORDS = 3
"""A row has no more pieces of words behind its label than this and two for each figure."""
_APART = 2.6
"""Rows follow each other by less than this multiple of the font size."""
_ROWS_APART = 4.0
"""The same for rows of several figures in the same columns with nothing between them, and lines of several headings."""
_HEADER_APART = 2.0
"""The same for a header's line of one piece, which could be a caption or a paragraph."""

_HEAD_LINES = 3
"""A page's running head has no more lines."""
_MOST_HEADING = 3
"""A heading among rows has no more lines."""
_BESIDE = 0.9
"""Lines closer than this multiple of the font size stand beside each other, as figures beside two lines of label."""

_OFF_MIDDLE = 0.02
"""A text is in the middle of a table if it is off by less than this share of its width: its words tell its ends."""


@dataclass(frozen=True)
class Region:
    """The lines of one table: those above the first row of figures, and the rest."""

    header: tuple[Line, ...]
    body: tuple[Line, ...]


def find_regions(lines: Sequence[Line], leading: Leading) -> list[Region]:
    """The tables among the lines of a page, which come from the top; ``leading`` is the pitch of wrapped lines."""
    found: list[Region] = []
    free = 0
    for rows in _runs(lines):
        columns = find_columns([chunk.extent for chunk in lines[row].chunks] for row in rows)
        lines = [*parted_above(lines[: rows[0]], columns), *lines[rows[0] :]]
        bounds = _bounds(lines, rows, free, leading)
        if bounds:
            top, first_body, free = bounds
            found.append(Region(tuple(lines[top:first_body]), tuple(lines[first_body:free])))
    return found


def has_figures(line: Line) -> bool:
    """Whether the line reads as a table's row: pieces apart from each other, and figures after the first."""
    figures = sum(map(is_figure, line.chunks[1:]))
    # Justified prose has gaps as wide as a table's, with words on both sides of each.
    is_stretched = len(line.chunks) - 1 - figures > _MOST_WORDS + 2 * figures
    return figures > 0 and not is_stretched and not _is_item(line) and not _LEADERS.search(line.text)


def is_figure(chunk: Chunk) -> bool:
    """Whether the chunk is a figure; what stands in brackets alone may be a heading's unit, as in ``(000)``."""
    return _is_figure(chunk.text)


@lru_cache(maxsize=4096)  # each step asks this of the same chunks again
def _is_figure(text: str) -> bool:
    return is_number(text) and text.count("(") == text.count(")") and not _UNIT.fullmatch(text)


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
    if stands_beside(lines[run[-1]], lines[index]):
        return True
    between = lines[run[-1] : index + 1]
    pitches = [below.baseline - above.baseline for above, below in pairwise(between)]
    usual = median([lines[below].baseline - lines[above].baseline for above, below in pairwise(run)] or [0.0])
    if not any(_same_columns(lines[row], lines[index]) for row in run[-3:]):
        return False
    below = [line for line in between[1:-1] if not any(stands_beside(line, row) for row in (between[0], between[-1]))]
    if max(pitches) > _most_apart(between[0], between[-1], usual, follows=not below):
        return False
    left, right = min(lines[row].box.x0 for row in run), max(lines[row].box.x1 for row in run)
    prose = [line for line in below if _is_prose(line, left, right)]
    in_step = len(prose) == 1 and max(pitches) < 1.15 * usual and not starts_item(prose[0].text)
    return (not prose or in_step) and not any(len(line.chunks) > 2 for line in below)


def _most_apart(above: Line, row: Line, usual: float, *, follows: bool) -> float:
    """How far a row of figures can be from the one before it, ``follows`` meaning that nothing stands between them."""
    several = min(sum(is_figure(chunk) for chunk in line.chunks) for line in (above, row)) > 1
    return max((_ROWS_APART if follows and several else _APART) * row.size, 1.6 * min(usual, 3 * row.size))


def _is_prose(line: Line, left: float, right: float) -> bool:
    """Whether the line is running text: a note's first line, or one that fills or leaves the table's width."""
    if len(line.chunks) > 1:
        return False
    width = right - left
    return starts_item(line.text) or line.box.width > 0.8 * width or line.box.x1 > right + 0.05 * width


def _same_columns(above: Line, below: Line) -> bool:
    """Whether the figures of two rows stand under each other rather than between each other."""
    figures = [chunk.extent for chunk in below.chunks if is_figure(chunk)]
    others = [chunk.extent for chunk in above.chunks if is_figure(chunk)]
    few, many = sorted((figures, others), key=len)
    met = [one for one in few if any(min(one[1], two[1]) > max(one[0], two[0]) for two in many)]
    return 2 * len(met) >= len(few)


def table_leading(body: Sequence[Line], leading: Leading) -> Leading:
    """How closely lines of one cell follow each other in this table: rows of figures with nothing between may tell."""
    told = pairwise((line, has_figures(line)) for line in body)
    rows = [(above, below) for (above, is_row), (below, goes_on) in told if is_row and goes_on]
    pitches = [(below.baseline - above.baseline) / above.size for above, below in rows]
    return leading.beside_rows(min(pitches)) if pitches else leading


def _bounds(lines: Sequence[Line], rows: Sequence[int], free: int, leading: Leading) -> tuple[int, int, int] | None:
    """Indexes of the table's first line, of its first body line, and after its last; None where the rows are no table.

    Lines before ``free`` belong to another table.
    """
    leading = table_leading(lines[rows[0] : rows[-1] + 1], leading)
    top = _header_start(lines, rows, free, leading)
    first_body = _body_start(lines, top, rows[0], leading)
    end = _wrapped_end(lines, rows, leading)
    table = [lines[row] for row in rows]
    is_last_row = len(rows) == 1 and top == rows[0] <= _HEAD_LINES and end < len(lines)
    return (top, first_body, end) if _is_table(lines[top:first_body], table, is_last_row=is_last_row) else None


def _is_table(header: Sequence[Line], rows: Sequence[Line], *, is_last_row: bool = False) -> bool:
    """Whether there is enough of a table: rows that agree, or one row of several figures under a header.

    ``is_last_row`` says that one row stands at the page's top, where it may be the last of the page before.
    """
    columns = max(len(row.chunks) for row in rows)
    headed = any(len(line.chunks) > 1 for line in header)
    if len(rows) == 1:
        figures = sum(is_figure(chunk) for chunk in rows[0].chunks)
        return figures > 1 and (headed or (is_last_row and figures == len(rows[0].chunks) - 1))
    return columns > 2 or headed or len(rows) > 2


def _header_start(lines: Sequence[Line], rows: Sequence[int], free: int, leading: Leading) -> int:
    """Index of the header's first line above the first row of figures."""
    top = _beside(lines, rows[0], free)
    body = lines[top : rows[-1] + 1]
    left, right = min(line.box.x0 for line in body), max(line.box.x1 for line in body)
    label_end = min(chunk.extent[0] for row in rows for chunk in lines[row].chunks[1:] if is_figure(chunk))
    pitch = median([lines[below].baseline - lines[above].baseline for above, below in pairwise(rows)] or [0.0])
    pitch = pitch or _pitch_of_headings(lines[max(free, top - 2) : top + 1])
    top -= _heading_lines(lines[max(free, top - _MOST_HEADING - 1) : top + 1], left, right, pitch)
    while top > free and _may_head(lines[top - 1], lines[top], left, right, pitch):
        if _ends_paragraph(lines[max(0, top - 2) : top], left, right, leading):
            break
        is_headed = any(len(line.chunks) > 1 for line in lines[top : rows[0]])
        if is_headed and _reaches_beyond(lines[top - 1], left, label_end):
            break
        top -= 1
    alone = next((index for index in range(top, rows[0]) if len(lines[index].chunks) > 1), rows[0])
    table = lines[alone : rows[-1] + 1]
    left, right = min(line.box.x0 for line in table), max(line.box.x1 for line in table)
    captions = [index for index in range(top, alone) if _is_caption(lines, index, left, right, label_end)]
    return captions[-1] + 1 if captions else top


def _pitch_of_headings(lines: Sequence[Line]) -> float:
    """How far apart a header, a heading among rows and one row of figures are, where they are so evenly; else 0.

    They may stand at a page's end, with the other rows on the next page.
    """
    if len(lines) < 3 or len(lines[0].chunks) < 3 or len(lines[1].chunks) > 1:
        return 0.0
    first, second = (below.baseline - above.baseline for above, below in pairwise(lines))
    return max(first, second) if abs(first - second) < 0.2 * second else 0.0


def _ends_paragraph(lines: Sequence[Line], left: float, right: float, leading: Leading) -> bool:
    """Whether the last line, of one piece, goes on with running text right above it."""
    if len(lines) < 2 or len(lines[1].chunks) > 1:
        return False
    above, line = lines
    pitch = line.baseline - above.baseline
    return abs(above.box.x0 - line.box.x0) < 1 and pitch <= leading.most(line.size) and _is_prose(above, left, right)


def beside_figures(lines: Sequence[Line]) -> list[list[Chunk]]:
    """The pieces of each row of figures, with those of the lines that stand beside it."""
    rows: list[list[Chunk]] = []
    for line in lines:
        if has_figures(line):
            near = [other for other in lines if stands_beside(other, line)]
            rows.append(sorted((chunk for other in near for chunk in other.chunks), key=lambda chunk: chunk.extent))
    return rows


def stands_beside(line: Line, row: Line) -> bool:
    """Whether the line is too close to the row's to be above or below it."""
    return abs(line.baseline - row.baseline) < _BESIDE * row.size


def _beside(lines: Sequence[Line], row: int, free: int) -> int:
    """Index of the first line that stands beside the row's line rather than above it."""
    while row > free and stands_beside(lines[row - 1], lines[row]):
        row -= 1
    return row


def _may_head(line: Line, below: Line, left: float, right: float, pitch: float = 0.0) -> bool:
    """Whether a line above a table's line can belong to its header; ``pitch`` is how far apart the table's rows are."""
    slack = 0.1 * (right - left)
    apart = _ROWS_APART if len(line.chunks) > 1 else _HEADER_APART
    size = max(line.size, below.size)
    if below.baseline - line.baseline > max(apart * size, 1.15 * min(pitch, _ROWS_APART * size)):
        return False
    if len(line.chunks) > 2:
        return line.box.x0 < right and line.box.x1 > left
    if line.box.x0 < left - slack or line.box.x1 > right + slack:
        return False
    return len(line.chunks) > 1 or not _is_prose(line, left, right)


def _heading_lines(lines: Sequence[Line], left: float, right: float, pitch: float) -> int:
    """How many lines above the last one, as long as they may be, are a heading among rows: right below a header.

    ``pitch`` is how far apart the table's rows are.
    """
    count = next((at for at, line in enumerate(lines[-2::-1]) if len(line.chunks) > 1), 0)
    above, *heading = lines[-2 - count : -1] if count else lines[-1:]
    if not heading or not _may_head(above, heading[0], left, right):
        return 0
    pitches = [low.baseline - high.baseline for high, low in pairwise([*heading, lines[-1]])]
    size = heading[0].size
    most = 1.15 * max(min(pitch, _ROWS_APART * size), 1.4 * size)
    is_close = max(*pitches, heading[0].baseline - above.baseline) < most
    return count if is_close and all(abs(line.box.x0 - left) < 1 for line in heading) else 0


def _is_caption(lines: Sequence[Line], top: int, left: float, right: float, label_end: float) -> bool:
    """Whether the topmost line is a caption: one piece that begins at the left, or is centred over all."""
    line, below = lines[top], lines[top + 1]
    if len(line.chunks) > 1:
        return False
    if _reaches_beyond(line, left, label_end):
        return True
    at_left = abs(line.box.x0 - left) < line.size
    centred = abs(line.box.middle[0] - (left + right) / 2) < 4 and line.box.width > 0.3 * (right - left)
    return centred or (at_left and below.baseline - line.baseline > 1.3 * line.size and len(below.chunks) > 1)


def _reaches_beyond(line: Line, left: float, label_end: float) -> bool:
    """Whether the line is one piece that begins at the left and goes on over the figures, as a caption does."""
    return len(line.chunks) == 1 and abs(line.box.x0 - left) < line.size and line.box.x1 > label_end


def _body_start(lines: Sequence[Line], top: int, first_row: int, leading: Leading) -> int:
    """Index of the first body line: lines beside the first row of figures, and headings alone above it, are rows."""
    start = _beside(lines, first_row, top)
    left = min(line.box.x0 for line in lines[start : first_row + 1])
    frame = left, max(line.box.x1 for line in lines[top : first_row + 1])
    labels = start
    while labels > top + 1 and (_is_label(lines[labels - 1], left) or is_centred(lines[labels - 1], frame)):
        labels -= 1
    while labels < start and _is_wrapped(lines, labels, leading):
        labels += 1
    return labels


def _is_label(line: Line, left: float) -> bool:
    """Whether the line is one piece at the left."""
    return len(line.chunks) == 1 and line.box.x0 < left + 2 * line.size


def is_centred(line: Chunk | Line, frame: Interval) -> bool:
    """Whether the line is one piece of words in the middle of the table, as a heading over all columns may stand."""
    pieces = line.chunks if isinstance(line, Line) else (line,)
    off = abs(line.box.middle[0] - sum(frame) / 2)
    slack = max(line.size, _OFF_MIDDLE * (frame[1] - frame[0]))
    return len(pieces) == 1 and off < slack and not is_number(line.text) and line.box.x0 > frame[0] + line.size


def _is_wrapped(lines: Sequence[Line], index: int, leading: Leading) -> bool:
    """Whether the label goes on with a piece right above it, or stands beside a header line."""
    line = lines[index]
    for above in reversed(lines[max(0, index - 3) : index]):
        pitch = line.baseline - above.baseline
        if pitch < _BESIDE * line.size and len(above.chunks) > 1:
            return True
        over = [chunk for chunk in above.chunks if _pieces_over(line, chunk)]
        if pitch <= leading.most(line.size) and len(over) == 1 and over[0].bold == line.bold:
            return True
    return False


def _wrapped_end(lines: Sequence[Line], rows: Sequence[int], leading: Leading) -> int:
    """Index after the last line that may go on with a text of the last row."""
    end = rows[-1] + 1
    while end < len(lines) and _may_wrap(lines[max(0, end - 3) : end], lines[end], leading):
        end += 1
    return end


def _may_wrap(row: Sequence[Line], line: Line, leading: Leading) -> bool:
    """Whether every piece of the line stands right below one piece of the row's last lines, and is no note."""
    if line.baseline - row[-1].baseline > leading.most(line.size):
        return False
    if starts_item(line.text) and not stands_beside(line, row[-1]):
        return False
    over = [[_pieces_over(above, chunk) for above in row] for chunk in line.chunks]
    return all(max(counts) == 1 for counts in over)


def _pieces_over(line: Line, piece: Chunk) -> int:
    """How many pieces of the line share some width with the piece."""
    return sum(min(c.box.x1, piece.box.x1) > max(c.box.x0, piece.box.x0) for c in line.chunks)
