"""Full-text search of what filings print: by whole words, in English and French, without case and accents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, delete, select, text

from models.columns import Record
from models.records.filings import ExtractionRecord
from models.records.texts import TextRecord
from pipeline.errors import OrebookError
from pipeline.rows.insert import insert_table
from pipeline.rows.texts import PRINTED, WORD, Head, Printed, plain, text_rows

_HEAD = """
SELECT f.filing_id, f.filename, x.title, x.issuer, x.tickers, x.project
FROM extractions x JOIN filings f ON f.filing_id = x.filing_id WHERE x.extraction_id = :extraction
"""
_FORGET = delete(TextRecord).where(
    TextRecord.extraction_id.in_(
        select(ExtractionRecord.extraction_id).where(ExtractionRecord.filing_id == bindparam("filing"))
    )
)
_FOUND = """
SELECT t.filing_id, t.filename, t.kind, t.text, t.page, f.release_date FROM v_texts t
JOIN v_filings f ON f.filing_id = t.filing_id
WHERE t.text_id IN (SELECT rowid FROM text_search(:query))
ORDER BY f.release_date IS NULL, f.release_date DESC, t.filename, t.page, t.kind, t.text_id
LIMIT :limit
"""

AROUND = 80
"""How many characters of a text are shown before and behind the first word that was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text in which the words were found; ``snippet`` has them in square brackets."""

    filing_id: str
    filename: str
    kind: str
    page: int | None
    snippet: str


def forget_texts(connection: Connection, filing_id: str) -> None:
    """Drops the texts of a filing, so that those of its current extraction can be written."""
    connection.execute(_FORGET, {"filing": filing_id})


def write_texts(connection: Connection, extraction_id: str) -> None:
    """Writes the texts of an extraction whose other rows are there, and which has no texts yet."""
    of = {"extraction": extraction_id}
    head = Head(*connection.execute(text(_HEAD), of).one())
    printed = [
        Printed(kind, page, found)
        for kind, record, column in PRINTED
        for page, found in connection.execute(_texts(record, column), of)
    ]
    insert_table(connection, text_rows(head, printed).below("extraction_id", extraction_id))


def _texts(record: type[Record], column: str) -> Select[int | None, str]:
    columns = record.__table__.columns
    return select(columns["page"], columns[column]).where(columns["extraction_id"] == bindparam("extraction"))


def search(connection: Connection, wanted: Sequence[str], limit: int) -> list[Found]:
    """The texts that hold all these words, those of the latest releases first; ``word*`` stands for any ending.

    Raises OrebookError where there is no word to search for.
    """
    terms = [(match[0], match[1]) for match in re.finditer(rf"({WORD.pattern})\*?", plain(" ".join(wanted)))]
    if not terms:
        raise OrebookError(f"{' '.join(wanted)!r} holds no word to search for")
    query = " ".join(f'"{word}"{"*" if whole.endswith("*") else ""}' for whole, word in terms)
    rows = connection.execute(text(_FOUND), {"query": query, "limit": limit}).mappings()
    return [
        Found(row["filing_id"], row["filename"], row["kind"], row["page"], _snippet(row["text"], terms)) for row in rows
    ]


def _snippet(printed: str, terms: Sequence[tuple[str, str]]) -> str:
    """The text around the first word that was found, with all that were found in square brackets."""
    folded = [(n, c) for n, char in enumerate(printed) for c in plain(char)]
    bare, at = "".join(c for _, c in folded), [n for n, _ in folded]
    wanted = "|".join(re.escape(word) + (r"\w*" if whole.endswith("*") else "") for whole, word in terms)
    hits = [(at[m.start()], at[m.end() - 1] + 1) for m in re.finditer(rf"(?<!\w)(?:{wanted})(?!\w)", bare)]
    first = hits[0][0] if hits else 0
    start, end = max(0, first - AROUND), min(len(printed), first + AROUND)
    shown, cut = "", start
    for begin, stop in (hit for hit in hits if start <= hit[0] and hit[1] <= end):
        shown, cut = f"{shown}{printed[cut:begin]}[{printed[begin:stop]}]", stop
    shown += printed[cut:end]
    return ("… " if start else "") + " ".join(shown.split()) + (" …" if end < len(printed) else "")
