"""What each column of an estimate table holds, told from its heading: kind, unit, commodity, category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from extractors import limited_regex as regex
from extractors.editions import EARLIER, SHARE, earlier, edition_of, says_share, says_whole
from extractors.headings import Heading
from extractors.labels import Label, read_label
from extractors.lexicon import lexicon
from extractors.units import PrintedUnit, grade_unit, mass_unit, power_in
from models.units import UNITS, Unit, scaled


class Kind(StrEnum):
    """What a column holds."""

    LABEL = "label"
    TONNAGE = "tonnage"
    GRADE = "grade"
    CONTAINED = "contained"
    RECOVERED = "recovered"
    CUTOFF = "cutoff"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


VALUES = (Kind.TONNAGE, Kind.GRADE, Kind.CONTAINED, Kind.RECOVERED)


@dataclass(frozen=True)
class Column:
    """A leaf column: its kind, what its heading states, and the column group that it belongs to.

    ``reason`` says why a column is ignored. ``label`` is what the heading says of category, type, material and zone.
    ``is_earlier`` is true for a column of an earlier estimate that stands beside a later one.
    """

    index: int
    kind: Kind
    heading: str
    unit: PrintedUnit | None = None
    commodity: str | None = None
    label: Label = Label()
    group: int = 0
    group_heading: str = ""
    reason: str = ""
    is_earlier: bool = False

    @property
    def plain_unit(self) -> Unit | None:
        """The unit that the heading states, or None."""
        return self.unit.unit if self.unit else None


_UNIT_ALONE = regex.compile(r"\([^()]*\)")
_RATIO = regex.compile(r"\p{L}[\p{L}\d]*\s*[/:]\s*\p{Lu}[\p{L}\d]*")


def read_columns(heading: Heading, labels: frozenset[int], surroundings: str) -> tuple[Column, ...]:
    """Read every leaf column's heading; ``labels`` are the columns whose body cells are words.

    ``surroundings`` are caption and notes, which may state scales ("tonnes in thousands; pounds in millions").
    """
    read = _dated([_read_column(i, stack, i in labels) for i, stack in enumerate(heading.stacks)])
    plain = _share_out(_without_shares(read))
    grouped = [_from_text(c, surroundings) for c in _group(plain, heading)]
    metals = _Metals.of(grouped)
    return tuple(_fill_commodity(c, metals) for c in grouped)


def _read_column(index: int, stack: tuple[str, ...], words: bool) -> Column:
    text = " ".join(stack)
    if words:
        return Column(index, Kind.LABEL, text, commodity=None, label=read_label(text))
    kind, reason = _kind(stack)
    return Column(
        index,
        kind,
        text,
        _unit(kind, stack),
        commodity_of(stack) if kind in VALUES or kind is Kind.CUTOFF else None,
        reason=reason,
    )


def _dated(columns: list[Column]) -> list[Column]:
    """The columns, those of an earlier estimate beside a later one marked; without a tonnage they are ignored."""
    headings = earlier(c.heading for c in columns if c.kind not in (Kind.LABEL, Kind.IGNORED))
    before = [c for c in columns if c.kind not in (Kind.LABEL, Kind.IGNORED) and c.heading in headings]
    stated = any(c.kind is Kind.TONNAGE for c in before)
    marked = {c.index: replace(c, is_earlier=True) if stated else _ignored(c, EARLIER) for c in before}
    return [marked.get(c.index, c) for c in columns]


def _without_shares(columns: list[Column]) -> list[Column]:
    """The columns, those of the company's share ignored where the whole ore stands beside them.

    Where every tonnage is the company's share, that share is what the table estimates.
    """
    shares = [c for c in columns if c.kind in VALUES and says_share(c.heading) and not says_whole(c.heading)]
    tonnages = [c for c in columns if c.kind is Kind.TONNAGE]
    if all(c in shares for c in tonnages) and tonnages:
        return columns
    return [_ignored(c, SHARE) if c in shares else c for c in columns]


def _ignored(column: Column, reason: str) -> Column:
    return replace(column, kind=Kind.IGNORED, unit=None, commodity=None, reason=reason)


def _share_out(columns: list[Column]) -> list[Column]:
    """Share out a heading that names several metals over as many columns of one kind ("Contained Au Contained Ag")."""
    shared = list(columns)
    for column in columns:
        named = lexicon("commodities").means(column.heading)
        beside = columns[column.index : column.index + len(named)]
        nameless = all(c.kind is column.kind and (not c.commodity or c.heading == column.heading) for c in beside)
        if len(named) > 1 and column.commodity in named and len(beside) == len(named) and nameless:
            for metal, one in zip(named, beside, strict=True):
                shared[one.index] = replace(one, commodity=metal)
    return shared


def commodity_of(stack: Sequence[str]) -> str | None:
    """The commodity that a heading names; the text nearest to the figures speaks first."""
    for text in reversed(stack):
        named = lexicon("commodities").means(text)
        if named:
            return named[-1] if any(m.endswith("Eq") for m in named) and not named[0].endswith("Eq") else named[0]
    return None


def kind_of(stack: tuple[str, ...]) -> Kind:
    """What a heading, or the label of a row that stands for one, says that its figures are."""
    return _kind(stack)[0] if stack else Kind.UNKNOWN


def _kind(stack: tuple[str, ...]) -> tuple[Kind, str]:
    """The kind of a column and, where it is ignored, the reason; the nearest text that says something decides."""
    if any(_is_ratio(text) for text in stack):
        return Kind.IGNORED, "ratio"
    said = [m for text in (*reversed(stack), " ".join(stack)) for m in lexicon("columns").means(text)]
    if "not:change" in said:
        return Kind.IGNORED, "change"
    ignored = next((m for m in said if m.startswith("not:") and m != "not:attributable share"), None)
    if "cutoff" in said and ignored in {None, "not:value"}:
        return Kind.CUTOFF, ""
    leaf = " ".join(stack[-2:])
    if ignored and not _measures(stack):
        return Kind.IGNORED, ignored.removeprefix("not:")
    if grade_unit(leaf) and "contained" not in lexicon("columns").means(stack[-1] if stack else ""):
        return Kind.GRADE, ""
    for word in ("recovered", "contained"):
        if word in said and (mass_unit(" ".join(stack)) or commodity_of(stack)):
            return Kind(word), ""
    if "grade" in said:
        return Kind.GRADE, ""
    if "contained" in said and "tonnage" not in said:
        return Kind.CONTAINED, ""
    return _mass_kind(stack, said)


def _measures(stack: tuple[str, ...]) -> bool:
    """True where the heading prints a unit of ore or metal although it also says a word that others print.

    Where the text nearest to the figures says that word, it alone is asked: "m" under "Tonnes" are metres.
    """
    leaf_ignored = any(m.startswith("not:") for m in lexicon("columns").means(stack[-1]))
    text = stack[-1] if leaf_ignored else " ".join(stack)
    return bool(mass_unit(text)) and bool({"tonnage", "contained"} & set(lexicon("columns").means(text)))


def _mass_kind(stack: tuple[str, ...], said: list[str]) -> tuple[Kind, str]:
    text = " ".join(stack)
    printed = mass_unit(text)
    family = printed.unit.symbol.lstrip("kMG") if printed and printed.unit else ""
    leaf = " ".join(stack[-1:])
    leaf = " ".join(stack[-2:]) if _UNIT_ALONE.fullmatch(leaf) else leaf  # "LCE" over "(tonnes)"
    if family in {"oz", "lb", "ct", "g", "mtu"} or (printed and _names_metal(leaf)):
        return Kind.CONTAINED, ""
    if "tonnage" in said or printed:
        return Kind.TONNAGE, ""
    if commodity_of(stack):
        return Kind.GRADE, ""
    return Kind.UNKNOWN, ""


def _names_metal(leaf: str) -> bool:
    """True for "WO3 (Tonnes)": metal and mass in one cell, and no word for ore; coal is the ore itself."""
    named = set(lexicon("commodities").means(leaf)) - {"coal"}
    return bool(named) and not regex.search(r"\b(?:ore|tonnage|minerai)\b", leaf.lower())


def _is_ratio(text: str) -> bool:
    """True for one metal over another, and for anything to a metal: "HREO/TREO", "NdPr:TREO"."""
    found = _RATIO.search(text)
    if not found:
        return False
    return len(lexicon("commodities").means(found.group())) >= (1 if ":" in found.group() else 2)


def _unit(kind: Kind, stack: tuple[str, ...]) -> PrintedUnit | None:
    if kind in (Kind.GRADE, Kind.CUTOFF):
        grade = next((g for text in reversed(stack) if (g := grade_unit(text))), None)
        return PrintedUnit(grade, 0) if grade else None
    if kind not in VALUES:
        return None
    above = [text for text in reversed(stack[:-1]) if not lexicon("categories").find(text)]
    speaking = [stack[-1], *above]  # "MEASURED RESOURCES (M)" is no heading in millions
    printed = next((u for text in speaking if (u := mass_unit(text)) and u.power is not None), None)
    printed = printed or next((u for text in speaking if (u := mass_unit(text))), None)
    power = next((p for text in speaking if (p := power_in(text)) is not None), None)
    if power is None or (printed and printed.power is not None):
        return printed
    unit = printed.unit if printed else None
    return PrintedUnit(unit and scaled(unit, power), power, bool(printed and printed.ton))


def _group(columns: list[Column], heading: Heading) -> list[Column]:
    """Number the column groups: estimates that stand side by side under headings of their own."""
    key = _group_keys(columns, heading)
    numbers: dict[tuple[bool, str], int] = {}
    return [
        replace(
            c,
            group=numbers.setdefault((c.is_earlier, key[c.index]), len(numbers)),
            group_heading=key[c.index].strip(),
            label=_group_label(key[c.index]),
        )
        if c.index in key
        else c
        for c in columns
    ]


def _group_label(heading: str) -> Label:
    """What a group's heading says of its estimates; dates ("Update - June 2012") and words for figures name no zone."""
    label = read_label(heading)
    dated = label.year or label.aside or edition_of(heading).word or lexicon("columns").find(heading)
    return replace(label, zone=None, name=None) if dated else label


