"""Reads zip archives in memory, within limits: nothing is unpacked to disk, so no name in one can lead anywhere.

An archive may hold archives. What it promises (counts, sizes, ratios) is checked before anything is unpacked, and no
more is unpacked than it promised.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from os import SEEK_END
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.errors import UnreadableSourceError
from pipeline.sources import LARGEST, Source

LARGEST_DIRECTORY = 32 << 20
"""Bytes of an archive's list of members, which is read as a whole."""

MOST_MEMBERS = 100_000

DEEPEST = 4
"""Archives within one another, the outermost counted."""

HIGHEST_RATIO = 200
"""Unpacked bytes for each packed one. Pages of plain text reach 20; deflate itself ends at 1,032, which bombs use."""

HARMLESS = 4 << 20
"""Bytes of which no ratio is asked: a page of blanks is no bomb."""

_METHODS = (ZIP_STORED, ZIP_DEFLATED)  # zipfile unpacks the others without an upper limit
_ENCRYPTED, _NAME_IS_UTF8 = 0x1, 0x800
_END, _END_64, _LONGEST_END = b"PK\x05\x06", b"PK\x06\x06", 22 + 0xFFFF + 20 + 56
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file where it lies, or one that is the member of another; ``source`` is the outermost file."""

    source: Source
    member: Member | None = None

    @property
    def uri(self) -> str:
        """Its address: ``zip:///folder/outer.zip``, ``zip:s3://bucket/outer.zip!/inner.zip``."""
        return self.member.uri if self.member else f"zip:{self.source.uri.removeprefix('file:')}"

    @property
    def depth(self) -> int:
        """How many archives lead here, this one counted."""
        return 1 + (self.member.archive.depth if self.member else 0)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, known by its number there, because two members may have one name.

    ``checksum`` is what the list of members said of its bytes, by which an archive that was replaced is told.
    """

    archive: Archive
    number: int
    uri: str
    name: str
    byte_size: int
    checksum: int


def list_members(archive: Archive) -> Iterator[Member]:
    """The files of an archive, in its order; raises UnreadableSourceError where it is broken or beyond a limit."""
    if archive.depth > DEEPEST:
        raise UnreadableSourceError(f"{archive.uri}: archives lie {archive.depth} deep in one another; unpack them")
    members = _open(archive).infolist()
    _check_promises(archive, members)
    seen = Counter[str]()
    for number, info in enumerate(members):
        path = _decoded_name(info)
        if path.endswith("/") or "__MACOSX" in path:  # the second holds what macOS notes about files, under their names
            continue
        seen[path] += 1
        again = f"#{seen[path]}" if seen[path] > 1 else ""
        uri = f"{archive.uri}!/{quote(path)}{again}"
        yield Member(archive, number, uri, PurePosixPath(path).name, info.file_size, info.CRC)


def read_member(member: Member) -> bytes:
    """The bytes of a member; raises UnreadableSourceError where it is broken, encrypted or beyond a limit."""
    archive = _open(member.archive)
    info = _listed(member, archive)
    _check_promise(member, info)
    try:
        return archive.read(info)
    except _BROKEN as error:
        raise UnreadableSourceError(f"{member.uri}: the archive does not give it: {error}") from None


def _listed(member: Member, archive: ZipFile) -> ZipInfo:
    """What the archive says of a member now; a long run may open it again hours after it listed it."""
    for info in archive.infolist()[member.number : member.number + 1]:
        if (info.file_size, info.CRC) == (member.byte_size, member.checksum):
            return info
    raise UnreadableSourceError(f"{member.uri}: the archive was replaced while the run was at work; run it again")


@lru_cache(maxsize=DEEPEST)
def _open(archive: Archive) -> ZipFile:
    """The archive with its directory; kept for the members that follow, since a directory may be long."""
    source = BytesIO(read_member(archive.member)) if archive.member else archive.source.open()
    try:
        if _directory_size(source) > LARGEST_DIRECTORY:
            raise UnreadableSourceError(f"{archive.uri}: its list of members is longer than {LARGEST_DIRECTORY} bytes")
        return ZipFile(source)
    except _BROKEN as error:
        raise UnreadableSourceError(f"{archive.uri}: is no whole zip archive: {error}") from None


def _directory_size(source: BinaryIO) -> int:
    """Bytes of the list of members as the archive's end states it (APPNOTE 4.3.14 and 4.3.16), before it is read."""
    source.seek(-min(source.seek(0, SEEK_END), _LONGEST_END), SEEK_END)
    tail = source.read()
    end, end_64 = tail.rfind(_END), tail.rfind(_END_64)
    if end_64 >= 0:
        return int(struct.unpack_from("<Q", tail, end_64 + 40)[0])
    return int(struct.unpack_from("<L", tail, end + 12)[0]) if end >= 0 else 0


def _check_promises(archive: Archive, members: list[ZipInfo]) -> None:
    """The limits on the whole; members may share their packed bytes, so that only the sum tells such a bomb."""
    if len(members) > MOST_MEMBERS:
        raise UnreadableSourceError(f"{archive.uri}: has {len(members):,} members, more than {MOST_MEMBERS:,}")
    packed, unpacked = _outermost_size(archive), sum(info.file_size for info in members)
    if unpacked > max(HARMLESS, packed * HIGHEST_RATIO):
        raise UnreadableSourceError(
            f"{archive.uri}: would unpack {packed:,} bytes to {unpacked:,}; it looks like a bomb"
        )


def _outermost_size(archive: Archive) -> int:
    """Bytes of the file in which all lies, counted where it is open: not every server tells them in its listing."""
    if archive.member:
        return _outermost_size(archive.member.archive)
    return cast(BinaryIO, _open(archive).fp).seek(0, SEEK_END)


def _check_promise(member: Member, info: ZipInfo) -> None:
    if info.file_size > LARGEST:
        reason = f"unpacks to {info.file_size:,} bytes, more than {LARGEST:,}"
    elif info.file_size > max(HARMLESS, info.compress_size * HIGHEST_RATIO):
        reason = f"would unpack {info.compress_size:,} bytes to {info.file_size:,}; it looks like a bomb"
    elif info.flag_bits & _ENCRYPTED:
        reason = "is encrypted; unpack the archive with its password"
    elif info.compress_type not in _METHODS:
        reason = f"is packed by method {info.compress_type}, which is not read; unpack the archive"
    else:
        return
    raise UnreadableSourceError(f"{member.uri}: {reason}")


def _decoded_name(info: ZipInfo) -> str:
    """A member's path. Where the archive does not say that it is UTF-8, the bytes tell.

    Programs write UTF-8 without saying so, DOS code page 850 or Windows-1252. The accented letters of English and
    French lie at 0xC0 and above in Windows-1252, and nearly all below in code page 850.
    """
    name = info.orig_filename.partition("\0")[0]
    if not info.flag_bits & _NAME_IS_UTF8:
        printed = name.encode("cp437")  # zipfile decoded them by this page, which loses none
        try:
            name = printed.decode()
        except UnicodeDecodeError:
            windows = all(byte < 0x80 or byte >= 0xC0 for byte in printed)
            name = printed.decode("cp1252" if windows else "cp850")
    return name.replace("\\", "/")
