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
from sqlalchemy import Engine, create_engine, make_url, text

from migrations import downgrade, upgrade
from pipeline.cli import main
from pipeline.database import REVISIONS, migrate, open_database, require_schema
from pipeline.errors import DatabaseNotMigratedError
from pipeline.lock import ingest_at_work, only_ingest
from pipeline.stated.refresh import alone
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


def at_work(url: str) -> bool:
    with open_database(url).connect() as connection:
        return ingest_at_work(connection)


def test_the_second_ingest_ends_at_once_and_says_why_until_the_first_is_killed(
    database_url: str, holder: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    code, said = ingest_exit_code(database_url, tmp_path)
    assert code == 4
    assert "is at work on" in said
    assert at_work(database_url)
    os.kill(holder, signal.SIGKILL)
    deadline = time.monotonic() + 10  # the server notices the closed connection by itself
    while (code := ingest_exit_code(database_url, tmp_path)[0]) == 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert code == 0
    assert not at_work(database_url)


def test_the_lock_is_free_after_a_run(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    assert [ingest_exit_code(database_url, tmp_path)[0] for _ in range(2)] == [0, 0]
    engine = open_database(database_url)
    for _ in range(2):
        with only_ingest(engine):
            pass


def test_a_link_to_a_database_is_no_way_around_its_lock(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(str(make_url(sqlite_url).database))
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=hold, args=(sqlite_url, there))
    process.start()
    assert here.recv() == "held"
    assert ingest_exit_code(f"sqlite:///{tmp_path}/link.db", tmp_path)[0] == 4
    process.kill()
    process.join()


def test_a_lock_that_cannot_be_taken_is_told(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "orebook.db.lock").mkdir()
    code, said = ingest_exit_code(sqlite_url, tmp_path / "orebook.db")
    assert code == 3
    assert f"cannot lock the database: {tmp_path}/orebook.db.lock: Is a directory" in said


def hold_beside(url: str, told: Connection) -> None:
    """Takes the lock that ingests share, the weaker one, on a database of any schema."""
    with only_ingest(_bare(url), beside=True):
        told.send("held")
        time.sleep(600)


def test_a_migration_waits_for_no_ingest_and_changes_nothing_under_one(empty_url: str) -> None:
    outdated = REVISIONS[-2]
    with _bare(empty_url).begin() as connection:
        upgrade(connection, outdated)
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=hold_beside, args=(empty_url, there))
    process.start()
    assert here.recv() == "held"
    refused = CliRunner().invoke(main, ["migrate", "--db", empty_url])
    process.kill()
    process.join()
    assert refused.exit_code == 4
    assert "ingest" in refused.stderr
    assert "is at work on" in refused.stderr
    assert "migrate when it has ended" in refused.stderr
    with _bare(empty_url).connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == outdated
    deadline = time.monotonic() + 10  # the server notices the closed connection by itself
    while CliRunner().invoke(main, ["migrate", "--db", empty_url]).exit_code == 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    open_database(empty_url).dispose()


def test_a_decision_does_not_wait_for_an_ingest(postgres_url: str) -> None:
    with only_ingest(open_database(postgres_url)), open_database(postgres_url).begin() as reviewer:
        reviewer.execute(text("SET LOCAL lock_timeout = '2s'"))
        alone(reviewer)  # as what a decision changes is derived


def test_a_migration_with_nothing_to_do_minds_no_ingest(database_url: str, holder: int) -> None:
    assert CliRunner().invoke(main, ["migrate", "--db", database_url]).exit_code == 0


def test_an_ingest_refuses_an_outdated_schema_also_when_it_changed_after_the_opening(
    empty_url: str, tmp_path: Path
) -> None:
    with _bare(empty_url).begin() as connection:
        upgrade(connection, REVISIONS[-2])
    (tmp_path / "a.txt").write_text("Lynx Gold Corp. appoints a director\n")
    code, said = ingest_exit_code(empty_url, tmp_path / "a.txt")
    assert (code, "run `orebook migrate" in said) == (3, True)
    migrate(empty_url)
    engine = open_database(empty_url)
    require_schema(engine)
    with _bare(empty_url).begin() as connection:
        downgrade(connection, REVISIONS[-2])
    with pytest.raises(DatabaseNotMigratedError):
        require_schema(engine)


def _bare(url: str) -> Engine:
    address = make_url(url)
    postgres = address.get_backend_name() == "postgresql"
    return create_engine(address.set(drivername="postgresql+psycopg") if postgres else address)
