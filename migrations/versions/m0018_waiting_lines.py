"""Keeps which held lines wait for a decision, so that the queue is in order without a look at all lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0010_research import SPELLED

revision = "0018"
down_revision = "0017"

NUMBER = sa.Numeric().with_variant(sa.Text(), "sqlite")
VIEW = """
CREATE VIEW v_queue AS
SELECT
    r.filing_id AS filing_id,
    f.filename AS filename,
    r.estimate_id AS estimate_id,
    r.table_number AS table_number,
    r.line_number AS line_number,
    r.is_total AS is_total,
    CAST(r.tonnes AS {number}) AS tonnes,
    CAST(r.contained_kg AS {number}) AS contained_kg
FROM waiting_lines r
JOIN filings f ON f.filing_id = r.filing_id
"""
FILL = """
INSERT INTO waiting_lines (estimate_id, filing_id, table_number, line_number, is_total, tonnes, contained_kg)
SELECT h.estimate_id, h.filing_id, h.table_number, h.line_number, h.is_total, h.tonnes, MAX(h.contained_kg)
FROM v_held h
WHERE NOT EXISTS (SELECT 1 FROM v_decisions d WHERE d.estimate_id = h.estimate_id AND NOT d.reopened)
GROUP BY h.estimate_id, h.filing_id, h.table_number, h.line_number, h.is_total, h.tonnes
"""


def upgrade() -> None:
    """Makes and fills the table, then makes the view."""
    op.create_table(
        "waiting_lines",
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("is_total", sa.Boolean(), nullable=False),
        sa.Column("tonnes", NUMBER, nullable=True),
        sa.Column("contained_kg", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_waiting_lines_filings"),
        sa.PrimaryKeyConstraint("estimate_id", name="pk_waiting_lines"),
    )
    op.create_index("ix_waiting_lines_filing_id", "waiting_lines", ["filing_id"])
    op.execute(FILL.strip())
    view = VIEW.strip()
    for word, meaning in SPELLED[op.get_bind().dialect.name].items():
        view = view.replace(word, meaning)
    op.execute(view)


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP VIEW v_queue")
    op.drop_table("waiting_lines")
