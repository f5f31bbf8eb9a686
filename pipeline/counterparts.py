"""A release beside the technical report of its estimate: their figures agree, whichever was ingested first.

Two filings state one estimate where issuer, project and effective date are the same and most of the figures that both
print agree. A figure that does not is told of the release. Where there is no technical report, another document that is
no release, such as an annual information form, stands in for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, text

from models.disclosure import DocumentType
from models.figure import Figure, Interval, column_step
from models.findings import ClaimOutcome
from models.units import UNITS
from pipeline.filed_estimates import FiledEstimate, Printed, printed_figures, told_alike
from pipeline.rows.row import Row

AGREEING = 2
"""Figures that two filings have to share before another that differs is told."""

_CLAIMS = """
SELECT c.extraction_id, c.number, c.estimate_type, c.category, c.material, c.commodity, c.tonnage, c.tonnage_unit,
    c.grade, c.grade_unit, c.contained, c.contained_unit
FROM claims c
WHERE c.extraction_id = :extraction AND c.kind = 'quantity' AND c.outcome = 'unmatched' AND c.malformed IS NULL
    AND c.category IS NOT NULL
ORDER BY c.number
"""

Figures = dict[tuple[object, ...], Printed]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A release and the report of its estimate, each with its figures by scope and kind."""

    release: FiledEstimate
    report: FiledEstimate
    announced: Figures
    reported: Figures

    def shared(self) -> list[tuple[Printed, Printed]]:
        """The figures that both print, the release's first."""
        return [(figure, self.reported[key]) for key, figure in self.announced.items() if key in self.reported]

    def differing(self) -> list[tuple[Printed, Printed]]:
        """Those that do not agree; none where so few agree that it is another estimate."""
        shared = self.shared()
        apart = [(a, b) for a, b in shared if not a.amount.meets(b.amount)]
        agreeing = len(shared) - len(apart)
        return apart if agreeing >= max(AGREEING, len(apart)) else []

    def differences(self) -> Iterator[Row]:
        """A row for each figure of the release that the report prints otherwise."""
        for announced, reported in self.differing():
            yield {
                "extraction_id": self.release.extraction_id,
                "filing_id": self.report.filing_id,
                "message": (
                    f"{announced.what} of {announced.label} is {announced.shown} here and {reported.shown} in "
                    f"{self.report.filename}, which states the same estimate (effective {self.report.effective})"
                ),
                "page": announced.page,
                "source_text": announced.source_text,
            }


def counterparts(connection: Connection, estimates: Sequence[FiledEstimate]) -> Iterator[Counterpart]:
    """Each release of a property with the report of the same effective date; of several one by its identity."""
    reports = [e for e in estimates if e.document_type != DocumentType.NEWS_RELEASE]
    for release in (e for e in estimates if e.document_type == DocumentType.NEWS_RELEASE and e.effective):
        same = [r for r in reports if r.effective == release.effective]
        if same:
            report = max(same, key=lambda r: (r.document_type == DocumentType.TECHNICAL_REPORT, r.filing_id))
            figures = (told_alike(tuple(printed_figures(connection, e))) for e in (release, report))
            yield Counterpart(release, report, *figures)


def differences(pairs: Sequence[Counterpart]) -> Iterator[Row]:
    """The differences of all pairs, those of each release counted from 1: it has one pair for each effective date."""
    counts: dict[str, int] = defaultdict(int)
    for pair in pairs:
        for row in pair.differences():
            counts[pair.release.extraction_id] += 1
            yield {**row, "number": counts[pair.release.extraction_id]}


def claims_beside(connection: Connection, pairs: Sequence[Counterpart]) -> Iterator[Row]:
    """What the report says of the claims that a release's own tables do not tell."""
    for pair in pairs:
        claims = connection.execute(text(_CLAIMS), {"extraction": pair.release.extraction_id}).mappings()
        for claim in claims:
            stated = list(_stated(claim))
            compared = [(a, b) for a in stated if (b := pair.reported.get((_scope(claim), a[0])))]
            if not compared or len(compared) < len(stated):
                continue
            agrees = all(amount.meets(printed.amount) for (_, amount, _), printed in compared)
            outcome = ClaimOutcome.AGREES if agrees else ClaimOutcome.DISAGREES
            said = ", ".join(f"{what} {shown} is {printed.shown}" for (what, _, shown), printed in compared)
            if not agrees:
                said = ", ".join(f"{what} {shown} is stated, {p.shown} printed" for (what, _, shown), p in compared)
            yield {
                "extraction_id": pair.release.extraction_id,
                "number": claim["number"],
                "filing_id": pair.report.filing_id,
                "outcome": outcome.value,
                "explanation": f"against {pair.report.filename} (effective {pair.report.effective}): {said}",
            }


def _scope(claim: RowMapping) -> tuple[str | None, ...]:
    """The line of the whole property that a claim speaks of."""
    return claim["estimate_type"], claim["category"], None, claim["material"]


def _stated(claim: RowMapping) -> Iterator[tuple[str, Interval, str]]:
    """The figures of a claim: what each is, its interval, and as it is told."""
    for role in ("tonnage", "grade", "contained"):
        unit = UNITS.get(claim[f"{role}_unit"] or "")
        if claim[role] is not None and unit is not None and unit.factor is not None:
            value = Decimal(str(claim[role]))
            what = role if role == "tonnage" else f"{role} {claim['commodity']}"
            yield what, Figure("", value, column_step([value])).interval.times(unit.factor), f"{value:,f} {unit.symbol}"
