"""PDF to a Document: pages of words and strokes, from them grids and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Block, Document, Grid, Page, Paragraph
from models.quote import Box, Place
from pipeline.errors import NoTextLayerError, UnreadableFilingError
from pipeline.read.engines import INSTALL, Engine, installed_engine
from pipeline.read.glyphs import fold, raised_spans
from pipeline.read.gutters import page_parts
from pipeline.read.joining import join_over_pages
from pipeline.read.leading import usual_leading
from pipeline.read.lines import Line, text_lines
from pipeline.read.mesh import find_meshes
from pipeline.read.ocr import read_by_ocr, read_picture
from pipeline.read.page import read_page
from pipeline.read.paragraphs import paragraphs
from pipeline.read.ruled import is_open, ruled_grid
from pipeline.read.survey import each_page, survey, worth_laying_out
from pipeline.read.unruled import unruled_grids

_MOST_PICTURES = 100
"""So many pictures of pages are read in one filing: at 3 to 8 seconds each they stay within the time of a filing."""


def read_pdf(
    content: bytes,
    filename: str,
    wanted: Callable[[str], bool] | None = None,
    engine: Callable[[], Engine | None] = installed_engine,
) -> Document:
    """The paragraphs and grids of a PDF, with places in points from each page's top left.

    Of a document of more than 40 pages only the pages are laid out whose text ``wanted`` accepts, and pictures beside
    them; the others give paragraphs without boxes. Pages that are pictures go through OCR, if ``engine`` gives one.
    Raises NoTextLayerError where no page has text that can be read, and UnreadableFilingError where the PDF is broken
    or needs a password.
    """
    pdf = _open(content, filename)
    try:
        if not len(pdf):
            raise UnreadableFilingError(f"{filename}: the PDF has no pages; fetch it again")
        sheets = survey(pdf)
        laid_out = worth_laying_out(sheets, wanted)
        pictures = sorted(number for number in laid_out if sheets[number - 1].picture)
        eyes = engine() if pictures else None
        if len(pictures) == len(sheets):
            _check_pictures(filename, len(pictures), eyes)
        read = []
        for number, page in enumerate(each_page(pdf), 1):
            if number not in laid_out:
                read.append(_read_text(page, number, sheets[number - 1].text))
            elif eyes and number in pictures[:_MOST_PICTURES]:
                read.append(_read_picture(page, number, eyes))
            else:
                read.append(_read_page(page, number))
        title = fold(pdf.get_metadata_value("Title")).strip() or None
    except pdfium.PdfiumError as error:
        raise UnreadableFilingError(f"{filename}: a page of the PDF is broken ({error}); fetch it again") from error
    finally:
        pdf.close()
    blocks = tuple(join_over_pages([part for _, parts in read for part in parts]))
    if not blocks:
        raise NoTextLayerError(f"{filename}: no page has text that can be read; look at the file")
    return Document("application/pdf", tuple(page for page, _ in read), blocks, title)


def _check_pictures(filename: str, count: int, engine: Engine | None) -> None:
    """Raise NoTextLayerError where a filing of nothing but pictures cannot be read."""
    if engine is None:
        raise NoTextLayerError(f"{filename}: the pages are pictures; {INSTALL} and run again")
    if count > _MOST_PICTURES:
        raise NoTextLayerError(
            f"{filename}: the {count} pages are pictures, more than the {_MOST_PICTURES} that are read in one filing; "
            "make the file searchable with an OCR program such as ocrmypdf and ingest that"
        )


def _open(content: bytes, filename: str) -> pdfium.PdfDocument:
    """The opened PDF."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableFilingError(f"{filename}: the PDF needs a password; save a copy without one") from error
        raise UnreadableFilingError(f"{filename}: the PDF is broken or cut off ({error}); fetch it again") from error


def _read_page(page: pdfium.PdfPage, number: int) -> tuple[Page, list[list[Block]]]:
    """A page with text, and the blocks of its parts."""
    laid_out = read_page(page, number)
    return laid_out, [list(page_blocks(part)) for part in page_parts(laid_out)]


def _read_picture(page: pdfium.PdfPage, number: int, engine: Engine) -> tuple[Page, list[list[Block]]]:
    """A page that is a picture, and the blocks of its parts; every place says that it was read by OCR."""
    parts = read_picture(page, number, engine)
    whole = replace(
        parts[0], words=tuple(w for p in parts for w in p.words), strokes=tuple(s for p in parts for s in p.strokes)
    )
    return whole, [[read_by_ocr(block) for block in page_blocks(part)] for part in parts]


def _read_text(page: pdfium.PdfPage, number: int, text: str) -> tuple[Page, list[list[Block]]]:
    """A page that is not laid out, and its lines."""
    return Page(number, *page.get_size()), [list(_fast_paragraphs(text, number))]


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
