"""Dates as they are printed, as ISO text: "June 30, 2013", "le 31 décembre 2022", "02/24/12", "July 2019"."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from extractors import limited_regex as regex
from extractors.lexicon import Hit, fold, lexicon

EARLIEST, LATEST = 1950, 2100
"""Years outside are misprints."""

_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er|ième)\b)?"


def dates_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Every date in a text with its span, as ISO text; an impossible day gives nothing."""
    folded = fold(text)
    if not _DIGIT.search(folded):
        return
    end = 0
    for month in lexicon("months").find(folded):
        found = _around(folded, month)
        if found and found[0] >= end:
            yield found
            end = found[1]
    for match in _NUMERIC.finditer(folded):
        if iso := _numeric_iso(match):
            yield match.start(), match.end(), iso


_DIGIT = regex.compile(r"\d")
_BEFORE_MONTH = regex.compile(rf"(?<![\d.,]){_DAY}(?:\s+(?:of|de|day of))?(?:\s|-)$")
_AFTER_MONTH_DAY = regex.compile(rf"\s*{_DAY}\s*,?\s*{_YEAR}(?!\d)")
_AFTER_MONTH_YEAR = regex.compile(rf"[\s,-]*{_YEAR}(?!\d)")
_NUMERIC = regex.compile(
    r"(?<![\d/.-])(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{1,2})/(\d{1,2})/(\d{4}|\d{2}))(?![\d/-])"
)


def _around(text: str, month: Hit) -> tuple[int, int, str] | None:
    """The date around a month's name: day before or after it, year after; a month and a year alone are a date."""
    if after := _AFTER_MONTH_DAY.match(text, month.end):
        return _dated(month.start, after.end(), after["year"], month.means, after["day"])
    year = _AFTER_MONTH_YEAR.match(text, month.end)
    if not year:
        return None
    before = _BEFORE_MONTH.search(text, max(0, month.start - 12), month.start)
    if before:
        return _dated(before.start(), year.end(), year["year"], month.means, before["day"])
    return _dated(month.start, year.end(), year["year"], month.means, None)


def _dated(start: int, end: int, year: str, month: str, day: str | None) -> tuple[int, int, str] | None:
    iso = _iso(int(year), int(month), int(day) if day else None)
    return (start, end, iso) if iso else None


def _iso(year: int, month: int, day: int | None) -> str | None:
    """The ISO text of a date that exists, or None."""
    if not EARLIEST <= year <= LATEST or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def _numeric_iso(match: regex.Match[str]) -> str | None:
    """ISO, day.month.year, or month/day/year as North American wires print it (day/month where only that exists)."""
    y1, m1, d1, d2, m2, y2, m3, d3, y3 = (int(g) if g else 0 for g in match.groups())
    if y1:
        return _iso(y1, m1, d1)
    if y2:
        return _iso(y2, m2, d2)
    year = y3 if y3 > 99 else 2000 + y3
    return _iso(year, m3, d3) or _iso(year, d3, m3)
