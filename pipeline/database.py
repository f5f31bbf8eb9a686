"""Opens the database, SQLite or PostgreSQL, and brings its schema to the one that this version needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from models.views import VIEWS
from pipeline.errors import DatabaseError, DatabaseNotMigratedError, DatabaseUnreachableError
from pipeline.lock import Lock, no_ingest

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
)
"""The migrations in order. They are spelled out so that opening a database need not import Alembic."""

WAIT_SECONDS = 30
"""How long to wait for another process's transaction on SQLite, or for PostgreSQL to answer."""


def open_database(url: str) -> Engine:
    """The database at this URL, ready for use; a new or empty SQLite file gets its schema here.

    Accepts ``sqlite:///PATH``, ``postgresql://...`` and ``postgres://...``. Raises DatabaseUnreachableError where it
    does not answer, DatabaseNotMigratedError where its schema is not the one of this version, and DatabaseError
    for a URL of another kind.
    """
    address = _address(url)
    engine = _engine(address)
    with _reach(engine) as connection:
        revision, empty = _revision(connection), _is_empty(connection)
    if empty and address.get_backend_name() == "sqlite":
        migrate(url)
    elif revision != REVISIONS[-1]:
        engine.dispose()
        raise DatabaseNotMigratedError(_mismatch(revision, address))
    return engine


def require_schema(engine: Engine) -> None:
    """Raises DatabaseNotMigratedError where the schema has changed since the database was opened."""
    with _reach(engine) as connection:
        revision = _revision(connection)
    if revision != REVISIONS[-1]:
        raise DatabaseNotMigratedError(_mismatch(revision, engine.url))


def exists(url: str) -> bool:
    """False for an SQLite file that is not there: what only looks makes no database."""
    address = _address(url)
    return address.get_backend_name() != "sqlite" or Path(str(address.database)).exists()


def migrate(url: str) -> None:
    """Brings the schema to the one that this version needs, in one transaction.

    Raises what ``open_database`` raises; DatabaseNotMigratedError only for a database of a newer version, and
    AlreadyRunningError while an ingest is at work on a database whose schema would change under it.
    """
    address = _address(url)
    engine = _engine(address, foreign_keys=False)  # SQLite alters a table by making it anew, and references break
    try:
        with _reach(engine) as connection:
            _wait_alone(connection)
            revision = _revision(connection)
            if revision not in (None, *REVISIONS):
                raise DatabaseNotMigratedError(_mismatch(revision, address))
            if revision != REVISIONS[-1]:
                with no_ingest(connection) if revision else nullcontext():
                    _upgrade(connection)
                    connection.commit()
            connection.commit()
    finally:
        engine.dispose()


def make_roles(url: str) -> None:
    """Makes PostgreSQL's roles, and gives them what they may do; raises DatabaseError where this cannot be."""
    from pipeline.roles import create_roles, grant_roles

    address = _address(url)
    if address.get_backend_name() == "sqlite":
        raise DatabaseError("SQLite has no roles: who may read its file, and write it, is for the file system to say")
    engine = _engine(address)
    with _reach(engine) as connection:
        create_roles(connection)
        grant_roles(connection)
        connection.commit()
    engine.dispose()


def _upgrade(connection: Connection) -> None:
    from migrations import upgrade  # Alembic takes 0.7 s to import: a run with nothing to migrate must not pay
    from pipeline.roles import grant_roles

    upgrade(connection)
    if connection.dialect.name == "postgresql":
        _comment_views(connection)
        grant_roles(connection)


def _comment_views(connection: Connection) -> None:
    """Tells the meaning of views and columns in the database, where SQL tools show it."""
    for view in VIEWS:
        _comment(connection, f"VIEW {view.name}", view.description)
        for column in view.columns:
            _comment(connection, f"COLUMN {view.name}.{column.name}", column.description)


def _comment(connection: Connection, what: str, meaning: str) -> None:
    literal = meaning.replace("'", "''").replace(":", "\\:")  # a colon would begin a parameter
    connection.execute(text(f"COMMENT ON {what} IS '{literal}'"))


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise DatabaseError(
            "the database is not given as a URL: write sqlite:///orebook.db or postgresql://user@host/name"
        ) from None
    kind = address.get_backend_name()
    if kind in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or not address.database or address.database == ":memory:":
        raise DatabaseError(f"{_shown(address)} is no PostgreSQL database and no SQLite file")
    return address


def _shown(address: URL) -> str:
    """The URL as a message may print it: without the password, and as the user writes it."""
    query = {key: value for key, value in address.query.items() if key != "password"}
    plain = address.set(drivername=address.get_backend_name(), query=query)
    return plain.render_as_string(hide_password=True)


def _engine(address: URL, *, foreign_keys: bool = True) -> Engine:
    if address.get_backend_name() == "postgresql":
        return create_engine(address, connect_args={"connect_timeout": WAIT_SECONDS})
    engine = create_engine(address, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        _write_ahead(cursor)
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    return engine


def _write_ahead(cursor: DBAPICursor) -> None:
    """Lets readers go on while one process writes; the file keeps the mode."""
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # SQLite does not wait here: 2 of 150 processes that opened one new file at once met another at this switch.
        if "locked" not in str(error):
            raise


@contextmanager
def _reach(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except (DBAPIError, sqlite3.Error) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
        if engine.url.password:
            reason = reason.replace(str(engine.url.password), "***")
        raise DatabaseUnreachableError(f"cannot open the database {_shown(engine.url)}: {reason}") from None
    with connection:
        yield connection


def _wait_alone(connection: Connection) -> None:
    """Waits until no other process migrates: two that start at once must not both make the tables."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({Lock.MIGRATION:d})"))


def _is_empty(connection: Connection) -> bool:
    return not inspect(connection).get_table_names()


def _revision(connection: Connection) -> str | None:
    """The migration that the database stands at, or None where it has none of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _mismatch(revision: str | None, address: URL) -> str:
    shown, needed = _shown(address), REVISIONS[-1]
    if revision is not None and revision not in REVISIONS:
        return f"{shown} was made by a newer orebook (schema {revision}, this one knows {needed}): install that version"
    stands = f"stands at schema {revision}, this version needs {needed}" if revision else "has no orebook schema"
    return f"{shown} {stands}: run `orebook migrate --db {shown}`"
