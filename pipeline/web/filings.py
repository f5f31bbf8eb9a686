"""The list of filings: what is asked of it, and the rows that answer."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Connection, RowMapping, text

ON_A_PAGE = 50
"""Filings of one page of the list."""

_SHOWN = """
SELECT filing_id, filename, document_type, language, issuer, project, title, release_date, effective_date, page_count,
       status, error, held_rows, ingested_at, extractor_version,
       (SELECT COUNT(DISTINCT e.estimate_id) FROM v_estimates e WHERE e.filing_id = f.filing_id) AS lines,
       (SELECT COUNT(DISTINCT h.estimate_id) FROM v_held h WHERE h.filing_id = f.filing_id) AS held
FROM v_filings f
"""
_SOME = "WHERE filing_id IN (SELECT filing_id FROM v_filings f {where}{order})"
"""The counts of lines are made for the filings that are shown, and not before these are chosen."""
_COUNT = "SELECT COUNT(*) FROM v_filings f "
_ORDER = " ORDER BY COALESCE(release_date, effective_date, '') DESC, filename, filing_id"
_PAGE = _ORDER + " LIMIT :most OFFSET :past"
_WORD = (
    "LOWER(filename || ' ' || COALESCE(issuer, '') || ' ' || COALESCE(project, '') || ' ' || COALESCE(title, '') || "
    "' ' || COALESCE(tickers, '')) LIKE :word{n} ESCAPE '!'"
)
# A line that is held waits for a decision, or was rejected: few filings have decisions, and v_held is asked for them.
_HELD = """(EXISTS (SELECT 1 FROM v_queue q WHERE q.filing_id = f.filing_id)
    OR (EXISTS (SELECT 1 FROM v_decisions d WHERE d.filing_id = f.filing_id)
        AND EXISTS (SELECT 1 FROM v_held h WHERE h.filing_id = f.filing_id)))"""
_STATES = {
    "held": _HELD,
    "sound": f"status = 'extracted' AND NOT {_HELD}",
    "no_estimates": "status = 'no_estimates'",
    "failed": "status = 'failed'",
}
STATES = (
    ("", "any state"),
    ("held", "lines held"),
    ("sound", "nothing held"),
    ("no_estimates", "no estimates"),
    ("failed", "not readable"),
)
"""What the list can be asked for, and in which words."""
TYPES = (
    ("", "any document"),
    ("news_release", "news release"),
    ("technical_report", "technical report"),
    ("other", "other document"),
)
"""The kinds of documents."""
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of the list: words that a filing has all of, its state, its type, and which page."""

    words: str = ""
    state: str = ""
    type: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing in the list, or at the head of its own page."""

    filing_id: str
    filename: str
    document_type: str | None
    language: str | None
    issuer: str | None
    project: str | None
    title: str | None
    release_date: str | None
    effective_date: str | None
    page_count: int | None
    status: str
    error: str | None
    extractor_version: str
    lines: int
    held: int

    @property
    def name(self) -> str:
        """The headline, or the file's name where it has none."""
        return self.title or self.filename


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list."""

    filings: tuple[Filing, ...]
    count: int
    page: int
    pages: int


def list_filings(connection: Connection, asked: Asked) -> Listed:
    """The filings that have all the words, and the state and type asked for, the latest first."""
    where, given = _where(asked)
    count = int(connection.scalar(text(_COUNT + where), given) or 0)
    pages = max(1, -(-count // ON_A_PAGE))
    page = min(max(asked.page, 1), pages)
    limits = {"most": ON_A_PAGE, "past": (page - 1) * ON_A_PAGE}
    shown = _SHOWN + _SOME.format(where=where, order=_PAGE) + _ORDER
    rows = connection.execute(text(shown), {**given, **limits}).mappings()
    return Listed(tuple(map(_filing, rows)), count, page, pages)


def find_filing(connection: Connection, filing_id: str) -> Filing | None:
    """The filing of this identity; None where there is none."""
    row = connection.execute(text(_SHOWN + "WHERE filing_id = :id"), {"id": filing_id}).mappings().first()
    return _filing(row) if row else None


def _where(asked: Asked) -> tuple[str, dict[str, object]]:
    """The conditions, which are constants, and what they are given: nothing that was typed is part of the SQL."""
    words = asked.words.lower().split()[:_MOST_WORDS]
    conditions = [_WORD.format(n=n) for n in range(len(words))]
    given: dict[str, object] = {f"word{n}": f"%{_literally(word)}%" for n, word in enumerate(words)}
    if asked.state in _STATES:
        conditions.append(_STATES[asked.state])
    if asked.type in dict(TYPES) and asked.type:
        conditions.append("document_type = :type")
        given["type"] = asked.type
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), given


def _literally(word: str) -> str:
    """The word for LIKE, in which per cent signs and underscores are no wildcards."""
    return "".join(f"!{c}" if c in "!%_" else c for c in word)


def _filing(row: RowMapping) -> Filing:
    return Filing(**{field.name: row[field.name] for field in fields(Filing)})
