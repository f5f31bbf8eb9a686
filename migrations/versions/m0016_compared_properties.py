"""Keeps which filings of a property were compared, so that a run compares only those that changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "compared_properties",
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("property", name="pk_compared_properties"),
    )


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("compared_properties")
