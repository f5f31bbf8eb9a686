from __future__ import annotations

import pytest

from extractors.lexicon import lexicon
from extractors.mending import _WORDS, mended


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("Tonnag e", "Tonnage"),
        ("Containe d gold (koz)", "Contained gold (koz)"),
        ("Indicate d", "Indicated"),
        ("Classificatio n", "Classification"),
        ("Tonnes kt", "Tonnes kt"),  # a unit below the word
        ("Grade or", "Grade or"),
        ("Total la Mina", "Total la Mina"),  # both parts are words
        ("ProbableReserves", "Probable Reserves"),
        ("indicatedresources", "indicated resources"),
        ("TotalMeasured", "Total Measured"),
        ("TotalM+I", "Total M+I"),
        ("Provenand ProbableMineralReservesas of", "Proven and Probable Mineral Reserves as of"),
        ("OncesContenues", "Onces Contenues"),
        ("Classification", "Classification"),  # begins with a word, and is one
        ("Goldfields Total", "Goldfields Total"),  # a name that begins with a word
        ("Tocantinzinh o", "Tocantinzinh o"),  # a name is left as it stands
    ],
)
def test_a_word_of_the_vocabulary_that_a_cell_broke_is_whole_again(printed: str, whole: str) -> None:
    assert mended(printed) == whole


@pytest.mark.parametrize("name", _WORDS)
def test_a_word_is_parted_by_every_vocabulary_whose_words_begin_it(name: str) -> None:
    words = lexicon(name)
    begun = [text for entry in words.entries for text in entry.examples if text.isalpha() and words.whole(text)]
    assert begun
    assert all(words.may_stand_in(f"{text}zz") for text in begun)


def test_a_word_in_another_form_of_its_signs_can_stand_in_a_text() -> None:
    """Guards words whose case counts: their cores are looked for as printed, and a lowered digit is one."""
    words = lexicon("commodities")
    assert [hit.means for hit in words.find("₄E")] == ["4E"]
    assert words.may_stand_in("₄E")
