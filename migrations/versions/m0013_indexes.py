"""Makes indexes that answer questions about current estimates, and lets views do without what is not asked."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from migrations.versions.m0010_research import SPELLED
from migrations.versions.m0010_research import VIEWS as BEFORE

revision = "0013"
down_revision = "0012"

CURRENT = sa.text("is_headline AND standing IN ('current', 'undated')")
CHANGED = tuple(view for view in BEFORE if "FROM stated_estimates s\nJOIN filings f" in view)
INDEXES = (("filings", "filename"), ("entities", "name"))
CURRENT_INDEXES = (("current_material", ["material"]), ("current_date", ["as_of_date"]))
# SQLite alone, and none of the models: what is asked most lies together. 7,000 rows in as many places of a file of
# 2 GB took twice the time. PostgreSQL takes no row of an index over 2,700 bytes, and a line may name many persons.
COVERING = """
CREATE INDEX own_current_estimates ON stated_estimates (
    commodity, category, estimate_type, project_id, tonnes, grade, grade_unit, contained, contained_unit, cutoff,
    effective_date, qualified_persons)
WHERE is_headline AND standing IN ('current', 'undated')
"""


def upgrade() -> None:
    """Makes the views anew, and the indexes."""
    _make([view.replace("\nJOIN filings f", "\nLEFT JOIN filings f") for view in CHANGED])
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for name, columns in CURRENT_INDEXES:
        op.create_index(
            f"ix_stated_estimates_{name}", "stated_estimates", columns, sqlite_where=CURRENT, postgresql_where=CURRENT
        )
    if _on_sqlite():
        op.execute(COVERING.strip())


def downgrade() -> None:
    """Drops the indexes, and makes the views as they were."""
    if _on_sqlite():
        op.execute("DROP INDEX own_current_estimates")
    for name, _ in CURRENT_INDEXES:
        op.drop_index(f"ix_stated_estimates_{name}", "stated_estimates")
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
    _make(CHANGED)


def _make(views: Sequence[str]) -> None:
    for view in views:
        op.execute(f"DROP VIEW {view.split()[2]}")
        op.execute(_spelled(view))


def _spelled(view: str) -> str:
    for word, meaning in SPELLED[op.get_bind().dialect.name].items():
        view = view.replace(word, meaning)
    return view.strip()


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
