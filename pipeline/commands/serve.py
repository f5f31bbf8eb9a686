"""`orebook serve`: the reviewer's pages."""

from __future__ import annotations

import os
from getpass import getuser

import click

from pipeline.commands.options import database_option, opened

TOKEN = "OREBOOK_TOKEN"  # noqa: S105 - the name of a variable
DECIDING = "OREBOOK_DECIDE_DB"


@click.command()
@database_option
@click.option(
    "--decide-db",
    "deciding_url",
    envvar=DECIDING,
    metavar="URL",
    show_envvar=True,
    show_default="the same",
    help="Database address to decide with; --db may then be one that can only read.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=4310, show_default=True, help="Port to listen at.")
@click.option(
    "--proxy", metavar="ADDRESS", help="Let in only this reverse proxy, which names users in X-Forwarded-User."
)
def serve(url: str, deciding_url: str | None, host: str, port: int, proxy: str | None) -> None:
    """Serve the pages on which filings are looked at and held lines are decided about.

    It listens on this machine only. To listen elsewhere, set OREBOOK_TOKEN to a secret that visitors have to give
    (made with `openssl rand -hex 16`), or name the reverse proxy that signs them in. Every filing is shown from the
    place where it was read, if its bytes are still the same.
    """
    from pipeline.web.server import Serving
    from pipeline.web.server import serve as run

    opened(url).dispose()
    told = Serving(url, deciding_url or url, host, port, os.environ.get(TOKEN) or None, proxy, getuser())
    run(told, lambda address: click.echo(f"the pages are at {address} (end with Ctrl+C)"))
