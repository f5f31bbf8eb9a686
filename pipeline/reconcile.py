"""Across filings: a change in per cent is recomputed against the previous estimate of the same property.

What a claim is compared with depends on which filings are there, never on the order in which they came: the comparisons
of the whole database are derived anew, and written where they differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, delete, insert, select, text

from models.figure import Figure, Interval
from models.findings import ClaimOutcome
from models.records import ReconciliationRecord
from models.units import UNITS
from pipeline.rows.row import Row

WHOLE = {"reserve": ("total_reserves", "proven_probable"), "resource": ("measured_indicated", "inferred")}
"""The categories that a claim may speak of which names none."""

LEGAL_FORMS = frozenset({"inc", "ltd", "corp", "corporation", "limited", "plc", "the", "ltée", "sa"})

_CLAIMS = """
SELECT c.extraction_id, c.number, c.percent, c.estimate_type, c.category, c.commodity, c.material
FROM claims c JOIN extractions x ON x.extraction_id = c.extraction_id AND x.superseded_at IS NULL
WHERE c.kind = 'change_percent' AND c.percent IS NOT NULL AND c.malformed IS NULL
ORDER BY c.extraction_id, c.number
"""
_FILINGS = """
SELECT x.extraction_id, x.filing_id, f.filename, COALESCE(s.issuer, x.issuer) AS issuer, x.project,
    COALESCE(s.effective_date,
             (SELECT d.iso FROM dates d WHERE d.extraction_id = x.extraction_id AND d.kind = 'effective'),
             s.release_date,
             (SELECT d.iso FROM dates d WHERE d.extraction_id = x.extraction_id AND d.kind = 'release')) AS day
FROM extractions x JOIN filings f ON f.filing_id = x.filing_id
LEFT JOIN manifest_facts s ON s.filing_id = x.filing_id
WHERE x.superseded_at IS NULL AND x.status = 'extracted' AND x.project IS NOT NULL
    AND COALESCE(s.issuer, x.issuer) IS NOT NULL
ORDER BY x.filing_id
"""
_FIGURES = """
SELECT l.estimate_type, l.category, l.zone, l.material, l.label, m.commodity, g.role, g.value, g.step, g.unit
FROM estimate_lines l
JOIN line_figures g ON g.extraction_id = l.extraction_id AND g.estimate_id = l.estimate_id
    AND g.role IN ('tonnage', 'contained') AND g.printing = 1
LEFT JOIN line_metals m ON m.extraction_id = l.extraction_id AND m.estimate_id = l.estimate_id
    AND m.position = g.position
WHERE l.extraction_id = :extraction AND l.cutoff_value IS NULL
ORDER BY l.table_number, l.line_number, g.position
"""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimate of one filing: the property, and the day that it speaks of, ISO."""

    extraction_id: str
    filing_id: str
    filename: str
    property: tuple[frozenset[str], frozenset[str]]
    day: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A tonnage or a contained metal of a line: whose it is, and the figure in kilograms."""

    scope: tuple[str | None, ...]
    label: str
    what: str
    amount: Interval
    shown: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the previous estimate and the same figure now."""

    old: Printed
    new: Printed

    @property
    def percent(self) -> Interval:
        """The change in per cent of the old figure."""
        return _percent(self.new.amount, self.old.amount)

    @property
    def on_the_new(self) -> Interval:
        """The change in per cent of the new figure: a common slip."""
        difference = _percent(self.old.amount, self.new.amount)
        return Interval(-difference.high, -difference.low)

    def __str__(self) -> str:
        middle = (self.percent.low + self.percent.high) / 2
        return f"{self.new.what} of {self.new.label} went from {self.old.shown} to {self.new.shown}, {middle:+.2f}%"


def reconcile(connection: Connection) -> int:
    """Derive the comparisons of all claims with earlier filings, and write what differs; gives how many there are."""
    claims = connection.execute(text(_CLAIMS)).mappings().all()
    wanted = {_key(row): row for row in _comparisons(connection, claims)} if claims else {}
    record = ReconciliationRecord
    there = {_key(dict(row)): dict(row) for row in connection.execute(select(record.__table__)).mappings()}
    for extraction_id, number in (key for key, row in there.items() if wanted.get(key) != row):
        connection.execute(delete(record).where(record.extraction_id == extraction_id, record.number == number))
    if missing := [row for key, row in wanted.items() if there.get(key) != row]:
        connection.execute(insert(record), missing)
    return len(wanted)


def _key(row: Row) -> tuple[object, object]:
    return row["extraction_id"], row["number"]


