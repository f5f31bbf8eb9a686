"""Estimates set side by side that are not this disclosure's own: an earlier one, a difference, a share of the whole.

A table that compares prints the date of each estimate, or says "previous" beside "current". An earlier date alone makes
nothing earlier: deposits are estimated at different dates. It does beside a later date of the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from propcache.api import cached_property

from extractors import limited_regex as regex
from extractors.lexicon import fold, lexicon
from extractors.printed_dates import dates_in

EARLIER = "prior estimate"
"""The reason of what stands beside a later estimate of the same thing."""

_DIGIT = regex.compile(r"\d")
_YEAR = regex.compile(r"(?<![\d,.])(?:FY ?|YE ?)?((?:19|20)\d\d)(?![\d,]|\.\d)")
_SHORT_YEAR = regex.compile(r"[-\s]*'?(\d\d)(?!\d)")
SHARE = "attributable share"
"""The reason of what is the company's share of an estimate that stands beside it."""

_MARKS = regex.compile(r"\(\d{1,2}(?:\s*[,&-]\s*\d{1,2})*\)")
_MEASURES = ("columns", "units", "tons", "scales", "commodities", "categories", "labels", "small_words")
"""The vocabularies whose words tell two estimates of one thing not apart."""


@dataclass(frozen=True)
class Edition:
    """What a heading or a label says of its estimate's date.

    ``date`` is ISO text, shortened as printed ("2021", "2021-06"), or "". ``word`` is current or prior, or "". ``rest``
    is the text without its dates.
    """

    date: str
    word: str
    rest: str

    @cached_property
    def subject(self) -> str:
        """What it says beside the date, measures and categories: estimates with one subject are of one thing."""
        rest, types = self.rest, lexicon("types").means(self.rest)
        for name in ("editions", "types", *_MEASURES):
            rest = lexicon(name).without(rest)
        return " ".join([*regex.findall(r"[\p{L}\d]+", rest.casefold()), *types])

    def is_within(self, other: Edition) -> bool:
        """True where the other names all that this one names, and more: "2014 MRE" beside "H&SC 2023 MRE"."""
        return set(self.subject.split()) < set(other.subject.split())

    def is_before(self, other: Edition) -> bool:
        """True where this is an estimate of an earlier date, or the other is called the current one."""
        if self.word == "current":
            return False
        shared = min(len(self.date), len(other.date))
        if self.date[:shared] != other.date[:shared]:
            return bool(self.date) and self.date[:shared] < other.date[:shared]
        return other.word == "current" and bool(self.date) and not other.date


@lru_cache(maxsize=4096)
def edition_of(text: str) -> Edition:
    """What a text says of the date of an estimate."""
    plain = _MARKS.sub("", fold(text))
    dates = list(_dates(plain))
    rest = _blank(plain, dates)
    word = next((m for m in lexicon("editions").means(rest) if m in {"prior", "current"}), "")
    return Edition(max((iso for _, _, iso in dates), default=""), word, rest)


def is_year(text: str) -> bool:
    """True where a cell prints a year and nothing else."""
    return bool(_YEAR.fullmatch(text.strip()))


def without_dates(text: str) -> str:
    """The text without its dates; a year alone counts for one only where nothing else is left."""
    rest = _blank(text, list(dates_in(text)))
    return "" if is_year(rest.strip(" ()")) else rest


def _blank(text: str, dates: Iterable[tuple[int, int, str]]) -> str:
    for start, end, _ in dates:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _dates(text: str) -> Iterator[tuple[int, int, str]]:
    """The dates in a heading with their spans: whole ones, "Dec-24", and years alone."""
    if not _DIGIT.search(text):
        return
    whole = list(dates_in(text))
    for month in lexicon("months").find(text):
        short = _SHORT_YEAR.match(text, month.end)
        if short and not any(start <= month.start < end for start, end, _ in whole):
            day = regex.search(r"\d{1,2}[-\s]$", text[: month.start])
            whole.append((day.start() if day else month.start, short.end(), f"20{short.group(1)}-{month.means}"))
    yield from whole
    for year in _YEAR.finditer(text):
        if not any(start <= year.start() < end for start, end, _ in whole):
            yield year.start(), year.end(), year.group(1)


def earlier(texts: Iterable[str], *, over_columns: bool = False) -> frozenset[str]:
    """Those of several headings or labels that head an earlier estimate of what another of them heads.

    Over columns the later one may name more, as who made it: rows of other deposits would stand below one another.
    """
    editions = {text: edition_of(text) for text in texts}
    if not any(edition.date or edition.word == "prior" for edition in editions.values()):
        return frozenset()
    alike: dict[str, set[Edition]] = defaultdict(set)
    for edition in editions.values():
        alike[edition.subject].add(edition)
    if over_columns:
        for edition in editions.values():
            alike[edition.subject] |= {other for other in editions.values() if edition.is_within(other)}
    return frozenset(
        text
        for text, edition in editions.items()
        if edition.word == "prior" or any(edition.is_before(other) for other in alike[edition.subject])
    )


def is_earlier(caption: str) -> bool:
    """True where a caption calls its whole table a previous estimate: "Previous Mineral Resource, March 2022"."""
    return set(lexicon("editions").means(caption)) == {"prior"}


def says_share(text: str) -> bool:
    """True where a heading or label calls its figures the company's share."""
    return "not:attributable share" in lexicon("columns").means(text)


def says_whole(text: str) -> bool:
    """True where a heading or label calls its figures those of the whole ore: "100 % basis"."""
    return "whole" in lexicon("editions").means(text)
