"""A first look at the pages of a PDF: which are pictures, and which of these are worth reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

LONG = 40
"""A document of more pages is a report, of which most pages are read for their running text only."""
_STAMP = 20
"""So many words at most are stamped on a scanned page: a running head, a page number, a date of receipt."""
_COVERED = 0.5
"""The picture of a scanned page takes more than this share of the page."""


def each_page(pdf: pdfium.PdfDocument, numbers: Iterable[int]) -> Iterator[tuple[int, pdfium.PdfPage]]:
    """The pages of these numbers, which count from 1, each closed again, for it holds its memory until then."""
    for number in numbers:
        page = pdf[number - 1]
        try:
            yield number, page
        finally:
            page.close()


def beside_wanted(pictures: Sequence[int], wanted: set[int]) -> list[int]:
    """The pictures, in order, that are worth reading: a picture has no text to judge, so what stands beside it tells.

    Those are taken that follow a wanted page, or lead to one, with nothing but pictures between.
    """
    return sorted(wanted.intersection(pictures) | _runs(pictures, -1, wanted) | _runs(reversed(pictures), 1, wanted))


def _runs(pictures: Iterable[int], neighbour: int, wanted: set[int]) -> set[int]:
    """The runs of pictures that follow a wanted page (-1), or that lead to one (1)."""
    found: set[int] = set()
    for number in pictures:
        if number + neighbour in wanted or number + neighbour in found:
            found.add(number)
    return found


def is_picture(page: pdfium.PdfPage, text: str) -> bool:
    """Whether the page is a picture: it has no text but a stamp's, and a picture takes most of it."""
    return not text.strip() or (len(text.split()) <= _STAMP and shows_picture(page))


def shows_picture(page: pdfium.PdfPage) -> bool:
    """Whether a picture takes most of the page."""
    width, height = page.get_size()
    boxes = [image.get_bounds() for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]
    return any((x1 - x0) * (top - bottom) > _COVERED * width * height for x0, bottom, x1, top in boxes)
