"""How an estimate table is laid out: its heading, the meaning of its columns and rows, the estimates side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from propcache.api import cached_property

from extractors.column_groups import is_bare_measure
from extractors.column_kinds import VALUES, Column, Kind, kind_of
from extractors.columns import read_columns
from extractors.date_mentions import date_of_title
from extractors.editions import EARLIER, SHARE, earlier, edition_of, is_earlier, is_year, says_share, says_whole
from extractors.headings import Heading, read_heading
from extractors.labels import Label
from extractors.lexicon import lexicon
from extractors.numbers import Style, is_blank, is_numeric, read_number
from extractors.once import once
from extractors.rows import Row, RowKind, read_rows
from extractors.said import Surroundings
from extractors.tables import PrintedTable
from extractors.units import grade_unit, mass_unit
from models.disclosure import Category, PrintedDate
from models.document import Cell, Grid
from models.quote import Quote

_HEADED = 3
"""A row that heads columns has so many texts at least."""


@dataclass(frozen=True)
class Layout:
    """One printed table while it is read; each property is a step of the reading, made once.

    ``words`` are the columns of labels, ``cut`` the columns that run off the page.
    """

    grid: Grid
    around: Surroundings
    heading: Heading
    words: frozenset[int]
    cut: frozenset[int]

    @classmethod
    def of(cls, printed: PrintedTable, around: Surroundings) -> Layout:
        """Read the heading first: a title in the frame and the heads of label columns speak for the whole table."""
        heading = read_heading(printed.grid)
        words = label_columns(printed.grid)
        heads = [" ".join(heading.stacks[column]) for column in sorted(words)]
        said = " ".join(text for text in (around.caption, heading.title, *heads) if text)
        return cls(printed.grid, replace(around, caption=said), heading, words, printed.cut)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What each leaf column holds."""
        return read_columns(self.heading, self.words, f"{self.around.caption}\n{self.around.notes}")

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the body."""
        labels = [c.index for c in self.columns if c.kind is Kind.LABEL]
        return tuple(read_rows(self.grid, self.heading.rows, labels))

    @cached_property
    def data(self) -> tuple[Row, ...]:
        """The rows of figures that are estimates of this disclosure's date."""
        return tuple(row for row in self.rows if row.kind is RowKind.DATA and row.index not in self.asides)

    @cached_property
    def asides(self) -> dict[int, str]:
        """The rows of figures that are no estimate of this date, and why: a change, a bridge, a prior estimate."""
        rows = [row for row in self.rows if row.kind is RowKind.DATA]
        before = earlier(text for row in rows for text in _said_up_to(row))
        whole = any(says_whole(text) for row in rows for text in row.spoken)
        reasons = {}
        for row in rows:
            if is_earlier(self.around.caption) or before & set(_said_up_to(row)):
                reasons[row.index] = EARLIER
            elif whole and any(says_share(text) for text in row.spoken):
                reasons[row.index] = SHARE
            if aside := _aside(row):
                reasons[row.index] = aside
        return reasons

    @cached_property
    def groups(self) -> tuple[int, ...]:
        """The numbers of the column groups: each is one estimate a row."""
        return tuple(self._by_group)

    @cached_property
    def unnamed(self) -> bool:
        """True where several estimates stand side by side and no heading says how they differ."""
        own = [group for group in self.groups if not self.is_earlier(group)]
        return len(own) > 1 and not any(c.group_heading for group in own for c in self.columns_of(group))

    @cached_property
    def ungrouped(self) -> bool:
        """True where figures stand under a heading of their sort alone, beside groups whose headings say a category.

        A heading over a group was then read over other columns than its own.
        """
        if not self.categories_beside:
            return False
        return any(is_bare_measure(c) for c in self.columns if c.kind in VALUES)

    @cached_property
    def weightless(self) -> frozenset[int]:
        """The column groups with grades and no tonnage, beside groups with one: their figures were parted from it.

        Metal may stand alone: "Total M+I" over pounds. Where grades lost their tonnage, it was parted from them too; so
        it was where a group with a tonnage has the same category.
        """
        weighed = {c.group for c in self.columns if c.kind is Kind.TONNAGE}
        without = frozenset(group for group in self.groups if group not in weighed)
        graded = any(c.group in without for c in self.columns if c.kind is Kind.GRADE)
        if not weighed or graded:
            return without if weighed else frozenset()
        named = {group: {c.label.category for c in self.columns_of(group) if c.label.category} for group in self.groups}
        known = {category for group in weighed for category in named.get(group, ())}
        return frozenset(group for group in without if named[group] & known)

    @cached_property
    def bare(self) -> frozenset[int]:
        """The column groups with a tonnage alone beside groups with grades: of all rock in a pit, or parted from them.

        Coal has tonnes alone, and so have groups with a category of their own: "Measured", "Indicated".
        """
        graded = {c.group for c in self.columns if c.kind is Kind.GRADE}
        alone = {group for group in self.groups if {c.kind for c in self.columns_of(group)} == {Kind.TONNAGE}}
        named = {group for group in alone if self.label_of(group).category}
        return frozenset(alone - named) if graded else frozenset()

    @cached_property
    def headed_again(self) -> int:
        """The first row of the body that heads the columns otherwise than the heading does, or the number of rows.

        Another table then stands right below, or figures in other units.
        """
        for row in range(self.heading.rows, self.grid.rows):
            cells = [cell for cell in self.grid.row(row) if cell.base]
            if len(cells) < _HEADED or any(is_numeric(cell.base) for cell in cells):
                continue
            heads = [cell for cell in cells if kind_of((cell.base,)) in VALUES]
            if len(heads) > 1 and any(cell.base not in self.heading.stacks[cell.column] for cell in heads):
                return row
        return self.grid.rows

    @cached_property
    def misplaced(self) -> dict[int, str]:
        """The columns whose figures are not understood, or stand under a heading of others, and why."""
        found = {c.index: _unknown(c) for c in self.columns if c.kind is Kind.UNKNOWN}
        mixed = {c.index: f"the heading {c.heading!r} names two sorts of figures" for c in self.columns if _is_mixed(c)}
        scaled = {c.index: f"the heading {c.heading!r} names two scales" for c in self.columns if _names_two_scales(c)}
        signed = {
            c.index: f"signs stand before figures under {c.heading!r}, as before changes"
            for c in self.columns
            if c.kind is Kind.GRADE and any(_is_signed(self.grid.at(row.index, c.index)) for row in self.data)
        }
        return found | scaled | mixed | signed

    @cached_property
    def shared_zones(self) -> frozenset[str]:
        """Zones that labels name with several words for the material; one that is always "North Pit" is called so."""
        labels = [label for row in self.rows for label in (*row.labels, *row.headings)]
        counts = Counter(zone for zone, _ in {(label.zone, label.name) for label in labels})
        return frozenset(zone for zone, count in counts.items() if zone and count > 1)

    @cached_property
    def categories_beside(self) -> tuple[Category, ...]:
        """The categories that stand side by side as column groups; empty where the rows tell the category."""
        beside = {c.label.category for c in self.columns if c.kind in VALUES and c.label.category}
        return tuple(sorted(beside)) if len(beside) > 1 else ()

    @cached_property
    def rows_say_category(self) -> bool:
        """True where a row or a group row names a category."""
        return any(label.category for row in self.data for label in (*row.labels, *row.headings))

    @cached_property
    def states_estimates(self) -> bool:
        """True where the table prints tonnages or metal by category, or says resources or reserves of its rows."""
        kinds = {c.kind for c in self.columns}
        if not kinds & {Kind.TONNAGE, Kind.CONTAINED} or not kinds & {Kind.TONNAGE, Kind.GRADE}:
            return False
        labels = [label for row in self.rows if row.kind is RowKind.DATA for label in (*row.labels, *row.headings)]
        labels += [c.label for c in self.columns]
        if any(label.category for label in labels) or lexicon("categories").find(self.around.caption):
            return True
        return any(label.type for label in labels) and bool(self.data)

    def columns_of(self, group: int) -> Sequence[Column]:
        """The columns of one group: what they print belongs to one estimate."""
        return self._by_group.get(group, ())

    @cached_property
    def _group_at(self) -> dict[int, int]:
        """The group of each column of figures."""
        return {column.index: group for group, columns in self._by_group.items() for column in columns}

    @cached_property
    def _by_group(self) -> dict[int, list[Column]]:
        groups: dict[int, list[Column]] = {}
        for column in (c for c in self.columns if c.kind in VALUES):
            groups.setdefault(column.group, []).append(column)
        return groups

    def label_of(self, group: int) -> Label:
        """What the heading over a column group says."""
        return next((c.label for c in self.columns_of(group)), Label())

    def is_earlier(self, group: int) -> bool:
        """True for the columns of an earlier estimate that stands beside this disclosure's own."""
        return group in self._earlier

    @cached_property
    def _earlier(self) -> frozenset[int]:
        return frozenset(c.group for c in self.columns if c.is_earlier and c.kind in VALUES)

    def as_of(self, row: Row, group: int) -> PrintedDate | None:
        """The date of a row's estimate under a column group, shortened as printed, or None.

        That over the group, else the nearest of the row's labels and group rows, else that of a column of dates.
        """
        heading = next((c.heading for c in self.columns_of(group) if edition_of(c.heading).date), "")
        if heading:
            return PrintedDate(edition_of(heading).date, self._where(heading, range(self.heading.rows)))
        said = next((text for text in reversed(row.spoken) if date_of_title(text)), "")
        iso = date_of_title(said)
        return PrintedDate(iso, self._where(said, range(row.index, -1, -1))) if iso else self._dated(row)

    def _dated(self, row: Row) -> PrintedDate | None:
        """The date that a row prints under "Effective Date"."""
        for column in self.columns:
            if column.kind not in VALUES and "effective" in lexicon("date_roles").means(column.heading):
                cell = self.grid.at(row.index, column.index)
                iso = date_of_title(cell.base) if cell else None
                if cell and iso:
                    return PrintedDate(iso, cell.quote)
        return None

    def _where(self, text: str, rows: Iterable[int]) -> Quote:
        """The nearest cell of these rows that prints the text, or its last part; the whole table where none does."""
        cells = (cell for row in rows for cell in self.grid.row(row) if cell.base)
        return next((cell.quote for cell in cells if text.endswith(cell.base)), Quote(text, self.grid.place))

    def printed_label(self, row: Row, group: int) -> str:
        """The row's label; beside it the heading of its columns where several estimates stand in one row."""
        heading = next((c.group_heading for c in self.columns_of(group)), "")
        alike = [other for other in self.groups if self.is_earlier(other) == self.is_earlier(group)]
        told = self.label_of(group).category or (len(alike) == 1 and not self.is_earlier(group))
        return " | ".join(part for part in (row.printed, "" if told else heading) if part)

    def quote(self, row: Row, group: int) -> Quote:
        """The printed row: its labels and the cells of the column group."""
        cells = [c for c in self.grid.row(row.index) if self._group_at.get(c.column, group) == group and c.text.strip()]
        if not cells:
            return Quote("", self.grid.place)
        first, *more = (c.place for c in cells)
        return Quote(" | ".join(c.text for c in cells), first.around(*more))


