"""Shows where all that was read is printed, each reading of a line, corrections, and both intervals of a check."""

from __future__ import annotations

from alembic import op

from migrations.versions.m0002_views import VIEWS as FIRST

revision = "0007"
down_revision = "0006"

CHECKS_BEFORE = next(view for view in FIRST if "CREATE VIEW v_checks" in view)
LAST, ADDED = (
    "    r.suggestion AS suggestion\n",
    "    r.suggestion AS suggestion,\n"
    "    CAST(r.reported_low AS {number}) AS reported_low,\n"
    "    CAST(r.reported_high AS {number}) AS reported_high\n",
)
VIEWS = (
    """
CREATE VIEW v_places AS
SELECT
    p.filing_id AS filing_id,
    p.filename AS filename,
    p.what AS what,
    p.reading AS reading,
    p.estimate_id AS estimate_id,
    p.table_number AS table_number,
    p.commodity AS commodity,
    p.source_text AS source_text,
    p.page AS page,
    p.x0 AS x0,
    p.top AS top,
    p.x1 AS x1,
    p.bottom AS bottom,
    p.span_start AS span_start,
    p.span_end AS span_end
FROM (
SELECT
    f.filing_id, f.filename, 'line' AS what, r.label AS reading,
    r.estimate_id AS estimate_id, r.table_number AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM estimate_lines r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, r.role AS what, r.printed || ' ' || r.unit AS reading,
    r.estimate_id AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    m.commodity AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM line_figures r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN line_metals m ON m.extraction_id = r.extraction_id AND m.estimate_id = r.estimate_id
    AND m.position = r.position
UNION ALL
SELECT
    f.filing_id, f.filename, 'doubt' AS what, r.reason AS reading,
    r.estimate_id AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM doubts r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'table' AS what, r.caption AS reading,
    CAST(NULL AS TEXT) AS estimate_id, r.table_number AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM estimate_tables r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'footnote' AS what, r.text AS reading,
    CAST(NULL AS TEXT) AS estimate_id, r.table_number AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM footnotes r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'sub_quantity' AS what, r.tonnage_printed || ' ' || r.tonnage_unit AS reading,
    CAST(NULL AS TEXT) AS estimate_id, n.table_number AS table_number,
    r.commodity AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM sub_quantities r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN footnotes n ON n.extraction_id = r.extraction_id AND n.number = r.note_number
UNION ALL
SELECT
    f.filing_id, f.filename, 'cutoff' AS what, r.operator || ' ' || r.printed || ' ' || r.unit AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    r.commodity AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM cutoffs r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'person' AS what, r.name AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM persons r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, r.kind || '_date' AS what, r.iso AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM dates r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'claim' AS what, r.text AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    r.commodity AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM claims r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'finding' AS what, r.rule || ': ' || r.message AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM findings r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'statement' AS what, r.about AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    CAST(NULL AS TEXT) AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM statements r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
UNION ALL
SELECT
    f.filing_id, f.filename, 'equivalence' AS what, r.commodity AS reading,
    CAST(NULL AS TEXT) AS estimate_id, CAST(NULL AS INTEGER) AS table_number,
    r.commodity AS commodity,
    r.source_text, r.page, r.x0, r.top, r.x1, r.bottom, r.span_start, r.span_end
FROM equivalences r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
) p
""",
    """
CREATE VIEW v_locations AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    l.source_uri AS source_uri,
    l.byte_size AS byte_size
FROM locations l
JOIN filings f ON f.filing_id = l.filing_id
""",
    """
CREATE VIEW v_line_versions AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.estimate_id AS estimate_id,
    x.extractor_version AS extractor_version,
    x.extracted_at AS extracted_at,
    x.superseded_at AS superseded_at,
    r.label AS label,
    r.estimate_type AS estimate_type,
    r.category AS category,
    t.printed AS tonnage_printed,
    t.unit AS tonnage_unit,
    m.commodity AS commodity,
    g.printed AS grade_printed,
    g.unit AS grade_unit,
    c.printed AS contained_printed,
    c.unit AS contained_unit,
    r.status AS status,
    r.reasons AS reasons,
    r.fingerprint AS figures_id
FROM estimate_lines r
JOIN extractions x ON x.extraction_id = r.extraction_id
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN line_metals m ON m.extraction_id = r.extraction_id AND m.estimate_id = r.estimate_id
LEFT JOIN line_figures t ON t.extraction_id = r.extraction_id AND t.estimate_id = r.estimate_id
    AND t.position = 0 AND t.role = 'tonnage' AND t.printing = 1
LEFT JOIN line_figures g ON g.extraction_id = r.extraction_id AND g.estimate_id = r.estimate_id
    AND g.position = m.position AND g.role = 'grade' AND g.printing = 1
LEFT JOIN line_figures c ON c.extraction_id = r.extraction_id AND c.estimate_id = r.estimate_id
    AND c.position = m.position AND c.role = 'contained' AND c.printing = 1
""",
    """
CREATE VIEW v_corrections AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    k.decision_id AS decision_id,
    d.estimate_id AS estimate_id,
    k.field AS field,
    k.commodity AS commodity,
    k.value AS value,
    k.unit AS unit
FROM corrections k
JOIN decisions d ON d.decision_id = k.decision_id
JOIN filings f ON f.filing_id = d.filing_id
""",
)


def upgrade() -> None:
    """Makes the new views, and the one of checks anew."""
    _make_checks(CHECKS_BEFORE.replace(LAST, ADDED))
    for view in VIEWS:
        op.execute(view.strip())


def downgrade() -> None:
    """Drops the views, and makes the one of checks as it was."""
    for name in ("v_places", "v_locations", "v_line_versions", "v_corrections"):
        op.execute(f"DROP VIEW {name}")
    _make_checks(CHECKS_BEFORE)


def _make_checks(view: str) -> None:
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    op.execute("DROP VIEW v_checks")
    op.execute(view.strip().replace("{number}", number))