def _comparisons(connection: Connection, claims: Sequence[RowMapping]) -> Iterator[Row]:
    estimates = {e.extraction_id: e for e in _estimates(connection)}
    figures: dict[str, tuple[Printed, ...]] = {}
    for claim in claims:
        new = estimates.get(claim["extraction_id"])
        old = _previous(new, estimates.values()) if new else None
        if new is None or old is None:
            continue
        for estimate in (new, old):
            if estimate.extraction_id not in figures:
                figures[estimate.extraction_id] = tuple(_figures(connection, estimate.extraction_id))
        changes = _changes(claim, figures[old.extraction_id], figures[new.extraction_id])
        outcome, said = _judge(_claimed(claim), changes, named=claim["category"] is not None)
        yield {
            "extraction_id": new.extraction_id,
            "number": claim["number"],
            "filing_id": old.filing_id,
            "outcome": outcome.value,
            "explanation": f"against {old.filename} ({old.day}): {said}",
        }


def _estimates(connection: Connection) -> Iterator[Estimate]:
    for row in connection.execute(text(_FILINGS)).mappings():
        if row["day"]:
            place = name_words(row["issuer"]) - LEGAL_FORMS, name_words(row["project"])
            yield Estimate(row["extraction_id"], row["filing_id"], row["filename"], place, row["day"])


def name_words(name: str) -> frozenset[str]:
    """The words of a name without accents, signs and case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return frozenset(re.findall(r"\w+", plain.casefold()))


def _previous(new: Estimate, estimates: Iterable[Estimate]) -> Estimate | None:
    """The latest estimate of the same property before this one; of several filings of it, one by its identity."""
    earlier = [e for e in estimates if e.property == new.property and e.day < new.day]
    return max(earlier, key=lambda e: (e.day, e.filing_id), default=None)


def _figures(connection: Connection, extraction_id: str) -> Iterator[Printed]:
    for row in connection.execute(text(_FIGURES), {"extraction": extraction_id}).mappings():
        unit = UNITS[row["unit"]]
        if unit.factor is None:
            continue
        value, step = Decimal(str(row["value"])), Decimal(str(row["step"]))
        what = "tonnage" if row["role"] == "tonnage" else f"contained {row['commodity']}"
        scope = (row["estimate_type"], row["category"], row["zone"], row["material"])
        amount = Figure("", value, step).interval.times(unit.factor)
        yield Printed(scope, row["label"] or row["category"], what, amount, f"{value:,f} {unit.symbol}")


def _changes(claim: RowMapping, old: Sequence[Printed], new: Sequence[Printed]) -> list[Change]:
    """The changes that the claim may speak of: the same figure of the same line, printed once in each filing."""
    before, after = _printed_once(old), _printed_once(new)
    metals = {f"contained {claim['commodity']}"} & {figure.what for figure in new}
    return [
        Change(before[key], figure)
        for key, figure in after.items()
        if key in before and _is_meant(claim, figure) and (not metals or figure.what in {"tonnage", *metals})
    ]


def _printed_once(figures: Sequence[Printed]) -> dict[tuple[object, ...], Printed]:
    """The figures above nothing by scope and kind, without those that several lines print."""
    keys = Counter((figure.scope, figure.what) for figure in figures)
    return {(f.scope, f.what): f for f in figures if keys[f.scope, f.what] == 1 and f.amount.low > 0}


def _is_meant(claim: RowMapping, figure: Printed) -> bool:
    """Whether a claim may speak of the line: of its type and category, and of the whole property."""
    kind, category, zone, material = figure.scope
    categories = (claim["category"],) if claim["category"] else WHOLE.get(claim["estimate_type"] or kind or "", ())
    return (
        claim["estimate_type"] in (None, kind)
        and category in categories
        and zone is None
        and (material or "") == (claim["material"] or "")
    )


def _claimed(claim: RowMapping) -> Interval:
    """The claimed percentage with its rounding: 6.30 was rounded to hundredths."""
    value = Decimal(str(claim["percent"]))
    half = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))) / 2
    return Interval(value - half, value + half)


def _percent(now: Interval, base: Interval) -> Interval:
    hundred, one = Decimal(100), Interval(Decimal(1), Decimal(1))
    return (now / base - one).times(hundred)


def _judge(claimed: Interval, changes: Sequence[Change], *, named: bool) -> tuple[ClaimOutcome, str]:
    """What the changes say of the claim: a contradiction where it names its line and no figure of the line agrees."""
    if not changes:
        return ClaimOutcome.UNMATCHED, "it prints no line to compare with"
    if agreeing := next((c for c in changes if c.percent.meets(claimed)), None):
        return ClaimOutcome.AGREES, str(agreeing)
    if wrong := next((c for c in changes if c.on_the_new.meets(claimed)), None):
        return ClaimOutcome.DISAGREES, f"{wrong}; the claim is the change in per cent of the new figure"
    outcome = ClaimOutcome.DISAGREES if named else ClaimOutcome.UNMATCHED
    return outcome, "; ".join(map(str, changes))
