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
    type=click.Choice(["csv", "jsonl", "parquet", "minmod", "datasette"]),
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

    minmod writes the current estimates as mineral_sites.json, in the MineralSite form of the critical-minerals tools
    (CriticalMAAS), and says what that form cannot carry. datasette writes metadata.json, with which Datasette shows
    what views and columns mean and has the questions of models/questions.md ready. Both take no names of views.
    """
    from pipeline.database import exists
    from pipeline.errors import DatabaseError
    from pipeline.export import export as write

    if not exists(url):
        raise DatabaseError(f"{url}: there is no such database; the first ingest makes it")
    if views and form in ("minmod", "datasette"):
        raise click.UsageError(f"--format {form} takes no names of views: it knows what it needs")
    if form == "minmod":
        _export_sites(url, folder, seconds)
    elif form == "datasette":
        _export_metadata(url, folder)
    else:
        for written in write(url, views, folder, form, seconds):
            click.echo(f"{written.path}: {written.rows} rows")


def _export_sites(url: str, folder: Path, seconds: float) -> None:
    from pipeline.minmod import export_sites, not_carried

    written = export_sites(url, folder, seconds)
    click.echo(f"{written.path}: {written.sites} sites, {written.inventories} inventories")
    for lack in not_carried(written):
        click.echo(lack, err=True)


def _export_metadata(url: str, folder: Path) -> None:
    from pipeline.datasette import export_metadata

    path, database = export_metadata(url, folder)
    click.echo(f"{path}: look at the database by: datasette {database} --metadata {path}")
