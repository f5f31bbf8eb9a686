"""Does it add up? One verdict for every relation that a disclosure gives figures for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.disclosure import Disclosure, EstimateTable
from models.document import Document
from models.findings import Assessment, Verdict
from pipeline.checks.arithmetic import contained_again, contained_metal
from pipeline.checks.totals import same_addends, total_contained, total_tonnage, weighted_grade

Check = Callable[[EstimateTable], Iterator[Verdict]]

CHECKS: tuple[Check, ...] = (
    contained_metal,
    contained_again,
    total_tonnage,
    total_contained,
    same_addends,
    weighted_grade,
)


def assess(disclosure: Disclosure, document: Document | None = None) -> Assessment:  # noqa: ARG001
    """All that the checks say of a disclosure: verdicts on its lines, its claims, and findings."""
    verdicts = tuple(v for table in disclosure.tables for check in CHECKS for v in check(table))
    return Assessment(verdicts)
