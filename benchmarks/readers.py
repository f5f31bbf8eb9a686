"""Two other ways to read a PDF: the fastest text that there is, and the layout that everyone reaches for first."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

# it warns of each embedded font without a box, in the midst of the table that a benchmark prints
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def text_pass(files: Iterable[Path]) -> int:
    """Take the text of every page with pypdfium2, and count the pages: nothing that reads a page can take less time."""
    pages = 0
    for file in files:
        with pdfium.PdfDocument(file.read_bytes()) as pdf:
            for page in pdf:
                text = page.get_textpage()
                text.get_text_range()
                text.close()
                page.close()
                pages += 1
    return pages


def naive_pdfplumber(files: Iterable[Path]) -> None:
    """Find the words and the tables of every page with pdfplumber, with its settings as they come."""
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_words()
                page.extract_tables()
                page.close()  # else it keeps some megabytes a page
