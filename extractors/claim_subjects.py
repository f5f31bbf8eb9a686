"""What a claimed figure is about: type, category, metal and material, from the words of its own clause first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.figures import Measure
from extractors.lexicon import Hit, lexicon
from extractors.quantities import Group, joined
from extractors.scope import materials_in
from models.disclosure import Category, EstimateType, Material


@dataclass(frozen=True, slots=True)
class Subject:
    """What the figures of a sentence are about: type, category and metal, as far as the words say."""

    type: EstimateType | None = None
    category: Category | None = None
    commodity: str | None = None
    materials: tuple[Material, ...] = ()


ABBREVIATED = regex.compile(r"\b(?:M(?:RM)?REs?|ERM)\b")


def subject_of(text: str) -> Subject:
    """The first type and category that a text names, and the metal beside them."""
    types = lexicon("types").find(text)
    categories = lexicon("categories").find(text)
    kind = EstimateType.HISTORICAL if _is_historical(text) else EstimateType(types[0].means) if types else None
    if kind is None and ABBREVIATED.search(text):
        kind = EstimateType.RESOURCE
    category = Category(categories[0].means) if categories else None
    if kind is None and category:
        kind = type_of(category)
    return Subject(kind, category, _commodity_near(text, types), ())


def _is_historical(text: str) -> bool:
    return "historical" in lexicon("types").means(text)


def type_of(category: Category) -> EstimateType:
    """The type of estimate that has this category."""
    reserves = (Category.PROVEN, Category.PROBABLE, Category.PROVEN_PROBABLE, Category.TOTAL_RESERVES)
    return EstimateType.RESERVE if category in reserves else EstimateType.RESOURCE


def _commodity_near(text: str, types: Sequence[Hit]) -> str | None:
    """The metal of "gold reserves", "réserves d'or": beside the type word, categories in between."""
    metals = lexicon("commodities").find(text)
    words = [*types, *lexicon("categories").find(text)]
    for word in words:
        for metal in metals:
            between = text[metal.end : word.start] if metal.end <= word.start else text[word.end : metal.start]
            if len(between) < 40 and not regex.search(r"\d|[,;]", between) and not lexicon("units").find(between):
                return metal.means
    return None


def clause_of(text: str, measure: Measure) -> str:
    """The clause that a figure stands in; a list of categories is no break."""
    plain = joined(text)
    start = max((m.end() for m in regex.finditer(r"[;:,]\s|\.\s|\band\b", plain[: measure.start])), default=0)
    end = regex.search(r"[;:,]\s|\.\s|\band\b", plain[measure.end :])
    return text[start : measure.end + end.start() if end else len(text)]


def subject_of_change(text: str, measure: Measure, subject: Subject) -> Subject:
    """The subject of the clause of a change: its own words where it has some, else the sentence's."""
    own = subject_of(clause_of(text, measure))
    metals = lexicon("commodities").means(clause_of(text, measure))
    before = lexicon("commodities").find(text[: measure.start])
    return Subject(
        own.type or subject.type,
        own.category or subject.category,
        own.commodity or (metals[0] if metals else before[-1].means if before and not own.type else subject.commodity),
        own.materials,
    )


def subject_of_group(text: str, groups: Sequence[Group], index: int, last: Subject, subject: Subject) -> Subject:
    """The category of a group: inside it, or beside it up to the break between it and its neighbours."""
    group = groups[index]
    lead = _lead(text, groups, index)
    tail = _tail(text, groups, index)
    inside = text[group.start : group.end]
    if _speaks_of_all(lead):
        return Subject(None, None, _metal_of(inside) or last.commodity, ())
    around = f"{lead} | {inside} | {tail}"
    own = subject_of(around)
    category = (
        _category(lead, inside, tail) or (last.category if not own.type else None) or (last.category if index else None)
    )
    kind = own.type or last.type or subject.type
    if category and kind is not EstimateType.HISTORICAL:
        kind = type_of(category)
    commodity = _commodity_near(around, [*lexicon("types").find(around)]) or last.commodity
    return Subject(kind, category, commodity, materials_in(around) or (last.materials if index else ()))


_TOGETHER = regex.compile(
    r"\b(?:together|combined|in total|all (?:\p{L}+ )?(?:properties|projects|deposits|mines))\b|\bensemble\b",
    regex.IGNORECASE,
)


def _speaks_of_all(lead: str) -> bool:
    """Whether a figure's own clause, behind a semicolon, speaks of all properties and of no category."""
    _, parted, clause = lead.rpartition(";")
    return bool(parted and _TOGETHER.search(clause) and not lexicon("categories").find(clause))


def _metal_of(text: str) -> str | None:
    return next(iter(lexicon("commodities").means(text)), None)


def _category(lead: str, inside: str, tail: str) -> Category | None:
    """The nearest category: inside the group, behind it, or before it; a single one wins over a total."""
    hits = [Category(h.means) for h in (*_own(inside), *_own(tail), *reversed(_own(lead)))]
    single = [c for c in hits if c not in (Category.TOTAL_RESOURCES, Category.TOTAL_RESERVES)]
    return (single or hits or [None])[0]


def _own(part: str) -> list[Hit]:
    """The categories that a part of a sentence names; neither a mere total nor a share is one."""
    hits = [h for h in lexicon("categories").find(part) if h.text.lower() not in _MERE_TOTALS]
    return [h for h in hits if not _SHARE.search(part[: h.start])]


_SHARE = regex.compile(r"\d\s*%\s*$")
"""A share before a category, "87% Measured", says how much of the figure is of it."""


_MERE_TOTALS = frozenset({"total mineral resources", "total mineral resource", "total resource"})


def _lead(text: str, groups: Sequence[Group], index: int) -> str:
    if index == 0:
        return text[: groups[0].start]
    between = text[groups[index - 1].end : groups[index].start]
    return between[_cut(joined(between)) :]


def _tail(text: str, groups: Sequence[Group], index: int) -> str:
    if index + 1 == len(groups):
        rest = text[groups[index].end :]
        end = regex.search(r";\s|\.\s|, as\b", rest)
        return rest[: end.start()] if end else rest
    between = text[groups[index].end : groups[index + 1].start]
    return between[: _cut(joined(between))]


def _cut(between: str) -> int:
    """Where the words of one group end and those of the next begin; a label with a colon leads the next."""
    if label := regex.search(r"[^\s.;,:][^.;,:]*:\s*$", between):
        return label.start()
    found = regex.search(r"[;,:]|\.\s|\b(?:and|plus|with|et|while|in addition)\b", between)
    return found.start() if found else 0 if _leads_next(between) else len(between)


def _leads_next(between: str) -> bool:
    return bool(regex.search(r"\b(?:of|de)\s*$", between))
