"""Makes the table of what became of each filing of a run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "run_filings",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_run_filings_runs"),
        sa.PrimaryKeyConstraint("run_id", "source_uri", name="pk_run_filings"),
    )


def downgrade() -> None:
    """Drops it."""
    op.drop_table("run_filings")
