"""Makes the tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def quote() -> list[sa.Column[object]]:
    """The columns that say what was printed, and where."""
    return [
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("x0", sa.Double(), nullable=True),
        sa.Column("top", sa.Double(), nullable=True),
        sa.Column("x1", sa.Double(), nullable=True),
        sa.Column("bottom", sa.Double(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
    ]


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "filings",
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("byte_size", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("filing_id", name="pk_filings"),
        sa.UniqueConstraint("sha256", name="uq_filings_sha256"),
    )
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("re_extracted", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_runs"),
    )
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_decisions_filings"),
        sa.PrimaryKeyConstraint("decision_id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_estimate_id_fingerprint", "decisions", ["estimate_id", "fingerprint"])
    op.create_table(
        "extractions",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("extractor_version", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("extracted_at", MOMENT, nullable=False),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("document_type", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("tickers", sa.Text(), nullable=True),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_extractions_filings"),
        sa.PrimaryKeyConstraint("extraction_id", name="pk_extractions"),
        sa.UniqueConstraint("filing_id", "extractor_version", name="uq_extractions_filing_id_extractor_version"),
    )
    op.create_index(
        "uq_extractions_current",
        "extractions",
        ["filing_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "locations",
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("byte_size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.filing_id"], name="fk_locations_filings"),
        sa.PrimaryKeyConstraint("source_uri", name="pk_locations"),
    )
    op.create_index("ix_locations_filing_id", "locations", ["filing_id"])
    op.create_table(
        "claims",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("estimate_type", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("material", sa.Text(), nullable=True),
        sa.Column("commodity", sa.Text(), nullable=True),
        sa.Column("tonnage", EXACT, nullable=True),
        sa.Column("tonnage_unit", sa.Text(), nullable=True),
        sa.Column("tonnes", EXACT, nullable=True),
        sa.Column("grade", EXACT, nullable=True),
        sa.Column("grade_unit", sa.Text(), nullable=True),
        sa.Column("contained", EXACT, nullable=True),
        sa.Column("contained_unit", sa.Text(), nullable=True),
        sa.Column("percent", EXACT, nullable=True),
        sa.Column("years", EXACT, nullable=True),
        sa.Column("malformed", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_claims_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_claims"),
    )
    op.create_table(
        "corrections",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", EXACT, nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("canonical", EXACT, nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.decision_id"], name="fk_corrections_decisions"),
        sa.PrimaryKeyConstraint("decision_id", "field", "commodity", name="pk_corrections"),
    )
    op.create_table(
        "cutoffs",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("value_max", EXACT, nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("estimate_types", sa.Text(), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("zones", sa.Text(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_cutoffs_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_cutoffs"),
    )
    op.create_table(
        "dates",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("iso", sa.Text(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_dates_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "kind", name="pk_dates"),
    )
    op.create_table(
        "equivalences",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_equivalences_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_equivalences"),
    )
    op.create_table(
        "estimate_tables",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id"], ["extractions.extraction_id"], name="fk_estimate_tables_extractions"
        ),
        sa.PrimaryKeyConstraint("extraction_id", "table_number", name="pk_estimate_tables"),
    )
    op.create_table(
        "findings",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_findings_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_findings"),
    )
    op.create_table(
        "footnotes",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_footnotes_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_footnotes"),
    )
    op.create_table(
        "persons",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credentials", sa.Text(), nullable=True),
        sa.Column("affiliation", sa.Text(), nullable=True),
        sa.Column("independent", sa.Boolean(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_persons_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_persons"),
    )
    op.create_index("ix_persons_person_id", "persons", ["person_id"])
    op.create_table(
        "statements",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("value", sa.Boolean(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_statements_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_statements"),
    )
    op.create_table(
        "cell_accounts",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("grid_row", sa.Integer(), nullable=False),
        sa.Column("grid_column", sa.Integer(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id", "table_number"],
            ["estimate_tables.extraction_id", "estimate_tables.table_number"],
            name="fk_cell_accounts_estimate_tables",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "table_number", "number", name="pk_cell_accounts"),
    )
    op.create_table(
        "equivalence_terms",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("equivalence_number", sa.Integer(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.Column("price", EXACT, nullable=True),
        sa.Column("price_currency", sa.Text(), nullable=True),
        sa.Column("price_unit", sa.Text(), nullable=True),
        sa.Column("recovery", EXACT, nullable=True),
        sa.ForeignKeyConstraint(
            ["extraction_id", "equivalence_number"],
            ["equivalences.extraction_id", "equivalences.number"],
            name="fk_equivalence_terms_equivalences",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "equivalence_number", "commodity", name="pk_equivalence_terms"),
    )
    op.create_table(
        "estimate_lines",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("grid_row", sa.Integer(), nullable=False),
        sa.Column("grid_group", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("estimate_type", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("material", sa.Text(), nullable=True),
        sa.Column("is_total", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("cutoff_value", EXACT, nullable=True),
        sa.Column("cutoff_printed", sa.Text(), nullable=True),
        sa.Column("cutoff_unit", sa.Text(), nullable=True),
        sa.Column("cutoff_commodity", sa.Text(), nullable=True),
        sa.Column("cutoff_operator", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("assumptions", sa.Text(), nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id", "table_number"],
            ["estimate_tables.extraction_id", "estimate_tables.table_number"],
            name="fk_estimate_lines_estimate_tables",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "estimate_id", name="pk_estimate_lines"),
        sa.UniqueConstraint(
            "extraction_id",
            "table_number",
            "line_number",
            name="uq_estimate_lines_extraction_id_table_number_line_number",
        ),
    )
    op.create_index("ix_estimate_lines_estimate_id", "estimate_lines", ["estimate_id"])
    op.create_table(
        "footnote_lines",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("note_number", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "note_number"],
            ["footnotes.extraction_id", "footnotes.number"],
            name="fk_footnote_lines_footnotes",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "note_number", "line_number", name="pk_footnote_lines"),
    )
    op.create_table(
        "sub_quantities",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("note_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=True),
        sa.Column("tonnage", EXACT, nullable=False),
        sa.Column("tonnage_printed", sa.Text(), nullable=False),
        sa.Column("tonnage_unit", sa.Text(), nullable=False),
        sa.Column("tonnes", EXACT, nullable=True),
        sa.Column("grade", EXACT, nullable=True),
        sa.Column("grade_printed", sa.Text(), nullable=True),
        sa.Column("grade_unit", sa.Text(), nullable=True),
        sa.Column("grade_ppm", EXACT, nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id", "note_number"],
            ["footnotes.extraction_id", "footnotes.number"],
            name="fk_sub_quantities_footnotes",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "note_number", "number", name="pk_sub_quantities"),
    )
    op.create_table(
        "checks",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=True),
        sa.Column("commodity", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reported", EXACT, nullable=True),
        sa.Column("reported_low", EXACT, nullable=True),
        sa.Column("reported_high", EXACT, nullable=True),
        sa.Column("low", EXACT, nullable=True),
        sa.Column("high", EXACT, nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("arithmetic", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("suggestion", sa.Text(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "estimate_id"],
            ["estimate_lines.extraction_id", "estimate_lines.estimate_id"],
            name="fk_checks_estimate_lines",
        ),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_checks_extractions"),
        sa.PrimaryKeyConstraint("extraction_id", "number", name="pk_checks"),
    )
    op.create_table(
        "doubts",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id", "estimate_id"],
            ["estimate_lines.extraction_id", "estimate_lines.estimate_id"],
            name="fk_doubts_estimate_lines",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "estimate_id", "number", name="pk_doubts"),
    )
    op.create_table(
        "line_figures",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("printing", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("step", EXACT, nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("canonical", EXACT, nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id", "estimate_id"],
            ["estimate_lines.extraction_id", "estimate_lines.estimate_id"],
            name="fk_line_figures_estimate_lines",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "estimate_id", "position", "role", "printing", name="pk_line_figures"),
    )
    op.create_table(
        "line_metals",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("estimate_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id", "estimate_id"],
            ["estimate_lines.extraction_id", "estimate_lines.estimate_id"],
            name="fk_line_metals_estimate_lines",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "estimate_id", "position", name="pk_line_metals"),
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("line_metals")
    op.drop_table("line_figures")
    op.drop_table("doubts")
    op.drop_table("checks")
    op.drop_table("sub_quantities")
    op.drop_table("footnote_lines")
    op.drop_index("ix_estimate_lines_estimate_id", table_name="estimate_lines")
    op.drop_table("estimate_lines")
    op.drop_table("equivalence_terms")
    op.drop_table("cell_accounts")
    op.drop_table("statements")
    op.drop_index("ix_persons_person_id", table_name="persons")
    op.drop_table("persons")
    op.drop_table("footnotes")
    op.drop_table("findings")
    op.drop_table("estimate_tables")
    op.drop_table("equivalences")
    op.drop_table("dates")
    op.drop_table("cutoffs")
    op.drop_table("corrections")
    op.drop_table("claims")
    op.drop_index("ix_locations_filing_id", table_name="locations")
    op.drop_table("locations")
    op.drop_index(
        "uq_extractions_current",
        table_name="extractions",
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_table("extractions")
    op.drop_index("ix_decisions_estimate_id_fingerprint", table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("runs")
    op.drop_table("filings")
