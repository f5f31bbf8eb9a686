"""The format of a file from its first bytes: a name ending may be wrong or missing."""

from __future__ import annotations

import re
from enum import StrEnum


class Format(StrEnum):
    """What the bytes are, in words for a message."""

    EMPTY = "an empty file"
    PDF = "a PDF"
    HTML = "an HTML page"
    TEXT = "plain text"
    ZIP = "a zip archive or an office document"
    OLE = "an old office document"
    RTF = "a rich text document"
    IMAGE = "a picture"
    GZIP = "a compressed file"
    BINARY = "a file of an unknown binary format"


_MAGIC = (
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"\xd0\xcf\x11\xe0", Format.OLE),
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"\x1f\x8b", Format.GZIP),
)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:table|div|p|h1)[\s>].*</", re.IGNORECASE | re.DOTALL
)


def sniff(content: bytes) -> Format:
    """The format that the first bytes tell; a PDF may have up to a kilobyte of other bytes before its mark."""
    if not content.strip():
        return Format.EMPTY
    start = content[:4096]
    for magic, found in _MAGIC:
        if start.startswith(magic):
            return found
    if b"%PDF-" in start[:1024]:
        return Format.PDF
    if start.startswith(_TEXT_MARKS[1:]):
        return Format.HTML if _TAG.search(start.replace(b"\x00", b"")) else Format.TEXT
    if _TAG.search(start):
        return Format.HTML
    return Format.BINARY if _is_binary(start) else Format.TEXT


def _is_binary(start: bytes) -> bool:
    """Whether the bytes hold control characters that no text has; UTF-16 has zeros at every second byte."""
    zeros = start.count(0)
    if zeros and max(start[::2].count(0), start[1::2].count(0)) == zeros and zeros > len(start) * 0.3:
        return False
    odd = sum(1 for byte in start if byte < 32 and byte not in b"\t\n\r\f\v\x1b")
    return odd > len(start) * 0.01
