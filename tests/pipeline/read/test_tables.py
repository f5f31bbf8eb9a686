"""Tables that nothing draws, set as word processors and browsers set them: tight, wide, wrapped, broken over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.document import Grid, Level, Word
from models.quote import Box
from pipeline.read.head_groups import flush_ranges, group_ranges
from pipeline.read.leading import usual_leading
from pipeline.read.lines import Line, printed
from pipeline.read.regions import is_centred
from tests.pipeline.read.drawing import HEIGHT, columns, only_grid, read_drawn, say

LEFTS = (72.0, 220.0, 300.0, 380.0, 460.0)
HEADER = ("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)")
MEASURED = ("Measured", "1,527", "2.40", "118")
INDICATED = ("Indicated", "12,861", "3.05", "1,259")
INFERRED = ("Inferred", "342", "3.30", "36")


def texts(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(row) for row in grid.text()]


@pytest.mark.parametrize("pitch", [13.5, 16, 26])
def test_a_heading_among_rows_belongs_to_the_table_however_far_apart_its_rows_are(pitch: float) -> None:
    def draw(canvas: Canvas) -> None:
        for top in (60, 72, 84):
            say(canvas, 72, top, "Reserves are stated as of the end of the year, without what was mined of them.")
        columns(canvas, 140, [HEADER], LEFTS)
        canvas.line(72, HEIGHT - 143, 460, HEIGHT - 143)
        say(canvas, 72, 140 + pitch, "Fire Creek")
        columns(canvas, 140 + 2 * pitch, [MEASURED, INDICATED, INFERRED], LEFTS, pitch)

    assert texts(only_grid(read_drawn(draw)))[1:] == [("Fire Creek", "", "", ""), MEASURED, INDICATED, INFERRED]


def test_the_last_line_of_a_paragraph_heads_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        say(
            canvas, 72, 60, "Reserves fell by a tenth over the year, and by a twentieth without what was mined of them,"
        )
        say(canvas, 72, 72, "or they are nearly flat.")
        columns(canvas, 90, [("", *HEADER[1:]), MEASURED, INDICATED], LEFTS)

    document = read_drawn(draw)
    assert texts(only_grid(document))[0] == ("", *HEADER[1:])
    (paragraph,) = document.paragraphs()
    assert paragraph.text.endswith("or they are nearly flat.")


def test_a_heading_of_two_lines_right_below_the_header_is_one_row() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER], LEFTS)
        say(canvas, 72, 116, "Mineral reserves at the end of the year, as they lie within the open pit, at")
        say(canvas, 72, 128, "a cut-off grade")
        columns(canvas, 144, [MEASURED, INDICATED, INFERRED], LEFTS)

    rows = texts(only_grid(read_drawn(draw)))
    assert rows[0] == HEADER
    assert rows[1][0].endswith("open pit, at a cut-off grade")
    assert rows[2:] == [MEASURED, INDICATED, INFERRED]


@pytest.mark.parametrize(
    ("pieces", "leaves", "expected"),
    [
        # "Proven" is as wide as "Tonnes" and so is centred over it too; the wider headings show that all are flush
        ([(100, 130), (220, 300)], {1: (100, 130), 2: (140, 160), 3: (220, 250), 4: (260, 290)}, [(1, 2), (3, 4)]),
        # centred over one column each: nothing shows that they are flush
        ([(100, 130), (220, 250)], {1: (100, 130), 2: (140, 160), 3: (220, 250), 4: (260, 290)}, []),
        # flush right
        ([(110, 160), (230, 290)], {1: (100, 130), 2: (140, 160), 3: (220, 250), 4: (260, 290)}, [(1, 2), (3, 4)]),
    ],
)
def test_headings_that_are_flush_with_their_columns(
    pieces: Sequence[tuple[float, float]],
    leaves: dict[int, tuple[float, float]],
    expected: list[tuple[int, int]],
) -> None:
    assert flush_ranges(pieces, leaves) == expected


def test_two_headings_with_little_room_between_them_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER[:2]], (72, 220, 280))
        end = say(canvas, 300, 100, "Contained Au")
        say(canvas, end + 5.5, 100, "Contained Ag")
        rows = [("Measured", "1,527", "118", "66"), ("Indicated", "12,861", "1,259", "791")]
        columns(canvas, 116, rows, (72, 220, 280, 350, 415))

    assert texts(only_grid(read_drawn(draw)))[0] == ("Category", "Tonnes (kt)", "Contained Au", "Contained Ag")


def draw_tight_groups(canvas: Canvas) -> None:
    """Headings as far from each other as wrapped lines are: only that they repeat tells those of the columns."""
    rights = (200, 250, 310, 360)
    for line, row in enumerate([("", "Proven", "", "Probable"), ("Tonnes", "Grade") * 2, ("(kt)", "(g/t)") * 2]):
        for right, text in zip(rights, row, strict=True):
            canvas.drawRightString(right, HEIGHT - 100 - 11.5 * line, text)
    rows = [("North", "1,200", "1.10", "300", "4.20"), ("East", "850", "0.95", "1,120", "13.85")]
    columns(canvas, 136, rows, (72, 72, *rights))


def test_headings_that_repeat_are_told_apart_by_those_above_them() -> None:
    grid = only_grid(read_drawn(draw_tight_groups))
    assert [(c.text, c.column, c.column_span) for c in grid.row(0) if c.text] == [("Proven", 1, 2), ("Probable", 3, 2)]
    assert texts(grid)[1] == ("", "Tonnes (kt)", "Grade (g/t)", "Tonnes (kt)", "Grade (g/t)")


def draw_beside_groups(canvas: Canvas) -> None:
    """``Tonnes`` stands beside the groups' headings; taking it in would set them as well in the middle."""
    for left, right, text in ((250, 400, "Average Grade"), (400, 550, "Contained")):
        canvas.drawCentredString((left + right) / 2, HEIGHT - 100, text)
    canvas.drawCentredString(225, HEIGHT - 110, "Tonnes")
    for index, (text, unit) in enumerate([("Ag", "(g/t)"), ("Au", "(g/t)"), ("Cu", "(%)")] * 2):
        canvas.drawCentredString(275 + 50 * index, HEIGHT - 120, text)
        canvas.drawCentredString(275 + 50 * index, HEIGHT - 140, unit)
    canvas.drawCentredString(225, HEIGHT - 140, "(Mt)")
    for index, label in enumerate(("Measured", "Indicated", "Inferred")):
        say(canvas, 72, 160 + 16 * index, label)
        for column, text in enumerate(("2.9", "150", "1.13", "0.03", "14,065", "106", "1.7")):
            canvas.drawCentredString(225 + 50 * column, HEIGHT - 160 - 16 * index, text)


