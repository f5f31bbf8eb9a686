"""Finds the filings under the paths that a run is given: files, folders, patterns, zip archives, here or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from os.path import splitext
from pathlib import Path, PurePath

from models.filing import Filing, StatedFacts
from pipeline.archives import Archive, Member, list_members, read_member
from pipeline.errors import SourceNotFoundError, UnreadableSourceError
from pipeline.local import list_local
from pipeline.sources import MissingFile, Source, is_address, printable, read_whole

SUFFIXES = frozenset({".pdf", ".htm", ".html", ".xhtml", ".txt"})
"""What is taken from a folder or an archive; a file named outright is taken whatever its name."""

ARCHIVES = frozenset({".zip"})
FROM_INPUT = "-"
"""The word that stands for paths on standard input, one a line."""


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a filing, as its place or an archive lists it; ``read`` gives its bytes when they are asked for.

    ``modified_ns`` and ``etag`` are those of the file, or of the archive that holds it: a member of an unchanged
    archive is unchanged. Each is None where the place does not give it. ``stated`` is what a manifest states of it.
    """

    source_uri: str
    filename: str
    byte_size: int
    modified_ns: int | None
    read: Callable[[], bytes]
    etag: str | None = None
    stated: StatedFacts | None = None

    def load(self) -> Filing:
        """Read the bytes; raises UnreadableSourceError where the disk or the archive does not give them."""
        return self.holding(self.read())

    def holding(self, content: bytes) -> Filing:
        """The filing of these bytes, as it lies here."""
        return Filing(self.filename, self.source_uri, content, self.etag, self.stated)


def unreadable(source_uri: str, filename: str, error: UnreadableSourceError) -> Found:
    """A file that gives no bytes, for this reason; it is told as failed when its turn comes."""
    return Found(source_uri, printable(filename), 0, None, partial(_refuse, error))


def find_files(paths: Iterable[str | Path], lines: Iterable[str] = ()) -> Iterator[Found]:
    """The files that the paths name: each file itself, and what folders and archives hold, by name.

    A path may be an address that fsspec opens, ``s3://bucket/folder``. One that is not there may be a pattern of the
    shell's kind, with ``**`` for folders of any depth. A file that two paths name comes once. Raises
    SourceNotFoundError for a path that is not there, and a pattern that fits none.

    ``-`` stands for the paths on the lines. One of them that is not there is a file without bytes: the program that
    listed them did so a while ago.
    """
    seen: set[str] = set()
    for path in paths:
        for source in _on_lines(lines) if path == FROM_INPUT else _sources(str(path)):
            if source.uri not in seen:
                seen.add(source.uri)
                yield from _found(source)


def _on_lines(lines: Iterable[str]) -> Iterator[Source]:
    for number, line in enumerate(lines, 1):
        if word := line.rstrip("\r\n"):
            try:
                yield from _sources(word)
            except (SourceNotFoundError, UnreadableSourceError) as error:
                yield MissingFile(f"{FROM_INPUT}#line={number}", PurePath(word).name, str(error))


def _sources(word: str) -> Iterator[Source]:
    if is_address(word):
        from pipeline.remote import list_remote  # fsspec takes 0.15 s to import: a run over local files need not pay

        return list_remote(word, SUFFIXES | ARCHIVES)
    return list_local(word, SUFFIXES | ARCHIVES)


def _found(source: Source) -> Iterator[Found]:
    if splitext(source.name)[1].lower() in ARCHIVES:  # noqa: PTH122  a Path for each file would take twice as long
        yield from _in_archive(Archive(source))
    else:
        yield _as_found(source, source.uri, source.name, source.byte_size, partial(read_whole, source))


def _in_archive(archive: Archive) -> Iterator[Found]:
    """The filings of an archive and of those in it; one that cannot be listed is found as one unreadable file."""
    try:
        for member in list_members(archive):
            suffix = PurePath(member.name).suffix.lower()
            if suffix in ARCHIVES:
                yield from _in_archive(replace(archive, member=member))
            elif suffix in SUFFIXES:
                yield _found_member(member)
    except UnreadableSourceError as error:
        name = archive.member.name if archive.member else archive.source.name
        yield _as_found(archive.source, archive.uri, name, archive.source.byte_size, partial(_refuse, error))


def _found_member(member: Member) -> Found:
    return _as_found(member.archive.source, member.uri, member.name, member.byte_size, partial(read_member, member))


def _as_found(source: Source, uri: str, name: str, byte_size: int, read: Callable[[], bytes]) -> Found:
    return Found(uri, printable(name), byte_size, source.modified_ns, read, source.etag)


def _refuse(error: UnreadableSourceError) -> bytes:
    raise error
