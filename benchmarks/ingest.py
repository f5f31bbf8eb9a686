"""What an ingest costs, commit included, beside naive pdfplumber on the same files: `python -m benchmarks.ingest`."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import Engine, make_url, text

from benchmarks.documents import SHARED, Sample, samples
from benchmarks.readers import naive_pdfplumber, text_pass
from benchmarks.timing import Cost, interleaved
from pipeline.commit import commit_rows
from pipeline.database import open_database
from pipeline.fetch import Found, find_files
from pipeline.ingest import ingest, ingest_one
from pipeline.settings import MEMORY_LIMIT, extractor_version
from pipeline.workers import confine


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="Figures are medians of so many.")
@click.option("--pages", type=click.IntRange(1), default=400, show_default=True, help="Pages of the made report.")
@click.option("--releases", type=click.IntRange(1), default=100, show_default=True, help="How many releases at most.")
@click.option("--shared", type=click.Path(path_type=Path), default=SHARED, help="The folder with the corpus.")
@click.option("--postgres", metavar="URL", help="An empty, migrated database to measure commits into.")
def main(files: tuple[Path, ...], rounds: int, pages: int, releases: int, shared: Path, postgres: str | None) -> None:
    """Print what ingests with one and two workers take, beside naive pdfplumber and the text pass of the same files.

    FILES are PDFs; without them, releases and reports. Ratios are of seconds of processors, which other programs
    falsify least; only those of two workers are of the clock, and need a machine with two cores to spare. One worker
    reads while this process commits, on a core of its own: "one process" does both, one filing after the other.
    """
    with TemporaryDirectory() as folder:
        chosen = [Sample("the files", files)] if files else samples(Path(folder), pages, releases, shared)
        for sample in chosen:
            for line in measured(sample, rounds, Path(folder), postgres):
                click.echo(line)
    peaks = (_peak(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    click.echo("most memory: this process {} MB, a worker {} MB".format(*peaks))


def measured(sample: Sample, rounds: int, folder: Path, postgres: str | None = None) -> Iterator[str]:
    """The lines of the sample's table; all ways take turns in every round."""
    pages = text_pass(sample.files)
    files = list(find_files(sample.files))
    fresh = iter([open_database(f"sqlite:///{folder}/{sample.name}-{n}.db") for n in range(3 * rounds + 1)])
    known = next(fresh)
    ingest(known, files, workers=1)  # once without a clock: libraries and vocabulary stay loaded
    runs: dict[str, Callable[[], object]] = {
        "text pass": lambda: text_pass(sample.files),
        "naive pdfplumber": lambda: naive_pdfplumber(sample.files),
        "one process": lambda: _in_one_process(next(fresh), files),
        "ingest, 1 worker": lambda: ingest(next(fresh), files, workers=1),
        "ingest, 2 workers": lambda: ingest(next(fresh), files, workers=2),
        "unchanged": lambda: ingest(known, files, workers=1),
    }
    if postgres:
        runs["into PostgreSQL"] = lambda: ingest(_emptied(postgres), files, workers=1)
    costs = interleaved(runs, rounds)
    yield f"{sample.name}: {len(files)} files, {pages} pages; median of {rounds} rounds, load {os.getloadavg()[0]:.1f}"
    yield from _table(costs, pages, len(files))
    yield from _ratios(costs)
    yield f"  rows of the database: {_rows(known)}"


def _table(costs: Mapping[str, Cost], pages: int, files: int) -> Iterator[str]:
    yield f"  {'way':18}{'cpu s':>9}{'clock s':>9}{'pages/s':>9}{'files/s':>9}"
    for name, cost in costs.items():
        yield f"  {name:18}{cost.cpu:9.3f}{cost.wall:9.3f}{pages / cost.wall:9.0f}{files / cost.wall:9.1f}"


def _ratios(costs: Mapping[str, Cost]) -> Iterator[str]:
    one, two, alone = costs["ingest, 1 worker"], costs["ingest, 2 workers"], costs["one process"]
    yield f"  ingest is {costs['naive pdfplumber'].cpu / one.cpu:.1f} times as fast as naive pdfplumber,"
    yield f"  and takes {one.cpu / costs['text pass'].cpu:.1f} times as long as the text pass;"
    yield f"  two workers are {alone.wall / two.wall:.2f} times as fast as one process that reads and commits in turn,"
    yield f"  and {one.wall / two.wall:.2f} times as fast as one worker, beside which this process commits"


def _in_one_process(engine: Engine, files: Sequence[Found]) -> None:
    """Reads and commits one filing after the other, in a copy of this process that has learnt as little as a worker."""
    engine.dispose()
    process = get_context("fork").Process(target=_one_by_one, args=(engine, files, os.getpid()))
    process.start()
    process.join()
    if process.exitcode:
        raise ChildProcessError(f"the process that reads and commits ended with {process.exitcode}")


def _one_by_one(engine: Engine, files: Sequence[Found], parent: int) -> None:
    confine(parent, MEMORY_LIMIT)
    version = extractor_version()
    for found in files:
        filing = found.load()
        rows = ingest_one(filing)
        with engine.begin() as connection:
            commit_rows(connection, filing, rows, version, found.modified_ns)


def _emptied(url: str) -> Engine:
    engine = open_database(make_url(url).render_as_string(hide_password=False))
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE filings, runs CASCADE"))
    return engine


def _rows(engine: Engine) -> int:
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        return sum(connection.scalar(text(f'SELECT COUNT(*) FROM "{name}"')) or 0 for name in names)  # noqa: S608


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    main()
