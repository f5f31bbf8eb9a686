"""What the pages of made filings show: prose, contents, tables of resources and of drill holes, maps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from reportlab.pdfgen.canvas import Canvas

Table = Sequence[Sequence[str]]
Draw = Callable[[Canvas, Random], None]

SIZE = WIDTH, HEIGHT = 612.0, 792.0
_LEADING = 14.0
_PROSE = (
    "drill holes of the eastern zone were logged and sampled by the company at intervals of one metre while the vein "
    "dips steeply to the north and remains open at depth where further work is planned during the next season"
)
_WORDS = _PROSE.split()


def prose(canvas: Canvas, random: Random, top: float = 72) -> None:
    """A page of prose, from so far below its top."""
    for line in range(int((702 - top) / _LEADING)):
        say(canvas, top + line * _LEADING, " ".join(random.choices(_WORDS, k=14)).capitalize())


def contents(canvas: Canvas, random: Random) -> None:
    """A page of a table of contents."""
    for line in range(40):
        title = " ".join(random.choices(_WORDS, k=4)).capitalize()
        say(canvas, 72 + line * _LEADING, f"{line + 1}.0 {title} {'.' * 60} {line * 7 + 3}")


def resources(canvas: Canvas, random: Random) -> None:
    """A page with a small table of resources in ruled lines, and its note."""
    rows = [("Category", "Tonnes (kt)", "Au (g/t)", "Contained Au (koz)")]
    for category in ("Measured", "Indicated", "Inferred"):
        tonnes, grade = random.randint(500, 9000), random.randint(50, 600) / 100
        rows.append((category, f"{tonnes:,}", f"{grade:.2f}", f"{tonnes * grade / 31.1035:,.0f}"))
    say(canvas, 72, "Mineral Resource Estimate, effective May 1, 2020")
    table(canvas, rows, ruled=True)
    say(canvas, 200, "(1) At a cut-off of 0.5 g/t Au. Ada Roe, P.Geo., is a qualified person.")


def drilling(canvas: Canvas, random: Random) -> None:
    """A page of drill results."""
    rows = [("Hole", "From (m)", "To (m)", "Au (g/t)")]
    for hole in range(38):
        start = random.randint(100, 4000) / 10
        rows.append((f"LX-{hole:03}", f"{start:.1f}", f"{start + 1.5:.1f}", f"{random.randint(1, 900) / 100:.2f}"))
    table(canvas, rows, ruled=False)


def table(canvas: Canvas, rows: Table, *, ruled: bool, top: float = 90) -> None:
    """The rows, so far below the page's top: the first column flush left, the others flush right."""
    edges, pitch = (72, 200, 300, 400, 520), 16
    for row, texts in enumerate(rows):
        y = HEIGHT - top - pitch * row
        canvas.drawString(edges[0] + 4, y - 12, texts[0])
        for text, right in zip(texts[1:], edges[2:], strict=True):
            canvas.drawRightString(right - 4, y - 12, text)
    if ruled:
        canvas.grid(list(edges), [HEIGHT - top - pitch * row for row in range(len(rows) + 1)])


def survey(canvas: Canvas, random: Random) -> None:
    """A map of many strokes, with words strewn over it."""
    for _ in range(300):
        path, x, y = canvas.beginPath(), random.uniform(72, 540), random.uniform(72, 720)
        path.moveTo(x, y)
        for _ in range(12):
            x, y = x + random.uniform(-15, 15), y + random.uniform(-15, 15)
            path.lineTo(x, y)
        canvas.drawPath(path)
    for _ in range(30):
        canvas.drawString(random.uniform(72, 500), random.uniform(72, 720), random.choice(_WORDS))


def say(canvas: Canvas, top: float, text: str) -> None:
    """A line of text, its baseline so far below the page's top."""
    canvas.drawString(72, HEIGHT - top, text)
