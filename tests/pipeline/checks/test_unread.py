"""A filing that has text, with pages that are pictures: what was not read is said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors import extract
from models.findings import Finding
from pipeline.checks import assess
from pipeline.read import read_pdf
from pipeline.read.engines import Engine, installed_engine
from tests.pipeline.read.drawing import HEIGHT, WIDTH, pdf, say

GREY = Image.fromarray(np.full((220, 170), 200, dtype=np.uint8))


def text(canvas: Canvas) -> None:
    say(canvas, 72, 100, "Reserves are stated as of the end of the year.")


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(GREY), 0, 0, WIDTH, HEIGHT)


def logo(canvas: Canvas) -> None:
    text(canvas)
    canvas.drawImage(ImageReader(GREY), 72, HEIGHT - 90, 60, 60)


def blank(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0)


def about_reading(
    *pages: Callable[[Canvas], None], engine: Callable[[], Engine | None] = lambda: None
) -> list[Finding]:
    document = read_pdf(pdf(*pages), "drawn.pdf", engine=engine)
    return [found for found in assess(extract(document), document).findings if found.rule == "reading"]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((text, picture), "page 2 is a picture and was not read"),
        ((picture, text, picture, picture), "pages 1, 3-4 are pictures and were not read"),
    ],
)
def test_pictures_among_pages_of_text_are_named(pages: tuple[Callable[[Canvas], None], ...], said: str) -> None:
    (found,) = about_reading(*pages)
    assert found.message.startswith(said)
    assert "install" in found.message


def test_a_blank_page_and_a_page_with_a_logo_are_no_pictures() -> None:
    assert about_reading(text, logo, blank) == []


@pytest.mark.skipif(installed_engine() is None, reason="no OCR program is installed")
def test_pictures_that_an_ocr_program_looked_at_are_read() -> None:
    assert about_reading(text, picture, engine=installed_engine) == []
