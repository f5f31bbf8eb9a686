"""A first look at a PDF: the fast text of each page, which pages are pictures, and which are worth laying out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

LONG = 40
"""A document of more pages is a report, of which most pages are read for their running text only."""
_STAMP = 20
"""So many words at most are stamped on a scanned page: a running head, a page number, a date of receipt."""
_COVERED = 0.5
"""The picture of a scanned page takes more than this share of the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page at first sight: its text in the order of the file, whether it is a picture, and its size in points."""

    text: str
    picture: bool
    width: float
    height: float


def survey(pdf: pdfium.PdfDocument) -> list[Sheet]:
    """The pages of the PDF at first sight."""
    return [_sheet(page) for _, page in each_page(pdf, range(1, len(pdf) + 1))]


def each_page(pdf: pdfium.PdfDocument, numbers: Iterable[int]) -> Iterator[tuple[int, pdfium.PdfPage]]:
    """The pages of these numbers, which count from 1, each closed again, for it holds its memory until then."""
    for number in numbers:
        page = pdf[number - 1]
        try:
            yield number, page
        finally:
            page.close()


def worth_laying_out(sheets: Sequence[Sheet], wanted: Callable[[str], bool] | None) -> set[int]:
    """The numbers of the pages to lay out: all but for a long document, whose text says which pages are wanted.

    A picture has no text to judge: it is laid out with the page before or after it, and where all pages are pictures.
    """
    every = set(range(1, len(sheets) + 1))
    if wanted is None or len(sheets) <= LONG or all(sheet.picture for sheet in sheets):
        return every
    chosen = {number for number in every if wanted(sheets[number - 1].text)}
    pictures = [number for number in sorted(every) if sheets[number - 1].picture]
    return chosen | _beside(pictures, -1, chosen) | _beside(reversed(pictures), 1, chosen)


def _beside(pictures: Iterable[int], neighbour: int, chosen: set[int]) -> set[int]:
    """The runs of pictures that follow a chosen page (-1), or that lead to one (1)."""
    found: set[int] = set()
    for number in pictures:
        if number + neighbour in chosen or number + neighbour in found:
            found.add(number)
    return found


def _sheet(page: pdfium.PdfPage) -> Sheet:
    textpage = page.get_textpage()
    try:
        text = str(textpage.get_text_range())
    finally:
        textpage.close()
    is_picture = not text.strip() or (len(text.split()) <= _STAMP and shows_picture(page))
    return Sheet(text, is_picture, *page.get_size())


def shows_picture(page: pdfium.PdfPage) -> bool:
    """Whether a picture takes most of the page."""
    width, height = page.get_size()
    boxes = [image.get_bounds() for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]
    return any((x1 - x0) * (top - bottom) > _COVERED * width * height for x0, bottom, x1, top in boxes)