def test_a_heading_beside_those_of_groups_is_in_none_of_them() -> None:
    grid = only_grid(read_drawn(draw_beside_groups))
    groups = [(c.column, c.column_span) for c in grid.cells if c.text in ("Average Grade", "Contained")]
    assert groups == [(2, 3), (5, 3)]


def word(text: str, size: float = 10) -> Word:
    return Word(text, Box(0, 0, 0.5 * size * len(text), size), size, Level.BASE)


@pytest.mark.parametrize(
    ("lines", "room", "expected"),
    [
        (("0.01", "7"), 22.0, "0.017"),  # no room for a fifth character
        (("0.01", "7"), 40.0, "0.01 7"),  # room enough: two figures
        (("465,600,00", "0"), 52.0, "465,600,000"),
        (("1,527", "342"), 26.0, "1,527 342"),  # would be no number in one
        (("1.52", "3.42"), 22.0, "1.52 3.42"),
        (("12", "34"), 11.0, "12 34"),  # nothing shows that these are parts
        (("(14,8", "32)"), 27.0, "(14,832)"),
        (("0,01", "7"), 22.0, "0,017"),
    ],
)
def test_a_number_wider_than_its_cell_is_one_number(lines: Sequence[str], room: float, expected: str) -> None:
    assert printed([[word(text)] for text in lines], room)[0] == expected


def test_a_number_broken_in_a_column_that_nothing_draws() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER], LEFTS)
        for top, (label, tonnes, ounces, last) in enumerate(
            [("Proven", "4", "0.07", "7"), ("Probable", "27,150", "273", "0"), ("Both", "27,154", "273", "0")]
        ):
            base = 125 + 24 * top
            columns(canvas, base, [(label, tonnes, "", ounces)], LEFTS)
            say(canvas, 350, base - 5.8, "0.01")
            say(canvas, 358, base + 5.8, last)

    assert [row[2] for row in texts(only_grid(read_drawn(draw)))[1:]] == ["0.017", "0.010", "0.010"]


