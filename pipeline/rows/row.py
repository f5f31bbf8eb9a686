"""A row for a bulk insert, and the columns that many tables share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.disclosure import Material
from models.quote import Quote
from models.units import Quantity

Row = dict[str, object]
"""Column names and values of one row."""


def quoted(quote: Quote) -> Row:
    """The columns that say what was printed, and where."""
    place = quote.place
    box, span = place.box, place.span
    return {
        "source_text": quote.text,
        "page": place.page,
        "x0": box and box.x0,
        "top": box and box.top,
        "x1": box and box.x1,
        "bottom": box and box.bottom,
        "span_start": span and span[0],
        "span_end": span and span[1],
    }


def joined(names: Iterable[str]) -> str:
    """The names with commas between; "" where there is none."""
    return ",".join(names)


def materials(several: Iterable[Material]) -> str | None:
    """The materials with plus signs between, in alphabetical order; None where there is none."""
    return "+".join(sorted(set(several))) or None


def words(name: str) -> str:
    """A name of the program as a reader's words: omitted_part, omitted part."""
    return name.replace("_", " ")


def tonnes(quantity: Quantity | None) -> Decimal | None:
    """A tonnage in metric tonnes."""
    return quantity.canonical / 1000 if quantity and quantity.canonical is not None else None
