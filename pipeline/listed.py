"""Finds the files that a manifest names, each with what the manifest states of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote

from pipeline.errors import ManifestError, SourceNotFoundError, UnreadableSourceError
from pipeline.fetch import Found, find_files, unreadable
from pipeline.manifest import Entry, Manifest, read_manifest
from pipeline.sources import is_address, local_path

_INTO_ARCHIVE = "!/"


def load_manifest(address: str) -> Manifest:
    """The manifest at this path or address; raises ManifestError where it is not there or cannot be read."""
    try:
        files = list(find_files([address]))
        if len(files) != 1:
            raise ManifestError(f"{address}: {len(files)} files lie there; a manifest is one CSV or JSON Lines file")
        return read_manifest(files[0].filename, files[0].load().content)
    except (SourceNotFoundError, UnreadableSourceError) as error:
        raise ManifestError(f"{address}: the manifest cannot be read: {error}") from None


def find_listed(manifest: Manifest, address: str) -> Iterator[Found]:
    """The files that the manifest at this path or address names, in its order; a relative address starts beside it.

    The line of an archive speaks of each of its members, but for those that have a line of their own. A line that is
    broken, names a file that is not there, or states other facts than an earlier line of the same file, is found as one
    unreadable file with its reason.
    """
    place = address if is_address(address) else local_path(address).resolve().as_uri()
    outers = {_outer(entry, place) for entry in manifest.entries if not entry.error}
    listed = {outer: _listing(outer) for outer in outers}
    found: dict[str, Found] = {}
    named: dict[str, Entry] = {}
    for entry in sorted(manifest.entries, key=_speaks_of_member):  # a member's line wins
        lies_there = entry.error or listed[_outer(entry, place)]
        files = [] if isinstance(lies_there, str) else _meant(entry, lies_there)
        for file in files or [_failure(entry, place, lies_there)]:
            before = named.get(file.source_uri)
            if before is None or _speaks_of_member(before) != _speaks_of_member(entry):
                named[file.source_uri] = entry
                found[file.source_uri] = replace(file, stated=entry.stated)
            elif before.contradicts(entry):
                failed = _failure(entry, place, f"line {before.line} states other facts of this file")
                found[failed.source_uri] = failed
    return iter(found.values())


def _speaks_of_member(entry: Entry) -> bool:
    return _INTO_ARCHIVE in entry.address


def with_facts(listed: Iterable[Found], others: Iterable[Found]) -> list[Found]:
    """The files of a manifest, and after them the others that it does not name."""
    found = {file.source_uri: file for file in listed}
    return [*found.values(), *(file for file in others if file.source_uri not in found)]


def _outer(entry: Entry, manifest: str) -> str:
    """The address of the file that an entry names, or of the outermost archive that holds it."""
    outer = entry.address.partition(_INTO_ARCHIVE)[0]
    if outer.startswith("zip:"):  # as orebook writes it: zip:///folder/bulk.zip!/..., zip:s3://bucket/bulk.zip!/...
        outer = outer.removeprefix("zip:")
        return f"file:{outer}" if outer.startswith("/") else outer
    if is_address(outer) or outer.startswith("file:"):
        return outer
    if is_address(manifest):
        return f"{manifest.rpartition('/')[0]}/{outer}"
    return (local_path(manifest).parent / outer).as_uri()


def _listing(address: str) -> list[Found] | str:
    """What lies at an address: one file, or an archive's members; the reason where there is no file."""
    try:
        if address.startswith("file:") and not local_path(address).is_file():
            return "there is no such file"
        return list(find_files([address]))
    except (SourceNotFoundError, UnreadableSourceError) as error:
        return str(error)
    except OSError as error:  # a name that the disk takes for none, too long for instance
        return error.strerror or str(error)


def _meant(entry: Entry, listing: list[Found]) -> list[Found]:
    _, into, inner = entry.address.partition(_INTO_ARCHIVE)
    wanted = inner if entry.address.startswith("zip:") else quote(inner, safe=_INTO_ARCHIVE)
    return [file for file in listing if not into or file.source_uri.partition(_INTO_ARCHIVE)[2] == wanted]


def _failure(entry: Entry, manifest: str, lies_there: list[Found] | str) -> Found:
    reason = lies_there if isinstance(lies_there, str) else "the archive has no such member"
    error = entry.error or f"{entry.stated.stated_by} names {entry.address}: {reason}"
    name = PurePosixPath(entry.address or manifest).name
    return unreadable(f"{manifest}#line={entry.line}", name, UnreadableSourceError(error))
