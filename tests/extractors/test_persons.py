"""People: who answers for the content and who is only named, with credentials, firm and independence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.names import find_names
from extractors.people_mentions import _alone
from extractors.persons import read_persons
from models.disclosure import Issuer
from tests.extractors.documents import document
from tests.extractors.grids import document as with_tables
from tests.extractors.grids import grid

ISSUER = Issuer("Tall Pine Mines Ltd.")

NAMES = [
    ("Anna B. Roe, P.Geo.", "Anna B. Roe", ("P.Geo.",)),
    ("Dr. T. O'Shea, Jr., Ph.D., P. Eng.", "T. O'Shea, Jr.", ("Ph.D.", "P. Eng.")),
    ("Lars van der Meer, MSc, EurGeol", "Lars van der Meer", ("MSc", "EurGeol")),
    ("Jean-Rock Bon, ing., M. Sc.", "Jean-Rock Bon", ("ing.", "M. Sc.")),
    # a grade with its chartered status is one credential, a status behind another letter is its own
    ("Ian Vale, FAusIMM (CP), MAIG", "Ian Vale", ("FAusIMM (CP)", "MAIG")),
    ("Ian Vale, MAusIMM CP(Geo)", "Ian Vale", ("MAusIMM", "CP(Geo)")),
    # a given name that is spelled like a degree
    ("Bing Liu, P.Eng.", "Bing Liu", ("P.Eng.",)),
    # particles bound and free, a saint, a Gaelic name
    ("M. Jean-Luc d'Amours, P.Geo.", "Jean-Luc d'Amours", ("P.Geo.",)),
    ("Ana Ruiz de Prado, MAIG", "Ana Ruiz de Prado", ("MAIG",)),
    ("Dr. Emma J. St. Clair, P.Geo.", "Emma J. St. Clair", ("P.Geo.",)),
    ("Donal Mac Giolla, EurGeol", "Donal Mac Giolla", ("EurGeol",)),
    # several particles, a surname printed first, initials joined, an initial that is a title in French only
    ("María José de los Ríos Vega, QP", "María José de los Ríos Vega", ("QP",)),
    ("reviewed by Roe, Anna B., P.Geo.", "Roe, Anna B.", ("P.Geo.",)),
    ("A.-M. Roy, ing.", "A.-M. Roy", ("ing.",)),
    ("written by M. de Wit, Pr.Sci.Nat.", "M. de Wit", ("Pr.Sci.Nat.",)),
    ("written by M. Roe, P.Eng.", "M. Roe", ("P.Eng.",)),
    ("rédigé par M. Luc Roy, ing.", "Luc Roy", ("ing.",)),
    # the signature above the signer's line
    ("Ian Vale Ian Vale, P.Eng.", "Ian Vale", ("P.Eng.",)),
    # the letters of an office are no credential
    ("Anna Roe, P.Eng., COO.", "Anna Roe", ("P.Eng.",)),
    # letters behind the office, a clipped given name, titles spelled out
    ("Anna Roe, Geotechnical Director and P.Geo., is the QP", "Anna Roe", ("P.Geo.",)),
    ("Anna Roe, Chief Operating Officer, P.Eng., is the QP", "Anna Roe", ("P.Eng.",)),
    ("together with Mr. Wm. J. Lewis-Hart, P.Geo.", "Wm. J. Lewis-Hart", ("P.Geo.",)),
    ("Monsieur Luc Roy, ing.", "Luc Roy", ("ing.",)),
    # an elided "d'" that belongs to the words before
    ("sous la direction d'Hélène Roy-Dubé, ing.", "Hélène Roy-Dubé", ("ing.",)),
    # registry numbers, provinces and orders are no credentials
    ("Ian Vale, CPG #10001, P.Geo. (BC & ON)", "Ian Vale", ("CPG", "P.Geo.")),
]


@pytest.mark.parametrize(("text", "name", "credentials"), NAMES)
def test_a_name_is_found_with_its_letters(text: str, name: str, credentials: tuple[str, ...]) -> None:
    found = find_names(text)[0]
    assert (found.text, found.credentials) == (name, credentials)


@pytest.mark.parametrize(
    "text", ["Mineral Resource Estimate", "Pick Lake Mine", "Kaiser Peak Metals", "QUALIFIED PERSON"]
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert find_names(text) == []


ANSWERS = [
    # said to be qualified, to have approved, to have written, to answer for
    ("This release was approved by Anna Roe, P.Geo., a Qualified Person.", ["Anna Roe"]),
    ("Anna Roe, P.Geo., and Ian Vale, P.Eng., prepared the mineral resource estimate.", ["Anna Roe", "Ian Vale"]),
    ("The QPs for the report are: Anna Roe, P.Geo. (geology) and Ian Vale, P.Eng. (mining).", ["Anna Roe", "Ian Vale"]),
    ("I, Ian Vale, P.Eng., do hereby certify that:", ["Ian Vale"]),
    ("L'estimation des ressources a été préparée par M. Luc Roy, géo., de Géo inc.", ["Luc Roy"]),
    # a person without letters counts where the sentence puts a name there
    ("The estimates were prepared by Anna Roe, an independent consultant.", ["Anna Roe"]),
    # quoted, to be called, helping, a trainee, a competent person, a new director
    ('"We are pleased with this resource," said Ian Vale, President and CEO.', []),
    ("For further information please contact: Ian Vale, P.Eng., Vice President", []),
    ("Ian Vale, P.Geo., joined the board of directors.", []),
    ("The information was compiled by Mr. Ian Vale, a Competent Person under the JORC Code.", []),
    ("Lu et approuvé par A. Roy, géo. stag., puis par Lise Côté, géo., personne qualifiée.", ["Lise Côté"]),
    # a firm named like a person, a street, a royalty's holder, one of the past
    ("The resource was estimated by Fiona Grant of Grant Geostatistics, a QP.", ["Fiona Grant"]),
    ("Approved by Anna Roe, P.Geo., a director of Kwena Platinum (Pty) Ltd and a Qualified Person.", ["Anna Roe"]),
    ("Anna Roe, P.Geo., of 1111 Rue St-Charles, is a Qualified Person.", ["Anna Roe"]),
    ("The estimate was prepared by Anna Roe, P.Geo., and reviewed by Ian Vale, who is not a QP.", ["Anna Roe"]),
    ("Mr. Ed Holub, a former qualified person of the Company, retired.", []),
    ("During Mr. Vale's tenure he was responsible for 30 million ounces of resources.", []),
    # a supervisor helps, unless the sentence goes on to call him qualified
    ("Resources were estimated under the supervision of Anna Roe, P.Geo., a Qualified Person.", ["Anna Roe"]),
    ("The QPs are G. Cole, (P.Geo) of Rock Inc. and S. Casas, of Geo SAC.", ["G. Cole", "S. Casas"]),
    ("By Qualified Persons J.M. Shannon (P.Geo) and B. Tell (P.Eng.): the report.", ["J.M. Shannon", "B. Tell"]),
    # a sentence that ends in a colon heads a list; a bare name that a sentence is about; two surnames of one title
    ("Ian Vale, Member of the Chilean Mining Commission, is the QP who supervised the report.", ["Ian Vale"]),
    ("The reserve was estimated by Messrs. Roe and Vale. Anna Roe and Ian Vale are QPs.", ["Anna Roe", "Ian Vale"]),
    ("Anna Roe, P.Geo., wrote section 4. Ian Vale, P.Eng., did the rest. Both are QPs.", ["Anna Roe", "Ian Vale"]),
    # a list behind its own heading, in both languages; a statement about both behind a semicolon
    ("Authors: Anna Roe, P.Geo. (Rock Ltd.); Ian Vale, P.Eng. (Rock Ltd.)", ["Anna Roe", "Ian Vale"]),
    ("Auteurs du rapport : Luc Roy, géo. - sections 1 à 12; Lise Côté, ing. - section 14", ["Luc Roy", "Lise Côté"]),
    ("The content was reviewed by Anna Roe, MAIG, and Ian Vale, MAIG; both are QPs.", ["Anna Roe", "Ian Vale"]),
    # responsibility, guidance and items; a label that names the matter; a heading's first item in its own paragraph
    ("All technical information is the responsibility of Anna Roe, MAIG, a director.", ["Anna Roe"]),
    ("The technical information was prepared under the guidance of Anna Roe, MAIG.", ["Anna Roe"]),
    ("Items 1 to 12 were authored by Anna Roe, P.Geo., and Item 13 by Ian Vale, P.Eng.", ["Anna Roe", "Ian Vale"]),
    ("Reserves: Ian Vale, P.Eng.; Resources: Anna Roe, P.Geo.", ["Ian Vale", "Anna Roe"]),
    ("Mr. Ian Vale EurGeol has verified the data disclosed.", ["Ian Vale"]),
    ("Je, soussignée, Anne Roy, géo., certifie que :", ["Anne Roy"]),
    # to have reviewed what is disclosed answers for it; to have reviewed a report, or estimated long ago, does not
    ("The technical content was reviewed by Anna Roe, P.Geo.", ["Anna Roe"]),
    ("Anna Roe, P.Geo., wrote the report. It was reviewed by Ian Vale, P.Eng., of Rock Ltd.", ["Anna Roe"]),
    ("The historical resource was prepared in 1988 by Dr. E. Kowal, P.Eng., and is not current.", []),
    # a title and a surname with its particle are the person named in full
    ("Mr. Van Tassel is a geologist. Peter Van Tassel, P.Geo., is the Qualified Person.", ["Peter Van Tassel"]),
    # places, and firms' short names, beside those of whom a plural speaks
    (
        "Resources at Arroyo Blanco and estimates at Pine Butte were prepared by Ms. Anna Roe, MAIG. Both are QPs.",
        ["Anna Roe"],
    ),
    ("Oil & Gas Companies rely on Anna Roe, MAIG, a qualified person.", ["Anna Roe"]),
    # a contact's line does not keep out who is called qualified beside it
    ("Contact: Warren Tisdale, President. Qualified Person: Edna Folau, P.Geo.", ["Edna Folau"]),
    # nobody is named
    ("The Qualified Persons have verified the data disclosed.", []),
    ("The MRE was prepared by Some Consulting Inc. under NI 43-101.", []),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_only_who_answers_for_the_content_is_a_person(text: str, expected: list[str]) -> None:
    assert [p.name for p in read_persons(document("A release", text), ISSUER)] == expected


LETTERS = [
    *("P.Geo.", "P. Geo.", "PGeo", "(P.Geo.)", "P.Eng.", "FAusIMM(CP)", "MAIG", "RM SME", "CPG", "EurGeol", "MIMMM"),
    *("Pr.Sci.Nat.", "FSAIMM", "CEng", "géo.", "ing.", "M.Sc., P.Geo.", "P.Geo. (OGQ #123)", "QP (MMSA)"),
]
SAID = [
    "{name}, a Qualified Person as defined by NI 43-101, has {verb} the technical information in this release.",
    "The technical information in this news release has been {verb} by {name}, who is a Qualified Person.",
    "The QP for the MRE is {name}.",
    "Mr. {name}, has {verb} the scientific and technical content of this MD&A.",
    "Le contenu technique a été vérifié sous la supervision de {name}, personne qualifiée.",
    "La personne qualifiée pour l'ERM est M. {name}.",
]


@pytest.mark.parametrize("letters", LETTERS)
def test_a_person_stays_found_whatever_the_letters_the_verb_and_the_language(letters: str) -> None:
    behind = letters if letters.startswith("(") else f", {letters}"
    for said in SAID:
        for verb in ("reviewed", "read and approved", "verified", "prepared", "validated"):
            text = said.format(name=f"Lars van der Meer{' ' * letters.startswith('(')}{behind}", verb=verb)
            assert [p.name for p in read_persons(document("A release", text), ISSUER)] == ["Lars van der Meer"], text


INDEPENDENCE = [
    ("The MRE was prepared by Anna Roe, P.Geo., of Rock Consulting Ltd., an independent Qualified Person.", True),
    ("Approved by Anna Roe, P.Geo., a Qualified Person. Ms. Roe is not independent of the Company.", False),
    # an office of the company denies it; a consultant's profession says nothing
    ("This release was approved by Anna Roe, P.Geo., VP Exploration of the Company and a Qualified Person.", False),
    ("This release was approved by Anna Roe, P.Geo., of Rock Consulting Ltd., a Qualified Person.", None),
    ("QPs: Anna Roe, P.Geo., and Ian Vale, P.Eng.; neither person is independent of the Company.", False),
    ("Luc Roy, géo., est la personne qualifiée et n'en est pas indépendant.", False),
    ("The QP is Anna Roe, P.Geo., who has been with the Company since 2015 as Vice President.", False),
    # a firm of one's own advises; an office at a mine is held with the company
    ("Ian Vale, CPG, President of Vale Exploration LLC, is the Qualified Person.", None),
    ("Anna Roe, P.Eng., General Manager of the Bluewater mine, is the Qualified Person.", False),
    # to be no employee of the Company is not to be independent of it, nor the contrary
    ("The QP is Anna Roe, P.Geo. Ms. Roe is not a director, officer or employee of the Company.", None),
    ("Anna Roe, P.Geo., member of the board of directors of the Company, is the QP.", False),
    # what a heading says of each; a firm's staff may be independent; a plural speaks of all
    (
        "The following QPs, each of whom is an employee of Slate Metals Corporation: Anna Roe, P.Geo., Geologist",
        False,
    ),
    ("The QPs are Anna Roe, MAIG, and Ian Vale, MAIG, employees of Rock and independent of the Company.", True),
    ("Rédigé par Luc Roy, géo., et Lise Côté, ing., à titre d'auteurs indépendants du rapport.", True),
    # an independent estimate says nothing of the person
    ("The independent estimate was prepared by Anna Roe, P.Geo., a Qualified Person.", None),
    ("Mme Anna Roy, géo., de Géo inc., est une personne qualifiée indépendante; elle a préparé l'estimation.", True),
]


@pytest.mark.parametrize(("text", "expected"), INDEPENDENCE)
def test_independence_is_what_the_document_says(text: str, expected: bool | None) -> None:
    assert {p.independent for p in read_persons(document("A release", text), ISSUER)} == {expected}


FIRMS = [
    ("The QP is Anna Roe, P.Geo., of Rock Consulting (Canada) Ltd.", "Rock Consulting (Canada) Ltd."),
    ("Anna Roe, P.Geo. (Rock Systems Ltd.), a Qualified Person, prepared the report.", "Rock Systems Ltd."),
    ("Anna Roe, P.Geo., Chief Geologist, Tall Pine, is a Qualified Person.", "Tall Pine"),
    ("Estimates were done by Rock Consulting (Anna Roe, P.Geo.), a Qualified Person.", "Rock Consulting"),
    ("I, Anna Roe, P.Eng., am employed as Principal Engineer by Rock Mine Design Inc.", "Rock Mine Design Inc."),
    ("Anna Roe, P.Geo., has verified the data. She is employed by Pohja Oy and is independent.", "Pohja Oy"),
    ("The QPs are: from Rock Group, Anna Roe, P.Eng. (costs) and Ian Vale, P.Eng. (mining).", "Rock Group"),
    (
        "The estimate was prepared by Anna Roe, P.Geo., an independent Qualified Person with Vale Geological.",
        "Vale Geological",
    ),
    ("Sable Point's Vice President, Exploration, Anna Roe, P.Geo., also a QP, approved this.", "Sable Point"),
    ("QP: Anna Roe, P.Geo., Associate Geologist, Keystone Block Modelling Ltd.", "Keystone Block Modelling Ltd."),
    (
        "Luc Roy, géo., et Lise Côté, ing., respectivement vice-président et directrice principale de Nickel Sud inc., "
        "ont approuvé l'information technique.",
        "Nickel Sud inc.",
    ),
    ("L'étude a été réalisée par la firme Orbec, sous la direction d'Hélène Roy, ing., personne qualifiée.", "Orbec"),
    (
        "The following persons of Slate Limited, each of whom is a QP: Anna Roe, P.Eng., Manager (mining)",
        "Slate Limited",
    ),
    ("The estimate was prepared by Anna Roe, P.Geo., of P&L Inc. of Brampton, Ontario.", "P&L Inc."),
    ("Anna Roe, P.Eng., Principal Mine Engineer for Ridge Ltd., an independent QP, wrote this.", "Ridge Ltd."),
    ("A. Roe, P.Geo., and I. Vale, P.Eng., wrote the report. They are both employed by Rock Ltd.", "Rock Ltd."),
    ("The report was written by A. Roe, MAIG, Manager of Tin Co, and I. Vale, MAIG, its Vice President.", "Tin Co"),
    # a firm before a colon, behind a French degree, with a form of other countries; a discipline is none
    ("Qualified Persons: Anna Roe, P.Eng., Metallurgy North Ltd.: mineral processing", "Metallurgy North Ltd."),
    (
        "La personne qualifiée est Luc Roy, ing., M. Ing., Ressources Minérales Nord ltée.",
        "Ressources Minérales Nord ltée",
    ),
    ("The QP is Ana Ruiz, FAusIMM, Andina Metalurgia S.A.C.", "Andina Metalurgia S.A.C."),
    ("The QP is Ana Ruiz, FAusIMM, of Minera Sur S.A. de C.V.", "Minera Sur S.A. de C.V."),
    ("Anna Roe, P.Eng., Metallurgy, is a Qualified Person for section 13.", None),
    # neither a mine, a body of professionals, the words of an office, nor a firm of the past
    ("Anna Roe, P.Eng., General Manager of the Bluewater operation, is a Qualified Person.", None),
    ("Anna Roe, QP(Geo) of the Chilean Mining Commission, is responsible for the resources.", None),
    ("The President and CEO, Ms. Anna Roe, P.Geo., who is a Qualified Person, prepared this release.", None),
    ("The QP is Anna Roe, P.Geo. Ms. Roe worked for Barrow Gold and was manager for Andes Copper.", None),
    # neither the company at large nor an issuer whom a consultant advises
    ("Anna Roe, P.Geo., Technical Director of the Company, is a Qualified Person.", None),
    ("Anna Roe, P.Geo., a consultant to Tall Pine, is a Qualified Person.", None),
]


@pytest.mark.parametrize(("text", "expected"), FIRMS)
def test_the_firm_is_the_one_beside_the_name(text: str, expected: str | None) -> None:
    assert {p.affiliation for p in read_persons(document("A release", text), Issuer("Grey Owl Inc."))} == {expected}


def test_a_certificate_speaks_of_the_one_who_signs_whomever_it_names() -> None:
    persons = read_persons(
        document(
            "I, Anna Roe, P.Geo., do hereby certify that:",
            "1. I am a Director and Principal Consultant of Slate Group Pty Ltd in Perth.",
            "2. I am responsible for the resource estimate by Ian Vale and Ed Holt, employees of Slate Group Pty Ltd.",
            "3. I am independent of the issuer.",
        ),
        ISSUER,
    )
    assert [(p.name, p.affiliation, p.independent) for p in persons] == [("Anna Roe", "Slate Group Pty Ltd", True)]


def test_all_names_of_a_list_share_the_firm_behind_the_last() -> None:
    text = "Each of Anna Roe, P.Geo., Ian Vale, P.Eng. and Ed Holt, MAIG, of Rock Consulting, prepared the report."
    assert {p.affiliation for p in read_persons(document("A release", text), ISSUER)} == {"Rock Consulting"}


def test_a_closing_sentence_speaks_of_the_whole_list() -> None:
    persons = read_persons(
        document(
            "Qualified Persons:", "- Anna Roe, P.Geo.", "- Ian Vale, P.Eng.", "Each is independent of the Company."
        ),
        ISSUER,
    )
    assert [(p.name, p.independent) for p in persons] == [("Anna Roe", True), ("Ian Vale", True)]


def test_a_given_name_that_is_printed_once_is_kept() -> None:
    persons = read_persons(
        document("The QP is A. Roe, P.Geo.", "The estimate was approved by Anna Roe, P.Geo., a Qualified Person."),
        ISSUER,
    )
    assert [p.name for p in persons] == ["Anna Roe"]


def test_who_is_competent_under_jorc_does_not_count() -> None:
    persons = read_persons(
        document("The resource was compiled by Mr. Ian Vale, Managing Director. Mr. Vale is a Competent Person."),
        ISSUER,
    )
    assert persons == ()


def test_a_surname_alone_is_the_person_named_before() -> None:
    persons = read_persons(
        document("The estimate was prepared by Anna Roe, P.Geo.", "Ms. Roe is an independent qualified person."), ISSUER
    )
    assert [(p.name, p.independent) for p in persons] == [("Anna Roe", True)]


def test_a_heading_makes_those_listed_below_it_answer() -> None:
    persons = read_persons(document("Qualified Persons", "• Anna Roe, P.Geo., Rock Ltd.", "• Ian Vale, P.Eng."), ISSUER)
    assert [p.name for p in persons] == ["Anna Roe", "Ian Vale"]


def test_a_sentence_that_ends_in_a_colon_heads_a_list() -> None:
    head = "The following Qualified Persons, each of whom is independent of the Company, have approved this release:"
    persons = read_persons(document("A release", head, "• Anna Roe, P.Geo., Rock Ltd. – Mineral Resources"), ISSUER)
    assert [(p.name, p.affiliation, p.independent) for p in persons] == [("Anna Roe", "Rock Ltd.", True)]


def test_the_others_are_those_whom_the_sentence_does_not_name() -> None:
    text = "QPs: Anna Roe, P.Geo.; Ian Vale, P.Eng. Mr. Vale is an employee; the others are independent."
    persons = read_persons(document("A release", text), ISSUER)
    assert [(p.name, p.independent) for p in persons] == [("Anna Roe", True), ("Ian Vale", False)]


def test_a_town_is_no_firm() -> None:
    text = (
        "I, Anna Roe, P.Geo., of Thunder Bay, Ontario, do hereby certify: I am employed as an engineer with Rock Ltd."
    )
    assert [p.affiliation for p in read_persons(document("A report", text), ISSUER)] == ["Rock Ltd."]


def test_a_table_says_who_answers_for_which_part_and_for_whom_he_works() -> None:
    table = grid(
        "Qualified Person | Company | Independent | Sections",
        "Anna Roe, P.Geo. | Rock & Co. Geoscience | Yes | 4 to 12, 14",
        "Ian Vale, P.Eng. | Tall Pine Mines Ltd. | No | 15, 16",
    )
    persons = read_persons(with_tables("A report", table), ISSUER)
    assert [(p.name, p.affiliation, p.independent, p.role) for p in persons] == [
        ("Anna Roe", "Rock & Co. Geoscience", True, "4 to 12, 14"),
        ("Ian Vale", "Tall Pine Mines Ltd.", False, "15, 16"),
    ]


def test_the_sentence_above_a_table_speaks_of_all_in_it() -> None:
    table = grid("Qualified Person | Employer", "Anna Roe, P.Eng. | Rock Ltd.", "Ian Vale, P.E. | Vale LLC")
    persons = read_persons(with_tables("The QPs, each of whom is independent of the Company, are:", table), ISSUER)
    assert [p.independent for p in persons] == [True, True]


def test_a_list_without_line_breaks_below_its_heading_names_all() -> None:
    lines = "Anna Roe, P.Geo., Rock Consulting – Sections 2, 14 and 23 Ian Vale, P.E., Vale LLC – Sections 15 and 16"
    persons = read_persons(document("A report", "TABLE 2.1 RESPONSIBILITY OF THE QUALIFIED PERSONS", lines), ISSUER)
    assert [p.name for p in persons] == ["Anna Roe", "Ian Vale"]


def test_an_item_that_runs_on_behind_another_is_listed_too() -> None:
    items = "– Luc Roy, ing., M. Ing., Métallurgie Sud ltée : traitement – Eva O'Neil, géo., Modèles GMC : ressources"
    persons = read_persons(document("Un rapport", "Les personnes qualifiées suivantes ont participé :", items), ISSUER)
    assert [(p.name, p.affiliation) for p in persons] == [
        ("Luc Roy", "Métallurgie Sud ltée"),
        ("Eva O'Neil", "Modèles GMC"),
    ]


def test_the_firm_behind_one_name_is_not_that_of_the_next() -> None:
    lines = "Anna Roe, P.Geo., Rock Consulting Inc. Ian Vale, FAusIMM"
    persons = read_persons(document("A report", "Qualified Persons:", lines), ISSUER)
    assert [(p.name, p.affiliation) for p in persons] == [("Anna Roe", "Rock Consulting Inc."), ("Ian Vale", None)]


def test_a_table_of_directors_names_nobody_who_answers() -> None:
    table = grid("Name | Position", "Anna Roe, P.Geo. | Director")
    assert read_persons(with_tables("The board", table), ISSUER) == ()


STACKS = [
    # below each signature, above the only name, a line that is no firm
    (
        ["Anna Roe, P.Geo.", "Rock Consulting Ltd.", "Ian Vale, P.Eng.", "Vale Engineering"],
        ["Rock Consulting Ltd.", "Vale Engineering"],
    ),
    (["Rock Consulting Ltd.", "Anna Roe, P.Geo."], ["Rock Consulting Ltd."]),
    (["Anna Roe, P.Geo.", "Senior Geologist", "Nordkap Mineral Consultants AB"], ["Nordkap Mineral Consultants AB"]),
    (["Anna Roe, P.Geo.", "March 4, 2021"], [None]),
    (["Tall Pine Mines Ltd. reports on its project", "Anna Roe, P.Geo."], [None]),
]


@pytest.mark.parametrize(("lines", "firms"), STACKS)
def test_the_firm_of_a_signature_stands_on_a_line_of_its_own(lines: list[str], firms: list[str | None]) -> None:
    persons = read_persons(document("A report", "Signed and sealed", *lines), Issuer("Grey Owl Inc."))
    assert [p.affiliation for p in persons] == firms


def test_what_a_person_answers_for_can_lead_his_name() -> None:
    text = "Mineral Reserves: Anna Roe, P.Eng., Rock Ltd. Metallurgy: Ian Vale, P.Eng., independent consultant"
    persons = read_persons(document("Qualified Persons", text), ISSUER)
    assert [(p.name, p.affiliation, p.role) for p in persons] == [
        ("Anna Roe", "Rock Ltd.", "Mineral Reserves"),
        ("Ian Vale", None, "Metallurgy"),
    ]


@given(st.text("ana-É ,1"), st.sampled_from(["a", "an", "ana", "ana-a", "É"]))
def test_a_surname_is_found_where_no_letter_and_no_hyphen_stands_beside_it(text: str, surname: str) -> None:
    pattern = rf"(?<![anÉ-]){re.escape(surname)}(?![anÉ-])"
    assert list(_alone(surname, text)) == [match.span() for match in re.finditer(pattern, text)]
