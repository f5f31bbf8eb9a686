"""Does it add up? One verdict for every relation that a disclosure gives figures for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from models.disclosure import Disclosure, EstimateTable
from models.document import Document
from models.findings import Assessment, Verdict
from pipeline.checks.agreement import claim_verdicts, note_partition
from pipeline.checks.arithmetic import contained_again, contained_compound, contained_metal
from pipeline.checks.causes import with_causes
from pipeline.checks.cutoffs import cutoff_metal, cutoff_sensitivity, grade_above_cutoff, incremental_grade
from pipeline.checks.equivalents import equivalent_above_metal, metal_equivalent
from pipeline.checks.plausibility import plausible_grade, understood
from pipeline.checks.repeated import repeated_estimate
from pipeline.checks.reserves import reserve_within_resource
from pipeline.checks.rules import findings
from pipeline.checks.rules.filed import Filed
from pipeline.checks.shares import attributable_share
from pipeline.checks.totals import same_addends, total_contained, total_tonnage, weighted_grade
from pipeline.checks.unread import unread_pages

Check = Callable[[EstimateTable], Iterator[Verdict]]
FilingCheck = Callable[[Disclosure], Iterator[Verdict]]

CHECKS: tuple[Check, ...] = (
    understood,
    contained_metal,
    contained_again,
    contained_compound,
    total_tonnage,
    total_contained,
    same_addends,
    weighted_grade,
    plausible_grade,
    grade_above_cutoff,
    cutoff_sensitivity,
    cutoff_metal,
    incremental_grade,
    equivalent_above_metal,
)

FILING_CHECKS: tuple[FilingCheck, ...] = (
    note_partition,
    reserve_within_resource,
    metal_equivalent,
    repeated_estimate,
    attributable_share,
)


def assess(disclosure: Disclosure, document: Document | None = None) -> Assessment:
    """All that the checks say of a disclosure: verdicts on its lines, on its claims, and findings.

    Without the document no rule on wording is asked, because nothing can be said to be absent from it.
    """
    verdicts = [v for table in disclosure.tables for check in CHECKS for v in check(table)]
    verdicts += [v for check in FILING_CHECKS for v in check(disclosure)]
    claims = tuple(claim_verdicts(disclosure))
    explained = with_causes(disclosure.tables, verdicts)
    unread = unread_pages(document) if document else ()
    return Assessment(explained, claims, (*findings(Filed(disclosure, document)), *unread))
