"""The estimates of filings as other filings are compared with: whose, of which day, and the figures of their lines."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, text

from models.figure import Figure, Interval
from models.units import UNITS

LEGAL_FORMS = frozenset({"inc", "ltd", "corp", "corporation", "limited", "plc", "the", "ltée", "sa"})

_FILINGS = """
SELECT x.extraction_id, x.filing_id, f.filename, COALESCE(s.issuer, x.issuer) AS issuer, x.project,
    COALESCE(s.document_type, x.document_type) AS document_type,
    COALESCE(s.effective_date, effective.iso) AS effective,
    COALESCE(s.effective_date, effective.iso, s.release_date, released.iso) AS day
FROM extractions x JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN manifest_facts s ON s.filing_id = x.filing_id
LEFT JOIN dates effective ON effective.extraction_id = x.extraction_id AND effective.kind = 'effective'
LEFT JOIN dates released ON released.extraction_id = x.extraction_id AND released.kind = 'release'
WHERE x.superseded_at IS NULL AND x.status = 'extracted' AND x.project IS NOT NULL
    AND COALESCE(s.issuer, x.issuer) IS NOT NULL
ORDER BY x.filing_id
"""
_OWN_DATES = """
SELECT DISTINCT k.extraction_id, o.iso
FROM line_dates k
JOIN extractions x ON x.extraction_id = k.extraction_id AND x.superseded_at IS NULL
JOIN estimate_dates o ON o.extraction_id = k.extraction_id AND o.number = k.date_number
ORDER BY k.extraction_id, o.iso
"""
_FIGURES = """
SELECT l.estimate_type, l.category, l.zone, l.material, l.label, l.page, l.source_text, m.commodity, g.role, g.value,
    g.step, g.unit, o.iso AS own_date
FROM estimate_lines l
JOIN line_figures g ON g.extraction_id = l.extraction_id AND g.estimate_id = l.estimate_id AND g.printing = 1
LEFT JOIN line_metals m ON m.extraction_id = l.extraction_id AND m.estimate_id = l.estimate_id
    AND m.position = g.position
LEFT JOIN line_dates k ON k.extraction_id = l.extraction_id AND k.estimate_id = l.estimate_id
LEFT JOIN estimate_dates o ON o.extraction_id = k.extraction_id AND o.number = k.date_number
WHERE l.extraction_id = :extraction AND l.cutoff_value IS NULL AND NOT l.is_earlier
ORDER BY l.table_number, l.line_number, g.position
"""


@dataclass(frozen=True, slots=True)
class FiledEstimate:
    """The estimate of one filing: the property, and the day that it speaks of, ISO; ``effective`` only if stated.

    A filing of several effective dates has one for each, ``own_date`` that of its lines, and one for its other lines.
    ``property`` are the words of issuer and project in alphabetical order.
    """

    extraction_id: str
    filing_id: str
    filename: str
    property: str
    day: str
    effective: str | None
    document_type: str | None
    own_date: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of a line: whose it is, and its interval in kilograms, or parts per million for a grade."""

    scope: tuple[str | None, ...]
    label: str
    role: str
    what: str
    amount: Interval
    shown: str
    page: int | None
    source_text: str


def filed_estimates(connection: Connection) -> Iterator[FiledEstimate]:
    """The estimates of all filings that name issuer, project and a day."""
    own_dates: dict[str, list[str]] = defaultdict(list)
    for extraction_id, iso in connection.execute(text(_OWN_DATES)):
        own_dates[extraction_id].append(iso)
    for row in connection.execute(text(_FILINGS)).mappings():
        owner, project = name_words(row["issuer"]) - LEGAL_FORMS, name_words(row["project"])
        place = f"{' '.join(sorted(owner))}: {' '.join(sorted(project))}"
        named = (row["extraction_id"], row["filing_id"], row["filename"], place)
        for own in (*own_dates.get(row["extraction_id"], ()), None):
            if day := own or row["day"]:
                yield FiledEstimate(*named, day, own or row["effective"], row["document_type"], own)


def name_words(name: str) -> frozenset[str]:
    """The words of a name without accents, signs and case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return frozenset(re.findall(r"\w+", plain.casefold()))


def printed_figures(connection: Connection, estimate: FiledEstimate) -> Iterator[Printed]:
    """The figures of an estimate's lines that state no cut-off of their own, in units that convert."""
    for row in connection.execute(text(_FIGURES), {"extraction": estimate.extraction_id}).mappings():
        unit = UNITS[row["unit"]]
        if unit.factor is None or row["own_date"] != estimate.own_date:
            continue
        value, step = Decimal(str(row["value"])), Decimal(str(row["step"]))
        what = "tonnage" if row["role"] == "tonnage" else f"{row['role']} {row['commodity']}"
        scope = (row["estimate_type"], row["category"], row["zone"], row["material"])
        amount = Figure("", value, step).interval.times(unit.factor)
        shown = f"{value:,f} {unit.symbol}"
        yield Printed(
            scope, row["label"] or row["category"], row["role"], what, amount, shown, row["page"], row["source_text"]
        )


def told_alike(figures: Sequence[Printed]) -> dict[tuple[object, ...], Printed]:
    """The figures above nothing by scope and kind; of several printings that agree the finest, of others none."""
    alike: dict[tuple[object, ...], list[Printed]] = {}
    for figure in figures:
        alike.setdefault((figure.scope, figure.what), []).append(figure)
    return {key: _finest(same) for key, same in alike.items() if _agree(same) and _finest(same).amount.low > 0}


def _finest(figures: Iterable[Printed]) -> Printed:
    return min(figures, key=_width)


def _width(figure: Printed) -> Decimal:
    return figure.amount.high - figure.amount.low


def _agree(figures: Sequence[Printed]) -> bool:
    finest = _finest(figures)
    return all(figure.amount.meets(finest.amount) for figure in figures)
