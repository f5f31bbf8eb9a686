"""The bytes of a filing, from the places that the database names, and only where they are the bytes that were read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from pipeline.errors import SourceNotFoundError, UnreadableSourceError
from pipeline.fetch import Found, find_files
from pipeline.sources import is_address, local_path

_NAMED = """
SELECT source_uri, 0 AS later FROM v_filings WHERE filing_id = :id
UNION SELECT source_uri, 1 FROM v_locations WHERE filing_id = :id
ORDER BY later, source_uri LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A filing's document: its name, the hash of its bytes, and its addresses, the last one first."""

    filename: str
    sha256: str
    addresses: tuple[str, ...]


def named_source(connection: Connection, filing_id: str) -> Source | None:
    """The document of a filing as the database names it; None where there is no such filing."""
    query = text("SELECT filename, sha256 FROM v_filings WHERE filing_id = :id")
    found = connection.execute(query, {"id": filing_id}).first()
    if found is None:
        return None
    addresses = connection.execute(text(_NAMED), {"id": filing_id})
    return Source(found.filename, found.sha256, tuple(dict.fromkeys(row.source_uri for row in addresses)))


def load(source: Source) -> bytes:
    """The document's bytes; raises UnreadableSourceError where no address gives those that were read."""
    for address in source.addresses:
        for found in _listed(address):
            if found.source_uri == address and (content := _content(found, source.sha256)) is not None:
                return content
    raise UnreadableSourceError(
        f"{source.filename}: the file is gone or has changed since it was read; put it back, or ingest it where it is"
    )


def _listed(address: str) -> list[Found]:
    """What stands at an address: the file, or all members of the archive that holds it."""
    place = address.partition("!/")[0].removeprefix("zip:")
    place = f"file:{place}" if place.startswith("//") else place
    name = place if is_address(place) else str(local_path(place))
    try:
        return list(find_files([name])) if is_address(name) or Path(name).is_file() else []
    except (SourceNotFoundError, UnreadableSourceError):
        return []


def _content(found: Found, sha256: str) -> bytes | None:
    """The bytes, or None where they are others than were read."""
    try:
        filing = found.load()
    except UnreadableSourceError:
        return None
    return filing.content if filing.sha256 == sha256 else None
