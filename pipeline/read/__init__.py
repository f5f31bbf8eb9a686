"""Bytes to Document, by format; a reader knows formats and no mining."""

from __future__ import annotations

from collections.abc import Callable

from models.document import Document
from pipeline.errors import UnreadableFilingError
from pipeline.read.html import read_html
from pipeline.read.pdf import read_pdf
from pipeline.read.sniff import Format, sniff
from pipeline.read.text import read_text


def read(content: bytes, filename: str, wanted: Callable[[str], bool] | None = None) -> Document:
    """The document in the bytes; the name serves messages only, the format is read from the bytes.

    ``wanted`` judges the fast text of a page of a long PDF: pages that it does not want give paragraphs and no grids.
    Raises NoTextLayerError for a PDF of pictures, and UnreadableFilingError for all else that cannot be read.
    """
    match sniff(content):
        case Format.PDF:
            return read_pdf(content, filename, wanted)
        case Format.HTML:
            return read_html(content, filename)
        case Format.TEXT:
            return read_text(content, filename)
        case Format.EMPTY:
            raise UnreadableFilingError(f"{filename}: the file is empty; fetch it again")
        case other:
            raise UnreadableFilingError(f"{filename}: this is {other.value}, not a PDF, HTML or text; convert it first")


__all__ = ["read", "read_html", "read_pdf", "read_text"]
