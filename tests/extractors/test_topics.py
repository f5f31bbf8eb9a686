"""Topics: no paragraph is passed over that speaks of one, whatever stands around it and however it is printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors import claims, cutoff_passages, equivalence, plans, prose, statements
from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon, vocabularies
from extractors.topics import Topic, blocks_about, blocks_holding
from models.document import Document, Grid, Paragraph

EXAMPLES = [
    Paragraph(written)
    for name in vocabularies()
    for entry in lexicon(name).entries
    for example in (*entry.examples, *entry.never)
    for written in (
        f"The 12 {example} eq = Au + Ag of 2020:",
        example.upper(),
        example.replace(" ", "\u00a0").replace("-", "‑"),
    )
]

Test = Callable[[str], object]


@pytest.mark.parametrize(
    ("topic", "speaks"),
    [
        (statements._STANDARD, lexicon("statements").find),
        (claims._CLAIMED, claims._may_claim),
        (cutoff_passages._CUTOFFS, cutoff_passages.may_state_cutoffs),
        (cutoff_passages._CUTOFFS, cutoff_passages._OPENS_LIST.match),
        (equivalence._PRICES, equivalence._MONEY.search),
        (equivalence._RECOVERIES, equivalence._RECOVERY_WORDS.search),
        (equivalence._FORMULAS, lambda text: equivalence._FORMULA.search(fold(text))),
        (equivalence._EQUIVALENTS, equivalence._MAY_NAME.search),
        (plans._PLANS, plans._SUBJECT.search),
        (prose._BOILERPLATE, lexicon("boilerplate").find),
    ],
)
def test_every_paragraph_that_speaks_of_a_topic_is_found(topic: Topic, speaks: Test) -> None:
    document = Document("text/plain", (), tuple(EXAMPLES))
    spoken = {index for index, paragraph in enumerate(EXAMPLES) if speaks(paragraph.base)}
    assert spoken
    assert topic.cores
    assert spoken <= blocks_about(document, topic)


def test_paragraphs_are_known_by_their_blocks_and_found_once() -> None:
    blocks = (
        Paragraph("Grades of ZINC"),
        Grid(()),
        Paragraph("zinc, then zinc"),
        Paragraph("İzinc"),
        Paragraph("none"),
    )
    assert blocks_about(Document("text/plain", (), blocks), Topic(regex.compile("zinc"))) == {0, 2, 3}


def test_paragraphs_that_hold_a_name_are_found_in_any_case() -> None:
    blocks = (Paragraph("Anna ROE"), Grid(()), Paragraph("by Roe"), Paragraph("Anna"))
    assert blocks_holding(Document("text/plain", (), blocks), "Roe") == {0, 2}


def test_a_topic_can_be_one_meaning_of_a_vocabulary() -> None:
    blocks = (Paragraph("a mine life of ten years"), Paragraph("an increase"))
    assert blocks_about(Document("text/plain", (), blocks), Topic("claim_words/life")) == {0}


def test_a_short_word_is_not_found_in_others() -> None:
    """Guards speed: "or" for gold in French stands in half of all English words."""
    blocks = (Paragraph("ore, or none"), Paragraph("ore of the north"), Paragraph("north\nor"), Paragraph("d'or"))
    assert blocks_about(Document("text/plain", (), blocks), Topic("commodities/Au")) == {0, 2, 3}


def test_of_a_pattern_without_a_core_every_paragraph_may_speak() -> None:
    blocks = (Paragraph("12"), Paragraph("twelve"))
    assert blocks_about(Document("text/plain", (), blocks), Topic(regex.compile(r"\d+"))) == {0, 1}
