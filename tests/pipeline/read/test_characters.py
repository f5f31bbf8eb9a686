"""The characters of a page: what is asked once of a text object holds for each of its characters."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.characters import page_characters
from tests.pipeline.read.drawing import pdf, say


def _draw(canvas: Canvas) -> None:
    say(canvas, 72, 100, "Measured  1,527")
    say(canvas, 240, 100, "at 2.40 g/t Au", size=8)
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(72, 600, "Indicated")
    canvas.rotate(90)
    canvas.drawString(300, -400, "12,861")
    canvas.skew(0, 12)
    canvas.drawString(100, -500, "Inferred")


def test_each_character_has_what_pdfium_tells_of_it_alone() -> None:
    """Guards asking for a matrix and a font size once for all characters of one text object."""
    page = pdfium.PdfDocument(pdf(_draw))[0]
    textpage = page.get_textpage()
    told = page_characters(textpage)
    text, matrix, box = textpage.get_text_range(), pdfium_c.FS_MATRIX(), pdfium_c.FS_RECTF()
    bold = text.index("Indicated")
    assert len(text) == len(told.text_objects)
    for index in range(len(text)):
        pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box)
        parts = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        assert tuple(told.matrices[:, index]) == parts
        assert tuple(told.boxes[:, index]) == (box.left, box.top, box.right, box.bottom)
        assert told.font_sizes[index] == pdfium_c.FPDFText_GetFontSize(textpage, index)
    assert told.are_bold[[index for index, char in enumerate(text) if index >= bold and char.isalnum()]].all()
    assert not told.are_bold[:bold].any()
    assert not any(told.text_objects[index] for index, char in enumerate(text) if char in "\r\n")


def test_a_page_without_text_has_no_characters() -> None:
    """Guards the arrays of nothing."""
    page = pdfium.PdfDocument(pdf(lambda canvas: canvas.line(0, 0, 9, 9)))[0]
    assert page_characters(page.get_textpage()).sizes.tolist() == []
