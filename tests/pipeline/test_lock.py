"""The lock that keeps two ingests off one database, between real processes on both databases."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.database import open_database
from pipeline.lock import only_ingest
from pipeline.workers import run_each

PROCESSES = multiprocessing.get_context("spawn")  # nothing of this process may be shared


def wait_for_ever(number: int) -> int:
    time.sleep(600)
    return number


def hold(url: str, told: Connection) -> None:
    """Takes the lock as an ingest does, with a worker at work, and never ends."""
    multiprocessing.set_start_method("fork", force=True)  # as in a command: workers inherit the open connection
    with only_ingest(open_database(url)):
        told.send("held")
        list(run_each(wait_for_ever, [(1, 1)], workers=1, seconds=600))


@pytest.fixture
def holder(database_url: str) -> Iterator[int]:
    """The id of a process that holds the lock."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=hold, args=(database_url, there))
    process.start()
    assert here.recv() == "held"
    time.sleep(0.5)  # its worker starts
    assert process.pid
    yield process.pid
    process.kill()
    process.join()


def ingest_exit_code(url: str, path: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["ingest", str(path), "--db", url])
    return done.exit_code, done.stderr


def test_the_second_ingest_ends_at_once_and_says_why_until_the_first_is_killed(
    database_url: str, holder: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    code, said = ingest_exit_code(database_url, tmp_path)
    assert code == 4
    assert "is at work on" in said
    os.kill(holder, signal.SIGKILL)
    deadline = time.monotonic() + 10  # the server notices the closed connection by itself
    while (code := ingest_exit_code(database_url, tmp_path)[0]) == 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert code == 0


def test_the_lock_is_free_after_a_run(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    assert [ingest_exit_code(database_url, tmp_path)[0] for _ in range(2)] == [0, 0]
    engine = open_database(database_url)
    for _ in range(2):
        with only_ingest(engine):
            pass
