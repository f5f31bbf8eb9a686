"""A batch that is disturbed, and what the database holds after it."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from models.records import METADATA
from pipeline.database import open_database
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from tests.database.views import rows_of


def fill(folder: Path, fixtures: Path, filings: int = 6) -> Path:
    """A folder of so many different filings, one of them in two places, and one that cannot be read."""
    folder.mkdir()
    releases = cycle(p for p in sorted((fixtures / "releases").iterdir()) if p.suffix in {".txt", ".html"})
    for number, release in zip(range(1, filings), releases, strict=False):
        content = release.read_bytes() + b"\n" * number  # another filing each time round
        (folder / f"{number}-{release.name}").write_bytes(content)
    (folder / f"again-{release.name}").write_bytes(content)
    (folder / "empty.pdf").write_bytes(b"")
    return folder


def read_all(url: str, folder: Path) -> None:
    """An ingest of the folder."""
    engine = open_database(url)
    ingest(engine, list(find_files([folder])), workers=1)
    engine.dispose()


def contents(url: str) -> dict[str, list[str]]:
    """Every row of every table but the log of runs, without the moments of writing."""
    engine = open_database(url)
    with engine.connect() as connection:
        found = {
            name: sorted(
                str({column: value for column, value in row.items() if not column.endswith("_at")})
                for row in rows_of(connection, name)
            )
            for name in METADATA.tables.keys() - {"runs", "run_filings"}
        }
    engine.dispose()
    return found
