"""Makes the public views; the text is that of this step of the history, whatever models.views says today."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

VIEWS = (
    """
CREATE VIEW v_estimates AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    x.issuer AS issuer,
    x.project AS project,
    released.iso AS release_date,
    effective.iso AS effective_date,
    r.estimate_id AS estimate_id,
    r.table_number AS table_number,
    r.line_number AS line_number,
    r.page AS page,
    r.label AS label,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'estimate_type'), r.estimate_type) AS estimate_type,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'category'), r.category) AS category,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'zone'), r.zone) AS zone,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'material'), r.material) AS material,
    r.is_total AS is_total,
    CAST(r.cutoff_value AS {number}) AS cutoff_value,
    r.cutoff_unit AS cutoff_unit,
    r.cutoff_commodity AS cutoff_commodity,
    CAST(COALESCE(kt.number, t.value) AS {number}) AS tonnage,
    COALESCE(kt.unit, t.unit) AS tonnage_unit,
    CAST(COALESCE(kt.canonical, t.canonical) AS {number}) AS tonnes,
    m.commodity AS commodity,
    CAST(COALESCE(kg.number, g.value) AS {number}) AS grade,
    COALESCE(kg.unit, g.unit) AS grade_unit,
    CAST(COALESCE(kc.number, c.value) AS {number}) AS contained,
    COALESCE(kc.unit, c.unit) AS contained_unit,
    CAST(COALESCE(kg.canonical, g.canonical) AS {number}) AS grade_ppm,
    CAST(COALESCE(kc.canonical, c.canonical) AS {number}) AS contained_kg,
    CASE d.action WHEN 'accept' THEN 'accepted' WHEN 'correct' THEN 'corrected' ELSE r.status END AS status,
    r.source_text AS source_text,
    t.printed AS tonnage_printed,
    g.printed AS grade_printed,
    c.printed AS contained_printed,
    r.assumptions AS assumptions
FROM estimate_lines r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN decisions d ON d.decision_id = (
    SELECT MAX(e.decision_id) FROM decisions e
    WHERE e.estimate_id = r.estimate_id AND e.fingerprint = r.fingerprint)
LEFT JOIN line_metals m ON m.extraction_id = r.extraction_id AND m.estimate_id = r.estimate_id
LEFT JOIN line_figures t ON t.extraction_id = r.extraction_id AND t.estimate_id = r.estimate_id
    AND t.position = 0 AND t.role = 'tonnage' AND t.printing = 1
LEFT JOIN line_figures g ON g.extraction_id = r.extraction_id AND g.estimate_id = r.estimate_id
    AND g.position = m.position AND g.role = 'grade' AND g.printing = 1
LEFT JOIN line_figures c ON c.extraction_id = r.extraction_id AND c.estimate_id = r.estimate_id
    AND c.position = m.position AND c.role = 'contained' AND c.printing = 1
LEFT JOIN corrections kt ON kt.decision_id = d.decision_id AND kt.field = 'tonnage'
LEFT JOIN corrections kg ON kg.decision_id = d.decision_id AND kg.field = 'grade' AND kg.commodity = m.commodity
LEFT JOIN corrections kc ON kc.decision_id = d.decision_id AND kc.field = 'contained' AND kc.commodity = m.commodity
WHERE COALESCE(d.action, r.status) IN ('sound', 'unproven', 'accept', 'correct')
""",
    """
CREATE VIEW v_held AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    x.issuer AS issuer,
    x.project AS project,
    released.iso AS release_date,
    effective.iso AS effective_date,
    r.estimate_id AS estimate_id,
    r.table_number AS table_number,
    r.line_number AS line_number,
    r.page AS page,
    r.label AS label,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'estimate_type'), r.estimate_type) AS estimate_type,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'category'), r.category) AS category,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'zone'), r.zone) AS zone,
    COALESCE((SELECT k.value FROM corrections k
        WHERE k.decision_id = d.decision_id AND k.field = 'material'), r.material) AS material,
    r.is_total AS is_total,
    CAST(r.cutoff_value AS {number}) AS cutoff_value,
    r.cutoff_unit AS cutoff_unit,
    r.cutoff_commodity AS cutoff_commodity,
    CAST(COALESCE(kt.number, t.value) AS {number}) AS tonnage,
    COALESCE(kt.unit, t.unit) AS tonnage_unit,
    CAST(COALESCE(kt.canonical, t.canonical) AS {number}) AS tonnes,
    m.commodity AS commodity,
    CAST(COALESCE(kg.number, g.value) AS {number}) AS grade,
    COALESCE(kg.unit, g.unit) AS grade_unit,
    CAST(COALESCE(kc.number, c.value) AS {number}) AS contained,
    COALESCE(kc.unit, c.unit) AS contained_unit,
    CAST(COALESCE(kg.canonical, g.canonical) AS {number}) AS grade_ppm,
    CAST(COALESCE(kc.canonical, c.canonical) AS {number}) AS contained_kg,
    'held' AS status,
    r.source_text AS source_text,
    CASE d.action WHEN 'reject'
        THEN COALESCE(r.reasons || '\n', '') || 'Rejected by ' || d.decided_by || ': ' || d.why
        ELSE r.reasons END AS reasons,
    t.printed AS tonnage_printed,
    g.printed AS grade_printed,
    c.printed AS contained_printed,
    r.assumptions AS assumptions
