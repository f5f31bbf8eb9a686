"""`orebook status` and `orebook show`: what the runs did, and what was read from a filing."""

from __future__ import annotations

import click

from pipeline.commands.options import database_option, opened


@click.command()
@database_option
@click.option("--last", type=click.IntRange(1), default=10, show_default=True, help="How many runs.")
@click.option("--run", "run_id", type=int, help="All that this run committed or could not read.")
def status(url: str, last: int, run_id: int | None) -> None:
    """Print the last runs, the latest first: when, how long, what they did, and the failures with their reasons.

    A run that is at work, and one that was killed, is not finished; its counts are those of what it committed.
    """
    from pipeline.ledger import last_runs, run_filings
    from pipeline.run_log import told_outcome, told_past_run

    with opened(url).connect() as connection:
        if run_id is not None:
            for filing in run_filings(connection, run_id):
                click.echo(told_outcome(filing))
            return
        for run in last_runs(connection, last):
            click.echo(told_past_run(run))
            for filing in run_filings(connection, run.run_id):
                if filing.outcome == "failed":
                    click.echo(told_outcome(filing))


@click.command()
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
