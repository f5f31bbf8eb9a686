"""Files at addresses that fsspec opens (s3, gs, http and others): how they are listed, and what a listing says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from glob import has_magic
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from pipeline.errors import SourceNotFoundError, UnreadableSourceError
from pipeline.sources import UNKNOWN, MissingFile, Source, read_to_end, read_whole

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

DEEPEST_FOLDER = 32
"""Folders within one another that are followed on a web server, where a link may lead back up."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at an address that fsspec opens; ``in_parts`` is False where its server gives it only as a whole."""

    uri: str
    byte_size: int
    modified_ns: int | None
    etag: str | None
    in_parts: bool = True

    @property
    def name(self) -> str:
        """Its name without folders, and without what a web address asks behind it."""
        return _name(self.uri)

    def open(self) -> BinaryIO:
        """The file, for reading anywhere in it; raises UnreadableSourceError where its server does not give it."""
        if self.byte_size == UNKNOWN or not self.in_parts:
            return BytesIO(read_whole(self))
        return cast(BinaryIO, BufferedReader(_InOurWords(self.uri, self._opened())))

    def read(self) -> bytes:
        """All its bytes; no more are taken than a file may have, whatever its server said of its size."""
        with _in_our_words(self.uri), self._opened() as file:
            return read_to_end(file)

    def _opened(self) -> Any:
        filesystem, path = _filesystem(self.uri)
        with _in_our_words(self.uri):
            return filesystem.open(path, "rb")


class _InOurWords(RawIOBase):
    """A file of fsspec whose errors are OSErrors, as those of a file on disk are."""

    def __init__(self, uri: str, file: Any) -> None:
        self._uri, self._file = uri, file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any) -> int:
        try:
            with _in_our_words(self._uri):
                read: bytes = self._file.read(len(buffer))
        except UnreadableSourceError as error:
            raise OSError(str(error)) from None
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        self._file.close()
        super().close()


def list_remote(address: str, suffixes: frozenset[str]) -> Iterator[Source]:
    """The file at an address, whatever its name; of a folder or a pattern the files with these suffixes, by address.

    A folder of a web server ends in a slash. Raises SourceNotFoundError where there is nothing, or where no package
    for the protocol is installed.
    """
    filesystem, path = _filesystem(address)
    with _in_our_words(address):
        one = None if address.endswith("/") else _info(filesystem, path)
        if one and one["type"] == "file":
            yield _remote(filesystem, one)
            return
        listed = _listing(filesystem, path, address)
        if not listed:
            raise SourceNotFoundError(f"{address}: there is no such file or folder")
        for name in sorted(listed):
            if PurePosixPath(urlsplit(name).path if _is_web(name) else name).suffix.lower() in suffixes:
                yield _listed(filesystem, name, listed[name])


def _listed(filesystem: AbstractFileSystem, name: str, info: Mapping[str, Any]) -> Source:
    """A file of a listing. Web pages list names only; one that its server refuses costs its neighbours nothing."""
    if info.get("size") is not None:
        return _remote(filesystem, info)
    uri = filesystem.unstrip_protocol(name)
    try:
        with _in_our_words(uri):
            asked = _info(filesystem, name)
    except (SourceNotFoundError, UnreadableSourceError) as error:
        return MissingFile(uri, _name(uri), str(error))
    return _remote(filesystem, asked) if asked else MissingFile(uri, _name(uri), f"{uri}: there is no such file")


def _listing(filesystem: AbstractFileSystem, path: str, address: str) -> dict[str, Mapping[str, Any]]:
    depth = {"maxdepth": DEEPEST_FOLDER} if _is_web(address) else {}
    found = filesystem.glob(path, detail=True) if has_magic(path) else filesystem.find(path, detail=True, **depth)
    return {name: info for name, info in found.items() if info["type"] == "file" and ".." not in name.split("/")}


def _info(filesystem: AbstractFileSystem, path: str) -> Mapping[str, Any] | None:
    try:
        return cast(Mapping[str, Any], filesystem.info(path))
    except FileNotFoundError as error:
        if error.__cause__ and not has_magic(path):  # a server that does not answer is no missing file
            raise SourceNotFoundError(f"{path}: cannot be reached: {error.__cause__}") from None
        return None


def _remote(filesystem: AbstractFileSystem, info: Mapping[str, Any]) -> RemoteFile:
    size, etag = info.get("size"), info.get("ETag") or info.get("etag")
    uri = filesystem.unstrip_protocol(info["name"])
    in_parts = not _is_web(uri) or bool(info.get("partial"))
    return RemoteFile(
        uri, UNKNOWN if size is None else int(size), _modified_ns(info), str(etag) if etag else None, in_parts
    )


def _modified_ns(info: Mapping[str, Any]) -> int | None:
    """The time of modification; each protocol of fsspec calls it by a name of its own, and gives a type of its own."""
    for name in ("mtime", "LastModified", "last_modified", "updated", "Last-Modified", "created"):
        match info.get(name):
            case int() | float() as seconds:
                return int(seconds * 1e9)
            case datetime() as moment:
                return _nanoseconds(moment)
            case str() as text:
                return _nanoseconds(parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text))
    return None


def _nanoseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1_000_000) * 1000


def _name(uri: str) -> str:
    return unquote(PurePosixPath(urlsplit(uri).path).name) if _is_web(uri) else uri.rpartition("/")[2]


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _filesystem(address: str) -> tuple[AbstractFileSystem, str]:
    from fsspec.core import url_to_fs  # a run over local files must not pay for it

    if "::" in address:
        raise SourceNotFoundError(
            f"{address}: chained addresses are not read; the members of an archive are found in it"
        )
    if urlsplit(address).password:
        raise SourceNotFoundError(
            "an address holds a password, which the database would keep; give it to fsspec instead"
        )
    try:
        return cast("tuple[AbstractFileSystem, str]", url_to_fs(address))
    except (ImportError, ValueError) as error:  # fsspec's message names the package, or the protocol that it knows not
        raise SourceNotFoundError(f"{address}: cannot be opened here: {error}") from None


@contextmanager
def _in_our_words(address: str) -> Iterator[None]:
    """Each protocol's package has errors of its own, with no root in common but Exception."""
    try:
        yield
    except (SourceNotFoundError, UnreadableSourceError):
        raise
    except Exception as error:  # noqa: BLE001
        reason = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
        raise UnreadableSourceError(f"{address}: its source does not give it: {reason}") from None
