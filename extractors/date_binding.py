"""Which effective date is that of which estimate line.

The nearest wins: the date that heads the line's columns or stands in its row; else of those that the document states
for estimates which cover the line the one that a note marks it with, that its own table prints, or whose scope is the
narrowest. Where two apply alike and differ none is taken.
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

    An earlier estimate has the date of its heading.
    """
    scopes = [date.scope for date in disclosure.effective_dates]
    apart = told_apart(disclosure, scopes)
    # where only its project's name tells two dates apart, it does: "at June 30, except for Birch at May 31"
    readings = [list(zip(disclosure.effective_dates, kept, strict=True)) for kept in (apart, scopes)]
    whole = disclosure.dates.effective
    others = _of_others(whole, disclosure, readings[0]) if whole else frozenset()
    return tuple(
        Dated(line, date)
        for line, date in _bound(disclosure, readings)
        if (not (whole and whole.iso.startswith(date.iso)) if date else line.key in others)
    )


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
    """The stated date that says most about the line; None where none covers it, or two that differ say as much.

    Where the table itself states dates, more than those of some of its lines, no other counts: those of the document
    may be of other properties. A day in the caption that is not said to be effective counts where nothing else does,
    and has to agree with what prose says.
    """
    own = [(date, scope) for date, scope in stated if date.table == table.number]
    own = own if any(not date.bare and not date.lines for date, _ in own) else []
    title = _title(table)
    covering = [
        (date, _weight(date, scope, types))
        for date, scope in own or stated
        if _is_of(date, line) and covers(scope, line, title)
    ]
    titled = [date for date, _ in covering if date.bare]
    said = [(date, weight) for date, weight in covering if not date.bare]
    best = max((weight for _, weight in said), default=None)
    found = [date for date, weight in said if weight == best]
    return _finest(found if own else [*found, *titled])


def _title(table: EstimateTable) -> str:
    """The caption of a table whose lines name no zones: what it names is that of all lines."""
    return "" if any(line.zone for line in table.lines) else table.caption


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
    return int(bool(date.lines)), int(date.table is not None), narrow


def _finest(dates: Sequence[EffectiveDate]) -> EffectiveDate | None:
    """The one date of several that agree, to the day where one prints it; None where they differ."""
    finest = max(dates, key=lambda date: len(date.iso), default=None)
    return finest if finest and all(finest.iso.startswith(date.iso) for date in dates) else None


# ---- is the document's one date stated for all of its estimates? ----


def _of_others(whole: PrintedDate, disclosure: Disclosure, stated: Stated) -> frozenset[tuple[int, int]]:
    """The lines of types, or of zones, that no statement of the document's one date speaks of.

    A date that is stated for resources alone is none of reserves, and that of one deposit none of the others. A name
    that no line has may be that of the whole project.
    """
    alike = [(date, scope) for date, scope in stated if whole.iso.startswith(date.iso)]
    types = _types_of([date for date, _ in alike], disclosure)
    zones = [Scope(zones=scope.zones) for _, scope in alike]
    of_zones = _outside(zones, disclosure) if all(scope.zones for scope in zones) else frozenset()
    return frozenset(line.key for line in disclosure.lines if line.type not in types) | of_zones


def _types_of(stated: Sequence[EffectiveDate], disclosure: Disclosure) -> frozenset[EstimateType | None]:
    """The types of estimates that the dates are stated for; lines without a type may be of them, too."""
    every = frozenset(line.type for line in disclosure.lines)
    of_table = {table.number: frozenset(line.type for line in table.lines) for table in disclosure.tables}
    named = (frozenset(date.scope.types) or of_table.get(date.table or 0, every) for date in stated)
    return frozenset({None}).union(*named) if stated else every


def _outside(zones: Sequence[Scope], disclosure: Disclosure) -> frozenset[tuple[int, int]]:
    """The lines outside these zones, where other lines lie inside; a total of zones that all do is none."""
    outside: set[tuple[int, int]] = set()
    for table in disclosure.tables:
        without = [line for line in table.lines if not any(covers(zone, line, _title(table)) for zone in zones)]
        if len(without) == len(table.lines) or any(line.zone for line in without):
            outside |= {line.key for line in without}
    return frozenset(outside) if len(outside) < len(disclosure.lines) else frozenset()
