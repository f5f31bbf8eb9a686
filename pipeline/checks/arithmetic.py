"""Tonnes times grade: what one line's own figures say of each other."""

from __future__ import annotations

from collections.abc import Iterator

from models.disclosure import EstimateLine, EstimateTable, Metal
from models.findings import Outcome, Verdict
from pipeline.checks.columns import Column, contained
from pipeline.checks.equations import Comparison, Equation, Product, in_unit
from pipeline.checks.wording import amount, like, name, span


def contained_metal(table: EstimateTable) -> Iterator[Verdict]:
    """Tonnes times grade is the contained metal."""
    for line in table.lines:
        for metal in line.metals:
            missing = _missing(line, metal)
            yield not_run("contained_metal", line, missing, metal.commodity) if missing else _product(line, metal)


def contained_again(table: EstimateTable) -> Iterator[Verdict]:
    """Contained metal printed twice, in kilograms and in ounces, is the same metal."""
    for line in table.lines:
        for metal in line.metals:
            if metal.contained is None or metal.contained.unit.factor is None:
                continue
            for again in metal.contained_again:
                compared = Comparison(again, in_unit(metal.contained, again.unit))
                text = f"{amount(again)} beside {amount(metal.contained)} of {metal.commodity}"
                yield verdict("contained_again", line, contained(metal.commodity), compared, text)


def products(table: EstimateTable) -> Iterator[Product]:
    """The equations tonnes x grade = contained metal of a table, where all three are printed and convert."""
    return (Product(line, m.commodity) for line in table.lines for m in line.metals if not _missing(line, m))


def _product(line: EstimateLine, metal: Metal) -> Verdict:
    product = Product(line, metal.commodity)
    compared = product.compare()
    expected = like(product.expected(), compared.reported)
    relation = "is" if compared.holds else "is not"
    text = (
        f"{name(line)}: contained {metal.commodity} {amount(compared.reported)} {relation} {_factors(line, metal)}, "
        f"which gives {expected} and allows {span(compared.allowed, compared.reported)}"
    )
    return equation_verdict(product, compared, text)


def _factors(line: EstimateLine, metal: Metal) -> str:
    return " × ".join(amount(q) for q in (line.tonnage, metal.grade) if q is not None)


def _missing(line: EstimateLine, metal: Metal) -> str | None:
    """Why tonnes times grade cannot be computed for this metal, or None."""
    for text, quantity in (("tonnage", line.tonnage), ("grade", metal.grade), ("contained metal", metal.contained)):
        if quantity is None:
            return f"no {text} of {metal.commodity} is printed" if text != "tonnage" else "no tonnage is printed"
        if quantity.unit.factor is None:
            return f"{quantity.unit.symbol} converts to mass only by a density"
    if line.tonnage and metal.contained and not (line.tonnage.figure.value or metal.contained.figure.value):
        return "only zeros are printed"
    return None


def equation_verdict(equation: Equation, compared: Comparison, text: str, suggestion: str | None = None) -> Verdict:
    """The verdict of an equation for the line whose figure it computes."""
    return verdict(equation.relation, equation.line, equation.column, compared, text, suggestion)


def verdict(
    relation: str,
    line: EstimateLine,
    column: Column,
    compared: Comparison,
    explanation: str,
    suggestion: str | None = None,
) -> Verdict:
    """Passed where the printed figure and the allowed interval meet, else failed."""
    return Verdict(
        relation=relation,
        outcome=Outcome.PASSED if compared.holds else Outcome.FAILED,
        explanation=explanation,
        line=line.key,
        commodity=column.commodity,
        value=compared.reported.figure.value,
        reported=compared.reported.figure.interval,
        allowed=compared.allowed,
        unit=compared.reported.unit.symbol,
        suggestion=suggestion,
    )


def not_run(relation: str, line: EstimateLine, reason: str, commodity: str | None = None) -> Verdict:
    """The verdict of a relation that lacks a figure, with the reason."""
    return Verdict(relation, Outcome.NOT_RUN, reason, line.key, commodity)
