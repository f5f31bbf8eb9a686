"""Reads the estimate lines of a table, and writes each as a reader's note."""

from __future__ import annotations

from extractors.estimates import read_estimates
from extractors.tables import find_tables
from models.disclosure import EstimateLine, EstimateTable
from models.document import Grid
from models.units import Quantity
from tests.extractors.grids import document


def read(caption: str, table: Grid, *notes: str, headline: str = "", issuer: str | None = None) -> EstimateTable | None:
    """The estimate table under this caption, or None where it states no estimates."""
    tables = read_estimates(find_tables(document(caption, table, *notes)), headline, issuer)
    return tables[0] if tables else None


def lines(caption: str, table: Grid, *notes: str, headline: str = "", issuer: str | None = None) -> list[EstimateLine]:
    """The lines of the estimate table under this caption."""
    found = read(caption, table, *notes, headline=headline, issuer=issuer)
    assert found is not None
    return list(found.lines)


def printed(quantity: Quantity | None) -> str:
    """The figure as it is printed, "-" for none."""
    return quantity.figure.printed if quantity else "-"


def short(line: EstimateLine) -> str:
    """A line as a reader's note: category, zone, material, tonnage and metals."""
    metals = " ".join(f"{m.commodity}:{printed(m.grade)}/{printed(m.contained)}" for m in line.metals)
    place = f"{line.zone or '-'} {'+'.join(line.materials) or '-'}"
    tonnage = f"{line.tonnage.figure.printed} {line.tonnage.unit.symbol}" if line.tonnage else "-"
    return f"{line.type} {line.category} {place} {tonnage} {metals}{' total' if line.is_total else ''}"
