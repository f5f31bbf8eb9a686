"""Draws how a filing was read: the steps from words to cells onto its pages, or its tables as a web page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors import extract, may_state_estimates
from models.filing import Filing
from pipeline.draw.tables import tables_page
from pipeline.errors import DrawingError
from pipeline.read import read
from pipeline.read.sniff import Format, sniff


def draw_filing(filing: Filing, out: Path, page: int | None = None) -> Iterator[Path]:
    """Draw how the filing was read, and tell each file as it is written.

    A PDF gives a picture of each step for each page with a table, or for ``page`` alone: PNGs in the folder ``out``,
    or one PDF where ``out`` ends in .pdf. A filing without pages, and any where ``out`` ends in .html, gives its tables
    with each cell in the colour of its use as one web page. Raises DrawingError where there is nothing to draw on, and
    where ``out`` cannot be written or is the filing itself.
    """
    if out.resolve().as_uri() == filing.source_uri:
        raise DrawingError(f"{filing.filename}: the drawing would take the place of the filing; name another file")
    try:
        yield from _drawn(filing, out, page)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DrawingError(f"{error.filename or out}: cannot be written ({reason}); choose another place") from None


def _drawn(filing: Filing, out: Path, page: int | None) -> Iterator[Path]:
    has_pages = sniff(filing.content) is Format.PDF
    if has_pages and out.suffix.lower() not in (".html", ".htm"):
        from pipeline.draw.pages import draw_pages

        yield from draw_pages(filing, out, page)
        return
    if out.suffix.lower() == ".pdf" or page is not None:
        reason = "its tables as a web page have no pages" if has_pages else "it has no pages"
        raise DrawingError(f"{filing.filename}: {reason}; name a folder or a file that ends in .html, without --page")
    document = read(filing.content, filing.filename, wanted=may_state_estimates)
    target = out if out.suffix else out / f"{Path(filing.filename).stem}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(tables_page(filing.filename, document, extract(document)), "utf-8")
    yield target
