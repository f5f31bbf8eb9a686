"""The report of a run: one HTML and one Markdown page for those who did not watch it."""
