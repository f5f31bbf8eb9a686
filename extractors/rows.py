"""The body of an estimate table: each printed row with the labels, group rows and carried words that speak for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from extractors.groups import Group, category_named, levels_left, outside, same_sort
from extractors.headings import is_group_row
from extractors.labels import RESERVES, SUMS, Label, read_label
from extractors.numbers import is_blank, is_numeric
from extractors.split_labels import joined_labels
from models.disclosure import Category, EstimateType
from models.document import Cell, Grid


class RowKind(StrEnum):
    """What a body row is."""

    DATA = "data"
    GROUP = "group"
    BLANK = "blank"
    TEXT = "text"


@dataclass(frozen=True)
class Row:
    """A body row: its own labels, what the rows above it say for it, and its label as printed.

    ``labels`` are what its label cells say, left to right, with carried-down words filled in. ``headings`` are the
    group rows in force, outermost first, and ``spoken`` both as printed, from the outside in. ``unlabelled`` is True
    for figures without a word beside them.
    """

    index: int
    kind: RowKind
    printed: str = ""
    labels: tuple[Label, ...] = ()
    headings: tuple[Label, ...] = ()
    heading: str | None = None
    spoken: tuple[str, ...] = ()
    unlabelled: bool = False
    carried: Category | None = None


def read_rows(grid: Grid, first: int, label_columns: Sequence[int]) -> Iterator[Row]:
    """Read the body rows from ``first`` on."""
    reader = _Reader(label_columns, joined_labels(grid, first, label_columns))
    for index in range(first, grid.rows):
        yield reader.read(index, grid, grid.row(index))


class _Reader:
    """Reads the rows in order and remembers what the rows above say: group rows and words to carry down."""

    def __init__(self, label_columns: Sequence[int], joined: Mapping[tuple[int, int], Cell]) -> None:
        self.columns = tuple(label_columns)
        self.joined = joined
        self.above: dict[int, Cell] = {}
        self.category: tuple[int, Category] | None = None
        self.headings: list[tuple[str, Label]] = []
        self.fresh = True
        """True while no row of figures has come since the last group row: a group row then goes inside it."""
        self.seen: set[Category] = set()
        self.group = Group()
        self.ended: list[Group] = []
        """The groups of rows above the one being read."""

    def read(self, index: int, grid: Grid, cells: list[Cell]) -> Row:
        """Read one row, and remember what it says for the rows below."""
        if not any(c.base for c in cells):
            return Row(index, RowKind.BLANK)
        if not _has_figures(cells, self.columns):
            return self._read_words(index, cells)
        return self._read_figures(index, grid)

    def _read_words(self, index: int, cells: list[Cell]) -> Row:
        printed = " ".join(c.base for c in cells if c.base)
        if not is_group_row(cells):
            return Row(index, RowKind.TEXT, printed)
        label = read_label(printed)
        if not self.fresh:
            self._close_headings(label)
        self.headings = [h for h in self.headings if not same_sort(h[1], label)]
        self.ended.append(self.group)
        self.group = Group(tuple(text for text, _ in self.headings), label)
        self.headings.append((printed, label))
        self.above, self.category, self.fresh, self.seen = {}, None, True, set()
        return Row(index, RowKind.GROUP, printed, (label,))

    def _close_headings(self, label: Label) -> None:
        """A group row after figures ends the group rows of its own sort, and what stood inside them."""
        level = next((i for i, (_, h) in enumerate(self.headings) if same_sort(h, label) or label.total), None)
        if level is not None:
            del self.headings[level:]

    def _read_figures(self, index: int, grid: Grid) -> Row:
        own = [self.joined.get((index, column), grid.at(index, column)) for column in self.columns]
        cells = self._carry(own)
        printed = " | ".join(c.base for c in own if c and c.base)
        labels = tuple(_with_raised(read_label(c.base), c) for c in cells if c and c.base)
        carried = None if category_named(labels) else self._carried_category(own)
        unlabelled = not any(c and c.base for c in own)
        spoken = (*(text for text, _ in self.headings), *(c.base for c in cells if c and c.base))
        in_force = self._in_force(labels, unlabelled)
        row = Row(index, RowKind.DATA, printed, labels, in_force, self._heading(), spoken, unlabelled, carried)
        self._remember(row, own)
        return row

    def _carried_category(self, own: list[Cell | None]) -> Category | None:
        """The category printed above in a column of categories where this row leaves that column blank."""
        if self.category is None:
            return None
        cell = own[self.columns.index(self.category[0])]
        return self.category[1] if cell is None or not cell.base else None

    def _carry(self, own: list[Cell | None]) -> list[Cell | None]:
        """Fill blank label cells from above, but not to the right of a label of the row's own."""
        if not any(c and c.base for c in own):
            return own
        filled: list[Cell | None] = []
        speaking = False
        for column, cell in zip(self.columns, own, strict=True):
            if cell and cell.base:
                speaking = True
                self.above = {k: v for k, v in self.above.items() if k < column} | {column: cell}
                filled.append(cell)
            else:
                filled.append(None if speaking else self.above.get(column))
        return filled

    def _in_force(self, labels: tuple[Label, ...], unlabelled: bool) -> tuple[Label, ...]:
        """The group rows that speak for a row of figures; a total over more than the group stands outside it."""
        kept = tuple(label for _, label in self.headings)
        if unlabelled or not any(label.total for label in labels):
            return kept
        if any(label.grand for label in labels):
            return tuple(outside(label) for label in kept)
        inside = max(0, len(kept) - levels_left(labels, self.group, self.ended))
        kept = (*kept[:inside], *(outside(label) for label in kept[inside:]))
        category = category_named(labels)
        beyond = category and self.seen and (category in self.seen or not (_parts(category) & self.seen))
        if beyond or any(label.commodity for label in labels):
            return tuple(_without_zone(h) for h in kept)
        return kept

    def _heading(self) -> str | None:
        return " / ".join(printed for printed, _ in self.headings) or None

    def _remember(self, row: Row, own: list[Cell | None]) -> None:
        self.fresh = False
        for cell in own:
            if cell and cell.base and (category := read_label(cell.base).category):
                self.category = (cell.column, category)
                self.seen.add(category)
        self.group.add(row.labels)
        bare = row.headings
        if row.unlabelled or _sums_up(row.labels, self.headings):
            bare = tuple(_without_zone(label) for label in bare)
        if bare != tuple(label for _, label in self.headings):
            pairs = zip(self.headings, bare, strict=True)
            self.headings = [(printed, label) for (printed, _), label in pairs if label != Label(marks=label.marks)]


