"""Says of which kind the names beside estimates are, so that a question about all projects reads no deposits."""

from __future__ import annotations

from collections.abc import Sequence

from alembic import op

from migrations.versions.m0010_research import SPELLED
from migrations.versions.m0013_indexes import CHANGED

revision = "0019"
down_revision = "0018"

BEFORE = tuple(view.replace("\nJOIN filings f", "\nLEFT JOIN filings f") for view in CHANGED)
"""The views of estimates as 0013 left them."""
KINDS = (
    ("i.entity_id = s.issuer_id", "i.entity_id = s.issuer_id AND i.kind = 'issuer'"),
    ("p.entity_id = s.project_id", "p.entity_id = s.project_id AND p.kind = 'project'"),
)

# PostgreSQL alone, and none of the models: SQLite would take it for names that a question does not even ask for.
COVERING = "CREATE INDEX own_entity_names ON entities (kind, entity_id) INCLUDE (name)"


def upgrade() -> None:
    """Makes the views anew, and the index that has all that they want of a name."""
    _make([_told(view) for view in BEFORE])
    if _on_server():
        op.execute(COVERING)


def downgrade() -> None:
    """Drops the index, and makes the views as they were."""
    if _on_server():
        op.execute("DROP INDEX own_entity_names")
    _make(BEFORE)


def _told(view: str) -> str:
    for old, new in KINDS:
        view = view.replace(old, new)
    return view


def _make(views: Sequence[str]) -> None:
    for view in views:
        for word, meaning in SPELLED[op.get_bind().dialect.name].items():
            view = view.replace(word, meaning)  # noqa: PLW2901  the same view in the words of this database
        op.execute(f"DROP VIEW {view.split()[2]}")
        op.execute(view.strip())


def _on_server() -> bool:
    return op.get_bind().dialect.name == "postgresql"
