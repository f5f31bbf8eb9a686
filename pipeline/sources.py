"""Files where they lie: what a listing says of them, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pipeline.errors import UnreadableSourceError

LARGEST = 256 << 20
"""Bytes of a file, or of a member of an archive; it is held in memory."""

_PIECE = 16 << 20
"""Bytes that are asked for at once: room is made for them before they come."""

UNKNOWN = -1
"""The size of a file whose server does not tell it: nothing says that it is unchanged, so each run reads it."""


class Source(Protocol):
    """A file as it is listed, on this machine or elsewhere (pipeline/remote.py).

    ``uri`` is its address, ``name`` its name without folders, ``byte_size`` may be UNKNOWN; ``modified_ns``, in
    nanoseconds, and ``etag`` are None where the place does not give them.
    """

    @property
    def uri(self) -> str:
        """Its address."""

    @property
    def name(self) -> str:
        """Its name without folders."""

    @property
    def byte_size(self) -> int:
        """Its size in bytes, or UNKNOWN."""

    @property
    def modified_ns(self) -> int | None:
        """When it was modified, in nanoseconds since 1970."""

    @property
    def etag(self) -> str | None:
        """What its server says to tell one content from another."""

    def open(self) -> BinaryIO:
        """The file, for reading anywhere in it; raises UnreadableSourceError where it is gone."""

    def read(self) -> bytes:
        """All its bytes; raises UnreadableSourceError where it is gone."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file on this machine; ``uri`` is its address, ``file:///folder/name``."""

    path: Path
    uri: str
    byte_size: int
    modified_ns: int | None
    etag: str | None = None

    @property
    def name(self) -> str:
        """Its name without folders."""
        return self.path.name

    def open(self) -> BinaryIO:
        """The file; raises UnreadableSourceError where it is gone."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise self._unreadable(error) from None

    def read(self) -> bytes:
        """All its bytes; raises UnreadableSourceError where it is gone."""
        with self.open() as file:
            try:
                return read_to_end(file)
            except OSError as error:
                raise self._unreadable(error) from None

    def _unreadable(self, error: OSError) -> UnreadableSourceError:
        return UnreadableSourceError(f"{printable(str(self.path))}: the disk does not give it: {error.strerror}")


@dataclass(frozen=True, slots=True)
class MissingFile:
    """What a listing names and gives no bytes, with the reason: it is told as failed when its turn comes."""

    uri: str
    name: str
    reason: str
    byte_size: int = 0
    modified_ns: int | None = None
    etag: str | None = None

    def open(self) -> BinaryIO:
        """Raises UnreadableSourceError."""
        raise UnreadableSourceError(self.reason)

    def read(self) -> bytes:
        """Raises UnreadableSourceError."""
        raise UnreadableSourceError(self.reason)


def read_whole(source: Source) -> bytes:
    """The file's bytes; raises UnreadableSourceError where it is gone, or has more than LARGEST."""
    if source.byte_size > LARGEST:
        raise UnreadableSourceError(f"{source.uri}: has {source.byte_size:,} bytes, more than {LARGEST:,}")
    content = source.read()
    if len(content) > LARGEST:
        raise UnreadableSourceError(f"{source.uri}: has more than {LARGEST:,} bytes")
    return content


def read_to_end(file: BinaryIO) -> bytes:
    """The bytes of a file up to its end, but no more than one beyond LARGEST: it may have grown since it was listed.

    A web server that does not tell a file's length sends it piece by piece, and a read gives one piece.
    """
    pieces, room = [], LARGEST + 1
    while piece := file.read(min(room, _PIECE)):
        pieces.append(piece)
        room -= len(piece)
    return b"".join(pieces)


def is_address(word: str) -> bool:
    """Whether a word names its protocol, like ``s3://bucket/folder``; a file:// address is a path of this machine."""
    return "://" in word and not word.startswith("file:")


def local_path(word: str) -> Path:
    """The path that a word names, ``/folder/name`` or ``file:///folder/name``."""
    return Path(url2pathname(urlsplit(word).path)) if word.startswith("file://") else Path(word)


def printable(name: str) -> str:
    """The name with a mark for what no database or log takes: bytes of no encoding, control characters."""
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in whole)
