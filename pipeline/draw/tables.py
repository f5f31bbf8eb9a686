"""A filing's tables as one web page, each cell in the colour of its use; for filings that have no pages too."""

from __future__ import annotations

from unicodedata import category

from lxml import html
from lxml.html.builder import BODY, CAPTION, CLASS, H1, HEAD, HTML, META, SMALL, SPAN, STYLE, TABLE, TD, TITLE, TR, P

from models.disclosure import Disclosure, EstimateTable
from models.document import Cell, Document, Grid
from pipeline.draw.layers import USES, Ink
from pipeline.draw.uses import Use, UsedPlace, printed_tables, uses_of_cells

_STYLE = """
body { font: 14px sans-serif; margin: 2em }
table { border-collapse: collapse; margin: 1em 0 2em }
caption { text-align: left; padding: .3em 0; font-weight: bold }
td { border: 1px solid #999; padding: .2em .5em; vertical-align: top; white-space: pre-line }
span { padding: .2em .5em; margin-right: .5em; border: 1px solid #999 }
small { display: block; color: #333 }
"""


def tables_page(filename: str, document: Document, disclosure: Disclosure) -> str:
    """The document's grids as read, in reading order, under a legend."""
    colours = "".join(f".{_name(use)} {{ background: {_pale(ink)} }}\n" for use, ink in USES.items())
    title = _writable(f"How {filename} was read")
    page = HTML(
        HEAD(META(charset="utf-8"), TITLE(title), STYLE(_STYLE + colours)),
        BODY(
            H1(title),
            P(*(SPAN(ink.meaning, CLASS(_name(use))) for use, ink in USES.items() if use is not Use.NOTE)),
            *(_table(n, *pair) for n, pair in enumerate(printed_tables(document, disclosure), 1)),
        ),
    )
    return str(html.tostring(page, doctype="<!doctype html>", encoding="unicode"))


def _table(number: int, grid: Grid, table: EstimateTable | None) -> html.HtmlElement:
    """One grid with its cells as they span rows and columns."""
    used = {(one.cell.row, one.cell.column): one for one in uses_of_cells(grid, table) if one.cell}
    title = f"Table {number} of the filing" + (f", estimate table {table.number}: {table.caption}" if table else "")
    rows = (TR(*(_cell(cell, used.get((cell.row, cell.column))) for cell in grid.row(row))) for row in range(grid.rows))
    return TABLE(CAPTION(_writable(title)), *rows)


def _cell(cell: Cell, used: UsedPlace | None) -> html.HtmlElement:
    """A cell with what became of it; an empty one has no colour."""
    spans = {"rowspan": str(cell.row_span), "colspan": str(cell.column_span)}
    if used is None:
        return TD(spans)
    reason = [SMALL(_writable(used.reason))] if used.reason else []
    return TD(_writable(cell.text), *reason, CLASS(_name(used.use)), spans)


def _name(use: Use) -> str:
    return use.value.replace(" ", "-")


def _pale(ink: Ink) -> str:
    """The ink's colour, pale enough to read what is printed on it."""
    return f"rgba({', '.join(map(str, ink.colour))}, {0.25 if ink.filled else 0.08})"


def _writable(text: str) -> str:
    """The text with a mark for what no web page can hold: control characters, halves of characters."""
    return "".join(c if c in "\n\t" or not category(c).startswith("C") else "\ufffd" for c in text)
