"""`orebook status` and `orebook show`: what the runs did, and what was read from a filing."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import database_option, opened


@click.command()
@database_option
@click.option("--last", type=click.IntRange(1), default=10, show_default=True, help="How many runs.")
@click.option("--run", "run_id", type=int, help="All that this run committed or could not read.")
def status(url: str, last: int, run_id: int | None) -> None:
    """Print the last runs, the latest first: when, how long, what they did, and the failures with their reasons.

    A run that is at work is not finished; one that was killed, or whose database went away, ended before it was done.
    The counts of both are those of what they committed.
    """
    from pipeline.ledger import find_run, last_runs, run_filings
    from pipeline.lock import ingest_at_work
    from pipeline.run_log import told_outcome, told_past_run

    with opened(url).connect() as connection:
        if run_id is not None:
            if find_run(connection, run_id) is None:
                raise click.UsageError(f"there is no run {run_id}")
            for filing in run_filings(connection, run_id):
                click.echo(told_outcome(filing))
            return
        at_work = ingest_at_work(connection)
        for run in last_runs(connection, last):
            click.echo(told_past_run(run, at_work=at_work))
            for filing in run_filings(connection, run.run_id):
                if filing.outcome == "failed":
                    click.echo(told_outcome(filing))


@click.command()
@click.argument("file", metavar="FILE")
@database_option
@click.option("--checks/--no-checks", default=True, help="Print each line's recomputations.")
@click.option("--draw", "out", type=click.Path(path_type=Path), metavar="OUT", help="Draw how it was read instead.")
@click.option("--page", type=click.IntRange(1), help="With --draw: this page, with or without a table on it.")
def show(file: str, url: str, checks: bool, out: Path | None, page: int | None) -> None:
    """Print what was read from a filing: each line with its state, its checks and the printed text.

    FILE is a path, or the name, address or id of a filing in the database. A file that is not in the database is read
    now, and nothing is kept.

    --draw OUT writes pictures of how the filing is read, from words over lines, columns and cells to what each cell is
    taken for: six for each page with a table, as PNGs in the folder OUT, or as one PDF if OUT ends in .pdf. A filing
    without pages (HTML, text), and any filing if OUT ends in .html, gives a web page of its tables, each cell in the
    colour of what it is taken for.
    """
    from pipeline.show import find_filing, show_filing

    if page is not None and out is None:
        raise click.UsageError("--page goes with --draw")
    if out is not None:
        from pipeline.draw import draw_filing

        for written in dict.fromkeys(draw_filing(find_filing(file, url), out, page)):
            click.echo(written)
        return
    for line in show_filing(file, url, checks=checks):
        click.echo(line)
