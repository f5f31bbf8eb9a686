"""Keeps the figures that a technical report, or another document, prints otherwise than the release of its estimate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0008_manifest_facts import AFTER as SHOWN

revision = "0011"
down_revision = "0010"

BEFORE = next(view for view in SHOWN if "CREATE VIEW v_findings AS" in view)
LAST = "message, page, source_text FROM disagreements\n"
AFTER = BEFORE.replace(
    LAST,
    f"{LAST}    UNION ALL\n    SELECT extraction_id, 'R-SAME', 'M', message, page, source_text FROM differences\n",  # noqa: S608
)


def upgrade() -> None:
    """Makes the table, and the view of findings anew."""
    op.create_table(
        "differences",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_differences_extractions"),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_differences_filings"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_differences"),
    )
    _show(AFTER)


def downgrade() -> None:
    """Makes the view as it was, and drops the table."""
    _show(BEFORE)
    op.drop_table("differences")


def _show(view: str) -> None:
    op.execute("DROP VIEW v_findings")
    op.execute(view.strip())