def _has_figures(cells: list[Cell], labels: tuple[int, ...]) -> bool:
    values = [c for c in cells if c.column not in labels]
    return any(is_numeric(c.base) for c in values) or (
        any(c.base for c in values) and all(is_blank(c.base) for c in values)
    )


def _with_raised(label: Label, cell: Cell) -> Label:
    raised = tuple(m for m in cell.marks if m not in label.marks)
    return replace(label, marks=label.marks + raised) if raised else label


def _parts(category: Category) -> set[Category]:
    """The categories that a total of this category can have as parts, itself among them."""
    return {category, *SUMS.get(category, ())}


def _sums_up(labels: tuple[Label, ...], headings: list[tuple[str, Label]]) -> bool:
    """True for "Total Mulatos" under the group row "Mulatos": nothing below it belongs to that group."""
    zones = {h.zone for _, h in headings if h.zone}
    return any(label.total and label.zone in zones for label in labels)


def _without_zone(label: Label) -> Label:
    return replace(label, zone=None, name=None)


def category_of_total(parts: Sequence[Category], kind: EstimateType | None) -> Category:
    """The category of a row labelled "Total" and no more, from the lines that it follows.

    Proven and probable parts make proven_probable, measured and indicated parts measured_indicated; with inferred among
    them the total is total_resources; parts of one category keep it.
    """
    distinct = {p for p in parts if p is not Category.UNCLASSIFIED}
    if len(distinct) == 1:
        return distinct.pop()
    if not distinct:
        return Category.UNCLASSIFIED
    if distinct <= set(RESERVES):
        return Category.PROVEN_PROBABLE if kind is not EstimateType.RESOURCE else Category.UNCLASSIFIED
    if distinct & set(RESERVES):
        return Category.UNCLASSIFIED
    return Category.TOTAL_RESOURCES if Category.INFERRED in distinct else Category.MEASURED_INDICATED
