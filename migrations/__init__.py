"""The history of the schema, one step a file in ``versions``; Alembic runs it on SQLite and PostgreSQL alike.

Importing this package imports Alembic: only what changes a schema does it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the migrations up to this one, within the connection's transaction."""
    command.upgrade(config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Takes the migrations after this one back; "base" takes back all."""
    command.downgrade(config(connection), revision)


def config(connection: Connection) -> Config:
    """Alembic's configuration for this connection; it finds the migrations wherever the package is installed."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return made
