"""Small PDFs drawn for the tests: every table here has its figures set as the test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from models.document import Document, Grid
from pipeline.read import read

WIDTH, HEIGHT = 612.0, 792.0
Table = Sequence[Sequence[str]]


def pdf(*pages: Callable[[Canvas], None], encrypt: str | None = None) -> bytes:
    """A PDF of the pages; each function draws one."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), encrypt=encrypt)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def say(canvas: Canvas, x: float, top: float, text: str, size: float = 10) -> float:
    """Print text with its baseline so far from the page's top; return where it ends."""
    canvas.setFont("Helvetica", size)
    canvas.drawString(x, HEIGHT - top, text)
    return x + float(canvas.stringWidth(text, "Helvetica", size))


def columns(canvas: Canvas, top: float, rows: Table, lefts: Sequence[float], pitch: float = 16) -> None:
    """Print rows: the first column flush left, the others flush right at the next column's left end."""
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            if column == 0:
                say(canvas, lefts[0], top + index * pitch, text)
            elif text:
                canvas.setFont("Helvetica", 10)
                canvas.drawRightString(lefts[column + 1], HEIGHT - top - index * pitch, text)


def read_drawn(*pages: Callable[[Canvas], None]) -> Document:
    """The document read from the drawn pages."""
    return read(pdf(*pages), "drawn.pdf")


def only_grid(document: Document) -> Grid:
    """The one grid of the document."""
    (grid,) = document.grids()
    return grid
