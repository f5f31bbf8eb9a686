"""Makes the tables and views that answer questions across filings: who is who, what is current, what changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NUMBER = sa.Numeric().with_variant(sa.Text(), "sqlite")
CURRENT = sa.text("is_headline AND standing IN ('current', 'undated')")

VIEWS = (
    """
CREATE VIEW v_current_estimates AS
SELECT
    s.issuer_id AS issuer_id,
    i.name AS issuer,
    s.project_id AS project_id,
    p.name AS project,
    s.estimate_type AS estimate_type,
    s.category AS category,
    s.commodity AS commodity,
    s.zone AS zone,
    s.material AS material,
    s.is_total AS is_total,
    CAST(s.tonnes AS {number}) AS tonnes,
    CAST(s.grade AS {number}) AS grade,
    s.grade_unit AS grade_unit,
    CAST(s.grade_ppm AS {number}) AS grade_ppm,
    CAST(s.contained AS {number}) AS contained,
    s.contained_unit AS contained_unit,
    CAST(s.contained_kg AS {number}) AS contained_kg,
    s.cutoff AS cutoff,
    s.effective_date AS effective_date,
    s.qualified_persons AS qualified_persons,
    s.as_of_date AS as_of_date,
    s.dated_by AS dated_by,
    s.standing AS standing,
    s.alternatives AS alternatives,
    s.held_lines AS held_lines,
    s.later_filing_id AS later_filing_id,
    s.filing_id AS filing_id,
    f.filename AS filename,
    s.page AS page,
    s.estimate_id AS estimate_id,
    s.label AS label,
    s.status AS status
FROM stated_estimates s
JOIN filings f ON f.filing_id = s.filing_id
LEFT JOIN entities i ON i.entity_id = s.issuer_id
LEFT JOIN entities p ON p.entity_id = s.project_id
WHERE s.is_headline AND s.standing IN ('current', 'undated')
""",
    """
CREATE VIEW v_estimate_lines AS
SELECT
    s.issuer_id AS issuer_id,
    i.name AS issuer,
    s.project_id AS project_id,
    p.name AS project,
    s.estimate_type AS estimate_type,
    s.category AS category,
    s.commodity AS commodity,
    s.zone AS zone,
    s.material AS material,
    s.is_total AS is_total,
    CAST(s.tonnes AS {number}) AS tonnes,
    CAST(s.grade AS {number}) AS grade,
    s.grade_unit AS grade_unit,
    CAST(s.grade_ppm AS {number}) AS grade_ppm,
    CAST(s.contained AS {number}) AS contained,
    s.contained_unit AS contained_unit,
    CAST(s.contained_kg AS {number}) AS contained_kg,
    s.cutoff AS cutoff,
    s.effective_date AS effective_date,
    s.qualified_persons AS qualified_persons,
    (SELECT {list}(told.note, ' ') FROM (
        SELECT CASE n.marker WHEN '' THEN n.text ELSE n.marker || ': ' || n.text END AS note FROM footnotes n
        LEFT JOIN footnote_lines m ON m.extraction_id = n.extraction_id AND m.note_number = n.number
        WHERE n.extraction_id = s.extraction_id AND n.table_number = s.table_number
            AND (m.line_number IS NULL OR m.line_number = s.line_number)
        ORDER BY n.number) told) AS notes,
    s.as_of_date AS as_of_date,
    s.dated_by AS dated_by,
    s.standing AS standing,
    s.is_headline AS is_headline,
    s.alternatives AS alternatives,
    s.held_lines AS held_lines,
    s.later_filing_id AS later_filing_id,
    s.superseded_by AS superseded_by,
    s.filing_id AS filing_id,
    f.filename AS filename,
    s.page AS page,
    s.estimate_id AS estimate_id,
    s.label AS label,
    s.status AS status,
    s.release_date AS release_date,
    s.table_number AS table_number,
    s.line_number AS line_number,
    s.deposit_id AS deposit_id,
    l.source_text AS source_text
FROM stated_estimates s
JOIN filings f ON f.filing_id = s.filing_id
LEFT JOIN entities i ON i.entity_id = s.issuer_id
LEFT JOIN entities p ON p.entity_id = s.project_id
JOIN estimate_lines l ON l.extraction_id = s.extraction_id AND l.estimate_id = s.estimate_id
""",
    """
