"""The steps of each page of a PDF, drawn and written as pictures or as one PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from extractors import extract, may_state_estimates
from models.filing import Filing
from pipeline.draw.layers import layers
from pipeline.draw.pictures import SCALE, drawn, page_picture
from pipeline.draw.uses import uses
from pipeline.errors import DrawingError
from pipeline.read.pdf import ReadPage, ReadPdf, read_pages


def draw_pages(filing: Filing, out: Path, page: int | None = None) -> Iterator[Path]:
    """Draw each step of each page that has a table, or of ``page``, and tell each file as it is written.

    Raises DrawingError where no page has a table, for a page that is not there, and for one that was not laid out.
    """
    name = filing.filename
    read = read_pages(filing.content, name, wanted=may_state_estimates)
    document = read.document()
    used = tuple(uses(document, extract(document)))
    chosen = _chosen(read, name, page)
    if out.suffix.lower() == ".pdf":
        out.unlink(missing_ok=True)
    with pdfium.PdfDocument(filing.content) as pdf:
        for one in chosen:
            number = one.page.number or 0
            picture = page_picture(pdf[number - 1], one)
            for step, layer in enumerate(layers(one, used), 1):
                shown = drawn(picture, one.page.width, layer, f"{name}, page {number}, step {step}: {layer.name}")
                yield _written(shown, out, f"page-{number:03}-{step}-{layer.name}")


def _chosen(read: ReadPdf, name: str, page: int | None) -> list[ReadPage]:
    """The pages to draw."""
    if page is None:
        chosen = [one for one in read.pages if any(layout.tables for layout in one.layouts)]
        if not chosen:
            raise DrawingError(f"{name}: no page has a table; name one with --page to see how it was read")
        return chosen
    if page > len(read.pages):
        raise DrawingError(f"{name}: has {len(read.pages)} pages, there is no page {page}")
    if not read.pages[page - 1].layouts:
        raise DrawingError(
            f"{name}: page {page} was read for its running text only, as its words cannot state estimates; "
            "of a long document only pages are laid out that may"
        )
    return [read.pages[page - 1]]


def _written(picture: Image.Image, out: Path, name: str) -> Path:
    """The picture as a file in the folder, or as a further page of the PDF."""
    if out.suffix.lower() == ".pdf":
        out.parent.mkdir(parents=True, exist_ok=True)
        picture.save(out, resolution=72 * SCALE, append=out.exists())
        return out
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{name.replace(' ', '-')}.png"
    picture.save(target)
    return target
