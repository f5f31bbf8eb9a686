"""`orebook queue` and `orebook decide`: the held lines, and what a reviewer says of them."""

from __future__ import annotations

from getpass import getuser

import click

from pipeline.commands.options import database_option, opened


@click.command()
@database_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many lines to print.")
def queue(url: str, limit: int) -> None:
    """Print the held lines that wait for a decision: totals first, then those that withhold most tonnes.

    Each has its identity, its figures as printed, why it is held, and the figure that would repair it. Then:
    orebook decide ESTIMATE_ID accept|correct|reject --why TEXT
    """
    from pipeline.queue import held_lines, told, waiting_lines

    with opened(url).connect() as connection:
        waiting = waiting_lines(connection)
        shown = held_lines(connection, waiting[:limit])
    for held in shown:
        for line in told(held):
            click.echo(line)
    click.echo(f"{len(waiting)} held lines wait for a decision" if waiting else "no line waits for a decision")


@click.command()
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
    with opened(url).begin() as connection:
        number = run(connection, estimate_id, Action(action), who, why, corrections)
    click.echo(f"decision {number} by {who}: {', '.join([f'{action} {estimate_id}', *map(str, corrections)])}")
