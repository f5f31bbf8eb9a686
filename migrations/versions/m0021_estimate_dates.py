"""Keeps each stated effective date with what it is of, and shows each line's own before the filing's only one."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0001_tables import quote
from migrations.versions.m0007_places import VIEWS as PLACES_AND_MORE
from migrations.versions.m0010_research import SPELLED
from migrations.versions.m0015_earlier_estimates import CHANGED as WITH_EARLIER
from migrations.versions.m0015_earlier_estimates import FILINGS, LINES

revision = "0021"
down_revision = "0020"

DATES = """
CREATE VIEW v_effective_dates AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    COALESCE(s.issuer, x.issuer) AS issuer,
    x.project AS project,
    r.iso AS effective_date,
    r.table_number AS table_number,
    r.estimate_types AS estimate_types,
    r.categories AS categories,
    r.materials AS materials,
    r.zones AS zones,
    r.page AS page,
    r.source_text AS source_text
FROM estimate_dates r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN manifest_facts s ON s.filing_id = f.filing_id
"""
PLACES_BEFORE = PLACES_AND_MORE[0]
EFFECTIVE = "LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'\n"
OWN = """LEFT JOIN line_dates ld ON ld.extraction_id = r.extraction_id AND ld.estimate_id = r.estimate_id
LEFT JOIN estimate_dates own ON own.extraction_id = ld.extraction_id AND own.number = ld.date_number
"""
PRINTED = """    CASE WHEN r.is_earlier THEN NULL WHEN own.iso IS NOT NULL THEN own.{field} \
WHEN COALESCE(s.effective_date, ld.estimate_id) IS NULL THEN effective.{field} END AS effective_date_{name}"""
CHANGED = (
    (
        "ELSE COALESCE(s.effective_date, effective.iso) END",
        "ELSE COALESCE(own.iso, s.effective_date, CASE WHEN ld.estimate_id IS NULL THEN effective.iso END) END",
    ),
    (EFFECTIVE, EFFECTIVE + OWN),
    (
        "    r.is_earlier AS is_earlier\n",
        "    r.is_earlier AS is_earlier,\n"
        + PRINTED.format(field="source_text", name="text")
        + ",\n"
        + PRINTED.format(field="page", name="page")
        + "\n",
    ),
)
CLAIMS = "UNION ALL\nSELECT\n    f.filing_id, f.filename, 'claim' AS what,"
DATED = """UNION ALL
SELECT
    f.filing_id, f.filename, 'estimate_date' AS what, r.iso AS reading,
    CAST(NULL AS TEXT) AS estimate_id, r.table_number AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM estimate_dates r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
"""


def _changed(view: str, changes: Iterable[tuple[str, str]]) -> str:
    for old, new in changes:
        view = view.replace(old, new)
    return view


BEFORE = tuple(_changed(view, WITH_EARLIER) for view in LINES)
AFTER = tuple(_changed(view, CHANGED) for view in BEFORE)


def upgrade() -> None:
    """Makes the tables, which have no rows until filings are read anew, and the views."""
    op.create_table(
        "estimate_dates",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("iso", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=True),
        *(sa.Column(n, sa.Text(), nullable=False) for n in ("estimate_types", "categories", "materials", "zones")),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_estimate_dates_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_estimate_dates"),
    )
    op.create_table(
        "line_dates",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("date_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id", "estimate_id"],
            ["estimate_lines.extraction_id", "estimate_lines.estimate_id"],
            name="fk_line_dates_estimate_lines",
        ),
        sa.ForeignKeyConstraint(
            ["extraction_id", "date_number"],
            ["estimate_dates.extraction_id", "estimate_dates.number"],
            name="fk_line_dates_estimate_dates",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "estimate_id", name="pk_line_dates"),
    )
    _make(*AFTER, FILINGS, PLACES_BEFORE.replace(CLAIMS, DATED + CLAIMS))
    op.execute(_spelled(DATES))


def downgrade() -> None:
    """Makes the views as they were, and drops the tables."""
    op.execute("DROP VIEW v_effective_dates")
    _make(*BEFORE, FILINGS, PLACES_BEFORE)
    op.drop_table("line_dates")
    op.drop_table("estimate_dates")


def _make(*views: str) -> None:
    for name in ("v_places", "v_filings", "v_held", "v_estimates"):
        op.execute(f"DROP VIEW {name}")
    for view in views:
        op.execute(_spelled(view))


def _spelled(view: str) -> str:
    for word, meaning in SPELLED[op.get_bind().dialect.name].items():
        view = view.replace(word, meaning)
    return view.strip()