def _group_keys(columns: list[Column], heading: Heading) -> dict[int, str]:
    """The heading text that tells a column's group, by column; one text for all where there is one estimate a row.

    Blanks, as many as the group's number, where nothing tells one group from the next.
    """
    tonnages = [c.index for c in columns if c.kind is Kind.TONNAGE]
    values = [c.index for c in columns if c.kind in (*VALUES, Kind.CUTOFF)]
    estimates = {i: _estimate_said(heading.stacks[i]) for i in values}
    if len(tonnages) > 1 and len({estimates[i] for i in tonnages}) == len(tonnages):
        return estimates
    tops = {i: _top(heading.stacks[i]) for i in values}
    several = len({tops[i] for i in tonnages}) > 1 and len(tonnages) > 1
    categories = {lexicon("categories").first(top) for top in tops.values()} - {None}
    if several or len(categories) > 1:
        return tops
    if len(tonnages) > 1 and not _alternates(columns, tonnages):
        return {i: " " * sum(t <= i for t in tonnages) for i in values}
    return dict.fromkeys(values, "")


def _estimate_said(stack: tuple[str, ...]) -> str:
    """What the heading over a column says of the estimate, on whichever level: all but the words for its figures."""
    said = [_bare(text) if _names_estimate(text) else text for text in stack]
    return " ".join(text for text in said if _names_estimate(text) or not _says_measure(text))