FROM estimate_lines r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN decisions d ON d.decision_id = (
    SELECT MAX(e.decision_id) FROM decisions e
    WHERE e.estimate_id = r.estimate_id AND e.fingerprint = r.fingerprint)
LEFT JOIN line_metals m ON m.extraction_id = r.extraction_id AND m.estimate_id = r.estimate_id
LEFT JOIN line_figures t ON t.extraction_id = r.extraction_id AND t.estimate_id = r.estimate_id
    AND t.position = 0 AND t.role = 'tonnage' AND t.printing = 1
LEFT JOIN line_figures g ON g.extraction_id = r.extraction_id AND g.estimate_id = r.estimate_id
    AND g.position = m.position AND g.role = 'grade' AND g.printing = 1
LEFT JOIN line_figures c ON c.extraction_id = r.extraction_id AND c.estimate_id = r.estimate_id
    AND c.position = m.position AND c.role = 'contained' AND c.printing = 1
LEFT JOIN corrections kt ON kt.decision_id = d.decision_id AND kt.field = 'tonnage'
LEFT JOIN corrections kg ON kg.decision_id = d.decision_id AND kg.field = 'grade' AND kg.commodity = m.commodity
LEFT JOIN corrections kc ON kc.decision_id = d.decision_id AND kc.field = 'contained' AND kc.commodity = m.commodity
WHERE COALESCE(d.action, r.status) IN ('held', 'reject')
""",
    """
CREATE VIEW v_checks AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.estimate_id AS estimate_id,
    r.commodity AS commodity,
    r.relation AS relation,
    CAST(r.reported AS {number}) AS reported,
    CAST(r.low AS {number}) AS low,
    CAST(r.high AS {number}) AS high,
    r.unit AS unit,
    r.outcome AS outcome,
    r.explanation AS explanation,
    r.cause AS cause,
    r.suggestion AS suggestion
FROM checks r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_filings AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    f.sha256 AS sha256,
    f.source_uri AS source_uri,
    x.document_type AS document_type,
    x.language AS language,
    x.issuer AS issuer,
    x.tickers AS tickers,
    x.project AS project,
    x.title AS title,
    released.iso AS release_date,
    effective.iso AS effective_date,
    reported.iso AS report_date,
    x.page_count AS page_count,
    x.status AS status,
    x.error AS error,
    (SELECT COUNT(*) FROM v_estimates e WHERE e.filing_id = f.filing_id) AS estimate_rows,
    (SELECT COUNT(*) FROM v_held h WHERE h.filing_id = f.filing_id) AS held_rows,
    x.extracted_at AS ingested_at,
    x.extractor_version AS extractor_version
FROM filings f
JOIN extractions x ON x.filing_id = f.filing_id AND x.superseded_at IS NULL
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN dates reported ON reported.extraction_id = x.extraction_id AND reported.kind = 'report'
""",
    """
CREATE VIEW v_cutoffs AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    x.issuer AS issuer,
    x.project AS project,
    CAST(r.value AS {number}) AS value,
    CAST(r.value_max AS {number}) AS value_max,
    r.unit AS unit,
    r.commodity AS commodity,
    r.operator AS operator,
    r.estimate_types AS estimate_types,
    r.categories AS categories,
    r.materials AS materials,
    r.zones AS zones,
    r.basis AS basis,
    r.page AS page,
    r.source_text AS source_text
FROM cutoffs r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_qualified_persons AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    x.issuer AS issuer,
    x.project AS project,
    r.person_id AS person_id,
    r.name AS name,
    r.credentials AS credentials,
    r.affiliation AS affiliation,
    r.independent AS independent,
    r.role AS role,
    r.page AS page,
    r.source_text AS source_text
