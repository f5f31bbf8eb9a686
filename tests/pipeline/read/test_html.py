from __future__ import annotations

import pytest

from models.document import Document, Grid
from pipeline.errors import UnreadableFilingError
from pipeline.read import read


def document(body: str, head: str = "<meta charset='utf-8'>") -> Document:
    return read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "release.html")


def grid_of(body: str) -> Grid:
    (grid,) = document(body).grids()
    return grid


def paragraphs(body: str) -> list[str]:
    return [paragraph.text for paragraph in document(body).paragraphs()]


TABLE = """
<table><thead>
<tr><th rowspan=2>Category<th rowspan="2">Tonnes<br>(kt)</th><th colspan=2>Gold</th></tr>
<tr><th>g/t</th><th>koz</th></tr></thead>
<tr><td colspan="4">Open&nbsp;Pit</td></tr>
<tr><td>Inferred<sup>(1)</sup></td><td>1,527<sup>2</sup></td><td>2.40</td><td>&nbsp;</td></tr>
</table>"""


def test_spans_headers_and_blank_cells() -> None:
    grid = grid_of(TABLE)
    assert grid.text() == [
        ["Category", "Tonnes (kt)", "Gold", ""],
        ["", "", "g/t", "koz"],
        ["Open Pit", "", "", ""],
        ["Inferred(1)", "1,5272", "2.40", ""],
    ]
    assert [(c.row_span, c.column_span, c.header) for c in grid.row(0)] == [(2, 1, True), (2, 1, True), (1, 2, True)]
    assert [c.header for c in grid.row(3)] == [False] * 4


def test_superscripts_are_told_from_the_figures_they_follow() -> None:
    label, figure = grid_of(TABLE).row(3)[:2]
    assert (label.base, label.marks) == ("Inferred", ("(1)",))
    assert (figure.base, figure.raised) == ("1,527", ((5, 6),))


@pytest.mark.parametrize(
    ("row", "spans"),
    [
        ("<td colspan=0>a</td><td>b</td>", [(1, 1), (1, 1)]),  # nought columns are one
        ("<td colspan=99999>a</td><td>b</td>", [(1, 2), (1, 1)]),  # no page has so many; those without a text go
        ("<td rowspan=9>a</td><td>b</td>", [(2, 1), (1, 1)]),  # no further than the table's end
        ("<td rowspan='x'>a</td><td>b</td>", [(1, 1), (1, 1)]),
    ],
)
def test_spans_that_cannot_be_are_clamped(row: str, spans: list[tuple[int, int]]) -> None:
    grid = grid_of(f"<table><tr>{row}</tr><tr><td>c</td><td>d</td></tr></table>")
    assert [(c.row_span, c.column_span) for c in grid.row(0) if c.text] == spans


def test_every_place_of_a_ragged_table_has_a_cell() -> None:
    grid = grid_of("<table><tr><td>a<td>b<td>c</tr><tr><td>d</tr><tr><td>e<td>f</table>")
    assert all(grid.at(row, column) for row in range(grid.rows) for column in range(grid.columns))


def test_a_table_that_lays_out_the_page_is_read_as_its_blocks() -> None:
    blocks = document(f"<table><tr><td>Menu</td><td><p>A sentence.</p>{TABLE}<p>A note.</p></td></tr></table>").blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Paragraph", "Grid", "Paragraph"]


def test_notes_set_as_a_table_are_paragraphs_with_their_marks() -> None:
    note = "The estimate follows the definition standards. " * 6
    assert paragraphs(f"<table><tr><td>1.</td><td>{note}</td></tr><tr><td>2.</td><td>{note}</td></tr></table>") == [
        f"1. {note}".strip(),
        f"2. {note}".strip(),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One\n  <b>bold</b> word</p><p>Two</p>", ["One bold word", "Two"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<p>1. One note.<br>2. Another<br>that goes on</p>", ["1. One note.", "2. Another that goes on"]),
        ("first<br><br>second", ["first", "second"]),
        ("<p>WO<sub>3</sub> and Li<sub>2</sub>O</p>", ["WO3 and Li2O"]),
        (
            "<script>x</script><style>y</style><nav>z</nav><p hidden>h</p><p style='display: none'>n</p><p>seen</p>",
            ["seen"],
        ),
        ("<p>caf&eacute; &amp; 5&nbsp;%</p>", ["café & 5 %"]),
        ("<p>grades of <ix:nonFraction name='x'>1.5</ix:nonFraction> g/t</p>", ["grades of 1.5 g/t"]),
    ],
)
def test_paragraphs(body: str, expected: list[str]) -> None:
    assert paragraphs(body) == expected


