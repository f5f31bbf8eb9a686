"""PDF to a Document: pages of words and strokes, from them grids and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.document import Block, Document, Page
from pipeline.errors import NoTextLayerError, UnreadableFilingError
from pipeline.read.carrying import carry_heading
from pipeline.read.engines import INSTALL, Engine, installed_engine
from pipeline.read.glyphs import fold
from pipeline.read.gutters import page_parts
from pipeline.read.joining import join_over_pages
from pipeline.read.ocr import read_by_ocr, read_picture
from pipeline.read.page import read_page
from pipeline.read.page_layout import PageLayout, lay_out
from pipeline.read.running import running_paragraphs
from pipeline.read.survey import LONG, beside_wanted, each_page, is_picture, shows_picture

_MOST_PICTURES = 100
"""So many pictures of pages are read in one filing: at 3 to 8 seconds each they stay within the time of a filing."""


@dataclass(frozen=True)
class ReadPage:
    """A page as read: its words and strokes, what each step made of its parts, and the blocks of each part.

    A page that was not laid out has neither words nor layouts, and its lines of text as blocks.
    """

    page: Page
    layouts: tuple[PageLayout, ...]
    blocks: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class ReadPdf:
    """The pages of a PDF as read, and its title."""

    pages: tuple[ReadPage, ...]
    title: str | None

    def document(self) -> Document:
        """The pages as one document: tables joined over page breaks, running heads kept once."""
        blocks = join_over_pages([part for read in self.pages for part in read.blocks])
        return Document("application/pdf", tuple(read.page for read in self.pages), tuple(blocks), self.title)


def read_pdf(
    content: bytes,
    filename: str,
    wanted: Callable[[str], bool] | None = None,
    engine: Callable[[], Engine | None] = installed_engine,
) -> Document:
    """The paragraphs and grids of a PDF, with places in points from each page's top left; as `read_pages`."""
    return read_pages(content, filename, wanted, engine).document()


def read_pages(
    content: bytes,
    filename: str,
    wanted: Callable[[str], bool] | None = None,
    engine: Callable[[], Engine | None] = installed_engine,
) -> ReadPdf:
    """The pages of a PDF with what each step made of them.

    Of a document of more than 40 pages only the pages are laid out whose text ``wanted`` accepts, and pictures beside
    them; the others give paragraphs without boxes. Pages that are pictures go through OCR, if ``engine`` gives one.
    Raises NoTextLayerError where no page has text that can be read, and UnreadableFilingError where the PDF is broken
    or needs a password.
    """
    pdf = _open(content, filename)
    try:
        if not len(pdf):
            raise UnreadableFilingError(f"{filename}: the PDF has no pages; fetch it again")
        pages = _read_pages(pdf, filename, wanted if len(pdf) > LONG else None, engine)
        title = fold(pdf.get_metadata_value("Title")).strip() or None
    except pdfium.PdfiumError as error:
        raise UnreadableFilingError(f"{filename}: a page of the PDF is broken ({error}); fetch it again") from error
    finally:
        pdf.close()
    if not any(part for read in pages.values() for part in read.blocks):
        raise NoTextLayerError(f"{filename}: no page has text that can be read; look at the file")
    return ReadPdf(tuple(_with_headings([pages[number] for number in sorted(pages)])), title)


def _read_pages(
    pdf: pdfium.PdfDocument, filename: str, wanted: Callable[[str], bool] | None, engine: Callable[[], Engine | None]
) -> dict[int, ReadPage]:
    """The pages by their numbers: those with text, then those that are pictures."""
    pages: dict[int, ReadPage] = {}
    chosen: set[int] = set()
    pictures: list[int] = []
    for number, page in each_page(pdf, range(1, len(pdf) + 1)):
        with closing(page.get_textpage()) as textpage:
            text = textpage.get_text_range()
            if wanted is None or wanted(text):
                chosen.add(number)
            if is_picture(page, text):
                pictures.append(number)
            else:
                pages[number] = _read_text(page, textpage, text, number, is_laid_out=number in chosen)
    if len(pictures) == len(pdf):
        chosen.update(pictures)
    return pages | dict(_read_pictures(pdf, filename, pictures, beside_wanted(pictures, chosen), engine))


def _read_pictures(
    pdf: pdfium.PdfDocument,
    filename: str,
    pictures: Sequence[int],
    worth: Sequence[int],
    engine: Callable[[], Engine | None],
) -> Iterator[tuple[int, ReadPage]]:
    """The pages that are pictures, with their numbers: read by OCR if they are worth it."""
    eyes = engine() if worth else None
    if len(worth) == len(pdf):
        _check_pictures(filename, len(worth), eyes)
    for number, page in each_page(pdf, pictures):
        if eyes and number in worth[:_MOST_PICTURES]:
            yield number, _read_picture(page, number, eyes)
        else:
            with closing(page.get_textpage()) as textpage:
                text = textpage.get_text_range()
                read = _read_text(page, textpage, text, number, is_laid_out=number in worth)
            yield number, replace(read, page=replace(read.page, unread=shows_picture(page)))


def _with_headings(pages: list[ReadPage]) -> list[ReadPage]:
    """The pages, each table whose heading stands alone at the end of the page before with that heading."""
    for at in range(len(pages) - 1):
        above, below = pages[at : at + 2]
        if len(above.layouts) != 1 or len(below.layouts) != 1 or _by_ocr(above) or _by_ocr(below):
            continue
        if carried := carry_heading(above.layouts[0], below.layouts[0]):
            for read, layout, number in zip((above, below), carried, (at, at + 1), strict=True):
                pages[number] = replace(read, layouts=(layout,), blocks=(layout.blocks,))
    return pages


def _by_ocr(read: ReadPage) -> bool:
    return any(block.place.ocr for part in read.blocks for block in part)


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


def _read_text(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str, number: int, *, is_laid_out: bool
) -> ReadPage:
    """A page with text; one that is not laid out has its lines only."""
    if not is_laid_out:
        return ReadPage(Page(number, *page.get_size()), (), (tuple(running_paragraphs(textpage, text, number)),))
    laid_out = read_page(page, textpage, text, number)
    layouts = tuple(lay_out(part, drawing) for part, drawing in page_parts(laid_out))
    return ReadPage(laid_out, layouts, tuple(layout.blocks for layout in layouts))


def _read_picture(page: pdfium.PdfPage, number: int, engine: Engine) -> ReadPage:
    """A page that is a picture; the place of every block says that it was read by OCR."""
    parts = read_picture(page, number, engine)
    words, strokes = (w for p in parts for w in p.words), (s for p in parts for s in p.strokes)
    layouts = tuple(lay_out(part) for part in parts)
    blocks = tuple(tuple(read_by_ocr(block) for block in layout.blocks) for layout in layouts)
    return ReadPage(replace(parts[0], words=tuple(words), strokes=tuple(strokes)), layouts, blocks)
