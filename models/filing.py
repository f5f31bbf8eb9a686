"""A filing: the bytes as they were filed, and what the source says about them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from propcache.api import cached_property


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """What a manifest states of a filing, None where it does not; ``stated_by`` names the manifest and its line.

    Dates are ISO text. ``filing_type`` is as written, ``document_type`` what it means for orebook.
    """

    stated_by: str
    issuer: str | None = None
    sedar_profile: str | None = None
    filing_type: str | None = None
    document_type: str | None = None
    language: str | None = None
    filed_date: str | None = None
    release_date: str | None = None
    effective_date: str | None = None
    report_date: str | None = None


@dataclass(frozen=True)
class Filing:
    """One filed document.

    ``content`` are its bytes; ``source_uri`` tells where they were found, and is no part of what the filing is:
    the same bytes in another place are the same filing. ``etag`` is what a server says to tell one content at that
    place from another, ``stated`` what a manifest states of the filing.
    """

    filename: str
    source_uri: str
    content: bytes
    etag: str | None = None
    stated: StatedFacts | None = None

    @cached_property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the bytes, which identifies the filing."""
        return sha256(self.content).hexdigest()
