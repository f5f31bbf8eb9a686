"""Figures in running text: numbers with their scale, unit, currency and commodity, and the ranges they form.

A number that is grouped wrongly ("2,760,00") is kept with its digits and without a value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.figure_units import CURRENCY_BEFORE, unit_behind
from extractors.lexicon import Hit, fold
from extractors.numbers import Style, read_digits
from models.disclosure import Language
from models.figure import Figure
from models.quote import Place, Quote
from models.units import UNITS, Dimension, Quantity


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the text with what it measures.

    ``unit`` is a symbol of models.units, ``CUR/t`` and the like for money, ``CUR`` for money alone, "ft%" or "mm", or
    None for a bare number. ``value`` is None where the number is malformed. ``per_short_ton``: the text counts "tons".
    """

    text: str
    start: int
    end: int
    digits: str
    value: Decimal | None
    step: Decimal
    unit: str | None = None
    commodity: str | None = None
    value_max: Decimal | None = None
    step_max: Decimal = Decimal(1)
    approximate: bool = False
    inside: tuple[Hit, ...] = ()
    """Words between the number and its unit that say something: "166,000 indicated tonnes"."""

    @property
    def is_grade(self) -> bool:
        """True where the unit is one of grade."""
        return self.unit in UNITS and UNITS[self.unit].dimension is Dimension.GRADE

    @property
    def is_mass(self) -> bool:
        """True where the unit is one of mass."""
        return self.unit in UNITS and UNITS[self.unit].dimension is Dimension.MASS

    @property
    def is_money(self) -> bool:
        """True where a currency stands with the number."""
        return bool(self.unit) and bool(regex.match(r"(?:\$|[A-Z]{3})(?:/|$)", self.unit or ""))

    @property
    def figure(self) -> Figure | None:
        """The number as a figure, or None where it is malformed."""
        return None if self.value is None else Figure(self.digits, self.value, self.step, self.approximate)

    @property
    def figure_max(self) -> Figure | None:
        """The upper end of a range as a figure."""
        return None if self.value_max is None else Figure(self.digits, self.value_max, self.step_max)

    def quantity(self, place: Place) -> Quantity | None:
        """The figure with its unit of mass or grade, or None where it has neither."""
        figure = self.figure
        if figure is None or self.unit not in UNITS:
            return None
        return Quantity(figure, UNITS[self.unit], Quote(self.text, place))


_NUMBER = r"(?:\d+(?:(?:\.\.|[.,'])\d+|, (?=\d{3}\b)\d+|\. (?=\d{3} ?million)\d+)*|\.\d+)"
_SPACED = r"(?:\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d))"
_BEFORE = r"(?<![\p{L}\d.,/#-]|\d )"
_RANGE = regex.compile(
    r"\s?(?:to|-|and(?= )|à|et)\s?(?:US ?\$|C ?\$|CAD|USD|\$|€)?\s?(?P<n>\d+(?:[.,]\d+)*)(?=\s?(?:%|\p{L}|/|€))",
    regex.IGNORECASE,
)
_APPROXIMATE = regex.compile(
    r"(?:~|about|approximately|approx\.?|nearly|around|some|close to|environ|près de)\s*$", regex.IGNORECASE
)


@lru_cache(maxsize=4096)
def find_measures(text: str, language: Language) -> tuple[Measure, ...]:
    """Every number of the text with its unit and commodity, left to right; dates and section numbers are bare."""
    folded = fold(text)
    pattern = _NUMBERS[language]
    found: list[Measure] = []
    at = 0
    while match := pattern.search(folded, at):
        measure = _measure(text, folded, match, language)
        at = max(measure.end, match.end())
        if found and _spans_range(folded, found[-1], measure):
            found[-1] = _joined_range(text, found[-1], measure)
        else:
            found.append(measure)
    return tuple(found)


_RANGE_HEAD = regex.compile(
    r"(?:between|from|ranging|range|of|entre|de|varying|at)\s*(?:from|between|entre|de)?\s*(?:\w+ )?$", regex.IGNORECASE
)


def _spans_range(text: str, low: Measure, high: Measure) -> bool:
    """Two figures of one unit parted by "to", or by "and" behind "between", are the ends of a range."""
    if low.value is None or high.value is None or low.value_max is not None or low.value >= high.value:
        return False
    if low.unit is None or low.unit != high.unit or (low.commodity or high.commodity) != high.commodity:
        return False
    between = text[low.end : high.start].strip(" .").lower()
    head = text[: low.start]
    if between in ("to", "à", "-") and not low.is_mass:
        return bool(_RANGE_HEAD.search(head)) or low.is_money
    return between in ("and", "et") and bool(regex.search(r"(?:between|entre)\s*$", head, regex.IGNORECASE))


def _joined_range(text: str, low: Measure, high: Measure) -> Measure:
    return replace(
        low,
        text=text[low.start : high.end],
        end=high.end,
        value_max=high.value,
        step_max=high.step,
        commodity=high.commodity or low.commodity,
    )


_NUMBERS = {
    language: regex.compile(rf"{_BEFORE}(?:{f'{_SPACED}|{_NUMBER}' if language is Language.FRENCH else _NUMBER})")
    for language in Language
}
"""Spaces between thousands are read in French only: in English "2011 100 tonnes" are two numbers."""


def _measure(text: str, folded: str, match: regex.Match[str], language: Language) -> Measure:
    digits = match.group()
    value, step = read_printed(digits, language)
    start = match.start()
    currency = CURRENCY_BEFORE.search(folded, max(0, start - 8), start)
    approximate = bool(_APPROXIMATE.search(folded, max(0, start - 16), start))
    end, value_max, step_max = match.end(), None, Decimal(1)
    if (to := _RANGE.match(folded, end)) and _is_range(folded, start, to):
        high, step_high = read_printed(to["n"], language)
        if value is None or high is None or value < high:  # "4.0 g/t in 2021 to 3.1 g/t" is no range
            value_max, step_max, end = high, step_high, to.end()
    begin = currency.start() if currency else start
    unit, commodity, inside, end = unit_behind(folded, end, currency)
    if unit == "Gt" and value is not None:
        value, step, unit = value * 1000, step * 1000, "Mt"
    return Measure(
        text[begin:end], begin, end, digits, value, step, unit, commodity, value_max, step_max, approximate, inside
    )


def _is_range(text: str, start: int, to: regex.Match[str]) -> bool:
    """Reads "and" makes a range only behind "between"; a dash only without spaces or between plain numbers."""
    joined = to.group().strip().lower()
    if joined.startswith(("and", "et")):
        return bool(regex.search(r"(?:between|entre)\s*(?:US ?\$|C ?\$|\$|€)?$", text[:start].rstrip()[-14:]))
    return not regex.match(r"-\s?\d+(?:\.\d+)?-?year", joined)


def read_printed(digits: str, language: Language) -> tuple[Decimal | None, Decimal]:
    """Value and step of one number of prose; None where its grouping cannot be read.

    A comma before three digits groups thousands in English, and is a decimal comma in French only before other counts.
    """
    plain = regex.sub(r"([.,]) (?=\d{3})", r"\1", digits)
    styles = [Style.ENGLISH, Style.SPACED]
    if language is Language.FRENCH:
        styles.insert(0, Style.FRENCH)
    if language is Language.ENGLISH and regex.fullmatch(r"0,\d+", plain):
        styles = [Style.FRENCH]
    for style in styles:
        value, decimals = read_digits(plain, style)
        if value is not None:
            return value, Decimal(1).scaleb(-decimals)
    return None, Decimal(1)
