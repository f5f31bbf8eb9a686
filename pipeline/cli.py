"""The command line: ingest, show, migrate."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from models.findings import Status
from pipeline.errors import AlreadyRunningError, DatabaseError, OrebookError
from pipeline.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, DEFAULT_WORKERS

if TYPE_CHECKING:
    from pipeline.ingest import Done, Summary

ALL_DONE, SOME_FAILED, WRONG_USE, NO_DATABASE, ALREADY_RUNNING = 0, 1, 2, 3, 4

database_option = click.option(
    "--db",
    "url",
    envvar=DATABASE_VARIABLE,
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    metavar="URL",
    help="Database: sqlite:///FILE or postgresql://USER@HOST/NAME. A new SQLite file is made ready on first use.",
)


class _Orders(click.Group):
    """Turns orebook's errors into a message and an exit code."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except DatabaseError as error:
            click.echo(f"orebook: {error}", err=True)
            sys.exit(NO_DATABASE)
        except AlreadyRunningError as error:
            click.echo(f"orebook: {error}", err=True)
            sys.exit(ALREADY_RUNNING)
        except OrebookError as error:
            click.echo(f"orebook: {error}", err=True)
            sys.exit(WRONG_USE)


@click.group(cls=_Orders)
@click.version_option(package_name="orebook")
def main() -> None:
    """Reads filed mining disclosures, recomputes every line, and keeps the answers in SQL.

    \b
    First steps:
      orebook ingest fixtures          read a folder of filings into orebook.db
      orebook show FILE                see what was read from one of them, and what does not add up
      sqlite3 orebook.db "SELECT * FROM v_estimates LIMIT 5"

    Exit codes: 0 all done, 1 some filings failed, 2 wrong use, 3 database not reachable or not migrated,
    4 another ingest is at work on the database.
    """  # noqa: D301 - click takes the backspace for "keep these lines as they are"


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@database_option
@click.option(
    "--workers", type=click.IntRange(1), default=DEFAULT_WORKERS, show_default=True, help="Processes that read."
)
@click.option("--quiet", is_flag=True, help="Print failures and the summary only.")
def ingest(paths: tuple[str, ...], url: str, workers: int, quiet: bool) -> None:
    """Read the filings in files, folders and zip archives (PDF, HTML, text) into the database.

    A PATH may be a pattern ('inbox/**/*.pdf'), and - stands for paths on standard input, one a line.
    A file that is in the database already, here or under another name, is left as it is. A filing that cannot be read
    is recorded with the reason, and the rest go on.
    """
    from pipeline.database import open_database
    from pipeline.fetch import find_files, named_paths
    from pipeline.ingest import ingest as run
    from pipeline.lock import only_ingest

    files = list(find_files(named_paths(paths, sys.stdin)))
    engine, began = open_database(url), time.monotonic()
    with only_ingest(engine), _progress(len(files), quiet) as watch:
        summary = run(engine, files, workers, watch)
    click.echo(_told(summary, time.monotonic() - began))
    sys.exit(SOME_FAILED if summary.failed else ALL_DONE)


@contextmanager
def _progress(files: int, quiet: bool) -> Iterator[Callable[[Done], None]]:
    """A bar on a terminal; elsewhere one line a filing that was read, for a log. Failures are always told."""
    if sys.stderr.isatty() and not quiet:
        with click.progressbar(length=files, label="reading", file=sys.stderr, show_pos=True) as bar:
            failures: list[str] = []

            def tick(done: Done) -> None:
                bar.update(1)
                if done.outcome == "failed":
                    failures.append(_line(done))

            yield tick
        for failure in failures:
            click.echo(failure, err=True)
        return

    def tell(done: Done) -> None:
        if done.outcome == "failed" or (done.outcome != "unchanged" and not quiet):
            click.echo(_line(done), err=True)

    yield tell


def _line(done: Done) -> str:
    """One file of a run as a line of ``key=value`` pairs."""
    began = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {done.outcome} file={done.found.filename!r}"
    if done.error:
        return f"{began} reason={done.error!r}"
    counts = " ".join(f"{status.value}={done.count(status)}" for status in Status)
    return f"{began} {counts}"


def _told(summary: Summary, seconds: float) -> str:
    """The run in a few lines, for a person."""
    files = (
        f"{summary.new} new, {summary.re_extracted} read anew, {summary.unchanged} unchanged, {summary.failed} failed"
    )
    lines = f"{summary.sound} sound, {summary.unproven} unproven, {summary.held} held"
    told = [f"filings: {files} ({seconds:.1f} s)"]
    if summary.new or summary.re_extracted:
        told.append(f"estimate lines read: {lines}")
    if summary.failed_before:
        told.append(f"of the unchanged, {summary.failed_before} could not be read by an earlier run")
    if summary.held:
        told.append("see what does not add up: orebook show FILE, or SELECT * FROM v_held")
    if not (summary.new or summary.re_extracted or summary.failed):
        told.append("nothing has changed")
    return "\n".join(told)


@main.command()
@click.argument("file", metavar="FILE")
@database_option
@click.option("--checks/--no-checks", default=True, help="Print each line's recomputations.")
def show(file: str, url: str, checks: bool) -> None:
    """Print what was read from a filing: each line with its state, its checks and the printed text.

    FILE is a path, or the name, address or id of a filing in the database. A file that is not in the database is read
    now, and nothing is kept.
    """
    from pipeline.show import show_filing

    for line in show_filing(file, url, checks=checks):
        click.echo(line)


@main.command()
@database_option
def migrate(url: str) -> None:
    """Bring the database's schema to the one that this version needs."""
    from pipeline.database import migrate as run

    run(url)
    click.echo("the database is ready")
