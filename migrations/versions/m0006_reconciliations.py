"""Keeps what a claim gave beside an earlier filing, and shows it in v_claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0002_views import VIEWS

revision = "0006"
down_revision = "0005"

BEFORE = next(view for view in VIEWS if "CREATE VIEW v_claims" in view)
CHANGED = (
    ("r.outcome AS", "COALESCE(k.outcome, r.outcome) AS"),
    ("r.explanation AS", "COALESCE(k.explanation, r.explanation) AS"),
    ("    r.malformed AS malformed\n", "    r.malformed AS malformed,\n    k.filing_id AS compared_with\n"),
)
JOIN = "LEFT JOIN reconciliations k ON k.extraction_id = r.extraction_id AND k.number = r.number\n"


def upgrade() -> None:
    """Makes the table, and the view anew."""
    op.create_table(
        "reconciliations",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "number"],
            ["claims.extraction_id", "claims.number"],
            name="fk_reconciliations_claims",
        ),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_reconciliations_filings"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_reconciliations"),
    )
    _make(_after())


def downgrade() -> None:
    """Makes the view as it was, and drops the table."""
    _make(BEFORE)
    op.drop_table("reconciliations")


def _after() -> str:
    view = BEFORE.strip() + "\n" + JOIN
    for old, new in CHANGED:
        view = view.replace(old, new)
    return view


def _make(view: str) -> None:
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    op.execute("DROP VIEW v_claims")
    op.execute(view.strip().replace("{number}", number))
