"""What the pages of a filing and of a line show, put together from the database and the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import Connection

from models.quote import Box
from pipeline.errors import UnreadableSourceError
from pipeline.lines import StatedLine, lines_of
from pipeline.web.filings import Filing
from pipeline.web.marks import (
    Mark,
    SheetMarks,
    first_span,
    marked_pages,
    marked_stretches,
    marks_in_span,
    marks_of_line,
    marks_on_page,
)
from pipeline.web.passages import Passage, block_passages, excerpt, text_passage
from pipeline.web.sheets import Blocks, Picture, Sheet, Stretch
from pipeline.web.sources import Source
from pipeline.web.workbench import Workbench

GROUPS = (
    ("Qualified persons", ("person",)),
    ("Cut-offs", ("cutoff",)),
    ("Notes", ("footnote", "sub_quantity")),
    ("Claims in headline and prose", ("claim",)),
    ("Findings about NI 43-101", ("finding",)),
    ("Dates", ("release_date", "effective_date", "report_date")),
    ("Not understood", ("doubt",)),
    ("Standard sentences and equivalents", ("statement", "equivalence")),
)
"""What stands beside the sheet below its tables, by the kinds of marks."""

_END = 1 << 40
"""Beyond the end of any text."""
_ABOVE, _BELOW, _ASIDE = 110.0, 56.0, 24.0
"""Points of a page that are shown around a line."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line beside the sheet, with the key of its mark and of each of its figures."""

    line: StatedLine
    key: str
    figures: tuple[tuple[tuple[str, str], str], ...]

    def key_of(self, what: str, commodity: str = "") -> str:
        """The key of a figure's mark on this sheet; empty where it stands elsewhere."""
        return dict(self.figures).get((what, commodity), "")


