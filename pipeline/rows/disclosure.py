"""All rows that hang below an extraction, by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, starmap

from extractors.binding import bind_cutoffs
from extractors.date_binding import bind_dates
from models.columns import Record
from models.disclosure import Disclosure
from models.findings import Assessment, Verdict
from models.records.context import (
    CutoffRecord,
    EquivalenceRecord,
    EquivalenceTermRecord,
    EstimateDateRecord,
    FootnoteLineRecord,
    FootnoteRecord,
    LineCutoffRecord,
    LineDateRecord,
    NoteFigureRecord,
    PersonRecord,
    StatementRecord,
    SubQuantityRecord,
)
from models.records.estimates import (
    CellAccountRecord,
    CheckRecord,
    DoubtRecord,
    EstimateLineRecord,
    EstimateTableRecord,
    LineFigureRecord,
    LineMetalRecord,
)
from models.records.filings import DateRecord
from models.records.findings import ClaimRecord, FindingRecord
from pipeline.rows.estimates import account_rows, check_row, doubt_rows, figure_rows, line_row, metal_rows, table_row
from pipeline.rows.identity import LineIds, line_ids
from pipeline.rows.insert import TableRows, table_rows
from pipeline.rows.row import Row
from pipeline.rows.statements import (
    claim_rows,
    cutoff_row,
    date_rows,
    equivalence_row,
    equivalence_term_rows,
    estimate_date_row,
    finding_row,
    footnote_line_rows,
    footnote_row,
    line_cutoff_rows,
    line_date_rows,
    note_figure_rows,
    person_row,
    statement_row,
    sub_quantity_rows,
)

Rows = list[tuple[type[Record], Iterable[Row]]]
"""The rows of each table, parents before children."""


def disclosure_rows(filing_id: str, disclosure: Disclosure, assessment: Assessment) -> tuple[TableRows, ...]:
    """The rows of every table that will hang below an extraction, parents before children; no table without rows."""
    ids = line_ids(filing_id, disclosure.lines)
    made = _estimate_rows(disclosure, assessment, ids) + _statement_rows(disclosure, assessment, ids)
    return tuple(table_rows(record, rows) for record, those in made if (rows := list(those)))


def _estimate_rows(disclosure: Disclosure, assessment: Assessment, ids: LineIds) -> Rows:
    lines = [(line, ids[line.key]) for line in disclosure.lines]
    verdicts = _by_line(assessment)
    return [
        (EstimateTableRecord, map(table_row, disclosure.tables)),
        (EstimateLineRecord, (line_row(line, key, tuple(verdicts[line.key])) for line, key in lines)),
        (LineMetalRecord, chain.from_iterable(starmap(metal_rows, lines))),
        (LineFigureRecord, chain.from_iterable(starmap(figure_rows, lines))),
        (DoubtRecord, chain.from_iterable(starmap(doubt_rows, lines))),
        (CellAccountRecord, chain.from_iterable(map(account_rows, disclosure.tables))),
        (CheckRecord, (check_row(n, verdict, ids) for n, verdict in enumerate(assessment.verdicts, 1))),
    ]


def _by_line(assessment: Assessment) -> defaultdict[tuple[int, int], list[Verdict]]:
    """The verdicts of each line: a report has thousands, too many to search for each of its lines."""
    found: defaultdict[tuple[int, int], list[Verdict]] = defaultdict(list)
    for verdict in assessment.verdicts:
        if verdict.line:
            found[verdict.line].append(verdict)
    return found


def _statement_rows(disclosure: Disclosure, assessment: Assessment, ids: LineIds) -> Rows:
    notes = list(enumerate(disclosure.footnotes, 1))
    equivalences = list(enumerate(disclosure.equivalences, 1))
    return [
        (DateRecord, date_rows(disclosure.dates)),
        (EstimateDateRecord, starmap(estimate_date_row, enumerate(disclosure.effective_dates, 1))),
        (LineDateRecord, line_date_rows(disclosure.effective_dates, bind_dates(disclosure), ids)),
        (CutoffRecord, starmap(cutoff_row, enumerate(disclosure.cutoffs, 1))),
        (LineCutoffRecord, line_cutoff_rows(disclosure.cutoffs, bind_cutoffs(disclosure), ids)),
        (PersonRecord, starmap(person_row, enumerate(disclosure.persons, 1))),
        (FootnoteRecord, starmap(footnote_row, notes)),
        (FootnoteLineRecord, chain.from_iterable(starmap(footnote_line_rows, notes))),
        (NoteFigureRecord, chain.from_iterable(starmap(note_figure_rows, notes))),
        (SubQuantityRecord, chain.from_iterable(starmap(sub_quantity_rows, notes))),
        (ClaimRecord, claim_rows(disclosure, assessment)),
        (FindingRecord, starmap(finding_row, enumerate(assessment.findings, 1))),
        (StatementRecord, starmap(statement_row, enumerate(disclosure.statements, 1))),
        (EquivalenceRecord, starmap(equivalence_row, equivalences)),
        (
            EquivalenceTermRecord,
            (row for n, equivalence in equivalences for row in equivalence_term_rows(n, equivalence)),
        ),
    ]
