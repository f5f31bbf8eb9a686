"""Transactions that outlast a database which goes away for a while: each is done whole, and again where it was lost."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from pipeline.errors import AlreadyRunningError, DatabaseUnreachableError
from pipeline.settings import PATIENCE

Result = TypeVar("Result")

log = logging.getLogger("orebook")

FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
"""Seconds: each wait is a random part of a time that doubles from the first to the longest."""

PASSING_STATES = ("08", "40", "53300", "55P03", "57P", "25006")
"""SQLSTATEs of PostgreSQL that pass, or how they begin: connections lost, transactions that met one another, too many
connections, a lock held by another, a server that shuts down or starts up, one that is a standby still."""

NOT_ALLOWED = "42501"
"""SQLSTATE of a user who may not do what was asked."""


@dataclass(frozen=True, slots=True)
class Transactions:
    """Carries out transactions on a database, and waits up to ``patience`` seconds where it goes away."""

    engine: Engine
    patience: float = PATIENCE

    def carry_out(self, work: Callable[[Connection], Result]) -> Result:
        """What the work gives, done in one transaction.

        A server may go away after it committed and before it said so. The work is then done a second time, so it has
        to find what it did. Raises DatabaseUnreachableError where patience ends, and at once where no waiting helps: a
        disk that is full.
        """
        attempts = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=wait_random_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT),
            stop=stop_after_delay(self.patience),
            before_sleep=_tell,
            reraise=True,
        )
        try:
            done: Result = attempts(self._once, work)
        except DBAPIError as error:
            if not is_databases_own(error):
                raise
            raise DatabaseUnreachableError(
                f"the database {self.engine.url.set(query={}).render_as_string()} failed in mid-run: "
                f"{driver_reason(error)}; what was committed stays, the next run does the rest"
            ) from None
        return done

    def _once(self, work: Callable[[Connection], Result]) -> Result:
        with self.engine.begin() as connection:
            return work(connection)


def is_databases_own(error: DBAPIError) -> bool:
    """Whether the trouble is the database's, or its user's who may not do this, and not in what was asked of it."""
    if isinstance(error, OperationalError | InterfaceError) or type(error.orig) is sqlite3.DatabaseError:
        return True  # SQLite says the last of a file that is damaged
    return _may_pass(error) or getattr(error.orig, "sqlstate", None) == NOT_ALLOWED


def driver_reason(error: BaseException) -> str:
    """The first line of what the driver says."""
    said = error.orig if isinstance(error, DBAPIError) else error
    reason = str(said).strip().partition("\n")[0]
    if getattr(said, "sqlstate", None) == NOT_ALLOWED:
        reason += "; its user has no role that may do this (`orebook migrate --help` names the roles)"
    return reason


def _may_pass(error: BaseException) -> bool:
    """Whether the same transaction may succeed later, because the trouble is the database's and not the transaction's.

    The server may hold the lock of a connection that broke for a while longer: AlreadyRunningError passes then.
    """
    if isinstance(error, AlreadyRunningError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:  # the driver says it of a connection that it could not make
        return error.connection_invalidated or isinstance(error, OperationalError)
    return error.connection_invalidated or state.startswith(PASSING_STATES)


def _tell(attempt: RetryCallState) -> None:
    """Once for each time that the database went away: a line for each attempt would be noise."""
    if attempt.attempt_number == 1 and attempt.outcome:
        error = attempt.outcome.exception()
        log.warning("the database does not answer, waiting for it: %s", driver_reason(error) if error else "")
