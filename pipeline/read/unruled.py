"""Tables without drawn cells: columns and rows found from where the words stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from models.document import Cell, Grid, Word
from models.quote import Box, Place
from pipeline.read.body import body_rows
from pipeline.read.columns import Interval, cell_edges, covered, find_columns, nearest, overlap, with_headings
from pipeline.read.glyphs import is_number
from pipeline.read.heads import header_cells
from pipeline.read.leading import Leading
from pipeline.read.lines import Chunk, Line, around, printed
from pipeline.read.merged import LabelledRow, label_ranges
from pipeline.read.mesh import Drawing, Room, Track
from pipeline.read.regions import Region, beside_figures, find_regions, has_figures, is_centred, is_figure
from pipeline.read.table import Table


def unruled_tables(lines: Sequence[Line], drawing: Drawing, leading: Leading, page: int) -> list[Table]:
    """The tables of lines whose words are aligned in columns, from the top."""
    return [
        _table(region, drawing, leading, page, goes_on=page > 1 and (*region.header, *region.body)[0] is lines[0])
        for region in find_regions(lines, leading)
    ]


def _table(region: Region, drawing: Drawing, leading: Leading, page: int, goes_on: bool) -> Table:
    """The table of one region; ``goes_on`` where it begins a page, as one does that goes on from the page before."""
    frame = around([line.box for line in (*region.header, *region.body)])
    beside = [track.at for track in drawing.standing if track.start < frame.bottom and track.end > frame.top]
    edges = _edges(_columns(region), beside, frame)
    rules = [track for track in drawing.lying if frame.top - 5 < track.at < frame.bottom + 5]
    heads = header_cells(region.header, edges, rules, leading)
    depth = max((head.row + head.row_span for head in heads), default=0)
    own = {head.column: max(chunk.box.width for chunk in head.chunks) for head in heads if head.column_span == 1}
    rows = _rows(region.body, edges, _row_edges(rules, frame), leading, own)
    walls = [track.at for track in rules if track.start < edges[0] + 0.5 * (edges[1] - edges[0])]
    headings = [_cell(h.chunks, Room(h.row, h.column, h.row_span, h.column_span), page) for h in heads]
    cells = [*headings, *_body_cells(rows, edges, walls, depth, page, goes_on)]
    used = around(
        [word.box for line in (*region.header, *(line for row in rows for line in row)) for word in line.words]
    )
    grid = Grid(tuple(_covered(cells, len(edges) - 1)), Place(page, used))
    return Table(tuple(edges), _row_tops(cells, used), grid, is_drawn=False)


def _row_tops(cells: Sequence[Cell], frame: Box) -> tuple[float, ...]:
    """Where the highest text of each row begins, and where the last row ends."""
    rows = max(cell.row + cell.row_span for cell in cells)
    tops = [[c.place.box.top for c in cells if c.row == row and c.place.box] for row in range(rows)]
    return (*accumulate((min(row, default=frame.top) for row in tops), max), frame.bottom)


def _columns(region: Region) -> list[Interval]:
    """The columns of the region: from the rows of figures, widened by the headings over them."""
    chunks = beside_figures(region.body)
    rows = [[chunk.extent for chunk in row] for row in chunks]
    headings = [[chunk.extent for chunk in line.chunks] for line in reversed(region.header)]
    columns = find_columns(rows)
    columns = [column for column in columns if not _is_stray(column, columns, chunks, headings)]
    return with_headings(columns, cell_edges(columns, rows), headings)


_FEWEST_ROWS = 3
"""Of fewer rows none tells that a word in one of them heads no column."""


def _is_stray(
    column: Interval,
    columns: Sequence[Interval],
    rows: Sequence[Sequence[Chunk]],
    headings: Sequence[Sequence[Interval]],
) -> bool:
    """Whether the column is no more than words of one label that are set apart, as where a cell's text is justified.

    They stand in one row alone, behind other words, and nothing heads them: ``Proven      and`` over ``Probable``.
    """
    at = columns.index(column)
    if not at or len(rows) < _FEWEST_ROWS or any(overlap(column, piece) > 0 for line in headings for piece in line):
        return False
    held = [(row, chunk) for row in rows for chunk in row if overlap(column, chunk.extent) > 0]
    if len(held) != 1 or is_figure(held[0][1]):
        return False
    return any(overlap(columns[at - 1], c.extent) > 0 and not is_figure(c) for c in held[0][0])


def _edges(columns: Sequence[Interval], drawn: Sequence[float], frame: Box) -> list[float]:
    """Where the columns end: at drawn lines where each gap between columns has one, else in the middle of the gaps."""
    edges = [min(frame.x0, columns[0][0])]
    for left, right in pairwise(columns):
        inside = [x for x in drawn if left[1] - 1 <= x <= right[0] + 1]
        edges.append(inside[0] if inside else (left[1] + right[0]) / 2)
    return [*edges, max(frame.x1, columns[-1][1])]


def _row_edges(rules: Sequence[Track], frame: Box) -> list[float]:
    """Lines drawn across the whole table, which no row crosses."""
    return [track.at for track in rules if track.end - track.start > 0.8 * frame.width]


def _rows(
    body: Sequence[Line],
    edges: Sequence[float],
    drawn: Sequence[float],
    leading: Leading,
    headings: Mapping[int, float],
) -> list[list[Line]]:
    """The lines of each row; headings at the end, which head nothing, are left to the text below the table."""
    rows = body_rows(body, edges, drawn, leading, headings)
    while rows and not any(has_figures(line) for line in rows[-1]):
        rows.pop()
    return rows


def _body_cells(
    rows: Sequence[Sequence[Line]],
    edges: Sequence[float],
    walls: Sequence[float],
    depth: int,
    page: int,
    goes_on: bool,
) -> Iterator[Cell]:
    """The cells of the rows, counted from the header's depth; ``walls`` are lines drawn across the labels."""
    columns = list(pairwise(edges))
    held = [_by_column(lines, columns) for lines in rows]
    widths = _widths(held, len(columns))
    ranges: Mapping[int, tuple[int, int]] = {}
    if any(0 not in cells for cells in held):
        labelled = [_labelled(lines, cells) for lines, cells in zip(rows, held, strict=True)]
        ranges = label_ranges(labelled, walls, goes_on)
    for row, cells in enumerate(held):
        alone = len(cells) == 1 and _takes_row(next(iter(cells.values())), columns)
        for column, chunks in cells.items():
            first, last = ranges.get(row, (row, row)) if column == 0 else (row, row)
            span = (0, len(columns)) if alone else (column, 1)
            yield _cell(chunks, Room(depth + first, span[0], last - first + 1, span[1]), page, widths[column])


