"""Strip ratio and mine life, where a release states what they follow from."""

from __future__ import annotations

import pytest

from extractors import extract
from models.document import Block, Cell, Document, Grid, Page, Paragraph
from pipeline.checks import assess

ROWS = (("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)"), ("Proven and Probable", "10,000", "2.00", "643"))


def grid(rows: tuple[tuple[str, ...], ...]) -> Grid:
    return Grid(tuple(Cell(text, row=r, column=c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def told(*texts: str, rows: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """What is found of the plan of a release with these sentences, and with a table of these rows."""
    printed: list[Block] = [
        Paragraph("Lynx Gold Corp. reports reserves of its Tabby project"),
        Paragraph(" ".join(texts)),
    ]
    more = (grid(rows),) if rows else ()
    blocks = (*printed, *more, Paragraph("Mineral reserves at Tabby"), grid(ROWS))
    document = Document("text/plain", (Page(),), blocks)
    return [f.message for f in assess(extract(document), document).findings if f.rule == "R-PLAN"]


# sentences, what is found of the strip ratio
STRIPPED = [
    (("The pit holds 40.2 million tonnes of ore and 120.5 million tonnes of waste, or a strip ratio of 3.0.",), None),
    (("It holds 40.2 million tonnes of ore and 120.5 million tonnes of waste.", "The strip ratio is 3.3:1."), "3.3"),
    (("Some 40 million tonnes of ore and 123 million tonnes of waste give a 3.1:1 strip ratio.",), None),  # to 3.13
    (("La fosse contient 40,2 millions de tonnes de minerai et 120,5 millions de tonnes de stériles.",
      "Le ratio de décapage est de 3,3."), "3,3"),
    (("La fosse contient 40,2 millions de tonnes de minerai et 120,5 millions de tonnes de stériles.",
      "Le ratio de décapage est de 3,0."), None),
    (("The strip ratio is 3.3:1.", "Waste of 120.5 million tonnes is moved."), None),  # no ore is stated
    (("Phase 1 has a strip ratio of 2.1:1 and phase 2 a strip ratio of 4.0:1.",
      "It holds 40.2 million tonnes of ore and 120.5 million tonnes of waste."), None),  # one of two
]  # fmt: skip


@pytest.mark.parametrize(("texts", "printed"), STRIPPED)
def test_strip_ratio(texts: tuple[str, ...], printed: str | None) -> None:
    found = told(*texts)
    assert len(found) == (printed is not None)
    assert all(message.startswith(f"strip ratio {printed}, but 120,500,000 t of waste over") for message in found)


@pytest.mark.parametrize(("ratio", "count"), [("3.0", 0), ("3.3", 1)])
def test_strip_ratio_of_a_table(ratio: str, count: int) -> None:
    rows = (("Ore mined (Mt)", "40.2"), ("Waste mined (Mt)", "120.5"), ("Strip ratio (waste:ore)", ratio))
    assert len(told(rows=rows)) == count


# sentences beside 10,000 kt of reserves, the years that they last at least; None: nothing is found
LASTING = [
    ("A throughput of 1,000,000 tonnes per year gives a mine life of 10 years.", None),
    ("A throughput of 1,000,000 tonnes per year gives a mine life of 9.6 years.", "10.0"),
    ("A throughput of 1.0 million tonnes per year gives a mine life of 9.6 years.", None),  # 1.04 Mt are 9.6 years
    ("A throughput of 1,000,000 tonnes per year gives a mine life of 12 years.", None),  # it starts up slowly
    ("The plant treats 2,740 tonnes per day over a mine life of 10 years.", None),
    ("The plant treats 2,740 tonnes per day over a mine life of 8 years.", "10.0"),  # on 366 days a year
    ("The plant treats 2,740 tonnes per day, 300 operating days per year, over a mine life of 11 years.", "12.2"),
    ("The plant treats 2,740 tonnes per day, then 5,480 tonnes per day, over a mine life of 8 years.", None),  # grows
    ("L'usine traite 2 740 tonnes par jour et la durée de vie de la mine est de 8 ans.", "10.0"),
    ("The plant treats 2,740 tonnes per day over a mine life of about 8 years.", None),  # says itself that it is rough
    ("The mine life is 8 years.", None),  # no throughput
]


@pytest.mark.parametrize(("text", "years"), LASTING)
def test_mine_life(text: str, years: str | None) -> None:
    found = told(text)
    assert len(found) == (years is not None)
    assert all(f"the 10,000 kt of Proven and Probable last {years} years at least" in message for message in found)


def test_figures_of_other_paragraphs_are_of_other_plans() -> None:
    """A technical report speaks of the pit, of a stockpile and of last year's waste."""
    texts = ("The strip ratio is 3.9:1.", "Last year 12 million tonnes of waste and 87,000 tonnes of ore were moved.")
    printed: list[Block] = [*map(Paragraph, texts), Paragraph("Mineral reserves at Tabby"), grid(ROWS)]
    document = Document("text/plain", (Page(),), tuple(printed))
    assert not [f for f in assess(extract(document), document).findings if f.rule == "R-PLAN"]


def test_what_the_legal_text_assumes_is_no_plan() -> None:
    text = "Assumptions include a throughput of 2,740 tonnes per day and a mine life of 8 years."
    legal = Paragraph(text)
    blocks = (Paragraph("Mineral reserves at Tabby"), grid(ROWS), Paragraph("Forward-looking information"), legal)
    document = Document("text/plain", (Page(),), blocks)
    assert not [f for f in assess(extract(document), document).findings if f.rule == "R-PLAN"]
