"""What became of the files of a run, and the transactions that commit it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from models.filing import Filing
from models.findings import Status
from pipeline.commit import CommitOutcome, FilingRows, commit_failure, commit_rows
from pipeline.errors import OrebookError, UnreadableSourceError
from pipeline.fetch import Found
from pipeline.ledger import RunFiling, outcome_of, record_location, record_outcome
from pipeline.transactions import Transactions

log = logging.getLogger("orebook")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file of a run: ``outcome`` is new, re_extracted, unchanged or failed."""

    found: Found
    outcome: str
    rows: FilingRows | None = None
    error: str | None = None
    seconds: float | None = None

    def count(self, status: Status) -> int:
        """How many of the filing's lines have this status."""
        return self.rows.count(status) if self.rows else 0


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run: files by outcome, lines by status, and files that an earlier run could not read.

    ``run_id`` is the run's number once it is done.
    """

    new: int = 0
    re_extracted: int = 0
    unchanged: int = 0
    failed: int = 0
    failed_before: int = 0
    sound: int = 0
    unproven: int = 0
    held: int = 0
    run_id: int | None = None

    def plus(self, done: Done) -> Summary:
        """The counts with one more file."""
        before = done.outcome == CommitOutcome.UNCHANGED and done.error is not None
        return replace(
            self,
            **{done.outcome: getattr(self, done.outcome) + 1},
            failed_before=self.failed_before + before,
            sound=self.sound + done.count(Status.SOUND),
            unproven=self.unproven + done.count(Status.UNPROVEN),
            held=self.held + done.count(Status.HELD),
        )


@dataclass(frozen=True, slots=True)
class Commits:
    """Commits what became of the files of a run, one transaction each, as this version of the extractor read them."""

    database: Transactions
    run: int
    version: str

    def commit(
        self,
        found: Found,
        filing: Filing | UnreadableSourceError,
        reading: FilingRows | OrebookError,
        seconds: float | None = None,
    ) -> Done:
        """The filing's rows and the run's note of it; what cannot be committed is a failed filing."""
        try:
            return self.database.carry_out(lambda connection: self._noted(connection, found, filing, reading, seconds))
        except OrebookError:
            raise  # the database's trouble, and not the filing's
        except Exception as error:  # one that no column takes must not end the run
            log.exception("%s: unexpected error", found.filename)
            failed = unexpected(found.filename, error)
            return self.database.carry_out(lambda connection: self._noted(connection, found, filing, failed, seconds))

    def note_place(self, found: Found, filing: Filing) -> Done:
        """A known filing in another place, or touched: only where it was found is noted."""
        self.database.carry_out(lambda connection: record_location(connection, filing, found.modified_ns))
        return Done(found, CommitOutcome.UNCHANGED)

    def _noted(
        self,
        connection: Connection,
        found: Found,
        filing: Filing | UnreadableSourceError,
        reading: FilingRows | OrebookError,
        seconds: float | None,
    ) -> Done:
        if noted := outcome_of(connection, self.run, found.source_uri):  # the server went away after it committed
            return Done(
                found, noted.outcome, reading if isinstance(reading, FilingRows) else None, noted.reason, seconds
            )
        done = replace(self._committed(connection, found, filing, reading), seconds=seconds)
        if done.outcome != CommitOutcome.UNCHANGED:
            record_outcome(connection, self.run, RunFiling(found.source_uri, done.outcome, seconds, done.error))
        return done

    def _committed(
        self,
        connection: Connection,
        found: Found,
        filing: Filing | UnreadableSourceError,
        reading: FilingRows | OrebookError,
    ) -> Done:
        """A source that gave no bytes has no row among the filings: what it is nobody knows."""
        if isinstance(filing, UnreadableSourceError):
            return Done(found, "failed", error=str(filing))
        here = filing if filing.source_uri == found.source_uri else found.holding(filing.content)
        if isinstance(reading, OrebookError):
            commit_failure(connection, here, str(reading), self.version, found.modified_ns)
            return Done(found, "failed", error=str(reading))
        outcome = commit_rows(connection, here, reading, self.version, found.modified_ns)
        return Done(found, outcome, None if outcome is CommitOutcome.UNCHANGED else reading)


def unexpected(filename: str, error: Exception) -> OrebookError:
    """An error that is not ours, as the reason of a failed filing."""
    return OrebookError(f"{filename}: unexpected {type(error).__name__}: {error}; please report it")
