"""One filing through all stages, and the batch that a cron job runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection, Engine

from models.disclosure import Disclosure
from models.filing import Filing
from models.findings import Assessment, Status
from pipeline.cluster import Cluster
from pipeline.commit import CommitOutcome, ReadFacts, commit_failure, commit_filing
from pipeline.errors import FilingTimeoutError, OrebookError, UnreadableSourceError
from pipeline.fetch import Found
from pipeline.ledger import (
    FilingStatus,
    KnownFilings,
    RunFiling,
    Sighting,
    finish_run,
    known_filings,
    outcome_of,
    record_location,
    record_outcome,
    start_run,
)
from pipeline.lock import one_after_another
from pipeline.manifest_facts import compare_facts, record_known_facts
from pipeline.reconcile import reconcile
from pipeline.settings import DEFAULT_WORKERS, PATIENCE, TIME_LIMIT, extractor_version
from pipeline.transactions import Transactions
from pipeline.workers import Outcome, run_each

Item = TypeVar("Item")

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
    workers: int | Cluster = DEFAULT_WORKERS,
    watch: Callable[[Done], None] = lambda _: None,
    *,
    retry_failed: bool = False,
    patience: float = PATIENCE,
) -> Summary:
    """Bring the files into the database, one transaction each; ``watch`` sees each as it is done.

    A file that this version has done is left as it is; ``retry_failed`` reads those again that it could not read. A
    filing that cannot be read is recorded with the reason, and the run goes on. ``workers`` is how many processes of
    this machine read, or the cluster that does; this process commits. Where the database goes away, the run
    waits ``patience`` seconds for it, then raises DatabaseUnreachableError: what was committed stays, and the next run
    does the rest. What a manifest states of a file is noted whether or not the file is read.
    """
    database, version, summary = Transactions(engine, patience), extractor_version(), Summary()
    stated = {found.source_uri: found.stated for found in files if found.stated}
    database.carry_out(lambda connection: record_known_facts(connection, stated))
    known = database.carry_out(lambda connection: known_filings(connection, version, failed=not retry_failed))
    run = database.carry_out(lambda connection: start_run(connection, version))
    for done in _each(database, run, files, known, workers):
        summary = summary.plus(done)
        watch(done)
    database.carry_out(lambda connection: _finish(connection, run, summary))
    return replace(summary, run_id=run)


def _finish(connection: Connection, run: int, summary: Summary) -> None:
    one_after_another(connection)
    compare_facts(connection)
    reconcile(connection)
    finish_run(connection, run, summary.new, summary.unchanged, summary.re_extracted, summary.failed)


def preview(engine: Engine, files: Sequence[Found], *, retry_failed: bool = False) -> Iterator[Found]:
    """The files that an ingest would read now; changes nothing."""
    with engine.connect() as connection:
        known = known_filings(connection, extractor_version(), failed=not retry_failed)
    for found in files:
        if not _known_by_sight(found, known):
            filing = _load(found)
            if isinstance(filing, UnreadableSourceError) or not _done(filing, known):
                yield found


def _each(
    database: Transactions, run: int, files: Sequence[Found], known: KnownFilings, workers: int | Cluster
) -> Iterator[Done]:
    """The files that cost nothing first, known by size and time, then those known by their bytes, then the new ones."""
    unread: dict[str, list[Found]] = {}
    for found in files:
        done = _known_by_sight(found, known)
        if done is None:
            filing = _load(found)
            if isinstance(filing, UnreadableSourceError):
                done = _still_unreadable(found, filing, known)
                if done is None:
                    unread[found.source_uri] = [found]
            elif _done(filing, known):
                done = _note_place(database, found, filing)
            else:
                unread.setdefault(filing.sha256, []).append(found)
        if done:
            yield done
    if unread:
        yield from _read_each(database, run, unread.values(), workers)


def _read_each(
    database: Transactions, run: int, unread: Collection[list[Found]], workers: int | Cluster
) -> Iterator[Done]:
    """Each filing is read once, and committed for every place where it lies."""
    loaded = ((places, _load(places[0])) for places in unread)
    given = (((places, filing), filing) for places, filing in loaded)
    with closing(_run_each(given, len(unread), workers)) as outcomes:
        for (places, filing), outcome in outcomes:
            for found in places:
                yield _commit(database, run, found, filing, *outcome)


def _run_each(
    given: Iterable[tuple[Item, Filing | UnreadableSourceError]], many: int, workers: int | Cluster
) -> Generator[tuple[Item, Outcome[Reading]], None, None]:
    """Reads so many filings, in processes of this machine or on those of a cluster."""
    if not isinstance(workers, int):
        return workers.run_each(_read_safely, given, TIME_LIMIT)
    _read_safely(_SPECIMEN)  # workers are copies of this process, and have what it has loaded
    return run_each(_read_safely, given, min(workers, many), TIME_LIMIT)


_SPECIMEN = Filing(
    "specimen.txt",
    "",
    b"Lynx Gold Corp. - May 1, 2020\n\n"
    b"Category\tTonnes (Mt)\tGrade (g/t Au)\tGold (koz)\nIndicated(1)\t1.0\t2.0\t64\n\n"
    b"(1) At a cut-off grade of 0.5 g/t Au. Ada Roe, P.Geo., is a qualified person and independent.\n",
)
"""Has something for every stage: reading it loads the vocabulary."""


def _load(found: Found) -> Filing | UnreadableSourceError:
    try:
        return found.load()
    except UnreadableSourceError as error:
        return error


def _known_by_sight(found: Found, known: KnownFilings) -> Done | None:
    status = known.unread(Sighting(found.source_uri, found.byte_size, found.modified_ns, found.etag))
    if status is None:
        return None
    error = "could not be read by an earlier run" if status is FilingStatus.FAILED else None
    return Done(found, CommitOutcome.UNCHANGED, error=error)


def _still_unreadable(found: Found, error: UnreadableSourceError, known: KnownFilings) -> Done | None:
    """An earlier run has told of it: a broken archive must not fail every night's run until somebody mends it."""
    told = (found.source_uri, str(error)) in known.told_unreadable
    return Done(found, CommitOutcome.UNCHANGED, error=str(error)) if told else None


