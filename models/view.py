"""What a public view is made of, and the SQL that creates it."""

from __future__ import annotations

from dataclasses import dataclass

_SPELLED = {
    "sqlite": {"{number}": "REAL", "{list}": "group_concat"},
    "postgresql": {"{number}": "NUMERIC", "{list}": "string_agg"},
}
"""What the databases call the type of numbers, and the function that puts texts in a row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view: its name, the SQL expression that gives it, and what it means."""

    name: str
    expression: str
    description: str


@dataclass(frozen=True, slots=True)
class View:
    """A public view. ``source`` is its SQL from FROM on; ``description`` says what one row states."""

    name: str
    description: str
    columns: tuple[Column, ...]
    source: str

    def create(self, dialect: str) -> str:
        """The CREATE VIEW statement for this dialect, "sqlite" or "postgresql"."""
        columns = ",\n".join(f"    {column.expression} AS {column.name}" for column in self.columns)
        return spelled(f"CREATE VIEW {self.name} AS\nSELECT\n{columns}\n{self.source.strip()}", dialect)


def spelled(statement: str, dialect: str) -> str:
    """The statement in the words of this dialect, "sqlite" or "postgresql"."""
    for word, meaning in _SPELLED[dialect].items():
        statement = statement.replace(word, meaning)
    return statement


def number(expression: str) -> str:
    """The expression as a number that SQL compares and sums: an exact column is text on SQLite."""
    return f"CAST({expression} AS {{number}})"


def current(table: str, alias: str = "r", then: str = "") -> str:
    """The rows of a table that the current extraction ``x`` of its filing ``f`` gave, and what ``then`` joins."""
    return f"""
FROM {table} {alias}
JOIN extractions x ON x.extraction_id = {alias}.extraction_id AND x.superseded_at IS NULL
JOIN filings f ON f.filing_id = x.filing_id
{then.strip()}"""


FILING = (
    Column("filing_id", "f.filing_id", "The filing; see v_filings."),
    Column("filename", "f.filename", "Name of the filed document."),
)
STATED = "LEFT JOIN manifest_facts s ON s.filing_id = f.filing_id\n"
"""Joins what a manifest states of a filing, which counts before what its document was read as."""

FIGURES = """
LEFT JOIN line_metals m ON m.extraction_id = r.extraction_id AND m.estimate_id = r.estimate_id
LEFT JOIN line_figures t ON t.extraction_id = r.extraction_id AND t.estimate_id = r.estimate_id
    AND t.position = 0 AND t.role = 'tonnage' AND t.printing = 1
LEFT JOIN line_figures g ON g.extraction_id = r.extraction_id AND g.estimate_id = r.estimate_id
    AND g.position = m.position AND g.role = 'grade' AND g.printing = 1
LEFT JOIN line_figures c ON c.extraction_id = r.extraction_id AND c.estimate_id = r.estimate_id
    AND c.position = m.position AND c.role = 'contained' AND c.printing = 1
""".lstrip()
"""Joins the metals of the estimate lines ``r`` as m, and the figures first printed: tonnage t, grade g, metal c."""

ISSUER = (
    Column("issuer", "COALESCE(s.issuer, x.issuer)", "Who filed: as a manifest states it, else as printed."),
    Column("project", "x.project", "The mine or project, as printed."),
)
PAGE = Column("page", "r.page", "Page, counted from 1; NULL where the source has no pages.")
SOURCE_TEXT = Column("source_text", "r.source_text", "The printed text that the row was read from.")
