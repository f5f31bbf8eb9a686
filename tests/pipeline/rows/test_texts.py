"""The words of printed texts, as they are searched."""

from __future__ import annotations

import pytest

from pipeline.rows.texts import words


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("under NI 43-101", ["under", "ni", "43-101", "43", "101"]),
        ("0.05% WO₃", ["0.05", "0", "05", "wo3"]),  # a lowered digit
        ("Li2O at 1.2 g/t", ["li2o", "at", "1.2", "1", "2", "g/t", "g", "t"]),
        ("Réserves d’or prouvées", ["reserves", "d", "or", "prouvees"]),
        ("open–pit", ["open-pit", "open", "pit"]),  # an en dash
    ],
)
def test_words_are_told_apart(printed: str, found: list[str]) -> None:
    assert list(words(printed)) == found
