"""The history of the schema: up and down again, and where it leads on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.engine.interfaces import ReflectedIndex

from migrations import config, downgrade, upgrade
from models.records import METADATA
from models.views import VIEWS
from pipeline.database import REVISIONS


@pytest.fixture
def connection(empty_url: str) -> Iterator[Connection]:
    address = make_url(empty_url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


def schema(connection: Connection) -> dict[str, object]:
    """Everything that the database says of its tables and views."""
    found = inspect(connection)
    tables = {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            found.get_pk_constraint(name),
            sorted(found.get_foreign_keys(name), key=str),
            sorted(map(_index, found.get_indexes(name))),
            sorted(found.get_unique_constraints(name), key=str),
        )
        for name in found.get_table_names()
        if name != "alembic_version"
    }
    return {**tables, **definitions(connection)}


def _of_the_models(name: str) -> bool:
    """Not what one database has of its own: the index of words, on SQLite several tables, and an index of SQLite's."""
    return not name.startswith(("text_search", "own_"))


def _index(index: ReflectedIndex) -> str:
    options = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} {index['unique']} {options}"


def definitions(connection: Connection) -> dict[str, object]:
    """The definition of each view, as the database keeps it."""
    found = inspect(connection)
    return {name: found.get_view_definition(name) for name in found.get_view_names()}


def test_up_down_up_gives_the_same_schema(connection: Connection) -> None:
    upgrade(connection)
    first = schema(connection)
    downgrade(connection, "base")
    assert schema(connection) == {}
    upgrade(connection)
    assert schema(connection) == first
    assert len([*filter(_of_the_models, first)]) == len(METADATA.tables) + len(VIEWS)


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_can_be_taken_back(connection: Connection, revision: str) -> None:
    before = REVISIONS[REVISIONS.index(revision) - 1] if revision != REVISIONS[0] else "base"
    if before != "base":
        upgrade(connection, before)
    start = schema(connection)
    upgrade(connection, revision)
    assert schema(connection) != start
    downgrade(connection, before)
    assert schema(connection) == start


def test_migrations_lead_to_the_tables_of_the_models(connection: Connection) -> None:
    upgrade(connection)
    ours = {"include_name": lambda name, *_: name is None or _of_the_models(name)}
    seen = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True, **ours})
    assert compare_metadata(seen, METADATA) == []


def test_migrations_lead_to_the_views_of_the_models(connection: Connection) -> None:
    upgrade(connection)
    migrated = definitions(connection)
    for view in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW {view.name}"))
    for view in VIEWS:
        connection.execute(text(view.create(connection.dialect.name)))
    assert migrated == definitions(connection)


def test_the_program_knows_every_migration(connection: Connection) -> None:
    history = ScriptDirectory.from_config(config(connection)).walk_revisions()
    assert tuple(script.revision for script in history)[::-1] == REVISIONS
