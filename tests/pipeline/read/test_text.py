from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Document, Grid, Paragraph
from pipeline.errors import UnreadableFilingError
from pipeline.read import read
from pipeline.read.glyphs import fold

ROWS = [
    ("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)"),
    ("Measured", "1,527", "2.40", "118"),
    ("Indicated", "12,861", "3.05", "1,259"),
    ("Inferred¹", "342", "3.30", "36"),
]


def document(text: str) -> Document:
    return read(text.encode("utf-8"), "release.txt")


def grid_of(text: str) -> Grid:
    (grid,) = document(text).grids()
    return grid


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in document(text).paragraphs()]


def tabs(rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join("\t".join(row).rstrip() for row in rows)


def aligned(rows: Sequence[tuple[str, ...]], gap: int = 3) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        (" " * gap)
        .join(t.rjust(w) if i else t.ljust(w) for i, (t, w) in enumerate(zip(row, widths, strict=True)))
        .rstrip()
        for row in rows
    )


@pytest.mark.parametrize(
    "table",
    [
        tabs(ROWS),
        "\n".join(" | ".join(row) + " |" for row in ROWS),  # a closing pipe only
        "\n".join("| " + " | ".join(row) + " |" for row in [ROWS[0], ("---",) * 4, *ROWS[1:]]),  # Markdown
        "\n".join(" | ".join(row) for row in ROWS),  # no outer pipes
        aligned(ROWS),
        aligned(ROWS, gap=2),
        tabs(ROWS[:2]) + "\n\n" + tabs(ROWS[2:]),  # a blank line among the rows
    ],
    ids=["tabs", "pipes", "markdown", "bare pipes", "aligned", "two spaces", "blank line"],
)
def test_the_same_table_however_it_is_set(table: str) -> None:
    grid = grid_of(f"A caption\n\n{table}\n\nA note below the table.\n")
    assert [tuple(row) for row in grid.text()] == ROWS
    assert grid.spans_known is False


@pytest.mark.parametrize("table", [tabs(ROWS), aligned(ROWS)], ids=["tabs", "aligned"])
def test_every_place_is_a_span_of_the_source(table: str) -> None:
    source = f"A caption\n\n{table}\n\n- A **bold** note\n"
    for block in document(source).blocks:
        pieces = block.cells if isinstance(block, Grid) else (block,)
        for piece in pieces:
            assert piece.place.span is not None
            start, end = piece.place.span
            assert source[start:end].replace("*", "") == piece.text


def test_a_line_of_one_text_among_rows_is_a_row() -> None:
    rows = [ROWS[0], ("Open Pit", "", "", ""), *ROWS[1:3], ("Underground", "", "", ""), ROWS[3]]
    for table in (tabs(rows), aligned(rows)):
        assert [row[0] for row in grid_of(table).text()][1::3] == ["Open Pit", "Underground"]


def test_blank_cells_keep_their_columns() -> None:
    rows = [ROWS[0], ("Measured", "1,527", "", "118"), ("Indicated", "", "3.05", ""), ROWS[3]]
    for table in (tabs(rows), aligned(rows)):
        assert [tuple(row) for row in grid_of(table).text()] == rows


def test_a_heading_centred_over_aligned_columns_spans_them() -> None:
    table = (
        "               Open Pit          Underground\n"
        "            kt       g/t        kt       g/t\n"
        "North    1,200      1.10       300      4.20\n"
        "South      850      0.95       120      3.85\n"
    )
    cells = grid_of(table).row(0)
    assert [(c.text, c.column, c.column_span) for c in cells if c.text] == [("Open Pit", 1, 2), ("Underground", 3, 2)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # wrapped at some 60 characters: one paragraph, then another
        ("The estimate rests on a cut-off grade of 0.30 g/t of gold in\nthe pit.\n\nNext.\n",
         ["The estimate rests on a cut-off grade of 0.30 g/t of gold in the pit.", "Next."]),
        # notes and bullets without blank lines between them
        ("1. One note.\n2. Another note.\n• A bullet\n", ["1. One note.", "2. Another note.", "• A bullet"]),
        # Markdown: bold over two lines, escapes, emphasis
        ("**IN CAPITALS AND\nBOLD**\n\nA *word* and 5\\% of it\\.\n", ["IN CAPITALS AND BOLD", "A word and 5% of it."]),
        # no-break space, ligature, no-break hyphen
        ("Classi\ufb01\u00adcation of 1\u00a0226 t, NI 43\u2011101\n", ["Classification of 1 226 t, NI 43-101"]),
        # tabs that indent and part nothing
        ("\tAn indented line\n\tand another one\n", ["An indented line", "and another one"]),
    ],
)  # fmt: skip
def test_paragraphs(source: str, expected: list[str]) -> None:
    assert paragraphs(source) == expected


def test_raised_characters_stay_and_are_listed() -> None:
    (paragraph,) = document("Inferred resources¹⁽²⁾ of WO₃").paragraphs()
    assert paragraph.marks == ("¹⁽²⁾",)
    assert paragraph.base == "Inferred resources of WO₃"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_is_read_from_the_bytes(encoding: str) -> None:
    text = "Les ressources minérales présumées s’élèvent à 1 226 tonnes à une teneur de 2,40 g/t d’or.\n\n" * 4
    found = read(text.encode(encoding), "communique.txt")
    assert next(found.paragraphs()).text == text.splitlines()[0]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableFilingError, match=r"^data.txt: "):
        read(b"abc\x00\x01\x02\x03\x04" * 50, "data.txt")


