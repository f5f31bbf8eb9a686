from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from models.document import Document, Grid
from pipeline.errors import NoTextLayerError
from pipeline.read import read_pdf
from pipeline.read.engines import Rapid, Tesseract, installed_engine, pieces_of_table
from pipeline.read.picture import DPI, drawn_lines, ink_of, skew_of
from tests.pipeline.read.drawing import HEIGHT, WIDTH, columns, only_grid, pdf, say

LEFTS = (72.0, 260.0, 340.0, 420.0, 500.0)
RULES = (66.0, 260.0, 346.0, 426.0, 506.0)
"""Where lines stand beside the columns: figures end at the next column's left."""
ROWS = (
    ("Category", "Tonnes (kt)", "Au (g/t)", "Au (koz)"),
    ("Proven", "1,527", "2.40", "118"),
    ("Probable", "12,861", "3.05", "1,259"),
    ("Proven and Probable", "14,388", "2.98", "1,377"),
)


def draw_table(canvas: Canvas) -> None:
    say(canvas, 72, 70, "Mineral Reserves", 14)
    columns(canvas, 100, ROWS, LEFTS, pitch=18)
    say(canvas, 72, 200, "Tonnage and metal are rounded.")


def draw_frame(canvas: Canvas) -> None:
    for x in RULES:
        canvas.line(x, HEIGHT - 88, x, HEIGHT - 88 - 18 * 4)
    for row in range(5):
        canvas.line(RULES[0], HEIGHT - 88 - 18 * row, RULES[-1], HEIGHT - 88 - 18 * row)
    draw_table(canvas)


def rendered(draw: Callable[[Canvas], None]) -> Image.Image:
    with pdfium.PdfDocument(pdf(draw)) as source:
        return Image.fromarray(np.array(source[0].render(scale=DPI / 72, grayscale=True).to_numpy()))


def scan(draw: Callable[[Canvas], None], degrees: float) -> Callable[[Canvas], None]:
    """Draws a page as a scanner gives it: askew, with noise."""
    turned = rendered(draw).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(5).normal(0, 6, (turned.height, turned.width))
    noisy = Image.fromarray((np.asarray(turned) + noise).clip(0, 255).astype(np.uint8))
    return lambda canvas: canvas.drawImage(ImageReader(noisy), 0, 0, WIDTH, HEIGHT)


def read(*pages: Callable[[Canvas], None]) -> Document:
    return read_pdf(pdf(*pages), "scan.pdf")


@pytest.mark.parametrize(
    ("draw", "degrees"),
    [
        (draw_frame, 0.6),  # drawn lines are found in the picture, once it is level
        (draw_table, 0.4),  # without lines the columns stand where the words do
    ],
)
def test_a_scanned_table_gives_the_cells_that_are_printed(draw: Callable[[Canvas], None], degrees: float) -> None:
    document = read(scan(draw, degrees))
    assert [tuple(row) for row in only_grid(document).text()] == list(ROWS)
    assert [p.text for p in document.paragraphs()] == ["Mineral Reserves", "Tonnage and metal are rounded."]


def test_dashes_in_a_drawn_table_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        draw_frame(canvas)
        canvas.setFillGray(1)  # blank out two figures, and print dashes in their place
        canvas.rect(350, HEIGHT - 122, 72, 14, stroke=0, fill=1)
        canvas.rect(430, HEIGHT - 122, 72, 14, stroke=0, fill=1)
        canvas.setFillGray(0)
        say(canvas, 400, 118, "-")
        say(canvas, 480, 118, "–")

    assert only_grid(read(scan(draw, 0.3))).text()[1] == ["Proven", "1,527", "-", "-"]


def test_ocr_reads_pictures_only_and_every_place_says_so() -> None:
    def draw_stamped(canvas: Canvas) -> None:  # a page number in the text layer of a scanned page
        scan(draw_table, 0)(canvas)
        say(canvas, 300, 780, "Page 2 of 2")

    document = read(draw_table, draw_stamped)
    assert document.page_count == 2
    by_page = {1: False, 2: True}
    places = [cell.place for grid in document.grids() for cell in grid.cells if cell.text]
    places += [paragraph.place for paragraph in document.paragraphs()]
    assert all(place.ocr is by_page[place.page or 0] for place in places)
    assert {place.page for place in places} == {1, 2}
    assert [block.text for block in document.blocks if not isinstance(block, Grid)].count("Page 2 of 2") == 1