def test_whole_numbers_broken_in_drawn_cells_begin_no_row_where_their_label_wraps_too() -> None:
    """A total's label of three lines, with the rest of its numbers beside the second."""
    walls, tops = (72, 130, 174, 210, 254), (100, 116, 132, 172)

    def row(canvas: Canvas, top: float, *cells: str) -> None:
        for left, text in zip(walls, cells, strict=False):
            say(canvas, left + 6, top, text)

    def draw(canvas: Canvas) -> None:
        for wall in walls:
            canvas.line(wall, HEIGHT - tops[0], wall, HEIGHT - tops[-1])
        for top in tops:
            canvas.line(walls[0], HEIGHT - top, walls[-1], HEIGHT - top)
        row(canvas, 112, "Zone", "(kt)", "(g/t)", "(koz)")
        row(canvas, 128, "Harbour", "35,496", "3.39", "3,869")
        row(canvas, 144, "Total", "208,66", "3.32", "122,26")
        row(canvas, 156, "North", "4", "", "3")
        row(canvas, 168, "Arm")

    assert texts(only_grid(read_drawn(draw)))[1:] == [
        ("Harbour", "35,496", "3.39", "3,869"),
        ("Total North Arm", "208,664", "3.32", "122,263"),
    ]


def test_rows_between_drawn_columns_stay_rows_where_a_decimal_comma_looks_like_a_broken_group() -> None:
    rows = (("Nord", "208,66", "12,5", "84,1"), ("Sud", "4", "3", "1"), ("Est", "18,2", "6,6", "4,0"))

    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [("Zone", "Mt", "g/t", "koz"), *rows], LEFTS)
        for wall in (66, 226, 306, 386, 466):
            canvas.line(wall, HEIGHT - 86, wall, HEIGHT - 160)
        for top in (86, 160):
            canvas.line(66, HEIGHT - top, 466, HEIGHT - top)

    assert texts(only_grid(read_drawn(draw)))[1:] == list(rows)


def test_a_heading_over_the_last_column_alone_is_not_over_the_two_last() -> None:
    """``Weight Recovery`` beside ``P`` on a typewriter: it ends where its column does, and is far from the other."""
    edges = (54.0, 110.1, 222.3, 268.2, 298.8, 329.4, 365.1, 400.8, 446.7)
    leaves = {3: (273.3, 288.6), 4: (303.9, 319.2), 6: (370.2, 395.7), 7: (416.1, 431.4)}
    iron, silica, recovery = (278.4, 288.6), (303.9, 324.3), (405.9, 446.7)
    assert group_ranges([iron, silica, recovery], leaves, edges, []) == [(3, 3), (4, 4), (7, 7)]


def test_a_heading_flush_with_the_labels_heads_no_figures() -> None:
    """``As at`` over ``31, 2024``, and ``Contained`` beside it: not up to where the next heading begins."""
    leaves = {0: (76.6, 108.5), 1: (124.2, 147.6), 2: (165.4, 181.5), 3: (187.0, 224.4), 4: (234.0, 259.6)}
    assert flush_ranges([(76.6, 95.3), (187.0, 204.4)], leaves)[0] == (0, 0)


def test_lines_of_the_labels_heading_are_one_however_the_others_are_aligned() -> None:
    def draw(canvas: Canvas) -> None:
        for top, first, second in ((88, "As at", "Tonnes"), (100, "December 31, 2024", "(kt)")):
            say(canvas, 72, top, first)
            canvas.drawRightString(300, HEIGHT - top, second)
            canvas.drawRightString(380, HEIGHT - top, {"Tonnes": "Grade", "(kt)": "(g/t)"}[second])
        columns(canvas, 116, [MEASURED[:3], INDICATED[:3], INFERRED[:3]], LEFTS)

    assert texts(only_grid(read_drawn(draw)))[0] == ("As at December 31, 2024", "Tonnes (kt)", "Grade (g/t)")


