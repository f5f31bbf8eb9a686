"""Makes the index that finds estimates and held lines by the project that a filing prints."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Makes it."""
    op.create_index("ix_extractions_project", "extractions", ["project"])


def downgrade() -> None:
    """Drops it."""
    op.drop_index("ix_extractions_project", "extractions")
