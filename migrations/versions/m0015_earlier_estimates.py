"""Tells estimates of an earlier date, printed beside a filing's own, from these."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0008_manifest_facts import AFTER as STATED

revision = "0015"
down_revision = "0014"

*LINES, FILINGS = STATED[:3]
"""v_estimates and v_held; v_filings counts their lines."""

CHANGED = (
    (
        "COALESCE(s.effective_date, effective.iso) AS effective_date",
        "CASE WHEN r.is_earlier THEN r.as_of_date ELSE COALESCE(s.effective_date, effective.iso) END AS effective_date",
    ),
    ("    r.read_by AS read_by\n", "    r.read_by AS read_by,\n    r.is_earlier AS is_earlier\n"),
)


def _told(view: str) -> str:
    for old, new in CHANGED:
        view = view.replace(old, new)
    return view


def upgrade() -> None:
    """Adds the columns, and shows which lines are earlier."""
    op.add_column("estimate_lines", sa.Column("is_earlier", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("estimate_lines", sa.Column("as_of_date", sa.Text(), nullable=True))
    _make(*map(_told, LINES), FILINGS)


def downgrade() -> None:
    """Makes the views as they were, and drops the columns."""
    _make(*LINES, FILINGS)
    op.drop_column("estimate_lines", "as_of_date")
    op.drop_column("estimate_lines", "is_earlier")


def _make(*views: str) -> None:
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    for name in ("v_filings", "v_held", "v_estimates"):
        op.execute(f"DROP VIEW {name}")
    for view in views:
        op.execute(view.strip().replace("{number}", number))
