"""Memory stays flat over a long run: pages are closed, and results are written as they come.

``OREBOOK_RELEASES=2000 pytest tests/pipeline/test_memory.py`` is the long run; the default shows gross leaks only.
"""

from __future__ import annotations

import multiprocessing
import os
from itertools import cycle
from pathlib import Path

from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest

RELEASES = int(os.environ.get("OREBOOK_RELEASES", "30"))
MOST_GROWTH = 100 << 20
"""Bytes between the first and the last tenth of the run."""


def resident() -> int:
    """Bytes that this process and its workers hold."""
    processes = ["self", *(str(child.pid) for child in multiprocessing.active_children())]
    pages = (int(Path(f"/proc/{process}/statm").read_text().split()[1]) for process in processes)
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


def test_a_run_holds_no_more_at_its_end_than_at_its_begin(sqlite_url: str, fixtures: Path, tmp_path: Path) -> None:
    sources = cycle(p for p in sorted((fixtures / "releases").iterdir()) if p.suffix in {".txt", ".html", ".pdf"})
    for number, source in zip(range(RELEASES), sources, strict=False):
        (tmp_path / f"{number}-{source.name}").write_bytes(source.read_bytes() + b"\n" * number)  # another filing each
    held: list[int] = []
    engine = open_database(sqlite_url)
    files = [found for found in find_files([tmp_path]) if found.filename[0].isdigit()]
    summary = ingest(engine, files, 1, lambda _: held.append(resident()))
    engine.dispose()
    assert summary.new == len(held) == RELEASES
    tenth = max(1, RELEASES // 10)
    assert max(held[-tenth:]) - max(held[:tenth]) < MOST_GROWTH, [size >> 20 for size in held[::tenth]]
