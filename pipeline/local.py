"""Finds the files that a path of this machine names: a file, a folder with those in it, a pattern."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import glob, has_magic
from operator import attrgetter
from os.path import splitext
from pathlib import Path
from stat import S_ISREG

from pipeline.errors import SourceNotFoundError
from pipeline.sources import LocalFile, MissingFile, Source, local_path, printable


def list_local(word: str, suffixes: frozenset[str]) -> Iterator[Source]:
    """The file at a path, whatever its name; of a folder the files with these suffixes, by name.

    A path that is not there may be a pattern. A link to a folder is followed, and each folder is listed once, however
    many links lead to it. What cannot be listed is a file without bytes, with its reason. Raises SourceNotFoundError
    where there is nothing.
    """
    listed: set[Path] = set()
    for path in _named(word):
        yield from _in_folder(path, suffixes, listed) if path.is_dir() else _at(path)


def _named(word: str) -> list[Path]:
    path = local_path(word)
    try:
        path.stat()
        return [_resolved(path)]
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last of a name with a zero byte
        fitting = sorted(glob(str(path), recursive=True)) if has_magic(str(path)) else []  # noqa: PTH207  may be absolute
    except OSError as error:  # a folder that may not be entered, a loop of links, too long a name
        raise SourceNotFoundError(f"{printable(word)}: cannot be looked at: {error.strerror}") from None
    if not fitting:
        raise SourceNotFoundError(f"{printable(word)}: there is no such file or folder")
    return [_resolved(Path(name)) for name in fitting]


def _resolved(path: Path) -> Path:
    """The path without links; one that leads nowhere, or to a shell's pipe, stays and is told by its own name."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):  # the second, before Python 3.13, of a link to itself
        return path.absolute()


def _in_folder(folder: Path, suffixes: frozenset[str], listed: set[Path]) -> Iterator[Source]:
    if folder in listed:
        return
    listed.add(folder)
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError as error:
        yield MissingFile(folder.as_uri(), folder.name, f"{printable(str(folder))}: cannot be listed: {error.strerror}")
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(path, suffixes, listed)
        elif entry.is_symlink() and path.is_dir():
            yield from _in_folder(path.resolve(), suffixes, listed)
        elif splitext(entry.name)[1].lower() in suffixes:  # noqa: PTH122  a Path's suffix takes twice as long
            yield from _at(path)


def _at(path: Path) -> Iterator[Source]:
    """The file at a path, or why it gives no bytes; nothing where it went away since it was listed."""
    reason = "is a pipe, a socket or a device, and no file"  # which might never end
    try:
        stat = path.stat()
        if S_ISREG(stat.st_mode):
            yield LocalFile(path, path.as_uri(), stat.st_size, stat.st_mtime_ns)
            return
    except FileNotFoundError:
        if not path.is_symlink():
            return
        reason = "is a link that leads nowhere"
    except OSError as error:
        reason = f"the disk does not give it: {error.strerror}"
    yield MissingFile(path.as_uri(), path.name, f"{printable(str(path))}: {reason}")
