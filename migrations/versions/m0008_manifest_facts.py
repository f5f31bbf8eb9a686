"""Keeps what manifests state of filings, shows it before what was read, and tells where the two disagree."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0002_views import VIEWS as FIRST
from migrations.versions.m0004_read_by import AFTER as ESTIMATES

revision = "0008"
down_revision = "0007"

STATED = "LEFT JOIN manifest_facts s ON s.filing_id = f.filing_id\n"
FROM_READING, FROM_FILING = "JOIN filings f ON f.filing_id = x.filing_id\n", "AND x.superseded_at IS NULL\n"
CHANGED = (
    ("x.issuer AS", "COALESCE(s.issuer, x.issuer) AS"),
    ("x.document_type AS", "COALESCE(s.document_type, x.document_type) AS"),
    ("x.language AS", "COALESCE(s.language, x.language) AS"),
    ("released.iso AS", "COALESCE(s.release_date, released.iso) AS"),
    ("effective.iso AS", "COALESCE(s.effective_date, effective.iso) AS"),
    ("reported.iso AS", "COALESCE(s.report_date, reported.iso) AS"),
    (
        "    x.extractor_version AS extractor_version\n",
        "    x.extractor_version AS extractor_version,\n    s.sedar_profile AS sedar_profile,\n"
        "    s.filing_type AS filing_type,\n    s.filed_date AS filed_date,\n    s.stated_by AS stated_by\n",
    ),
)
FINDINGS = """(
    SELECT extraction_id, rule, severity, message, page, source_text FROM findings
    UNION ALL
    SELECT extraction_id, 'manifest', 'I', message, page, source_text FROM disagreements
)"""


def _named(name: str) -> str:
    return next(view.strip() + "\n" for view in FIRST if f"CREATE VIEW {name} AS" in view)


def _stated(view: str, after: str = FROM_READING) -> str:
    for old, new in CHANGED:
        view = view.replace(old, new)
    return view.replace(after, after + STATED)


ESTIMATES_BEFORE = tuple(view.strip() + "\n" for view in ESTIMATES)
FILINGS, FOUND = _named("v_filings"), _named("v_findings")
PLAIN = (_named("v_cutoffs"), _named("v_qualified_persons"))
BEFORE = (*ESTIMATES_BEFORE, FILINGS, *PLAIN, FOUND)
AFTER = (
    *map(_stated, ESTIMATES_BEFORE),
    _stated(FILINGS, FROM_FILING),
    *map(_stated, PLAIN),
    FOUND.replace("FROM findings r", f"FROM {FINDINGS} r"),
)


def upgrade() -> None:
    """Makes the tables, and the views anew."""
    facts = ("issuer", "sedar_profile", "filing_type", "document_type", "language")
    dates = ("filed_date", "release_date", "effective_date", "report_date")
    op.create_table(
        "manifest_facts",
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in (*facts, *dates)),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_manifest_facts_filings"),
        sa.PrimaryKeyConstraint("filing_id", name="pk_manifest_facts"),
    )
    op.create_table(
        "disagreements",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_disagreements_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "fact", name="pk_disagreements"),
    )
    _make(AFTER)


def downgrade() -> None:
    """Makes the views as they were, and drops the tables."""
    _make(BEFORE)
    op.drop_table("disagreements")
    op.drop_table("manifest_facts")


def _make(views: tuple[str, ...]) -> None:
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    for name in ("v_filings", "v_findings", "v_qualified_persons", "v_cutoffs", "v_held", "v_estimates"):
        op.execute(f"DROP VIEW {name}")
    for view in views:
        op.execute(view.strip().replace("{number}", number))
