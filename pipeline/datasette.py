"""What Datasette shows of a SQLite file of ours: the views with their meaning, and the questions as canned queries."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sqlalchemy import make_url

from models.records import METADATA
from models.views import VIEWS
from pipeline.errors import ExportError
from pipeline.export import whole_file
from pipeline.questions import questions


def export_metadata(url: str, folder: Path) -> tuple[Path, Path]:
    """Writes metadata.json for this database into the folder, and gives its path beside that of the database.

    Raises ExportError for a database that is no SQLite file: Datasette opens no other.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise ExportError("Datasette opens SQLite files only: name one with --db sqlite:///orebook.db")
    database, path = Path(address.database), folder / "metadata.json"
    with whole_file(path) as unfinished:
        unfinished.write_text(metadata(database.stem), encoding="utf-8")
    return path, database


def metadata(name: str) -> str:
    """Datasette's metadata of a database of this name, as JSON; the tables behind the views are hidden."""
    hidden = {table: {"hidden": True} for table in (*METADATA.tables, "alembic_version")}
    views = {
        view.name: {
            "description": view.description,
            "columns": {column.name: column.description for column in view.columns},
        }
        for view in VIEWS
    }
    queries = {_slug(question.title): {"title": question.title, "sql": question.sql} for question in questions()}
    database = {"description": "Resource and reserve estimates", "tables": {**hidden, **views}, "queries": queries}
    return json.dumps({"title": "orebook", "databases": {name: database}}, ensure_ascii=False, indent=1) + "\n"


def _slug(title: str) -> str:
    """A question as part of an address."""
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold()))
