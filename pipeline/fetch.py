"""Finds the filings under the paths that a run is given: files, folders, patterns and zip archives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from glob import glob, has_magic
from pathlib import Path, PurePath

from models.filing import Filing
from pipeline.archives import LARGEST, Archive, Member, list_members, read_member
from pipeline.errors import SourceNotFoundError, UnreadableSourceError

SUFFIXES = frozenset({".pdf", ".htm", ".html", ".xhtml", ".txt"})
"""What is taken from a folder or an archive; a file named outright is taken whatever its name."""

ARCHIVES = frozenset({".zip"})
FROM_INPUT = "-"
"""The word that stands for paths on standard input, one a line."""


@dataclass(frozen=True, slots=True)
class Found:
    """What may be a filing, as the disk or an archive lists it; ``read`` gives its bytes when they are asked for.

    ``modified_ns`` is that of the file, or of the archive that holds it: a member of an unchanged archive is unchanged.
    """

    source_uri: str
    filename: str
    byte_size: int
    modified_ns: int
    read: Callable[[], bytes]

    def load(self) -> Filing:
        """Read the bytes; raises UnreadableSourceError where the disk or the archive does not give them."""
        return Filing(self.filename, self.source_uri, self.read())


def named_paths(words: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """The paths that a command is given; ``-`` stands for those on the lines, where empty lines are none."""
    for word in words:
        if word == FROM_INPUT:
            yield from filter(None, (line.rstrip("\r\n") for line in lines))
        else:
            yield word


def find_files(paths: Iterable[str | Path]) -> Iterator[Found]:
    """The files that the paths name: each file itself, and what folders and archives hold, by name.

    A path that is not there may be a pattern of the shell's kind, with ``**`` for folders of any depth. A file that two
    paths name comes once. Raises SourceNotFoundError for a path that is not there, and a pattern that fits none.
    """
    seen: set[Path] = set()
    for file in (file for path in paths for start in _named(path) for file in _under(start)):
        if file not in seen:
            seen.add(file)
            yield from _found(file)


def _named(path: str | Path) -> list[Path]:
    if Path(path).exists():
        return [Path(path).resolve()]
    fitting = sorted(glob(str(path), recursive=True)) if has_magic(str(path)) else []  # noqa: PTH207  it may be absolute
    if not fitting:
        raise SourceNotFoundError(f"{path}: there is no such file or folder")
    return [Path(name).resolve() for name in fitting]


def _under(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in SUFFIXES | ARCHIVES and file.is_file():
            yield file


def _found(file: Path) -> Iterator[Found]:
    try:
        stat = file.stat()
    except OSError:  # it went away since it was listed
        return
    if file.suffix.lower() in ARCHIVES:
        yield from _in_archive(Archive(file, stat.st_size, stat.st_mtime_ns))
    else:
        read = partial(_read_file, file, stat.st_size)
        yield Found(file.as_uri(), _printable(file.name), stat.st_size, stat.st_mtime_ns, read)


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
        name = _printable(archive.member.name if archive.member else archive.path.name)
        yield Found(archive.uri, name, archive.byte_size, archive.modified_ns, partial(_refuse, error))


def _found_member(member: Member) -> Found:
    read = partial(read_member, member)
    return Found(member.uri, _printable(member.name), member.byte_size, member.archive.modified_ns, read)


def _read_file(file: Path, byte_size: int) -> bytes:
    if byte_size > LARGEST:
        raise UnreadableSourceError(f"{file}: has {byte_size:,} bytes, more than {LARGEST:,}")
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{file}: the disk does not give it: {error.strerror}") from None


def _refuse(error: UnreadableSourceError) -> bytes:
    raise error


def _printable(name: str) -> str:
    """The name with a mark for what no database or log takes: bytes of no encoding, control characters."""
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in whole)
