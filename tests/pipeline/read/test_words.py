"""Glyphs to words: those printed twice are found wherever on the page they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.words import Glyphs, find_words


class _Letter(NamedTuple):
    text: str
    x0: float
    baseline: float
    size: float


_PLACES = st.floats(0, 70, width=32)
_LETTERS = st.builds(_Letter, st.sampled_from("ab"), _PLACES, _PLACES, st.sampled_from([4.0, 12.0]))
_SHIFTS = st.floats(-1.125, 1.125, width=32)


def _read(letters: Sequence[_Letter]) -> list[str]:
    x0 = np.array([letter.x0 for letter in letters])
    sizes = np.array([letter.size for letter in letters])
    baselines = np.array([letter.baseline for letter in letters])
    texts = np.array([letter.text for letter in letters], dtype=np.str_)
    glyphs = Glyphs(texts, x0, x0 + 0.5 * sizes, baselines, sizes, np.zeros(len(letters), dtype=bool))
    return sorted("".join(word.text for word in find_words(glyphs)))


def _are_over(letter: _Letter, other: _Letter) -> bool:
    is_near = abs(letter.x0 - other.x0) < min(1.0, 0.1 * letter.size) and abs(letter.baseline - other.baseline) < 1.0
    return letter.text == other.text and is_near


@given(st.lists(_LETTERS, min_size=1, max_size=30), st.data())
def test_a_glyph_is_left_out_if_an_earlier_one_stands_where_it_does(
    letters: list[_Letter], data: st.DataObject
) -> None:
    """Guards the two quick looks, by strips and by squares, with the plain one at each pair."""
    for letter in list(letters):
        right, down = data.draw(_SHIFTS), data.draw(_SHIFTS)
        letters.append(letter._replace(x0=letter.x0 + right, baseline=letter.baseline + down))
    kept: list[_Letter] = []
    for letter in letters:
        if not any(_are_over(letter, other) for other in kept):
            kept.append(letter)
    assert _read(letters) == sorted(letter.text for letter in kept)


def test_two_glyphs_over_each_other_are_found_at_every_height() -> None:
    """Guards the strips of the quick look: two that are over each other may stand in two of them."""
    for quarter in range(40):
        letter = _Letter("a", 10.0, 100 + quarter / 4, 12.0)
        assert _read([letter, letter._replace(baseline=letter.baseline + 0.875)]) == ["a"]


def test_nothing_printed_gives_no_words() -> None:
    """Guards the arrays of a page whose characters are all pdfium's own."""
    assert _read([]) == []
