"""Which effective date is that of which estimate line.

The nearest wins: the date that heads the line's columns or stands in its row; else of those that the document states
for estimates which cover the line the one that a note marks it with, that its own table prints, or whose scope is the
narrowest. A caption's date without a word on what it is counts last. Where two apply alike and differ none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.covering import covers, narrowness, told_apart
from models.disclosure import Disclosure, EffectiveDate, EstimateLine, EstimateTable, EstimateType, PrintedDate, Scope

Stated = Sequence[tuple[EffectiveDate, Scope]]
"""The dates of a document, each with its scope as far as it restricts anything."""

Types = tuple[frozenset[EstimateType | None], frozenset[EstimateType | None]]
"""The types of a table's lines, and of all lines of the document."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An estimate line whose effective date is not that of the whole document: its own, or None where none is known."""

    line: EstimateLine
    date: EffectiveDate | None


def bind_dates(disclosure: Disclosure) -> tuple[Dated, ...]:
    """The estimate lines to which the document's one date does not apply, each with its own, in the order of the lines.

    A date that is stated for resources alone is none of reserves. An earlier estimate has the date of its heading.
    """
    dates = disclosure.effective_dates
    scopes = [date.scope for date in dates]
    # where only its project's name tells two dates apart, it does: "at June 30, except for Birch at May 31"
    readings = [list(zip(dates, kept, strict=True)) for kept in (told_apart(disclosure, scopes), scopes)]
    whole = disclosure.dates.effective
    types = _types_of(whole, disclosure) if whole else frozenset()
    return tuple(
        Dated(line, date)
        for line, date in _bound(disclosure, readings)
        if (date is None and whole and line.type not in types)
        or (date is not None and not (whole and whole.iso.startswith(date.iso)))
    )


def _types_of(whole: PrintedDate, disclosure: Disclosure) -> frozenset[EstimateType | None]:
    """The types of estimates that the document's one date is stated for; of lines without a type it may be, too."""
    every = frozenset(line.type for line in disclosure.lines)
    of_table = {table.number: frozenset(line.type for line in table.lines) for table in disclosure.tables}
    stated = [date for date in disclosure.effective_dates if whole.iso.startswith(date.iso)]
    named = (frozenset(date.scope.types) or of_table.get(date.table or 0, every) for date in stated)
    return frozenset({None}).union(*named) if stated else every


def _bound(disclosure: Disclosure, readings: Sequence[Stated]) -> Iterator[tuple[EstimateLine, EffectiveDate | None]]:
    """Each line of this disclosure's own estimates with the stated date that applies to it."""
    dates = disclosure.effective_dates
    stated_types = frozenset(line.type for line in disclosure.lines)
    for table in disclosure.tables:
        types = frozenset(line.type for line in table.lines), stated_types
        for line in (line for line in table.lines if not line.is_earlier):
            applying = (_applying(stated, table, line, types) for stated in readings)
            yield line, _printed_with(line, dates) or next(filter(None, applying), None)


def _printed_with(line: EstimateLine, dates: Sequence[EffectiveDate]) -> EffectiveDate | None:
    """The date over the line's columns or in its row."""
    if line.as_of is None:
        return None
    return next((d for d in dates if d.quote == line.as_of.quote and _is_of(d, line) and d.lines), None)


def _applying(stated: Stated, table: EstimateTable, line: EstimateLine, types: Types) -> EffectiveDate | None:
    """The stated date that says most about the line; None where none covers it, or two that differ say as much."""
    title = "" if any(other.zone for other in table.lines) else table.caption
    covering = [(d, _weight(d, s, types)) for d, s in stated if _is_of(d, line) and covers(s, line, title)]
    best = max((weight for _, weight in covering), default=None)
    return _finest([date for date, weight in covering if weight == best])


def _is_of(date: EffectiveDate, line: EstimateLine) -> bool:
    """True unless the date is that of another table, or of other lines of this one."""
    return date.table in (None, line.table) and (not date.lines or line.number in date.lines)


def _weight(date: EffectiveDate, scope: Scope, types: Types) -> tuple[int, ...]:
    """How much a date says about a line that it covers; tuples that compare, the most telling part first.

    To name a type is to say more only where the table that prints the date, or the document, has estimates of another.
    """
    of_table, of_document = types
    stated = of_document if date.table is None else of_table
    narrow = narrowness(scope) - (bool(scope.types) and stated <= set(scope.types))
    return int(not date.bare), int(bool(date.lines)), int(date.table is not None), narrow


def _finest(dates: Sequence[EffectiveDate]) -> EffectiveDate | None:
    """The one date of several that agree, to the day where one prints it; None where they differ."""
    finest = max(dates, key=lambda date: len(date.iso), default=None)
    return finest if finest and all(finest.iso.startswith(date.iso) for date in dates) else None
