"""The data dictionary, rendered from the views: `python -m models.dictionary > models/data_dictionary.md`."""

from __future__ import annotations

import sys

from models.view import View
from models.views import VIEWS

HEAD = """# Data dictionary

The views that research staff query, on SQLite and PostgreSQL alike. Made by `python -m models.dictionary`; a test keeps
it equal to the code.

One row states one fact. A figure stands as printed beside the same quantity in canonical units: tonnes, parts per
million, kilograms. What a document does not state is NULL. Truth values are true and false, on SQLite 1 and 0. Dates
are ISO text, 2019-07 where no day is printed. Numbers are NUMERIC on PostgreSQL and REAL on SQLite; the columns that
end in `_printed` keep the printed digits.
"""


def dictionary() -> str:
    """The data dictionary as Markdown: each view, what one row of it states, and what each column means."""
    return "\n".join([HEAD, *map(_section, VIEWS)])


def _section(view: View) -> str:
    rows = (f"| {column.name} | {column.description.replace('|', chr(92) + '|')} |" for column in view.columns)
    return "\n".join([f"## {view.name}", "", view.description, "", "| Column | Meaning |", "| --- | --- |", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(dictionary())
