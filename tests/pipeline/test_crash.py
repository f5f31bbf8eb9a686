"""A run that is killed at any moment: the next one ends where an undisturbed one ends.

``OREBOOK_KILLS=200 OREBOOK_FILINGS=200 pytest tests/pipeline/test_crash.py`` is the long run; the default is twenty
kills over a few filings on each database.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL

from tests.pipeline.batches import contents, fill, read_all

PROCESSES = multiprocessing.get_context("fork")
KILLS = int(os.environ.get("OREBOOK_KILLS", "20"))
LONGEST = 6 / KILLS
"""The part of an undisturbed run's time after which a kill comes: a database sees a third of the kills."""
FILINGS = int(os.environ.get("OREBOOK_FILINGS", "6"))


def killed_after(seconds: float, url: str, folder: Path) -> bool:
    """Runs an ingest in a process of its own and kills it; False where it was done before."""
    process = PROCESSES.Process(target=read_all, args=(url, folder))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == -SIGKILL


def test_a_run_after_kills_ends_in_the_database_of_an_undisturbed_run(
    new_database: Callable[[], str], fixtures: Path, tmp_path: Path
) -> None:
    inbox = fill(tmp_path / "inbox", fixtures, FILINGS)
    undisturbed, moments = new_database(), random.Random(43_101)  # noqa: S311
    read_all(undisturbed, inbox)  # loads all vocabulary, here and so in all processes that follow
    expected = contents(undisturbed)
    began = time.monotonic()
    read_all(new_database(), inbox)
    seconds = time.monotonic() - began
    assert len(expected["filings"]) == FILINGS
    kills = 0
    while kills < KILLS:
        url = new_database()
        while kills < KILLS and killed_after(moments.uniform(0, LONGEST * seconds), url, inbox):
            kills += 1
        read_all(url, inbox)
        assert contents(url) == expected, f"after kill {kills}"
