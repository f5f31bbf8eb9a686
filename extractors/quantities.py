"""Figures of a sentence in groups: a tonnage with the grades and contained metals that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors import limited_regex as regex
from extractors.figures import Measure
from extractors.lexicon import lexicon
from models.units import UNITS, scaled

ROCK_UNITS = frozenset({"t", "kt", "Mt", "st", "kst", "Mst"})
"""Units in which tonnages are printed; with a metal beside them they count contained metal."""


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that state one estimate: at most one tonnage, with the grades and contained metals that go with it."""

    measures: tuple[Measure, ...]

    @property
    def start(self) -> int:
        """Where the first figure begins."""
        return self.measures[0].start

    @property
    def end(self) -> int:
        """Where the last figure ends."""
        return self.measures[-1].end

    @property
    def rock(self) -> Measure | None:
        """The tonnage, or None."""
        return next((m for m in self.measures if is_rock(m)), None)


def is_rock(measure: Measure) -> bool:
    """True for tonnes of rock; tonnes with a metal are contained metal."""
    return measure.unit in ROCK_UNITS and measure.commodity in (None, "coal")


def groups_in(text: str, measures: Sequence[Measure]) -> list[Group]:
    """The groups of a sentence, left to right; a figure to compare with ("from 33.8 million tonnes") stands alone."""
    plain = joined(text)
    groups: list[list[Measure]] = []
    current: list[Measure] | None = None
    for measure in _named(text, _completed(text, measures)):
        if _is_compared(plain, measure) and current is not None:
            groups.append([measure])
        elif current is not None and _belongs(plain, text, current, measure):
            current.append(measure)
        else:
            current = [measure]
            groups.append(current)
    return [Group(tuple(g)) for g in groups if any(m.is_mass for m in g)]


def joined(text: str) -> str:
    """The text with its categories blacked out, so that "measured and indicated" is no break between two figures."""
    characters = list(text)
    for hit in lexicon("categories").find(text):
        characters[hit.start : hit.end] = "x" * (hit.end - hit.start)
    return "".join(characters)


def _completed(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """The figures of mass and grade; a bare number before a category counts in the unit before it.

    "139,000 ounces proven and 669,000 probable"; "0.13 gram palladium per tonne, 0.05 gram platinum".
    """
    found: list[Measure] = []
    for measure in measures:
        bare = measure.unit is None and measure.value is not None and measure.value >= 1000
        if bare and found and found[-1].is_mass and _before_category(text[measure.end :]):
            found.append(replace(measure, unit=found[-1].unit, commodity=found[-1].commodity))
        elif measure.unit is None and (unit := _unit_left_out(text, measure)):
            found.append(replace(measure, unit=unit))
        elif measure.is_mass or measure.is_grade:
            found.append(measure)
    return found


def _unit_left_out(text: str, measure: Measure) -> str | None:
    """The unit of a bare "42.8 million" where the sentence counts ounces or pounds elsewhere, and nothing else."""
    scale = regex.match(r"\s?(million|billion)\b(?!\s+\p{L}+(?:es|s|ns)\b)", text[measure.end :], regex.IGNORECASE)
    counted = {"oz" if noun.casefold().startswith("ou") else "lb" for noun in _COUNTED.findall(text)}
    if not scale or len(counted) != 1 or measure.value is None:
        return None
    unit = scaled(UNITS[counted.pop()], 2 if scale[1].casefold() == "million" else 3)
    return unit.symbol if unit else None


_COUNTED = regex.compile(r"\b(?:ounces|pounds)\b", regex.IGNORECASE)


def _before_category(after: str) -> bool:
    hits = lexicon("categories").find(after[:30])
    return bool(hits) and not after[: hits[0].start].strip()


def _named(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """The figures with the metal that stands right before them ("copper of 10,872 kilotonnes") where none follows."""
    named: list[Measure] = []
    contained = _contained_metal(text[: measures[0].start]) if measures else None
    for measure in measures:
        of = regex.search(r"([\p{L}\d]+(?: equivalent)?) (?:of|totalling) $", _before(text, measure))
        metal = lexicon("commodities").first(of.group(1)) if of and not measure.commodity else None
        product = (contained or _product_before(named)) if is_rock(measure) and not metal else None
        named.append(replace(measure, commodity=metal or product) if metal or product else measure)
    return named


def _contained_metal(head: str) -> str | None:
    """The metal that a sentence counts before any figure: "Contained lithium carbonate equivalent is 2.6 Mt"."""
    said = regex.search(r"\bcontained ", head, regex.IGNORECASE)
    metals = lexicon("commodities").find(head[said.end() :]) if said else []
    return metals[0].means if metals and metals[0].start < 3 else None


def _before(text: str, measure: Measure) -> str:
    """The words right before a figure; to search all of a long text for each of its figures takes minutes."""
    return text[max(0, measure.start - 80) : measure.start]


def _product_before(named: Sequence[Measure]) -> str | None:
    """Tonnes of a brine's product: figures of that product alone stand before, and no rock."""
    if named and all(m.unit in ROCK_UNITS and m.commodity == "LCE" for m in named):
        return "LCE"
    return None


def _is_compared(text: str, measure: Measure) -> bool:
    return measure.is_mass and bool(
        regex.search(r"(?:\bfrom|compared (?:to|with)|versus|vs\.?|par rapport à)\s*$", _before(text, measure))
    )


def _belongs(plain: str, text: str, group: Sequence[Measure], measure: Measure) -> bool:
    """Whether a figure goes with the group before it."""
    between = plain[group[-1].end : measure.start]
    if regex.search(r";\s|\.\s+\p{Lu}", between):
        return False
    if is_rock(measure):
        # "1.6 million ounces of gold in 71 million tonnes at ...": the tonnage may stand behind its metal
        return not any(is_rock(m) for m in group) and bool(
            regex.search(r"\b(?:in|dans|within)\b[\s\w]{0,12}$|^\s*(?:x+\s*)?\($|^[^\d;.,(]{0,60}\($", between)
        )
    if measure.is_grade:
        return True
    if lexicon("categories").find(text[group[-1].end : measure.start]) and _is_new_item(between):
        return False
    same = [m for m in group if m.is_mass and not is_rock(m)]
    return not any(m.commodity == measure.commodity or not m.commodity or not measure.commodity for m in same)


def _is_new_item(between: str) -> bool:
    return bool(regex.search(r"[,;]|\b(?:and|plus|et)\b", between))