CREATE VIEW v_estimate_history AS
SELECT
    s.issuer_id AS issuer_id,
    i.name AS issuer,
    s.project_id AS project_id,
    p.name AS project,
    s.estimate_type AS estimate_type,
    s.category AS category,
    s.commodity AS commodity,
    s.zone AS zone,
    s.material AS material,
    s.is_total AS is_total,
    s.as_of_date AS as_of_date,
    s.dated_by AS dated_by,
    s.standing AS standing,
    CAST(s.tonnes AS {number}) AS tonnes,
    CAST(s.grade AS {number}) AS grade,
    s.grade_unit AS grade_unit,
    CAST(s.grade_ppm AS {number}) AS grade_ppm,
    CAST(s.contained AS {number}) AS contained,
    s.contained_unit AS contained_unit,
    CAST(s.contained_kg AS {number}) AS contained_kg,
    s.cutoff AS cutoff,
    b.as_of_date AS previous_as_of_date,
    CAST(b.tonnes AS {number}) AS previous_tonnes,
    CAST(b.grade_ppm AS {number}) AS previous_grade_ppm,
    CAST(b.contained_kg AS {number}) AS previous_contained_kg,
    b.cutoff AS previous_cutoff,
    ROUND(CAST(s.tonnes AS {number}) - CAST(b.tonnes AS {number}), 6) AS tonnes_change,
    ROUND(CAST(s.grade_ppm AS {number}) - CAST(b.grade_ppm AS {number}), 6) AS grade_ppm_change,
    ROUND(CAST(s.contained_kg AS {number}) - CAST(b.contained_kg AS {number}), 6) AS contained_kg_change,
    ROUND(100 * (CAST(s.tonnes AS {number}) - CAST(b.tonnes AS {number}))
        / NULLIF(CAST(b.tonnes AS {number}), 0), 2) AS tonnes_change_percent,
    ROUND(100 * (CAST(s.contained_kg AS {number}) - CAST(b.contained_kg AS {number}))
        / NULLIF(CAST(b.contained_kg AS {number}), 0), 2) AS contained_change_percent,
    s.alternatives AS alternatives,
    s.superseded_by AS superseded_by,
    b.filing_id AS previous_filing_id,
    s.filing_id AS filing_id,
    f.filename AS filename,
    s.page AS page,
    s.estimate_id AS estimate_id,
    s.label AS label,
    s.status AS status
FROM stated_estimates s
JOIN filings f ON f.filing_id = s.filing_id
LEFT JOIN entities i ON i.entity_id = s.issuer_id
LEFT JOIN entities p ON p.entity_id = s.project_id
LEFT JOIN stated_estimates b ON b.estimate_id = s.previous_estimate_id AND b.position = s.previous_position
WHERE s.is_headline
""",
    """
CREATE VIEW v_missing_disclosure AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    k.entity_id AS issuer_id,
    i.name AS issuer,
    d.iso AS release_date,
    r.rule AS rule,
    r.severity AS severity,
    r.message AS missing
FROM findings r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN dates d ON d.extraction_id = r.extraction_id AND d.kind = 'release'
LEFT JOIN printed_names n ON n.extraction_id = r.extraction_id AND n.kind = 'issuer'
LEFT JOIN entity_keys k ON k.key_id = n.key_id
LEFT JOIN entities i ON i.entity_id = k.entity_id
WHERE r.message LIKE '%; searched: %'
""",
    """
CREATE VIEW v_issuers AS
SELECT
    e.entity_id AS issuer_id,
    e.name AS issuer,
    e.tickers AS tickers,
    (SELECT {list}(named.printed, '; ') FROM (
        SELECT DISTINCT n.printed FROM entity_keys k JOIN printed_names n ON n.key_id = k.key_id
        JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
        WHERE k.entity_id = e.entity_id ORDER BY n.printed) named) AS printed_names,
    e.filings AS filings,
    e.first_date AS first_date,
    e.last_date AS last_date
FROM entities e
LEFT JOIN entities o ON o.entity_id = e.owner_id
LEFT JOIN entities oo ON oo.entity_id = o.owner_id
WHERE e.kind = 'issuer'
""",
    """
