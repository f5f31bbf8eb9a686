"""The command line: its commands, and the exit code of each error."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from pipeline.commands.entities import entities
from pipeline.commands.export import export
from pipeline.commands.ingest import ingest
from pipeline.commands.look import show, status
from pipeline.commands.migrate import migrate
from pipeline.commands.options import ALREADY_RUNNING, INTERRUPTED, LOGS_JSON, NO_CLUSTER, NO_DATABASE, WRONG_USE
from pipeline.commands.query import query
from pipeline.commands.report import report
from pipeline.commands.review import decide, queue
from pipeline.commands.search import search
from pipeline.commands.serve import serve
from pipeline.errors import AlreadyRunningError, ClusterError, DatabaseError, OrebookError


class _Orders(click.Group):
    """Turns orebook's errors into a message and an exit code."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except OrebookError as error:
            _end(context, str(error), next(code for kind, code in _EXIT_CODES if isinstance(error, kind)))
        except KeyboardInterrupt:
            _end(context, "interrupted; what was committed stays", INTERRUPTED)
        except Exception as error:
            from sqlalchemy.exc import DBAPIError  # --help must not pay for it

            from pipeline.transactions import driver_reason, is_databases_own

            if not isinstance(error, DBAPIError) or not is_databases_own(error):
                raise
            _end(context, f"the database failed: {driver_reason(error)}", NO_DATABASE)


_EXIT_CODES = (
    (DatabaseError, NO_DATABASE),
    (AlreadyRunningError, ALREADY_RUNNING),
    (ClusterError, NO_CLUSTER),
    (OrebookError, WRONG_USE),
)


def _end(context: click.Context, message: str, code: int) -> NoReturn:
    if context.meta.get(LOGS_JSON):
        from pipeline.run_log import message_as_json

        click.echo(message_as_json("error", message), err=True)
    else:
        click.echo(f"orebook: {message}", err=True)
    sys.exit(code)


@click.group(cls=_Orders)
@click.version_option(package_name="orebook")
def main() -> None:
    """Reads filed mining disclosures, recomputes every line, and keeps the answers in SQL.

    \b
    First steps:
      orebook ingest FOLDER            read a folder of filings into orebook.db
      orebook show FILE                see what was read from one of them, and what does not add up
      orebook status                   see what the last runs did, and what failed
      orebook query "SELECT * FROM v_estimates LIMIT 5"

    Exit codes: 0 all done, 1 some filings failed, 2 wrong use, 3 database not reachable or not migrated,
    4 another ingest is at work on the database, 5 the cluster cannot be reached or went away, 130 interrupted.
    """  # noqa: D301 - click takes the backspace for "keep these lines as they are"


for command in (ingest, show, status, queue, decide, entities, query, export, search, report, serve, migrate):
    main.add_command(command)
