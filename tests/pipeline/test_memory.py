"""Memory stays flat over a long run: pages are closed, and results are written as they come.

``OREBOOK_RELEASES=2000 pytest -n 0 tests/pipeline/test_memory.py`` is the long run; the default shows gross leaks only.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from tests.database.views import view
from tests.pipeline.read.drawing import Table, columns, pdf, say

RELEASES = int(os.environ.get("OREBOOK_RELEASES", "30"))
OF_A_PROPERTY = 8
"""Releases of one property; each two of them state one estimate, as companies repeat theirs."""
MOST_GROWTH = 100 << 20
"""Bytes between the first and the last tenth of the run."""

FIRST = ("Lynx", "Grey Owl", "Tall Pine", "Amber", "North Fork", "Cold Lake", "Red Fox", "Heron", "Cedar", "Wolverine")
SECOND = ("Ridge", "Creek", "Valley", "Hill", "River", "Point", "Bay", "Butte", "Hollow", "Summit", "Pass", "Mesa")
THIRD = ("Gold", "Resources", "Minerals")


@dataclass(frozen=True)
class Release:
    """A release with a company, property, person and figures of its own, one of many that are alike in form."""

    number: int

    @property
    def heading(self) -> tuple[str, ...]:
        place, edition = divmod(self.number, OF_A_PROPERTY)
        name = f"{FIRST[place % 10]} {SECOND[place // 10 % 12]}"
        company = f"{name} {THIRD[place // 120 % 3]} Corp."
        year = 2000 + edition // 2
        return (
            f"{company} - March {self.number % 28 + 1}, {year + edition % 2}",
            f"{company} reports a mineral resource of its {name} Project, effective December 31, {year}.",
        )

    @property
    def table(self) -> Table:
        chance = Random(self.number // 2)  # noqa: S311  the same each time
        rows = [("Category", "Tonnes (kt)", "Gold (g/t)", "Gold (koz)")]
        for zone in ("North", "Main", "South"):
            for category in ("Measured", "Indicated", "Inferred"):
                tonnes, grade = chance.randint(500, 9000), chance.randint(50, 600) / 100
                ounces = f"{tonnes * grade / 31.1035:,.0f}"
                rows.append((f"{zone} - {category}", f"{tonnes:,}", f"{grade:.2f}", ounces))
        return rows

    @property
    def notes(self) -> tuple[str, ...]:
        cutoff, price = Random(self.number // 2).choice((("0.3", "1,300"), ("0.5", "1,500"), ("0.8", "1,750")))  # noqa: S311
        person = f"{SECOND[self.number % 12]} {FIRST[self.number % 9]}son"
        return (
            f"1. Reported at a cut-off grade of {cutoff} g/t Au and a gold price of US${price} per ounce.",
            "2. Mineral resources that are not mineral reserves do not have demonstrated economic viability.",
            "3. Figures may not add up due to rounding.",
            f"{person}, P.Geo., is an independent Qualified Person under NI 43-101 and approved this release.",
        )

    def write(self, folder: Path) -> None:
        """As a PDF, or as text."""
        if self.number % 3:
            lines = (*self.heading, "", *map("\t".join, self.table), "", *self.notes)
            (folder / f"{self.number}.txt").write_text("\n".join(lines))
        else:
            (folder / f"{self.number}.pdf").write_bytes(pdf(self._draw))

    def _draw(self, canvas: Canvas) -> None:
        columns(canvas, 130, self.table, (72, 220, 320, 420, 520))
        tops = (72, 90, *range(320, 400, 16))
        for top, text in zip(tops, (*self.heading, *self.notes), strict=False):
            say(canvas, 72, top, text, 8)


def resident() -> int:
    """Bytes that this process and its workers hold."""
    processes = ["self", *(str(child.pid) for child in multiprocessing.active_children())]
    pages = (int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in processes)
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


def test_a_run_holds_no_more_at_its_end_than_at_its_begin(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    for number in range(RELEASES):
        Release(number).write(folder)
    held: list[int] = []
    engine = open_database(sqlite_url)
    summary = ingest(engine, list(find_files([folder])), 1, lambda _: held.append(resident()))
    projects = view(engine, "v_projects")
    engine.dispose()
    assert summary.new == len(held) == RELEASES
    assert (summary.sound, len(projects)) == (9 * RELEASES, -(-RELEASES // OF_A_PROPERTY))  # all is read, and apart
    tenth = max(1, RELEASES // 10)
    assert max(held[-tenth:]) - max(held[:tenth]) < MOST_GROWTH, [size >> 20 for size in held[::tenth]]
