from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Word
from models.quote import Box
from pipeline.read import body
from pipeline.read.leading import Leading
from pipeline.read.lines import Line
from pipeline.read.merged import LabelledRow, label_ranges
from pipeline.read.rows import BodyLine, Form, Text, group_rows

FORM = Form(widths=(100.0,), leading=Leading(1.25))


def label(baseline: float, width: float, first_word: float = 30, *, goes_on: bool = False) -> BodyLine:
    return BodyLine(baseline, 10, (Text(0, width, first_word, goes_on=goes_on),), has_figures=False)


def figures(baseline: float) -> BodyLine:
    return BodyLine(baseline, 10, (), has_figures=True)


def both(baseline: float, width: float, *, goes_on: bool = False) -> BodyLine:
    return BodyLine(baseline, 10, (Text(0, width, min(30, width), goes_on=goes_on),), has_figures=True)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # one line a row
        ([both(0, 50), both(16, 50)], [(0, 1), (1, 2)]),
        # figures beside the middle of two lines of label
        ([label(0, 95), figures(6), label(12, 40), both(28, 50)], [(0, 3), (3, 4)]),
        # figures beside the middle of three lines
        ([label(0, 95), both(12, 95), label(24, 40), both(40, 50)], [(0, 3), (3, 4)]),
        # figures beside the first line, for the label above it had room for the next word
        ([both(0, 90), label(12, 90), both(28, 50)], [(0, 2), (2, 3)]),
        # a heading over rows: the label has room, and more space below it than a wrapped line
        ([label(0, 40), both(16, 50), both(32, 50)], [(0, 1), (1, 2), (2, 3)]),
        # rows without space between them: figures are on every line, so nothing wraps
        ([both(0, 95), both(12, 95), both(24, 95)], [(0, 1), (1, 2), (2, 3)]),
        # rows without space between them, figures beside the last line: "Total (M &" goes on with "i)"
        ([both(0, 95), label(12, 95), both(24, 20, goes_on=True), both(36, 95)], [(0, 1), (1, 3), (3, 4)]),
    ],
)
def test_lines_are_parted_into_rows(lines: list[BodyLine], expected: list[tuple[int, int]]) -> None:
    assert group_rows(lines, FORM) == expected


def test_no_row_crosses_a_drawn_line() -> None:
    lines = [label(0, 95), label(12, 95), both(24, 50)]
    assert group_rows(lines, Form((100.0,), Leading(1.25), edges=(6.0,))) == [(0, 1), (1, 3)]


def labelled(*labels: float | None) -> list[LabelledRow]:
    return [LabelledRow(16.0 * index, 16.0 * index, at, 10) for index, at in enumerate(labels)]


def under_headings(*headings: int, rows: list[LabelledRow]) -> list[LabelledRow]:
    return [replace(row, is_heading=at in headings) for at, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # beside the middle of three rows, then a total of its own
        (labelled(None, 16, None, 48), {1: (0, 2), 3: (3, 3)}),
        # between the second and the third of four rows
        (labelled(None, 24, None, None), {1: (0, 3)}),
        # beside the first row of each group: two of three rows and a total, whose middles would fit by chance
        (labelled(0, None, None, 48, None, None, 96), {}),
        # every row has its own
        (labelled(0, 16, 32), {}),
        # a gap that no label is centred beside
        (labelled(None, 16, None, None), {}),
        # below a heading among the rows, beside the middle of three
        (under_headings(0, rows=labelled(0, None, 32, None, None, 80, None)), {0: (0, 0), 2: (1, 3), 5: (4, 6)}),
        # headings alone over the rows that have no label
        (under_headings(0, 3, rows=labelled(0, None, None, 48, None, None)), {}),
        # the first row is of two lines, and higher than the others
        ([LabelledRow(0, 10, None, 10), LabelledRow(26, 26, 21, 10), LabelledRow(42, 42, None, 10)], {1: (0, 2)}),
    ],
)
def test_centred_labels_belong_to_all_their_rows(rows: list[LabelledRow], expected: dict[int, tuple[int, int]]) -> None:
    assert label_ranges(rows) == expected


def test_rows_above_a_page_s_first_label_may_belong_to_the_page_before() -> None:
    """A label beside the third of five rows is centred by chance; one between two rows stands beside both."""
    assert label_ranges(labelled(None, None, 32, None, None, 80), goes_on=True) == {}
    assert label_ranges(labelled(None, 24, None, None), goes_on=True) == {1: (0, 3)}


def test_no_label_belongs_to_rows_on_both_sides_of_a_drawn_line() -> None:
    assert label_ranges(labelled(None, 16, None)) == {1: (0, 2)}
    assert label_ranges(labelled(None, 16, None), walls=(8.0,)) == {}


def line_at(top: float, size: float, label: str, figure: str) -> Line:
    words = ((0.0, 60.0, label), (100.0, 130.0, figure), (150.0, 180.0, figure))
    return Line(tuple(Word(text, Box(x0, top, x1, top + size), size) for x0, x1, text in words if text))


PITCHES = st.sampled_from([4.0, 8.9, 9.0, 12.0, 16.0, 30.0])
PRINTED = st.tuples(PITCHES, st.sampled_from([8.0, 10.0]), st.sampled_from(["Pit", "and", ""]), st.sampled_from("1-a"))


@given(st.lists(PRINTED, min_size=1, max_size=6))
def test_lines_that_are_rows_at_sight_are_those_that_cost_least(
    printed: Sequence[tuple[float, float, str, str]],
) -> None:
    tops = accumulate(pitch for pitch, _, _, _ in printed)
    lines = [line_at(top, *told[1:]) for top, told in zip(tops, printed, strict=True)]
    lines.sort(key=lambda line: line.baseline)
    rows = body.body_rows(lines, (0.0, 90.0, 140.0, 180.0), (), Leading(1.25))
    with patch.object(body, "_are_rows", return_value=False):
        assert rows == body.body_rows(lines, (0.0, 90.0, 140.0, 180.0), (), Leading(1.25))
