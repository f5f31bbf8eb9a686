"""Glyphs to words: those printed twice are found wherever on the page they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.words import Glyph, _is_over, _without_doubles

_PLACES = st.floats(0, 70, width=32)
_GLYPHS = st.builds(
    Glyph, st.sampled_from("ab"), _PLACES, st.just(0.0), _PLACES, st.sampled_from([4.0, 12.0]), st.just(False)
)


@given(st.lists(_GLYPHS, max_size=30), st.data())
def test_a_glyph_is_left_out_if_an_earlier_one_stands_where_it_does(glyphs: list[Glyph], data: st.DataObject) -> None:
    """Guards the two quick looks, by strips and by squares, with the plain one at each pair."""
    for glyph in list(glyphs):
        shifts = [data.draw(st.floats(-1.125, 1.125, width=32)) for _ in range(2)]
        glyphs.append(glyph._replace(x0=glyph.x0 + shifts[0], baseline=glyph.baseline + shifts[1]))
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not any(glyph.text == other.text and _is_over(glyph, other) for other in kept):
            kept.append(glyph)
    assert _without_doubles(glyphs) == kept


def test_two_glyphs_over_each_other_are_found_at_every_height() -> None:
    """Guards the strips of the quick look: two that are over each other may stand in two of them."""
    for quarter in range(40):
        glyph = Glyph("a", 10.0, 16.0, 100 + quarter / 4, 12.0, bold=False)
        assert _without_doubles([glyph, glyph._replace(baseline=glyph.baseline + 0.875)]) == [glyph]
