"""Full-text search of what filings print: by whole words, in English and French, without case and accents.

"43-101", "WO3" and "g/t" are words, and so are their parts. A printed WO₃ is found as WO3. The words are told apart
here, and not by the databases, so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, text

from models.records.filings import ExtractionRecord
from models.records.texts import TextRecord
from pipeline.errors import OrebookError
from pipeline.rows.identity import identity
from pipeline.rows.insert import insert_rows
from pipeline.rows.row import Row

_WORD = re.compile(r"\w+(?:[-./]\w+)*")
_PART = re.compile(r"\w+")
_SOURCES = text("""
SELECT 'filing' AS kind, NULL AS page, COALESCE(x.title, f.filename) AS printed,
    f.filename || ' ' || COALESCE(x.issuer, '') || ' ' || COALESCE(x.tickers, '') || ' ' || COALESCE(x.project, '')
        AS beside
FROM extractions x JOIN filings f ON f.filing_id = x.filing_id WHERE x.extraction_id = :extraction
UNION SELECT 'note', page, text, '' FROM footnotes WHERE extraction_id = :extraction
UNION SELECT 'caption', page, caption, '' FROM estimate_tables WHERE extraction_id = :extraction
UNION SELECT 'statement', page, source_text, '' FROM statements WHERE extraction_id = :extraction
UNION SELECT 'claim', page, text, '' FROM claims WHERE extraction_id = :extraction
UNION SELECT 'cutoff', page, source_text, '' FROM cutoffs WHERE extraction_id = :extraction
UNION SELECT 'person', page, source_text, '' FROM persons WHERE extraction_id = :extraction
""")
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


def write_texts(connection: Connection, filing_id: str, extraction_id: str) -> None:
    """Writes the texts of a filing's current extraction; it has none yet."""
    rows: dict[object, Row] = {}
    for kind, page, printed, beside in connection.execute(_SOURCES, {"extraction": extraction_id}):
        row = {"extraction_id": extraction_id, "kind": kind, "page": page, "printed": printed}
        text_id = int(identity(filing_id, kind, page, printed)[:15], 16)
        rows[text_id] = {"text_id": text_id, **row, "words": " ".join(words(f"{beside} {printed}"))}
    insert_rows(connection, TextRecord, list(rows.values()))


def words(printed: str) -> Iterator[str]:
    """The words of a text as they are searched; one with signs in it ("open-pit") comes whole and in its parts."""
    for match in _WORD.finditer(_plain(printed)):
        yield match[0]
        if not match[0].isalnum() and len(parts := _PART.findall(match[0])) > 1:
            yield from parts


def search(connection: Connection, wanted: Sequence[str], limit: int) -> list[Found]:
    """The texts that hold all these words, those of the latest releases first; ``word*`` stands for any ending.

    Raises OrebookError where there is no word to search for.
    """
    terms = [(match[0], match[1]) for match in re.finditer(rf"({_WORD.pattern})\*?", _plain(" ".join(wanted)))]
    if not terms:
        raise OrebookError(f"{' '.join(wanted)!r} holds no word to search for")
    query = " ".join(f'"{word}"{"*" if whole.endswith("*") else ""}' for whole, word in terms)
    rows = connection.execute(text(_FOUND), {"query": query, "limit": limit}).mappings()
    return [
        Found(row["filing_id"], row["filename"], row["kind"], row["page"], _snippet(row["text"], terms)) for row in rows
    ]


def _plain(printed: str) -> str:
    """The text without case and accents, with one form of each dash and digit; ₃ is 3."""
    if printed.isascii():
        return printed.casefold()
    decomposed = unicodedata.normalize("NFKD", printed)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub("[‐‑‒–—−]", "-", plain)


def _snippet(printed: str, terms: Sequence[tuple[str, str]]) -> str:
    """The text around the first word that was found, with all that were found in square brackets."""
    folded = [(n, c) for n, char in enumerate(printed) for c in _plain(char)]
    plain, at = "".join(c for _, c in folded), [n for n, _ in folded]
    wanted = "|".join(re.escape(word) + (r"\w*" if whole.endswith("*") else "") for whole, word in terms)
    hits = [(at[m.start()], at[m.end() - 1] + 1) for m in re.finditer(rf"(?<!\w)(?:{wanted})(?!\w)", plain)]
    first = hits[0][0] if hits else 0
    start, end = max(0, first - AROUND), min(len(printed), first + AROUND)
    shown, cut = "", start
    for begin, stop in (hit for hit in hits if start <= hit[0] and hit[1] <= end):
        shown, cut = f"{shown}{printed[cut:begin]}[{printed[begin:stop]}]", stop
    shown += printed[cut:end]
    return ("… " if start else "") + " ".join(shown.split()) + (" …" if end < len(printed) else "")
