"""A cut-off stays found, with its unit and metal, however the same statement is worded."""

from __future__ import annotations

from itertools import product

import pytest

from extractors.cutoffs import read_cutoffs
from tests.extractors.documents import document

GRADES = [
    # the same grade, each as some filing prints it
    "0.5 g/t Au",
    "0.50 g/t gold",
    "0.5 gpt Au",
    "0.5 grams per tonne gold",
    "0.5 grams of gold per tonne",
    "0.5 g Au/t",
    "0.5g/t Au",
]
NOUNS = ["cut-off grade", "cutoff grade", "cut-off", "cut off", "COG", "cut‑off value"]
ORDERS = [
    "The Mineral Resource is reported at a {noun} of {grade}.",
    "The Mineral Resource is reported at a {grade} {noun}.",
    "Mineral Resources are stated above a {noun} of {grade} and at US$1,900/oz gold.",
    "Using a {noun} of {grade}, the Inferred Resource is 4.1 Mt at 1.6 g/t Au.",
    "Inferred Resources of 4.1 Mt at 1.6 g/t Au ({noun} {grade}).",
    "For the Mineral Resource a {grade} {noun} was applied.",
    "2) {noun} for the Mineral Resource: {grade}.",
]


@pytest.mark.parametrize("order", ORDERS)
def test_a_gold_cutoff_is_found_in_any_wording(order: str) -> None:
    missed = []
    for noun, grade in product(NOUNS, GRADES):
        text = order.format(noun=noun, grade=grade)
        found = [(float(c.value.value), c.unit, c.commodity) for c in read_cutoffs(document(text), ())]
        if found != [(0.5, "g/t", "Au")]:
            missed.append((text, found))
    assert missed == []


VALUES = ["US$18.50/t", "US$18.50 per tonne", "USD 18.50/t", "US$ 18.50/tonne milled"]
BASES = [
    "Underground reserves are based on an NSR cut-off of {value}.",
    "Underground reserves are based on a {value} NSR cut-off.",
    "Underground reserves are reported above an NSR cut-off value of {value}, with mining costs of US$9.10/t.",
    "The NSR cut-off value of {value} bounds the underground reserves.",
]


@pytest.mark.parametrize("order", BASES)
def test_a_value_per_tonne_is_found_in_any_wording(order: str) -> None:
    missed = []
    for value in VALUES:
        found = [(float(c.value.value), c.unit, c.basis) for c in read_cutoffs(document(order.format(value=value)), ())]
        if found != [(18.5, "USD/t", "NSR")]:
            missed.append((value, found))
    assert missed == []


PAIRS = [
    # the same two values, given to pit and underground in turn
    "Mineral Resources use a cut-off of {a} for {x} and {b} for {y}.",
    "Mineral Resources use cut-offs of {a} ({x}) and {b} ({y}).",
    "{x} Mineral Resources use a cut-off of {a}; {y} Mineral Resources use {b}.",
    "Mineral Resources are reported at {a} {x} and {b} {y} cut-offs.",
    "Cut-off grades of {a} and {b} were applied to the {x} and {y} Mineral Resources, respectively.",
    "The {x} and {y} Mineral Resources are stated at cut-offs of {a} and {b}, respectively.",
    "{x} Mineral Resources are reported above {a} and {y} Mineral Resources above {b}.",
    "Mineral Resource cut-off grades: {x}: {a}; {y}: {b}.",
    "Mineral Resource cut-off grade = {a} {x}, {b} {y}.",
    "The cut-off grade of the Mineral Resource is {a} in the {x} and {b} in the {y}.",
]


@pytest.mark.parametrize("order", PAIRS)
@pytest.mark.parametrize(
    ("a", "b"), [("0.3 g/t Au", "1.8 g/t Au"), ("0.2% Cu", "0.9% Cu"), ("US$12/t NSR", "US$75/t NSR")]
)
@pytest.mark.parametrize(
    ("x", "y", "materials"),
    [
        ("open pit", "underground", ["open_pit", "underground"]),
        ("oxide", "sulphide", ["oxide", "sulphide"]),
    ],
)
def test_two_cutoffs_keep_their_ore_in_any_order(
    order: str, a: str, b: str, x: str, y: str, materials: list[str]
) -> None:
    found = read_cutoffs(document(order.format(a=a, b=b, x=x, y=y)), ())
    assert [m.value for c in found for m in c.scope.materials] == materials
    assert [{t.value for t in c.scope.types} for c in found] == [{"resource"}] * 2


ELSE = [
    # the same figure, where it is something else
    "High grades were capped at {grade} before the Mineral Resource was estimated.",
    "A top cut of {grade} was applied to composites of the Mineral Resource.",
    "Intercepts are calculated at a cut-off of {grade} with up to 3 m of internal dilution.",
    "Dilution was added to the Mineral Reserve at {grade}.",
    "The Mineral Resource has an average grade of {grade}.",
    "The wireframes of the lodes were modelled at a {grade} threshold.",
    "The Inferred Resource is 4.1 Mt at {grade}.",
    "Drilling returned 12 m at {grade} below the Mineral Resource.",
]


@pytest.mark.parametrize("order", ELSE)
def test_the_same_figure_elsewhere_is_no_cutoff(order: str) -> None:
    found = [(grade, read_cutoffs(document(order.format(grade=grade)), ())) for grade in GRADES]
    assert [(grade, c) for grade, c in found if c] == []
