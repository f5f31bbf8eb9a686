"""Tells lines that were read from a picture: a column of the lines, and the last one of their views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0002_views import VIEWS

revision = "0004"
down_revision = "0003"

BEFORE = tuple(view for view in VIEWS if "CREATE VIEW v_estimates" in view or "CREATE VIEW v_held" in view)
LAST, ADDED = "    r.assumptions AS assumptions\n", "    r.assumptions AS assumptions,\n    r.read_by AS read_by\n"
AFTER = tuple(view.replace(LAST, ADDED) for view in BEFORE)
FILINGS = next(view for view in VIEWS if "CREATE VIEW v_filings" in view)
"""It counts the rows of the other two, so that PostgreSQL drops them only after it."""


def upgrade() -> None:
    """Adds the column, and makes the views anew."""
    _drop_views()
    op.add_column("estimate_lines", sa.Column("read_by", sa.Text(), nullable=False, server_default="text"))
    _make_views(AFTER)


def downgrade() -> None:
    """Makes the views as they were, and drops the column."""
    _drop_views()
    op.drop_column("estimate_lines", "read_by")
    _make_views(BEFORE)


def _drop_views() -> None:
    for name in ("v_filings", "v_held", "v_estimates"):
        op.execute(f"DROP VIEW {name}")


def _make_views(views: tuple[str, ...]) -> None:
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    for statement in (*views, FILINGS):
        op.execute(statement.strip().replace("{number}", number))
