"""Estimate tables: from a printed table to estimate lines, every cell accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.accounts import account
from extractors.columns import VALUES, Column, Kind, read_columns
from extractors.headings import Heading, read_heading
from extractors.labels import SUMS, Label
from extractors.lexicon import lexicon
from extractors.numbers import is_blank, is_numeric
from extractors.readings import Reading, Trial, is_per_ton, metal_trial, settle_metal, settle_tonnage, tonnage_trial
from extractors.rows import Row, RowKind, category_of_total, read_rows
from extractors.said import Said, Surroundings
from extractors.tables import PrintedTable
from extractors.values import Values
from models.disclosure import (
    Category,
    Cutoff,
    Doubt,
    EstimateLine,
    EstimateTable,
    Metal,
)
from models.document import Grid
from models.figure import Figure
from models.quote import Quote
from models.units import Quantity


def read_estimates(
    tables: Sequence[PrintedTable], headline: str = "", issuer: str | None = None
) -> tuple[EstimateTable, ...]:
    """Read the tables that state estimates, numbered from 1; other tables are left out."""
    found: list[EstimateTable] = []
    for printed in tables:
        labels = "\n".join(cell.base for cell in printed.grid.cells if not is_numeric(cell.base))
        around = Surroundings(printed.caption_text, printed.notes_text, labels, headline, issuer)
        table = _Table.of(printed, around)
        if table.states_estimates and (lines := tuple(table.lines(len(found) + 1))):
            quote = Quote("\n".join(" | ".join(row) for row in printed.grid.text()), printed.grid.place)
            used = frozenset(line.row for line in lines)
            accounts = account(printed.grid, table.heading, table.columns, table.rows, used)
            found.append(EstimateTable(len(found) + 1, table.around.caption, lines, quote, accounts, printed.block))
    return tuple(found)


@dataclass(frozen=True)
class _Table:
    """One printed table while it is read; each property is a step of the reading, made once."""

    grid: Grid
    around: Surroundings
    heading: Heading
    words: frozenset[int]
    """The columns of labels."""
    cut: frozenset[int]
    """The columns that run off the page."""

    @classmethod
    def of(cls, printed: PrintedTable, around: Surroundings) -> _Table:
        """Read the heading first: a title in the frame and the heads of label columns speak for the whole table."""
        grid = printed.grid
        heading = read_heading(grid)
        words = _label_columns(grid, heading)
        heads = [" ".join(heading.stacks[column]) for column in sorted(words)]
        said = " ".join(text for text in (around.caption, heading.title, *heads) if text)
        return cls(grid, replace(around, caption=said), heading, words, printed.cut)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return read_columns(self.heading, self.words, f"{self.around.caption}\n{self.around.notes}")

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        labels = [c.index for c in self.columns if c.kind is Kind.LABEL]
        return tuple(read_rows(self.grid, self.heading.rows, labels))

    @cached_property
    def data(self) -> tuple[Row, ...]:
        """The rows of figures that are estimates of this disclosure's date."""
        dated = [year for row in self.rows if (year := _year(row))]
        latest = max(dated, default=None)
        return tuple(row for row in self.rows if row.kind is RowKind.DATA and not _aside(row, latest))

    @cached_property
    def values(self) -> Values:
        return Values.of(self.grid, self.columns, self.rows)

    @cached_property
    def groups(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(c.group for c in self.columns if c.kind in VALUES))

    @cached_property
    def shared_zones(self) -> frozenset[str]:
        """Zones that several labels name, whatever their material."""
        labels = {label for row in self.rows for label in (*row.labels, *row.headings) if label.zone}
        counts = Counter(label.zone for label in labels)
        return frozenset(zone for zone, count in counts.items() if zone and count > 1)

    @cached_property
    def side_by_side(self) -> bool:
        """True where column groups stand for different categories."""
        return len({c.label.category for c in self.columns if c.kind in VALUES and c.label.category}) > 1

    @cached_property
    def states_estimates(self) -> bool:
        """True where the table prints tonnages or metal by category, or says resources or reserves of its rows."""
        kinds = {c.kind for c in self.columns}
        if not kinds & {Kind.TONNAGE, Kind.CONTAINED} or not kinds & {Kind.TONNAGE, Kind.GRADE}:
            return False
        labels = [label for row in self.data for label in (*row.labels, *row.headings)]
        labels += [c.label for c in self.columns]
        if any(label.category for label in labels) or lexicon("categories").find(self.around.caption):
            return True
        return any(label.type for label in labels) and bool(self.data)

    @cached_property
    def tonnage(self) -> Reading:
        """The unit of the tonnages, settled for the whole table."""
        column = next((c for c in self.columns if c.kind is Kind.TONNAGE), None)
        if column is None:
            return Reading(None)
        trials = [t for row in self.data for group in self.groups for t in self._trials(row, group)]
        around = f"{self.around.caption}\n{self.around.notes}\n{self.around.headline}"
        return settle_tonnage(column.unit, trials, around, is_per_ton([c.plain_unit for c in self.columns]))

    @cached_property
    def metals(self) -> dict[int, Reading]:
        """The unit of each column of contained metal, settled column by column once the tonnages have theirs."""
        return {c.index: settle_metal(c.unit, list(self._metal_trials(c))) for c in self.columns if c.kind in _METAL}

    def _metal_trials(self, column: Column) -> Iterator[Trial]:
        beside = self._columns_of(column.group)
        grade = next((c for c in beside if c.kind is Kind.GRADE and c.commodity == column.commodity), None)
        for row in self.data if grade and not self.tonnage.assumption else ():
            tonnages = [self._quantity(row, c) for c in beside if c.kind is Kind.TONNAGE]
            one, figure = (
                self.values.quantity(row.index, grade, grade.plain_unit) if grade else None,
                self._plain(row, column),
            )
            if tonnages and isinstance(tonnages[0], Quantity) and isinstance(one, Quantity) and figure:
                trial = metal_trial(tonnages[0], one, figure)
                if trial:
                    yield trial

    def _trials(self, row: Row, group: int) -> Iterator[Trial]:
        columns = self._columns_of(group)
        tonnage = next((n for c in columns if c.kind is Kind.TONNAGE and (n := self._plain(row, c))), None)
        for grade in (c for c in columns if c.kind is Kind.GRADE):
            for metal in (c for c in columns if c.kind is Kind.CONTAINED and c.commodity == grade.commodity):
                one, other = (self.values.quantity(row.index, c, c.plain_unit) for c in (grade, metal))
                if tonnage and isinstance(one, Quantity) and isinstance(other, Quantity):
                    trial = tonnage_trial(tonnage, one, other)
                    if trial:
                        yield trial

    def _plain(self, row: Row, column: Column) -> Figure | None:
        """The figure of a tonnage cell before its unit is settled."""
        number = self.values.number(row.index, column)
        if number is None or not number.value:
            return None
        step = number.step if number.decimals else self.values.steps[column.index]
        return Figure(number.printed, number.value, step)

    def _columns_of(self, group: int) -> list[Column]:
        return [c for c in self.columns if c.kind in (*VALUES, Kind.CUTOFF) and c.group == group]

    def _quantity(self, row: Row, column: Column) -> Quantity | Doubt | None:
        unit = self.tonnage.unit if column.kind is Kind.TONNAGE else column.plain_unit
        if column.kind in _METAL:
            unit = self.metals[column.index].unit
        return self.values.quantity(row.index, column, unit)

    def lines(self, number: int) -> Iterator[EstimateLine]:
        """The estimate lines of the table, numbered from 1 in reading order."""
        before: list[EstimateLine] = []
        for row in self.data:
            for group in self.groups:
                line = self._line(row, group, before)
                if line is not None:
                    line = replace(line, table=number, number=len(before) + 1)
                    before.append(line)
                    yield line

    def _line(self, row: Row, group: int, before: list[EstimateLine]) -> EstimateLine | None:
        """One estimate, or None where the row prints nothing for this column group."""
        tonnage, metals, doubts = self._figures(row, group)
        if tonnage is None and not metals and not doubts:
            return None
        own, column = Said(row, self.around), self._group_label(group)
        category = self._category(row, own, column, before, group)
        kind = own.type_of(category, column)
        zone, materials = own.zone(column, self.shared_zones), own.materials(kind, column)
        total = own.total or column.total or category in SUMS
        if kind is None:
            doubts = (
                *doubts,
                Doubt("nothing says whether this is a resource or a reserve", self._row_quote(row, group)),
            )
        return EstimateLine(
            table=0,
            number=0,
            row=row.index,
            group=group,
            label=self._printed_label(row, group),
            type=kind,
            category=category,
            quote=self._row_quote(row, group),
            zone=zone,
            materials=materials,
            is_total=total,
            cutoff=self._cutoff(row),
            tonnage=tonnage,
            metals=metals,
            marks=own.marks,
            heading=row.heading,
            doubts=doubts,
            assumptions=self._assumptions(group),
        )

    def _printed_label(self, row: Row, group: int) -> str:
        """The row's label; beside it the heading of its columns where several estimates stand in one row."""
        heading = next((c.group_heading for c in self._columns_of(group) if c.kind in VALUES), "")
        named = self._group_label(group).category or len(self.groups) == 1
        return " | ".join(part for part in (row.printed, "" if named else heading) if part)

    def _assumptions(self, group: int) -> tuple[str, ...]:
        """What was taken from recomputation for the line's figures, each sentence once."""
        metals = [self.metals[c.index].assumption for c in self._columns_of(group) if c.kind in _METAL]
        return tuple(dict.fromkeys(a for a in (self.tonnage.assumption, *metals) if a and self.tonnage.unit))

    def _figures(self, row: Row, group: int) -> tuple[Quantity | None, tuple[Metal, ...], tuple[Doubt, ...]]:
        """Tonnage, metals and doubts that a row prints under one column group."""
        tonnage: Quantity | None = None
        metals: dict[str, Metal] = {}
        doubts: list[Doubt] = []
        for column in self._columns_of(group):
            if column.kind is Kind.CUTOFF:
                continue
            value = self._quantity(row, column)
            if value is None and column.index in self.cut:
                value = Doubt(f"the table runs off the page, and {column.heading} with it", self._row_quote(row, group))
            commodity = column.commodity or self._row_commodity(row)
            if isinstance(value, Doubt):
                doubts.append(value)
            elif column.kind is Kind.TONNAGE:
                tonnage = tonnage or value
            elif value is not None and commodity is None:
                doubts.append(Doubt(f"no metal is named for {value.quote.text!r} ({column.heading})", value.quote))
            elif commodity is not None:
                metal = metals.get(commodity, Metal(commodity))
                metals[commodity] = _with(metal, column.kind, value) if value is not None else metal
        kept = tuple(m for m in metals.values() if m.grade or m.contained or m.recovered or tonnage)
        if tonnage is None and not any(m.grade or m.contained or m.recovered for m in kept):
            kept = ()
        return tonnage, kept, tuple(doubts)

    def _row_commodity(self, row: Row) -> str | None:
        """The metal of a row: its group row's, else the only one that caption or headline names."""
        named = next((h.commodity for h in reversed(row.headings) if h.commodity), None)
        named = named or next((label.commodity for label in row.labels if label.commodity), None)
        for text in (self.around.caption, self.around.headline):
            means = lexicon("commodities").means(text)
            named = named or (means[0] if len(means) == 1 else None)
        return named

    def _group_label(self, group: int) -> Label:
        return next((c.label for c in self.columns if c.kind in VALUES and c.group == group), Label())

    def _category(self, row: Row, own: Said, column: Label, before: list[EstimateLine], group: int) -> Category:
        """The category of a line: from column group, row, group row or caption, in the order in which they speak."""
        said = own.category
        if self.side_by_side and column.category:
            return column.category
        if self.side_by_side and column.total:
            beside = {c.label.category for c in self.columns if c.kind in VALUES and c.label.category}
            return category_of_total(sorted(beside), own.type_of(None, column))
        if said is None and not own.total:
            said = row.carried
        said = said or own.heading_category or (row.carried if own.total else None) or column.category
        if said is None and not self._rows_say_category:
            caption = lexicon("categories").means(self.around.caption)
            said = Category(caption[0]) if len(caption) == 1 else None
        if said is None and own.total:
            parts = [line.category for line in before if line.group == group]
            return category_of_total(parts, own.type_of(None, column))
        return said or Category.UNCLASSIFIED

    @cached_property
    def _rows_say_category(self) -> bool:
        return any(label.category for row in self.data for label in (*row.labels, *row.headings))

    def _cutoff(self, row: Row) -> Cutoff | None:
        """The cut-off that the row itself states in a column of cut-offs."""
        for column in self.columns:
            if column.kind is not Kind.CUTOFF:
                continue
            number, cell = self.values.number(row.index, column), self.grid.at(row.index, column.index)
            if number is None or number.value is None or cell is None:
                continue
            figure = Figure(number.printed, number.value, number.step)
            unit = column.unit.unit.symbol if column.unit and column.unit.unit else _money_unit(column.heading)
            if unit:
                basis = next(iter(lexicon("bases").means(column.heading)), None)
                commodity = None if basis else column.commodity
                return Cutoff(figure, unit, commodity, cell.quote, operator=">=", basis=basis)
        return None

    def _row_quote(self, row: Row, group: int) -> Quote:
        """The printed row: its labels and the cells of the column group."""
        groups = {c.index for c in self._columns_of(group)}
        kept = {c.index for c in self.columns if c.kind in (Kind.LABEL, Kind.IGNORED)} | groups
        cells = [c for c in self.grid.row(row.index) if c.column in kept and c.text.strip()]
        if not cells:
            return Quote("", self.grid.place)
        place = cells[0].place
        for cell in cells[1:]:
            place = place.around(cell.place)
        return Quote(" | ".join(c.text for c in cells), place)