CELL = st.text(alphabet="abcXYZ0123456789.,()%", min_size=1, max_size=12)


@given(st.integers(2, 6).flatmap(lambda width: st.lists(st.tuples(*[CELL] * width), min_size=2, max_size=8)))
def test_tabbed_fields_come_back_as_they_were(rows: list[tuple[str, ...]]) -> None:
    (grid,) = document(tabs(rows)).grids()
    assert [tuple(row) for row in grid.text()] == rows


@given(st.text(max_size=400))
def test_no_word_of_a_text_is_lost(source: str) -> None:
    try:
        blocks = document(source).blocks
    except UnreadableFilingError:
        return
    said = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells) for block in blocks
    )
    assert [c for c in said if c.isalnum() and c.isascii()] == [c for c in fold(source) if c.isalnum() and c.isascii()]


BOXED = """
+-----------+--------+--------+
| Category  | Tonnes | July   |
|           | (kt)   | 2024   |
+-----------+--------+--------+
| Measured  |  1,527 |   2.40 |
+-----------+--------+--------+
| Measured+ | 12,861 |   3.05 |
| Indicated |        |        |
+-----------+--------+--------+
| Inferred  |    342 |   3.30 |
+-----------+--------+--------+
Note
"""


def test_the_lines_between_two_rules_of_a_boxed_table_are_one_row() -> None:
    document = read(BOXED.encode(), "boxed.txt")
    assert [grid.text() for grid in document.grids()] == [
        [
            ["Category", "Tonnes (kt)", "July 2024"],
            ["Measured", "1,527", "2.40"],
            ["Measured+ Indicated", "12,861", "3.05"],
            ["Inferred", "342", "3.30"],
        ]
    ]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Note"]


def test_rules_that_part_sections_join_no_rows() -> None:
    lines = BOXED.strip().splitlines()
    table = "\n".join([lines[0], *lines[1:3], lines[3], lines[4], lines[6].replace("+ ", "  "), lines[9], lines[0]])
    assert grid_of(table).rows == 5


CENTRED = """
Mineral reserves

                      PROVEN                    PROBABLE
             ======================    ======================
                          Contained                 Contained
             Tonnes  Grade   ounces    Tonnes  Grade   ounces
North
Ridge           371    9.2      109       434    9.0      125
Total North     371    9.2      109       434    9.0      125

South
Basin           120    4.1       16       300    3.9       38
"""


def test_headings_centred_over_the_middle_one_of_three_columns_span_all_three() -> None:
    grid = grid_of(CENTRED)
    assert [(c.text, c.column, c.column_span) for c in grid.row(0) if c.text] == [("PROVEN", 1, 3), ("PROBABLE", 4, 3)]
    assert grid.text()[1] == ["", "", "", "Contained", "", "", "Contained"]


WRAPPED = """
Mineral reserves

             31 December 2024          31 December 2023
           =====================     =====================
                   Grade                     Grade
                    (g/t                      (g/t
           Tonnes    Au)  Ounces     Tonnes    Au)  Ounces
Proven     412,300  6.11  80,993     398,100  6.35  81,275
Probable   288,700  5.47  50,772     402,200  5.60  72,413
"""


def test_a_line_that_is_alike_over_every_group_is_of_the_columns_own_headings() -> None:
    """What is printed alike over two groups tells neither from the other, though it stands in their middle."""
    grid = grid_of(WRAPPED)
    assert [cell.column_span for cell in grid.row(0) if cell.text] == [3, 3]
    assert grid.text()[1] == ["", "", "Grade", "", "", "Grade", ""]


RULED = """
Mineral resources

Class         Tonnes                 Grades                Content
                       ==============================
                        Pt     Pd     Rh     Au     4E
                Mt     g/t    g/t    g/t    g/t    g/t       Moz
Measured     12.33    1.24   1.90   0.10   0.26   3.50      1.39
Indicated    28.90    1.17   1.81   0.10   0.24   3.32      3.08
"""


def test_a_heading_spans_the_columns_that_the_rule_below_it_reaches_over() -> None:
    """``Grades`` is flush with the one column in the middle of its five."""
    row = grid_of(RULED).row(0)
    assert [(c.text, c.column, c.column_span) for c in row if c.text] == [
        ("Class", 0, 1),
        ("Tonnes", 1, 1),
        ("Grades", 2, 5),
        ("Content", 7, 1),
    ]


def test_a_table_goes_on_behind_a_gap_and_a_group_row() -> None:
    assert [row[:2] for row in grid_of(CENTRED).text()[3:]] == [
        ["North", ""],
        ["Ridge", "371"],
        ["Total North", "371"],
        ["South", ""],
        ["Basin", "120"],
    ]
    assert "Basin" not in str(grid_of(CENTRED.replace("South\n", "Table 2: South\n")).text())
