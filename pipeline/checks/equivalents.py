"""Metal equivalents: recomputed from the printed formula, or from the prices and recoveries that the notes give.

Eq = g1 + sum of gi (Pi Ri) / (P1 R1), grades in parts per million, prices a kilogram; 1 is the metal that the
equivalent is named after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from models.disclosure import Disclosure, Equivalence, EstimateLine, EstimateTable, Price
from models.figure import Figure, Interval
from models.findings import Cause, Outcome, Verdict
from models.units import UNITS, Quantity
from pipeline.checks.arithmetic import equation_verdict, not_run, verdict
from pipeline.checks.columns import grade
from pipeline.checks.conversions import factor_of
from pipeline.checks.equations import Comparison, Order
from pipeline.checks.wording import amount, name, span

_SUFFIX = "Eq"
_NUMBER = r"(?P<{}>\d+(?:\.\d+)?)"
_TERM = regex.compile(
    rf"[\s(]*(?:{_NUMBER.format('before')}\s*[×x*]\s*)?(?P<metal>[\p{{L}}\d]+)(?: grade)?\s*(?:\(?(?:%|g/t|ppm)\)?)?"
    rf"\s*(?:(?P<sign>[×x*/÷])\s*{_NUMBER.format('after')})?[\s)]*",
    regex.IGNORECASE,
)

Weights = dict[str, Interval]
"""What a unit of each metal's grade adds to the equivalent, both in parts per million."""


def is_equivalent(commodity: str) -> bool:
    """Whether a commodity is a metal equivalent."""
    return commodity.endswith(_SUFFIX)


def element(commodity: str) -> str:
    """The metal that an equivalent is named after: Au for AuEq."""
    return commodity.removesuffix(_SUFFIX)


def equivalent_above_metal(table: EstimateTable) -> Iterator[Verdict]:
    """A metal equivalent is no lower than the grade of the metal that it is named after."""
    for order in equivalent_orders(table):
        compared, main = order.compared, order.line.metal(element(order.column.commodity or ""))
        beside = amount(main.grade) if main and main.grade else ""
        text = f"{name(order.line)}: {order.column} {amount(compared.reported)} beside {beside} of the metal itself"
        yield equation_verdict(order, compared, text, proves=False)


def equivalent_orders(table: EstimateTable) -> Iterator[Order]:
    """The grades of equivalents beside those of their metals, as relations that a figure stands in."""
    for line in table.lines:
        for metal in line.metals:
            main = grade(element(metal.commodity)) if is_equivalent(metal.commodity) else None
            figures = (metal.grade, main.of(line)) if main else ()
            if main and all(q and q.unit.factor is not None for q in figures):
                yield Order("equivalent_above_metal", line, grade(metal.commodity), least=(line, main))


def metal_equivalent(disclosure: Disclosure) -> Iterator[Verdict]:
    """A metal equivalent is what its formula, or its prices and recoveries, give.

    One line that alone departs from them is held. Where several do, the issuer used other terms than those printed,
    which is told of the filing and holds no line.
    """
    for equivalence in disclosure.equivalences:
        for table in disclosure.tables:
            tried = [v for line in table.lines if (v := _of_line(line, equivalence))]
            run = [v for v in tried if v.outcome is not Outcome.NOT_RUN]
            failed = [v for v in run if v.outcome is Outcome.FAILED]
            if len(failed) > 1 or len(failed) == len(run):
                yield from (v for v in tried if v.outcome is not Outcome.FAILED)
                yield from (_of_filing(failed, len(run)),) if failed else ()
            else:
                yield from tried


def _of_filing(failed: list[Verdict], tried: int) -> Verdict:
    text = f"{len(failed)} of {tried} lines do not follow the printed terms of the equivalent: {failed[0].explanation}"
    return replace(failed[0], line=None, explanation=text)


