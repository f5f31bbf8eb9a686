"""Opening a database: new, empty, outdated, of a newer version, foreign, or not there at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier as BarrierOfProcesses
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from migrations import upgrade
from models.views import VIEWS
from pipeline.commit import CommitOutcome, commit_filing
from pipeline.database import REVISIONS, migrate, open_database
from pipeline.errors import DatabaseError, DatabaseNotMigratedError, DatabaseUnreachableError
from tests.database.samples import ASSESSMENT, DISCLOSURE, FACTS, FILING

ROOT = Path(__file__).resolve().parents[2]


def bare(url: str) -> Engine:
    """The database without any of our checks."""
    return create_engine(make_url(url).set(drivername="postgresql+psycopg") if url.startswith("postgres") else url)


def test_a_new_sqlite_file_gets_its_schema(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        assert set(inspect(connection).get_view_names()) == {view.name for view in VIEWS}
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def test_an_empty_sqlite_file_gets_its_schema(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with open_database(f"sqlite:///{tmp_path / 'empty.db'}").connect() as connection:
        assert inspect(connection).has_table("filings")


def test_an_empty_postgres_waits_to_be_migrated(postgres_server: str, new_postgres: object) -> None:
    assert callable(new_postgres)
    url = str(new_postgres("template0"))
    with pytest.raises(DatabaseNotMigratedError, match=r"has no orebook schema: run `orebook migrate --db postgresql:"):
        open_database(url)
    migrate(url)
    for form in (url, url.replace("postgresql://", "postgres://")):
        open_database(form).dispose()


def test_an_outdated_database_says_what_to_run(empty_url: str) -> None:
    with bare(empty_url).begin() as connection:
        upgrade(connection, REVISIONS[0])
    with pytest.raises(DatabaseNotMigratedError, match=r"stands at schema 0001.* run `orebook migrate --db"):
        open_database(empty_url)
    migrate(empty_url)
    open_database(empty_url)


def test_migrating_twice_is_migrating_once(database_url: str) -> None:
    migrate(database_url)
    open_database(database_url)


def test_a_newer_database_is_left_alone(database_url: str) -> None:
    with bare(database_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (open_database, migrate):
        with pytest.raises(DatabaseNotMigratedError, match=r"newer orebook \(schema 9999"):
            use(database_url)


def test_a_foreign_sqlite_file_is_not_taken_over(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE music (title TEXT)")
    foreign.close()
    with pytest.raises(DatabaseNotMigratedError, match="has no orebook schema"):
        open_database(f"sqlite:///{tmp_path / 'foreign.db'}")


def test_postgres_tells_the_meaning_of_its_views(postgres_url: str) -> None:
    comment = "SELECT obj_description('v_estimates'::regclass), col_description('v_estimates'::regclass, 16)"
    with open_database(postgres_url).connect() as connection:
        view, is_total = connection.execute(text(comment.replace("::", "\\:\\:"))).one()
    assert "do not sum" in view
    assert is_total == "True for a printed total or subtotal. Contains its parts: do not sum."


@pytest.mark.parametrize(
    ("url", "error", "message"),
    [
        ("postgresql://ann:secret@127.0.0.1:1/ore", DatabaseUnreachableError, "ann:\\*\\*\\*@127.0.0.1:1/ore"),
        ("postgresql://127.0.0.1:1/ore?password=secret", DatabaseUnreachableError, "cannot open the database"),
        ("sqlite:////nowhere/at/all.db", DatabaseUnreachableError, "unable to open database file"),
        ("orebook.db", DatabaseError, "write sqlite:///orebook.db"),  # a path is no URL
        ("sqlite://", DatabaseError, "no SQLite file"),  # in memory: gone before anybody reads it
        ("mysql://ann:secret@host/ore", DatabaseError, "no PostgreSQL database and no SQLite file"),
    ],
)
def test_what_cannot_be_opened_is_named_without_its_password(
    url: str, error: type[DatabaseError], message: str
) -> None:
    with pytest.raises(error, match=message) as raised:
        open_database(url)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "release.pdf").write_bytes(b"%PDF-1.7" * 100)
    with pytest.raises(DatabaseUnreachableError, match="file is not a database"):
        open_database(f"sqlite:///{tmp_path / 'release.pdf'}")


def migrate_together(barrier: BarrierOfProcesses, url: str) -> None:
    barrier.wait()
    migrate(url)


def open_together(barrier: BarrierOfProcesses, url: str) -> None:
    barrier.wait()
    open_database(url)


def test_processes_that_start_at_once_make_one_schema(empty_url: str) -> None:
    processes = get_context("spawn")
    barrier = processes.Barrier(3)
    target = open_together if empty_url.startswith("sqlite") else migrate_together
    started = [processes.Process(target=target, args=(barrier, empty_url)) for _ in range(3)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0, 0, 0]
    open_database(empty_url)


def test_opening_does_not_import_alembic(sqlite_url: str) -> None:
    program = (
        f"import sys; from pipeline.database import open_database; open_database({sqlite_url!r}); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_two_that_commit_one_filing_at_once_commit_it_once(database_url: str) -> None:
    engine, both, outcomes = open_database(database_url), Barrier(2), []

    def commit() -> None:
        both.wait()
        with engine.begin() as connection:
            outcomes.append(commit_filing(connection, FILING, FACTS, DISCLOSURE, ASSESSMENT, "1"))

    threads = [Thread(target=commit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [CommitOutcome.NEW, CommitOutcome.UNCHANGED]
