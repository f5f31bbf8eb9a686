"""What the commands share: the exit codes, the option that names the database, and the database opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.errors import DatabaseError
from pipeline.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, PAGES_VARIABLE

if TYPE_CHECKING:
    from sqlalchemy import Engine

ALL_DONE, SOME_FAILED, WRONG_USE, NO_DATABASE, ALREADY_RUNNING, NO_CLUSTER = 0, 1, 2, 3, 4, 5
INTERRUPTED = 130  # as a shell has it: 128 and the number of the signal

LOGS_JSON = "orebook.logs_json"
"""Where a command notes for click that its log is JSON, so that what ends it is told so too."""


def _web_address(_: click.Context, __: click.Parameter, said: str | None) -> str | None:
    if said and not said.startswith(("http://", "https://")):
        raise click.BadParameter(f"{said} is no address of web pages: it begins with http:// or https://")
    return said.rstrip("/") if said else None


database_option = click.option(
    "--db",
    "url",
    envvar=DATABASE_VARIABLE,
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    metavar="URL",
    help="Database: sqlite:///FILE or postgresql://USER@HOST/NAME. A new SQLite file is made ready on first use.",
)

pages_option = click.option(
    "--pages",
    "address",
    envvar=PAGES_VARIABLE,
    show_envvar=True,
    metavar="ADDRESS",
    callback=_web_address,
    help="Where orebook serve shows its pages (https://host:port): the report's filings and lines lead there.",
)


def opened(url: str) -> Engine:
    """The database at this URL; what only looks at it makes none."""
    from pipeline.database import exists, open_database

    if not exists(url):
        raise DatabaseError(f"{url}: there is no such database; the first ingest makes it")
    return open_database(url)
