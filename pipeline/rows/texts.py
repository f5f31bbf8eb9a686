"""The rows of printed texts that can be searched, and how a text's words are told apart.

"43-101", "WO3" and "g/t" are words, and so are their parts. A printed WO₃ is found as WO3. The words are told apart
here, and not by the databases, so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.columns import Record
from models.records.context import CutoffRecord, FootnoteRecord, PersonRecord, StatementRecord
from models.records.estimates import EstimateTableRecord
from models.records.findings import ClaimRecord
from models.records.texts import TextRecord
from pipeline.rows.identity import identity
from pipeline.rows.insert import TableRows, table_rows

PRINTED: tuple[tuple[str, type[Record], str], ...] = (
    ("note", FootnoteRecord, "text"),
    ("caption", EstimateTableRecord, "caption"),
    ("statement", StatementRecord, "source_text"),
    ("claim", ClaimRecord, "text"),
    ("cutoff", CutoffRecord, "source_text"),
    ("person", PersonRecord, "source_text"),
)
"""The kinds of texts that a document prints, and the column that has them."""

WORD = re.compile(r"\w+(?:[-./]\w+)*")
_PART = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed text: what kind it is, and on which page it stands."""

    kind: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a filing is found by: its name, and what was read as its title, issuer, tickers and project."""

    filing_id: str
    filename: str
    title: str | None
    issuer: str | None
    tickers: str | None
    project: str | None


def printed_in(tables: Iterable[TableRows]) -> Iterator[Printed]:
    """The texts in the rows of a filing."""
    by_record = {rows.record: rows for rows in tables}
    for kind, record, column in PRINTED:
        if rows := by_record.get(record):
            pages = rows.column("page")
            yield from (Printed(kind, page, text) for page, text in zip(pages, rows.column(column), strict=True))


def text_rows(head: Head, printed: Iterable[Printed]) -> TableRows:
    """The rows of a filing's name and of the texts that it prints; a text that it prints again has one row."""
    title = head.filename if head.title is None else head.title
    beside = " ".join((head.filename, head.issuer or "", head.tickers or "", head.project or ""))
    rows = [_row(head, Printed("filing", None, title), beside), *(_row(head, text) for text in printed)]
    return table_rows(TextRecord, list({row["text_id"]: row for row in rows}.values()))


def _row(head: Head, printed: Printed, beside: str = "") -> dict[str, str | int | None]:
    text_id = int(identity(head.filing_id, printed.kind, printed.page, printed.text)[:15], 16)
    told: dict[str, str | int | None] = {"kind": printed.kind, "page": printed.page, "printed": printed.text}
    return {"text_id": text_id, **told, "words": " ".join(words(f"{beside} {printed.text}"))}


def words(printed: str) -> Iterator[str]:
    """The words of a text as they are searched; one with signs in it ("open-pit") comes whole and in its parts."""
    for match in WORD.finditer(plain(printed)):
        yield match[0]
        if not match[0].isalnum() and len(parts := _PART.findall(match[0])) > 1:
            yield from parts


def plain(printed: str) -> str:
    """The text without case and accents, with one form of each dash and digit; ₃ is 3."""
    if printed.isascii():
        return printed.casefold()
    decomposed = unicodedata.normalize("NFKD", printed)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub("[‐‑‒–—−]", "-", bare)
