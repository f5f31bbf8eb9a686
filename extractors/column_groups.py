"""Column groups: estimates that stand side by side, told by what their headings say above the measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors import limited_regex as regex
from extractors.column_kinds import VALUES, Column, Kind
from extractors.editions import edition_of
from extractors.headings import Heading
from extractors.labels import Label, read_label
from extractors.lexicon import lexicon


def grouped(columns: list[Column], heading: Heading) -> list[Column]:
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
        return {i: _of_tonnage(said, [estimates[t] for t in tonnages]) for i, said in estimates.items()}
    tops = {i: _top(heading.stacks[i]) for i in values}
    several = len({tops[i] for i in tonnages}) > 1 and len(tonnages) > 1
    categories = {lexicon("categories").first(top) for top in tops.values()} - {None}
    if several or len(categories) > 1:
        return tops
    if len(tonnages) > 1 and not _alternates(columns, tonnages):
        return {i: " " * sum(t <= i for t in tonnages) for i in values}
    return dict.fromkeys(values, "")


def _of_tonnage(said: str, tonnages: Sequence[str]) -> str:
    """What the heading over the tonnage says, where this one goes on from it: "Proven" for "Proven Grade"."""
    begun = [t for t in tonnages if said == t or said.startswith(f"{t} ")]
    return max(begun, key=len, default=said)


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
    """A text without units, but for those inside a category: "Proven" of "Proven (Mt)", all of "(M) + (I)"."""
    pieces, at = [], 0
    for hit in lexicon("categories").find(text):
        pieces += [_without_units(text[at : hit.start]), hit.text]
        at = hit.end
    pieces.append(_without_units(text[at:]))
    return " ".join(filter(None, pieces))


def _without_units(text: str) -> str:
    for name in ("units", "tons", "scales"):
        text = lexicon(name).without(text)
    return regex.sub(r"\(\s*\)", "", text).strip()


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
