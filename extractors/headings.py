"""The heading of a grid: how many rows it has, and what stands above each leaf column."""

from __future__ import annotations

from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.lexicon import lexicon
from extractors.mending import mended
from extractors.numbers import is_numeric
from extractors.once import once
from models.document import Cell, Grid

_YEAR = regex.compile(r"(?:19|20)\d\d\)?(?:\s+\p{L}.*)?")


@dataclass(frozen=True)
class Heading:
    """The heading of a grid: its number of ``rows``, and a stack of texts, top to bottom, for each leaf column.

    ``title`` is a caption printed inside the frame, over the whole width of the grid.
    """

    rows: int
    stacks: tuple[tuple[str, ...], ...]
    title: str = ""


@once
def read_heading(grid: Grid) -> Heading:
    """Tell the heading rows from the body, and give each leaf column the texts that stand over it."""
    rows = _heading_rows(grid)
    titles = [row for row in range(rows - 1) if _is_title(grid.row(row), grid.columns)]
    levels = [_level(grid, row, rows) for row in range(rows) if row not in titles]
    stacks = []
    for column in range(grid.columns):
        texts = [level[column] for level in levels if level[column]]
        stacks.append(tuple(t for i, t in enumerate(texts) if i == 0 or t != texts[i - 1]))
    return Heading(rows, _without_initials(stacks), " ".join(c.base for row in titles for c in grid.row(row) if c.base))


def _is_title(cells: list[Cell], columns: int) -> bool:
    """True where a heading row holds one text that speaks of the whole table."""
    filled = [c for c in cells if c.base]
    if len(filled) != 1 or columns < 3:
        return False
    return filled[0].column_span >= columns - 1 or (filled[0].column == 0 and len(filled[0].base) > _LONG_LABEL)


_LONG_LABEL = 40
"""Letters; a heading of the label column is shorter, a caption longer."""


def _heading_rows(grid: Grid) -> int:
    """The rows above the first one that prints figures, without the group rows that stand right over it."""
    marked = max((c.row + c.row_span for c in grid.cells if c.header), default=0)
    first = next((row for row in range(grid.rows) if is_body_row(grid.row(row))), grid.rows)
    while first > marked and first > 1 and is_group_row(grid.row(first - 1)):
        first -= 1
    return max(first, marked if marked < grid.rows else 0)


def is_body_row(cells: list[Cell]) -> bool:
    """True where a row prints figures: two numbers or more, or a number as its only text beside the label."""
    filled = [c for c in cells if c.base]
    numbers = [c for c in filled if is_numeric(c.base) and not _heads(c.base)]
    return len(numbers) >= 2 or (len(numbers) == 1 and len(filled) <= 2 and numbers[0].column > 0)


def _heads(text: str) -> bool:
    """True for the numbers that head columns: a year, and the "100%" that the whole ore is called."""
    return bool(_YEAR.fullmatch(text)) or ("%" in text and lexicon("editions").whole(text) == "whole")


def is_group_row(cells: list[Cell]) -> bool:
    """True where a row has one text only, at its beginning or over the whole width: it heads the rows below it."""
    filled = [c for c in cells if c.base]
    if len(filled) != 1 or is_numeric(filled[0].base):
        return False
    width = max(c.column + c.column_span for c in cells)
    return filled[0].column == 0 or filled[0].column_span >= max(2, width - 1)


def _level(grid: Grid, row: int, rows: int) -> list[str]:
    """What one heading row says over each column; a merged cell says it over all of its columns."""
    texts = [mended(cell.base) if (cell := grid.at(row, column)) else "" for column in range(grid.columns)]
    if grid.spans_known or row == rows - 1:
        return texts
    below = [_below(grid, row, rows, column) for column in range(grid.columns)]
    above = [grid.at(row - 1, column) if row else None for column in range(grid.columns)]
    return _spread(texts, below, [bool(cell and cell.base) for cell in above])


def _below(grid: Grid, row: int, rows: int, column: int) -> str:
    texts = [cell.base for r in range(row + 1, rows) if (cell := grid.at(r, column))]
    return " ".join(text for text in texts if text)


def _spread(texts: list[str], below: list[str], headed: list[bool]) -> list[str]:
    """Give a blank heading cell its left neighbour's text: tabs and pipes print a merged cell in its first column.

    The first line of a wrapped heading ("Measured" above "+ Indicated", "Contained" above "ounces") is no merged cell:
    it says nothing of a column that names its own category or sort of figures. Nor is one whose bracket is still open.
    It says nothing either of a column that is ``headed``: the row above prints a heading of its own over it.
    """
    spread = list(texts)
    for column in range(1, len(texts)):
        text = spread[column - 1]
        merged = text and below[column] and below[column - 1] and not _speaks_otherwise(text, below[column])
        if merged and not texts[column] and not headed[column] and text.count("(") <= text.count(")"):
            spread[column] = text
    return spread


_INITIAL = regex.compile(r"(?i:(?:\s+mineral)?\s+(?:resources?|ressources?|reserves?|réserves?))?\s*(\((\p{Lu})\))")
"""What may stand between a category and its initial, and the initial in its brackets."""


def _without_initials(stacks: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The stacks without the initials behind two categories or more: "MEASURED (M)", "INDICATED (I)".

    Else the letter of the measured is read as millions, of tonnes and of metal alike, and nothing contradicts it.
    """
    found = {text: _initial(text) for stack in stacks for text in stack}
    letters = {text[a:b] for text, (a, b) in found.items() if b > a}
    if len(letters) < 2:
        return tuple(stacks)
    return tuple(tuple(f"{t[: found[t][0]]}{t[found[t][1] :]}" for t in stack) for stack in stacks)


def _initial(text: str) -> tuple[int, int]:
    """Where the initial of the text's last category stands in brackets behind it; an empty span where none does."""
    for hit in reversed(lexicon("categories").find(text)):
        behind = _INITIAL.match(text, hit.end)
        if behind and behind[2].casefold() == hit.text[:1].casefold():
            return behind.span(1)
    return 0, 0


_SORTS = {"tonnage", "grade", "contained", "recovered"}


def _speaks_otherwise(text: str, below: str) -> bool:
    """True where both name a category, or other sorts of figures."""
    one, other = ({m for m in lexicon("columns").means(said) if m in _SORTS} for said in (text, below))
    if one and other and one.isdisjoint(other):
        return True
    return bool(lexicon("categories").first(text) and lexicon("categories").first(below))
