"""Language: counted from small words; a metal's symbol is no French word."""

from __future__ import annotations

import pytest

from extractors.language import language_of
from tests.extractors.documents import document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The resource is on the property of the company", "en"),
        ("Les ressources sont dans la mine de la société", "fr"),
        # Au is gold before it is "to the"
        ("Indicated resources total 12 tonnes grading 4.31 g/t Au", "en"),
    ],
)
def test_the_language_of_a_document(text: str, expected: str) -> None:
    assert language_of(document(text)).value == expected
