"""One filing through all stages, and the batch that a cron job runs."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TypeVar

from sqlalchemy import Connection, Engine

from models.filing import Filing
from pipeline.arrivals import Arrivals, is_unread, known_by_sight
from pipeline.cluster import Cluster
from pipeline.commit import FilingRows, ReadFacts, filing_rows
from pipeline.errors import FilingTimeoutError, OrebookError
from pipeline.fetch import Found
from pipeline.ledger import KnownFilings, finish_run, known_filings, start_run
from pipeline.lock import one_after_another
from pipeline.manifest_facts import compare_facts, record_known_facts
from pipeline.outcomes import Commits, Done, Summary, unexpected
from pipeline.reconcile import reconcile
from pipeline.settings import DEFAULT_WORKERS, PATIENCE, TIME_LIMIT, extractor_version
from pipeline.transactions import Transactions
from pipeline.workers import Outcome, run_each

Item = TypeVar("Item")

log = logging.getLogger("orebook")


def ingest_one(filing: Filing) -> FilingRows:
    """Read a filing, extract what it says and recompute it; raises OrebookError where it cannot be read.

    Gives the rows to commit, which are quicker to send to the process that commits than what they are made from.
    """
    from extractors import extract, may_state_estimates  # a run that finds nothing new must not pay for the stages
    from pipeline.checks import assess
    from pipeline.read import read

    document = read(filing.content, filing.filename, wanted=may_state_estimates)
    disclosure = extract(document)
    assessment = assess(disclosure, document)
    return filing_rows(filing, ReadFacts(document.media_type, document.page_count), disclosure, assessment)


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
    for done in _each(files, known, Commits(database, run, version), workers):
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
        if not known_by_sight(found, known) and is_unread(found, known):
            yield found


def _each(files: Sequence[Found], known: KnownFilings, commits: Commits, workers: int | Cluster) -> Iterator[Done]:
    """The files that cost nothing first; the others are loaded in their turn, and read from the first unread one on."""
    unsure: list[Found] = []
    for found in files:
        if done := known_by_sight(found, known):
            yield done
        else:
            unsure.append(found)
    arrivals = Arrivals(known, commits)
    sorted_out = arrivals.sorted_out(unsure)
    for arrived in sorted_out:
        if isinstance(arrived, Done):
            yield arrived
        else:
            yield from _read_each(chain([arrived], sorted_out), arrivals, len(unsure), workers)


def _read_each(
    sorted_out: Iterable[Done | Filing], arrivals: Arrivals, most: int, workers: int | Cluster
) -> Iterator[Done]:
    """Reads each filing as a worker gets free, ``most`` of them; tells of the files between them that are done."""
    told: deque[Done] = deque()

    def unread() -> Iterator[tuple[Filing, Filing]]:
        for arrived in sorted_out:
            if isinstance(arrived, Done):
                told.append(arrived)
            else:
                yield arrived, arrived

    with closing(_run_each(unread(), most, workers)) as outcomes:
        for filing, outcome in outcomes:
            yield from arrivals.commit(filing, outcome)
            while told:
                yield told.popleft()
    yield from told


def _run_each(
    given: Iterable[tuple[Item, Filing]], most: int, workers: int | Cluster
) -> Generator[tuple[Item, Outcome[FilingRows]], None, None]:
    """Reads filings, in processes of this machine or on those of a cluster."""
    if not isinstance(workers, int):
        return workers.run_each(_read_safely, given, TIME_LIMIT)
    _load_what_reads()  # workers are copies of this process, and have what it has loaded
    return run_each(_read_safely, given, min(workers, most), TIME_LIMIT)


@cache
def _load_what_reads() -> None:
    """Loads what every worker needs, once a process."""
    _read_safely(_SPECIMEN)


_SPECIMEN = Filing(
    "specimen.txt",
    "",
    b"Lynx Gold Corp. (TSX: LNX) - May 1, 2020\n\n"
    b"Classification\tTonnage (Mt)\tGrade (g/t Au)\tContained gold (koz)\n"
    b"Measured\t1.0\t2.0\t64\nIndicated(1)\t1.0\t2.0\t64\nMeasured and Indicated\t2.0\t2.0\t129\n"
    b"Inferred\t1.0\t2.0\t64\n\n"
    b"Category\tTonnes (000s)\tAu Grade (g/t)\tContained Ounces (000s)\n"
    b"Proven\t100\t2.00\t6\nProbable\t900\t2.00\t58\nTotal Proven and Probable Reserves\t1,000\t2.00\t64\n\n"
    b"(1) At a cut-off grade of 0.5 g/t Au. Ada Roe, P.Geo., is a qualified person and independent.\n"
    b"(2) The estimate includes 0.5 Mt at 2.0 g/t Au at a depth of 200 m. Tonnes in millions. Grades are in g/t.\n\n"
    b"Gold grew by 10% to 0.1 million ounces over a mine life of nine years. Indicated: 1.0 Mt at 2.0 g/t for 64 koz.\n"
    b"It is a 12% increase compared with 0.9 million tonnes grading 1.9 g/t Au; the underground resource, in addition,"
    b" holds 1.0 Mt and 64 koz of contained gold. Indicated resources of 1.0 Mt, with 64 koz, are within the pit.\n"
    b"Cut-off grades are 0.5 g/t (open pit), and 2.0 g/t Au or US$80/t NSR for stopes; assays were capped at 30 g/t.\n"
    b"- John Doe, P.Eng., of Doe Consulting Ltd., and Ann Poe, P.Geo., Vice President of the Company,\n"
    b"have reviewed and approved this release. Roe is a consultant to Lynx Gold.\n\n"
    b"Forward-looking statements: this release has some.\n",
)
"""Has something for every stage: reading it loads the libraries and compiles their patterns."""


def _read_safely(filing: Filing) -> FilingRows | OrebookError:
    """What was read, or why not: any error of any stage becomes a failed filing."""
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
        return unexpected(filing.filename, error)