CREATE VIEW v_projects AS
SELECT
    e.entity_id AS project_id,
    e.name AS project,
    o.entity_id AS issuer_id,
    o.name AS issuer,
    (SELECT {list}(named.printed, '; ') FROM (
        SELECT DISTINCT n.printed FROM entity_keys k JOIN printed_names n ON n.key_id = k.key_id
        JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
        WHERE k.entity_id = e.entity_id ORDER BY n.printed) named) AS printed_names,
    e.filings AS filings,
    e.first_date AS first_date,
    e.last_date AS last_date
FROM entities e
LEFT JOIN entities o ON o.entity_id = e.owner_id
LEFT JOIN entities oo ON oo.entity_id = o.owner_id
WHERE e.kind = 'project'
""",
    """
CREATE VIEW v_deposits AS
SELECT
    e.entity_id AS deposit_id,
    e.name AS deposit,
    o.entity_id AS project_id,
    o.name AS project,
    oo.entity_id AS issuer_id,
    oo.name AS issuer,
    (SELECT {list}(named.printed, '; ') FROM (
        SELECT DISTINCT n.printed FROM entity_keys k JOIN printed_names n ON n.key_id = k.key_id
        JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
        WHERE k.entity_id = e.entity_id ORDER BY n.printed) named) AS printed_names,
    e.filings AS filings,
    e.first_date AS first_date,
    e.last_date AS last_date
FROM entities e
LEFT JOIN entities o ON o.entity_id = e.owner_id
LEFT JOIN entities oo ON oo.entity_id = o.owner_id
WHERE e.kind = 'deposit'
""",
    """
CREATE VIEW v_people AS
SELECT
    e.entity_id AS person_id,
    e.name AS person,
    (SELECT {list}(named.printed, '; ') FROM (
        SELECT DISTINCT n.printed FROM entity_keys k JOIN printed_names n ON n.key_id = k.key_id
        JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
        WHERE k.entity_id = e.entity_id ORDER BY n.printed) named) AS printed_names,
    e.filings AS filings,
    e.first_date AS first_date,
    e.last_date AS last_date
FROM entities e
LEFT JOIN entities o ON o.entity_id = e.owner_id
LEFT JOIN entities oo ON oo.entity_id = o.owner_id
WHERE e.kind = 'person'
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
    ik.entity_id AS issuer_id,
    i.name AS issuer,
    pk.entity_id AS project_id,
    p.name AS project,
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.page AS page
FROM persons r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN entity_keys k ON k.key_id = r.person_id
JOIN entities e ON e.entity_id = k.entity_id
LEFT JOIN printed_names n ON n.extraction_id = r.extraction_id AND n.kind = 'issuer'
LEFT JOIN entity_keys ik ON ik.key_id = n.key_id
LEFT JOIN entities i ON i.entity_id = ik.entity_id
LEFT JOIN printed_names m ON m.extraction_id = r.extraction_id AND m.kind = 'project'
LEFT JOIN entity_keys pk ON pk.key_id = m.key_id
LEFT JOIN entities p ON p.entity_id = pk.entity_id
""",
    """
CREATE VIEW v_names AS
SELECT
    n.kind AS kind,
    n.printed AS printed_name,
    k.entity_id AS entity_id,
    e.name AS name,
    k.key_id AS key_id,
    f.filing_id AS filing_id,
    f.filename AS filename
FROM printed_names n
JOIN entity_keys k ON k.key_id = n.key_id
JOIN entities e ON e.entity_id = k.entity_id
JOIN extractions x ON x.extraction_id = n.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
""",
    """
CREATE VIEW v_entity_decisions AS
SELECT
    d.decision_id AS decision_id,
    d.kind AS kind,
    d.action AS action,
    d.entity_id AS entity_id,
    d.other_id AS other_id,
    d.name AS name,
    d.decided_by AS decided_by,
    d.decided_at AS decided_at,
    d.why AS why
