"""Makes the table of printed texts that staff search, its view, and each database's index of words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

VIEW = """
CREATE VIEW v_texts AS
SELECT
    f.filing_id AS filing_id,
    f.filename AS filename,
    r.text_id AS text_id,
    r.kind AS kind,
    r.printed AS text,
    r.page AS page,
    r.words AS words
FROM texts r
JOIN extractions x ON x.extraction_id = r.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
"""

# The words are told apart by pipeline.search: here a space parts them, and nothing else.
SQLITE = (
    """
CREATE VIRTUAL TABLE text_search USING fts5(
    words, content = 'texts', content_rowid = 'text_id', tokenize = "unicode61 remove_diacritics 2 tokenchars '-./_'")
""",
    """
CREATE TRIGGER text_search_insert AFTER INSERT ON texts BEGIN
    INSERT INTO text_search (rowid, words) VALUES (new.text_id, new.words);
END
""",
    """
CREATE TRIGGER text_search_delete AFTER DELETE ON texts BEGIN
    INSERT INTO text_search (text_search, rowid, words) VALUES ('delete', old.text_id, old.words);
END
""",
)

# PostgreSQL's own parser takes 43-101 for 43 and -101. The function has the name and the result of SQLite's index, so
# that one SQL serves both; it asks the view, which those may read who may not read the table.
POSTGRES = (
    """
CREATE INDEX text_search_words ON texts USING gin (array_to_tsvector(string_to_array(words, ' ')))
""",
    """
CREATE FUNCTION text_search(query text) RETURNS TABLE (rowid bigint) LANGUAGE sql STABLE AS $$
    SELECT text_id FROM v_texts
    WHERE array_to_tsvector(string_to_array(words, ' ')) @@ (
        SELECT CAST(string_agg(
            quote_literal(rtrim(word[1], '*')) || CASE WHEN right(word[1], 1) = '*' THEN ':*' ELSE '' END, ' & '
        ) AS tsquery)
        FROM regexp_matches(
            translate(lower(replace(query, '"*', '*')), 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy'),
            '[[:alnum:]_]+(?:[-./][[:alnum:]_]+)*[*]?', 'g') AS word)
$$
""",
)


def upgrade() -> None:
    """Makes the table and the view, then the index."""
    op.create_table(
        "texts",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("extraction_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["extraction_id"], ["extractions.extraction_id"], name="fk_texts_extractions"),
        sa.PrimaryKeyConstraint("text_id", name="pk_texts"),
    )
    op.create_index("ix_texts_extraction_id", "texts", ["extraction_id"])
    op.execute(VIEW.strip())
    for statement in SQLITE if _on_sqlite() else POSTGRES:
        op.get_bind().exec_driver_sql(statement.strip())  # its colons are no parameters


def downgrade() -> None:
    """Drops them; SQLite's triggers go with their table."""
    if _on_sqlite():
        op.execute("DROP TABLE text_search")
    else:
        op.execute("DROP FUNCTION text_search")
    op.execute("DROP VIEW v_texts")
    op.drop_table("texts")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