def test_preformatted_text_is_read_as_text() -> None:
    grid = grid_of("<pre>\nCategory      kt    g/t\nMeasured   1,527   2.40\nIndicated    342   3.05\n</pre>")
    assert grid.text()[1] == ["Measured", "1,527", "2.40"]


def test_places_are_spans_of_the_page_as_plain_text() -> None:
    found = document(f"<p>Before.</p>{TABLE}<p>After.</p>")
    pieces = [piece for block in found.blocks for piece in (block.cells if isinstance(block, Grid) else (block,))]
    plain = "\n".join(piece.text for piece in pieces)
    for piece in pieces:
        assert piece.place.span is not None
        assert plain[slice(*piece.place.span)] == piece.text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),  # Latin-1 by its label, Windows' dashes and quotes in its bytes
        ("utf-8", "cp1252"),  # a label that the bytes contradict
        ("windows-1252", "utf-8"),
        ("no-such-charset", "utf-8"),
    ],
)
def test_a_declared_encoding_is_checked_against_the_bytes(declared: str, encoding: str) -> None:
    text = "Réserves prouvées – l’été à Québec, où la teneur s’élève à 2,4 g/t"
    html = f"<html><head><meta charset='{declared}'></head><body><p>{text}</p></body></html>"
    found = read(html.encode(encoding), "communique.html")
    assert next(found.paragraphs()).text == text


def test_the_title_is_kept() -> None:
    assert document("<p>x</p>", "<title> A \n release </title>").title == "A release"


@pytest.mark.parametrize("body", ["", "<script>only()</script>", "<table></table>"])
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(UnreadableFilingError, match=r"^release.html: the page holds no text"):
        document(body)


def test_signs_in_cells_of_their_own_belong_to_their_figure() -> None:
    """Filers' tools give signs cells of their own, and put blank columns between those of a table."""
    heading = "<tr><td>Class</td><td></td><td colspan=3>Value ($/t)</td><td></td><td colspan=2>Grade</td></tr>"
    first = "<tr><td>Measured</td><td></td><td>$</td><td>1,234</td><td></td><td></td><td>2.40</td><td>%</td></tr>"
    second = "<tr><td>Change</td><td></td><td>$</td><td>(12</td><td>)</td><td></td><td>(0.3</td><td>)%</td></tr>"
    grid = grid_of(f"<table>{heading}{first}{second}</table>")
    assert [tuple(row) for row in grid.text()] == [
        ("Class", "Value ($/t)", "Grade"),
        ("Measured", "$1,234", "2.40%"),
        ("Change", "$(12)", "(0.3)%"),
    ]


def test_a_unit_in_a_column_of_units_stays_there() -> None:
    rows = "<tr><td>Item</td><td>Unit</td><td>Measured</td></tr><tr><td>Copper</td><td>%</td><td>0.45</td></tr>"
    assert [tuple(row) for row in grid_of(f"<table>{rows}</table>").text()] == [
        ("Item", "Unit", "Measured"),
        ("Copper", "%", "0.45"),
    ]


STACKED = """
<table><tr><td>Class</td><td>Tonnes<br>(kt)</td><td>Au<br>g/t</td></tr>
<tr><td>Measured<br>Indicated</td><td>{}</td><td>2.40<br>{}</td></tr>
<tr><td>Inferred</td><td>342</td><td>3.30</td></tr></table>"""


def test_rows_stacked_in_one_by_line_breaks_are_parted() -> None:
    assert grid_of(STACKED.format("1,527<br>12,861", "3.05")).text() == [
        ["Class", "Tonnes (kt)", "Au g/t"],
        ["Measured", "1,527", "2.40"],
        ["Indicated", "12,861", "3.05"],
        ["Inferred", "342", "3.30"],
    ]


def test_cells_that_do_not_have_the_same_lines_stay_one_row() -> None:
    """Nothing tells which of the two classes the one tonnage is of."""
    assert grid_of(STACKED.format("14,388", "3.05")).row(1)[1].text == "14,388"
    assert grid_of(STACKED.format("14,388", "3.05")).rows == 3
