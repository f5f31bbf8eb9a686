"""Lines that were read from a picture: the reading is suspected before the filing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.disclosure import CellAccount, CellUse, EstimateLine, EstimateTable
from models.findings import Cause, Outcome, Status
from models.quote import Box, Place, Quote
from models.units import Quantity
from pipeline.checks import assess
from pipeline.checks.reading import LOOK, misreadings
from tests.pipeline.checks.tables import disclosure, line, metal, quantity, table

ROW = ("1,000 kt", "0.45 %", "4,500 t")


def by_ocr(printed: Quantity, x: float = 0.0) -> Quantity:
    return replace(printed, quote=Quote(printed.quote.text, Place(1, Box(x, 0, x + 20, 10), ocr=True)))


def scanned(plain: EstimateLine) -> EstimateLine:
    """The line as OCR gives it; figures stand 50 points apart."""
    (one,) = plain.metals
    assert plain.tonnage
    assert one.grade
    assert one.contained
    grade, contained = by_ocr(one.grade, 150), by_ocr(one.contained, 200)
    return replace(
        plain,
        quote=Quote(plain.label, Place(1, Box(0, 0, 220, 10), ocr=True)),
        tonnage=by_ocr(plain.tonnage, 100),
        metals=(replace(one, grade=grade, contained=contained),),
    )


def one_line(tonnage: str, grade: str, contained: str) -> EstimateTable:
    (plain,) = table(line("Proven", "proven", tonnage, (metal("WO3", grade, contained),))).lines
    return replace(table(plain), lines=(scanned(plain),))


@pytest.mark.parametrize(
    ("figures", "misread", "suggestion"),
    [
        (("1,000 kt", "0.45 %", "4,580 t"), True, None),  # 0.46 would do as well as 4,500
        (("1,000 kt", "0.45 %", "7,500 t"), False, None),  # 7 is not taken for 4
        (("1,000 kt", "0.45 %", "4,500 t"), False, None),  # nothing to repair
        (("1,000 kt", "3.45 %", "84,500 t"), True, None),  # 8.45 would do as well as 34,500
        (("357 kt", "0.45 %", "7,618 t"), True, "1,618 t"),
        (("7,000 kt", "0.45 %", "4,500 t"), True, "1,000 kt"),
        (("1,000 kt", "234 %", "23,400 t"), True, "2.34%"),
    ],
)
def test_a_misread_character_is_named_and_suggested_where_it_alone_repairs_the_line(
    figures: tuple[str, str, str], misread: bool, suggestion: str | None
) -> None:
    failed = [v for v in assess(disclosure(one_line(*figures))).verdicts if v.relation == "contained_metal"]
    (found,) = failed
    assert found.suggestion == suggestion
    assert (found.cause is Cause.OCR_CONFUSION) is misread
    assert found.explanation.endswith(LOOK) is (found.outcome is Outcome.FAILED)


def test_the_same_figures_in_a_text_are_the_filings_own() -> None:
    printed = table(line("Proven", "proven", "7,000 kt", (metal("WO3", "0.45 %", "4,500 t"),)))
    (found,) = (v for v in assess(disclosure(printed)).verdicts if v.outcome is Outcome.FAILED)
    assert found.cause is not Cause.OCR_CONFUSION
    assert LOOK not in found.explanation


@pytest.mark.parametrize(
    ("printed", "readings"),
    [
        ("0.45 %", {"0.46"}),
        ("17 kt", {"77", "11", "1.7"}),
        ("1.7 Mt", {"7.7", "1.1"}),  # its point is there
    ],
)
def test_few_characters_are_taken_for_each_other(printed: str, readings: set[str]) -> None:
    assert {str(q.figure.value) for q in misreadings(by_ocr(quantity(printed)))} == readings
    assert not list(misreadings(quantity(printed)))


@pytest.mark.parametrize(
    ("text", "ocr", "status"),
    [
        ("15.6", True, Status.HELD),  # a grade under a heading that OCR made "Ah"
        ("15.6", False, Status.SOUND),  # in a text a heading of unknown meaning is no misreading
        ("high", True, Status.SOUND),
    ],
)
def test_a_figure_under_an_unread_heading_holds_its_line(text: str, ocr: bool, status: Status) -> None:
    cell = Quote(text, Place(1, Box(250, 0, 270, 10), ocr=ocr))
    printed = one_line(*ROW)
    row = printed.lines[0].row
    left = CellAccount(row, 4, CellUse.LEFT_OVER, "a column of unknown meaning", cell)
    assert assess(disclosure(replace(printed, accounts=(left,)))).status(printed.lines[0].key) is status
