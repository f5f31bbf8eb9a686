"""Sentences: where they begin and end, and that none is lost."""

from __future__ import annotations

import pytest

from extractors.prose import LONGEST, split_paragraph
from models.document import Paragraph
from models.quote import Place

SENTENCE = "The mill ran through the winter and the crews kept the road open. "
MANY = SENTENCE * (2 * LONGEST // len(SENTENCE))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (MANY + "Anna Roe, P.Geo., approved it.", "Anna Roe, P.Geo., approved it."),  # a release without line breaks
        ("word " * LONGEST + "end", "end"),  # no full stop to part it at
        ("x" * (LONGEST + 5), "x" * 5),  # nor a space
    ],
)
def test_a_paragraph_of_any_length_is_read_to_its_end(text: str, last: str) -> None:
    sentences = split_paragraph(Paragraph(text, Place()), 0)
    assert sentences[-1].text.endswith(last)
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in sentences)
    assert "".join("".join(s.text for s in sentences).split()) == "".join(text.split())
