"""Cores: one stands in every text that a pattern matches, so that no paragraph is passed over that a pattern finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import limited_regex as regex
from extractors.cores import EDGE, CoreIndex, cores_of, line_of, plain
from extractors.lexicon import Lexicon, compile_words, fold, lexicon, load_vocabularies, vocabularies

WORDS = [
    (entry, words)
    for name in vocabularies()
    for entry in lexicon(name).entries
    for words in entry.match
    if "(?<" not in words  # Hypothesis does not make what stands before a match
]


@pytest.mark.parametrize(
    ("pattern", "cores"),
    [
        ("cut-? ?off", {"cutoff", "cut-off", "cut off", "cut- off"}),  # what is short is spelt out
        ("resources?|ressources?", {"resource", "ressource"}),  # one core for singular and plural
        ("(?i:Réserves?) of", {"réserve of", "réserves of"}),  # letter case does not count
        ("l[’']once", {"l'once"}),  # nor the form of an apostrophe
        (r"mineral\s+resources?", {"mineral resource"}),  # white space is a blank
        (r"resources?[^.;]{0,80}? exclu", {"resource"}),  # the longest of what is required
        (r"\d{4}-x(?:ab|\d)", {"-x"}),  # a figure is no core, nor what may be one
        (r"(?:measured )+grade", {"measured "}),  # what is repeated stands there once
        (r"(?:measured )*grade", {"grade"}),  # what may be missing is not required
        (r"(?<=no )grade(?! x)", {"grade"}),  # what stands beside the match is no part of it
        (r"[A-Z]{2,}", None),  # no text is required: everything may match
        (r"gold|\d+", None),
        (r"gold(?", None),  # what the library cannot read may match everything
    ],
)
def test_the_cores_of_a_pattern(pattern: str, cores: set[str] | None) -> None:
    assert cores_of(pattern) == cores


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_every_text_that_a_word_of_a_vocabulary_matches_holds_one_of_its_cores(data: st.DataObject) -> None:
    entry, words = data.draw(st.sampled_from(WORDS))
    pattern = words.replace(" ?", r"\s*").replace(" ", r"\s+")
    flags = 0 if entry.case else regex.IGNORECASE
    text = data.draw(st.from_regex(_without_classes(pattern), alphabet=st.characters(codec="utf-8")))
    match = regex.search(pattern, " ".join(text.split()), flags)
    cores = cores_of(pattern)
    if match and cores is not None:
        assert any(core in plain(match.group()) for core in cores)


def _without_classes(pattern: str) -> str:
    """The pattern with the classes that Hypothesis does not know written as it knows them."""
    for theirs, ours in ((r"\p{Lu}", "A-Z"), (r"\p{Ll}", "a-z"), (r"\p{L}", "a-zé")):
        pattern = regex.sub(r"(\[[^\]]*)" + regex.escape(theirs), rf"\g<1>{ours}", pattern)
        pattern = pattern.replace(theirs, f"[{ours}]")
    return pattern


@pytest.mark.parametrize("name", vocabularies())
def test_every_example_of_a_vocabulary_holds_one_of_its_cores(name: str) -> None:
    for entry in lexicon(name).entries:
        found = [cores_of(words.replace(" ?", r"\s*").replace(" ", r"\s+")) for words in entry.match]
        if None not in found:
            for example in entry.examples:
                assert any(core in plain(" ".join(example.split())) for cores in found for core in cores or ())


@pytest.mark.parametrize("name", vocabularies())
def test_no_word_is_passed_over(name: str) -> None:
    words = lexicon(name)
    for example in (example for entry in words.entries for example in entry.examples):
        for text in (example, f"{example.upper()}\n{example} {'. ' * 60}"):
            patterns = [(entry.means, compile_words(entry)) for entry in words.entries]
            every = [(m.start(), means) for means, pattern in patterns for m in pattern.finditer(fold(text))]
            assert {(hit.start, hit.means) for hit in words.find(text)} <= set(every)
            assert bool(words.find(text)) == bool(every)


PIECES = st.text("abé d-", min_size=1, max_size=6)
LETTERS = st.text("abé", min_size=1, max_size=4)


@given(st.sets(PIECES), st.sets(LETTERS), st.text("abé d-1", max_size=30))
def test_an_index_finds_the_cores_that_stand_in_a_text_and_no_others(
    pieces: set[str], words: set[str], text: str
) -> None:
    line = line_of(text)
    held = CoreIndex([*pieces, *(f"{EDGE}{word}{EDGE}" for word in words)]).held_by(line)
    apart = {word for word in words if regex.search(rf"(?<!\p{{L}}){word}(?!\p{{L}})", line.text)}
    assert held == {piece for piece in pieces if piece in line.text} | {f"{EDGE}{word}{EDGE}" for word in apart}


@pytest.mark.parametrize(
    ("pattern", "cores"),
    [
        ("or|gold", {f"{EDGE}or{EDGE}", f"{EDGE}gold{EDGE}"}),  # "or" is not looked for in "ore"
        ("P\\.?G", {"p.g", f"{EDGE}pg{EDGE}"}),  # what has a point in it is no word
        ("golds?|gold ore", {f"{EDGE}gold{EDGE}", f"{EDGE}golds{EDGE}", "gold ore"}),  # a word's plural holds it not
        (r"grad\p{L}+", {"grad"}),  # what goes on is no whole word
    ],
)
def test_the_words_that_a_bounded_pattern_matches_are_looked_for_as_words(pattern: str, cores: set[str]) -> None:
    assert set(cores_of(pattern, bounded=True) or ()) == cores


@pytest.mark.parametrize("name", vocabularies())
def test_a_vocabulary_finds_with_all_others_what_it_finds_alone(name: str) -> None:
    load_vocabularies()
    alone = Lexicon(name, lexicon(name).entries)
    for entry in alone.entries:
        for text in (*entry.examples, *entry.never, f"The {' or '.join(entry.examples)}s."):
            assert lexicon(name).find(text) == alone.find(text)
