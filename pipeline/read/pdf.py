"""PDF to a Document: pages of words and strokes, from them grids and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Block, Document, Grid, Page, Paragraph
from models.quote import Box, Place
from pipeline.errors import NoTextLayerError, UnreadableFilingError
from pipeline.read.glyphs import fold, raised_spans
from pipeline.read.joining import join_over_pages
from pipeline.read.lines import Line, text_lines, usual_leading
from pipeline.read.mesh import find_meshes
from pipeline.read.page import read_page
from pipeline.read.paragraphs import paragraphs
from pipeline.read.ruled import is_open, ruled_grid
from pipeline.read.unruled import unruled_grids

_LONG = 40
"""A document of more pages is a report, of which most pages are read for their running text only."""


def read_pdf(content: bytes, filename: str, wanted: Callable[[str], bool] | None = None) -> Document:
    """The paragraphs and grids of a PDF, with places in points from each page's top left.

    Of a document of more than 40 pages only the pages are laid out whose text ``wanted`` accepts; the others give
    paragraphs without boxes. Raises NoTextLayerError where the pages are pictures, and UnreadableFilingError where
    the PDF is broken or needs a password.
    """
    pdf = _open(content, filename)
    try:
        if not len(pdf):
            raise UnreadableFilingError(f"{filename}: the PDF has no pages; fetch it again")
        read = [_read_one(pdf, number, wanted if len(pdf) > _LONG else None) for number in range(1, len(pdf) + 1)]
        title = fold(pdf.get_metadata_value("Title")).strip() or None
    except pdfium.PdfiumError as error:
        raise UnreadableFilingError(f"{filename}: a page of the PDF is broken ({error}); fetch it again") from error
    finally:
        pdf.close()
    blocks = tuple(join_over_pages([blocks for _, blocks in read]))
    if not blocks:
        raise NoTextLayerError(
            f"{filename}: the pages are pictures without text; make it searchable with an OCR program and try again"
        )
    return Document("application/pdf", tuple(page for page, _ in read), blocks, title)


def _open(content: bytes, filename: str) -> pdfium.PdfDocument:
    """The opened PDF."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableFilingError(f"{filename}: the PDF needs a password; save a copy without one") from error
        raise UnreadableFilingError(f"{filename}: the PDF is broken or cut off ({error}); fetch it again") from error


def _read_one(pdf: pdfium.PdfDocument, number: int, wanted: Callable[[str], bool] | None) -> tuple[Page, list[Block]]:
    """One page and its blocks; the page is closed again, for it holds its memory until then."""
    page = pdf[number - 1]
    try:
        if wanted is not None:
            text = _fast_text(page)
            if not wanted(text):
                return Page(number, *page.get_size()), list(_fast_paragraphs(text, number))
        laid_out = read_page(page, number)
        return laid_out, list(page_blocks(laid_out))
    finally:
        page.close()


def _fast_text(page: pdfium.PdfPage) -> str:
    """The page's text in the order of the file."""
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range())
    finally:
        textpage.close()


def _fast_paragraphs(text: str, number: int) -> Iterator[Paragraph]:
    """The lines of a page that is not laid out, each a paragraph; only their page is known."""
    for line in text.splitlines():
        folded = " ".join(fold(line).split())
        if folded:
            yield Paragraph(folded, Place(number), raised_spans(folded))


def page_blocks(page: Page) -> Iterator[Block]:
    """The grids and paragraphs of one page, from the top: drawn tables, then aligned ones, then running text."""
    lines = text_lines(page.words)
    leading = usual_leading(lines)
    meshes = [mesh for mesh in find_meshes(page.strokes) if not is_open(mesh, lines)]
    drawn = [grid for mesh in meshes if (grid := ruled_grid(mesh, lines, leading, page.number or 0))]
    rest = _outside(lines, drawn)
    blocks: list[Block] = [*drawn, *unruled_grids(rest, page, leading)]
    rest = _outside(rest, [block for block in blocks if isinstance(block, Grid)])
    yield from _in_order(rest, blocks, page.number or 0)


def _outside(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    """The lines without the words that stand in a grid."""
    boxes = [grid.place.box for grid in grids if grid.place.box]
    kept = []
    for line in lines:
        words = tuple(w for w in line.words if not any(_holds(box, w.box) for box in boxes))
        if words:
            kept.append(line if len(words) == len(line.words) else Line(words))
    return kept


def _holds(frame: Box, box: Box) -> bool:
    """Whether the middle of the box stands in the frame."""
    x, y = box.middle
    return frame.x0 <= x <= frame.x1 and frame.top <= y <= frame.bottom


def _in_order(lines: Sequence[Line], grids: Sequence[Block], page: int) -> Iterator[Block]:
    """Grids and the paragraphs between them, from the top."""
    todo = list(lines)
    for grid in sorted(grids, key=lambda block: block.place.box.top if block.place.box else 0.0):
        top = grid.place.box.top if grid.place.box else 0.0
        above = [line for line in todo if line.box.middle[1] < top]
        yield from paragraphs(above, page)
        yield grid
        todo = [line for line in todo if line.box.middle[1] >= top]
    yield from paragraphs(todo, page)
