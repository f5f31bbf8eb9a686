"""Makes the table that ties estimate lines to the cut-offs that apply to them, and its view."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

VIEW = """
CREATE VIEW v_estimate_cutoffs AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.estimate_id AS estimate_id,
    CAST(COALESCE(c.value, r.cutoff_value) AS {number}) AS value,
    CAST(c.value_max AS {number}) AS value_max,
    COALESCE(c.unit, r.cutoff_unit) AS unit,
    CASE WHEN c.number IS NULL THEN r.cutoff_commodity ELSE c.commodity END AS commodity,
    COALESCE(c.operator, r.cutoff_operator) AS operator,
    c.basis AS basis,
    (SELECT COUNT(*) FROM line_cutoffs o
        WHERE o.extraction_id = r.extraction_id AND o.estimate_id = r.estimate_id) > 1 AS ambiguous,
    COALESCE(c.page, r.page) AS page,
    COALESCE(c.source_text, r.source_text) AS source_text
FROM estimate_lines r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN line_cutoffs k ON k.extraction_id = r.extraction_id AND k.estimate_id = r.estimate_id
LEFT JOIN cutoffs c ON c.extraction_id = k.extraction_id AND c.number = k.cutoff_number
WHERE k.cutoff_number IS NOT NULL OR r.cutoff_value IS NOT NULL
"""
"""The CREATE VIEW statement; {number} is the type of numbers in a view."""


def upgrade() -> None:
    """Makes the table, then the view."""
    op.create_table(
        "line_cutoffs",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("cutoff_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "estimate_id"],
            ["estimate_lines.extraction_id", "estimate_lines.estimate_id"],
            name="fk_line_cutoffs_estimate_lines",
        ),
        sa.ForeignKeyConstraint(
            ["extraction_id", "cutoff_number"],
            ["cutoffs.extraction_id", "cutoffs.number"],
            name="fk_line_cutoffs_cutoffs",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "estimate_id", "cutoff_number", name="pk_line_cutoffs"),
    )
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    op.execute(VIEW.strip().replace("{number}", number))


def downgrade() -> None:
    """Drops the view, then the table."""
    op.execute("DROP VIEW v_estimate_cutoffs")
    op.drop_table("line_cutoffs")
