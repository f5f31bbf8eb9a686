"""Keeps two ingests off one database: the work would be done twice.

The lock ends with the process that holds it, however that ends, because the operating system or the server holds it:
PostgreSQL an advisory lock of a connection, SQLite a locked file beside the database.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from pipeline.errors import AlreadyRunningError

_INGEST_LOCK = 43_102


@contextmanager
def only_ingest(engine: Engine) -> Iterator[None]:
    """Holds the database's ingest lock; raises AlreadyRunningError at once where another process has it."""
    with _advisory_lock(engine) if engine.dialect.name == "postgresql" else _file_lock(engine):
        yield


@contextmanager
def _advisory_lock(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text(f"SELECT pg_try_advisory_lock({_INGEST_LOCK})")):
            raise _refusal(engine, "another ingest")
        try:
            yield
        finally:
            connection.invalidate()  # the pool would keep the connection, and with it the lock


@contextmanager
def _file_lock(engine: Engine) -> Iterator[None]:
    """A record lock, which processes that this one starts do not inherit; the file stays, for it may be locked anew."""
    with Path(f"{engine.url.database}.lock").open("a+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _refusal(engine, f"an ingest (process {file.read().strip()})") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _refusal(engine: Engine, who: str) -> AlreadyRunningError:
    return AlreadyRunningError(f"{who} is at work on {engine.url.render_as_string()}; this one has done nothing")
