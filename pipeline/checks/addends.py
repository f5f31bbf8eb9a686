"""Which lines a total adds up: candidate sets from the table's structure, and the one that its figures confirm.

A total may stand after its parts or before them, beside them in one printed row, or add totals that add others. One set
of parts must explain every additive column, tonnage and each contained metal alike. A set that is only a guess never
condemns a total that another set explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, combinations

from propcache.api import cached_property

from extractors.lexicon import lexicon
from extractors.once import once
from models.disclosure import Category, EstimateLine, EstimateTable, EstimateType
from pipeline.checks.columns import TONNAGE, Column, additive_columns, grade
from pipeline.checks.conversions import converts
from pipeline.checks.equations import Sum, WeightedGrade

PARTS_OF: dict[Category, tuple[Category, ...]] = {
    Category.PROVEN_PROBABLE: (Category.PROVEN, Category.PROBABLE),
    Category.MEASURED_INDICATED: (Category.MEASURED, Category.INDICATED),
    Category.TOTAL_RESERVES: (Category.PROVEN, Category.PROBABLE, Category.PROVEN_PROBABLE, Category.UNCLASSIFIED),
    Category.TOTAL_RESOURCES: (
        Category.MEASURED,
        Category.INDICATED,
        Category.MEASURED_INDICATED,
        Category.INFERRED,
        Category.UNCLASSIFIED,
    ),
}

TELLING_STEPS = 100
"""A figure of three digits agrees with a sum by chance too seldom to matter; one of a single digit often does."""


Parts = tuple[EstimateLine, ...]


@dataclass(frozen=True)
class Addends:
    """The parts of a total among ``lines``. ``certain``: the categories or the printed row leave no other reading.

    ``otherwise`` are other sets of lines that some figure of the total agrees with: zones, where it adds categories.
    """

    total: EstimateLine
    parts: Parts
    certain: bool = False
    lines: Parts = ()
    otherwise: tuple[Parts, ...] = ()

    @cached_property
    def beside(self) -> Parts:
        """The plain lines of the same place that are no part of it: inferred resources, most often."""
        parts, total = {part.key for part in self.parts}, self.total
        plain = [p for p in _column(total, self.lines) if p.key not in parts and p.category not in PARTS_OF]
        return tuple(p for p in plain if (p.zone, p.materials) == (total.zone, total.materials))

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """One equation for each additive column that the total and some part print."""
        printed = [additive_columns(part) for part in self.parts]
        return tuple(
            Sum("total_tonnage" if column.commodity is None else "total_contained", self.total, column, self.parts)
            for column in additive_columns(self.total)
            if any(column in of_part for of_part in printed)
        )

    def blanks(self, column: Column) -> tuple[EstimateLine, ...]:
        """Parts that print nothing in this column, though they print something in another."""
        return tuple(part for part in self.parts if column.of(part) is None and additive_columns(part))

    def mean(self, commodity: str) -> WeightedGrade | None:
        """The equation of the total's grade, or None where the parts do not print what it takes."""
        return next((mean for mean in self.means if mean.column.commodity == commodity), None)

    @cached_property
    def means(self) -> tuple[WeightedGrade, ...]:
        """The equations of all the total's grades that can be tested."""
        return tuple(mean for m in self.total.metals if (mean := self._mean(m.commodity)))

    def _mean(self, commodity: str) -> WeightedGrade | None:
        """The equation of a grade.

        A part without tonnage has no weight; its metal cannot raise the grade of tonnes that it does not add to.
        """
        column = grade(commodity)
        weighing = tuple(p for p in self.parts if p.tonnage is not None and not _empty(p, column))
        total = column.of(self.total)
        if total is None or not all((q := column.of(p)) and converts(q, total) for p in weighing):
            return None
        if not any(p.tonnage and p.tonnage.figure.interval.low > 0 for p in weighing):
            return None
        return WeightedGrade(self.total, column, weighing)

    @cached_property
    def explains(self) -> bool:
        """Whether every additive column of the total is the sum of the same parts."""
        return bool(self.sums) and all(s.compared.holds for s in self.sums)

    @cached_property
    def agreement(self) -> int:
        """How many figures of the total agree with these parts by more than chance."""
        sums = sum(_telling(s) and s.compared.holds for s in self.sums)
        return sums + sum(_discerning(mean) and mean.compared.holds for mean in self.means)

    @cached_property
    def supported(self) -> bool:
        """Whether a figure of three digits is the sum of these parts, or a shorter one beside a mean of them."""
        sums = [s for s in self.sums if s.compared.holds]
        return len(self.parts) > 1 and (any(map(_telling, sums)) or bool(sums and self.agreement))


