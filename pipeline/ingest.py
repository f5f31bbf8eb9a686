"""One filing through all stages, and the batch that a cron job runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from models.disclosure import Disclosure
from models.filing import Filing
from models.findings import Assessment, Status
from pipeline.commit import CommitOutcome, ReadFacts, commit_failure, commit_filing
from pipeline.errors import DatabaseUnreachableError, OrebookError, UnreadableSourceError
from pipeline.fetch import Found
from pipeline.ledger import (
    FilingStatus,
    KnownFilings,
    RunFiling,
    finish_run,
    known_filings,
    record_location,
    record_outcome,
    start_run,
)
from pipeline.reconcile import reconcile
from pipeline.settings import DEFAULT_WORKERS, TIME_LIMIT, extractor_version
from pipeline.workers import run_each

log = logging.getLogger("orebook")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a filing, and what the recomputation says of it."""

    facts: ReadFacts
    disclosure: Disclosure
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file of a run: ``outcome`` is new, re_extracted, unchanged or failed."""

    found: Found
    outcome: str
    reading: Reading | None = None
    error: str | None = None
    seconds: float | None = None

    def count(self, status: Status) -> int:
        """How many of the filing's lines have this status."""
        if self.reading is None:
            return 0
        return sum(self.reading.assessment.status(line.key) is status for line in self.reading.disclosure.lines)


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a run: files by outcome, lines by status, and files that an earlier run could not read."""

    new: int = 0
    re_extracted: int = 0
    unchanged: int = 0
    failed: int = 0
    failed_before: int = 0
    sound: int = 0
    unproven: int = 0
    held: int = 0

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


def ingest_one(filing: Filing) -> Reading:
    """Read a filing, extract what it says and recompute it; raises OrebookError where it cannot be read."""
    from extractors import extract, may_state_estimates  # a run that finds nothing new must not pay for the stages
    from pipeline.checks import assess
    from pipeline.read import read

    document = read(filing.content, filing.filename, wanted=may_state_estimates)
    disclosure = extract(document)
    assessment = assess(disclosure, document)
    return Reading(ReadFacts(document.media_type, document.page_count), disclosure, assessment)


def ingest(
    engine: Engine,
    files: Sequence[Found],
    workers: int = DEFAULT_WORKERS,
    watch: Callable[[Done], None] = lambda _: None,
    *,
    retry_failed: bool = False,
) -> Summary:
    """Bring the files into the database, one transaction each; ``watch`` sees each as it is done.

    A file that this version has done is left as it is; ``retry_failed`` reads those again that it could not read. A
    filing that cannot be read is recorded with the reason, and the run goes on. Raises DatabaseUnreachableError where
    the database goes away: what was committed stays, and the next run does the rest.
    """
    with _answering(engine):
        return _ingest(engine, files, workers, watch, retry_failed=retry_failed)


@contextmanager
def _answering(engine: Engine) -> Iterator[None]:
    """Tells of a server that went away, and of a disk that is full, in words of ours."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        database = engine.url.set(query={}).render_as_string()
        reason = str(error.orig).strip().partition("\n")[0]
        raise DatabaseUnreachableError(
            f"the database {database} failed in mid-run: {reason}; what was committed stays, the next run does the rest"
        ) from None


def _ingest(
    engine: Engine, files: Sequence[Found], workers: int, watch: Callable[[Done], None], *, retry_failed: bool
) -> Summary:
    version = extractor_version()
    with engine.begin() as connection:
        known = known_filings(connection, version, failed=not retry_failed)
        run = start_run(connection, version)
    summary = Summary()
    for done in _each(engine, run, files, known, workers):
        summary = summary.plus(done)
        watch(done)
    with engine.begin() as connection:
        reconcile(connection)
        finish_run(connection, run, summary.new, summary.unchanged, summary.re_extracted, summary.failed)
    return summary


