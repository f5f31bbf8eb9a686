"""PostgreSQL's roles: one that ingests, one that reads the public views only, one that decides.

They are groups that nobody logs in as: an administrator makes users members of them. No superuser is needed: creating
the roles takes CREATEROLE, and granting takes the ownership of the tables, which the user who migrates has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from models.records import METADATA
from models.views import VIEWS
from pipeline.errors import DatabaseError

INGEST, RESEARCH, REVIEWER = "orebook_ingest", "orebook_research", "orebook_reviewer"
ROLES = (INGEST, RESEARCH, REVIEWER)

DECIDED = frozenset({"decisions", "corrections", "entity_decisions"})
"""The tables that a reviewer fills; an ingest reads them, and moves a decision to where its line is."""

DERIVED = ("entities", "entity_keys", "filing_subjects", "printed_names", "stated_estimates", "texts", "waiting_lines")
"""The tables that follow from the others: a decision brings them up to date, as a filing does."""

_SCHEMA = "alembic_version"
"""Alembic's table, by which a program knows the schema."""


def create_roles(connection: Connection, names: Collection[str] = ROLES) -> None:
    """Makes the roles that are not there; raises DatabaseError, with what to do, where the user may not."""
    missing = [name for name in names if name not in existing_roles(connection)]
    try:
        for name in missing:
            connection.execute(text(f"CREATE ROLE {name} NOLOGIN"))
    except ProgrammingError as error:
        statements = " ".join(f"CREATE ROLE {name} NOLOGIN;" for name in missing)
        reason = str(error.orig).strip().partition("\n")[0]
        raise DatabaseError(
            f"the roles cannot be made: {reason}; have an administrator run: {statements} and repeat this command"
        ) from None


def existing_roles(connection: Connection) -> set[str]:
    """All roles of the server."""
    return set(connection.scalars(text("SELECT rolname FROM pg_roles")))


def grant_roles(connection: Connection) -> None:
    """Gives each role that is there what it may do, and no more; views that were made anew have lost it."""
    there = existing_roles(connection)
    for role in ROLES:
        if role in there:
            for statement in _grants(role):
                connection.execute(text(statement))


def _grants(role: str) -> Iterator[str]:
    tables = [table.name for table in METADATA.sorted_tables]
    views = [view.name for view in VIEWS]
    yield f"REVOKE ALL ON {_list([*tables, *views, _SCHEMA])} FROM {role}"
    yield f"GRANT USAGE ON SCHEMA {METADATA.schema or 'public'} TO {role}"
    yield f"GRANT SELECT ON {_list([*views, _SCHEMA])} TO {role}"
    if role == RESEARCH:
        return
    yield f"GRANT SELECT ON {_list(tables)} TO {role}"
    if role == INGEST:
        filled = [name for name in tables if name not in DECIDED]
        yield f"GRANT INSERT, UPDATE, DELETE ON {_list(filled)} TO {role}"
        yield f"GRANT UPDATE (estimate_id) ON decisions TO {role}"  # a decision goes with its line, and stays as it is
    else:
        filled = sorted(DECIDED)
        yield f"GRANT INSERT ON {_list(filled)} TO {role}"
        yield f"GRANT INSERT, UPDATE, DELETE ON {_list(DERIVED)} TO {role}"
    for sequence in _sequences(filled):
        yield f"GRANT USAGE ON SEQUENCE {sequence} TO {role}"


def _sequences(tables: Iterable[str]) -> Iterator[str]:
    """The sequences that number the rows of these tables, as PostgreSQL calls them."""
    for name in tables:
        column = METADATA.tables[name].autoincrement_column
        if column is not None:
            yield f"{name}_{column.name}_seq"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
