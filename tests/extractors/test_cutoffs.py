"""Cut-offs: which figures are, which are not, and what each applies to."""

from __future__ import annotations

import pytest

from extractors.cutoff_passages import may_state_cutoffs
from extractors.cutoffs import read_cutoffs
from extractors.lexicon import lexicon
from models.disclosure import Cutoff
from tests.extractors.documents import document
from tests.extractors.grids import document as with_tables
from tests.extractors.grids import grid

VALUES = [
    # the word before, behind, in brackets
    ("Resources are reported at a cut-off grade of 0.30% Cu.", [("0.30", "%", "Cu")]),
    ("The resource was estimated at a 3% Zn cut-off grade.", [("3", "%", "Zn")]),
    ("The resource is reported at a cut-off of 4.0% Cg, 13% more tonnes than in 2021.", [("4.0", "%", "C")]),
    ("Resources are reported at a cut-off grade of 100 ppm U(3)O(8).", [("100", "ppm", "U3O8")]),  # a newswire's digits
    ("Indicated resources (at a 6% zinc grade cutoff) total 3 Mt.", [("6", "%", "Zn")]),
    # several in a sentence, the unit and metal printed once
    (
        "Reserves use cut-off grades of 0.14%, 0.16% and 0.43% copper.",
        [("0.14", "%", "Cu"), ("0.16", "%", "Cu"), ("0.43", "%", "Cu")],
    ),
    # a list of figures with the unit behind the last
    (
        "Reserves use cut-off grades of 3.1, 2.8 and 4.0 g/t gold.",
        [("3.1", "g/t", "Au"), ("2.8", "g/t", "Au"), ("4.0", "g/t", "Au")],
    ),
    # the one metal of the sentence, by its price
    ("The reserve's cut-off grade is 0.12 g/t, assuming US$1,700/oz gold.", [("0.12", "g/t", "Au")]),
    ("Resources are constrained to blocks greater than 150 ppm U3O8.", [("150", "ppm", "U3O8")]),
    # like clauses, each with ore of its own; clauses that begin with the same words
    (
        "Indicated resources use a 5% Cg cut-off, while the inferred resources at the North Lens used 3.5% Cg.",
        [("5", "%", "C"), ("3.5", "%", "C")],
    ),
    (
        "The resource by cut-off: at 0.4 g/t Au, 31 Mt at 0.9 g/t; at 0.6 g/t Au, 22 Mt at 1.1 g/t.",
        [("0.4", "g/t", "Au"), ("0.6", "g/t", "Au")],
    ),
    # last year's value, an abbreviated equivalent, a value without the word in French
    ("Reserves: NSR cut-off US$ 19.80/t (2021: US$ 18.10/t).", [("19.80", "USD/t", None), ("18.10", "USD/t", None)]),
    (
        "À une teneur limite de 0,20 % Cu éq. (fosse) et 0,60 % Cu éq. (souterrain), les ressources atteignent 95 Mt.",
        [("0.20", "%", "CuEq"), ("0.60", "%", "CuEq")],
    ),
    ("Les ressources sont déclarées au-dessus de 3,0 g/t Au.", [("3.0", "g/t", "Au")]),
    # places in turn; a word in brackets says nothing of the grade before
    (
        "A cut-off of 3.0 g/t Au is used at Dome, 2.5 g/t Au at Hollow and 0.45 g/t Au at Kestrel.",
        [("3.0", "g/t", "Au"), ("2.5", "g/t", "Au"), ("0.45", "g/t", "Au")],
    ),
    ("Inferred resources: 14 Mt at 2.1% Zn (cut-off 1.2% Zn).", [("1.2", "%", "Zn")]),
    # metals joined or called combined are one sum, whichever side of the figure; a mere list is none
    ("The resource cut-off is 2.5% lead plus zinc.", [("2.5", "%", "Pb+Zn")]),
    ("The resource cut-off is 2.5% combined lead and zinc.", [("2.5", "%", "Pb+Zn")]),
    ("Resources are reported at a combined zinc and lead cut-off of 5%.", [("5", "%", "Pb+Zn")]),
    ("Resources are reported at a cut-off of 1.0 g/t Pt, Pd and Au combined.", [("1.0", "g/t", "PGE+Au")]),
    ("Resources are reported at a cut-off of 2% zinc and copper is a by-product.", [("2", "%", "Zn")]),
    ("La teneur de coupure des ressources est de 2,5 % plomb et zinc combinés.", [("2.5", "%", "Pb+Zn")]),
    ("Les ressources utilisent une teneur de coupure combinée en plomb et zinc de 5 %.", [("5", "%", "Pb+Zn")]),
    # one clause has none
    ("A 250 mg/L Li cut-off was applied to the resource; the reserve has no cut-off.", [("250", "mg/L", "Li")]),
    # the unit once, ahead of the values; the value before and after a change
    ("Resource cut-off grades (g/t Au): pit 0.35; underground 1.80.", [("0.35", "g/t", "Au"), ("1.80", "g/t", "Au")]),
    (
        "The cut-off grade of the resource was lowered from 4.0 g/t Au in 2021 to 3.1 g/t Au.",
        [("4.0", "g/t", "Au"), ("3.1", "g/t", "Au")],
    ),
    # what a cut-off without a figure is, behind the price that it derives from
    ("At a gold price of US$1,700/oz the cut-off of the resource is 0.5 g/t Au.", [("0.5", "g/t", "Au")]),
    # a noun behind the last figure of a list is that of all
    (
        "Resources are given at 100 g/t Ag (pit) and 175 g/t Ag (underground) cut-off grades.",
        [("100", "g/t", "Ag"), ("175", "g/t", "Ag")],
    ),
    # a table's number before a bracket is no figure that the bracket repeats
    ("Table 1: Resource (2g/t Au cut-off grade), rounded", [("2", "g/t", "Au")]),
    # a value per tonne has no metal
    ("Resources use an NSR cut-off of C$24/t.", [("24", "CAD/t", None)]),
    ("Resources lie above a US$9.50 per tonne NSR cut-off.", [("9.50", "USD/t", None)]),
    ("A $6.34 Net Smelter Return (NSR) cut-off bounds the resource.", [("6.34", "$/t", None)]),
    # printed per short ton and per tonne, or in two grade units: once
    ("An NSR value of $22.75 per ton ($25.08 per tonne) is the cutoff of the reserves.", [("25.08", "$/t", None)]),
    ("Resources use a cutoff grade of 0.003 oz/st Au (0.10 g/t Au).", [("0.003", "opt", "Au")]),
    # the unit after the metal; equivalents
    ("For the resource the cut-off grade is 93 AgEq g/t.", [("93", "g/t", "AgEq")]),
    # the grade beside a cut-off is none
    ("Inferred resources of 12 Mt grading 1.1 g/t gold at a cut-off grade of 0.4 g/t gold.", [("0.4", "g/t", "Au")]),
    ("Les ressources sont données à une teneur de coupure de 0,5 g/t Au.", [("0.5", "g/t", "Au")]),
    ("Les réserves le sont à un seuil de coupure de 0,15 % CuEq.", [("0.15", "%", "CuEq")]),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_stated_cutoffs_are_found(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(str(c.value.value), c.unit, c.commodity) for c in _read(text)] == expected


NONE = [
    # caps, in both languages
    "Samples were capped at 13.2% WO3 before the resource was estimated.",
    "Coupure de haute teneur des ressources à 0,5 % Nb2O5",
    # modelling thresholds and drill intercepts
    "Wireframes were built at an external cut-off of 0.4% WO3.",
    "A 2.8% Li2O threshold was used to control the estimation of high grades.",
    "Intervals use a 0.3 g/t Au cut-off with at most 3 m of internal dilution.",
    "Intercepts are reported using a 1.0 g/t cut-off grade.",
    "Core lengths are reported at a 0.3% Cu cut-off with up to 3 m of waste.",
    "Mineralized zones were composited at a 0.2 g/t Au cut-off over at least 2 m.",
    "Significant assays are reported above a 0.5 g/t cut-off.",
    "Les intervalles minéralisés ont été calculés avec une teneur de coupure de 0,5 g/t Au et une longueur de 3 m.",
    "Les longueurs rapportées le long de la carotte utilisent une teneur de coupure de 0,3 % Cu.",
    "Les moyennes pondérées des sondages sont présentées à une teneur de coupure de 0,4 g/t Au.",
    "Les résultats d'analyse ont été composités à une teneur de coupure de 0,25 % Cu.",
    # no cut-off, a date, costs, prices
    "No cut-off grade was applied: the whole leach pad will be processed.",
    "June 30, 2023 is the cut-off date of the data behind the resource.",
    "The cut-off grade of the resource assumes processing costs of $15.20/t and gold at US$1,650/oz.",
    "Resources lie above the cut-off grades of Table 14-4.",
    "Without a cut-off, the tailings resource is 4 Mt; operating costs are estimated at US$7.85/t.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_cutoff_is_none(text: str) -> None:
    assert _read(text) == ()


@pytest.mark.parametrize("means", ["cutoff", "threshold", "reported", "applied"])
def test_no_word_of_a_cutoff_is_passed_over(means: str) -> None:
    """The look at a paragraph before its sentences knows every word that can give a figure the role of a cut-off."""
    examples = [e for entry in lexicon("cutoff_words").entries if entry.means == means for e in entry.examples]
    assert [e for e in examples if not may_state_cutoffs(e)] == []


SCOPES = [
    # behind each value, before each value, in brackets
    (
        "Resources use a cut-off of 0.35 g/t Au for open pit and 1.8 g/t Au for underground.",
        [("open_pit",), ("underground",)],
    ),
    (
        "The open pit cut-off grade of the resource is 0.7 g/t and the underground one is 2 g/t.",
        [("open_pit",), ("underground",)],
    ),
    (
        "Cut-off grades of 0.25% CuEq (open pit) and 0.70% CuEq (underground) bound the resource.",
        [("open_pit",), ("underground",)],
    ),
    # the state of the ore beside where it lies, taken from the head of the sentence
    (
        "In-pit resources use cut-off grades of 2% Zn for the oxide and 3% Zn for the sulphide.",
        [("open_pit", "oxide"), ("open_pit", "sulphide")],
    ),
    # a clause without a cut-off names other ore
    ("Tailings resources have no cut-off, in-pit resources a 25 g/t Ag cut-off.", [("open_pit",)]),
    # where the ore lies, said by the next sentence; below the pit, in French
    (
        "Resource cut-off grades: oxide 0.2 g/t Au, sulphide 0.5 g/t Au. All of the material lies within a pit shell.",
        [("open_pit", "oxide"), ("open_pit", "sulphide")],
    ),
    ("Les ressources situées sous la fosse ont une teneur de coupure de 1,8 g/t Au.", [("underground",)]),
    # a place behind the last of several kinds of ore is that of all
    (
        "Resources use 0.3 g/t Au cut-offs for oxide and 0.5 g/t Au for sulphide within a pit shell.",
        [("open_pit", "oxide"), ("open_pit", "sulphide")],
    ),
    # stopes are underground
    ("Reserves use a cut-off of 12% ZnEq for long hole stoping.", [("underground",)]),
]


@pytest.mark.parametrize(("text", "expected"), SCOPES)
def test_each_cutoff_has_the_material_of_its_own_clause(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [tuple(sorted(m.value for m in c.scope.materials)) for c in _read(text)] == expected


def test_categories_and_zones_are_read_with_the_cutoff() -> None:
    (found,) = _read("At Pine Hill the indicated and inferred resources use a 2.2 g/t AuEq cut-off.")
    assert [c.value for c in found.scope.categories] == ["indicated", "inferred"]
    assert [t.value for t in found.scope.types] == ["resource"]


def test_respectively_pairs_names_with_values() -> None:
    found = _read("The Alder pit and Birch pit reserves use cut-off grades of 0.14% and 0.16% copper, respectively.")
    assert [c.scope.zones for c in found] == [("Alder",), ("Birch",)]


def test_items_below_a_head_line_share_its_categories() -> None:
    found = read_cutoffs(
        document(
            "- Proven + probable and inferred cut-off grades:",
            "- 0.07% WO3 for open pits",
            "- Re-processed tailings 0.04% WO3",
        ),
        (),
    )
    assert [str(c.value.value) for c in found] == ["0.07", "0.04"]
    assert [[c.value for c in f.scope.categories] for f in found] == [["proven_probable", "inferred"]] * 2
    assert [[m.value for m in f.scope.materials] for f in found] == [["open_pit"], ["tailings"]]


def test_a_range_keeps_both_ends() -> None:
    (found,) = _read("Reserves have cut-off grades of 2.30 g/t Au to 3.36 g/t Au.")
    assert found.value_max is not None
    assert (str(found.value.value), str(found.value_max.value)) == ("2.30", "3.36")


def test_a_cutoff_stated_twice_counts_once() -> None:
    found = read_cutoffs(
        document(
            "Table 1: open pit resources at a 0.4 g/t Au cut-off", "2. Resources use a cut-off grade of 0.40 g/t gold."
        ),
        (),
    )
    assert [[m.value for m in c.scope.materials] for c in found] == [["open_pit"]]


def test_the_forward_looking_text_is_not_read() -> None:
    assert read_cutoffs(document("Forward-looking statements", "Resources assume a cut-off of 1 g/t Au."), ()) == ()


def _read(text: str) -> tuple[Cutoff, ...]:
    return read_cutoffs(document(text), ())


TABLES = [
    # a row for each ore, a column for each ore, a table of estimates at several cut-offs, a label without a value
    (("Zone | NSR cut-off (US$/t)", "Upper Lens | 62", "Pine | 58"), [("62 US$/t", "USD/t"), ("58 US$/t", "USD/t")]),
    (("Item | Open Pit | Underground", "Cut-off grade (g/t Au) | 0.35 | 1.90"), [("0.35", "g/t"), ("1.90", "g/t")]),
    (("Deposit | Cut-off (% Cu) | Tonnes (kt)", "Pine | 0.2 | 500"), []),
    (("Item | Open Pit", "Break-even cut-off grade (g/t) | 0.31"), []),
]


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_tables_of_cutoffs_are_read(rows: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    found = read_cutoffs(with_tables("Parameters of the mineral resource estimate", grid(*rows)), ())
    assert [(c.value.printed, c.unit) for c in found] == expected


def test_a_value_of_a_table_is_for_the_ore_of_its_column() -> None:
    table = grid("Item | Open Pit | Underground", "Cut-off grade (g/t Au) | 0.35 | 1.90")
    found = read_cutoffs(with_tables("Parameters of the mineral resource estimate", table), ())
    assert [[m.value for m in c.scope.materials] for c in found] == [["open_pit"], ["underground"]]
    assert [[t.value for t in c.scope.types] for c in found] == [["resource"], ["resource"]]


def test_an_exception_lies_within_the_same_estimates() -> None:
    found = _read(
        "A cut-off of 2.6 g/t Au was used for underground reserves, except Deep Zone, where 4.0 g/t Au was used."
    )
    assert [(c.scope.zones, [m.value for m in c.scope.materials]) for c in found] == [
        ((), ["underground"]),
        (("Deep Zone",), ["underground"]),
    ]
