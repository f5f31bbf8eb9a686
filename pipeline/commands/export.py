"""`orebook export`: the public views as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.commands.options import database_option


@click.command()
@click.argument("views", nargs=-1, metavar="[VIEW]...")
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the files."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="Form of the files.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=3600.0,
    show_default=True,
    help="How long a view of SQLite, or a batch of 5,000 rows of PostgreSQL, may take.",
)
@database_option
def export(views: tuple[str, ...], folder: Path, form: str, seconds: float, url: str) -> None:
    """Write public views as files, one each: orebook export v_estimates v_held --out FOLDER.

    All views are written where none is named; models/data_dictionary.md describes them. A file appears whole or not at
    all, and replaces the one of an earlier export.

    CSV and JSON Lines (jsonl) have the digits that the database gives; an empty cell of CSV is NULL or an empty text.
    Parquet has exact decimals from PostgreSQL and doubles from SQLite, whose numbers are such; the printed digits are
    text in the columns that end in _printed. Parquet needs the extra orebook[parquet].
    """
    from pipeline.database import exists
    from pipeline.errors import DatabaseError
    from pipeline.export import export as write

    if not exists(url):
        raise DatabaseError(f"{url}: there is no such database; the first ingest makes it")
    for written in write(url, views, folder, form, seconds):
        click.echo(f"{written.path}: {written.rows} rows")
