"""Estimate tables: from a printed table to estimate lines, every cell accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.accounts import account
from extractors.beside import parted
from extractors.column_kinds import Column, Kind
from extractors.editions import EARLIER
from extractors.labels import SUMS
from extractors.layout import Layout
from extractors.lexicon import lexicon
from extractors.measures import Measures
from extractors.numbers import is_blank, is_numeric, style_of
from extractors.parts import NO_TYPE, with_heads
from extractors.rows import Row, category_of_total
from extractors.said import Said, Surroundings
from extractors.tables import PrintedTable
from extractors.transposed import upright
from models.disclosure import Category, Doubt, EstimateLine, EstimateTable, Metal
from models.quote import Quote
from models.units import Quantity


def read_estimates(
    tables: Sequence[PrintedTable], headline: str = "", issuer: str | None = None
) -> tuple[EstimateTable, ...]:
    """Read the tables that state estimates, numbered from 1; other tables are left out."""
    found: list[EstimateTable] = []
    usual = style_of(_numbers(tables))
    for printed in tables:
        for grid in parted(upright(printed.grid)):
            labels = "\n".join(cell.base for cell in grid.cells if not is_numeric(cell.base))
            around = Surroundings(printed.caption_text, printed.notes_text, labels, headline, issuer, usual)
            table = _read_table(replace(printed, grid=grid), len(found) + 1, around)
            if table is not None:
                found.append(table)
    return tuple(found)


def _numbers(tables: Sequence[PrintedTable]) -> Iterator[str]:
    """The numbers of all tables with their captions and notes."""
    for table in tables:
        yield from (cell.base for cell in table.grid.cells if is_numeric(cell.base))
        yield from (word for word in f"{table.caption_text}\n{table.notes_text}".split() if is_numeric(word))


def _read_table(printed: PrintedTable, number: int, around: Surroundings) -> EstimateTable | None:
    """One printed table with its lines, or None where it states no estimates."""
    layout = Layout.of(printed, around)
    lines = with_heads(tuple(_Lines(layout, Measures(layout), number).read())) if layout.states_estimates else ()
    if not lines and not (layout.states_estimates and EARLIER in layout.asides.values()):
        return None
    quote = Quote("\n".join(" | ".join(row) for row in printed.grid.text()), printed.grid.place)
    accounts = account(printed.grid, layout.heading, layout.columns, layout.rows, layout.asides)
    return EstimateTable(number, layout.around.caption, lines, quote, accounts, printed.block)


@dataclass(frozen=True)
class _Lines:
    """Reads the estimate lines of one table."""

    layout: Layout
    measures: Measures
    table: int

    def read(self) -> Iterator[EstimateLine]:
        """The lines, numbered from 1 in reading order: row by row, in a row column group by column group."""
        before: list[EstimateLine] = []
        for row in self.layout.data:
            for group in self.layout.groups:
                line = self._line(row, group, before)
                if line is not None:
                    before.append(line)
                    yield line

    def _line(self, row: Row, group: int, before: Sequence[EstimateLine]) -> EstimateLine | None:
        """One estimate, or None where the row prints nothing for this column group."""
        tonnage, metals, doubts = self._figures(row, group)
        if tonnage is None and not metals and not doubts:
            return None
        said = Said(row, self.layout.label_of(group), self.layout.around)
        category = self._category(said, [line for line in before if line.group == group])
        kind, quote = said.type_of(category), self.layout.quote(row, group)
        if kind is None:
            doubts = (*doubts, Doubt(NO_TYPE, quote))
        doubts = (*doubts, *(Doubt(reason, quote) for reason in self._unsettled(group, category)))
        if category not in SUMS and _breaks_off(row):
            doubts = (*doubts, Doubt(f"the label {row.printed!r} breaks off", quote))
        if row.index > self.layout.headed_again:
            doubts = (*doubts, Doubt("another heading stands above it, within the table", quote))
        return EstimateLine(
            table=self.table,
            number=len(before) + 1,
            row=row.index,
            group=group,
            label=self.layout.printed_label(row, group),
            type=kind,
            category=category,
            quote=quote,
            zone=said.zone(self.layout.shared_zones),
            materials=said.materials(kind),
            is_total=said.total or (category in SUMS and said.category is not None),
            cutoff=self.measures.cutoff(row),
            tonnage=tonnage,
            metals=metals,
            marks=said.marks,
            heading=row.heading,
            doubts=doubts,
            assumptions=self.measures.assumptions(group),
            is_earlier=self.layout.is_earlier(group),
            as_of=self.layout.as_of(row, group),
        )

    def _unsettled(self, group: int, category: Category) -> Iterator[str]:
        """Why it is not settled which estimate of those side by side the columns of a group hold."""
        if self.layout.unnamed:
            yield "several estimates stand side by side, and no heading says how they differ"
        heading = next((c.group_heading for c in self.layout.columns_of(group)), "")
        named = [name for name in lexicon("categories").means(heading) if Category(name) not in SUMS]
        if len(named) > 1:
            yield f"the heading {heading!r} names several categories"
        elif self.layout.ungrouped:
            yield "figures stand under no category beside columns that have one"
        elif group in self.layout.weightless:
            yield f"no tonnage is read under {heading!r}, beside columns that have one"
        elif group in self.layout.bare:
            yield f"tonnes alone stand under {heading!r}, beside columns with grades"
        elif self.layout.categories_beside and category is Category.UNCLASSIFIED:
            yield f"what category {heading!r} is, beside columns of others, is not known"

    def _figures(self, row: Row, group: int) -> tuple[Quantity | None, tuple[Metal, ...], tuple[Doubt, ...]]:
        """Tonnage, metals and doubts that a row prints under one column group."""
        tonnage: Quantity | None = None
        metals: dict[str, Metal] = {}
        doubts: list[Doubt] = []
        ore: str | None = None
        for column in self.layout.columns_of(group):
            value = self.measures.quantity(row, column)
            if isinstance(value, Doubt):
                doubts.append(value)
            elif column.kind is Kind.TONNAGE:
                tonnage, ore = tonnage or value, ore or column.commodity
            elif commodity := self._commodity(row, column):
                doubts += _differing(metals.get(commodity), column, value)
                metals[commodity] = _with(metals.get(commodity) or Metal(commodity), column.kind, value)
            elif value is not None:
                doubts.append(Doubt(f"no metal is named for {value.quote.text!r} ({column.heading})", value.quote))
        doubts += self._misplaced(row)
        if ore and tonnage is not None:
            metals = metals or {ore: Metal(ore)}  # coal has tonnes alone
        stated = tonnage is not None or any(m.grade or m.contained or m.recovered for m in metals.values())
        return tonnage, tuple(metals.values()) if stated else (), tuple(doubts)

    def _misplaced(self, row: Row) -> Iterator[Doubt]:
        """A doubt for each figure of the row whose column cannot be told."""
        for column, reason in self.layout.misplaced.items():
            cell = self.layout.grid.at(row.index, column)
            if cell and not is_blank(cell.base) and is_numeric(cell.base):
                yield Doubt(reason, cell.quote)

    def _commodity(self, row: Row, column: Column) -> str | None:
        """The metal of a figure: its column's or cell's, then its group row's, its label's, the only one around."""
        named = column.commodity or self.measures.values.metal(row.index, column)
        if named:
            return named
        spoken = (label.commodity for label in (*reversed(row.headings), *row.labels))
        return next((commodity for commodity in spoken if commodity), None) or self._metal_around

    @cached_property
    def _metal_around(self) -> str | None:
        for text in (self.layout.around.caption, self.layout.around.headline):
            means = lexicon("commodities").means(text)
            if len(means) == 1:
                return means[0]
        return None

    def _category(self, said: Said, before: Sequence[EstimateLine]) -> Category:
        """The category of a line: from its column group, row, group row or caption, in the order in which they speak.

        A total that names none takes it from the categories beside it or before it.
        """
        beside = self.layout.categories_beside
        if beside and said.column.category:
            return said.column.category
        if beside and said.column.total:
            return category_of_total(beside, said.type_of(None))
        named = said.category or (None if self.layout.rows_say_category else self._caption_category)
        if named is None and said.total:
            kind, inside = said.type_of(None), [line for line in before if line.heading == said.row.heading]
            parts = (category_of_total([line.category for line in lines], kind) for lines in (before, inside))
            return next((c for c in parts if c is not Category.UNCLASSIFIED), Category.UNCLASSIFIED)
        return named or Category.UNCLASSIFIED

    @cached_property
    def _caption_category(self) -> Category | None:
        named = lexicon("categories").means(self.layout.around.caption)
        return Category(named[0]) if len(named) == 1 else None


_OPEN = regex.compile(r"(?:[&+]|\b(?:and|et))$", regex.IGNORECASE)


def _breaks_off(row: Row) -> bool:
    """True for "Indicated &": the rest of the label was not read with it, and says what else the row adds.

    "Measured &" goes on with "Indicated", whatever was lost.
    """
    return any(_OPEN.search(part.strip()) for part in row.printed.split(" | "))


def _differing(metal: Metal | None, column: Column, value: Quantity | None) -> Iterator[Doubt]:
    """A doubt where a line prints two grades of one metal that are not one grade in two units."""
    if metal is None or metal.grade is None or value is None or column.kind is not Kind.GRADE:
        return
    known = metal.grade.unit.factor is not None and value.unit.factor is not None
    if not known or not metal.grade.interval.meets(value.interval):
        yield Doubt(f"{value.quote.text!r} is a second grade of {metal.commodity} ({column.heading})", value.quote)


def _with(metal: Metal, kind: Kind, value: Quantity | None) -> Metal:
    """The metal with one more figure; a second printing of it (kilograms beside ounces) is kept beside the first."""
    if value is None:
        return metal
    if kind is Kind.GRADE:
        return replace(metal, grade=metal.grade or value)
    if kind is Kind.RECOVERED:
        return replace(metal, recovered=metal.recovered or value)
    if metal.contained is None:
        return replace(metal, contained=value)
    return replace(metal, contained_again=(*metal.contained_again, value))
