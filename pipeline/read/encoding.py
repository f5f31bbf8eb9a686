"""Bytes to text: the encoding is read from the bytes, and what a file says of itself is checked against them."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from pipeline.errors import UnreadableFilingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_AS_BROWSERS_READ = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}
"""The encodings that browsers read as Windows' own: who declares Latin-1 means cp1252 (WHATWG Encoding, labels)."""

_LIKELY = ["cp1252", "mac_roman", "cp850"]
_LIKELY_WIDE = ["utf_16_le", "utf_16_be"]
_MOST_CONTROLS = 0.01


def decode(content: bytes, filename: str) -> str:
    """The text of the bytes, by byte order mark, strict UTF-8, declaration, or the likeliest encoding.

    UTF-8 goes before a declaration: other text hardly ever is valid UTF-8 by chance.
    Raises UnreadableFilingError where no encoding fits.
    """
    for encoding in (*_marked(content), "utf-8", *_declared(content), *_likely(content)):
        text = _decoded(content, encoding)
        if text is not None:
            return text
    raise UnreadableFilingError(f"{filename}: no known text encoding fits its bytes; save it as UTF-8 and try again")


def _marked(content: bytes) -> list[str]:
    """The encoding that the byte order mark names."""
    return [encoding for mark, encoding in _MARKS if content.startswith(mark)][:1]


def _declared(content: bytes) -> list[str]:
    """The encoding that the first kilobytes declare, as a browser understands the name."""
    found = _DECLARED.search(content[:4096])
    if not found:
        return []
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return []
    return [_AS_BROWSERS_READ.get(name.replace("iso8859-1", "iso-8859-1"), name)]


def _likely(content: bytes) -> list[str]:
    """The encodings that give readable words, the likeliest first, among those that English and French are kept in."""
    likely = _LIKELY_WIDE if b"\x00" in content else _LIKELY
    return [match.encoding for match in charset_normalizer.from_bytes(content, cp_isolation=likely)]


def _decoded(content: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes are not of this encoding or hold control characters in it."""
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    text = text.removeprefix("\ufeff")
    return None if _control_share(text) > _MOST_CONTROLS else text


def _control_share(text: str) -> float:
    """Share of characters that no text has; much of it tells a binary or a wrong encoding."""
    return sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in text) / max(len(text), 1)
