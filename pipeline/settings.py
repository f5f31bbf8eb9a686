"""What a run is told from outside: the database's address, and the version of what reads and checks."""

from __future__ import annotations

import os
import shutil
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

DATABASE_VARIABLE = "OREBOOK_DB"
PAGES_VARIABLE = "OREBOOK_PAGES"
DEFAULT_DATABASE = "sqlite:///orebook.db"

DEFAULT_WORKERS = os.cpu_count() or 1
TIME_LIMIT = 900
"""Seconds that one filing may take before its worker is ended and the filing marked as failed.

A release takes one or two; this is for a hundred scanned pages, at 3 to 8 seconds each.
"""

MEMORY_LIMIT = 4 << 30
"""Bytes of data that a worker may hold before its filing is marked as failed."""

PATIENCE = 300
"""Seconds that a run waits for its database to come back: a server that restarts or fails over takes less."""

_ROOT = Path(__file__).parent.parent  # the packages lie side by side; to ask for one by its name would import it
_READS_AND_CHECKS = ("models", "extractors", "pipeline/read", "pipeline/checks")


@cache
def extractor_version() -> str:
    """The version that a row was read by: the package's, and a digest of the code and words that read and check.

    A new word in a vocabulary is a new version: filings are read again, and what the old one read is kept as history.
    So is an OCR program that was installed since: the scans that failed without it are read.
    """
    digest = sha256((ocr_program() or "").encode())
    for folder in _READS_AND_CHECKS:
        for source in sorted(path for path in (_ROOT / folder).rglob("*") if path.suffix in {".py", ".toml"}):
            digest.update(source.read_bytes())
    return f"{version('orebook')}+{digest.hexdigest()[:8]}"


def ocr_program() -> str | None:
    """The OCR program that is installed, the better one of two: rapidocr, tesseract, or None. Loads nothing."""
    if find_spec("rapidocr") and find_spec("onnxruntime"):
        return "rapidocr"
    return "tesseract" if shutil.which("tesseract") else None
