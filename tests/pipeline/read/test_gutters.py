from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from models.document import Grid, Paragraph
from models.quote import Box
from pipeline.read import read_pdf
from pipeline.read.strips import longest_strips
from tests.pipeline.read.drawing import columns, only_grid, pdf, read_drawn, say

HEADER = ("Zone", "Tonnes", "Gold")
LEFT = [(f"Pit {n}", f"{n * 111:,}", f"{n}.{n}0") for n in range(1, 13)]
RIGHT = [(f"Lode {n}", f"{n * 222:,}", f"{n}.0{n}") for n in range(1, 10)]
LEFT_AT, RIGHT_AT = (40.0, 100.0, 170.0, 240.0), (330.0, 390.0, 460.0, 530.0)


def cells(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(row) for row in grid.text()]


@pytest.mark.parametrize(
    ("tops", "pitches"),
    [
        ((100, 106), (18, 24)),  # each with its own pitch: their lines stand between each other
        ((100, 100), (18, 18)),  # line by line beside each other: both begin with words and end with figures
    ],
)
def test_two_tables_side_by_side_are_two(tops: Sequence[int], pitches: Sequence[int]) -> None:
    def draw(canvas: Canvas) -> None:
        say(canvas, 150, 60, "Mineral resources of both properties")
        columns(canvas, tops[0], (HEADER, *LEFT), LEFT_AT, pitches[0])
        columns(canvas, tops[1], (HEADER, *RIGHT), RIGHT_AT, pitches[1])
        say(
            canvas, 40, 400, "Figures are rounded, and the totals of both tables may therefore differ from their parts."
        )

    document = read_drawn(draw)
    assert [cells(grid) for grid in document.grids()] == [[HEADER, *LEFT], [HEADER, *RIGHT]]
    first, last = (b for b in document.blocks if isinstance(b, Paragraph))
    assert (document.blocks[0], document.blocks[-1]) == (first, last)  # above both, and below both


def test_a_small_table_beside_another_with_other_rows_is_a_table_of_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        for top in range(60, 300, 12):
            say(canvas, 40, top, "The estimate rests on all holes that were drilled up to the end of the year, and on")
        columns(canvas, 320, (HEADER, *LEFT), (40.0, 120.0, 230.0, 340.0), 14)
        columns(canvas, 320, (HEADER, *RIGHT), (400.0, 420.0, 480.0, 540.0), 11)

    document = read_drawn(draw)
    assert [cells(grid) for grid in document.grids()] == [[HEADER, *LEFT], [HEADER, *RIGHT]]


def test_a_table_goes_on_in_the_next_column_without_its_heading() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, (HEADER, *LEFT), LEFT_AT, 18)
        columns(canvas, 107, RIGHT, RIGHT_AT, 20)

    assert cells(only_grid(read_drawn(draw))) == [HEADER, *LEFT, *RIGHT]


@pytest.mark.parametrize(
    "rows",
    [
        [(f"Pit {n}", f"{n * 111:,}", f"{n}.10", f"{n * 7}") for n in range(1, 15)],  # figures on both sides
        [(f"Pit {n}", "indicated", "drilled", f"{n * 7}") for n in range(1, 15)],  # words on both sides
        [(f"Pit {n}", f"{n * 111:,}", f"North {n}", f"{n * 7}") for n in range(1, 15)],  # one figure on each side
    ],
    ids=["figures", "words", "mixed"],
)
def test_columns_of_one_table_are_not_parted(rows: list[tuple[str, ...]]) -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, rows, (40.0, 120.0, 180.0, 420.0, 520.0), 18)

    assert cells(only_grid(read_drawn(draw))) == rows


def test_names_between_the_rows_of_a_long_table_are_its_labels() -> None:
    """Each name stands in the middle of four rows, between two of them, as merged cells without lines are set."""
    categories = ("Measured", "Indicated", "Inferred", "All")
    rows = [("", category, f"{n}{n},{n}00", f"1.{n}", f"{n}8") for n in range(1, 10) for category in categories]

    def draw(canvas: Canvas) -> None:
        columns(canvas, 60, [("Mine", "Class", "Tonnes", "Gold", "Ounces")], (72.0, 100.0, 280.0, 370.0, 435.0, 500.0))
        for at, row in enumerate(rows):
            say(canvas, 230, 76 + 14 * at, row[1])
            columns(canvas, 76 + 14 * at, [("", *row[2:])], (300.0, 300.0, 370.0, 435.0, 500.0))
        for n in range(9):
            say(canvas, 72, 97 + 56 * n, f"Pit on the shore of Lake {'ABCDEFGHI'[n]}")

    grid = only_grid(read_drawn(draw))
    labels = [(c.text, c.row_span) for c in grid.cells if c.column == 0 and c.text.startswith("Pit")]
    assert labels == [(f"Pit on the shore of Lake {letter}", 4) for letter in "ABCDEFGHI"]


def test_two_columns_of_running_text_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for line in range(20):
            say(canvas, 40, 100 + 14 * line, f"left line {line} says what it has to say of the ore")
            say(canvas, 330, 100 + 14 * line, f"right line {line} says what it has to say of the ore")

    text = " ".join(block.text for block in read_drawn(draw).paragraphs())
    assert text.index("left line 19") < text.index("right line 0")


def test_running_heads_are_kept_once_on_pages_of_columns() -> None:
    def page(number: int) -> object:
        def draw(canvas: Canvas) -> None:
            say(canvas, 200, 40, f"Annual Information Form {number}")
            for line in range(20):
                say(canvas, 40, 100 + 14 * line, f"left line {line} of {number} says what it has to say here")
                say(canvas, 330, 100 + 14 * line, f"right line {line} of {number} says what it has to say here")

        return draw

    document = read_pdf(pdf(*(page(n) for n in range(1, 5))), "form.pdf")  # type: ignore[arg-type]
    assert sum("Annual Information Form" in block.text for block in document.paragraphs()) == 1


COARSE = st.integers(0, 12).map(float)
PLACES = st.lists(COARSE, min_size=1, unique=True).map(sorted)
A_BOX = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), COARSE, COARSE, COARSE, COARSE)


def longest_strip(things: Sequence[Box], words: Sequence[Box], at: float) -> tuple[float, float, float, float]:
    starts = [0.0]
    ends = []
    for box in sorted(things, key=lambda box: box.top):
        if box.x0 < at < box.x1:
            ends.append(box.top)
            starts.append(max(starts[-1], box.bottom))
    start, end = max(zip(starts, [*ends, 20.0], strict=True), key=lambda strip: strip[1] - strip[0])
    beside = [box for box in words if start <= box.middle[1] <= end]
    before = max((box.x1 for box in beside if box.x1 <= at), default=-math.inf)
    return before, start, min((box.x0 for box in beside if box.x0 >= at), default=math.inf), end


@given(
    st.lists(A_BOX, min_size=1, max_size=8),
    st.lists(A_BOX, max_size=4),
    st.lists(COARSE, min_size=1, unique=True).map(sorted),
)
def test_strips_found_row_by_row_are_those_found_box_by_box(
    words: Sequence[Box], drawn: Sequence[Box], at: Sequence[float]
) -> None:
    def sides(boxes: Sequence[Box]) -> np.ndarray:
        return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes]).reshape(-1, 4).T

    things = [*words, *drawn]
    found = longest_strips(sides(words), sides(drawn), np.array(at), (0.0, 20.0))
    for strip, place in zip(found.T.tolist(), at, strict=True):
        told = longest_strip(things, words, place)
        assert tuple(strip) == told or told[3] - told[1] <= 0
