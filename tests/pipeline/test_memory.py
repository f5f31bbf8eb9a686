"""Memory stays flat over a long run: pages are closed, and results are written as they come.

``OREBOOK_RELEASES=2000 pytest -n 0 tests/pipeline/test_memory.py`` is the long run; the default shows gross leaks only.
"""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from benchmarks.made_releases import OF_A_PROPERTY, Release
from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from tests.database.views import view
from tests.pipeline.read.drawing import columns, pdf, say

RELEASES = int(os.environ.get("OREBOOK_RELEASES", "30"))
MOST_GROWTH = 100 << 20
"""Bytes between the first and the last tenth of the run."""


def write(release: Release, folder: Path) -> None:
    """As a PDF, or as text."""
    if release.number % 3:
        lines = (*release.heading, "", *map("\t".join, release.table), "", *release.notes)
        (folder / f"{release.number}.txt").write_text("\n".join(lines))
    else:
        (folder / f"{release.number}.pdf").write_bytes(pdf(lambda canvas: draw(canvas, release)))


def draw(canvas: Canvas, release: Release) -> None:
    """The release on one page."""
    columns(canvas, 130, release.table, (72, 220, 320, 420, 520))
    tops = (72, 90, *range(320, 400, 16))
    for top, text in zip(tops, (*release.heading, *release.notes), strict=False):
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
        write(Release(number), folder)
    held: list[int] = []
    engine = open_database(sqlite_url)
    summary = ingest(engine, list(find_files([folder])), 1, lambda _: held.append(resident()))
    projects = view(engine, "v_projects")
    engine.dispose()
    assert summary.new == len(held) == RELEASES
    assert (summary.sound, len(projects)) == (9 * RELEASES, -(-RELEASES // OF_A_PROPERTY))  # all is read, and apart
    tenth = max(1, RELEASES // 10)
    assert max(held[-tenth:]) - max(held[:tenth]) < MOST_GROWTH, [size >> 20 for size in held[::tenth]]