def _names_estimate(text: str) -> bool:
    totals = {"total", "grand total"} & set(lexicon("labels").means(text))
    return bool(lexicon("categories").find(text)) or bool(totals)


def is_bare_measure(column: Column) -> bool:
    """True where the heading of a column's group says of no estimate, but at most what the figures are: "Tonnes"."""
    heading = column.group_heading
    bare = _bare(heading)
    for name in ("columns", "commodities", "small_words"):
        bare = lexicon(name).without(bare)
    return not _names_estimate(heading) and not regex.search(r"\p{L}{2}", bare)


def _bare(text: str) -> str:
    """A category without the unit behind it: "Proven (Mt)"; in "(M) + (I)" the letter is no unit."""
    bare = text
    for name in ("units", "tons", "scales"):
        bare = lexicon(name).without(bare)
    bare = regex.sub(r"\(\s*\)", "", bare).strip()
    return bare if lexicon("categories").first(bare) == lexicon("categories").first(text) else text


def _says_measure(text: str) -> bool:
    return any(lexicon(name).find(text) for name in ("columns", "units", "tons", "scales", "commodities"))


def _top(stack: tuple[str, ...]) -> str:
    """The text over a column that can head a group: the upper level, or category and year where there is one level."""
    if len(stack) != 1:
        return stack[0] if stack else ""
    label = read_label(stack[0])
    return " ".join(str(part) for part in (label.category, label.year) if part)


