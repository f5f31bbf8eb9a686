"""The files that are measured: filings that lie beside the checkout, releases and reports that are made here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from benchmarks.drawing import SIZE, Draw, contents, drilling, prose, resources, survey
from benchmarks.made_releases import Release

SHARED = Path(__file__).resolve().parents[2] / "shared"
_OF_A_REPORT: tuple[Draw, ...] = (contents, resources, drilling, survey, *[prose] * 16)
"""Every twentieth page of a report is each of the first four."""


@dataclass(frozen=True)
class Sample:
    """Files that are measured together."""

    name: str
    files: tuple[Path, ...]


def samples(folder: Path, pages: int, releases: int, shared: Path = SHARED) -> Iterator[Sample]:
    """Releases and long reports: those of ``shared`` where it is there, and others made in ``folder``.

    The releases of ``shared`` are a page of tables each, and several of them state one disclosure in several layouts;
    made ones have four pages of which one states estimates, as a release that is filed has, and all are different.
    """
    if found := sorted((shared / "corpus" / "documents").glob("*.pdf")):
        yield Sample("releases", tuple(found[:: max(1, len(found) // releases)][:releases]))
    yield Sample("made releases", tuple(Release(n).draw(folder / f"release-{n}.pdf") for n in range(releases)))
    long = shared / "corpus" / "real" / "agentk_niobec_2011.pdf"
    if long.exists():
        yield Sample("a real report", (long,))
    yield Sample("a made report", (made_report(folder / "report.pdf", pages),))


def made_report(path: Path, pages: int) -> Path:
    """A PDF of prose with contents pages, ruled resource tables, drill tables and maps of many strokes in between."""
    random, canvas = Random(0), Canvas(str(path), pagesize=SIZE)  # noqa: S311  the same every time
    for number in range(1, pages + 1):
        draw = _OF_A_REPORT[number % len(_OF_A_REPORT)] if pages > 1 else resources
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 40, f"Page {number} of {pages}")
        draw(canvas, random)
        canvas.showPage()
    canvas.save()
    return path
