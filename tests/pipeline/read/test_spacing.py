"""A report as designers set it: letters set apart, headings centred over all columns, and wide line spacing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.document import Grid, Word
from models.quote import Box
from pipeline.read.spacing import together
from tests.pipeline.read.drawing import HEIGHT, columns, only_grid, read_drawn, say

LEFTS = (72.0, 170.0, 250.0, 330.0, 410.0, 490.0)
HEADER = ("Category", "Tonnes", "Gold", "Gold (koz)", "Silver")
MEASURED = ("Measured", "1,527", "2.40", "118", "12")
INDICATED = ("Indicated", "12,861", "3.05", "1,259", "101")
INFERRED = ("Inferred", "342", "3.30", "36", "3")
MIDDLE = (72 + 490) / 2
PITCH = 26


def texts(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(row) for row in grid.text()]


def centred(canvas: Canvas, top: float, text: str, apart: float = 0.0) -> None:
    """Print the text in the middle of the table, its letters so many points apart."""
    canvas.setFont("Helvetica", 10)
    width = canvas.stringWidth(text, "Helvetica", 10) + apart * len(text)
    canvas.drawString(MIDDLE - width / 2, HEIGHT - top, text, charSpace=apart)


def line(*pieces: tuple[str, float]) -> list[Word]:
    """Words of size 10, each with the gap before it; letters are six points wide."""
    words, at = [], 0.0
    for text, gap in pieces:
        at += gap
        words.append(Word(text, Box(at, 0, at + 6 * len(text), 10), 10))
        at += 6 * len(text)
    return words


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        # one word, its letters closer than a typed space
        ([("O", 0), ("X", 1.5), ("I", 1.5), ("D", 1.5), ("E", 1.5)], ["OXIDE"]),
        # two words, parted by the wider gap; kerning leaves a pair together
        ([("O", 0), ("P", 2), ("E", 2), ("N", 2), ("P", 5), ("IT", 2)], ["OPEN", "PIT"]),
        # letters as far apart as typed spaces are a list, unless some gaps are wider still
        ([("A", 0), ("B", 3), ("C", 3), ("D", 3)], ["A", "B", "C", "D"]),
        ([("M", 0), ("A", 3), ("I", 3), ("N", 3), ("P", 6), ("I", 3), ("T", 3)], ["MAIN", "PIT"]),
        # chemical symbols and units are pairs
        ([("Pt", 0), ("Pd", 2), ("Rh", 2), ("Au", 2)], ["Pt", "Pd", "Rh", "Au"]),
        ([("M", 0), ("oz", 2), ("M", 9), ("lb", 2), ("M", 9), ("lb", 2)], ["M", "oz", "M", "lb", "M", "lb"]),
        # headings of columns, and figures
        ([("M", 0), ("I", 30), ("F", 30), ("G", 30)], ["M", "I", "F", "G"]),
        ([("1", 0), ("2", 2), ("3", 2), ("4", 2)], ["1", "2", "3", "4"]),
        # words beside them stay as they are
        ([("Zone", 0), ("O", 3), ("X", 1.5), ("I", 1.5), ("D", 1.5), ("E", 1.5)], ["Zone", "OXIDE"]),
    ],
)
def test_letters_set_apart_are_one_word(pieces: Sequence[tuple[str, float]], expected: list[str]) -> None:
    assert [word.text for word in together(line(*pieces))] == expected


@pytest.mark.parametrize(
    ("heading", "apart"),
    [
        # over the middle column only, and over several
        ("OXIDE", 0.0),
        ("OXIDE", 1.5),
        ("OPEN PIT OF THE NORTH", 0.0),
        ("OPEN PIT OF THE NORTH", 1.5),
        # letters as far apart as words are
        ("OPEN PIT", 2.5),
    ],
)
def test_a_heading_centred_among_rows_takes_the_whole_row(heading: str, apart: float) -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER], LEFTS)
        centred(canvas, 100 + PITCH, heading, apart)
        columns(canvas, 100 + 2 * PITCH, [MEASURED, INDICATED], LEFTS, PITCH)
        centred(canvas, 100 + 4 * PITCH, "FRESH ROCK", apart)
        columns(canvas, 100 + 5 * PITCH, [INFERRED], LEFTS)

    grid = only_grid(read_drawn(draw))
    headings = [(cell.row, cell.text) for cell in grid.cells if cell.column_span == len(HEADER)]
    assert headings == [(1, heading), (4, "FRESH ROCK")]
    assert [texts(grid)[row] for row in (0, 2, 3, 5)] == [HEADER, MEASURED, INDICATED, INFERRED]


def test_a_second_line_of_the_middle_heading_is_no_row() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [("Category", "Tonnes", "", "Gold (koz)", "Silver")], LEFTS)
        centred(canvas, 100, "Gold")
        centred(canvas, 112, "(per tonne)")
        columns(canvas, 100 + PITCH, [MEASURED, INDICATED], LEFTS, PITCH)

    grid = only_grid(read_drawn(draw))
    assert not any(cell.column_span == len(HEADER) for cell in grid.cells)
    assert texts(grid)[-2:] == [MEASURED, INDICATED]


def draw_wide(canvas: Canvas) -> None:
    """Lines at one and a half times their size, rows further apart, figures beside the middle of wrapped labels."""
    columns(canvas, 100, [HEADER], LEFTS)
    columns(canvas, 130, [MEASURED, INDICATED], LEFTS, 30)
    say(canvas, 72, 182, "Measured and")
    say(canvas, 72, 197, "Indicated Total")
    columns(canvas, 189.5, [("", *INDICATED[1:])], LEFTS)
    columns(canvas, 220, [INFERRED], LEFTS)


def test_labels_that_wrap_at_wide_spacing_are_one_row() -> None:
    total = ("Measured and Indicated Total", *INDICATED[1:])
    assert texts(only_grid(read_drawn(draw_wide)))[1:] == [MEASURED, INDICATED, total, INFERRED]


def test_two_lines_beside_one_row_of_figures_are_its_label_where_no_rows_tell_their_pitch() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER], LEFTS)
        columns(canvas, 130, [INDICATED], LEFTS)
        say(canvas, 72, 152, "Measured and")
        say(canvas, 72, 167, "Indicated Total")
        columns(canvas, 159.5, [("", *INDICATED[1:])], LEFTS)

    total = ("Measured and Indicated Total", *INDICATED[1:])
    assert texts(only_grid(read_drawn(draw)))[1:] == [INDICATED, total]


def test_a_table_does_not_begin_above_its_caption() -> None:
    def draw(canvas: Canvas) -> None:
        for at, row in enumerate([("Life", "years", "24"), ("Mill", "kt/d", "65"), ("Strip ratio", "t/t", "1.31")]):
            for x, text in zip((72, 300, 440), row, strict=True):
                say(canvas, x, 60 + 29 * at, text)
        say(canvas, 72, 148, "The plan of the mine begins with its upper benches.")
        columns(canvas, 178, [HEADER, MEASURED, INDICATED], LEFTS, 29)

    *_, grid = read_drawn(draw).grids()
    assert texts(grid) == [HEADER, MEASURED, INDICATED]
