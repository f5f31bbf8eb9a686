"""`orebook report`: what a run brought, for those who did not watch it."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import database_option, pages_option

_SECONDS = 300.0
"""A first run over an archive has many filings to tell of."""


@click.command()
@click.option("--run", "run_id", type=int, metavar="N", help="Which run, as in orebook status; without it the last.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="FOLDER", help="Where to write."
)
@pages_option
@database_option
def report(run_id: int | None, out: Path, address: str | None, url: str) -> None:
    """Write run-N.html and run-N.md: what a run read, what changed, what is held and why, and what failed.

    Estimates stand beside the previous ones of the same project, type, category and commodity. The HTML page needs no
    other file and no network; the Markdown page is for mail and chat. Both tell the state of the database now: a
    decision that was taken since the run counts. Nothing in the database is changed.
    """
    from pipeline.database import exists
    from pipeline.errors import DatabaseError

    if not exists(url):
        raise DatabaseError(f"{url}: there is no such database; the first ingest makes it")
    for page in write_run_report(url, run_id, out, address):
        click.echo(page)


def write_run_report(url: str, run_id: int | None, out: Path, address: str | None) -> list[Path]:
    """Writes the report of this run (the last one, where none is named) into the folder; gives its paths."""
    from pipeline.read_only import open_read_only
    from pipeline.report.facts import run_report
    from pipeline.report.pages import write_report

    with open_read_only(url, _SECONDS).connect() as connection:
        told = run_report(connection, run_id)
    if told is None:
        raise click.UsageError(f"there is no run {run_id}" if run_id is not None else "there has been no run yet")
    try:
        return list(write_report(told, out, address))
    except OSError as error:
        raise click.UsageError(f"cannot write into {out}: {error.strerror}") from None