def _alternates(columns: list[Column], tonnages: list[int]) -> bool:
    """True where the tonnage columns stand side by side: one ore printed in two units, not two estimates."""
    return tonnages == list(range(tonnages[0], tonnages[-1] + 1)) and len({columns[i].unit for i in tonnages}) > 1


def _from_text(column: Column, surroundings: str) -> Column:
    """Take from caption or notes what the heading leaves out: "tonnes in thousands", "grades are in g/t"."""
    if column.kind is Kind.GRADE and column.unit is None:
        unit = stated_grade_unit(surroundings)
        return replace(column, unit=PrintedUnit(unit, 0)) if unit else column
    printed = column.unit
    if printed is None or printed.unit is None or printed.power is not None:
        return column
    power = stated_power(printed.unit, surroundings)
    if power is None:
        return column
    return replace(column, unit=PrintedUnit(scaled(printed.unit, power), power, printed.ton))


def stated_grade_unit(text: str) -> Unit | None:
    """The one unit that sentences on grades name ("Grades are in g/t"), or None where they name none or several."""
    sentences = [s for s in regex.split(r"[.;\n]", text) if regex.search(_GRADES_IN, s, regex.IGNORECASE)]
    named = {unit for s in sentences if (unit := grade_unit(s))}
    return named.pop() if len(named) == 1 else None


_GRADES_IN = r"\b(?:grades?|teneurs?)\s+(?:\w+\s+){0,3}(?:in|en)\s"
_SENTENCES = {
    "tonnes": ("t", "st"),
    "ounces": ("oz",),
    "pounds": ("lb",),
    "carats": ("ct",),
}


def stated_power(unit: Unit, text: str) -> int | None:
    """The power of a thousand that a sentence gives a unit: "tonnes in thousands", "millions of pounds"."""
    name = next((words for words, symbols in _SENTENCES.items() if unit.symbol in symbols), None)
    if name is None:
        return None
    words = {
        "tonnes": r"(?:tonn?(?:e|age)?s|tons)",
        "ounces": r"(?:ounces|onces|oz)",
        "pounds": r"(?:pounds|livres|lbs?)",
    }
    noun = words.get(name, name)
    linked = rf"{noun}(?:,?\s+(?:and|et)\s+\w+|,\s+\w+)*\s+(?:(?:are|is|shown|stated|given|sont)\s+)*(?:in|en)\s+"
    pattern = rf"{linked}(thousands|millions|billions|milliers)"
    found = regex.search(pattern, text, regex.IGNORECASE)
    return power_in(found.group(1)) if found else None


@dataclass(frozen=True)
class _Metals:
    """The metals that the columns of each group name, and those that its grades name."""

    named: dict[int, set[str]]
    graded: dict[int, set[str]]

    @classmethod
    def of(cls, columns: list[Column]) -> _Metals:
        """Gathered once for all columns: a table may have thousands."""
        named: dict[int, set[str]] = defaultdict(set)
        graded: dict[int, set[str]] = defaultdict(set)
        for column in columns:
            if column.kind in VALUES and column.commodity:
                named[column.group].add(column.commodity)
            if column.kind is Kind.GRADE and column.commodity:
                graded[column.group].add(column.commodity)
        return cls(named, graded)


def _fill_commodity(column: Column, metals: _Metals) -> Column:
    """A column without a metal of its own takes the one that its group's other columns name, if they name one."""
    if column.kind not in (Kind.GRADE, Kind.CONTAINED, Kind.RECOVERED):
        return column
    if column.commodity:
        return replace(column, commodity=_graded_form(column, metals))
    implied = _implied(column.unit)
    named = metals.named.get(column.group, set())
    if implied or len(named) == 1:
        return replace(column, commodity=implied or next(iter(named)))
    return column


def _graded_form(column: Column, metals: _Metals) -> str | None:
    """Contained Cu beside a grade of CuT and none of Cu is total copper: the form that the grade names."""
    graded = metals.graded.get(column.group, set())
    if column.kind is Kind.GRADE or column.commodity in graded:
        return column.commodity
    forms = [form for end in ("T", "S", "AS") if (form := f"{column.commodity}{end}") in graded]
    return forms[0] if len(forms) == 1 else column.commodity


def _implied(printed: PrintedUnit | None) -> str | None:
    """Carats are carats of diamonds."""
    diamonds = {UNITS[s] for s in ("ct", "kct", "Mct", "cpht", "ct/t")}
    return "diamond" if printed and printed.unit in diamonds else None