def test_words_of_a_justified_label_are_no_column() -> None:
    """The first of a label's two lines fills its cell: ``Measured        and`` over ``Indicated``."""

    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER, MEASURED, INDICATED], LEFTS)
        say(canvas, 72, 148, "Measured")
        say(canvas, 150, 148, "and")
        columns(canvas, 148, [("", *INFERRED[1:])], LEFTS)
        say(canvas, 72, 160, "Indicated")
        columns(canvas, 176, [INFERRED], LEFTS)

    assert texts(only_grid(read_drawn(draw)))[3] == ("Measured and Indicated", *INFERRED[1:])


def test_a_short_heading_over_two_columns_may_stand_in_one_of_them() -> None:
    """``Li2O`` over ``Grade (%)`` and ``Contained (kt)``."""
    edges = (71.2, 221.3, 309.9, 371.5, 468.5, 540.7)
    assert group_ranges([(373.4, 392.3)], {2: (318.6, 358.0), 3: (390.5, 443.6)}, edges, []) == [(2, 3)]


def test_a_line_that_underlines_a_heading_does_not_end_its_group() -> None:
    """``Contained`` is as wide as the middle one of its three columns, and so is the line under it."""

    def draw(canvas: Canvas) -> None:
        for middle, text in ((254, "Grade"), (391, "Contained")):
            half = canvas.stringWidth(text, "Helvetica", 9) / 2
            say(canvas, middle - half, 100, text, 9)
            canvas.line(middle - half, HEIGHT - 102, middle + half, HEIGHT - 102)
        for at, text in enumerate(("Ni (%)", "Cu (%)", "Co (%)", "Ni (kt)", "Cu (kt)", "Co (kt)")):
            canvas.drawCentredString(209 + 45.5 * at, HEIGHT - 114, text)
        for row, label in enumerate(("North", "Centre", "South")):
            say(canvas, 72, 130 + 14 * row, label, 9)
            for at, text in enumerate(("0.31", "0.14", "0.013", "138", "117", "1.6")):
                canvas.drawCentredString(209 + 45.5 * at, HEIGHT - 130 - 14 * row, text)

    groups = [(c.text, c.column, c.column_span) for c in only_grid(read_drawn(draw)).cells if c.column_span > 1]
    assert groups == [("Grade", 1, 3), ("Contained", 4, 3)]


def test_the_first_row_below_a_heading_at_the_end_of_a_page_is_read_with_the_rows_of_the_next() -> None:
    def draw_first(canvas: Canvas) -> None:
        say(canvas, 72, 640, "Reserves and resources of the mine")
        columns(canvas, 690, [("", *HEADER[1:])], LEFTS)
        canvas.drawCentredString(270, HEIGHT - 712, "Mineral resources")
        columns(canvas, 734, [MEASURED], LEFTS)

    def draw_next(canvas: Canvas) -> None:
        columns(canvas, 80, [("", *HEADER[1:]), INDICATED, INFERRED], LEFTS, pitch=22)

    rows = texts(only_grid(read_drawn(draw_first, draw_next)))
    assert rows[-3:] == [MEASURED, INDICATED, INFERRED]
    assert "Mineral resources" in rows[1]


def at(baseline: float, text: str, size: float, width: float) -> Line:
    return Line((Word(text, Box(72, baseline - 0.75 * size, 72 + width, baseline + 0.25 * size), size),))


@pytest.mark.parametrize(("off", "expected"), [(8.6, True), (12.0, False)])
def test_a_heading_among_rows_may_be_a_little_off_the_middle_of_a_wide_table(off: float, expected: bool) -> None:
    """The words of a wide table, 468 points in a size of 7, need not fill its cells alike at both ends."""
    heading = at(100, "Underground", 7, 54)
    middle = heading.box.middle[0] + off
    assert is_centred(heading, (middle - 234, middle + 234)) is expected


def test_each_font_size_has_the_pitch_of_its_own_text() -> None:
    notes = [at(600 + 9 * index, "note", 8.5, 460) for index in range(4)]
    prose = [at(100 + 12 * index, "prose", 10, 460) for index in range(4)]
    leading = usual_leading([*prose, *notes])
    assert leading.most(8.5) < 9.8  # the notes' lines follow each other by 9 points
    assert 12 < leading.most(10) < 13.5  # the prose's by 12