@once
def find_addends(table: EstimateTable) -> tuple[tuple[EstimateLine, Addends | None], ...]:
    """Every line of the table that states a sum, with its parts, or None where nothing in the table adds up to it."""
    found: Found = {}
    comparable: dict[tuple[object, ...], list[EstimateLine]] = {}
    for line in table.lines:
        comparable.setdefault(comparison(line), []).append(line)
    totals = [_Total(line, tuple(comparable[comparison(line)])) for line in table.lines if states_sum(line)]
    for total in totals:
        if addends := _explained(total.made(_upward(*total.among, found))):
            found[total.line.key] = addends
    for total in reversed(totals):
        if total.line.key not in found and (addends := _explained(total.made(_downward(*total.among, found)))):
            found[total.line.key] = addends
    for total in totals:
        if total.line.key not in found and (addends := _contradicted(total, found)):
            found[total.line.key] = addends
    return tuple((total.line, found.get(total.line.key)) for total in totals)


@dataclass(frozen=True)
class _Total:
    """A line that states a sum, and the lines that can be its parts; each set of parts is made, and tried, once."""

    line: EstimateLine
    lines: Parts
    _made: dict[tuple[tuple[tuple[int, int], ...], bool], Addends] = field(default_factory=dict, init=False)

    @property
    def among(self) -> tuple[EstimateLine, Parts]:
        """The line and the lines that can be its parts."""
        return self.line, self.lines

    def made(self, candidates: Iterable[Candidate]) -> Iterator[Addends]:
        """The candidates as parts of the total."""
        for parts, certain in candidates:
            key = tuple(part.key for part in parts), certain
            if key not in self._made:
                self._made[key] = Addends(self.line, parts, certain, self.lines)
            yield self._made[key]


def states_sum(line: EstimateLine) -> bool:
    """Whether the line is a total by its print or by its category."""
    return line.is_total or line.category in PARTS_OF


Found = dict[tuple[int, int], Addends]
Candidate = tuple[Parts, bool]
"""Lines that may be the parts of a total, and whether no other reading is left."""


def _explained(candidates: Iterable[Addends]) -> Addends | None:
    """The first candidate that explains every additive column and every grade."""
    return next((c for c in candidates if c.explains and all(mean.compared.holds for mean in c.means)), None)


def _contradicted(total: _Total, found: Found) -> Addends | None:
    """The parts that a total ought to add up although some of its figures do not.

    What most of its figures agree with; else what the structure leaves no other reading for, or a whole block beside
    the total that is all that lies in its zone and material.
    """
    candidates = list(total.made(chain(_upward(*total.among, found), _downward(*total.among, found))))
    cover = {frozenset(p.key for p in parts) for parts, _ in _covers(*total.among)}
    whole = [c for c in candidates if len(c.parts) > 1 and frozenset(p.key for p in c.parts) in cover]
    if any(c.explains or c.supported or c.certain for c in candidates):
        meant = [c for c in candidates if c.explains or c.supported or c.certain or c in whole]
        best = max(meant, key=lambda c: (c.agreement, c.explains, c.supported, c.certain))
        others = dict.fromkeys(c.parts for c in candidates if c.agreement and c.parts != best.parts)
        return replace(best, otherwise=tuple(others))
    return whole[0] if whole else None


def _upward(total: EstimateLine, lines: Sequence[EstimateLine], found: Found) -> Iterator[Candidate]:
    """Candidates beside the total and before it, the surest first."""
    yield from _beside(total, lines)
    yield from _by_category(total, lines)
    yield from _runs(total, [line for line in lines if line.number < total.number], found)
    yield from _covers(total, lines)


def _downward(total: EstimateLine, lines: Sequence[EstimateLine], found: Found) -> Iterator[Candidate]:
    """Candidates after the total, nearest first."""
    yield from _runs(total, [line for line in reversed(lines) if line.number > total.number], found)


def _beside(total: EstimateLine, lines: Sequence[EstimateLine]) -> Iterator[Candidate]:
    """Parts in other column groups of the same printed row."""
    row = [p for p in lines if p.row == total.row and p.group != total.group]
    by_category = [p for p in row if p.category in PARTS_OF.get(total.category, ())]
    if by_category:
        yield _without_subtotals(by_category), True
    alike = [p for p in row if p.category is total.category and not p.is_total]
    if len(alike) > 1:
        yield tuple(alike), False


def _without_subtotals(parts: Sequence[EstimateLine]) -> tuple[EstimateLine, ...]:
    """The parts without a sum of categories that are parts themselves."""
    categories = {p.category for p in parts}
    return tuple(p for p in parts if not categories.intersection(PARTS_OF.get(p.category, ())))


