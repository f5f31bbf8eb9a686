"""Pages of a filing that were not read, so that nobody takes its silence for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from models.document import Document
from models.findings import Finding, Severity
from models.quote import Place, Quote
from pipeline.checks.wording import ranges
from pipeline.read.engines import INSTALL

UNREAD = "reading"
"""What stands for a rule where a finding is about the reading, not the filing."""


def unread_pages(document: Document) -> Iterator[Finding]:
    """Pages that are pictures and that no OCR program read, in one finding."""
    numbers = [page.number for page in document.pages if page.unread and page.number]
    if numbers:
        said = "page {} is a picture and was" if len(numbers) == 1 else "pages {} are pictures and were"
        message = f"{said.format(ranges(numbers))} not read; look at the filing, or {INSTALL} and ingest it again"
        yield Finding(UNREAD, Severity.HIGH, message, Quote("", Place(numbers[0])))
