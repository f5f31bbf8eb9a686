"""Decisions that go with their lines: a line that a newer version finds at another place is still the same line.

A line's identity is its place in the filing. Where a newer version finds one more table before it, the place changes
and nothing else does; the decision is then moved to where the line is now. A line is known by its figures and its
label, and by nothing less: where several lines are alike, the decision waits to be made anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from models.records.decisions import DecisionRecord
from models.records.estimates import EstimateLineRecord
from models.records.filings import ExtractionRecord

Known = tuple[str, str]
"""What a line is known by: its figures and its label."""


@dataclass(frozen=True, slots=True)
class _Line:
    estimate_id: str
    known: Known


def carry_decisions(connection: Connection, filing_id: str, extraction_id: str) -> int:
    """Moves the decisions about a filing's lines to where this extraction has the lines; gives how many it moved."""
    decided = _decided(connection, filing_id)
    if not decided:
        return 0
    now = _lines(connection, extraction_id)
    there = {(line.estimate_id, line.known[0]) for line in now}
    lost = sorted(decided - there)
    labels = _labels(connection, filing_id, lost)
    once = Counter(line.known for line in now)
    free = {
        line.known: line for line in now if once[line.known] == 1 and (line.estimate_id, line.known[0]) not in decided
    }
    moved = {
        (estimate_id, fingerprint): line
        for estimate_id, fingerprint in lost
        if (line := free.get((fingerprint, labels.get((estimate_id, fingerprint), ""))))
    }
    wanted = Counter(line.estimate_id for line in moved.values())
    for (estimate_id, fingerprint), line in moved.items():
        if wanted[line.estimate_id] == 1:
            about = (DecisionRecord.estimate_id == estimate_id, DecisionRecord.fingerprint == fingerprint)
            connection.execute(update(DecisionRecord).where(*about).values(estimate_id=line.estimate_id))
    return sum(number == 1 for number in wanted.values())


def _decided(connection: Connection, filing_id: str) -> set[tuple[str, str]]:
    """The lines of the filing that decisions are about, each with the figures that it had."""
    record = DecisionRecord
    rows = connection.execute(select(record.estimate_id, record.fingerprint).where(record.filing_id == filing_id))
    return {(estimate_id, fingerprint) for estimate_id, fingerprint in rows}


def _lines(connection: Connection, extraction_id: str) -> list[_Line]:
    line = EstimateLineRecord
    rows = connection.execute(
        select(line.estimate_id, line.fingerprint, line.label).where(line.extraction_id == extraction_id)
    )
    return [_Line(estimate_id, (fingerprint, label)) for estimate_id, fingerprint, label in rows]


def _labels(connection: Connection, filing_id: str, lost: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The labels of lines as earlier versions read them, by identity and figures; the latest reading counts."""
    line, extraction = EstimateLineRecord, ExtractionRecord
    rows = connection.execute(
        select(line.estimate_id, line.fingerprint, line.label)
        .join(extraction, extraction.extraction_id == line.extraction_id)
        .where(extraction.filing_id == filing_id, line.estimate_id.in_([estimate_id for estimate_id, _ in lost]))
        .order_by(extraction.extracted_at)
    )
    return {(estimate_id, fingerprint): label for estimate_id, fingerprint, label in rows}