@dataclass(frozen=True, slots=True)
class TableRows:
    """The lines of one estimate table that stand on the sheet."""

    number: int
    rows: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Marks of related kinds, with a title."""

    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its marks, and what they were read as beside it; ``problem`` where it cannot be shown."""

    number: int
    count: int
    picture: Picture | None = None
    passages: tuple[Passage, ...] = ()
    problem: str | None = None
    marks: tuple[Mark, ...] = ()
    tables: tuple[TableRows, ...] = ()
    groups: tuple[Group, ...] = ()
    marked: tuple[SheetMarks, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """Where a line is printed: a part of its page's picture, or a passage of its text."""

    number: int
    marks: tuple[Mark, ...] = ()
    picture: Picture | None = None
    frame: Box | None = None
    passages: tuple[Passage, ...] = ()
    problem: str | None = None


def sheet_view(
    connection: Connection, workbench: Workbench, filing: Filing, source: Source, number: int | None
) -> SheetView:
    """The sheet of this number; without a number the first one with an estimate line."""
    view = _page_view if filing.page_count else _text_view
    shown = view(connection, workbench, filing, source, number)
    return replace(shown, tables=_tables(connection, filing, shown.marks), groups=_groups(shown.marks))


def _page_view(
    connection: Connection, workbench: Workbench, filing: Filing, source: Source, number: int | None
) -> SheetView:
    marked = tuple(marked_pages(connection, filing.filing_id))
    count = filing.page_count or 1
    page = min(max(number or _first(marked), 1), count)
    marks = tuple(marks_on_page(connection, filing.filing_id, page))
    sheet, problem = _opened(workbench, source, page)
    picture = sheet if isinstance(sheet, Picture) else None
    return SheetView(page, count, picture, problem=problem, marks=marks, marked=marked)


def _text_view(
    connection: Connection, workbench: Workbench, filing: Filing, source: Source, number: int | None
) -> SheetView:
    sheet, problem = _opened(workbench, source, number or 1)
    if isinstance(sheet, Picture):  # a PDF that could not be read: there is nothing beside its pages
        return SheetView(min(max(number or 1, 1), sheet.count), sheet.count, sheet)
    if sheet is None:
        marks = tuple(marks_in_span(connection, filing.filing_id, 0, _END))
        return SheetView(1, 1, problem=problem, marks=marks)
    if number is None:
        number = _part_at(sheet, first_span(connection, filing.filing_id))
        return _text_view(connection, workbench, filing, source, number)
    part = sheet.starts.index(sheet.start)
    end = [*sheet.starts, _END][part + 1]
    marks = tuple(marks_in_span(connection, filing.filing_id, sheet.start, end))
    marked = tuple(marked_stretches(connection, filing.filing_id, sheet.starts))
    return SheetView(part + 1, len(sheet.starts), passages=_passages(sheet, marks), marks=marks, marked=marked)


def line_view(connection: Connection, workbench: Workbench, source: Source, line: StatedLine) -> LineView:
    """Where a line is printed."""
    marks = tuple(marks_of_line(connection, line.filing_id, line.estimate_id))
    own = next((mark for mark in marks if mark.what == "line"), None)
    if own is None:
        return LineView(1, marks)
    number = own.page or 1
    sheet, problem = _opened(workbench, source, number)
    if isinstance(sheet, Picture):
        here = tuple(mark for mark in marks if mark.page == number)
        return LineView(number, here, sheet, _frame(sheet, here))
    if sheet is not None and own.span is not None:
        number = _part_at(sheet, own.span[0])
        part, problem = _opened(workbench, source, number)
        if isinstance(part, Stretch | Blocks):
            return LineView(number, marks, passages=tuple(excerpt(part, own.span, marks)))
    return LineView(number, marks, problem=problem)


def _opened(workbench: Workbench, source: Source, number: int) -> tuple[Sheet | None, str | None]:
    """The sheet, or why it cannot be shown: what was read is shown without it."""
    try:
        return workbench.sheet(source, number), None
    except UnreadableSourceError as error:
        return None, str(error)


def _first(marked: Sequence[SheetMarks]) -> int:
    return next((sheet.number for sheet in marked if sheet.of_lines), marked[0].number if marked else 1)


def _part_at(sheet: Stretch | Blocks, place: int) -> int:
    return max(1, sum(start <= place for start in sheet.starts))


def _passages(sheet: Stretch | Blocks, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    return tuple(text_passage(sheet, marks) if isinstance(sheet, Stretch) else block_passages(sheet.blocks, marks))


def _tables(connection: Connection, filing: Filing, marks: Sequence[Mark]) -> tuple[TableRows, ...]:
    keys = {mark.estimate_id: mark.key for mark in marks if mark.what == "line" and mark.estimate_id}
    figures: dict[str, list[tuple[tuple[str, str], str]]] = {}
    for mark in marks:
        if mark.kind == "figure" and mark.estimate_id:
            figures.setdefault(mark.estimate_id, []).append(((mark.what, mark.commodity or ""), mark.key))
    lines = lines_of(connection, filing.filing_id, keys) if keys else []
    rows = [LineRow(line, keys[line.estimate_id], tuple(figures.get(line.estimate_id, ()))) for line in lines]
    tables = groupby(rows, key=lambda row: row.line.table_number)
    return tuple(TableRows(number, tuple(same)) for number, same in tables)


def _groups(marks: Sequence[Mark]) -> tuple[Group, ...]:
    groups = (Group(title, tuple(mark for mark in marks if mark.what in kinds)) for title, kinds in GROUPS)
    return tuple(group for group in groups if group.marks)


def _frame(picture: Picture, marks: Sequence[Mark]) -> Box:
    """The part of the page around a line: as wide as the line and its neighbours, some lines above and below."""
    boxes = [mark.box for mark in marks if mark.box]
    if not boxes:
        return Box(0, 0, picture.width, picture.height)
    left, right = min(box.x0 for box in boxes) - _ASIDE, max(box.x1 for box in boxes) + _ASIDE
    top, bottom = min(box.top for box in boxes) - _ABOVE, max(box.bottom for box in boxes) + _BELOW
    return Box(max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height))
