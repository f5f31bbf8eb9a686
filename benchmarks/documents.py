"""The files that are measured: filings that lie beside the checkout, releases and reports that are made here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

SHARED = Path(__file__).resolve().parents[2] / "shared"
_WIDTH, _HEIGHT, _LEADING = 612.0, 792.0, 14.0
_PROSE = (
    "drill holes of the eastern zone were logged and sampled by the company at intervals of one metre while the vein "
    "dips steeply to the north and remains open at depth where further work is planned during the next season"
)
_WORDS = _PROSE.split()
_KINDS = ("contents", "resources", "drilling", "map", *["prose"] * 16)
"""Every twentieth page of a report is each of the first four."""


@dataclass(frozen=True)
class Sample:
    """Files that are measured together."""

    name: str
    files: tuple[Path, ...]


def samples(folder: Path, pages: int, releases: int, shared: Path = SHARED) -> Iterator[Sample]:
    """Releases and long reports: those of ``shared`` where it is there, and a report made in ``folder``."""
    found = sorted((shared / "corpus" / "documents").glob("*.pdf"))
    if found:
        yield Sample("releases", tuple(found[:: max(1, len(found) // releases)][:releases]))
    else:
        yield Sample("made releases", tuple(made_pdf(folder / f"release-{n}.pdf", 4, n) for n in range(releases)))
    long = shared / "corpus" / "real" / "agentk_niobec_2011.pdf"
    if long.exists():
        yield Sample("a real report", (long,))
    yield Sample("a made report", (made_pdf(folder / "report.pdf", pages, 0),))


def made_pdf(path: Path, pages: int, seed: int) -> Path:
    """A PDF of prose with contents pages, ruled resource tables, drill tables and maps of many strokes in between."""
    random, canvas = Random(seed), Canvas(str(path), pagesize=(_WIDTH, _HEIGHT))  # noqa: S311  the same every time
    for number in range(1, pages + 1):
        kind = _KINDS[number % len(_KINDS)] if pages > 1 else "resources"
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 40, f"Page {number} of {pages}")
        _DRAW[kind](canvas, random)
        canvas.showPage()
    canvas.save()
    return path


def _prose(canvas: Canvas, random: Random) -> None:
    for line in range(45):
        canvas.drawString(72, _HEIGHT - 72 - line * _LEADING, " ".join(random.choices(_WORDS, k=14)).capitalize())


def _contents(canvas: Canvas, random: Random) -> None:
    for line in range(40):
        title = " ".join(random.choices(_WORDS, k=4)).capitalize()
        canvas.drawString(72, _HEIGHT - 72 - line * _LEADING, f"{line + 1}.0 {title} {'.' * 60} {line * 7 + 3}")


def _resources(canvas: Canvas, random: Random) -> None:
    rows = [("Category", "Tonnes (kt)", "Au (g/t)", "Contained Au (koz)")]
    for category in ("Measured", "Indicated", "Inferred"):
        tonnes, grade = random.randint(500, 9000), random.randint(50, 600) / 100
        rows.append((category, f"{tonnes:,}", f"{grade:.2f}", f"{tonnes * grade / 31.1035:,.0f}"))
    canvas.drawString(72, _HEIGHT - 72, "Mineral Resource Estimate, effective May 1, 2020")
    _table(canvas, rows, ruled=True)
    canvas.drawString(72, _HEIGHT - 200, "(1) At a cut-off of 0.5 g/t Au. Ada Roe, P.Geo., is a qualified person.")


def _drilling(canvas: Canvas, random: Random) -> None:
    rows = [("Hole", "From (m)", "To (m)", "Au (g/t)")]
    for hole in range(38):
        start = random.randint(100, 4000) / 10
        rows.append((f"LX-{hole:03}", f"{start:.1f}", f"{start + 1.5:.1f}", f"{random.randint(1, 900) / 100:.2f}"))
    _table(canvas, rows, ruled=False)


def _table(canvas: Canvas, rows: Sequence[Sequence[str]], *, ruled: bool) -> None:
    top, edges = _HEIGHT - 90, (72, 200, 300, 400, 520)
    for row, texts in enumerate(rows):
        y = top - 16 * row
        canvas.drawString(edges[0] + 4, y - 12, texts[0])
        for text, right in zip(texts[1:], edges[2:], strict=True):
            canvas.drawRightString(right - 4, y - 12, text)
    if ruled:
        canvas.grid(list(edges), [top - 16 * row for row in range(len(rows) + 1)])


def _map(canvas: Canvas, random: Random) -> None:
    for _ in range(300):
        path, x, y = canvas.beginPath(), random.uniform(72, 540), random.uniform(72, 720)
        path.moveTo(x, y)
        for _ in range(12):
            x, y = x + random.uniform(-15, 15), y + random.uniform(-15, 15)
            path.lineTo(x, y)
        canvas.drawPath(path)
    for _ in range(30):
        canvas.drawString(random.uniform(72, 500), random.uniform(72, 720), random.choice(_WORDS))


_DRAW = {"prose": _prose, "contents": _contents, "resources": _resources, "drilling": _drilling, "map": _map}
