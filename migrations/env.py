"""Runs the migrations on the connection that ``pipeline.database.migrate`` gives."""

from __future__ import annotations

from alembic import context

from models.records import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite cannot alter a column: the table is made anew
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
