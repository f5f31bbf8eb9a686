"""Printed numbers: which style a table prints them in, and what each one says.

The style (comma, point or space between thousands; point or comma before decimals) is decided once for a table or a
document from all its numbers, never for a number alone: 1,226 is one thousand or one and a fifth, and only its
neighbours tell. A number that its style cannot read ("2,760,00") is malformed, and is never given a value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import REMEMBERED, fold, lexicon


class Style(Enum):
    """How numbers are printed: what stands between thousands and what before decimals."""

    ENGLISH = (",", ".")  # 1,226.5
    FRENCH = (" ", ",")  # 1 226,5
    CONTINENTAL = (".", ",")  # 1.226,5
    SPACED = (" ", ".")  # 1 226.5
    APOSTROPHE = ("'", ".")  # 1'226.5

    @property
    def thousands(self) -> str:
        """The character between thousands."""
        return self.value[0]

    @property
    def decimal(self) -> str:
        """The character before decimals."""
        return self.value[1]

    @property
    def pattern(self) -> regex.Pattern:
        """Matches a well-formed number of this style, and nothing else."""
        return _PATTERNS[self]


def _well_formed(style: Style) -> regex.Pattern:
    between, point = regex.escape(style.thousands), regex.escape(style.decimal)
    return regex.compile(rf"(?:[1-9]\d{{,2}}(?:{between}\d{{3}})+|\d+)(?:{point}\d+)?|{point}\d+")


_PATTERNS = {style: _well_formed(style) for style in Style}

BLANKS = frozenset({"", "-", "--", "---", "nil", "n/a", "na", "n.a.", "n/d", "s.o.", "s/o", "."})
"""Cells that say that there is nothing: blank is not zero."""

_NUMBER = regex.compile(r"[\d.,' ]*\d[\d.,' ]*")
_LEADING = regex.compile(r"^(?:[<>≥≤~=+@]|US\$|C\$|\$|about|approximately|approx\.?|environ)\s*", regex.IGNORECASE)
_THOUSANDS = regex.compile(r"\(?'?0{3}(?:,000)?(?![\d.,])")
"""The scale of a column in a cell of its own, below "Tonnes": "(000)", "'000", "('000 oz)"."""
_NEGATIVE = regex.compile(r"^(?:\((?P<inside>[^()]+)\)|-\s*(?P<after>\d.*))$")
_MARKS = regex.compile(r"\s?(?:\((?:\d{1,2}|[a-z]|[ivx]{2,4})(?:, ?(?:\d{1,2}|[a-z]))*\)|[*†‡§]+)$")
"""Marks of notes at a number's end, printed in the line: "2,310(4)", "456 Mt (a)", "1,226*"."""

