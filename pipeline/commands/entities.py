"""`orebook entities`: names that may be one, and what a reviewer says of them."""

from __future__ import annotations

from getpass import getuser

import click

from pipeline.commands.options import database_option, opened

_why = click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept with the decision.")
_who = click.option("--who", default=getuser, show_default="your login name", metavar="NAME", help="Who decides.")


@click.group()
def entities() -> None:
    """Look after issuers, projects and people, which are one each over all filings.

    Names are one where they differ only in case, accents and legal form. Names that are merely alike are proposed here,
    and stay two until a decision says that they are one. A decision holds in every later run. Identities are those of
    v_issuers, v_projects, v_deposits and v_people; v_names lists every printed name.
    """


@entities.command()
@database_option
def proposals(url: str) -> None:
    """Print the names that may be one, each pair with what speaks for it, until they are decided about."""
    from pipeline.entities.proposals import proposals as find

    with opened(url).connect() as connection:
        found = find(connection)
    for pair in found:
        click.echo(f"{pair.one.kind}: {pair.why}")
        for entity in (pair.one, pair.other):
            click.echo(f"    {entity.entity_id}  {entity.name}  ({entity.filings} filings)")
    click.echo(f"{len(found)} pairs of names may be one" if found else "no name waits for a decision")


@entities.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="OTHER_ID")
@_why
@_who
@database_option
def merge(one: str, other: str, why: str, who: str, url: str) -> None:
    """Say that two names are one; both go by OTHER_ID, and the projects of a merged issuer go with it."""
    from pipeline.entities.deciding import merge as run

    with opened(url).begin() as connection:
        number = run(connection, one, other, who, why)
    click.echo(f"decision {number} by {who}: {one} is {other}")


@entities.command("keep-apart")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="OTHER_ID")
@_why
@_who
@database_option
def keep_apart(one: str, other: str, why: str, who: str, url: str) -> None:
    """Say that two names are not one: they are proposed no more, and a merge of them holds no longer."""
    from pipeline.entities.deciding import keep_apart as run

    with opened(url).begin() as connection:
        number = run(connection, one, other, who, why)
    click.echo(f"decision {number} by {who}: {one} is not {other}")


@entities.command()
@click.argument("one", metavar="ID")
@click.argument("name")
@_why
@_who
@database_option
def rename(one: str, name: str, why: str, who: str, url: str) -> None:
    """Say by what NAME an issuer, project or person shall go, whatever the filings print."""
    from pipeline.entities.deciding import rename as run

    with opened(url).begin() as connection:
        number = run(connection, one, name, who, why)
    click.echo(f"decision {number} by {who}: {one} goes by {name}")
