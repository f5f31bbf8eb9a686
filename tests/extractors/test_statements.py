"""Standard statements, equivalents and the issuer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.equivalence import read_equivalences
from extractors.issuer import document_type_of, read_issuer
from extractors.statements import read_statements
from models.disclosure import DocumentType, Price
from tests.extractors.documents import document

STATEMENTS = [
    ("Mineral Resources are inclusive of Mineral Reserves.", [("inclusive", True)]),
    ("Resources exclude reserves.", [("inclusive", False)]),
    ("Les ressources incluent les réserves.", [("inclusive", True)]),
    ("Resources that are not reserves do not have demonstrated economic viability.", [("economic_viability", True)]),
    ("Totals may not add due to rounding.", [("rounding", True)]),
    # a rounded cut-off says nothing of the table's figures
    ("The rounded cut-off grade is 4.25 g/t Au.", []),
]


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_standard_sentences(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(s.about.value, s.value) for s in read_statements(document(text))] == expected


def test_an_equivalent_has_its_formula_prices_and_recoveries() -> None:
    (found,) = read_equivalences(
        document(
            "CuEq = Cu + 0.613 x Au",
            "Prices: US$4.20/lb Cu and US$2,200/oz Au.",
            "Recoveries: 98% Cu and 93% Au.",
        )
    )
    assert (found.commodity, found.formula) == ("CuEq", "CuEq = Cu + 0.613 x Au")
    assert dict(found.prices) == {"Cu": Price(Decimal("4.20"), "USD", "lb"), "Au": Price(Decimal(2200), "USD", "oz")}
    assert dict(found.recoveries) == {"Cu": Decimal("0.98"), "Au": Decimal("0.93")}


ISSUERS = [
    (
        "May 1, 2020 – Tall Pine Mines Inc. (“Tall Pine” or the “Company”) (TSX-V: TPM) today announced",
        "Tall Pine Mines Inc.",
        ("TSX-V:TPM",),
    ),
    ("Tall Pine Mines Ltd. (TSX:TPM, NYSE:TP)", "Tall Pine Mines Ltd.", ("TSX:TPM", "NYSE:TP")),
    # two exchanges share a symbol
    (
        "VANCOUVER, May 1, 2020 -- Tall Pine Corp. (TSX and NYSE: TPM) reports",
        "Tall Pine Corp.",
        ("TSX:TPM", "NYSE:TPM"),
    ),
    # no ticker, and a name without a legal form
    ("6 mai 2020 – Mines Grand Pin ltée annonce une estimation", "Mines Grand Pin ltée", ()),
    ("May 1, 2020 – Tall Pine Mines reports on its project.", "Tall Pine Mines", ()),
]


@pytest.mark.parametrize(("text", "name", "tickers"), ISSUERS)
def test_the_issuer_and_its_tickers(text: str, name: str, tickers: tuple[str, ...]) -> None:
    issuer = read_issuer(document("A NEW RESOURCE ESTIMATE", text))
    assert (issuer.name, issuer.tickers, issuer.title) == (name, tickers, "A NEW RESOURCE ESTIMATE")


def test_the_headlines_short_name_gives_way_to_the_full_one() -> None:
    release = document("Tall Pine reports larger reserves", "May 1, 2020 – Tall Pine Mines reports on its project.")
    assert read_issuer(release).name == "Tall Pine Mines"


def test_the_project_and_the_kind_of_document() -> None:
    release = document(
        "Tall Pine grows", "May 1, 2020 – Tall Pine Mines Inc. announces an estimate for the Birch Hill Project."
    )
    assert read_issuer(release).project == "Birch Hill"
    assert document_type_of(release) is DocumentType.NEWS_RELEASE


# The words after a French mine or project, and the name that they begin with.
FRENCH: list[tuple[str, str]] = [
    ("Réserves de la mine Aulne à la fin de 2021", "Aulne"),  # small letters go on with the sentence
    ("Forage au projet L’Aulne au nord de la ville", "L’Aulne"),
    ("Le point sur le projet Lac Noir Ouest.", "Lac Noir Ouest"),
    ("Ressources du gisement Pointe des Aulnes", "Pointe des Aulnes"),
]


@pytest.mark.parametrize(("printed", "project"), FRENCH)
def test_a_french_project_ends_where_its_sentence_goes_on(printed: str, project: str) -> None:
    assert read_issuer(document(printed, "Mines d’Or Boréal inc. annonce ses résultats.")).project == project
