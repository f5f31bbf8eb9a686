"""Identities: hashes of what a row is about, the same for the same file in every run and on every database."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from models.disclosure import EstimateLine
from models.units import Quantity

LineIds = dict[tuple[int, int], str]
"""The estimate_id of each line, by table and line number."""


def identity(*parts: object) -> str:
    """Sixteen hexadecimal digits that these parts, and no others in practice, give."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def line_ids(filing_id: str, lines: Iterable[EstimateLine]) -> LineIds:
    """The identity of each line: its filing, table, row and column group; a count where those are not enough."""
    seen: Counter[tuple[int, int, int]] = Counter()
    ids: LineIds = {}
    for line in lines:
        place = (line.table, line.row, line.group)
        seen[place] += 1
        ids[line.key] = identity(filing_id, *place, seen[place])
    return ids


def fingerprint(line: EstimateLine) -> str:
    """A hash of what a reviewer decides about: the line's type, category, cut-off and figures."""
    figures = [_spoken(line.tonnage)]
    for metal in line.metals:
        figures += [metal.commodity, _spoken(metal.grade), _spoken(metal.contained)]
    cutoff = f"{line.cutoff.value.value.normalize()} {line.cutoff.unit}" if line.cutoff else ""
    return identity(line.type or "", line.category, cutoff, *figures)


def _spoken(quantity: Quantity | None) -> str:
    return f"{quantity.figure.value.normalize():f} {quantity.unit.symbol}" if quantity else ""


def person_id(name: str) -> str:
    """The same for every spelling of one name that differs only in case, accents, points and spaces."""
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = "".join(c if c.isalpha() else " " for c in letters)
    return identity(*plain.casefold().split())
