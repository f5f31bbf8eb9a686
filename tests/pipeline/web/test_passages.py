"""A text cut at the edges of its marks: nothing is lost, and each piece knows all marks that cover it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.document import Cell, Grid, Paragraph
from models.quote import Place
from pipeline.web.marks import Mark
from pipeline.web.passages import block_passages, excerpt, text_passage
from pipeline.web.sheets import Stretch

TEXT = "Proven reserves\t357\t0.45\nTotal\t3,812\t0.28\n"


def mark(key: str, start: int, end: int, what: str = "grade") -> Mark:
    return Mark(key, what, "", None, None, None, "", None, None, (start, end))


def stretch(text: str, start: int = 0) -> Stretch:
    return Stretch(text, start, (0,))


def cut(text: str, *marks: Mark, start: int = 0) -> list[tuple[str, str]]:
    (passage,) = text_passage(stretch(text, start), marks)
    return [(piece.text, piece.keys) for piece in passage.pieces]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", "")]),
        ([(0, 6)], [("abcdef", "1")]),
        ([(0, 6), (2, 4)], [("ab", "1"), ("cd", "1 2"), ("ef", "1")]),  # a figure within its line
        ([(0, 4), (2, 6)], [("ab", "1"), ("cd", "1 2"), ("ef", "2")]),  # two that overlap
        ([(4, 90)], [("abcd", ""), ("ef", "1")]),  # goes on in the next part
        ([(90, 95)], [("abcdef", "")]),  # stands in another part
    ],
)
def test_marks_may_lie_in_one_another_overlap_and_end_elsewhere(
    marks: list[tuple[int, int]], expected: list[tuple[str, str]]
) -> None:
    assert cut("abcdef", *(mark(str(n), *span) for n, span in enumerate(marks, 1))) == expected


def test_the_narrowest_mark_gives_a_piece_its_look() -> None:
    (passage,) = text_passage(stretch("abcdef"), [mark("1", 2, 4, "grade"), mark("2", 0, 6, "line")])
    assert [piece.kind for piece in passage.pieces] == ["line", "figure", "line"]


@settings(deadline=None)  # a shared machine may pause in any example
@given(
    st.text("ab \n", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), max_size=8),
    st.integers(0, 300),
)
def test_the_pieces_are_the_text_and_cover_what_the_marks_cover(
    shown: str, spans: list[tuple[int, int]], start: int
) -> None:
    marks = [mark(str(n), at, at + length) for n, (at, length) in enumerate(spans)]
    (passage,) = text_passage(stretch(shown, start), marks)
    assert "".join(piece.text for piece in passage.pieces) == shown
    at = start
    for piece in passage.pieces:
        for place in range(at, at + len(piece.text)):
            covering = {m.key for m in marks if m.span and m.span[0] <= place < m.span[1]}
            assert {m.key for m in piece.marks} == covering
        at += len(piece.text)


def test_a_raised_mark_is_no_part_of_the_figure_that_it_follows() -> None:
    cell = Cell("1,5271", Place(span=(10, 16)), ((5, 6),), row=0, column=0)
    (table,) = block_passages([Grid((cell,), Place(span=(10, 17)))], [mark("1", 10, 16)])
    ((shown,),) = table.rows
    assert [(piece.text, piece.raised) for piece in shown.pieces] == [("1,527", False), ("1", True)]


def test_an_excerpt_holds_the_whole_lines_around_a_span() -> None:
    long = "x" * 3000 + "\n" + TEXT + "y" * 3000 + "\n"
    (passage,) = excerpt(stretch(long), (3001 + 25, 3001 + 40), [mark("1", 3001 + 31, 3001 + 36)])
    shown = "".join(piece.text for piece in passage.pieces)
    assert TEXT in shown
    assert [piece.text for piece in passage.pieces if piece.marks] == ["3,812"]


def test_paragraphs_of_a_web_page_keep_their_marks() -> None:
    blocks = [Paragraph("Adam Wheeler", Place(span=(0, 12))), Paragraph("an independent", Place(span=(13, 27)))]
    first, second = block_passages(blocks, [mark("1", 0, 12), mark("2", 16, 27)])
    assert [piece.keys for piece in first.pieces] == ["1"]
    assert [(piece.text, piece.keys) for piece in second.pieces] == [("an ", ""), ("independent", "2")]
