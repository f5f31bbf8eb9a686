"""Lines of a plain text's table to a grid: fields between tabs or pipes, or words aligned with spaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.document import Cell, Grid
from models.quote import Place
from pipeline.read.columns import Interval, cell_edges, covered, find_columns, middle, nearest, with_headings
from pipeline.read.glyphs import is_number, raised_spans
from pipeline.read.head_groups import group_ranges, repeated_ranges

_CENTRED = 0.2
"""A heading is centred over a group if it is off its middle by less than this share of its width."""
_FLUSH = 1
"""A heading stands in one column if it ends, begins or has its middle within so many characters of the column's."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one line: its words, its span of the source's characters, and its column in the line.

    ``ruled`` is from where to where a rule is typed right below it, and below nothing else of its line.
    """

    text: str
    start: int
    end: int
    left: int
    ruled: Interval | None = None

    @property
    def extent(self) -> Interval:
        """From which to which character of its line it stands."""
        return self.left, self.left + self.end - self.start


def field_grid(rows: Sequence[Sequence[Piece]]) -> Grid:
    """The grid of rows whose fields are counted; a short row is filled with empty cells."""
    width = max(map(len, rows))
    cells = [_cell(_at(row, column), index, column) for index, row in enumerate(rows) for column in range(width)]
    return Grid(tuple(cells), _place(rows), spans_known=False)


def boxed_rows(parts: Sequence[Sequence[Sequence[Piece]]]) -> list[list[Piece]]:
    """The rows of a table that a typed rule parts after each row, the lines of each cell joined.

    ``parts`` are the lines between two rules. Empty where lines of the parts are rows of their own: of the same column
    they hold a figure each, as only a date in a heading may.
    """
    boxes = [part for part in parts if part]
    width = max((len(row) for part in boxes for row in part), default=0)
    held = [[[_at(row, column) for row in part] for column in range(width)] for part in boxes]
    of_rows = sum(any(sum(map(_is_figure, cell)) > 1 for cell in part) for part in held)
    if len(boxes) < _BOXES or of_rows > len(boxes) / _BOXES:
        return []
    return [[_joined([piece for piece in cell if piece.text] or cell[:1]) for cell in part] for part in held]


_BOXES = 4
"""A table has so many rows between rules at least: a rule may also stand below the header alone, and above a total."""


def _is_figure(piece: Piece) -> bool:
    return is_number(piece.text) and any(map(str.isdigit, piece.text))


def aligned_grid(rows: Sequence[Sequence[Piece]]) -> Grid:
    """The grid of rows whose words are aligned: the columns come from the rows with figures, then from headings."""
    first = next((i for i, row in enumerate(rows) if _has_figures(row)), 0)
    body = [[piece.extent for piece in row] for row in rows[first:] if _has_figures(row)]
    columns = find_columns(body or [[piece.extent for piece in row] for row in rows])
    headings = [[piece.extent for piece in row] for row in reversed(rows[:first])]
    columns = with_headings(columns, cell_edges(columns, body), headings)
    cells: list[Cell] = []
    said: dict[int, str] = {}
    for index in reversed(range(first)):
        level = list(_heading_cells(rows[index], index, columns, said))
        said |= {c.column: f"{c.text} {said.get(c.column, '')}" for c in level if c.text and c.column and _is_alone(c)}
        cells += level
    cells.sort(key=lambda cell: (cell.row, cell.column))
    for index in range(first, len(rows)):
        cells += _row_cells(rows[index], index, columns)
    return Grid(tuple(cells), _place(rows), spans_known=False)


def _is_alone(cell: Cell) -> bool:
    return cell.column_span == 1


def _has_figures(row: Sequence[Piece]) -> bool:
    """Whether a piece after the first is a figure."""
    return any(is_number(piece.text) for piece in row[1:])


def _heading_cells(
    row: Sequence[Piece], index: int, columns: Sequence[Interval], said: Mapping[int, str]
) -> Iterator[Cell]:
    """The cells of a header line: each heading in the column it is flush with, or over those it is centred over.

    ``said`` are the columns' own headings below the line: where they repeat, so wide are the groups.
    """
    if ruled := _ruled_ranges(row, columns):
        yield from _over(row, ruled, index, len(columns))
        return
    pieces = [piece.extent for piece in row]
    edges = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1]]
    inside = [piece for piece in row if piece.extent[1] > edges[1]]
    tell_apart = len({piece.text for piece in inside}) == len(inside)  # alike, they are lines of columns' own headings
    groups = repeated_ranges([piece.extent for piece in inside], said, edges) if tell_apart else []
    spans = [(columns[start][0], columns[end][1]) for start, end in groups]
    centred = all(
        abs(middle(piece.extent) - middle(span)) < _CENTRED * (span[1] - span[0])
        for piece, span in zip(inside, spans, strict=False)
    )
    if groups and centred and len(row) - len(inside) <= 1:
        yield from _over(row, [(0, 0)] * (len(row) - len(inside)) + groups, index, len(columns))
        return
    if all(_is_flush(piece, columns) for piece in pieces):
        yield from _row_cells(row, index, columns)
        return
    yield from _over(row, group_ranges(pieces, dict(enumerate(columns)), edges, ()), index, len(columns))


def _ruled_ranges(row: Sequence[Piece], columns: Sequence[Interval]) -> list[tuple[int, int]]:
    """The columns of each heading where a rule below one of them reaches over several columns; else empty."""
    homes = [covered(columns, piece.ruled or piece.extent) or [nearest(columns, piece.extent)] for piece in row]
    ranges = [(home[0], home[-1]) for home in homes]
    groups = [home for piece, home in zip(row, homes, strict=True) if piece.ruled and len(home) > 1]
    apart = all(one[1] < other[0] for one, other in pairwise(ranges))
    return ranges if groups and apart and all(home[0] > 0 for home in groups) else []


def _over(row: Sequence[Piece], ranges: Sequence[tuple[int, int]], index: int, width: int) -> Iterator[Cell]:
    """The cells of pieces that each take a range of columns, with empty cells between them."""
    taken: set[int] = set()
    for piece, (start, end) in zip(row, ranges, strict=True):
        taken.update(range(start, end + 1))
        yield _cell(piece, index, start, end - start + 1)
    for column in set(range(width)) - taken:
        yield _cell(_empty(row), index, column)


def _is_flush(piece: Interval, columns: Sequence[Interval]) -> bool:
    """Whether the piece stands over one column, and ends or begins with it or has its middle."""
    over = covered(columns, piece)
    if len(over) != 1:
        return False
    column = columns[over[0]]
    off = abs(piece[0] - column[0]), abs(piece[1] - column[1]), abs(middle(piece) - middle(column))
    return min(off) <= _FLUSH


def _row_cells(row: Sequence[Piece], index: int, columns: Sequence[Interval]) -> Iterator[Cell]:
    """The cells of a body line; a piece over several columns stands in the first of them."""
    held: dict[int, list[Piece]] = {}
    for piece in row:
        over = covered(columns, piece.extent)
        held.setdefault(over[0] if over else nearest(columns, piece.extent), []).append(piece)
    for column in range(len(columns)):
        yield _cell(_joined(held[column]) if column in held else _empty(row), index, column)


def _joined(pieces: Sequence[Piece]) -> Piece:
    """The pieces of one cell as one."""
    return Piece(" ".join(piece.text for piece in pieces), pieces[0].start, pieces[-1].end, pieces[0].left)


def _at(row: Sequence[Piece], column: int) -> Piece:
    """The field of this column, or an empty one at the row's end."""
    return row[column] if column < len(row) else _empty(row)


def _empty(row: Sequence[Piece]) -> Piece:
    """An empty piece at the row's end."""
    return Piece("", row[-1].end, row[-1].end, row[-1].left)


def _cell(piece: Piece, row: int, column: int, column_span: int = 1) -> Cell:
    """The cell of a piece of text."""
    place = Place(span=(piece.start, piece.end))
    return Cell(piece.text, place, raised_spans(piece.text), row=row, column=column, column_span=column_span)


def _place(rows: Sequence[Sequence[Piece]]) -> Place:
    """From the first to the last character of the rows."""
    return Place(span=(rows[0][0].start, max(piece.end for row in rows for piece in row)))
