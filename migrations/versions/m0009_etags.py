"""Keeps the tag by which a server tells one content of a file from another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds the column."""
    op.add_column("locations", sa.Column("etag", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("locations", "etag")
