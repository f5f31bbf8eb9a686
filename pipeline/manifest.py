"""Reads a manifest: a CSV or JSON Lines file that states issuer, type, language and dates of each filing it names."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO

from models.filing import StatedFacts
from pipeline.errors import ManifestError

DELIMITERS = ",;\t"

_YEAR_AND_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY_AND_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:[A-Z]{1,4}|[+-]\d{2}:?\d{2})?)?"
)
"""What is behind the day is its time, and no second day: 2020-06-03 17:05 EST."""

_DATES = ("filed_date", "release_date", "effective_date", "report_date")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a manifest: the address of a file and what is stated of it, or what is wrong with the line."""

    line: int
    address: str
    stated: StatedFacts
    error: str | None = None

    def contradicts(self, other: Entry) -> bool:
        """Whether it states other facts than another entry does of the same file."""
        return replace(self.stated, stated_by="") != replace(other.stated, stated_by="")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it was read: its lines, and the columns that it has and orebook does not know."""

    entries: tuple[Entry, ...]
    unused: tuple[str, ...] = ()


class _LineError(Exception):
    """What is wrong with one line; the message names the column."""


def read_manifest(name: str, content: bytes) -> Manifest:
    """The manifest's lines; ``name`` is what messages call it.

    A broken line is an entry with its error, so that it costs no other line. Raises ManifestError where nothing can
    be read: bytes that are not UTF-8, no heading, no column of addresses.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ManifestError(f"{name}, line {line}: is not UTF-8; save the manifest as UTF-8") from None
    entries, unused = _json_entries(name, text) if text.lstrip().startswith("{") else _csv_entries(name, text)
    return Manifest(tuple(_named_once(name, entries)), unused)


# ---- the two forms ----


def _json_entries(name: str, text: str) -> tuple[list[Entry], tuple[str, ...]]:
    entries: list[Entry] = []
    unused: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = _json_cells(line)
        except _LineError as error:
            entries.append(_broken(name, number, str(error)))
            continue
        unused |= dict.fromkeys(key for key in cells if _column(key) is None)
        entries.append(_entry(name, number, cells))
    return entries, tuple(unused)


def _json_cells(line: str) -> dict[str, str]:
    try:
        # A number of five thousand digits is an error of no class of its own, and a text is what is kept.
        found = json.loads(line, parse_int=str, object_pairs_hook=_json_object)
    except json.JSONDecodeError as error:
        raise _LineError(f"column {error.colno}: is no JSON: {error.msg}") from None
    except RecursionError:
        raise _LineError("column 1: is nested too deeply") from None
    if not isinstance(found, dict):
        raise _LineError("column 1: is no JSON object")
    return {key: _json_cell(key, value) for key, value in found.items()}


def _json_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON takes the last of two values under one name, and says nothing."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _LineError(f"column {key!r}: stands there twice")
        found[key] = value
    return found


def _json_cell(key: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _LineError(f"column {key!r}: is neither a text nor a whole number")
    return value


def _csv_entries(name: str, text: str) -> tuple[list[Entry], tuple[str, ...]]:
    head = text.partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count), strict=True)
    try:
        heading = _heading(name, next(rows, []))
    except csv.Error as error:
        raise ManifestError(f"{name}, line 1: is no CSV: {error}") from None
    entries: list[Entry] = []
    while True:
        first = rows.line_num + 1  # a quoted cell may run over several lines
        try:
            row = next(rows, None)
        except csv.Error as error:
            entries.append(_broken(name, first, f"column {heading[0]!r} or later: is no CSV: {error}"))
            continue
        if row is None:
            return entries, tuple(column for column in heading if _column(column) is None)
        if any(cell.strip() for cell in row):
            entries.append(_csv_entry(name, first, heading, row))


