"""Every word of every vocabulary has an example that it matches, and no pattern stands without one."""

from __future__ import annotations

import pytest

from extractors.lexicon import Entry, Lexicon, compile_words, fold, lexicon, vocabularies

ENTRIES = [(name, entry) for name in vocabularies() for entry in lexicon(name).entries]


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=lambda v: v if isinstance(v, str) else v.means)
def test_every_example_is_found_with_its_meaning(name: str, entry: Entry) -> None:
    assert entry.examples
    for example in entry.examples:
        assert entry.means in lexicon(name).means(example), example


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=lambda v: v if isinstance(v, str) else v.means)
def test_every_pattern_has_an_example(name: str, entry: Entry) -> None:
    for words in entry.match:
        alone = compile_words(Entry(entry.means, (words,), (), (), entry.case))
        assert any(alone.search(fold(example)) for example in entry.examples), words


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=lambda v: v if isinstance(v, str) else v.means)
def test_what_must_not_match_does_not(name: str, entry: Entry) -> None:
    for text in entry.never:
        assert entry.means not in lexicon(name).means(text), text


def test_the_longest_word_wins_and_no_word_is_found_inside_another() -> None:
    words = Lexicon("t", (Entry("m", ("measured",), ()), Entry("mi", ("measured and indicated",), ())))
    assert [h.means for h in words.find("Measured  and Indicated; unmeasured; measured")] == ["mi", "m"]


def test_a_word_is_found_where_it_begins_and_nowhere_behind() -> None:
    words = Lexicon("t", (Entry("m", ("measured",), ()), Entry("mi", ("measured and indicated",), ())))
    text = "x measured and indicated"
    hit = words.longest_at(text, 2)
    assert hit is not None
    assert (hit.means, hit.start, hit.text) == ("mi", 2, "measured and indicated")
    assert words.longest_at(text, 0) is None


def test_folding_keeps_every_position() -> None:
    printed = "WO₃ – 1 226 ‘000"
    assert fold(printed) == "WO3 - 1 226 '000"
    assert len(fold(printed)) == len(printed)
