"""Which figures of a text can be cut-offs by their unit; a bare one takes that of its list, or one printed ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import limited_regex as regex
from extractors.figure_units import unit_behind
from extractors.figures import Measure, find_measures
from extractors.lexicon import Hit
from models.disclosure import Language


@dataclass(frozen=True)
class UnitAhead:
    """A unit that is printed once, before all the values: "Cut-off grades (g/t Au): pit 0.35; underground 1.80"."""

    unit: str
    commodity: str | None
    end: int


def unit_ahead(text: str, words: Sequence[Hit]) -> UnitAhead | None:
    """The unit in brackets or behind a comma right after the word "cut-off"; None where none stands there."""
    for word in words:
        opened = _OPENS_UNIT.match(text, word.end) if word.means == "cutoff" else None
        if opened:
            unit, commodity, _, end = unit_behind(text, opened.end(), None)
            if unit and _CLOSES_UNIT.match(text, end):
                return UnitAhead(unit, commodity, end)
    return None


_OPENS_UNIT = regex.compile(r"\s*[(\[,]\s*(?:in |en )?(?=\D)")
_CLOSES_UNIT = regex.compile(r"\s*(?:NSR\s*)?[)\]:]")
_STANDS_ALONE = regex.compile(r"\s*(?:[;,()]|\.?\s*$|\.\s|(?:and|for|et|pour)\b)")


def candidates(text: str, language: Language, ahead: UnitAhead | None) -> list[Measure]:
    """The figures in a unit that a cut-off can have; a bare one has that of its list: "3.1, 2.8 and 4.0 g/t"."""
    found: list[Measure] = []
    for printed in reversed(find_measures(text, language)):
        following = found[-1] if found else None
        if following and _is_in_list(text, printed, following):
            found.append(replace(printed, unit=following.unit, commodity=following.commodity))
        elif printed.unit and printed.value is not None and _can_be(printed):
            found.append(printed)
        elif ahead and _takes_unit_ahead(text, printed, ahead):
            found.append(replace(printed, unit=ahead.unit, commodity=ahead.commodity))
    return found[::-1]


def _takes_unit_ahead(text: str, bare: Measure, ahead: UnitAhead) -> bool:
    alone = bare.unit is None and bare.value is not None and bool(_STANDS_ALONE.match(text, bare.end))
    return alone and bare.start >= ahead.end and not regex.fullmatch(r"(?:19|20)\d\d", bare.digits)


def _is_in_list(text: str, bare: Measure, following: Measure) -> bool:
    between = text[bare.end : following.start]
    return bare.unit is None and bare.value is not None and bool(_LIST_OF_FIGURES.fullmatch(between))


_LIST_OF_FIGURES = regex.compile(r",\s+|,?\s+(?:and|or|et|ou)\s+|\s?/\s?", regex.IGNORECASE)


def _can_be(measure: Measure) -> bool:
    return (
        measure.is_grade
        or measure.unit in ("ft%", "mm")
        or is_bare_money(measure)
        or bool(regex.fullmatch(r"(?:\$|[A-Z]{3})/t", measure.unit or ""))
    )


def is_bare_money(measure: Measure) -> bool:
    """Money that is not per tonne."""
    return bool(regex.fullmatch(r"\$|[A-Z]{3}", measure.unit or ""))


def is_nsr(text: str, measure: Measure) -> bool:
    """Money without "per tonne" is a cut-off only right before its basis: "a $6.34 NSR cut-off"."""
    return bool(
        regex.match(r"\s*(?:\([^)]*\)\s*)?(?:NSR|NMR|NVPT|net smelter return)", text[measure.end :], regex.IGNORECASE)
    )