_METAL = (Kind.CONTAINED, Kind.RECOVERED)


def _with(metal: Metal, kind: Kind, value: Quantity) -> Metal:
    """The metal with one more figure; a second printing of it (kilograms beside ounces) is kept beside the first."""
    if kind is Kind.GRADE:
        return replace(metal, grade=metal.grade or value)
    if kind is Kind.RECOVERED:
        return replace(metal, recovered=metal.recovered or value)
    if metal.contained is None:
        return replace(metal, contained=value)
    return replace(metal, contained_again=(*metal.contained_again, value))


def _label_columns(grid: Grid, heading: Heading) -> frozenset[int]:
    """The columns whose body prints words: more words than numbers; a column without either is told by its heading."""
    words = set()
    for column in range(grid.columns):
        cells = [c for row in range(heading.rows, grid.rows) if (c := grid.at(row, column)) and not is_blank(c.base)]
        numbers = sum(is_numeric(c.base) for c in cells if c.column_span == 1)
        texts = sum(not is_numeric(c.base) for c in cells if c.column_span == 1)
        if texts > numbers or (column == 0 and texts and not _is_cutoff(heading, column)):
            words.add(column)
    return frozenset(words)


def _is_cutoff(heading: Heading, column: int) -> bool:
    return "cutoff" in lexicon("columns").means(" ".join(heading.stacks[column]))


def _year(row: Row) -> int | None:
    return next((label.year for label in row.labels if label.year), None)


def _aside(row: Row, latest: int | None) -> bool:
    """True for a row that is no estimate of this date: a change, a bridge, a prior year."""
    year = _year(row)
    prior = year is not None and latest is not None and year < latest
    return prior or any(label.aside for label in row.labels)


def _money_unit(heading: str) -> str | None:
    """The unit of a value per tonne whose heading prints a currency: "($USD)" is USD/t."""
    currency = lexicon("currencies").first(heading)
    return f"{currency}/t" if currency else None
