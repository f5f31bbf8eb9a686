"""Keeps two ingests off one database, for the work would be done twice, and an ingest and a migration.

The lock ends with the process that holds it, however that ends, because the operating system or the server holds it:
PostgreSQL an advisory lock of the connection that writes, SQLite a locked file beside the database. Ingests that are
meant to work beside one another share it.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, unique
from pathlib import Path
from typing import TextIO

from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import AlreadyRunningError, DatabaseUnreachableError
from pipeline.transactions import Transactions


@unique
class Lock(IntEnum):
    """The numbers of PostgreSQL's advisory locks that orebook takes, all in one place so that none is taken twice."""

    MIGRATION = 43_101
    INGEST = 43_102
    LAST_STEP = 43_103
    DERIVATION = 43_104


_FLOCK = "hhqqi"
"""struct flock of fcntl(2) on 64-bit Linux: type, whence, start, length, process."""

_BESIDE = "start them all with --beside, each with its own files, to let several work at once"


@contextmanager
def only_ingest(engine: Engine, *, beside: bool = False) -> Iterator[None]:
    """Holds the database's ingest lock; raises AlreadyRunningError at once where another process has it.

    ``beside`` shares the lock with others that do so too. Within, the engine has one connection at a time.
    """
    lock = _advisory_lock if engine.dialect.name == "postgresql" else _file_lock
    with lock(engine, beside=beside):
        yield


@contextmanager
def _advisory_lock(engine: Engine, *, beside: bool) -> Iterator[None]:
    """Taken by each connection as it is made: a run whose connection broke cannot write on without the lock."""
    ask = f"SELECT pg_try_advisory_lock{'_shared' if beside else ''}({Lock.INGEST:d})"

    def take(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(ask)
        (held,) = cursor.fetchone() or (False,)
        connection.rollback()  # the lock is the session's and stays
        if not held:
            connection.close()
            raise _refusal(engine.url, "another ingest, or a migration,", _BESIDE)

    engine.dispose()  # connections made before do not hold it
    event.listen(engine, "connect", take)
    try:
        Transactions(engine, patience=0).carry_out(lambda _: None)
        yield
    finally:
        event.remove(engine, "connect", take)
        engine.dispose()  # and the lock with the connection


@contextmanager
def _file_lock(engine: Engine, *, beside: bool) -> Iterator[None]:
    """A record lock, which processes that this one starts do not inherit; the file stays, for it may be locked anew."""
    with _locked_file(engine.url, _BESIDE, beside=beside):
        yield


@contextmanager
def _locked_file(database: URL, advice: str, *, beside: bool = False) -> Iterator[None]:
    with _opened(_lock_path(database)) as file:
        try:
            fcntl.lockf(file, (fcntl.LOCK_SH if beside else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            process = file.read().strip()
            who = f"an ingest or a migration (process {process})" if process else "another ingest"
            raise _refusal(database, who, advice) from None
        if not beside:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def _lock_path(database: URL) -> Path:
    """The lock beside the file itself: a link to it is another name for the same database."""
    return Path(f"{Path(str(database.database)).resolve()}.lock")


def _opened(path: Path) -> TextIO:
    try:
        return path.open("a+")
    except OSError as error:
        raise DatabaseUnreachableError(
            f"cannot lock the database: {path}: {error.strerror}; who ingests writes into the folder of the database"
        ) from None


@contextmanager
def no_ingest(connection: Connection) -> Iterator[None]:
    """Keeps ingests off while a migration changes the schema; raises AlreadyRunningError where one is at work.

    On PostgreSQL the lock lasts to the end of the connection's transaction.
    """
    database, advice = connection.engine.url, "migrate when it has ended; `orebook status` tells"
    if connection.dialect.name == "sqlite":
        with _locked_file(database, advice):
            yield
        return
    if not connection.scalar(text(f"SELECT pg_try_advisory_xact_lock({Lock.INGEST:d})")):
        raise _refusal(database, "an ingest", advice)
    yield


def ingest_at_work(connection: Connection) -> bool:
    """Whether another process holds the ingest lock now; takes nothing, so that it keeps nobody off."""
    if connection.dialect.name == "postgresql":
        query = """
            SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()
            AND l.classid = 0 AND l.objid = :number)
        """
        return bool(connection.scalar(text(query), {"number": int(Lock.INGEST)}))
    path = _lock_path(connection.engine.url)
    if not path.exists():
        return False
    with path.open("rb") as file:  # to ask takes no right to write
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        told: int = struct.unpack(_FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))[0]
    return told != fcntl.F_UNLCK


def one_after_another(connection: Connection) -> None:
    """Waits until no other process is between here and the end of its transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({Lock.LAST_STEP:d})"))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refusal(database: URL, who: str, advice: str) -> AlreadyRunningError:
    return AlreadyRunningError(
        f"{who} is at work on {database.render_as_string()}; this one has done nothing ({advice})"
    )
