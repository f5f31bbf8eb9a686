"""Keeps two ingests off one database: the work would be done twice.

The lock ends with the process that holds it, however that ends, because the operating system or the server holds it:
PostgreSQL an advisory lock of the connection that writes, SQLite a locked file beside the database. Ingests that are
meant to work beside one another share it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import AlreadyRunningError
from pipeline.transactions import Transactions

_INGEST_LOCK, _LAST_STEP_LOCK = 43_102, 43_103


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
    ask = f"SELECT pg_try_advisory_lock{'_shared' if beside else ''}({_INGEST_LOCK})"

    def take(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(ask)
        (held,) = cursor.fetchone() or (False,)
        connection.rollback()  # the lock is the session's and stays
        if not held:
            connection.close()
            raise _refusal(engine, "another ingest")

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
    with Path(f"{engine.url.database}.lock").open("a+") as file:
        try:
            fcntl.lockf(file, (fcntl.LOCK_SH if beside else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            process = file.read().strip()
            raise _refusal(engine, f"an ingest (process {process})" if process else "another ingest") from None
        if not beside:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def one_after_another(connection: Connection) -> None:
    """Waits until no other process is between here and the end of its transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LAST_STEP_LOCK})"))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refusal(engine: Engine, who: str) -> AlreadyRunningError:
    return AlreadyRunningError(
        f"{who} is at work on {engine.url.render_as_string()}; this one has done nothing "
        "(start them all with --beside, each with its own files, to let several work at once)"
    )
