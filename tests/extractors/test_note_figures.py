"""The figures of notes: prices, recoveries, densities, dilution, exchange rates, minimum widths, and what is none."""

from __future__ import annotations

import pytest

from extractors.note_figures import figures_in
from models.disclosure import Language
from models.quote import Place

ENGLISH = [
    # prices by metal, in their unit; recoveries by metal, before and behind
    ("Gold price of US$1,800/oz and silver price of US$22.50/oz.", ["price 1800 USD/oz Au", "price 22.50 USD/oz Ag"]),
    ("Metal prices of US$4.20/lb Cu, US$1,750/oz Au.", ["price 4.20 USD/lb Cu", "price 1750 USD/oz Au"]),
    ("Recovery 90% for copper and 70% for gold.", ["recovery 90 % Cu", "recovery 70 % Au"]),
    ("It uses an 87% metallurgical recovery.", ["recovery 87 % None"]),
    ("Gold prices from US$1,600/oz to US$1,700/oz.", ["price 1600 USD/oz Au"]),
    # the one unit of money that a rate is for is no rate
    ("An exchange rate of US$0.78 per C$1.00.", ["exchange_rate 0.78 rate None"]),
    ("A US$/C$ exchange rate of 1:1.05.", ["exchange_rate 1.05 rate None"]),
    # density by its unit alone
    (
        "Specific gravity of 2.75 t/m3 for ore, 2.60 t/m3 for waste.",
        ["density 2.75 t/m3 None", "density 2.60 t/m3 None"],
    ),
    # a width, dilution at a grade, a mining recovery: each its own
    (
        "A minimum mining width of 1.5 m and external dilution of 10% at 0.3 g/t Au; mining recovery of 95%.",
        ["minimum_width 1.5 m None", "dilution 10 % None", "recovery 95 % None"],
    ),
    # cut-offs, costs, payables and discount rates are none of these
    ("A cut-off grade of 0.30% Cu, costs of US$12/t, 99.8% payable, a 5% discount rate.", []),
    ("Recovery was tested; the grade is 2.1% Cu.", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_each_figure_of_a_note_is_told_from_the_others(text: str, expected: list[str]) -> None:
    assert _found(text, Language.ENGLISH) == expected


def test_french_notes_state_the_same() -> None:
    text = "Prix de l'or de 1 800 $ US l'once, taux de change de 1,30, récupération de 93 %, largeur minimale de 2,1 m."
    assert _found(text, Language.FRENCH) == [
        "price 1800 USD/oz Au",
        "exchange_rate 1.30 rate None",
        "recovery 93 % None",
        "minimum_width 2.1 m None",
    ]


def test_a_range_keeps_both_ends() -> None:
    (found,) = figures_in("Gold prices from US$1,600/oz to US$1,700/oz.", Place(), Language.ENGLISH)
    assert found.figure_max is not None
    assert str(found.figure_max.value) == "1700"


def _found(text: str, language: Language) -> list[str]:
    return [f"{f.about} {f.figure.value} {f.unit} {f.commodity}" for f in figures_in(text, Place(), language)]
