"""What a column of an estimate table is, and what the words of its heading say that its figures are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.labels import Label
from extractors.lexicon import REMEMBERED, lexicon
from extractors.units import PrintedUnit, grade_unit, mass_unit
from models.units import Unit


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


def commodity_of(stack: Sequence[str]) -> str | None:
    """The commodity that a heading names; the text nearest to the figures speaks first, all of it last."""
    for text in (*reversed(stack), " ".join(stack)):
        named = lexicon("commodities").means(text)
        if named:
            return named[-1] if any(m.endswith("Eq") for m in named) and not named[0].endswith("Eq") else named[0]
    return None


def kind_of(stack: tuple[str, ...]) -> Kind:
    """What a heading, or the label of a row that stands for one, says that its figures are."""
    return kind_and_reason(stack)[0] if stack else Kind.UNKNOWN


@lru_cache(maxsize=REMEMBERED)  # the layout, the parting and the columns of a table ask it of the same headings
def kind_and_reason(stack: tuple[str, ...]) -> tuple[Kind, str]:
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
    if ignored and not _measures(stack) and not (ignored == "not:value" and _names_grade(stack)):
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


def _names_grade(stack: tuple[str, ...]) -> bool:
    """True for "Zn" "%" below "Average Value": metal and unit of a grade, and none of the own words says money."""
    own = stack[-1:] if commodity_of(stack[-1:]) else stack[-2:]
    money = "not:value" in lexicon("columns").means(" ".join(own))
    return not money and grade_unit(" ".join(own)) is not None and commodity_of(own) is not None


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
    found = _RATIO.search(text) if "/" in text or ":" in text else None
    if not found:
        return False
    return len(lexicon("commodities").means(found.group())) >= (1 if ":" in found.group() else 2)
