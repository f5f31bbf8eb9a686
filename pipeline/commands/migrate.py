"""`orebook migrate`: the schema that this version needs."""

from __future__ import annotations

import click

from pipeline.commands.options import database_option


@click.command()
@database_option
def migrate(url: str) -> None:
    """Bring the database's schema to the one that this version needs."""
    from pipeline.database import migrate as run

    run(url)
    click.echo("the database is ready")
