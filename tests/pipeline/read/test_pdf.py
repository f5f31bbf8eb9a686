from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from models.document import Grid
from pipeline.errors import UnreadableFilingError
from pipeline.read import read, read_pdf
from tests.pipeline.read.drawing import HEIGHT, columns, only_grid, pdf, read_drawn, say

LEFTS = (72.0, 220.0, 300.0, 380.0, 460.0)
HEADER = ("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)")
MEASURED = ("Measured", "1,527", "2.40", "118")
INDICATED = ("Indicated", "12,861", "3.05", "1,259")
INFERRED = ("Inferred", "342", "3.30", "36")
ROWS = (HEADER, MEASURED, INDICATED, INFERRED)


def texts(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(row) for row in grid.text()]


def frame(canvas: Canvas, tops: tuple[float, ...]) -> None:
    for x in LEFTS:
        canvas.line(x - 3, HEIGHT - tops[0], x - 3, HEIGHT - tops[-1])
    for top in tops:
        canvas.line(LEFTS[0] - 3, HEIGHT - top, LEFTS[-1] - 3, HEIGHT - top)


def draw_plain(canvas: Canvas) -> None:
    columns(canvas, 100, ROWS, LEFTS)


def draw_ruled(canvas: Canvas) -> None:
    columns(canvas, 100, ROWS, [x - 6 for x in LEFTS])
    frame(canvas, (88, 104, 120, 136, 152))


def draw_filled(canvas: Canvas) -> None:
    """Cells as filled rectangles, white lines between them: how browsers and slides shade."""
    canvas.setFillColor(Color(0.85, 0.9, 1))
    for row in range(4):
        for left, right in pairwise(LEFTS):
            canvas.rect(left - 3, HEIGHT - 104 - 16 * row, right - left - 1, 15, stroke=0, fill=1)
    canvas.setFillColor(Color(0, 0, 0))
    columns(canvas, 100, ROWS, [x - 6 for x in LEFTS])


def draw_horizontal_rules(canvas: Canvas) -> None:
    columns(canvas, 100, ROWS, LEFTS)
    for top in (88, 104, 153):
        canvas.line(70, HEIGHT - top, 462, HEIGHT - top)


def draw_one_band(canvas: Canvas) -> None:
    """Column lines and one line below the header; nothing between the rows."""
    columns(canvas, 100, ROWS, [x - 6 for x in LEFTS])
    frame(canvas, (88, 104, 152))


@pytest.mark.parametrize(
    "draw", [draw_plain, draw_ruled, draw_filled, draw_horizontal_rules, draw_one_band], ids=lambda draw: draw.__name__
)
def test_the_same_table_however_it_is_drawn(draw: object) -> None:
    assert texts(only_grid(read_drawn(draw))) == [tuple(row) for row in ROWS]  # type: ignore[arg-type]


def test_every_cell_has_its_place_on_its_page() -> None:
    grid = only_grid(read_drawn(lambda _: None, draw_plain))
    cell = grid.at(1, 1)
    assert cell is not None
    assert cell.place.page == 2
    assert cell.place.box is not None
    assert cell.place.box.x1 == pytest.approx(LEFTS[2], abs=1)
    assert cell.place.box.top < 116 < cell.place.box.bottom


def draw_wrapped(canvas: Canvas) -> None:
    columns(canvas, 100, ROWS[:3], LEFTS)
    say(canvas, 72, 148, "Measured and Indicated")
    say(canvas, 72, 160, "Mineral Resources")
    columns(canvas, 154, [("", "14,388", "2.98", "1,377")], LEFTS)
    columns(canvas, 178, [INFERRED], LEFTS)
    say(
        canvas,
        72,
        205,
        "1. Figures are rounded, so that totals may differ from the sum of their parts as printed here.",
    )


def test_a_label_of_two_lines_with_figures_beside_their_middle_is_one_row() -> None:
    document = read_drawn(draw_wrapped)
    assert texts(only_grid(document))[3] == ("Measured and Indicated Mineral Resources", "14,388", "2.98", "1,377")
    (note,) = document.paragraphs()
    assert note.text.startswith("1. Figures are rounded")


