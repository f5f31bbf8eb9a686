"""Opens the database to look at it only: nothing can be changed, and questions have a time limit."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from pipeline.database import WAIT_SECONDS, open_database
from pipeline.errors import DatabaseError, QueryTimeoutError
from pipeline.transactions import driver_reason

SECONDS = 10.0
"""How long the questions of one page may take."""

_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock: about a thousandth of a second."""
_QUERY_CANCELLED = "57014"
"""What PostgreSQL gives where ``statement_timeout`` is over (its manual, appendix A)."""
_LOOKING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_DECLARES = (sqlite3.SQLITE_UPDATE, "sqlite_master")
"""What SQLite asks when it first opens a table of full-text search; it writes nothing, and the file is open to read."""
_HARMLESS_PRAGMAS = frozenset({"read_uncommitted", "data_version"})
"""What SQLAlchemy asks of a new connection, and full-text search of its tables."""


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """A database that can be looked at."""

    engine: Engine
    seconds: float

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection for the questions of one page.

        Raises QueryTimeoutError where they take too long, and DatabaseError where the database fails.
        """
        try:
            with self.engine.connect() as connection:
                self._start_clock(connection)
                yield connection
        except DBAPIError as error:
            if _is_timeout(error):
                raise QueryTimeoutError(
                    f"the database did not answer within {self.seconds:g} seconds; ask for less"
                ) from None
            raise DatabaseError(f"the database failed: {driver_reason(error)}") from None

    def _start_clock(self, connection: Connection) -> None:
        """PostgreSQL has the limit in its own settings, for each question; SQLite is asked to look at the clock."""
        raw = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            deadline = time.monotonic() + self.seconds
            raw.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)


def open_read_only(url: str, seconds: float = SECONDS) -> ReadOnly:
    """The database at this URL, to be looked at only; raises what ``open_database`` raises."""
    checked = open_database(url)
    checked.dispose()
    if checked.dialect.name == "postgresql":
        options = f"-c default_transaction_read_only=on -c statement_timeout={int(seconds * 1000)}"
        connect_args = {"options": options, "connect_timeout": WAIT_SECONDS}
        return ReadOnly(create_engine(checked.url, connect_args=connect_args), seconds)
    address = f"{Path(str(checked.url.database)).resolve().as_uri()}?mode=ro"
    return ReadOnly(create_engine(checked.url, creator=partial(_open_file, address)), seconds)


def _open_file(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, check_same_thread=False)
    connection.set_authorizer(_only_looking)
    return connection


def _only_looking(action: int, first: str | None, *_: str | None) -> int:
    """SQLite asks before each statement: nothing is written, no other file is opened, no setting changed."""
    harmless = (action == sqlite3.SQLITE_PRAGMA and first in _HARMLESS_PRAGMAS) or (action, first) == _DECLARES
    return sqlite3.SQLITE_OK if action in _LOOKING or harmless else sqlite3.SQLITE_DENY


def _is_timeout(error: DBAPIError) -> bool:
    return str(error.orig) == "interrupted" or getattr(error.orig, "sqlstate", None) == _QUERY_CANCELLED
