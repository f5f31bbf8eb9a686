"""Keeps the figures that table notes state: prices, recoveries, densities, dilution, exchange rates, minimum widths."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0001_tables import EXACT, quote
from migrations.versions.m0010_research import SPELLED

revision = "0020"
down_revision = "0019"

VIEW = """
CREATE VIEW v_note_figures AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    n.table_number AS table_number,
    n.marker AS marker,
    r.about AS about,
    CAST(r.value AS {number}) AS value,
    CAST(r.value_max AS {number}) AS value_max,
    r.unit AS unit,
    r.commodity AS commodity,
    r.page AS page,
    r.source_text AS source_text
FROM note_figures r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
JOIN footnotes n ON n.extraction_id = r.extraction_id AND n.number = r.note_number
"""


def upgrade() -> None:
    """Makes the table and its view."""
    op.create_table(
        "note_figures",
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("note_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("value", EXACT, nullable=False),
        sa.Column("value_max", EXACT, nullable=True),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("commodity", sa.Text(), nullable=True),
        *quote(),
        sa.ForeignKeyConstraint(
            ["extraction_id", "note_number"],
            ["footnotes.extraction_id", "footnotes.number"],
            name="fk_note_figures_footnotes",
        ),
        sa.PrimaryKeyConstraint("extraction_id", "note_number", "number", name="pk_note_figures"),
    )
    view = VIEW.strip()
    for word, meaning in SPELLED[op.get_bind().dialect.name].items():
        view = view.replace(word, meaning)
    op.execute(view)


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP VIEW v_note_figures")
    op.drop_table("note_figures")
