"""Totals that are printed above their parts: a category with figures of its own heads the zones below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.disclosure import Category, EstimateLine

NO_TYPE = "nothing says whether this is a resource or a reserve"
"""The doubt of a line that neither names a category nor stands under a word for its type."""


def with_heads(lines: Sequence[EstimateLine]) -> tuple[EstimateLine, ...]:
    """The lines, those under a total that its figures prove to be theirs with its category and type.

    "Proven 18.1" above "Chelopech 6.4", "Timok 6.9" and so on: the zones name no category, and their tonnages add up
    to the line above them. Without that proof they stay as they are, and in doubt.
    """
    found = list(lines)
    for start, end in _blocks(lines):
        head, parts = lines[start], lines[start + 1 : end]
        if _adds_up(head, parts):
            found[start] = replace(head, is_total=True)
            found[start + 1 : end] = [_under(head, part) for part in parts]
    return tuple(found)


def _blocks(lines: Sequence[EstimateLine]) -> Iterator[tuple[int, int]]:
    """Index of each line that names a category and no zone, and the index after the zones of no category below it."""
    for start, head in enumerate(lines):
        end = start + 1
        while end < len(lines) and lines[end].zone and lines[end].category is Category.UNCLASSIFIED:
            end += 1
        if end - start > 2 and head.category is not Category.UNCLASSIFIED and not head.zone:
            yield start, end


def _adds_up(head: EstimateLine, parts: Sequence[EstimateLine]) -> bool:
    """Whether the parts' tonnages are the head's, as far as rounding tells, and none stands in another column group."""
    tonnages = [part.tonnage for part in parts if part.tonnage]
    if head.tonnage is None or len(tonnages) < 2 or any(part.group != head.group for part in parts):
        return False
    total = tonnages[0].interval
    for tonnage in tonnages[1:]:
        total += tonnage.interval
    return total.low <= head.tonnage.interval.high and head.tonnage.interval.low <= total.high


def _under(head: EstimateLine, part: EstimateLine) -> EstimateLine:
    """The part with what its head says."""
    doubts = tuple(doubt for doubt in part.doubts if doubt.reason != NO_TYPE)
    return replace(part, category=head.category, type=head.type, doubts=doubts)
