"""`orebook query`: one question in SQL, which can change nothing."""

from __future__ import annotations

import sys

import click

from pipeline.commands.options import database_option


@click.command()
@click.argument("sql")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="Output."
)
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="How many rows at most.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="How long at most.")
@database_option
def query(sql: str, form: str, limit: int, seconds: float, url: str) -> None:
    """Ask the database one question in SQL: orebook query "SELECT * FROM v_current_estimates".

    Nothing can be changed: the database is opened to be read. The views are described in models/data_dictionary.md,
    and models/questions.md has twenty questions to begin with. CSV and JSON print numbers as the database gives them.
    Where there are more rows than the limit, the rest is left out and a line on standard error says so.
    """
    from pipeline.ask import ask, printed
    from pipeline.database import exists
    from pipeline.errors import DatabaseError

    if not exists(url):
        raise DatabaseError(f"{url}: there is no such database; the first ingest makes it")
    answer = ask(url, sql, limit, seconds)
    for line in printed(answer, form):
        click.echo(line)
    if answer.cut:
        click.echo(f"orebook: only the first {limit} rows are printed; --limit takes more", err=True)
    sys.exit(0)