def draw_groups(canvas: Canvas) -> None:
    """Headings over two columns each, and a heading among the rows that is wider than its column."""
    canvas.setFont("Helvetica", 10)
    for left, right, text in ((220, 380, "Open Pit"), (380, 540, "Underground")):
        canvas.drawCentredString((left + right) / 2, HEIGHT - 100, text)
    for left, text in ((220, "kt"), (300, "g/t"), (380, "kt"), (460, "g/t")):
        canvas.drawCentredString(left + 40, HEIGHT - 116, text)
    say(canvas, 72, 132, "Deposits north of the river and east of it")
    lefts = (72, 220, 290, 370, 450, 530)
    columns(canvas, 148, [("North", "1,200", "1.10", "300", "4.20"), ("East", "850", "0.95", "120", "3.85")], lefts)


def test_headings_span_the_columns_that_they_are_centred_over() -> None:
    grid = only_grid(read_drawn(draw_groups))
    assert [(c.text, c.column, c.column_span) for c in grid.row(0) if c.text] == [
        ("Open Pit", 1, 2),
        ("Underground", 3, 2),
    ]
    assert texts(grid)[2:] == [
        ("Deposits north of the river and east of it", "", "", "", ""),
        ("North", "1,200", "1.10", "300", "4.20"),
        ("East", "850", "0.95", "120", "3.85"),
    ]


def draw_flush_headings(canvas: Canvas) -> None:
    for left, text in ((220, "Open Pit"), (380, "Underground and stockpiles")):
        say(canvas, left, 100, text)
    for left, text in ((220, "kt"), (300, "g/t"), (380, "kt"), (460, "g/t")):
        say(canvas, left, 116, text)
    for index, row in enumerate([("North", "1,200", "1.10", "300", "4.20"), ("East", "850", "0.95", "1,120", "13.85")]):
        for left, text in zip((72, 220, 300, 380, 460), row, strict=True):
            say(canvas, left, 132 + 16 * index, text)


def test_headings_flush_with_their_first_column_span_up_to_the_next() -> None:
    grid = only_grid(read_drawn(draw_flush_headings))
    assert [(c.text, c.column, c.column_span) for c in grid.row(0) if c.text] == [
        ("Open Pit", 1, 2),
        ("Underground and stockpiles", 3, 2),
    ]


def draw_uneven(canvas: Canvas) -> None:
    """Cells of one row set a few points higher than the others, as Word does where their spacing differs."""
    lefts = LEFTS
    columns(canvas, 100, [HEADER], lefts)
    for index, row in enumerate((MEASURED, INDICATED, INFERRED)):
        columns(canvas, 116 + 16 * index, [(row[0], row[1], "", "")], lefts)
        columns(canvas, 113 + 16 * index, [("", "", row[2], row[3])], lefts)


def test_cells_of_a_row_need_not_stand_on_one_line() -> None:
    assert texts(only_grid(read_drawn(draw_uneven))) == [tuple(row) for row in ROWS]


def draw_centred_labels(canvas: Canvas) -> None:
    rows = [("", f"Block {n}", f"{n}00", f"0.{n}0") for n in range(1, 7)]
    columns(canvas, 100, rows, LEFTS)
    say(canvas, 72, 100 + 1.5 * 16, "Measured")
    say(canvas, 72, 100 + 4.5 * 16, "Indicated")


def test_a_label_centred_beside_rows_belongs_to_all_of_them() -> None:
    grid = only_grid(read_drawn(draw_centred_labels))
    assert [(c.text, c.row, c.row_span) for c in grid.cells if c.column == 0] == [
        ("Measured", 0, 4),
        ("Indicated", 4, 2),
    ]


def draw_marks(canvas: Canvas) -> None:
    columns(canvas, 100, ROWS, LEFTS)
    end = say(canvas, 72, 148, "Inferred")
    say(canvas, end, 144.5, "(1)", size=6)
    say(canvas, LEFTS[4], 148 - 3.5, "2", size=6)
    end = say(canvas, 72, 300, "Grades of WO")
    end = say(canvas, end, 302, "3", size=6.5)
    say(canvas, end, 300, " are in percent.")


def test_raised_glyphs_are_told_from_the_figures_they_follow() -> None:
    document = read_drawn(draw_marks)
    grid = only_grid(document)
    label, figure = grid.at(3, 0), grid.at(3, 3)
    assert label is not None
    assert figure is not None
    assert (label.text, label.base, label.marks) == ("Inferred(1)", "Inferred", ("(1)",))
    assert (figure.text, figure.base, figure.raised) == ("362", "36", ((2, 3),))


def test_lowered_glyphs_are_part_of_the_word() -> None:
    (paragraph,) = read_drawn(draw_marks).paragraphs()
    assert paragraph.text == "Grades of WO3 are in percent."
    assert paragraph.raised == ()


