"""What each column of an estimate table holds, told from its heading: kind, unit, commodity, category."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from extractors import limited_regex as regex
from extractors.column_groups import grouped
from extractors.column_kinds import VALUES, Column, Kind, commodity_of, kind_and_reason
from extractors.editions import EARLIER, SHARE, earlier, says_share, says_whole
from extractors.headings import Heading
from extractors.labels import read_label
from extractors.lexicon import lexicon
from extractors.units import PrintedUnit, grade_unit, mass_unit, power_in
from models.units import UNITS, Unit, scaled


def read_columns(heading: Heading, labels: frozenset[int], surroundings: str) -> tuple[Column, ...]:
    """Read every leaf column's heading; ``labels`` are the columns whose body cells are words.

    ``surroundings`` are caption and notes, which may state scales ("tonnes in thousands; pounds in millions").
    """
    read = _dated([_read_column(i, stack, i in labels) for i, stack in enumerate(heading.stacks)])
    plain = _share_out(_without_shares(read))
    filled = [_from_text(c, surroundings) for c in grouped(plain, heading)]
    metals = _Metals.of(filled)
    return tuple(_fill_commodity(c, metals) for c in filled)


def _read_column(index: int, stack: tuple[str, ...], words: bool) -> Column:
    text = " ".join(stack)
    kind, reason = kind_and_reason(stack)
    if words and reason not in _NAMELESS:
        return Column(index, Kind.LABEL, text, commodity=None, label=read_label(text))
    return Column(
        index,
        kind,
        text,
        _unit(kind, stack),
        commodity_of(stack) if kind in VALUES or kind is Kind.CUTOFF else None,
        reason=reason,
    )


_NAMELESS = frozenset({"volume", "density"})
"""What no row is named by, however it is printed: "5.2 x 10(8)" below "Brine Volume (m3)" is no deposit."""


def _dated(columns: list[Column]) -> list[Column]:
    """The columns, those of an earlier estimate beside a later one marked; without a tonnage they are ignored."""
    headings = earlier((c.heading for c in columns if c.kind not in (Kind.LABEL, Kind.IGNORED)), over_columns=True)
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