def _by_category(total: EstimateLine, lines: Sequence[EstimateLine]) -> Iterator[Candidate]:
    """Measured and indicated lines of the total's own zone and material; certain where each is printed once."""
    wanted = PARTS_OF.get(total.category, ())[:2]
    if total.category not in (Category.PROVEN_PROBABLE, Category.MEASURED_INDICATED):
        return
    same = [p for p in _column(total, lines) if p.zone == total.zone and p.materials == total.materials]
    parts = [[p for p in same if p.category is category] for category in wanted]
    if all(len(p) == 1 for p in parts):
        yield tuple(p[0] for p in parts), True
    elif all(parts):
        nearest = tuple(min(p, key=lambda line: abs(line.number - total.number)) for p in parts)
        yield nearest, False


def _runs(total: EstimateLine, ordered: Sequence[EstimateLine], found: Found) -> Iterator[Candidate]:
    """Unbroken runs of lines next to the total that no other total has taken, from each place where a block begins."""
    for categories in ((total.category,), PARTS_OF.get(total.category, ()), (total.category, *_beneath(total))):
        line_up = _open([p for p in _column(total, ordered) if p.category in categories], found)
        for start in range(len(line_up) - 1, -1, -1):
            if start == 0 or _block_begins(line_up[start - 1], line_up[start]):
                yield tuple(line_up[start:]), False


def _beneath(total: EstimateLine) -> tuple[Category, ...]:
    """Categories that may stand under the total, stockpiles without a category among them."""
    parts = PARTS_OF.get(total.category, ())
    return (*parts, Category.UNCLASSIFIED) if total.type is EstimateType.RESERVE else parts


def _open(lines: Sequence[EstimateLine], found: Found) -> list[EstimateLine]:
    """The lines that are no part of another line among them."""
    taken = {part.key for line in lines if line.key in found for part in found[line.key].parts}
    return [line for line in lines if line.key not in taken]


def _block_begins(before: EstimateLine, line: EstimateLine) -> bool:
    """A block begins after a total and under a new heading."""
    return before.is_total or before.heading != line.heading


def _covers(total: EstimateLine, lines: Sequence[EstimateLine]) -> Iterator[Candidate]:
    """All plain lines within the total's zone and material: of its own category, or of its parts' categories."""
    within = [p for p in _column(total, lines) if _within(total, p)]
    plain = [p for p in within if not p.is_total]
    beneath = _beneath(total)
    choices = (
        [p for p in plain if p.category is total.category],
        list(_without_subtotals([p for p in plain if p.category in PARTS_OF.get(total.category, ())])),
        [p for p in plain if p.category in beneath and p.category not in PARTS_OF],
        [p for p in within if p.is_total and p.category is total.category and p.zone != total.zone],
    )
    yield from ((tuple(parts), False) for parts in choices if parts)


def _within(total: EstimateLine, part: EstimateLine) -> bool:
    """Whether the part's zone and material lie in the total's."""
    zone = total.zone is None or (part.zone or "").startswith(total.zone)
    return zone and set(total.materials) <= set(part.materials)


def _column(total: EstimateLine, lines: Iterable[EstimateLine]) -> list[EstimateLine]:
    """The lines of the total's column group that may be its parts."""
    return [p for p in lines if p.group == total.group and p is not total and not repeats_a_part(p.label)]


@lru_cache(maxsize=4096)
def repeats_a_part(label: str) -> bool:
    """Whether a label says that its line is a part of the line above: "of which oxide" adds nothing to a total."""
    hits = lexicon("part_rows").find(label)
    return bool(hits) and hits[0].start == 0


def comparison(line: EstimateLine) -> tuple[object, ...]:
    """What has to be alike in lines that state the same thing: type, commodities, cut-off.

    Commodities tell apart tables where the same ore comes back under each metal.
    """
    return line.type, frozenset(m.commodity for m in line.metals), _cutoff(line)


def _cutoff(line: EstimateLine) -> tuple[object, ...] | None:
    cutoff = line.cutoff
    return (cutoff.value.value, cutoff.unit, cutoff.commodity) if cutoff else None


def _telling(total: Sum) -> bool:
    """Whether the figure has three digits or more."""
    figure = total.compared.reported.figure
    return figure.value >= TELLING_STEPS * figure.step


def _discerning(mean: WeightedGrade) -> bool:
    """Whether the parts' grades differ, so that another set of parts would give another mean."""
    grades = [mean.column.of(part) for part in mean.parts]
    values = [q.interval for q in grades if q is not None]
    return any(not a.meets(b) for a, b in combinations(values, 2))


def _empty(part: EstimateLine, column: Column) -> bool:
    """A part of zero tonnes without a grade."""
    tonnage, quantity = TONNAGE.of(part), column.of(part)
    return tonnage is not None and not tonnage.figure.value and (quantity is None or not quantity.figure.value)