def _heading(name: str, cells: list[str]) -> list[str]:
    known = [_column(cell) for cell in cells]
    if "address" not in known:
        wanted = ", ".join(_vocabulary("columns"))
        raise ManifestError(f"{name}, line 1: has no column of addresses; the heading names columns of {wanted}")
    twice = next((cell for cell, column in zip(cells, known, strict=True) if column and known.count(column) > 1), None)
    if twice:
        raise ManifestError(f"{name}, line 1, column {twice!r}: stands there twice")
    return cells


def _csv_entry(name: str, number: int, heading: list[str], row: list[str]) -> Entry:
    if len(row) != len(heading):
        return _broken(name, number, f"column {min(len(row), len(heading))}: {len(row)} cells, not {len(heading)}")
    return _entry(name, number, dict(zip(heading, row, strict=True)))


# ---- one line ----


def _entry(name: str, number: int, cells: Mapping[str, str]) -> Entry:
    try:
        said = _said(cells)
    except _LineError as error:
        return _broken(name, number, str(error))
    address = said.pop("address")
    document_type = _meaning("document_types", said.get("filing_type", ""))
    return Entry(number, address, StatedFacts(f"{name} line {number}", document_type=document_type, **said))


def _said(cells: Mapping[str, str]) -> dict[str, str]:
    """The facts of a line by column."""
    said: dict[str, str] = {}
    for heading, cell in cells.items():
        column = _column(heading)
        if column and cell.strip():
            if column in said:
                raise _LineError(f"column {heading!r}: another column says the same")
            said[column] = _fact(column, heading, cell.strip())
    if "address" not in said:
        raise _LineError("column 'address': is empty")
    return said


def _fact(column: str, heading: str, cell: str) -> str:
    """A cell as it is kept; a date in ISO, a language by its code."""
    if any(not character.isprintable() for character in cell):
        raise _LineError(f"column {heading!r}: holds a control character")
    if column in _DATES:
        return _date(heading, cell)
    if column == "language":
        language = _meaning("languages", cell)
        if language is None:
            raise _LineError(f"column {heading!r}: {cell!r} is no language that filings have; write en or fr")
        return language
    if column == "sedar_profile" and not (cell.isascii() and cell.isdigit()):
        raise _LineError(f"column {heading!r}: {cell!r} is no profile number; it is made of digits")
    return cell


def _date(heading: str, cell: str) -> str:
    """An ISO date, with a time or without a day where it is so written; 03/06/2020 may be either of two days."""
    try:
        if _YEAR_AND_MONTH.fullmatch(cell):
            date.fromisoformat(f"{cell}-01")
            return cell
        if day := _DAY_AND_TIME.fullmatch(cell):
            return date.fromisoformat(day[1]).isoformat()
    except ValueError:  # a thirteenth month
        pass
    raise _LineError(f"column {heading!r}: {cell!r} is no date; write it as 2020-06-03")


def _broken(name: str, number: int, what: str) -> Entry:
    return Entry(number, "", StatedFacts(f"{name} line {number}"), f"{name}, line {number}, {what}")


def _named_once(name: str, entries: list[Entry]) -> Iterator[Entry]:
    """A file that two lines name has one of them: the second is broken where it states other facts."""
    first: dict[str, Entry] = {}
    for entry in entries:
        before = entry if entry.error else first.setdefault(entry.address, entry)
        if before is entry:
            yield entry
        elif before.contradicts(entry):
            yield _broken(name, entry.line, f"column 'address': line {before.line} states other facts of this file")


# ---- words ----


def _column(heading: str) -> str | None:
    return _meaning("columns", heading)


def _meaning(words: str, printed: str) -> str | None:
    """What the vocabulary says of a word; SEDAR+ writes the language behind a type: "News releases - English"."""
    known = _vocabulary_by_word(words)
    return known.get(_plain(printed)) or known.get(_plain(printed.partition(" - ")[0]))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


@cache
def _vocabulary_by_word(words: str) -> dict[str, str]:
    return {_plain(word): meaning for meaning, known in _vocabulary(words).items() for word in known}


@cache
def _vocabulary(words: str) -> dict[str, list[str]]:
    read = tomllib.loads(files("pipeline").joinpath("manifest.toml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = read[words]
    return found