def test_without_an_ocr_program_a_scan_says_what_to_install() -> None:
    with pytest.raises(
        NoTextLayerError, match=r"scan\.pdf: the pages are pictures; install orebook\[ocr\] .*tesseract"
    ):
        read_pdf(pdf(scan(draw_table, 0)), "scan.pdf", engine=lambda: None)


def test_without_an_ocr_program_the_pages_with_text_are_read() -> None:
    document = read_pdf(pdf(draw_table, scan(draw_table, 0)), "scan.pdf", engine=lambda: None)
    assert {block.place.page for block in document.blocks} == {1}


def test_more_pictures_than_the_time_of_a_filing_holds_are_refused() -> None:
    dot = ImageReader(Image.new("L", (1, 1)))
    pages = [lambda canvas: canvas.drawImage(dot, 0, 0, WIDTH, HEIGHT)] * 101
    with pytest.raises(NoTextLayerError, match="the 101 pages are pictures, more than the 100"):
        read_pdf(pdf(*pages), "long.pdf", engine=Tesseract)


def test_of_a_long_report_only_pictures_beside_wanted_pages_are_read() -> None:
    def prose(canvas: Canvas) -> None:
        for line in range(4):
            say(canvas, 72, 100 + 14 * line, "Geology of the region and of the property")

    def wanted(canvas: Canvas) -> None:
        prose(canvas)
        say(canvas, 72, 200, "The estimate is shown overleaf")

    picture = scan(draw_table, 0)
    content = pdf(*[prose] * 20, picture, *[prose] * 19, wanted, picture)
    document = read_pdf(content, "report.pdf", wanted=lambda text: "overleaf" in text)
    assert {block.place.page for block in document.blocks if block.place.ocr} == {42}


def test_a_blank_scan_has_no_text() -> None:
    with pytest.raises(NoTextLayerError, match="no page has text"):
        read(scan(Canvas.saveState, 0))


@pytest.mark.parametrize("degrees", [-1.5, -0.4, 0.0, 0.05, 0.7])
def test_skew_is_measured_to_a_twentieth_of_a_degree(degrees: float) -> None:
    turned = rendered(draw_table).rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(ink_of(np.asarray(turned))) == pytest.approx(degrees, abs=0.05)


def test_lines_are_found_where_they_are_drawn_and_not_in_text() -> None:
    def prose(canvas: Canvas) -> None:
        for line in range(40):
            say(
                canvas,
                72,
                100 + 12 * line,
                "mineral reserves minimum nnnnnnnn mmmmmmm ------- ======= 111111 HHHHH",
                11,
            )

    assert not drawn_lines(ink_of(np.asarray(rendered(prose)))).strokes
    strokes = drawn_lines(ink_of(np.asarray(rendered(draw_frame)))).strokes
    lying = sorted((s.box.top + s.box.bottom) / 2 for s in strokes if s.box.width > s.box.height)
    standing = sorted((s.box.x0 + s.box.x1) / 2 for s in strokes if s.box.width < s.box.height)
    assert lying == pytest.approx([88 + 18 * row for row in range(5)], abs=0.5)
    assert standing == pytest.approx(RULES, abs=0.5)


def test_shading_is_no_line_and_its_text_is_ink() -> None:
    def shaded(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(60, HEIGHT - 120, 400, 60, stroke=0, fill=1)
        canvas.setFillGray(0)
        say(canvas, 72, 100, "Probable")

    ink = ink_of(np.asarray(rendered(shaded)))
    assert not drawn_lines(ink).strokes
    ys, xs = np.nonzero(ink)
    assert 71 < xs.min() * 72 / DPI < 74
    assert 110 < xs.max() * 72 / DPI < 113
    assert 91 < ys.min() * 72 / DPI < 94


def test_the_better_of_the_installed_programs_is_taken() -> None:
    assert isinstance(installed_engine(), Rapid)  # the dev dependencies bring it


def test_tesseract_gives_a_piece_for_each_line_of_its_table() -> None:
    table = (
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        "1\t1\t0\t0\t0\t0\t0\t0\t2550\t3300\t-1\t\n"
        "5\t1\t1\t1\t1\t1\t300\t150\t120\t30\t96\tProven\n"
        '5\t1\t1\t1\t1\t2\t600\t150\t90\t30\t96\t"1,527\n'  # a quote is a character like others
        "5\t1\t1\t1\t2\t1\t300\t210\t150\t30\t95\tProbable\n"
    )
    first, second = pieces_of_table(table, scale=1.5)
    assert [token.text for token in first.tokens] == ["Proven", '"1,527']
    assert (first.box.x0, first.box.x1, first.box.top, first.box.bottom) == (200, 460, 100, 120)
    assert [token.text for token in second.tokens] == ["Probable"]