def draw_start(canvas: Canvas, below: str = "") -> None:
    columns(canvas, 690, [HEADER, MEASURED, INDICATED], LEFTS)
    say(canvas, 72, 740, below)
    say(canvas, 300, 770, "- 7 -")


def draw_end(canvas: Canvas, above: str = "") -> None:
    say(canvas, 72, 60, above)
    columns(canvas, 80, [INFERRED, ("Total", "14,730", "2.99", "1,413")], LEFTS)
    say(canvas, 300, 770, "- 8 -")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (draw_start, draw_end),
        (draw_start, lambda canvas: draw_end(canvas, "Table 4.2: Mineral resources (continued)")),
        (draw_start, lambda canvas: draw_end(canvas, "Tableau 4.2 (suite)")),
        (lambda canvas: draw_start(canvas, "Continued on the next page"), draw_end),
    ],
)
def test_rows_without_a_heading_go_on_with_the_table_of_the_page_before(
    start: Callable[[Canvas], None], end: Callable[[Canvas], None]
) -> None:
    grid = only_grid(read_drawn(start, end))
    assert texts(grid) == [HEADER, MEASURED, INDICATED, INFERRED, ("Total", "14,730", "2.99", "1,413")]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_heading_left_alone_at_the_end_of_a_page_heads_the_rows_of_the_next(repeated: bool) -> None:
    def draw_next(canvas: Canvas) -> None:
        columns(canvas, 80, [*([HEADER] if repeated else []), MEASURED, INFERRED], LEFTS, pitch=24)

    def draw_first(canvas: Canvas) -> None:
        columns(canvas, 660, [HEADER, MEASURED, INDICATED], LEFTS, pitch=24)
        say(canvas, 72, 732, "North Pit")

    rows = texts(only_grid(read_drawn(draw_first, draw_next)))
    assert rows[3:] == [("North Pit", "", "", ""), MEASURED, INFERRED]


def test_a_column_that_is_blank_on_the_next_page_keeps_its_place() -> None:
    def draw_less(canvas: Canvas) -> None:
        columns(canvas, 80, [("Stockpile", "96", "", "5"), ("Tailings", "7,329", "", "263")], LEFTS)

    assert texts(only_grid(read_drawn(draw_start, draw_less)))[3:] == [
        ("Stockpile", "96", "", "5"),
        ("Tailings", "7,329", "", "263"),
    ]


def test_a_table_below_another_caption_does_not_go_on_with_the_one_before() -> None:
    first, second = read_drawn(draw_start, lambda canvas: draw_end(canvas, "Table 4.3: Recoveries")).grids()
    assert (first.rows, second.rows) == (3, 2)


def test_headings_flush_left_over_figures_flush_right_head_one_column_each() -> None:
    """A word processor's table: each heading begins where its cell does, and each figure ends where its cell does."""
    headings = (("Category", 72), ("Tonnes", 160), ("Gold Grade", 205), ("Silver Grade", 275), ("Gold (koz)", 345))
    rows = [("Measured", "20,388", "1.93", "9.01", "1,266"), ("Inferred", "2,287", "0.56", "3.41", "42")]

    def draw(canvas: Canvas) -> None:
        for text, left in headings:
            say(canvas, left, 100, text)
        columns(canvas, 114, rows, (72.0, 100.0, 201.0, 271.0, 341.0, 411.0), 14)

    assert texts(only_grid(read_drawn(draw))) == [tuple(text for text, _ in headings), *rows]


def test_figures_a_space_apart_are_two_where_they_are_no_one_number() -> None:
    rows = [("Mine", "kt", "g/t", "Onces"), ("Aube", "22 788", "1,93", "1 414"), ("Brise", "110 463", "0,82", "2 912")]

    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, rows, (72.0, 100.0, 200.0, 224.0, 330.0), 16)

    assert texts(only_grid(read_drawn(draw))) == rows


