"""Tonnes times grade: what one line's own figures say of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.once import once
from models.disclosure import EstimateLine, EstimateTable, Metal
from models.findings import Outcome, Verdict
from pipeline.checks.columns import TONNAGE, Column, contained
from pipeline.checks.constants import converts_to
from pipeline.checks.conversions import in_unit
from pipeline.checks.equations import Comparison, Conversion, Equation, Product, printed
from pipeline.checks.wording import amount, like, name, span


def contained_metal(table: EstimateTable) -> Iterator[Verdict]:
    """Tonnes times grade is the contained metal."""
    for line, metal, product in _products(table):
        if isinstance(product, Product):
            yield _verdict_of(product)
        else:
            yield not_run("contained_metal", line, product, metal.commodity)


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


def contained_compound(table: EstimateTable) -> Iterator[Verdict]:
    """Contained metal that is printed as two compounds is the same metal."""
    for conversion in conversions(table):
        compared, base = conversion.compared, printed(conversion.line, contained(conversion.base))
        text = (
            f"{name(conversion.line)}: {conversion.column} {amount(compared.reported)} beside {amount(base)} of "
            f"{conversion.base}, which allows {span(compared.allowed, compared.reported)}"
        )
        yield equation_verdict(conversion, compared, text)


def products(table: EstimateTable) -> Iterator[Product]:
    """The equations tonnes x grade = contained metal of a table, where all three are printed and convert."""
    return (product for _, _, product in _products(table) if isinstance(product, Product))


@once
def _products(table: EstimateTable) -> tuple[tuple[EstimateLine, Metal, Product | str], ...]:
    """Each metal of each line with its equation, or why it has none."""
    return tuple((line, metal, _product_of(line, metal)) for line in table.lines for metal in line.metals)


def conversions(table: EstimateTable) -> Iterator[Conversion]:
    """Contained metal that lines print as two compounds, one of them without a grade of its own."""
    for line in table.lines:
        for metal in line.metals:
            base = _base_of(line, metal)
            if base and base.contained and base.contained.unit.factor is not None and base.contained.figure.value:
                yield Conversion(line, metal.commodity, base.commodity)


def _product_of(line: EstimateLine, metal: Metal) -> Product | str:
    """Tonnes times grade of a metal, or of the compound whose grade the line prints; else why it cannot be computed.

    Metal beside that of the compound is converted from it: tonnes times grade would only say the same again.
    """
    base = _base_of(line, metal)
    if base and base.contained:
        return f"it is converted from contained {base.commodity}"
    reason = _missing(line, replace(metal, grade=base.grade) if base else metal)
    return reason or Product(line, metal.commodity, base.commodity if base else None)


def _base_of(line: EstimateLine, metal: Metal) -> Metal | None:
    """The one compound with a grade that a metal without one is printed as: Li2O where the line contains LCE."""
    if metal.grade is not None or metal.contained is None or metal.contained.unit.factor is None:
        return None
    bases = [m for m in line.metals if m.grade is not None and converts_to(m.commodity, metal.commodity)]
    return bases[0] if len(bases) == 1 else None


def _verdict_of(product: Product) -> Verdict:
    compared, line = product.compared, product.line
    expected = like(product.expected(), compared.reported)
    relation = "is" if compared.holds else "is not"
    text = (
        f"{name(line)}: {product.column} {amount(compared.reported)} {relation} {_factors(product)}, "
        f"which gives {expected} and allows {span(compared.allowed, compared.reported)}"
    )
    return equation_verdict(product, compared, text)


def _factors(product: Product) -> str:
    factors = " × ".join(amount(printed(product.line, column)) for column in (TONNAGE, product.grade))
    return f"{factors} {product.graded} as {product.commodity}" if product.graded else factors


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


def equation_verdict(
    equation: Equation, compared: Comparison, text: str, suggestion: str | None = None, *, proves: bool = True
) -> Verdict:
    """The verdict of an equation for the line whose figure it computes."""
    return verdict(equation.relation, equation.line, equation.column, compared, text, suggestion, proves=proves)


def verdict(
    relation: str,
    line: EstimateLine,
    column: Column,
    compared: Comparison,
    explanation: str,
    suggestion: str | None = None,
    *,
    proves: bool = True,
) -> Verdict:
    """Passed where the printed figure and the allowed interval meet, else failed; ``proves`` where a pass proves it."""
    return Verdict(
        relation=relation,
        outcome=Outcome.PASSED if compared.holds else Outcome.FAILED,
        explanation=explanation,
        line=line.key,
        commodity=column.commodity,
        value=compared.reported.figure.value,
        reported=compared.printed,
        allowed=compared.allowed,
        unit=compared.reported.unit.symbol,
        suggestion=suggestion,
        arithmetic=proves,
    )


def not_run(relation: str, line: EstimateLine, reason: str, commodity: str | None = None) -> Verdict:
    """The verdict of a relation that lacks a figure, with the reason."""
    return Verdict(relation, Outcome.NOT_RUN, reason, line.key, commodity)