def _widths(held: Sequence[Mapping[int, Sequence[Chunk]]], columns: int) -> list[float]:
    """The widest text of each column's cells: no cell has less room."""
    widths = [0.0] * columns
    for cells in held:
        for column, chunks in cells.items():
            widths[column] = max(widths[column], *(chunk.box.width for chunk in chunks))
    return widths


def _by_column(lines: Sequence[Line], columns: Sequence[Interval]) -> dict[int, list[Chunk]]:
    """The chunks of a row's lines by their columns; words alone in a row are one heading."""
    held: dict[int, list[Chunk]] = {}
    chunks = [chunk for line in lines for chunk in line.chunks]
    if len(chunks) == 1 and not any(is_number(word.text) for word in chunks[0].words):
        return {nearest(columns, chunks[0].extent): chunks}
    for line in lines:
        for chunk in line.chunks:
            for column, piece in _in_columns(chunk, columns):
                held.setdefault(column, []).append(piece)
    return held


def _labelled(lines: Sequence[Line], cells: Mapping[int, Sequence[Chunk]]) -> LabelledRow:
    """Where the row's lines beside its label stand, and the label."""
    beside = [chunk.baseline for column, chunks in cells.items() if column for chunk in chunks]
    labels = [chunk.baseline for chunk in cells.get(0, ())]
    middle = (min(labels) + max(labels)) / 2 if labels else None
    is_heading = not beside and not any(has_figures(line) for line in lines)
    return LabelledRow(min(beside or labels), max(beside or labels), middle, lines[0].size, is_heading)


def _in_columns(chunk: Chunk, columns: Sequence[Interval]) -> Iterator[tuple[int, Chunk]]:
    """The chunk with its column; figures that stand too close are parted where a column ends."""
    over = covered(columns, chunk.extent)
    if over and (over[0] == 0 or len(over) == 1):
        yield over[0], chunk
        return
    homes = [nearest(columns, (word.box.x0, word.box.x1)) for word in chunk.words]
    if sorted(set(homes)) == over:
        for column in over:
            yield column, Chunk(tuple(word for word, home in zip(chunk.words, homes, strict=True) if home == column))
    else:
        yield nearest(columns, chunk.extent), chunk


def _takes_row(chunks: Sequence[Chunk], columns: Sequence[Interval]) -> bool:
    """Whether the only text of a row is a heading over all columns: wider than one, or in the middle of them."""
    frame = columns[0][0], columns[-1][1]
    is_wide = any(len(covered(columns, chunk.extent)) > 1 for chunk in chunks)
    return is_wide or all(is_centred(chunk, frame) for chunk in chunks)


def _cell(chunks: Sequence[Chunk], room: Room, page: int, width: float = math.inf) -> Cell:
    """The cell of the chunks, line by line; ``width`` is what its column has for text."""
    text, raised = printed(_by_line(chunks), width)
    return Cell(
        text,
        Place(page, around([chunk.box for chunk in chunks])),
        raised,
        row=room.row,
        column=room.column,
        row_span=room.row_span,
        column_span=room.column_span,
        bold=all(chunk.bold for chunk in chunks),
    )


def _by_line(chunks: Sequence[Chunk]) -> list[list[Word]]:
    """The words of the chunks, those on one baseline together."""
    lines: dict[float, list[Word]] = {}
    for chunk in chunks:
        lines.setdefault(chunk.baseline, []).extend(chunk.words)
    return list(lines.values())


def _covered(cells: Sequence[Cell], width: int) -> list[Cell]:
    """The cells in order, with an empty cell at every place that none covers."""
    grid = Grid(tuple(cells))
    empty = [
        Cell("", row=row, column=column)
        for row in range(grid.rows)
        for column in range(width)
        if grid.at(row, column) is None
    ]
    return sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column))
