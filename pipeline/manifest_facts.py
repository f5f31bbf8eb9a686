"""Keeps what manifests state of filings, and tells where the documents say otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, column, delete, insert, select, table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from models.filing import StatedFacts
from models.records.filings import DisagreementRecord, LocationRecord, ManifestFactsRecord
from pipeline.filed_estimates import LEGAL_FORMS, name_words
from pipeline.rows.row import Row

BATCH = 10_000
"""Addresses that one query asks for: PostgreSQL takes 65,535 parameters, SQLite 32,766."""

MANY = 100
"""Filings with changed facts beyond which all is derived at once: one by one takes the square of their number."""

_READ = """
SELECT x.extraction_id, s.stated_by, s.issuer, x.issuer AS issuer_read, s.language, x.language AS language_read,
    s.document_type, x.document_type AS document_type_read,
    s.release_date, released.iso AS release_date_read, released.source_text AS release_date_text,
    released.page AS release_date_page,
    s.effective_date, effective.iso AS effective_date_read, effective.source_text AS effective_date_text,
    effective.page AS effective_date_page,
    s.report_date, reported.iso AS report_date_read, reported.source_text AS report_date_text,
    reported.page AS report_date_page
FROM manifest_facts s
JOIN extractions x ON x.filing_id = s.filing_id AND x.superseded_at IS NULL
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN dates reported ON reported.extraction_id = x.extraction_id AND reported.kind = 'report'
"""
_FILINGS = table("v_filings", *map(column, ("filing_id", "issuer", "release_date", "effective_date", "report_date")))
_COMPARED = ("issuer", "language", "document_type", "release_date", "effective_date", "report_date")


def record_facts(connection: Connection, stated: Mapping[str, StatedFacts]) -> None:
    """Notes what a manifest states of each filing, by filing_id, in place of what one stated before."""
    record = ManifestFactsRecord
    rows_there = _rows(connection, select(record.__table__), record.filing_id, stated)
    there = {row["filing_id"]: dict(row) for row in rows_there}
    rows: list[Row] = [{"filing_id": filing_id, **asdict(said)} for filing_id, said in stated.items()]
    if changed := [row for row in rows if row != there.get(str(row["filing_id"]))]:
        make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        statement = make(record)
        columns = {name: statement.excluded[name] for name in changed[0] if name != "filing_id"}
        filings = [str(row["filing_id"]) for row in changed]
        before = _seen(connection, filings)
        connection.execute(statement.on_conflict_do_update(index_elements=["filing_id"], set_=columns), changed)
        after = _seen(connection, filings)
        _refresh(connection, [filing_id for filing_id in filings if before.get(filing_id) != after.get(filing_id)])


def _seen(connection: Connection, filings: Collection[str]) -> dict[str, Row]:
    """Of each filing that was read, the facts from which others are derived: whose it is, and of which day."""
    return {row["filing_id"]: dict(row) for row in _rows(connection, select(_FILINGS), _FILINGS.c.filing_id, filings)}


def _refresh(connection: Connection, filings: Sequence[str]) -> None:
    """Derives anew what hangs on facts; all of it where many have changed, since a company's filings go together."""
    from pipeline.stated.refresh import refresh, refresh_all  # they know the extractors: no cost where nothing is new

    if len(filings) > MANY:
        refresh_all(connection)
    else:
        for filing_id in filings:
            refresh(connection, filing_id)


def record_known_facts(connection: Connection, stated: Mapping[str, StatedFacts]) -> None:
    """Notes what a manifest states of the files at these addresses that are known already: they need no reading."""
    place = LocationRecord
    known = _rows(connection, select(place.source_uri, place.filing_id), place.source_uri, stated)
    places = {row["source_uri"]: row["filing_id"] for row in known}
    record_facts(connection, {places[uri]: said for uri, said in stated.items() if uri in places})


def _rows(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    key: ColumnElement[str] | InstrumentedAttribute[str],
    wanted: Collection[str],
) -> Iterator[RowMapping]:
    """The rows in which the key is one of those wanted."""
    rest = iter(wanted)
    while batch := tuple(islice(rest, BATCH)):
        yield from connection.execute(query.where(key.in_(batch))).mappings()


def compare_facts(connection: Connection) -> None:
    """Derives the disagreements of all filings anew, and writes those that are not there."""
    rows = connection.execute(text(_READ)).mappings()
    wanted = {(row["extraction_id"], row["fact"]): row for row in _disagreements(rows)}
    record = DisagreementRecord
    kept = connection.execute(select(record.__table__)).mappings()
    there = {(row["extraction_id"], row["fact"]): dict(row) for row in kept}
    for extraction_id, fact in (key for key, row in there.items() if row != wanted.get(key)):
        connection.execute(delete(record).where(record.extraction_id == extraction_id, record.fact == fact))
    if missing := [row for key, row in wanted.items() if there.get(key) != row]:
        connection.execute(insert(record), missing)


def _disagreements(rows: Iterable[RowMapping]) -> Iterator[Row]:
    for row in rows:
        for fact in _COMPARED:
            stated, read = row[fact], row[f"{fact}_read"]
            if stated is None or read is None or _agree(fact, stated, read):
                continue
            called = fact.replace("_", " ")
            yield {
                "extraction_id": row["extraction_id"],
                "fact": fact,
                "message": f"{row['stated_by']} states the {called} {stated}, the document reads {read}",
                "source_text": row.get(f"{fact}_text", read),
                "page": row.get(f"{fact}_page"),
            }


def _agree(fact: str, stated: str, read: str) -> bool:
    """Whether a document says what the manifest states; "other" is a document whose kind was not recognised."""
    if fact == "issuer":
        return name_words(stated) - LEGAL_FORMS == name_words(read) - LEGAL_FORMS
    if fact.endswith("_date"):  # one of them may name no day
        return stated.startswith(read) or read.startswith(stated)
    return read in (stated, "other")
