"""Claims: quantities, changes and mine life that headline and prose state."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.claims import read_claims
from models.disclosure import Category, Claim, ClaimKind
from models.units import Quantity
from tests.extractors.documents import document

Row = tuple[str | None, str | None, str | None, str | None, str | None]

QUANTITIES: list[tuple[str, list[Row]]] = [
    # tonnage, grade and metal of two categories in one sentence
    (
        "Indicated resources are 18.0 million tonnes grading 2.40 g/t Au for 1.39 million ounces and "
        "inferred resources are 10.7 Mt grading 1.77 g/t Au for 0.61 Moz.",
        [("indicated", "Au", "18.0 Mt", "2.40 g/t", "1.39 Moz"), ("inferred", "Au", "10.7 Mt", "1.77 g/t", "0.61 Moz")],
    ),
    # the category behind the figures, and inside the unit
    (
        "The resource holds 8 Mt at 1.5% Cu of indicated and 3 Mt at 1.3% Cu of inferred.",
        [("indicated", "Cu", "8 Mt", "1.5 %", None), ("inferred", "Cu", "3 Mt", "1.3 %", None)],
    ),
    ("There are 166,000 indicated tonnes grading 19.1% U3O8.", [("indicated", "U3O8", "166000 t", "19.1 %", None)]),
    # a share is measured and indicated, not all of it
    ("The resource of 12.5 Mt at 1.1% TREO is 80% Measured and Indicated.", [(None, "TREO", "12.5 Mt", "1.1 %", None)]),
    # two categories joined are one sum, not a break between figures
    (
        "The estimate has 434 kt of measured and indicated resources at 0.40% WO3.",
        [("measured_indicated", "WO3", "434 kt", "0.40 %", None)],
    ),
    # one claim a metal, the tonnage repeated
    (
        "Indicated resource of 5.1 Mt @ 1.2% Cu and 0.4 g/t Au.",
        [("indicated", "Cu", "5.1 Mt", "1.2 %", None), ("indicated", "Au", "5.1 Mt", "0.4 g/t", None)],
    ),
    # contained metal alone, its metal before the unit
    ("Reserves of 2.7 million gold equivalent ounces", [(None, "AuEq", None, None, "2.7 Moz")]),
    # a label with a colon leads the figures behind it; a tonnage in brackets behind its metal
    (
        "Indicated: 2.3 Mt, 14 g/t Au, 1,065 koz Inferred: 0.8 Mt, 9.6 g/t Au, 272 koz",
        [("indicated", "Au", "2.3 Mt", "14 g/t", "1065 koz"), ("inferred", "Au", "0.8 Mt", "9.6 g/t", "272 koz")],
    ),
    (
        "There are 43 million pounds U3O8 Indicated (1.02 million tonnes at 1.92% U3O8).",
        [("indicated", "U3O8", "1.02 Mt", "1.92 %", "43 Mlb")],
    ),
    (
        "Inferred resources rose; all properties together hold close to 4.4 million contained oz of gold.",
        [(None, "Au", None, None, "4.4 Moz")],  # of no category, though one stands before the semicolon
    ),
    # ounces counted elsewhere in the sentence
    ("Inferred silver ounces fell to 42.8 million.", [("inferred", "Ag", None, None, "42.8 Moz")]),
    # an amount of growth and the figure to compare with
    ("Inferred resources grew by 4 million tonnes to 46 million tonnes.", [("inferred", None, "46 Mt", None, None)]),
    # the cut-off is not the grade
    ("Inferred resource of 60 Mt at a 0.5 g/t Au cut-off.", [("inferred", None, "60 Mt", None, None)]),
    (
        "Les réserves prouvées et probables totalisent 651 000 onces d'or à 11,1 g/t Au.",
        [("proven_probable", "Au", None, "11.1 g/t", "651000 oz")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities_with_their_category_and_metal(text: str, expected: list[Row]) -> None:
    claims = [c for c in _read(text) if c.kind is ClaimKind.QUANTITY]
    assert [
        (c.category and c.category.value, c.commodity, _q(c.tonnage), _q(c.grade), _q(c.contained)) for c in claims
    ] == expected


CHANGES = [
    ("Increased Tungsten Reserves by 6.30%, Contained Tungsten by 5.75%", ["6.30", "5.75"]),
    ("Silver Inferred Resources down 6% to 18 million oz", ["-6"]),
    ("Indicated resources show a 64-percent increase.", ["64"]),
    ("Les ressources présumées sont en hausse de 22 %.", ["22"]),
    ("Les ressources indiquées affichent une hausse de 28 % du tonnage.", ["28"]),
    ("Nickel resource grows 40%: 38.0 Mt Measured and Indicated at 0.62% Ni.", ["40"]),
    ("Reserve ounces declined 9% year-over-year, mostly because of depletion of 145,000 ounces.", ["-9"]),
    # growth of something else, a share, a rate
    ("Reserves support a 17% increase in revenues.", []),
    ("The resource is 87% Measured and Indicated.", []),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_changes_of_an_estimate_are_signed(text: str, expected: list[str]) -> None:
    assert [str(c.percent.value) for c in _read(text) if c.percent] == expected


UP = ["increased by", "rose", "grew", "are up", "climbed", "advanced", "gained"]
DOWN = ["decreased by", "fell", "declined by", "are down", "slipped", "shrank by"]
HAUSSE = ["ont augmenté de", "sont en hausse de", "ont progressé de", "ont crû de"]
BAISSE = ["ont diminué de", "sont en baisse de", "ont reculé de", "ont baissé de"]


@pytest.mark.parametrize("percent", ["17%", "17 %", "17 per cent", "17 percent"])
def test_a_change_stays_one_whatever_the_verb_and_the_sign(percent: str) -> None:
    for verbs, value in ((UP, 17), (DOWN, -17)):
        for verb in verbs:
            assert [c.percent.value for c in _read(f"Indicated resources {verb} {percent}.") if c.percent] == [value], (
                verb
            )
    for verbs, value in ((HAUSSE, 17), (BAISSE, -17)):
        for verb in verbs:
            found = _read(f"Les ressources indiquées de la mine {verb} 17 % par rapport à 2020.")
            assert [c.percent.value for c in found if c.percent] == [value], verb


OUNCES = ["1.85 million ounces", "1,850,000 ounces", "1.85 Moz", "1.85Moz", "1,850 koz", "1.85 million oz"]
ROCK = ["42.3 million tonnes", "42.3 Mt", "42.3Mt", "42,300,000 tonnes", "42,300 kt"]
STATED = [
    "Measured and Indicated Resources total {rock} grading 1.36 g/t gold for {ounces} of gold.",
    "M&I Resources: {rock} @ 1.36 g/t Au ({ounces} Au)",
    "{ounces} of gold in the Measured & Indicated category ({rock} averaging 1.36 g/t gold)",
    "An estimated {rock} of measured and indicated resources at 1.36 grams per tonne gold contain {ounces} of gold.",
]


@pytest.mark.parametrize("sentence", STATED)
def test_a_quantity_stays_one_however_its_figures_are_printed(sentence: str) -> None:
    for ounces in OUNCES:
        for rock in ROCK:
            (claim,) = _read(sentence.format(rock=rock, ounces=ounces))
            assert (claim.category, claim.commodity, _q(claim.grade)) == (Category.MEASURED_INDICATED, "Au", "1.36 g/t")
            assert claim.tonnage is not None
            assert claim.contained is not None
            in_kilograms = (claim.tonnage.canonical, claim.contained.canonical)
            assert in_kilograms == (Decimal(42_300_000_000), Decimal("57541.43208"))


LIVES = [
    ("The reserve supports an 18-year mine life.", ["18"]),
    ("It extends mine life to 9 years.", ["9"]),
    ("The mine will operate for 16 years based on its reserves.", ["16"]),
    ("La mine sera exploitée pendant 8 ans et produira 70 000 onces par année.", ["8"]),
    ("Mine life increases from 10 to 14 years.", ["14"]),
    ("The mine life is 14+ years.", ["14"]),
    ("La mine sera en production pendant 14 ans.", ["14"]),
    # by how much it is extended is not how long it is
    ("It extends the mine life by 2.6 years.", []),
    ("The life of mine is 11.5 years, with payback in 2.3 years.", ["11.5"]),
    ("Reserves suffice for a mine life of eight years.", ["8"]),
    ("La durée de vie de la mine est de 19,6 ans selon les réserves de la société.", ["19.6"]),
]


@pytest.mark.parametrize(("text", "expected"), LIVES)
def test_mine_life_in_years(text: str, expected: list[str]) -> None:
    assert [str(c.years.value) for c in _read(text) if c.years] == expected


@pytest.mark.parametrize("digits", ["2,760,00", "12,9041"])
def test_a_number_that_cannot_be_read_is_kept_without_a_value(digits: str) -> None:
    (claim,) = _read(f"Indicated resources total {digits} tonnes grading 4.31 g/t Au.")
    assert (claim.malformed, claim.tonnage, _q(claim.grade)) == (digits, None, "4.31 g/t")


@pytest.mark.parametrize(
    "text",
    [
        "Hole A-12 intersected 12 metres grading 4.5 g/t Au outside the resource.",
        "The Exploration Target of 60 Mt at 0.5% CuEq is conceptual; it is no resource.",
        "Annual production is 26 Moz of silver from the reserves.",
        "Production was 12,000 ounces of gold.",
        "The reserves give an annual output of 5.8 million tonnes of concentrate.",
        "The reserves are mined at 9,000 tonnes per day.",
        "We drilled 32,000 metres and increased the Inferred Resource by 310,000 ounces.",
    ],
)
def test_drilling_targets_and_production_are_no_claims(text: str) -> None:
    assert _read(text) == ()


def test_an_item_is_about_what_stands_above_its_list() -> None:
    claims = _read(
        "- Proven and Probable Reserves of 2.7 Moz, including: - 1.6 million gold ounces - 71 million silver ounces"
    )
    assert [(c.category, c.commodity) for c in claims[1:]] == [
        (Category.PROVEN_PROBABLE, "Au"),
        (Category.PROVEN_PROBABLE, "Ag"),
    ]


def test_the_tonnage_of_metal_may_stand_in_brackets_or_behind_its_grade() -> None:
    (bracketed,) = _read(
        "3.2 million ounces of gold in the Indicated category (68.0 Mt at 1.46 g/t) are near the mine."
    )
    (behind,) = _read("Inferred Resources of 61 million lbs U3O8 at 0.11% are contained in 25.2 million tonnes.")
    assert [_q(bracketed.tonnage), _q(bracketed.grade)] == ["68.0 Mt", "1.46 g/t"]
    assert [_q(behind.tonnage), _q(behind.grade)] == ["25.2 Mt", "0.11 %"]


def test_a_rate_of_milling_keeps_no_grade_out() -> None:
    claims = _read("Probable Reserves of 31.2 Mt at 0.94% Cu and 0.31 g/t Au last 9 years at 9,000 tonnes per day.")
    assert [(c.commodity, _q(c.grade)) for c in claims if c.tonnage] == [("Cu", "0.94 %"), ("Au", "0.31 g/t")]


def _read(text: str) -> tuple[Claim, ...]:
    return read_claims(document(text), ())


def _q(quantity: Quantity | None) -> str | None:
    return f"{quantity.figure.value} {quantity.unit.symbol}" if quantity else None


def test_values_are_exact() -> None:
    (claim,) = _read("Inferred resources of 0.1 Mt at 0.3% Cu.")
    assert claim.grade is not None
    assert claim.grade.figure.value == Decimal("0.3")
