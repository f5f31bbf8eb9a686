"""Pages of a long report that are not laid out: which lines are one paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.read import read_pdf
from tests.pipeline.read.drawing import HEIGHT, pdf, say

LEFT, RIGHT, PITCH = 72.0, 540.0, 12.0
DRILLED = (
    "The deposit was drilled from the surface and from the ramp below the third level, and all of the core was split."
)
ASSAYED = "Samples of the core were sent to a laboratory that is independent of the company and were assayed for metal,"
STORED = "and all that is left of it is stored."


def full(canvas: Canvas, top: float, text: str, left: float = LEFT) -> None:
    """Print a line as wide as the page's text, its spaces widened as in justified text."""
    line = canvas.beginText(left, HEIGHT - top)
    line.setFont("Helvetica", 10)
    line.setWordSpace((RIGHT - left - canvas.stringWidth(text, "Helvetica", 10)) / text.count(" "))
    line.textOut(text)
    canvas.drawText(line)


def paragraph(canvas: Canvas, top: float, lines: Sequence[str], left: float = LEFT) -> None:
    """Print a paragraph whose lines but the last are full."""
    for index, text in enumerate(lines[:-1]):
        full(canvas, top + PITCH * index, text, left)
    say(canvas, left, top + PITCH * (len(lines) - 1), lines[-1])


def wrapped(canvas: Canvas) -> None:
    paragraph(canvas, 100, (DRILLED, ASSAYED, STORED))


def followed(canvas: Canvas) -> None:
    """By a paragraph as close as its own lines, for the last line has room."""
    wrapped(canvas)
    paragraph(canvas, 136, (DRILLED, STORED))


def apart(canvas: Canvas) -> None:
    """The first paragraph's last line is full, but the next paragraph is further away."""
    for index in range(4):
        full(canvas, 100 + PITCH * index, DRILLED)
    paragraph(canvas, 154, (ASSAYED, STORED))


def headed(canvas: Canvas) -> None:
    say(canvas, LEFT, 88, "SAMPLE PREPARATION")
    paragraph(canvas, 100, (ASSAYED, STORED))


def hyphenated(canvas: Canvas) -> None:
    paragraph(canvas, 100, (ASSAYED + " at cut-", "off grades of the mine."))


def number_parted(canvas: Canvas) -> None:
    """pdfium itself puts words parted by a hyphen together, but no numbers."""
    paragraph(canvas, 100, (ASSAYED + " by NI 43-", "101 of the regulators."))


def listed(canvas: Canvas) -> None:
    for index, mark in enumerate(("1.", "2.", "•")):
        full(canvas, 100 + PITCH * index, f"{mark} {DRILLED}")


def hanging(canvas: Canvas) -> None:
    """An item's other lines begin where its first word does."""
    full(canvas, 100, f"• {ASSAYED}")
    paragraph(canvas, 112, (DRILLED, STORED), LEFT + 8)


def contents(canvas: Canvas) -> None:
    for index in range(3):
        full(canvas, 100 + PITCH * index, f"14.{index} Estimate of the zone that was found last {'.' * 84} 14-{index}")
    full(canvas, 136, DRILLED)


def rows(canvas: Canvas) -> None:
    """Columns of words too: their gaps are spaces in the text."""
    for index in range(3):
        full(canvas, 100 + PITCH * index, "Eastern zone Open Drilled last year")


def close_rows(canvas: Canvas) -> None:
    for index in range(3):
        full(canvas, 100 + PITCH * index, f"{ASSAYED[:-1]} 1{index}.5")


def address(canvas: Canvas) -> None:
    for index, line in enumerate(("Lobex Consultants Limited", "55 Upper Street, Suite 501", "Truro, Nova Scotia")):
        say(canvas, LEFT, 100 + PITCH * index, line)


def turned(canvas: Canvas) -> None:
    """Text that runs up the page keeps its lines."""
    canvas.rotate(90)
    canvas.translate(0, -HEIGHT)
    wrapped(canvas)


def two_columns(canvas: Canvas) -> None:
    for left in (LEFT, 316):
        for index, line in enumerate(
            ("The deposit was drilled from surface and from", "the ramp below the third level.")
        ):
            say(canvas, left, 100 + PITCH * index, line)


@pytest.mark.parametrize(
    ("draw", "found"),
    [
        (wrapped, [f"{DRILLED} {ASSAYED} {STORED}"]),
        (followed, [f"{DRILLED} {ASSAYED} {STORED}", f"{DRILLED} {STORED}"]),
        (apart, [" ".join([DRILLED] * 4), f"{ASSAYED} {STORED}"]),
        (headed, ["SAMPLE PREPARATION", f"{ASSAYED} {STORED}"]),
        (hyphenated, [f"{ASSAYED} at cut-off grades of the mine."]),
        (number_parted, [f"{ASSAYED} by NI 43-101 of the regulators."]),
        (listed, [f"{mark} {DRILLED}" for mark in ("1.", "2.", "•")]),
        (hanging, [f"• {ASSAYED} {DRILLED} {STORED}"]),
        (
            contents,
            [f"14.{n} Estimate of the zone that was found last {'.' * 84} 14-{n}" for n in range(3)] + [DRILLED],
        ),
        (rows, ["Eastern zone Open Drilled last year"] * 3),
        (close_rows, [f"{ASSAYED[:-1]} 1{n}.5" for n in range(3)]),
        (address, ["Lobex Consultants Limited", "55 Upper Street, Suite 501", "Truro, Nova Scotia"]),
        (turned, [DRILLED, ASSAYED, STORED]),
        (two_columns, ["The deposit was drilled from surface and from the ramp below the third level."] * 2),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_which_lines_are_one_paragraph(draw: Callable[[Canvas], None], found: list[str]) -> None:
    content = pdf(draw, *[lambda _: None] * 40)
    document = read_pdf(content, "report.pdf", wanted=lambda _: False)
    assert [(p.text, p.place.page) for p in document.paragraphs()] == [(text, 1) for text in found]
