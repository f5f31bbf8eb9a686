"""Tables of people: who answers for which part of a report, with firm and post, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.independence import PLURAL, stated
from extractors.lexicon import lexicon
from extractors.names import Name, find_names
from models.document import Document, Grid, Paragraph
from models.quote import Quote

HEAD_ROWS = 2
"""How far down the heading of a table of people can stand."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of a table with what the row's other cells say; None where the table has no such column."""

    name: Name
    quote: Quote
    block: int
    credentials: tuple[str, ...] = ()
    post: str | None = None
    firm: str | None = None
    part: str | None = None
    independent: bool | None = None


def people_in_tables(document: Document) -> Iterator[Listed]:
    """The people of every table that says, in its heading or right above it, that they are qualified or authors."""
    above = ""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            above = block.base
        elif (head := _heading(block)) is not None and _is_of_authors(block, head, above):
            yield from _people_below(block, index, head, stated(above) if PLURAL.search(above) else None)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The row of the headings, and the column of each kind of cell."""

    row: int
    columns: dict[str, int]


def _heading(grid: Grid) -> _Heading | None:
    """The heading of a table of people: a column of names beside one of firms, posts, credentials or parts."""
    for row in range(min(HEAD_ROWS, grid.rows)):
        kinds = [(lexicon("people_columns").whole(cell.base.strip(" :")), cell.column) for cell in grid.row(row)]
        columns = {kind: column for kind, column in reversed(kinds) if kind}
        if "name" in columns and len(columns) > 1:
            return _Heading(row, columns)
    return None


def _is_of_authors(grid: Grid, head: _Heading, above: str) -> bool:
    words = " | ".join(cell.base for cell in grid.row(head.row)) + " | " + above
    return "qualified" in lexicon("people").means(words) or bool(_AUTHORS.search(words)) or "part" in head.columns


_AUTHORS = regex.compile(r"\bauth?eure?s?\b|\bauthors?\b|responsib", regex.IGNORECASE)


def _people_below(grid: Grid, block: int, head: _Heading, independent: bool | None) -> Iterator[Listed]:
    """The people of the rows; ``independent`` is what the sentence above the table says of all of them."""
    for row in range(head.row + 1, grid.rows):
        cells = {kind: _text(grid, row, column) for kind, column in head.columns.items()}
        quote = Quote(" | ".join(cell.text for cell in grid.row(row)), grid.place)
        for name in find_names(cells["name"]):
            behind = find_names(f"{name.text}, {cells['credentials']}") if cells.get("credentials") else []
            yield Listed(
                name=name,
                quote=quote,
                block=block,
                credentials=name.credentials or (behind[0].credentials if behind else ()),
                post=cells.get("post") or None,
                firm=cells.get("firm") or None,
                part=cells.get("part") or None,
                independent=_YES_OR_NO.get(cells.get("independent", "").casefold().strip(". "), independent),
            )


_YES_OR_NO = {"yes": True, "oui": True, "independent": True, "no": False, "non": False, "not independent": False}


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    return cell.base if cell else ""