def preview(engine: Engine, files: Sequence[Found], *, retry_failed: bool = False) -> Iterator[Found]:
    """The files that an ingest would read now; changes nothing."""
    with engine.connect() as connection:
        known = known_filings(connection, extractor_version(), failed=not retry_failed)
    for found in files:
        if not _known_by_sight(found, known):
            filing = _load(found)
            if isinstance(filing, UnreadableSourceError) or not _done(filing, known):
                yield found


def _each(engine: Engine, run: int, files: Sequence[Found], known: KnownFilings, workers: int) -> Iterator[Done]:
    """The files that cost nothing first, known by size and time, then those known by their bytes, then the new ones."""
    unread: list[Found] = []
    for found in files:
        done = _known_by_sight(found, known) or _known_by_bytes(engine, found, known)
        if done:
            yield done
        else:
            unread.append(found)
    if unread:
        loaded = ((found, _load(found)) for found in unread)
        given = (((found, filing), filing) for found, filing in loaded)
        with closing(run_each(_read_safely, given, min(workers, len(unread)), TIME_LIMIT)) as outcomes:
            for (found, filing), outcome in outcomes:
                yield _commit(engine, run, found, filing, *outcome)


def _load(found: Found) -> Filing | UnreadableSourceError:
    try:
        return found.load()
    except UnreadableSourceError as error:
        return error


def _known_by_sight(found: Found, known: KnownFilings) -> Done | None:
    status = known.unread(found.source_uri, found.byte_size, found.modified_ns)
    if status is None:
        return None
    error = "could not be read by an earlier run" if status is FilingStatus.FAILED else None
    return Done(found, CommitOutcome.UNCHANGED, error=error)


def _known_by_bytes(engine: Engine, found: Found, known: KnownFilings) -> Done | None:
    """A known filing in another place, or touched: only where it was found is noted."""
    filing = _load(found)
    if isinstance(filing, UnreadableSourceError) or not _done(filing, known):
        return None
    with engine.begin() as connection:
        record_location(connection, filing, found.modified_ns)
    return Done(found, CommitOutcome.UNCHANGED)


def _done(filing: Filing, known: KnownFilings) -> bool:
    return known.status(filing.sha256) not in (None, FilingStatus.FAILED)


def _read_safely(filing: Filing | UnreadableSourceError) -> Reading | OrebookError:
    """What was read, or why not: the one place where any error of any stage becomes a failed filing."""
    if isinstance(filing, UnreadableSourceError):
        return filing
    try:
        return ingest_one(filing)
    except OrebookError as error:
        return error
    except MemoryError:
        raise  # the worker tells of its limit
    except Exception as error:  # one broken filing must not end the run
        log.exception("%s: unexpected error", filing.filename)
        return OrebookError(f"{filing.filename}: unexpected {type(error).__name__}: {error}; please report it")


def _commit(
    engine: Engine,
    run: int,
    found: Found,
    filing: Filing | UnreadableSourceError,
    reading: Reading | OrebookError,
    seconds: float | None,
) -> Done:
    """One transaction for the filing's rows and the run's note of it."""
    with engine.begin() as connection:
        done = replace(_commit_rows(connection, found, filing, reading), seconds=seconds)
        record_outcome(connection, run, RunFiling(found.source_uri, done.outcome, seconds, done.error))
    return done


def _commit_rows(
    connection: Connection, found: Found, filing: Filing | UnreadableSourceError, reading: Reading | OrebookError
) -> Done:
    """A source that gave no bytes has no row among the filings: what it is nobody knows."""
    if isinstance(filing, UnreadableSourceError):
        return Done(found, "failed", error=str(filing))
    version = extractor_version()
    if isinstance(reading, OrebookError):
        commit_failure(connection, filing, str(reading), version, found.modified_ns)
        return Done(found, "failed", error=str(reading))
    outcome = commit_filing(
        connection, filing, reading.facts, reading.disclosure, reading.assessment, version, found.modified_ns
    )
    return Done(found, outcome, reading)
