"""Across filings: changes in per cent against the previous estimate of a property, and filings of one estimate.

What a claim is compared with depends on which filings are there, never on the order in which they came: where the
filings of a property have changed, all its comparisons are derived anew, and written where they differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, text

from models.figure import Interval
from models.findings import ClaimOutcome
from models.records.findings import ComparedPropertyRecord, DifferenceRecord, ReconciliationRecord
from pipeline.counterparts import claims_beside, counterparts, differences
from pipeline.filed_estimates import FiledEstimate, Printed, filed_estimates, printed_figures, told_alike
from pipeline.rows.identity import identity
from pipeline.rows.row import Row

WHOLE = {"reserve": ("total_reserves", "proven_probable"), "resource": ("measured_indicated", "inferred")}
"""The categories that a claim may speak of which names none."""

_CLAIMS = text("""
SELECT c.extraction_id, c.number, c.percent, c.estimate_type, c.category, c.commodity, c.material
FROM claims c
WHERE c.kind = 'change_percent' AND c.percent IS NOT NULL AND c.malformed IS NULL AND c.extraction_id IN :extractions
ORDER BY c.extraction_id, c.number
""").bindparams(bindparam("extractions", expanding=True))
_SOURCES = ("reconcile.py", "counterparts.py", "filed_estimates.py")
"""The modules that compare: where they change, what they made is made anew."""

Derived = ReconciliationRecord | DifferenceRecord
_DERIVED: tuple[type[Derived], ...] = (ReconciliationRecord, DifferenceRecord)


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
    """Compare the filings of each property that changed since it was last compared; gives how many properties did."""
    properties: dict[str, list[FiledEstimate]] = {}
    for estimate in filed_estimates(connection):
        properties.setdefault(estimate.property, []).append(estimate)
    now = {name: _state(estimates) for name, estimates in properties.items()}
    before = {row.property: row.state for row in connection.execute(select(ComparedPropertyRecord.__table__))}
    changed = [name for name, state in now.items() if before.get(name) != state]
    _drop_left(connection, {e.extraction_id for estimates in properties.values() for e in estimates})
    for name in changed:
        _compare(connection, properties[name])
    _note(connection, {name: now[name] for name in changed}, before.keys() - now.keys())
    return len(changed)


def _state(estimates: Sequence[FiledEstimate]) -> str:
    """All that the comparisons of a property depend on: its filings, whose rows never change, and the code."""
    return identity(_code(), *map(repr, estimates))


@cache
def _code() -> str:
    folder = Path(__file__).parent
    return sha256(b"".join((folder / name).read_bytes() for name in _SOURCES)).hexdigest()


def _note(connection: Connection, changed: Mapping[str, str], gone: Collection[str]) -> None:
    """Writes which filings of each property were compared."""
    record = ComparedPropertyRecord
    for name in (*changed, *gone):
        connection.execute(delete(record).where(record.property == name))
    if changed:
        connection.execute(insert(record), [{"property": name, "state": state} for name, state in changed.items()])


def _drop_left(connection: Connection, current: Collection[str]) -> None:
    """Drops what was derived for extractions that are no longer compared."""
    for record in _DERIVED:
        there = connection.scalars(select(record.extraction_id).distinct()).all()
        for extraction_id in set(there).difference(current):
            connection.execute(delete(record).where(record.extraction_id == extraction_id))


def _compare(connection: Connection, estimates: Sequence[FiledEstimate]) -> None:
    """Derives the comparisons between the filings of one property."""
    pairs = list(counterparts(connection, estimates))
    comparisons = [*_comparisons(connection, estimates), *claims_beside(connection, pairs)]
    extractions = [estimate.extraction_id for estimate in estimates]
    _write(connection, ReconciliationRecord, extractions, comparisons)
    _write(connection, DifferenceRecord, extractions, list(differences(pairs)))


def _write(connection: Connection, record: type[Derived], extractions: Sequence[str], rows: Sequence[Row]) -> None:
    """Writes the rows of these extractions that are not there as they are, and drops those that no longer hold."""
    wanted = {_key(row): row for row in rows}
    stored = connection.execute(select(record.__table__).where(record.extraction_id.in_(extractions))).mappings()
    there = {_key(dict(row)): dict(row) for row in stored}
    for extraction_id, number in (key for key, row in there.items() if wanted.get(key) != row):
        connection.execute(delete(record).where(record.extraction_id == extraction_id, record.number == number))
    if missing := [row for key, row in wanted.items() if there.get(key) != row]:
        connection.execute(insert(record), missing)


def _key(row: Row) -> tuple[object, object]:
    return row["extraction_id"], row["number"]


def _comparisons(connection: Connection, estimates: Sequence[FiledEstimate]) -> Iterator[Row]:
    """The claimed changes of a property's filings beside its previous estimates."""
    if len({estimate.extraction_id for estimate in estimates}) < 2:
        return
    of_extraction: dict[str, list[FiledEstimate]] = defaultdict(list)
    for estimate in estimates:
        of_extraction[estimate.extraction_id].append(estimate)

    @cache
    def figures(estimate: FiledEstimate) -> tuple[Printed, ...]:
        return tuple(printed_figures(connection, estimate))

    for claim in connection.execute(_CLAIMS, {"extractions": list(of_extraction)}).mappings():
        new = _of_claim(claim, of_extraction[claim["extraction_id"]], figures)
        old = _of_claim(claim, _earlier(new, estimates), figures) if new else None
        if new is None or old is None:
            continue
        changes = _changes(claim, figures(old), figures(new))
        outcome, said = _judge(_claimed(claim), changes, named=claim["category"] is not None)
        yield {
            "extraction_id": new.extraction_id,
            "number": claim["number"],
            "filing_id": old.filing_id,
            "outcome": outcome.value,
            "explanation": f"against {old.filename} ({old.day}): {said}",
        }


def _earlier(new: FiledEstimate, estimates: Sequence[FiledEstimate]) -> list[FiledEstimate]:
    """The estimates that other filings state as of a day before, the latest first; of one day by their identity."""
    earlier = [e for e in estimates if e.day < new.day and e.extraction_id != new.extraction_id]
    return sorted(earlier, key=lambda e: (e.day, e.filing_id), reverse=True)


def _of_claim(
    claim: RowMapping, estimates: Sequence[FiledEstimate], figures: Callable[[FiledEstimate], tuple[Printed, ...]]
) -> FiledEstimate | None:
    """The first estimate with lines of the claim's type, resource or reserve; the first of all where none has."""
    kind = claim["estimate_type"]
    stating = (e for e in estimates if any(kind in (None, figure.scope[0]) for figure in figures(e)))
    return next(stating, None) or next(iter(estimates), None)


def _changes(claim: RowMapping, old: Sequence[Printed], new: Sequence[Printed]) -> list[Change]:
    """The changes that the claim may speak of: the same figure of the same line, printed once in each filing."""
    before, after = told_alike(old), told_alike(new)
    metals = {f"contained {claim['commodity']}"} & {figure.what for figure in new}
    return [
        Change(before[key], figure)
        for key, figure in after.items()
        if key in before
        and figure.role != "grade"
        and _is_meant(claim, figure)
        and (not metals or figure.what in {"tonnage", *metals})
    ]


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