def test_bold_made_by_printing_twice_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.translate(shift, 0)
            draw_plain(canvas)

    assert texts(only_grid(read_drawn(draw))) == [tuple(row) for row in ROWS]


def test_a_ligature_is_all_its_letters() -> None:
    """pdfium gives each letter of a ligature the place of the whole, as if they were printed over each other."""
    font = TTFont("DejaVuSans", "DejaVuSans.ttf")

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font.fontName, 10)
        canvas.drawString(72, HEIGHT - 100, "Cut-o\ufb00 grade of the \ufb01nal o\ufb03ce")

    registerFont(font)
    (paragraph,) = read_drawn(draw).paragraphs()
    assert paragraph.text == "Cut-off grade of the final office"


def test_words_without_spaces_between_them_are_parted_by_their_gaps() -> None:
    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("Mineral", "resources", "are", "not", "reserves."):
            x = say(canvas, x, 100, word) + 2.2

    (paragraph,) = read_drawn(draw).paragraphs()
    assert paragraph.text == "Mineral resources are not reserves."


def draw_top(canvas: Canvas) -> None:
    say(canvas, 72, 40, "Some Mines Ltd. - Annual Information Form")
    columns(canvas, 660, [HEADER, MEASURED, INDICATED], LEFTS)
    say(canvas, 300, 760, "- 12 -")


def draw_rest(canvas: Canvas) -> None:
    say(canvas, 72, 40, "Some Mines Ltd. - Annual Information Form")
    columns(canvas, 80, [HEADER, INFERRED], LEFTS)
    say(canvas, 300, 760, "- 13 -")


def test_a_table_goes_on_over_a_page_break_past_head_and_foot() -> None:
    document = read_drawn(draw_top, draw_rest)
    grid = only_grid(document)
    assert texts(grid) == [tuple(row) for row in ROWS]
    assert [cell.place.page for cell in grid.cells if cell.column == 1] == [1, 1, 1, 2]
    assert [p.text for p in document.paragraphs()] == ["Some Mines Ltd. - Annual Information Form", "- 12 -"]


def test_two_tables_below_each_other_stay_two() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, ROWS, LEFTS)
        say(canvas, 72, 185, "Reserves by mine")
        columns(canvas, 204, [("Mine", "Tonnes", "Grade"), ("North", "66", "0.25"), ("South", "67", "0.35")], LEFTS[:4])

    first, second = read_drawn(draw).grids()
    assert (first.rows, first.columns) == (4, 4)
    assert (second.rows, second.columns) == (3, 3)


def test_wrapped_lines_are_one_paragraph_and_each_note_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        lines = (
            "The estimate was prepared under the supervision of an independent person and it rests on a cut-",
            "off grade of 0.30 g/t, which follows from the prices and recoveries that are given in the notes",
            "below the table.",
        )
        for index, line in enumerate(lines):
            say(canvas, 72, 100 + 12 * index, line)
        say(canvas, 72, 150, "1. The first note is short.")
        say(canvas, 72, 162, "2. So is the second one.")

    found = [paragraph.text for paragraph in read_drawn(draw).paragraphs()]
    assert found == [
        "The estimate was prepared under the supervision of an independent person and it rests on a cut-off grade of "
        "0.30 g/t, which follows from the prices and recoveries that are given in the notes below the table.",
        "1. The first note is short.",
        "2. So is the second one.",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    with pdfium.PdfDocument(pdf(draw_plain)) as document:
        document[0].set_rotation(turn)
        buffer = BytesIO()
        document.save(buffer)
    # The page's text now runs up, down or upside down; it is read by its own direction.
    grid = only_grid(read(buffer.getvalue(), "turned.pdf"))
    assert texts(grid) == [tuple(row) for row in ROWS]


def test_pages_nobody_wants_of_a_long_report_give_their_text_only() -> None:
    pages = [draw_plain] * 41
    seen: list[str] = []

    def wanted(text: str) -> bool:
        seen.append(text)
        return len(seen) == 3

    document = read_pdf(pdf(*pages), "report.pdf", wanted)
    assert [grid.place.page for grid in document.grids()] == [3]
    assert document.page_count == 41
    assert "12,861" in seen[0]
    assert any("12,861" in p.text for p in document.paragraphs() if p.place.page == 1)


WHOLE = pdf(draw_plain)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),  # a download that never came
        (b" \r\n", "empty"),
        (WHOLE[:200], "broken or cut off"),  # cut off within the first object
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "broken or cut off"),
        (pdf(draw_plain, encrypt="secret"), "password"),
        (b"PK\x03\x04" + bytes(60), "zip archive"),  # a .docx that was named .pdf
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "picture"),
        (bytes(range(256)) * 8, "binary"),
    ],
    ids=["nothing", "blank", "cut", "garbage", "encrypted", "zip", "image", "binary"],
)
def test_what_cannot_be_read_says_so_and_names_the_file(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFilingError, match=f"2013-report.pdf: .*{said}"):
        read(content, "2013-report.pdf")


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_a_pdf_that_lost_its_end_is_read_whole_or_refused(share: float) -> None:
    try:
        document = read(WHOLE[: int(len(WHOLE) * share)], "cut.pdf")
    except UnreadableFilingError:
        return
    assert texts(only_grid(document)) == [tuple(row) for row in ROWS]


