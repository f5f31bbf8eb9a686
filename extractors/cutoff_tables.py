"""Tables that state cut-offs and no estimates: a row or a column of values, each beside the name of its ore."""

from __future__ import annotations

from collections.abc import Iterator

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from models.document import Grid
from models.quote import Place

HEAD_ROWS = 3
"""How far down the headings of such a table can stand."""


def stated_in(grid: Grid) -> Iterator[tuple[str, str, Place]]:
    """The heading of each value of a table of cut-offs, the value with its ore and unit as a text, and its place.

    A column is read where the first one names the ore of each row; a row where the heading names that of each column.
    """
    for row in range(min(HEAD_ROWS, grid.rows)):
        for cell in grid.row(row):
            if cell.column and _is_heading(cell.base) and not _has_tonnages(grid, row):
                yield from _down(grid, row, cell.column, cell.base)
    for row in range(1, grid.rows):
        first = grid.at(row, 0)
        if first and _is_heading(first.base):
            yield from _across(grid, row, first.base)


def _is_heading(text: str) -> bool:
    """True for a heading that names a cut-off without a value: "NSR cut-off (US$/t)", "Cut-off grade"."""
    means = [w.means for w in lexicon("cutoff_words").find(text)]
    return "cutoff" in means and not {"other", "none", "break_even"} & set(means) and not regex.search(r"\d", text)


def _has_tonnages(grid: Grid, row: int) -> bool:
    """A column of tonnages makes it a table of estimates at several cut-offs."""
    return any(_TONNAGE.search(cell.base) for cell in grid.row(row))


_TONNAGE = regex.compile(r"\btonn(?:es|ages?)\b|\btons\b|(?<![/\p{L}])[kM]?t\b", regex.IGNORECASE)


def _down(grid: Grid, head: int, column: int, heading: str) -> Iterator[tuple[str, str, Place]]:
    for row in range(head + 1, grid.rows):
        label, value = grid.at(row, 0), grid.at(row, column)
        if label and value and regex.search(r"\p{L}{2}", label.base) and (text := _valued(heading, value.base)):
            yield heading, f"{label.base} {text}", value.place


def _across(grid: Grid, row: int, heading: str) -> Iterator[tuple[str, str, Place]]:
    units = [c.base for c in grid.row(row)[1:] if _unit_in(f"({c.base})")]
    for cell in grid.row(row)[1:]:
        above = grid.at(0, cell.column)
        named = (
            above.base if above and regex.search(r"\p{L}{2}", above.base) and not _UNIT_HEAD.search(above.base) else ""
        )
        if text := _valued(f"{heading} ({units[0]})" if units else heading, cell.base):
            yield heading, f"{named} {text}".strip(), cell.place


_UNIT_HEAD = regex.compile(r"^\W*(?:units?|values?|unités?|valeurs?|parameters?)\b", regex.IGNORECASE)


def _valued(heading: str, value: str) -> str | None:
    """The value with the unit that it prints or that its heading gives, or None where it is no number."""
    plain = value.strip()
    if not regex.match(r"[≥>]?\s*(?:[A-Z]{1,3})?\$?\s?\d", plain):
        return None
    if regex.search(r"%|g/t|/t|ppm|opt|\$", plain):
        return plain
    unit = _unit_in(heading)
    metals = lexicon("commodities").find(heading)
    named = metals[0].text if metals and (not unit or metals[0].text not in unit) and unit[-2:] != "/t" else ""
    return f"{plain} {unit} {named}".strip() if unit and regex.fullmatch(r"[\d.,]+", plain) else None


def _unit_in(heading: str) -> str:
    """The unit of a heading: in its brackets, or behind its last comma or dash."""
    bracketed = regex.findall(r"[(\[]([^()\[\]]+)[)\]]", fold(heading))
    found: list[str] = [b.strip() for b in bracketed if _UNIT.search(b)]
    if found:
        return found[-1]
    bare = _UNIT.search(fold(heading))
    return bare.group() if bare else ""


_UNIT = regex.compile(
    r"%(?: ?[A-Z]\p{L}*\d*\p{L}*)?|(?:US|C|A)?\$ ?/ ?t(?:onne)?\b|\bg/t\b(?: ?[A-Z]\p{L}+)?"
    r"|\bppm\b|\bg/tonne\b|\boz/t(?:on)?\b|\blb/t\b"
)
