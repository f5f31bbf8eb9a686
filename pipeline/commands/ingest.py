"""`orebook ingest`: filings in, rows out."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.options import ALL_DONE, LOGS_JSON, SOME_FAILED, database_option, pages_option
from pipeline.commands.report import write_run_report
from pipeline.settings import DEFAULT_WORKERS

if TYPE_CHECKING:
    from pipeline.fetch import Found


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--manifest", metavar="FILE", help="A CSV or JSON Lines file that names filings and states facts of them."
)
@database_option
@click.option(
    "--workers", type=click.IntRange(1), default=DEFAULT_WORKERS, show_default=True, help="Processes that read."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler whose workers read instead: tcp://host:8786 (see pipeline/OPERATE.md).",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only files changed since this day.")
@click.option("--retry-failed", is_flag=True, help="Read again what an earlier run could not read.")
@click.option("--beside", is_flag=True, help="Work at the same time as other ingests that are started with --beside.")
@click.option("--dry-run", is_flag=True, help="Print what would be read, and change nothing.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json: an object a line, of all that is told.",
)
@click.option("--quiet", is_flag=True, help="Print failures and the summary only.")
@click.option(
    "--report",
    "report_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the run's report there when it is done, as orebook report does.",
)
@pages_option
def ingest(  # noqa: PLR0913  one argument for each option
    paths: tuple[str, ...],
    manifest: str | None,
    url: str,
    workers: int,
    cluster: str | None,
    since: datetime | None,
    log_format: str,
    *,
    report_folder: Path | None,
    address: str | None,
    retry_failed: bool,
    beside: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Read the filings in files, folders and zip archives (PDF, HTML, text) into the database.

    A PATH may be a pattern ('inbox/**/*.pdf') or an address (s3://bucket/folder), and - stands for paths on standard
    input, one a line. What a manifest states of a filing (issuer, type, language, dates) counts before what is read.
    A file that is in the database already, here or under another name, is left as it is. A filing that cannot be read
    is recorded with the reason, and the rest go on.
    """
    from pipeline.cluster import Cluster
    from pipeline.database import open_database, require_schema
    from pipeline.ingest import ingest as run
    from pipeline.lock import only_ingest
    from pipeline.run_log import told_page, told_run, told_run_as_json, watching

    as_json, tell = log_format == "json", told_run_as_json if log_format == "json" else told_run
    click.get_current_context().meta[LOGS_JSON] = as_json
    files = _found(paths, manifest, as_json=as_json)
    if since:
        files = [found for found in files if found.modified_ns is None or found.modified_ns >= since.timestamp() * 1e9]
    if dry_run:
        _previewed(url, files, retry_failed=retry_failed, as_json=as_json)
        return
    engine, began = open_database(url), time.monotonic()
    with only_ingest(engine, beside=beside), watching(len(files), quiet=quiet, as_json=as_json) as watch:
        require_schema(engine)  # a migration may have come between the opening and the lock
        summary = run(engine, files, Cluster(cluster) if cluster else workers, watch, retry_failed=retry_failed)
    click.echo(tell(summary, time.monotonic() - began))
    if report_folder:
        for page in write_run_report(url, summary.run_id, report_folder, address):
            click.echo(told_page(page, as_json=as_json))
    sys.exit(SOME_FAILED if summary.failed else ALL_DONE)


def _found(paths: tuple[str, ...], manifest: str | None, *, as_json: bool) -> list[Found]:
    from pipeline.fetch import find_files
    from pipeline.listed import find_listed, load_manifest, with_facts

    if not paths and not manifest:
        raise click.UsageError("name files, folders or archives, or a manifest that names them")
    lines = (os.fsdecode(line) for line in sys.stdin.buffer)  # a name is bytes, of any encoding or none
    others = find_files(paths, lines)
    if not manifest:
        files = list(others)
        if not files:
            _warn("no PDF, HTML, text or zip file was found", as_json=as_json)
        return files
    read = load_manifest(manifest)
    if read.unused:
        _warn(f"{manifest}: columns that are not used: {', '.join(read.unused)}", as_json=as_json)
    return with_facts(find_listed(read, manifest), others)


def _warn(message: str, *, as_json: bool) -> None:
    from pipeline.run_log import message_as_json

    click.echo(message_as_json("warning", message) if as_json else message, err=True)


def _previewed(url: str, files: list[Found], *, retry_failed: bool, as_json: bool) -> None:
    from pipeline.database import exists, open_database
    from pipeline.ingest import preview
    from pipeline.run_log import told_preview, told_unread

    unread = list(preview(open_database(url), files, retry_failed=retry_failed)) if exists(url) else files
    for found in unread:
        click.echo(told_unread(found, as_json=as_json))
    click.echo(told_preview(len(unread), len(files), as_json=as_json))
