"""Metal equivalents recomputed from their printed terms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from models.disclosure import Equivalence, Price
from models.findings import Outcome
from models.quote import Quote
from pipeline.checks import assess
from tests.pipeline.checks.tables import disclosure, line, metal, table, verdicts


def equivalence(formula: str | None, *, priced: bool = False) -> Equivalence:
    prices = (("Au", Price(Decimal(1800), "USD", "oz")), ("Ag", Price(Decimal(20), "USD", "oz")))
    recoveries = (("Au", Decimal("0.9")), ("Ag", Decimal("0.8")))
    return Equivalence("AuEq", formula, Quote(formula or "AuEq"), *((prices, recoveries) if priced else ()))


def lines_of(*equivalents: str) -> list[tuple[str, str, str]]:
    return [("1.00 g/t", "80.0 g/t", printed) for printed in equivalents]


def outcomes(terms: Equivalence, rows: list[tuple[str, str, str]]) -> list[Outcome]:
    printed = [
        line(f"row {n}", "indicated", "100 kt", (metal("Au", au), metal("Ag", ag), metal("AuEq", eq)), zone=f"zone {n}")
        for n, (au, ag, eq) in enumerate(rows)
    ]
    found = assess(replace(disclosure(table(*printed)), equivalences=(terms,)))
    return [v.outcome for n in range(1, len(rows) + 1) for v in verdicts(found, n, "metal_equivalent")]


P, F = Outcome.PASSED, Outcome.FAILED


@pytest.mark.parametrize(
    ("terms", "equivalents", "expected"),
    [
        (equivalence("AuEq = Au + Ag / 80"), ("2.00 g/t", "2.00 g/t"), [P, P]),
        (equivalence("AuEq = Au + 0.0125 x Ag"), ("2.00 g/t", "2.00 g/t"), [P, P]),
        (equivalence("AuEq = Au + Ag / 80"), ("2.00 g/t", "2.00 g/t", "2.40 g/t"), [P, P, F]),  # one row alone departs
        (
            equivalence("AuEq = Au + Ag / 80"),
            ("2.40 g/t", "2.40 g/t"),
            [],
        ),  # all depart: other terms than those printed
        (equivalence(None, priced=True), ("1.79 g/t", "1.79 g/t"), [P, P]),  # 80 x 20 x 0.8 / (1800 x 0.9) = 0.79
    ],
)
def test_an_equivalent_is_what_its_printed_terms_give(
    terms: Equivalence, equivalents: tuple[str, ...], expected: list[Outcome]
) -> None:
    assert outcomes(terms, lines_of(*equivalents)) == expected


def test_an_equivalent_below_its_own_metal_is_held() -> None:
    printed = line("Indicated", "indicated", "100 kt", (metal("Cu", "0.80 %"), metal("CuEq", "0.60 %")))
    (found,) = verdicts(assess(disclosure(table(printed))), 1, "equivalent_above_metal")
    assert found.outcome is Outcome.FAILED
    above = line("Indicated", "indicated", "100 kt", (metal("Cu", "0.80 %"), metal("CuEq", "0.90 %")))
    (found,) = verdicts(assess(disclosure(table(above))), 1, "equivalent_above_metal")
    assert (found.outcome, found.arithmetic) == (Outcome.PASSED, False)  # a bound proves nothing
