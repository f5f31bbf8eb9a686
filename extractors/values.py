"""The figures of an estimate table: cells of value columns read as numbers, with units, steps and doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors import limited_regex as regex
from extractors.column_kinds import VALUES, Column, Kind
from extractors.lexicon import lexicon
from extractors.numbers import Number, Style, is_blank, read_number, style_of
from extractors.rows import Row, RowKind
from extractors.units import units_in
from models.disclosure import Doubt
from models.document import Cell, Grid
from models.figure import Figure, column_step
from models.units import UNITS, Quantity, Unit


@dataclass(frozen=True)
class Values:
    """The value cells of a table, read in its one number style.

    ``numbers`` are those in the cells, by row and column; ``steps`` is what each column was rounded to.
    """

    grid: Grid
    numbers: dict[tuple[int, int], Number]
    steps: dict[int, Decimal]

    @classmethod
    def of(cls, grid: Grid, columns: Sequence[Column], rows: Sequence[Row], usual: Style | None = None) -> Values:
        """Decide the style from all figures of the table, or as is usual, then each column's step from its figures."""
        indices = [row.index for row in rows if row.kind is RowKind.DATA]
        numeric = [c for c in columns if c.kind in (*VALUES, Kind.CUTOFF, Kind.IGNORED)]
        cells = {(i, c.index): cell.base for c in numeric for i in indices if (cell := grid.at(i, c.index))}
        texts = {place: text for place, text in cells.items() if not is_blank(text)}
        style = style_of(texts.values(), usual)
        numbers = {place: number for place, text in texts.items() if (number := read_number(text, style))}
        return cls(grid, numbers, _steps(numeric, numbers))

    def number(self, row: int, column: Column) -> Number | None:
        """The number in a cell, or None where the cell is blank or prints words."""
        return self.numbers.get((row, column.index))

    def quantity(self, row: int, column: Column, unit: Unit | None) -> Quantity | Doubt | None:
        """The quantity in a cell, None where the cell is blank, or a doubt where it cannot be read.

        A unit printed in the cell itself wins over the heading's.
        """
        cell = self.grid.at(row, column.index)
        number = self.number(row, column)
        if cell is None or number is None:
            return _unread(cell) if cell else None
        if number.value is None:
            return Doubt(f"{number.printed!r} is no well-formed number", cell.quote, malformed=True)
        own = next((UNITS[h.means] for h in units_in(number.rest)), None) if number.rest else None
        if (unit := own or unit) is None:
            return Doubt(f"no unit is stated for {number.printed!r} ({column.heading})", cell.quote)
        if column.kind is Kind.TONNAGE and unit.symbol.lstrip("kM") in _OF_METAL:
            return Doubt(f"{number.printed!r} is a tonnage in {unit.symbol} ({column.heading})", cell.quote)
        return Quantity(self.figure(number, column), unit, cell.quote)

    def metal(self, row: int, column: Column) -> str | None:
        """The metal that a cell itself names: "0.62 Nb2O5%"."""
        number = self.number(row, column)
        return lexicon("commodities").first(number.rest) if number and number.rest else None

    def figure(self, number: Number, column: Column) -> Figure:
        """The number with the step that it, or its column, was rounded to."""
        step = number.step if number.decimals else self.steps[column.index]
        return Figure(number.printed, number.value or Decimal(0), step, number.approximate)


_OF_METAL = frozenset({"oz", "lb", "ct"})
"""Units in which metal is printed and no ore: a column in them that is read as a tonnage is misread."""
_FIGURE = regex.compile(r"[^\p{L}\d(]*\d[\d.,' ]*\d|[^(].*\d[.,']\d")


def _unread(cell: Cell) -> Doubt | None:
    """A doubt for a cell with a figure that is no number, as "Indicated306,900"; None for a blank one or words."""
    if is_blank(cell.base) or not _FIGURE.match(cell.base):
        return None
    return Doubt(f"{cell.base!r} is no number that is understood", cell.quote, malformed=True)


def _likeness(column: Column) -> tuple[Kind, str | None, Unit | None]:
    """Columns that print the same sort of figure share their rounding."""
    return column.kind, column.commodity, column.unit.unit if column.unit else None


def _steps(columns: Sequence[Column], numbers: Mapping[tuple[int, int], Number]) -> dict[int, Decimal]:
    """The step of each column: one for all columns that print the same sort of figure."""
    alike: dict[tuple[Kind, str | None, Unit | None], list[Number]] = {_likeness(c): [] for c in columns}
    likeness = {c.index: _likeness(c) for c in columns}
    for (_, column), number in numbers.items():
        alike[likeness[column]].append(number)
    step = {sort: _step(of_sort) for sort, of_sort in alike.items()}
    return {index: step[sort] for index, sort in likeness.items()}


def _step(numbers: Sequence[Number]) -> Decimal:
    """The step of a column of whole numbers; one with decimals anywhere counts whole numbers to the unit."""
    if any(n.decimals for n in numbers):
        return Decimal(1)
    return column_step([n.value for n in numbers if n.value is not None])
