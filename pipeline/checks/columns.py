"""The columns that a recomputation reads: tonnage, and each commodity's grade and contained metal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from models.disclosure import EstimateLine, Metal
from models.units import Quantity


class Kind(StrEnum):
    """What a column states."""

    TONNAGE = "tonnage"
    GRADE = "grade"
    CONTAINED = "contained"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, and its commodity unless it is tonnage."""

    kind: Kind
    commodity: str | None = None

    def __str__(self) -> str:
        return "tonnage" if self.commodity is None else f"{self.kind} {self.commodity}"

    def of(self, line: EstimateLine) -> Quantity | None:
        """What the line prints in this column, or None."""
        if self.commodity is None:
            return line.tonnage
        metal = line.metal(self.commodity)
        if metal is None:
            return None
        return metal.grade if self.kind is Kind.GRADE else metal.contained

    def put(self, line: EstimateLine, quantity: Quantity) -> EstimateLine:
        """The line as it would be with this quantity in the column."""
        if self.commodity is None:
            return replace(line, tonnage=quantity)
        return replace(line, metals=tuple(self._put(metal, quantity) for metal in line.metals))

    def _put(self, metal: Metal, quantity: Quantity) -> Metal:
        if metal.commodity != self.commodity:
            return metal
        return replace(metal, grade=quantity) if self.kind is Kind.GRADE else replace(metal, contained=quantity)


TONNAGE = Column(Kind.TONNAGE)

MOST = 256
"""Commodities whose columns are kept: each equation of each line names them again, and there are some 170."""


@lru_cache(maxsize=MOST)
def grade(commodity: str) -> Column:
    """The grade column of a commodity."""
    return Column(Kind.GRADE, commodity)


@lru_cache(maxsize=MOST)
def contained(commodity: str) -> Column:
    """The contained metal column of a commodity."""
    return Column(Kind.CONTAINED, commodity)


def additive_columns(line: EstimateLine) -> tuple[Column, ...]:
    """The columns of a line that add up down a table, where it prints a figure in a unit that converts."""
    columns: Iterable[Column] = (TONNAGE, *(contained(m.commodity) for m in line.metals))
    return tuple(c for c in columns if (q := c.of(line)) is not None and q.unit.factor is not None)
