"""Keeps whom each filing names as issuer and project, so that people and lacks are found by issuer in one look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0010_research import VIEWS as BEFORE

revision = "0017"
down_revision = "0016"

NAMES = ("v_missing_disclosure", "v_people_work")
VIEWS = (
    """
CREATE VIEW v_missing_disclosure AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    w.issuer_id AS issuer_id,
    i.name AS issuer,
    d.iso AS release_date,
    r.rule AS rule,
    r.severity AS severity,
    r.message AS missing
FROM findings r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN filing_subjects w ON w.extraction_id = r.extraction_id
LEFT JOIN dates d ON d.extraction_id = r.extraction_id AND d.kind = 'release'
LEFT JOIN entities i ON i.entity_id = w.issuer_id
WHERE r.message LIKE '%; searched: %'
""",
    """
CREATE VIEW v_people_work AS
SELECT
    k.entity_id AS person_id,
    e.name AS person,
    r.name AS printed_name,
    r.affiliation AS affiliation,
    r.credentials AS credentials,
    r.independent AS independent,
    r.role AS role,
    w.issuer_id AS issuer_id,
    i.name AS issuer,
    w.project_id AS project_id,
    p.name AS project,
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.page AS page
FROM persons r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN entity_keys k ON k.key_id = r.person_id
JOIN entities e ON e.entity_id = k.entity_id
JOIN filing_subjects w ON w.extraction_id = r.extraction_id
LEFT JOIN entities i ON i.entity_id = w.issuer_id
LEFT JOIN entities p ON p.entity_id = w.project_id
""",
)

FILL = """
INSERT INTO filing_subjects (extraction_id, issuer_id, project_id)
SELECT x.extraction_id,
    (SELECT k.entity_id FROM printed_names n JOIN entity_keys k ON k.key_id = n.key_id
    WHERE n.extraction_id = x.extraction_id AND n.kind = 'issuer'),
    (SELECT k.entity_id FROM printed_names n JOIN entity_keys k ON k.key_id = n.key_id
    WHERE n.extraction_id = x.extraction_id AND n.kind = 'project')
FROM extractions x WHERE x.status <> 'failed'
"""


def upgrade() -> None:
    """Makes and fills the table, then makes the views anew."""
    op.create_table(
        "filing_subjects",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("issuer_id", sa.Text(), nullable=True),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extractions.extraction_id"], name="fk_filing_subjects_extractions"
        ),
        sa.PrimaryKeyConstraint("extraction_id", name="pk_filing_subjects"),
    )
    for column in ("issuer_id", "project_id"):
        op.create_index(f"ix_filing_subjects_{column}", "filing_subjects", [column])
    op.execute(FILL.strip())
    _make(*VIEWS)


def downgrade() -> None:
    """Makes the views as they were, and drops the table."""
    _make(*(view for view in BEFORE if view.split()[2] in NAMES))  # none of them has a word of SPELLED
    op.drop_table("filing_subjects")


def _make(*views: str) -> None:
    for name in NAMES:
        op.execute(f"DROP VIEW {name}")
    for view in views:
        op.execute(view.strip())
