"""`orebook migrate`: the schema that this version needs."""

from __future__ import annotations

import click

from pipeline.commands.options import database_option


@click.command()
@database_option
@click.option("--roles", is_flag=True, help="Make PostgreSQL's roles too, and give them what they may do.")
def migrate(url: str, *, roles: bool) -> None:
    """Bring the database's schema to the one that this version needs.

    With --roles PostgreSQL gets orebook_ingest, which writes what is read, orebook_research, which reads the public
    views and nothing else, and orebook_reviewer, which reads all and writes decisions. Make users members of them. The
    first time takes a user who may create roles; later migrations keep what the roles may do.
    """
    from pipeline.database import make_roles
    from pipeline.database import migrate as run

    run(url)
    if roles:
        make_roles(url)
    click.echo("the database is ready")
