"""Which total belongs to the group of rows that it stands under, and which to more than that group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.labels import SUMS, Label
from models.disclosure import Category


@dataclass(frozen=True)
class Group:
    """The rows of figures under one group row, counted by category; None is the category of rows that name none.

    ``outer`` are the group rows around it as printed, ``label`` what its own group row says.
    """

    outer: tuple[str, ...] = ()
    label: Label = Label()
    parts: Counter[Category | None] = field(default_factory=Counter)
    totals: Counter[Category | None] = field(default_factory=Counter)

    def add(self, labels: Sequence[Label]) -> None:
        """Count one more row of figures, told by its labels; without any it is a total."""
        counts = self.totals if is_total(labels) else self.parts
        counts[category_named(labels)] += 1

    def adds(self, category: Category | None) -> int:
        """How many rows a total of this category can add; one that names no category can add all."""
        if category is None:
            return self.parts.total()
        return sum(self.parts[part] for part in (category, *SUMS.get(category, ())))

    def beside(self, other: Group) -> bool:
        """Whether both divide the same part of the table by the same sort of thing."""
        return self.outer == other.outer and same_sort(self.label, other.label)


def levels_left(labels: Sequence[Label], group: Group, before: Sequence[Group]) -> int:
    """How many of the group rows in force, from the innermost, a row of figures stands outside of.

    A group's second total of one category is a total of more than the group. So is its first one where groups of the
    same sort before it have rows to add and no such total: a table that totals its groups totals all of them. A group
    of one row needs no total, and tells nothing of one that has several. "M&I" without the word may come again for each
    cut-off, and stays inside.
    """
    if not is_total(labels) or not any(label.says_total for label in labels):
        return 0
    category = category_named(labels)
    needed = 2 if group.adds(category) > 1 else 1
    totalled = any(g.totals[category] and g.beside(group) for g in before)
    shared = not totalled and any(g.adds(category) >= needed and g.beside(group) for g in before)
    return group.totals[category] + shared


def is_total(labels: Sequence[Label]) -> bool:
    """True for a total that names no part of the table as its own: "Total Lynx" says what it adds."""
    named = any(label.zone or label.materials or label.commodity for label in labels)
    return not named and (not labels or any(label.total for label in labels))


def category_named(labels: Sequence[Label]) -> Category | None:
    """The category of the first label that names one."""
    return next((label.category for label in labels if label.category), None)


def outside(label: Label) -> Label:
    """A group row's label for a row outside its group: it names neither place nor material."""
    return replace(label, zone=None, name=None, materials=())


def same_sort(one: Label, other: Label) -> bool:
    """True where two group rows say the same sort of thing, so that the later one ends the earlier."""
    return any(
        a is not None and b is not None and a != () and b != ()
        for a, b in (
            (one.category, other.category),
            (one.type, other.type),
            (one.commodity, other.commodity),
            (one.zone, other.zone),
            (one.materials or None, other.materials or None),
        )
    )