LONGEST = 28
"""Characters: arithmetic keeps as many digits. A tonnage has a dozen; hundreds are damage, and their line is held."""


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: ``value`` is None where it is malformed; ``rest`` is what stands behind it ("%", "Mt")."""

    printed: str
    value: Decimal | None
    decimals: int
    rest: str = ""
    approximate: bool = False
    sign: str = ""
    """What stands before it: ">=", "+", "<" ..."""

    @property
    def malformed(self) -> bool:
        """True where the digits cannot be read in the style of the table."""
        return self.value is None

    @property
    def step(self) -> Decimal:
        """The step of the last printed digit."""
        return Decimal(1).scaleb(-self.decimals)


@lru_cache(maxsize=REMEMBERED)  # heading, label columns, rows and figures of a table ask it of the same cells
def is_blank(text: str) -> bool:
    """True where a cell says that there is nothing."""
    return fold(text).strip().lower() in BLANKS


@lru_cache(maxsize=REMEMBERED)
def is_numeric(text: str) -> bool:
    """True where a cell holds a number and little else: "1,932", "17.2%", "≥320", "456 Mt", "(14,832)"."""
    return read_number(text, Style.ENGLISH) is not None


@lru_cache(maxsize=REMEMBERED)
def read_number(text: str, style: Style) -> Number | None:
    """Read a cell as a number in this style, or None where the cell is no number.

    Brackets mean a negative number. A unit may stand behind the digits and is given back as ``rest``.
    """
    folded = fold(text).strip()
    if _THOUSANDS.match(folded):
        return None
    if negative := _NEGATIVE.match(folded):
        inner = read_number(negative["inside"] or negative["after"], style)
        if inner is None or inner.value is None:
            return inner
        return Number(text.strip(), -inner.value, inner.decimals, inner.rest, inner.approximate, "-")
    sign = ""
    while lead := _LEADING.match(folded):
        sign += lead.group().strip()
        folded = folded[lead.end() :]
    digits = _NUMBER.match(folded)
    if not digits:
        return None
    body, rest = digits.group().strip(), _MARKS.sub("", folded[digits.end() :]).strip()
    if rest and not _is_unit_like(rest):
        return None
    approximate = sign.lower() in {"~", "about", "approximately", "approx", "approx.", "environ"}
    value, decimals = read_digits(body, style)
    return Number(text.strip(), value, decimals, rest, approximate, sign)


def read_digits(body: str, style: Style) -> tuple[Decimal | None, int]:
    """Value and number of decimals of a well-formed number, or (None, 0) where this style cannot print it, or nobody.

    A number that a narrow cell broke over two lines ("465,600,00 0") is one number: neither half could stand alone.
    """
    halves = body.split()
    if len(halves) == 2 and not all(style.pattern.fullmatch(half) for half in halves):
        body = body if style.pattern.fullmatch(body) else "".join(halves)
    if len(body) > LONGEST or not style.pattern.fullmatch(body):
        return None, 0
    plain = body.replace(style.thousands, "") if style.thousands != style.decimal else body
    whole, _, fraction = plain.partition(style.decimal)
    return Decimal(f"{whole or '0'}.{fraction}" if fraction else whole), len(fraction)


def _is_unit_like(rest: str) -> bool:
    """True where units and commodities are all that stands behind the digits: "%", "Mt", "Nb2O5%"."""
    for name in ("units", "tons", "commodities"):
        rest = lexicon(name).without(rest)
    return not rest.strip(" ()/.")


def style_of(texts: Iterable[str], usual: Style | None = None) -> Style:
    """The one style that reads the most of these numbers; English where they do not tell.

    A number that only one style can read counts for it; then the ``usual`` style of the document counts. Points between
    thousands need such a number: carats in millions are 22.613 and 5.274. With commas thousands groups count over
    decimals: of 1,226 and 3,812 all have three digits behind the comma, and a column of grades would not.
    """
    alike = Counter(_shape(fold(text)) for text in texts)
    shapes: Counter[str] = Counter()
    for shape, number in alike.items():
        if found := _NUMBER.search(shape):
            shapes[found.group().strip()] += number
    read = {style: _count(shapes, style, _is_read) for style in Style}
    best = [style for style in Style if read[style] == max(read.values())]
    if usual in best:
        return usual
    pointed = Style.ENGLISH in best
    told = [style for style in best if not (pointed and style is Style.CONTINENTAL)]
    return max(told, key=lambda style: -_count(shapes, style, _has_three_decimals))


def _shape(text: str) -> str:
    """The text with all digits but zero alike: the numbers of a table have few shapes, and 0.152 is no thousands."""
    return text.translate(_SAME_DIGIT)


_SAME_DIGIT = str.maketrans("123456789", "111111111")


def _count(shapes: Mapping[str, int], style: Style, test: Callable[[str, Style], bool]) -> int:
    """How many numbers with a sign between their digits pass the test."""
    return sum(number for shape, number in shapes.items() if not shape.isdigit() and test(shape, style))


@lru_cache(maxsize=REMEMBERED)
def _is_read(shape: str, style: Style) -> bool:
    return style.pattern.fullmatch(shape) is not None


@lru_cache(maxsize=REMEMBERED)
def _has_three_decimals(shape: str, style: Style) -> bool:
    """Whether the style would read a number as having exactly three decimals, or has to leave it unread."""
    return regex.search(rf"{regex.escape(style.decimal)}\d{{3}}$", shape) is not None
