"""What was read on a sheet, and where: boxes on a page's picture, spans in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, text

from models.quote import Box

MOST = 3_000
"""Marks of one sheet."""
FIGURES = ("tonnage", "grade", "contained", "contained_again", "recovered")
"""The kinds of marks that are figures of a line."""

_COLUMNS = """
SELECT what, reading, estimate_id, table_number, commodity, source_text, page, x0, top, x1, bottom, span_start, span_end
FROM v_places WHERE filing_id = :filing
"""
_ON_PAGE = _COLUMNS + "AND page = :page ORDER BY top, x0, what, reading LIMIT :most"
_IN_SPAN = (
    _COLUMNS + "AND span_start >= :start AND span_start < :end ORDER BY span_start, span_end DESC, what LIMIT :most"
)
_OF_LINE = _COLUMNS + "AND estimate_id = :line ORDER BY page, top, x0, span_start, what LIMIT :most"
_PAGES = """
SELECT page, COUNT(*) AS marks, COUNT(estimate_id) AS of_lines FROM v_places
WHERE filing_id = :filing AND page IS NOT NULL GROUP BY page ORDER BY page
"""
_SPANS = "SELECT span_start, estimate_id FROM v_places WHERE filing_id = :filing AND span_start IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing that was read, and where it stands; ``key`` names it on its sheet."""

    key: str
    what: str
    reading: str
    estimate_id: str | None
    table_number: int | None
    commodity: str | None
    source_text: str
    page: int | None
    box: Box | None
    span: tuple[int, int] | None

    @property
    def kind(self) -> str:
        """What the mark looks like: a line, a figure, a name, a note or other words."""
        if self.what in FIGURES:
            return "figure"
        return {"line": "line", "table": "table", "person": "name", "footnote": "note"}.get(self.what, "words")

    @property
    def title(self) -> str:
        """The mark in words: "contained WO3: 10,678 t"."""
        words = " ".join(filter(None, (self.what.replace("_", " "), self.commodity)))
        return f"{words}: {self.reading}" if self.reading else words


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """How much was read on a sheet: how many marks, and how many of them belong to estimate lines."""

    number: int
    marks: int
    of_lines: int


def marks_on_page(connection: Connection, filing_id: str, page: int) -> list[Mark]:
    """What was read on a page, from its top."""
    return _marks(connection, _ON_PAGE, filing=filing_id, page=page)


def marks_in_span(connection: Connection, filing_id: str, start: int, end: int) -> list[Mark]:
    """What was read in a stretch of a text, from its start."""
    return _marks(connection, _IN_SPAN, filing=filing_id, start=start, end=end)


def marks_of_line(connection: Connection, filing_id: str, estimate_id: str) -> list[Mark]:
    """What was read in an estimate line."""
    return _marks(connection, _OF_LINE, filing=filing_id, line=estimate_id)


def marked_pages(connection: Connection, filing_id: str) -> list[SheetMarks]:
    """The pages on which something was read."""
    rows = connection.execute(text(_PAGES), {"filing": filing_id})
    return [SheetMarks(row.page, row.marks, row.of_lines) for row in rows]


def marked_stretches(connection: Connection, filing_id: str, starts: Sequence[int]) -> list[SheetMarks]:
    """The parts of a text in which something was read; ``starts`` are where the parts begin."""
    found: dict[int, list[int]] = {}
    for row in connection.execute(text(_SPANS), {"filing": filing_id}):
        counts = found.setdefault(sum(start <= row.span_start for start in starts), [0, 0])
        counts[0] += 1
        counts[1] += row.estimate_id is not None
    return [SheetMarks(number, *counts) for number, counts in sorted(found.items())]


def first_span(connection: Connection, filing_id: str) -> int:
    """Where the first estimate line of a text stands, or the first thing that was read in it, or its start."""
    query = text(_SPANS + " ORDER BY estimate_id IS NULL, span_start LIMIT 1")
    row = connection.execute(query, {"filing": filing_id}).first()
    return row.span_start if row else 0


def _marks(connection: Connection, query: str, **asked: object) -> list[Mark]:
    rows = connection.execute(text(query), {**asked, "most": MOST}).mappings()
    return [_mark(str(number), row) for number, row in enumerate(rows, 1)]


def _mark(key: str, row: RowMapping) -> Mark:
    named = ("what", "estimate_id", "table_number", "commodity", "source_text", "page")
    box = None if row["x0"] is None else Box(row["x0"], row["top"], row["x1"], row["bottom"])
    span = None if row["span_start"] is None else (row["span_start"], row["span_end"])
    return Mark(key=key, reading=row["reading"] or "", box=box, span=span, **{name: row[name] for name in named})
