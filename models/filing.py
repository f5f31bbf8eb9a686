"""A filing: the bytes as they were filed, and what the source says about them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Filing:
    """One filed document.

    ``content`` are its bytes; ``source_uri`` tells where they were found, and is no part of what the filing is:
    the same bytes in another place are the same filing.
    """

    filename: str
    source_uri: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the bytes, which identifies the filing."""
        return sha256(self.content).hexdigest()