def test_a_heading_alone_at_the_end_of_a_page_is_carried_to_its_rows() -> None:

    def heading(canvas: Canvas) -> None:
        say(canvas, 72, 60, "Table 3. Mineral reserves at the end of the year")
        columns(canvas, 712, [HEADER], LEFTS)
        say(canvas, 72, 728, "Fire Creek")  # a group row whose rows stand on the next page
        say(canvas, 300, 770, "12")

    def rows(canvas: Canvas) -> None:
        columns(canvas, 60, [MEASURED, INDICATED, INFERRED], LEFTS)
        say(canvas, 300, 770, "13")

    grid = only_grid(read_drawn(heading, rows))
    below = ("Fire Creek", "", "", "")
    assert texts(grid) == [HEADER, below, MEASURED, INDICATED, INFERRED]
    places = [(cell.place.page, cell.text) for cell in grid.cells if cell.text in ("Tonnes (kt)", "1,527")]
    assert places == [(1, "Tonnes (kt)"), (2, "1,527")]
    tonnes = grid.at(0, 1)
    assert tonnes is not None
    assert tonnes.place.box is not None
    assert 700 < tonnes.place.box.bottom < 720


def test_the_last_table_of_a_page_gives_no_heading_to_the_next() -> None:
    def first(canvas: Canvas) -> None:
        columns(canvas, 640, [HEADER, MEASURED, INDICATED], LEFTS)

    def second(canvas: Canvas) -> None:
        say(canvas, 72, 60, "The drill programme went on over the year.")
        columns(canvas, 100, [("Hole", "From (m)", "To (m)", "Au (g/t)"), ("D-1", "10", "12", "3.1")], LEFTS)

    one, two = read_drawn(first, second).grids()
    assert (one.rows, two.rows) == (3, 2)


def test_a_heading_among_rows_at_the_start_of_a_page_is_a_row() -> None:
    rows = texts(only_grid(read_drawn(draw_start, lambda canvas: draw_end(canvas, "South Pit"))))
    assert rows[3:] == [("South Pit", "", "", ""), INFERRED, ("Total", "14,730", "2.99", "1,413")]


def test_the_same_headings_below_each_group_tell_how_wide_it_is() -> None:
    """The groups' headings end where their second columns do, by chance: they are centred over three columns each."""
    lefts = (72, 190, 250, 290, 350, 410, 450)
    leaves = ["Tonnes", "Grade (g/t)", "koz"] * 2

    def draw(canvas: Canvas) -> None:
        say(canvas, 183, 88, "June 30, 2024")
        say(canvas, 343, 88, "June 30, 2023")
        for left, text in zip(lefts[1:], leaves, strict=True):
            canvas.drawRightString(left + 55, 792 - 102, text)
        for top, label in ((120, "Proven"), (136, "Probable")):
            say(canvas, 72, top, label)
            for left, text in zip(lefts[1:], ["412", "6.11", "81", "398", "6.35", "82"], strict=True):
                canvas.drawRightString(left + 55, 792 - top, text)

    grid = only_grid(read_drawn(draw))
    assert [(c.text, c.column, c.column_span) for c in grid.row(0) if c.text.startswith("June")] == [
        ("June 30, 2024", 1, 3),
        ("June 30, 2023", 4, 3),
    ]


def test_rules_that_are_typed_and_dots_that_lead_to_figures_are_no_words() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, 100, [HEADER], LEFTS)
        say(canvas, 72, 112, "_" * 40)
        columns(canvas, 125, [MEASURED, INFERRED], LEFTS)
        say(canvas, 125, 125, ". . . . . ........")
        say(canvas, 72, 160, "Read on .......... 12")

    document = read_drawn(draw)
    assert texts(only_grid(document)) == [HEADER, MEASURED, INFERRED]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Read on .......... 12"]


def test_the_last_row_alone_on_the_next_page_goes_on_with_its_table() -> None:
    def draw_last(canvas: Canvas) -> None:
        columns(canvas, 60, [INFERRED], LEFTS)
        say(canvas, 72, 84, "1. Figures are rounded.")

    def draw_prose(canvas: Canvas) -> None:
        say(canvas, 72, 690, "Nothing stands above the row of the next page.")

    assert texts(only_grid(read_drawn(draw_start, draw_last))) == [HEADER, MEASURED, INDICATED, INFERRED]
    document = read_drawn(draw_prose, draw_last)
    assert not list(document.grids())
    assert "Inferred 342 3.30 36" in [paragraph.text for paragraph in document.paragraphs()]
