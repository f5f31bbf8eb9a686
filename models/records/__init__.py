"""The SQL schema, one class a table. Research staff read the views (models/views.py), never these tables.

A filing has one extraction for each version of the extractor that read it; at most one of them is current (its
``superseded_at`` is NULL), the others are history. What an extraction read hangs below it and is never changed.
A reviewer's decision hangs below the filing, beside the extractions, so that it outlives every one of them.
"""

from models.columns import Record
from models.records import context, decisions, estimates, filings, findings, research, texts  # noqa: F401 - of METADATA

METADATA = Record.metadata
"""All tables of this package."""
