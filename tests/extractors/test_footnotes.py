"""Notes: their markers, the lines that carry them, what they speak of, and tonnages that they single out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.footnotes import Note, kinds_of, read_footnotes, split_marker, split_marks, sub_quantities_in
from extractors.tables import PrintedTable
from models.disclosure import Category, EstimateLine, EstimateTable, NoteKind
from models.document import Cell, Grid, Paragraph
from models.quote import Place, Quote

MARKERS = [
    ("1. Rounded.", "1", "Rounded."),
    ("(2) Rounded.", "2", "Rounded."),
    ("3) Rounded.", "3", "Rounded."),
    ("¹ Rounded.", "1", "Rounded."),
    ("a. Rounded.", "a", "Rounded."),
    ("* Rounded.", "*", "Rounded."),
    # a doubled marker and a number run into its text
    ("1. 1. Rounded.", "1", "Rounded."),
    ("3Open pit resources", "3", "Open pit resources"),
    # a bullet is no marker, and a note may have none
    ("- Rounded.", "", "Rounded."),
    ("Rounded.", "", "Rounded."),
    ("355,000 tonnes of inferred", "", "355,000 tonnes of inferred"),
    # the initials of a firm's form are no marker
    ("E.I.R.L. (Chile), dated May 4", "", "E.I.R.L. (Chile), dated May 4"),
    ("a) Rounded.", "a", "Rounded."),
    ("i. Rounded.", "i", "Rounded."),
    ("† Rounded.", "†", "Rounded."),
    ("10. Rounded.", "10", "Rounded."),
]


@pytest.mark.parametrize(("printed", "marker", "text"), MARKERS)
def test_a_marker_is_split_from_its_note(printed: str, marker: str, text: str) -> None:
    assert split_marker(Paragraph(printed)) == (marker, text)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [("1,2,5", ["1", "2", "5"]), ("(10, 14)", ["10", "14"]), ("(1-3)", ["1", "2", "3"]), ("*", ["*"])],
)
def test_lists_and_ranges_of_marks_are_taken_apart(mark: str, expected: list[str]) -> None:
    assert split_marks(mark) == expected


KINDS = [
    (
        "Effective date May 1, 2020. The Qualified Person is Anna Roe.",
        {NoteKind.EFFECTIVE_DATE, NoteKind.QUALIFIED_PERSON},
    ),
    (
        "Cut-off of 0.3% Cu at US$4.20/lb Cu and a recovery of 90%.",
        {NoteKind.CUTOFF, NoteKind.PRICE, NoteKind.RECOVERY},
    ),
    ("Resources include Mineral Reserves.", {NoteKind.INCLUSIVE}),
    ("Resources have no demonstrated economic viability.", {NoteKind.ECONOMIC_VIABILITY}),
    ("Totals may not sum due to rounding.", {NoteKind.ROUNDING}),
    ("The specific gravity is 3.0 g/cc.", {NoteKind.DENSITY}),
    ("1 tonne = 100 MTU", {NoteKind.OTHER}),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_a_note_has_every_kind_that_it_speaks_of(text: str, expected: set[NoteKind]) -> None:
    assert set(kinds_of(Note("1", text, Place()))) == expected


def test_an_item_below_a_cutoff_head_line_is_a_cutoff() -> None:
    assert kinds_of(Note("", "0.07% WO3 for open pits", Place(), head="Cut-off grades:")) == (NoteKind.CUTOFF,)


def test_tonnages_with_their_grades_are_singled_out() -> None:
    note = Note(
        "1",
        "Of these 355,000 tonnes average 0.40% WO3 and 177,000 tonnes with WO3 grades of 0.35% lie outside.",
        Place(),
    )
    found = sub_quantities_in(note)
    assert [(q.tonnage.figure.value, q.grade and q.grade.figure.value, q.commodity) for q in found] == [
        (Decimal(355000), Decimal("0.40"), "WO3"),
        (Decimal(177000), Decimal("0.35"), "WO3"),
    ]


def test_a_note_marks_the_lines_that_carry_its_marker() -> None:
    cells = (
        Cell("Indicated", row=0),
        Cell("Inferred1", row=1, raised=((8, 9),)),
        # digits glued to a label are a marker only where such a note exists
        Cell("Greenstone2", row=2),
        Cell("Zone 103", row=3),
        Cell("Block 2", row=4),  # a number apart, or behind a capital, is part of the name
        Cell("South – KIMB2", row=5),
    )
    notes = (Paragraph("1. Inside the pit."), Paragraph("2. Sixty per cent share."), Paragraph("- Rounded."))
    printed = PrintedTable(0, Grid(cells), (), notes)
    lines = tuple(EstimateLine(1, n, n - 1, 0, "", None, Category.INDICATED, Quote("")) for n in range(1, 7))
    found = read_footnotes(((printed, EstimateTable(1, "", lines, Quote(""))),))
    assert [(n.marker, n.lines) for n in found] == [("1", (2,)), ("2", (3,)), ("", ())]


def _notes_of(*texts: str, cells: tuple[Cell, ...] = ()) -> list[tuple[str, str]]:
    printed = PrintedTable(0, Grid((Cell("Indicated"), *cells)), (), tuple(Paragraph(t) for t in texts))
    line = EstimateLine(1, 1, 0, 0, "", None, Category.INDICATED, Quote(""))
    return [(n.marker, n.text) for n in read_footnotes(((printed, EstimateTable(1, "", (line,), Quote(""))),))]


def test_notes_that_run_on_in_one_paragraph_are_parted() -> None:
    assert _notes_of("Notes: 1. CIM definitions (2014) were followed. 2. See Table 3. 3. Rounded.") == [
        ("", "Notes:"),
        ("1", "CIM definitions (2014) were followed."),
        ("2", "See Table 3."),
        ("3", "Rounded."),
    ]
    # a number that does not count on is no marker
    assert _notes_of("4. Drilled in zone 7. 12. Hole 9 was lost.") == [("4", "Drilled in zone 7. 12. Hole 9 was lost.")]


def test_a_note_goes_on_behind_the_end_of_its_line() -> None:
    assert _notes_of("3. Domains were drawn at a 0.7%", "Li2O boundary.", "- Rounded.") == [
        ("3", "Domains were drawn at a 0.7% Li2O boundary."),
        ("", "Rounded."),
    ]


def test_the_next_section_is_no_note() -> None:
    assert _notes_of("1. Rounded.", "14.15 Lithium Resources", "The model was checked.") == [("1", "Rounded.")]


def test_notes_inside_the_frame_are_notes() -> None:
    rows = (Cell("a) Cut-off of 1 g/t Au.", row=1), Cell("b) Recovery of 88%.", row=2))
    assert _notes_of(cells=rows) == [("a", "Cut-off of 1 g/t Au."), ("b", "Recovery of 88%.")]


def test_several_marks_in_brackets_of_their_own_are_all_read() -> None:
    printed = PrintedTable(0, Grid((Cell("Inferred (b)(c)"),)), (), (Paragraph("b) Mined."), Paragraph("c) Rounded.")))
    line = EstimateLine(1, 1, 0, 0, "", None, Category.INFERRED, Quote(""))
    assert [n.lines for n in read_footnotes(((printed, EstimateTable(1, "", (line,), Quote(""))),))] == [(1,), (1,)]
