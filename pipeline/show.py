"""Prints one filing for a person: every line with its state, checks and printed text, then all that goes with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from sqlalchemy import Connection, Row, text

from models.filing import Filing
from pipeline.database import exists, open_database
from pipeline.errors import SourceNotFoundError
from pipeline.fetch import find_files
from pipeline.ingest import ingest
from pipeline.lines import StatedFigure
from pipeline.queries import CheckedLine, FilingFacts, filing_report, find_filings

Printed = Row[Any]


def show_filing(wanted: str, url: str, *, checks: bool = True) -> Iterator[str]:
    """The filing as lines of text: from the database, or read now where a file is not in it.

    Raises SourceNotFoundError where there is neither a filing nor a file of that name.
    """
    path = Path(wanted)
    name = path.resolve().as_uri() if path.is_file() else wanted
    if exists(url):
        with open_database(url).connect() as connection:
            found = find_filings(connection, name) or find_filings(connection, path.name)
            if found:
                yield from _told(connection, found[-1], checks=checks)
                return
    if not path.is_file():
        raise SourceNotFoundError(f"{wanted}: no filing of this name in the database, and no such file")
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/show.db")
        ingest(engine, list(find_files([path])), workers=1)
        with engine.connect() as connection:
            yield from _told(connection, find_filings(connection, name)[-1], checks=checks)


def find_filing(wanted: str, url: str) -> Filing:
    """The bytes of a file, or of a filing in the database from where it was found.

    Raises SourceNotFoundError where there is neither a file nor a filing of that name, or the filing's file is gone.
    """
    path = Path(wanted)
    if path.is_file():
        return next(find_files([path])).load()
    for uri in reversed(_addresses(wanted, url)):
        file = Path(url2pathname(urlsplit(uri.partition("!")[0]).path))  # of a member, its archive
        same = (found for found in find_files([file]) if found.source_uri == uri) if file.exists() else iter(())
        if found := next(same, None):
            return found.load()
    raise SourceNotFoundError(f"{wanted}: no such file, and no filing of this name whose file is still there")


def _addresses(wanted: str, url: str) -> list[str]:
    """Where the filings of this name were found, oldest first."""
    if not exists(url):
        return []
    with open_database(url).connect() as connection:
        query = text("SELECT source_uri FROM v_filings WHERE filing_id = :id")
        return [str(connection.scalar(query, {"id": one})) for one in find_filings(connection, wanted)]


def _told(connection: Connection, filing_id: str, *, checks: bool) -> Iterator[str]:
    report = filing_report(connection, filing_id)
    if report is None:
        return
    yield from _head(report.filing, report.lines)
    for number, lines in groupby(report.lines, key=lambda checked: checked.line.table_number):
        yield from ("", f"Table {number}")
        for checked in lines:
            yield from _line(checked, report.filing.effective_date, checks=checks)
    for title, view, tell in _PARTS:
        query = text(f"SELECT * FROM {view} WHERE filing_id = :id")  # noqa: S608  the views are named below
        rows = connection.execute(query, {"id": filing_id}).all()
        if rows:
            yield from ("", title)
            yield from (f"  {tell(row)}" for row in rows)


def _head(filing: FilingFacts, lines: tuple[CheckedLine, ...]) -> Iterator[str]:
    yield f"{filing.filename}: {filing.title or 'no headline'}"
    about = [filing.issuer, filing.project]
    dates = [
        f"{name} {value}"
        for name, value in (("released", filing.release_date), ("effective", filing.effective_date))
        if value
    ]
    yield "  " + ", ".join(part for part in (*about, *dates) if part)
    counts = Counter(checked.line.status for checked in lines)
    states = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
    yield f"  {filing.error}" if filing.error else f"  {len(lines)} estimate lines{': ' + states if states else ''}"


def _line(checked: CheckedLine, told: str | None, *, checks: bool) -> Iterator[str]:
    """The line; its effective date where it is another than the filing's, which is told above."""
    line = checked.line
    effective = f"effective {line.effective_date}" if line.effective_date not in (None, told) else None
    page = f"  (page {line.page})" if line.page else ""
    yield f"  {line.status.upper():9}{line.label or '(no label)'}{page}"
    what = (line.estimate_type, line.category, line.zone, line.material, "total" if line.is_total else None, effective)
    figures = [_figure(line.tonnage)]
    figures += [f"{m.commodity} {_figure(m.grade)}, {_figure(m.contained)}" for m in line.metals if m.commodity]
    yield f"           {', '.join(part for part in what if part)}: {'; '.join(figures)}"
    yield f"           printed: {line.source_text}"
    yield from (f"           why: {reason}" for reason in line.reasons)
    if checks:
        for check in checked.checks:
            yield f"             {check.outcome:8} {check.relation}: {check.explanation}"


def _figure(figure: StatedFigure | None) -> str:
    if figure is None:
        return "-"
    return f"{figure.printed or figure.value} {figure.unit}"


def _cutoff(row: Printed) -> str:
    upto = f" to {row.value_max:g}" if row.value_max is not None else ""
    scope = ", ".join(s for s in (row.estimate_types, row.categories, row.materials, row.zones) if s)
    return f"{row.operator} {row.value:g}{upto} {row.unit} {row.commodity or row.basis or ''}  {scope or 'everything'}"


def _person(row: Printed) -> str:
    independent = {None: "independence not stated", False: "not independent", True: "independent"}[
        None if row.independent is None else bool(row.independent)
    ]
    return ", ".join(part for part in (row.name, row.credentials, row.affiliation, independent, row.role) if part)


def _footnote(row: Printed) -> str:
    where = f" (line {row.line_number})" if row.line_number else ""
    return f"{row.marker or '-'} [{row.kinds}]{where} {row.text}"


_PARTS = (
    ("Cut-offs", "v_cutoffs", _cutoff),
    ("Qualified persons", "v_qualified_persons", _person),
    ("Notes", "v_footnotes", _footnote),
    ("Claims", "v_claims", lambda row: f"{row.outcome}: {row.text}\n    {row.explanation}"),
    ("Findings", "v_findings", lambda row: f"{row.rule} ({row.severity}): {row.finding}"),
)