def test_standing_lines_that_begin_below_a_heading_part_it_from_those_of_its_columns() -> None:
    """Lines between columns and none below ``Gold``: where the line between its two columns begins, it ends."""
    walls = (88, 180, 260, 340, 420)

    def draw(canvas: Canvas) -> None:
        for x in walls:
            canvas.line(x, HEIGHT - (104 if x == 340 else 88), x, HEIGHT - 184)
        for top in (88, 120, 184):
            canvas.line(walls[0], HEIGHT - top, walls[-1], HEIGHT - top)
        say(canvas, 92, 100, "Class")
        say(canvas, 184, 100, "Tonnes (kt)")
        say(canvas, 264, 100, "Gold in the ground")
        say(canvas, 264, 115, "Grade (g/t)")
        say(canvas, 344, 115, "Metal (koz)")
        for top, row in zip((136, 156, 176), (MEASURED, INDICATED, INFERRED), strict=True):
            for x, text in zip(walls, row, strict=False):
                say(canvas, x + 4, top, text)

    grid = only_grid(read_drawn(draw))
    assert texts(grid)[:2] == [
        ("Class", "Tonnes (kt)", "Gold in the ground", ""),
        ("", "", "Grade (g/t)", "Metal (koz)"),
    ]
    assert [(c.column, c.column_span) for c in grid.cells if c.text == "Gold in the ground"] == [(2, 2)]


def test_group_rows_between_rows_that_no_line_parts_are_rows() -> None:
    """Lines between columns only: a heading among the rows stands by itself, above or below rows of figures."""
    rows = (HEADER, ("Open pit", "", "", ""), MEASURED, INDICATED, ("Underground", "", "", ""), INFERRED)

    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, rows, [x - 6 for x in LEFTS])
        frame(canvas, (88, 104, 184))

    assert texts(only_grid(read_drawn(draw))) == [tuple(row) for row in rows]


@pytest.mark.parametrize("gap", [1.0, 3.0])
def test_shaded_cells_with_gaps_between_them_are_one_table(gap: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.85, 0.9, 1))
        for row in range(4):
            for left, right in pairwise(LEFTS):
                canvas.rect(left - 3, HEIGHT - 104 - 16 * row, right - left - gap, 16 - gap, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0, 0))
        columns(canvas, 100, ROWS, [x - 6 for x in LEFTS])

    assert texts(only_grid(read_drawn(draw))) == [tuple(row) for row in ROWS]


def test_shading_that_draws_the_ends_of_rows_only_parts_no_columns() -> None:
    """A label's cell over two rows, and one shade behind all figures of a row: their columns stand in the words."""
    rows = [
        ("Ridge", "Measured", "4,210", "1.12", "152", "5.4", "731"),
        ("", "Indicated", "11,870", "0.98", "374", "4.9", "1,870"),
        ("Basin", "Measured", "3,355", "0.87", "94", "4.1", "442"),
        ("", "Indicated", "2,904", "1.18", "110", "9.8", "915"),
    ]
    lefts = [72.0, 130, 230, 290, 350, 410, 470, 530]

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.85, 0.9, 1))
        for band in range(4):
            canvas.rect(128, HEIGHT - 104 - 20 * band, 410, 17, stroke=0, fill=1)
            if band % 2:
                canvas.rect(68, HEIGHT - 104 - 20 * band, 60, 37, stroke=0, fill=1)
        canvas.setFillColor(Color(0, 0, 0))
        for index, row in enumerate(rows):
            say(canvas, lefts[1], 100 + 20 * index, row[1])
            columns(canvas, 100 + 20 * index, [(row[0], "", *row[2:])], lefts)

    assert [tuple(text for text in row if text) for row in only_grid(read_drawn(draw)).text() if any(row)] == [
        tuple(text for text in row if text) for row in rows
    ]