def _of_line(line: EstimateLine, equivalence: Equivalence) -> Verdict | None:
    """The verdict on the line's equivalent grade, or None where it prints none."""
    column = grade(equivalence.commodity)
    printed = column.of(line)
    if printed is None or printed.unit.factor is None:
        return None
    grades = {m.commodity: m.grade for m in line.metals if m.grade and m.grade.unit.factor is not None}
    weights = _stated_weights(equivalence, grades, printed) or _priced_weights(equivalence, grades)
    if isinstance(weights, str):
        return not_run(
            "metal_equivalent", line, weights + _implied(equivalence, grades, printed), equivalence.commodity
        )
    parts = [grades[metal].interval * weight for metal, weight in weights.items()]
    compared = Comparison(printed, Interval.total(parts).times(1 / factor_of(printed.unit)))
    relation = "follows" if compared.holds else "does not follow"
    text = (
        f"{name(line)}: {equivalence.commodity} {amount(printed)} {relation} from {', '.join(weights)} by the terms "
        f"that are printed, which allow {span(compared.allowed, printed)}"
    )
    found = verdict("metal_equivalent", line, column, compared, text)
    return found if compared.holds else replace(found, cause=Cause.UNEXPLAINED)


def _stated_weights(equivalence: Equivalence, grades: dict[str, Quantity], printed: Quantity) -> Weights | None:
    """The coefficients of a formula such as CuEq = Cu + 0.613 × Au; None where it is of another form."""
    _, equals, body = fold(equivalence.formula or "").partition("=")
    terms = [_TERM.fullmatch(term) for term in body.split("+")] if equals else []
    weights: Weights = {}
    for term in terms:
        metal = lexicon("commodities").whole(term["metal"]) if term else None
        if term is None or metal not in grades or (term["before"] and term["after"]):
            return None
        per = factor_of(printed.unit) / factor_of(grades[metal].unit)
        weights[metal] = _coefficient(term).times(per)
    return weights if len(weights) > 1 else None


def _coefficient(term: regex.Match[str]) -> Interval:
    text = term["before"] or term["after"]
    if not text:
        return Interval(Decimal(1), Decimal(1))
    value = Decimal(text)
    rounded = Figure(text, value, Decimal(1).scaleb(int(value.as_tuple().exponent))).interval
    one = Interval(Decimal(1), Decimal(1))
    return one / rounded if term["sign"] in ("/", "÷") else rounded


def _priced_weights(equivalence: Equivalence, grades: dict[str, Quantity]) -> Weights | str:
    """The value of each metal's grade beside the main metal's, or why it cannot be computed."""
    prices, recoveries = dict(equivalence.prices), dict(equivalence.recoveries)
    main, named = element(equivalence.commodity), lexicon("commodities").means(equivalence.formula or "")
    metals = [m for m in grades if not is_equivalent(m) and (m in named or (not named and m in prices))]
    if main not in metals or len(metals) < 2:
        return "no formula and no prices of two metals of the line are printed"
    for metal in metals:
        if metal not in prices or _per_kilogram(prices[metal]) is None:
            return f"no price of {metal} is printed"
        if metal not in recoveries:
            return f"no recovery of {metal} is printed"
    worth = {m: (_per_kilogram(prices[m]) or Decimal(0)) * recoveries[m] for m in metals}
    ratios = {m: worth[m] / worth[main] for m in metals}
    return {m: Interval(ratio, ratio) for m, ratio in ratios.items()}


def _per_kilogram(price: Price) -> Decimal | None:
    unit = UNITS.get(price.per)
    return price.value / unit.factor if unit and unit.factor else None


def _implied(equivalence: Equivalence, grades: dict[str, Quantity], printed: Quantity) -> str:
    """Where two metals make the equivalent: the ratio that it implies, beside the ratio of the printed prices."""
    main = element(equivalence.commodity)
    others = [m for m in grades if m != main and not is_equivalent(m)]
    prices = {m: _per_kilogram(p) for m, p in equivalence.prices}
    if len(others) != 1 or main not in grades:
        return ""
    first, second, other = grades[main].canonical, grades[others[0]].canonical, prices.get(others[0])
    worth, equivalent = prices.get(main), printed.canonical
    if first is None or not second or not other or worth is None or equivalent is None or equivalent <= first:
        return ""
    implied, priced = second / (equivalent - first), worth / other
    return f"; the grades imply {implied:.0f} of {others[0]} to one of {main}, the prices alone {priced:.0f}"
