"""Reading on a real Dask cluster: a scheduler and two workers, processes that the tests start and kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import cluster
from pipeline.cli import main
from pipeline.cluster import Cluster
from pipeline.database import open_database
from pipeline.errors import ClusterError, FilingTimeoutError, MemoryLimitError, OrebookError, WorkerLostError
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.outcomes import Done
from tests.pipeline.batches import contents, fill, read_all

ROOT = Path(__file__).resolve().parents[2]
FILINGS = 10


@dataclass(frozen=True)
class Machines:
    """A scheduler's address, and the processes of its workers."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


def dask(role: str, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """A scheduler or a worker, started as a system administrator does."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", "--scheduler-file", str(folder / "scheduler.json")]
    path = {"PYTHONPATH": str(ROOT)}  # the scheduler too knows what a task holds
    return subprocess.Popen(
        [*command, "--no-dashboard", *words], cwd=folder, env={**os.environ, **path}, stderr=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler with two workers: one beneath a nanny, as is usual, and one alone, which nobody starts again."""
    folder = tmp_path_factory.mktemp("dask")
    local = ("--host", "127.0.0.1")
    scheduler = dask("scheduler", folder, *local, "--port", "0")
    workers = tuple(
        dask("worker", folder, *local, "--nthreads", "1", kind, "--local-directory", str(folder))
        for kind in ("--nanny", "--no-nanny")
    )
    yield Machines(address_in(folder / "scheduler.json"), workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def address_in(file: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if file.exists() and (text := file.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise TimeoutError(file)


def wait_for_workers(address: str, number: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=60)


def test_the_command_reads_on_a_cluster(machines: Machines, sqlite_url: str, fixtures: Path) -> None:
    release = str(fixtures / "releases" / "almonty-lossantos-2013.tab.txt")
    done = CliRunner().invoke(main, ["ingest", release, "--db", sqlite_url, "--cluster", machines.address])
    assert (done.exit_code, "9 sound, 0 unproven, 1 held" in done.output) == (0, True)


def end_badly(way: str) -> str | OrebookError:
    """What hostile files do to the process that reads them."""
    if way == "hangs":
        time.sleep(600)
    if way == "explodes":
        return str(len(bytearray(1 << 31)))
    if way == "dies":
        os._exit(3)
    if way.startswith("/") and not Path(way).exists():  # something else ends its process, once
        Path(way).touch()
        os._exit(3)
    return way


def test_a_hostile_file_costs_its_process_and_not_the_worker(
    machines: Machines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    once = str(tmp_path / "once")
    items = [(way, way) for way in ("hangs", "explodes", "dies", "good", once)]
    outcomes = dict(Cluster(machines.address).run_each(end_badly, items, seconds=10, memory=1 << 30))
    assert isinstance(outcomes["hangs"][0], FilingTimeoutError)
    assert isinstance(outcomes["explodes"][0], MemoryLimitError)
    assert isinstance(outcomes["dies"][0], WorkerLostError)
    assert (outcomes["good"][0], outcomes[once][0]) == ("good", once)
    assert all(worker.poll() is None for worker in machines.workers)
    monkeypatch.setattr(cluster, "extractor_version", lambda: "0.0.0+other")
    with pytest.raises(ClusterError, match=r"worker tcp://.* has orebook .*, this one is 0\.0\.0\+other"):
        list(Cluster(machines.address).run_each(end_badly, [("a", "good")], seconds=60))


def test_a_cluster_that_does_not_answer_or_has_no_workers_ends_the_run(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER_SECONDS", 3)
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    command = ["ingest", str(tmp_path / "a.txt"), "--db", sqlite_url, "--cluster"]
    silent = CliRunner().invoke(main, [*command, "tcp://127.0.0.1:9"])
    assert (silent.exit_code, "no Dask scheduler answers at tcp://127.0.0.1:9" in silent.stderr) == (5, True)
    scheduler = dask("scheduler", tmp_path, "--host", "127.0.0.1", "--port", "0")
    address = address_in(tmp_path / "scheduler.json")
    empty = CliRunner().invoke(main, [*command, address])
    scheduler.kill()
    scheduler.wait()
    assert (empty.exit_code, "has no workers: start some" in empty.stderr) == (5, True)


def test_a_run_whose_worker_is_killed_ends_in_the_database_of_a_local_run(
    machines: Machines,
    fixtures: Path,
    tmp_path: Path,
    new_postgres: Callable[[str], str],
    migrated_postgres: str,
) -> None:
    inbox = fill(tmp_path / "inbox", fixtures, FILINGS)
    local, spread = new_postgres(migrated_postgres), new_postgres(migrated_postgres)
    read_all(local, inbox)
    wait_for_workers(machines.address, 2)
    seen: list[Done] = []

    def kill_one(done: Done) -> None:
        seen.append(done)
        if len(seen) == 1:
            machines.workers[1].kill()

    engine = open_database(spread)
    summary = ingest(engine, list(find_files([inbox])), Cluster(machines.address), kill_one)
    engine.dispose()
    assert machines.workers[1].wait() == -9
    assert (summary.new, summary.failed, len(seen)) == (FILINGS - 1, 1, FILINGS + 1)
    assert contents(spread) == contents(local)


def test_a_run_whose_scheduler_is_killed_says_so_and_the_next_run_does_the_rest(
    fixtures: Path, tmp_path: Path, new_postgres: Callable[[str], str], migrated_postgres: str
) -> None:
    inbox = fill(tmp_path / "inbox", fixtures, FILINGS)
    undisturbed, broken_off = new_postgres(migrated_postgres), new_postgres(migrated_postgres)
    scheduler = dask("scheduler", tmp_path, "--host", "127.0.0.1", "--port", "0")
    address = address_in(tmp_path / "scheduler.json")
    worker = dask("worker", tmp_path, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny")
    seen: list[Done] = []

    def kill_scheduler(done: Done) -> None:
        seen.append(done)
        if len(seen) == 1:
            scheduler.kill()
            scheduler.wait()

    engine = open_database(broken_off)
    with pytest.raises(ClusterError, match=f"scheduler at {address} went away: .*; what was committed stays"):
        ingest(engine, list(find_files([inbox])), Cluster(address), kill_scheduler)
    engine.dispose()
    worker.kill()
    worker.wait()
    assert 0 < len(seen) < FILINGS
    read_all(broken_off, inbox)
    read_all(undisturbed, inbox)
    assert contents(broken_off) == contents(undisturbed)
