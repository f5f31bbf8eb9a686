"""A run that is killed at any moment, or whose database goes away: the next one ends where an undisturbed one ends.

``OREBOOK_KILLS=200 pytest tests/pipeline/test_crash.py`` is the long run; the default is ten kills on each database.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from signal import SIGKILL

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text

from models.records import METADATA
from pipeline.cli import main
from pipeline.database import open_database
from pipeline.errors import DatabaseUnreachableError
from pipeline.fetch import find_files
from pipeline.ingest import Done, ingest
from tests.database.views import rows_of

PROCESSES = multiprocessing.get_context("fork")  # the stages are imported once, so that kills meet work and no imports
KILLS = int(os.environ.get("OREBOOK_KILLS", "10"))
FILES = 5


@pytest.fixture
def inbox(fixtures: Path, tmp_path: Path) -> Path:
    """A few releases, and a file that cannot be read."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    releases = (path for path in sorted((fixtures / "releases").iterdir()) if path.suffix in {".txt", ".html"})
    for release in islice(releases, FILES):
        shutil.copy(release, folder)
    (folder / "empty.pdf").write_bytes(b"")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a fresh database with the schema, and gives its URL."""
    if request.param == "postgresql":
        make, template = request.getfixturevalue("new_postgres"), request.getfixturevalue("migrated_postgres")
        return lambda: str(make(template))
    migrated = request.getfixturevalue("migrated_sqlite")
    return lambda: f"sqlite:///{shutil.copy(migrated, tmp_path / f'{random.getrandbits(64):x}.db')}"


def read_all(url: str, folder: Path) -> None:
    engine = open_database(url)
    ingest(engine, list(find_files([folder])), workers=1)
    engine.dispose()


def contents(url: str) -> dict[str, list[str]]:
    """Every row of every table but the log of runs, without the moments of writing."""
    with open_database(url).connect() as connection:
        return {
            name: sorted(
                str({column: value for column, value in row.items() if not column.endswith("_at")})
                for row in rows_of(connection, name)
            )
            for name in METADATA.tables.keys() - {"runs", "run_filings"}
        }


def killed_after(seconds: float, url: str, folder: Path) -> bool:
    """Runs an ingest in a process of its own and kills it; False where it was done before."""
    process = PROCESSES.Process(target=read_all, args=(url, folder))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == -SIGKILL


def test_a_run_after_kills_ends_in_the_database_of_an_undisturbed_run(
    new_database: Callable[[], str], inbox: Path
) -> None:
    undisturbed, moments = new_database(), random.Random(43_101)  # noqa: S311
    read_all(undisturbed, inbox)  # imports the stages, here and so in all processes that follow
    expected = contents(undisturbed)
    began = time.monotonic()
    read_all(new_database(), inbox)
    seconds = time.monotonic() - began
    assert len(expected["filings"]) == FILES + 1
    kills = 0
    while kills < KILLS:
        url = new_database()
        while kills < KILLS and killed_after(moments.uniform(0, seconds), url, inbox):
            kills += 1
        read_all(url, inbox)
        assert contents(url) == expected, f"after kill {kills}"


def test_a_server_that_ends_its_connections_ends_the_run_and_the_next_completes_it(
    postgres_url: str, inbox: Path
) -> None:
    server = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
    engine, seen = open_database(postgres_url), list[Done]()

    def end_connections(done: Done) -> None:
        seen.append(done)
        with server.begin() as connection:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))

    with pytest.raises(DatabaseUnreachableError, match="the next run does the rest"):
        ingest(engine, list(find_files([inbox])), 1, end_connections)
    assert len(seen) == 1
    again = CliRunner().invoke(main, ["ingest", str(inbox), "--db", postgres_url])
    assert f"{FILES - 1} new, 0 read anew, 1 unchanged, 1 failed" in again.output


def test_a_full_disk_ends_the_run_with_its_exit_code_and_the_next_completes_it(sqlite_url: str, inbox: Path) -> None:
    database = Path(str(make_url(sqlite_url).database))
    engine = open_database(sqlite_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    engine.dispose()
    limit = database.stat().st_size + (16 << 10)
    stopped = PROCESSES.Process(target=_ingest_within, args=(limit, sqlite_url, inbox))
    stopped.start()
    stopped.join()
    assert stopped.exitcode == 3
    read_all(sqlite_url, inbox)
    assert len(contents(sqlite_url)["filings"]) == FILES + 1


def _ingest_within(file_bytes: int, url: str, folder: Path) -> None:
    """The command, on a disk where no file may grow beyond this size."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    main(["ingest", str(folder), "--db", url, "--workers", "1"])
