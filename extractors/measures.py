"""The figures of an estimate table: cells read as quantities, their units settled column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from propcache.api import cached_property

from extractors.column_kinds import Column, Kind
from extractors.layout import Layout
from extractors.lexicon import lexicon
from extractors.readings import (
    Printed,
    Reading,
    Trial,
    is_per_ton,
    metal_trial,
    possible_tons,
    settle_both,
    settle_metal,
    settle_tonnage,
    tonnage_trial,
)
from extractors.rows import Row
from extractors.values import Values
from models.disclosure import Cutoff, Doubt
from models.figure import Figure
from models.units import Dimension, Quantity, Unit

METAL = (Kind.CONTAINED, Kind.RECOVERED)


@dataclass(frozen=True)
class Measures:
    """Reads a table's value cells as quantities, in the units that its headings state or its rows settle."""

    layout: Layout

    @cached_property
    def values(self) -> Values:
        """The cells as numbers, in the table's one style."""
        return Values.of(self.layout.grid, self.layout.columns, self.layout.rows, self.layout.around.style)

    @cached_property
    def tonnage(self) -> Reading:
        """The unit of the tonnages, settled for the whole table."""
        if self._both:
            return Reading(self._both[0], self._both[1].assumption)
        columns, around = self.layout.columns, self.layout.around
        column = next((c for c in columns if c.kind is Kind.TONNAGE), None)
        if column is None:
            return Reading(None)
        trials = (t for row in self.layout.data for group in self.layout.groups for t in self._ore_trials(row, group))
        text = f"{around.caption}\n{around.notes}\n{around.headline}"
        return settle_tonnage(column.unit, trials, text, is_per_ton([c.plain_unit for c in columns]))

    @cached_property
    def _both(self) -> tuple[Unit, Reading] | None:
        """The units of tonnages and grades, where no grade of the table has a unit and its rows settle both."""
        columns = self.layout.columns
        grades = [c for c in columns if c.kind is Kind.GRADE]
        if not grades or any(c.unit for c in grades):
            return None
        stated = next((c.unit for c in columns if c.kind is Kind.TONNAGE), None)
        rows = [p for row in self.layout.data for group in self.layout.groups for p in self._printed(row, group)]
        return settle_both(rows, possible_tons(stated))

    def _printed(self, row: Row, group: int) -> Iterator[Printed]:
        """Each grade of a row with the tonnage and the metal beside it."""
        columns = self.layout.columns_of(group)
        tonnage = next((f for c in columns if c.kind is Kind.TONNAGE and (f := self._figure(row, c))), None)
        for grade in (c for c in columns if c.kind is Kind.GRADE):
            for metal in (c for c in columns if c.kind is Kind.CONTAINED and c.commodity == grade.commodity):
                one, other = self._figure(row, grade), self.values.quantity(row.index, metal, metal.plain_unit)
                if tonnage and one and isinstance(other, Quantity):
                    yield Printed(tonnage, one, other)

    def unit_of(self, column: Column) -> Unit | None:
        """The unit of a column's figures, as its heading states it or the rows settle it."""
        if column.kind is Kind.TONNAGE:
            return self.tonnage.unit
        if column.kind in METAL:
            return self.metals[column.index].unit
        return self._both[1].unit if self._both and column.kind is Kind.GRADE else column.plain_unit

    @cached_property
    def metals(self) -> dict[int, Reading]:
        """The unit of each column of contained metal, settled column by column once the tonnages have theirs."""
        columns = [c for c in self.layout.columns if c.kind in METAL]
        return {c.index: settle_metal(c.unit, self._metal_trials(c)) for c in columns}

    def quantity(self, row: Row, column: Column) -> Quantity | Doubt | None:
        """The quantity in a cell, None where it is blank, or a doubt where it cannot be read or is cut off."""
        value = self.values.quantity(row.index, column, self.unit_of(column))
        if isinstance(value, Doubt) and column.kind is Kind.TONNAGE and self._is_open(row, column):
            value = Doubt(self.tonnage.assumption or value.reason, value.quote)
        if value is None and column.index in self.layout.cut:
            quote = self.layout.quote(row, column.group)
            return Doubt(f"the table runs off the page, and {column.heading} with it", quote)
        if isinstance(value, Quantity) and (value.unit.dimension is Dimension.GRADE) is not (column.kind is Kind.GRADE):
            return Doubt(f"{value.quote.text!r} is in no unit of its column ({column.heading})", value.quote)
        return value

    def _is_open(self, row: Row, column: Column) -> bool:
        """True where a tonnage is a number and only its unit is not settled."""
        return self.tonnage.unit is None and self._figure(row, column) is not None

    def assumptions(self, group: int) -> tuple[str, ...]:
        """What was taken from recomputation for a column group's figures, each sentence once."""
        metals = [self.metals[c.index] for c in self.layout.columns_of(group) if c.kind in METAL]
        said = [reading.assumption for reading in (self.tonnage, *metals) if reading.unit]
        return tuple(dict.fromkeys(assumption for assumption in said if assumption))

    def cutoff(self, row: Row) -> Cutoff | None:
        """The cut-off that the row itself states in a column of cut-offs, printed once for the rows that share it.

        "70 & 125" beside a total states none: its parts have several.
        """
        for column in (c for c in self.layout.columns if c.kind is Kind.CUTOFF):
            unit = column.plain_unit.symbol if column.plain_unit else _money_unit(column.heading)
            nearest = self._nearest_row(row, column)
            number = self.values.number(nearest, column) if nearest is not None else None
            cell = self.layout.grid.at(nearest, column.index) if nearest is not None else None
            if number and number.value is not None and cell and unit:
                basis = lexicon("bases").first(column.heading)
                figure = Figure(number.printed, number.value, number.step)
                return Cutoff(figure, unit, None if basis else column.commodity, cell.quote, basis=basis)
        return None

    def _nearest_row(self, row: Row, column: Column) -> int | None:
        """The row itself, or the nearest one above, with a text in a column; a total of several takes none from above.

        What is printed in the rows that a total adds counts for it only where it is one figure.
        """
        texts = {
            r.index: cell.base
            for r in self._up_to(row)
            if (cell := self.layout.grid.at(r.index, column.index)) and cell.base
        }
        if row.index not in texts and _is_total(row) and len(set(texts.values())) > 1:
            return None
        return max(texts, default=None)

    def _up_to(self, row: Row) -> list[Row]:
        """The rows of figures down to this one; for a total those since the total before it."""
        above = [r for r in self.layout.data if r.index <= row.index]
        last = max((i for i, r in enumerate(above[:-1]) if _is_total(row) and _is_total(r)), default=-1)
        return above[last + 1 :]

    def _ore_trials(self, row: Row, group: int) -> Iterator[Trial]:
        """What each pair of grade and contained metal leaves for the tonnage of a row."""
        columns = self.layout.columns_of(group)
        tonnage = next((f for c in columns if c.kind is Kind.TONNAGE and (f := self._figure(row, c))), None)
        for grade in (c for c in columns if c.kind is Kind.GRADE):
            for metal in (c for c in columns if c.kind is Kind.CONTAINED and c.commodity == grade.commodity):
                one, other = (self.values.quantity(row.index, c, c.plain_unit) for c in (grade, metal))
                if tonnage and isinstance(one, Quantity) and isinstance(other, Quantity):
                    yield from _some(tonnage_trial(tonnage, one, other))

    def _metal_trials(self, metal: Column) -> Iterator[Trial]:
        """What tonnage and grade leave for a column of contained metal; nothing where the metal settled the tonnage."""
        beside = self.layout.columns_of(metal.group)
        tonnage = next((c for c in beside if c.kind is Kind.TONNAGE), None)
        grade = next((c for c in beside if c.kind is Kind.GRADE and c.commodity == metal.commodity), None)
        if tonnage is None or grade is None or self.tonnage.assumption:
            return
        for row in self.layout.data:
            ore = self.values.quantity(row.index, tonnage, self.tonnage.unit)
            assay = self.values.quantity(row.index, grade, grade.plain_unit)
            figure = self._figure(row, metal)
            if isinstance(ore, Quantity) and isinstance(assay, Quantity) and figure:
                yield from _some(metal_trial(ore, assay, figure))

    def _figure(self, row: Row, column: Column) -> Figure | None:
        """The figure of a cell before its unit is settled; a zero settles nothing."""
        number = self.values.number(row.index, column)
        return self.values.figure(number, column) if number and number.value else None


def _is_total(row: Row) -> bool:
    return any(label.total for label in row.labels)


def _some(trial: Trial | None) -> tuple[Trial, ...]:
    return (trial,) if trial else ()


def _money_unit(heading: str) -> str | None:
    """The unit of a value per tonne whose heading prints a currency: "($USD)" is USD/t."""
    currency = lexicon("currencies").first(heading)
    return f"{currency}/t" if currency else None