FROM entity_decisions d
""",
)
"""The CREATE VIEW statements; {number} is the type of numbers in a view, {list} puts texts in a row."""

SPELLED = {
    "sqlite": {"{number}": "REAL", "{list}": "group_concat"},
    "postgresql": {"{number}": "NUMERIC", "{list}": "string_agg"},
}


def upgrade() -> None:
    """Makes the tables with their indexes, then the views."""
    op.create_table(
        "entity_keys",
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_entity_keys"),
    )
    op.create_index("ix_entity_keys_entity_id", "entity_keys", ["entity_id"])
    op.create_table(
        "printed_names",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["entity_keys.key_id"], name="fk_printed_names_entity_keys"),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_printed_names_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_printed_names"),
    )
    op.create_index("ix_printed_names_key_id", "printed_names", ["key_id"])
    op.create_table(
        "entities",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tickers", sa.Text(), nullable=True),
        sa.Column("filings", sa.Integer(), nullable=False),
        sa.Column("first_date", sa.Text(), nullable=True),
        sa.Column("last_date", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entity_id", name="pk_entities"),
    )
    op.create_index("ix_entities_kind_name", "entities", ["kind", "name"])
    op.create_index("ix_entities_owner_id", "entities", ["owner_id"])
    op.create_table(
        "entity_decisions",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_entity_decisions"),
    )
    op.create_index("ix_entity_decisions_entity_id", "entity_decisions", ["entity_id"])
    op.create_table(
        "stated_estimates",
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("issuer_id", sa.Text(), nullable=True),
        sa.Column("project_id", sa.Text(), nullable=True),
        sa.Column("deposit_id", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Text(), nullable=True),
        sa.Column("dated_by", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("later_filing_id", sa.Text(), nullable=True),
        sa.Column("is_headline", sa.Boolean(), nullable=False),
        sa.Column("alternatives", sa.Integer(), nullable=False),
        sa.Column("held_lines", sa.Integer(), nullable=False),
        sa.Column("previous_estimate_id", sa.Text(), nullable=True),
        sa.Column("previous_position", sa.Integer(), nullable=True),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("estimate_type", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("material", sa.Text(), nullable=True),
        sa.Column("is_total", sa.Boolean(), nullable=False),
        sa.Column("tonnage", NUMBER, nullable=True),
        sa.Column("tonnage_unit", sa.Text(), nullable=True),
        sa.Column("tonnes", NUMBER, nullable=True),
        sa.Column("commodity", sa.Text(), nullable=True),
        sa.Column("grade", NUMBER, nullable=True),
        sa.Column("grade_unit", sa.Text(), nullable=True),
        sa.Column("grade_ppm", NUMBER, nullable=True),
        sa.Column("contained", NUMBER, nullable=True),
        sa.Column("contained_unit", sa.Text(), nullable=True),
        sa.Column("contained_kg", NUMBER, nullable=True),
        sa.Column("cutoff", sa.Text(), nullable=True),
        sa.Column("qualified_persons", sa.Text(), nullable=True),
        sa.Column("effective_date", sa.Text(), nullable=True),
        sa.Column("release_date", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_stated_estimates_filings"),
        sa.PrimaryKeyConstraint("estimate_id", "position", name="pk_stated_estimates"),
    )
    op.create_index(
        "ix_stated_estimates_current",
        "stated_estimates",
        ["commodity", "category"],
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )
    op.create_index("ix_stated_estimates_deposit_id", "stated_estimates", ["deposit_id"])
    op.create_index("ix_stated_estimates_filing_id", "stated_estimates", ["filing_id"])
    op.create_index("ix_stated_estimates_issuer_id", "stated_estimates", ["issuer_id"])
    op.create_index("ix_stated_estimates_project_id", "stated_estimates", ["project_id"])
    op.create_index("ix_findings_rule", "findings", ["rule"])
    for view in VIEWS:
        op.execute(_spelled(view))


def downgrade() -> None:
    """Drops them."""
    for view in reversed(VIEWS):
        op.execute(f"DROP VIEW {view.split()[2]}")
    op.drop_index("ix_findings_rule", "findings")
    op.drop_table("stated_estimates")
    op.drop_table("entity_decisions")
    op.drop_table("entities")
    op.drop_table("printed_names")
    op.drop_table("entity_keys")


def _spelled(view: str) -> str:
    for word, meaning in SPELLED[op.get_bind().dialect.name].items():
        view = view.replace(word, meaning)
    return view.strip()