@once
def label_columns(grid: Grid) -> frozenset[int]:
    """The columns whose body prints words: more words than numbers; a column without either is told by its heading."""
    heading, words = read_heading(grid), set()
    for column in range(grid.columns):
        cells = [c for row in range(heading.rows, grid.rows) if (c := grid.at(row, column)) and not is_blank(c.base)]
        numeric = [is_numeric(c.base) for c in cells if c.column_span == 1]
        numbers, texts = numeric.count(True), numeric.count(False)
        if texts > numbers or (column == 0 and texts and not _is_cutoff(heading, column)) or _are_years(cells):
            words.add(column)
    return frozenset(words)


def _unknown(column: Column) -> str:
    """Why a column is not understood."""
    if not column.heading:
        return "figures stand under no heading"
    return f"what the figures under {column.heading!r} are is not known"


def _is_signed(cell: Cell | None) -> bool:
    """True for "+13%" and "-12%", which no grade is."""
    number = read_number(cell.base, Style.ENGLISH) if cell else None
    return number is not None and number.sign in {"+", "-"}


def _is_mixed(column: Column) -> bool:
    """True for "Grade (g/t) Moz" and "100% basis Our share": the headings of two columns were read as one."""
    sorts = grade_unit(column.heading) and mass_unit(column.heading)
    return column.kind in VALUES and bool(sorts or (says_whole(column.heading) and says_share(column.heading)))


def _names_two_scales(column: Column) -> bool:
    """True for "(M) Tonnes (000s)": thousands or millions, and which is not told; the "(M)" of "(M) + (I)" is none."""
    scales = lexicon("scales").means(lexicon("categories").without(column.heading))
    return column.kind in VALUES and len(scales) > 1


def _are_years(cells: list[Cell]) -> bool:
    """True for a column of years, which say of which date each row is."""
    return len(cells) > 1 and all(is_year(cell.base) for cell in cells)


def _is_cutoff(heading: Heading, column: int) -> bool:
    return "cutoff" in lexicon("columns").means(" ".join(heading.stacks[column]))


def _said_up_to(row: Row) -> list[str]:
    """What is said of a row up to each of its group rows and labels: "Alder", "Alder December 2021"."""
    return [" ".join(row.spoken[: end + 1]) for end in range(len(row.spoken))]


def _aside(row: Row) -> str | None:
    """Why a row is no estimate at all: a change, a bridge, waste; group rows speak of changes and bridges only."""
    above = [h.aside for h in row.headings if h.aside in {"change", "bridge"}]
    return next((label.aside for label in row.labels if label.aside), above[-1] if above else None)