FROM persons r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_footnotes AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    n.table_number AS table_number,
    n.marker AS marker,
    n.text AS text,
    n.kind AS kind,
    marked.line_number AS line_number,
    n.page AS page,
    n.kinds AS kinds
FROM footnotes n
JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN footnote_lines marked ON marked.extraction_id = n.extraction_id AND marked.note_number = n.number
""",
    """
CREATE VIEW v_sub_quantities AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    n.table_number AS table_number,
    n.marker AS marker,
    marked.line_number AS line_number,
    CAST(r.tonnes AS {number}) AS tonnes,
    CAST(r.tonnage AS {number}) AS tonnage,
    r.tonnage_unit AS tonnage_unit,
    CAST(r.grade AS {number}) AS grade,
    r.grade_unit AS grade_unit,
    r.commodity AS commodity,
    r.page AS page,
    r.source_text AS source_text,
    CAST(r.grade_ppm AS {number}) AS grade_ppm
FROM sub_quantities r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN footnotes n ON n.extraction_id = r.extraction_id AND n.number = r.note_number
LEFT JOIN footnote_lines marked ON marked.extraction_id = n.extraction_id AND marked.note_number = n.number
""",
    """
CREATE VIEW v_claims AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.kind AS kind,
    r.text AS text,
    r.estimate_type AS estimate_type,
    r.category AS category,
    r.commodity AS commodity,
    CAST(r.tonnes AS {number}) AS tonnes,
    CAST(r.grade AS {number}) AS grade,
    r.grade_unit AS grade_unit,
    CAST(r.contained AS {number}) AS contained,
    r.contained_unit AS contained_unit,
    CAST(r.percent AS {number}) AS percent,
    r.outcome AS outcome,
    r.explanation AS explanation,
    r.page AS page,
    r.source_text AS source_text,
    r.material AS material,
    CAST(r.years AS {number}) AS years,
    r.malformed AS malformed
FROM claims r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_findings AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.rule AS rule,
    r.severity AS severity,
    r.message AS finding,
    r.page AS page,
    r.source_text AS source_text
FROM findings r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_statements AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.about AS about,
    r.value AS value,
    r.page AS page,
    r.source_text AS source_text
FROM statements r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_equivalences AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.commodity AS equivalent,
    r.formula AS formula,
    term.commodity AS commodity,
    CAST(term.price AS {number}) AS price,
    term.price_currency AS price_currency,
    term.price_unit AS price_unit,
    CAST(term.recovery AS {number}) AS recovery,
    r.page AS page,
    r.source_text AS source_text
FROM equivalences r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN equivalence_terms term ON term.extraction_id = r.extraction_id AND term.equivalence_number = r.number
""",
    """
CREATE VIEW v_cells AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.table_number AS table_number,
    r.grid_row AS grid_row,
    r.grid_column AS grid_column,
    r.use AS use,
    r.reason AS reason,
    r.page AS page,
    r.source_text AS source_text
FROM cell_accounts r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_decisions AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.decision_id AS decision_id,
    r.estimate_id AS estimate_id,
    r.action AS action,
    r.decided_by AS decided_by,
    r.decided_at AS decided_at,
    r.why AS why,
    l.estimate_id IS NULL AS reopened
FROM decisions r
JOIN filings f ON f.filing_id = r.filing_id
LEFT JOIN extractions x ON x.filing_id = f.filing_id AND x.superseded_at IS NULL
LEFT JOIN estimate_lines l ON l.extraction_id = x.extraction_id AND l.estimate_id = r.estimate_id
    AND l.fingerprint = r.fingerprint
""",
)
"""CREATE VIEW statements; {number} is the type of numbers in a view."""

NAMES = (
    "v_estimates",
    "v_held",
    "v_checks",
    "v_filings",
    "v_cutoffs",
    "v_qualified_persons",
    "v_footnotes",
    "v_sub_quantities",
    "v_claims",
    "v_findings",
    "v_statements",
    "v_equivalences",
    "v_cells",
    "v_decisions",
)


def upgrade() -> None:
    """Makes the views."""
    number = "REAL" if op.get_bind().dialect.name == "sqlite" else "NUMERIC"
    for statement in VIEWS:
        op.execute(statement.strip().replace("{number}", number))


def downgrade() -> None:
    """Drops them, those first that others are read by."""
    for name in reversed(NAMES):
        op.execute(f"DROP VIEW {name}")
