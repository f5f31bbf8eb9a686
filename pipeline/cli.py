"""The command line: ingest, status, show, queue, decide, migrate."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING

import click

from pipeline.errors import AlreadyRunningError, DatabaseError, OrebookError
from pipeline.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, DEFAULT_WORKERS

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from pipeline.fetch import Found

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
      orebook status                   see what the last runs did, and what failed
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
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only files changed since this day.")
@click.option("--retry-failed", is_flag=True, help="Read again what an earlier run could not read.")
@click.option("--dry-run", is_flag=True, help="Print what would be read, and change nothing.")
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", help="json: an object a line, the summary too."
)
@click.option("--quiet", is_flag=True, help="Print failures and the summary only.")
def ingest(  # noqa: PLR0913  one argument for each option
    paths: tuple[str, ...],
    url: str,
    workers: int,
    since: datetime | None,
    log_format: str,
    *,
    retry_failed: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Read the filings in files, folders and zip archives (PDF, HTML, text) into the database.

    A PATH may be a pattern ('inbox/**/*.pdf'), and - stands for paths on standard input, one a line.
    A file that is in the database already, here or under another name, is left as it is. A filing that cannot be read
    is recorded with the reason, and the rest go on.
    """
    from pipeline.database import open_database
    from pipeline.fetch import find_files, named_paths
    from pipeline.ingest import ingest as run
    from pipeline.lock import only_ingest
    from pipeline.run_log import told_run, told_run_as_json, watching

    files = list(find_files(named_paths(paths, sys.stdin)))
    if since:
        files = [found for found in files if found.modified_ns >= since.timestamp() * 1e9]
    if dry_run:
        _previewed(url, files, retry_failed=retry_failed)
        return
    as_json, tell = log_format == "json", told_run_as_json if log_format == "json" else told_run
    engine, began = open_database(url), time.monotonic()
    with only_ingest(engine), watching(len(files), quiet=quiet, as_json=as_json) as watch:
        summary = run(engine, files, workers, watch, retry_failed=retry_failed)
    click.echo(tell(summary, time.monotonic() - began))
    sys.exit(SOME_FAILED if summary.failed else ALL_DONE)


def _previewed(url: str, files: list[Found], *, retry_failed: bool) -> None:
    from pipeline.database import exists, open_database
    from pipeline.ingest import preview

    unread = list(preview(open_database(url), files, retry_failed=retry_failed)) if exists(url) else files
    for found in unread:
        click.echo(f"would read {found.source_uri}")
    click.echo(f"{len(unread)} of {len(files)} files would be read; nothing was changed")


@main.command()
@database_option
@click.option("--last", type=click.IntRange(1), default=10, show_default=True, help="How many runs.")
@click.option("--run", "run_id", type=int, help="All that this run committed or could not read.")
def status(url: str, last: int, run_id: int | None) -> None:
    """Print the last runs, the latest first: when, how long, what they did, and the failures with their reasons.

    A run that is at work, and one that was killed, is not finished; its counts are those of what it committed.
    """
    from pipeline.ledger import last_runs, run_filings
    from pipeline.run_log import told_outcome, told_past_run

    with _opened(url).connect() as connection:
        if run_id is not None:
            for filing in run_filings(connection, run_id):
                click.echo(told_outcome(filing))
            return
        for run in last_runs(connection, last):
            click.echo(told_past_run(run))
            for filing in run_filings(connection, run.run_id):
                if filing.outcome == "failed":
                    click.echo(told_outcome(filing))


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
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many lines to print.")
def queue(url: str, limit: int) -> None:
    """Print the held lines that wait for a decision: totals first, then those that withhold most tonnes.

    Each has its identity, its figures as printed, why it is held, and the figure that would repair it. Then:
    orebook decide ESTIMATE_ID accept|correct|reject --why TEXT
    """
    from pipeline.queue import held_lines, told

    with _opened(url).connect() as connection:
        waiting = held_lines(connection)
    for held in waiting[:limit]:
        for line in told(held):
            click.echo(line)
    click.echo(f"{len(waiting)} held lines wait for a decision" if waiting else "no line waits for a decision")


@main.command()
@click.argument("estimate_id", metavar="ESTIMATE_ID")
@click.argument("action", type=click.Choice(["accept", "correct", "reject"]))
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept with the decision.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help='"tonnage=3,878 kt", "grade:WO3=0.27".')
@click.option("--who", default=getuser, show_default="your login name", metavar="NAME", help="Who decides.")
@database_option
def decide(estimate_id: str, action: str, why: str, changes: tuple[str, ...], who: str, url: str) -> None:
    """Decide about an estimate line: accept it as printed, correct it, or reject it.

    What was read stays beside the decision. A decision outlives re-extraction, and is open again when the line's
    figures change. Identities are printed by `orebook queue`.
    """
    from pipeline.decisions import Action, read_correction
    from pipeline.decisions import decide as run

    corrections = [read_correction(text) for text in changes]
    with _opened(url).begin() as connection:
        number = run(connection, estimate_id, Action(action), who, why, corrections)
    click.echo(f"decision {number} by {who}: {', '.join([f'{action} {estimate_id}', *map(str, corrections)])}")


def _opened(url: str) -> Engine:
    """The database at this URL; what only looks at it makes none."""
    from pipeline.database import exists, open_database

    if not exists(url):
        raise DatabaseError(f"{url}: there is no such database; the first ingest makes it")
    return open_database(url)


@main.command()
@database_option
def migrate(url: str) -> None:
    """Bring the database's schema to the one that this version needs."""
    from pipeline.database import migrate as run

    run(url)
    click.echo("the database is ready")
