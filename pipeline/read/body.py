"""A table body's lines to rows, whatever tells its columns: drawn lines, or the words themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from pipeline.read.columns import Interval, covered, overlap
from pipeline.read.leading import Leading
from pipeline.read.lines import Chunk, Line
from pipeline.read.regions import has_figures, is_figure, stands_beside, table_leading
from pipeline.read.rows import BodyLine, Form, Text, group_rows

_BREAKS_OFF = ",&+/–-("
_JOINING = frozenset(
    {"and", "or", "of", "in", "at", "to", "with", "the", "et", "ou", "de", "du", "des", "en", "à", "avec", "la"}
)
"""English and French words that a text hardly ends with."""
_GOES_ON = "(&+/)"


def body_rows(
    body: Sequence[Line],
    edges: Sequence[float],
    drawn: Sequence[float],
    leading: Leading,
    headings: Mapping[int, float] = MappingProxyType({}),
) -> list[list[Line]]:
    """The lines of each row.

    ``edges`` are the columns' ends, ``drawn`` the heights at which a line is drawn across the table, ``headings`` how
    wide the columns' own headings are; lines of one cell follow each other as closely as ``leading`` says.
    """
    if _are_rows(body):
        return [[line] for line in body]
    columns = list(pairwise(edges))
    lines = [_body_line(line, columns) for line in body]
    widths = tuple(
        max(_width(lines, column, end - start), min(headings.get(column, 0.0), end - start))
        for column, (start, end) in enumerate(columns)
    )
    form = Form(widths, table_leading(body, leading), tuple(drawn), edges[-1] - edges[0])
    return [list(body[start:end]) for start, end in group_rows(lines, form)]


def _are_rows(body: Sequence[Line]) -> bool:
    """Whether each line is a row of its own, as in half of all tables: each has figures, none is beside the next."""
    beside = any(stands_beside(above, below) or stands_beside(below, above) for above, below in pairwise(body))
    return not beside and all(map(has_figures, body))


def _width(lines: Sequence[BodyLine], column: int, most: float) -> float:
    """The width of the column's widest words that stay in it."""
    widths = (text.width for line in lines for text in line.texts if text.column == column)
    return max((width for width in widths if width <= most + 2), default=0.0)


def _body_line(line: Line, columns: Sequence[Interval]) -> BodyLine:
    """What the line says about rows."""
    texts: dict[int, Text] = {}
    for chunk in line.chunks:
        column = next(iter(covered(columns, chunk.extent)), 0)
        if column == 0 or not is_figure(chunk):
            texts.setdefault(column, _text(chunk, column, spans=_reaches_over(chunk, columns, column)))
    return BodyLine(line.baseline, line.size, tuple(texts.values()), has_figures(line))


def _reaches_over(chunk: Chunk, columns: Sequence[Interval], column: int) -> bool:
    """Whether the chunk covers a good part of the next column."""
    if column + 1 >= len(columns):
        return False
    left, right = columns[column + 1]
    return overlap((left, right), chunk.extent) > 0.5 * (right - left)


def _text(chunk: Chunk, column: int, *, spans: bool) -> Text:
    """What the chunk says about the cell that it is a line of."""
    left, right = chunk.extent
    text = chunk.text
    is_joined = text.split()[-1].lower() in _JOINING
    breaks_off = is_joined or text[-1] in _BREAKS_OFF or text.count("(") > text.count(")")
    goes_on = text[0].islower() or text[0] in _GOES_ON
    return Text(column, right - left, chunk.words[0].box.width, spans, breaks_off, goes_on)