def _note_place(database: Transactions, found: Found, filing: Filing) -> Done:
    """A known filing in another place, or touched: only where it was found is noted."""
    database.carry_out(lambda connection: record_location(connection, filing, found.modified_ns))
    return Done(found, CommitOutcome.UNCHANGED)


def _done(filing: Filing, known: KnownFilings) -> bool:
    return known.status(filing.sha256) not in (None, FilingStatus.FAILED)


def _read_safely(filing: Filing | UnreadableSourceError) -> Reading | OrebookError:
    """What was read, or why not: any error of any stage becomes a failed filing."""
    if isinstance(filing, UnreadableSourceError):
        return filing
    try:
        return ingest_one(filing)
    except OrebookError as error:
        return error
    except TimeoutError:  # of a pattern: extractors.limited_regex
        return FilingTimeoutError(f"{filing.filename}: a search in its text took too long; please report it")
    except MemoryError:
        raise  # the worker tells of its limit
    except Exception as error:  # one broken filing must not end the run
        log.exception("%s: unexpected error", filing.filename)
        return _unexpected(filing.filename, error)


def _unexpected(filename: str, error: Exception) -> OrebookError:
    return OrebookError(f"{filename}: unexpected {type(error).__name__}: {error}; please report it")


def _commit(
    database: Transactions,
    run: int,
    found: Found,
    filing: Filing | UnreadableSourceError,
    reading: Reading | OrebookError,
    seconds: float | None,
) -> Done:
    """One transaction for the filing's rows and the run's note of it; what cannot be committed is a failed filing."""
    try:
        return database.carry_out(lambda connection: _committed(connection, run, found, filing, reading, seconds))
    except OrebookError:
        raise  # the database's trouble, and not the filing's
    except Exception as error:  # one that no column takes must not end the run
        log.exception("%s: unexpected error", found.filename)
        failed = _unexpected(found.filename, error)
        return database.carry_out(lambda connection: _committed(connection, run, found, filing, failed, seconds))


def _committed(
    connection: Connection,
    run: int,
    found: Found,
    filing: Filing | UnreadableSourceError,
    reading: Reading | OrebookError,
    seconds: float | None,
) -> Done:
    if noted := outcome_of(connection, run, found.source_uri):  # the server went away after it committed
        return Done(found, noted.outcome, reading if isinstance(reading, Reading) else None, noted.reason, seconds)
    done = replace(_commit_rows(connection, found, filing, reading), seconds=seconds)
    if done.outcome != CommitOutcome.UNCHANGED:
        record_outcome(connection, run, RunFiling(found.source_uri, done.outcome, seconds, done.error))
    return done


def _commit_rows(
    connection: Connection, found: Found, filing: Filing | UnreadableSourceError, reading: Reading | OrebookError
) -> Done:
    """A source that gave no bytes has no row among the filings: what it is nobody knows."""
    if isinstance(filing, UnreadableSourceError):
        return Done(found, "failed", error=str(filing))
    here, version = found.holding(filing.content), extractor_version()
    if isinstance(reading, OrebookError):
        commit_failure(connection, here, str(reading), version, found.modified_ns)
        return Done(found, "failed", error=str(reading))
    outcome = commit_filing(
        connection, here, reading.facts, reading.disclosure, reading.assessment, version, found.modified_ns
    )
    return Done(found, outcome, None if outcome is CommitOutcome.UNCHANGED else reading)
