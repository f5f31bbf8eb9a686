"""The dates of a disclosure: when its estimate holds, when it was released, when its report was written."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from extractors import limited_regex as regex
from extractors.lexicon import Hit, fold, lexicon
from extractors.once import once_a_document
from extractors.prose import Sentence, sentences_of
from extractors.superseded import is_of_superseded
from models.disclosure import Dates, PrintedDate
from models.document import Document, Grid
from models.quote import Quote

EARLIEST, LATEST = 1950, 2100
"""Years outside are misprints."""

DATELINE_BLOCKS = 8
"""How many blocks from the top can hold the date of the release."""

_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er|ième)\b)?"


class Role(StrEnum):
    """What a printed date is the date of."""

    ESTIMATE = "estimate"
    EFFECTIVE = "effective"
    REPORT = "report"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a sentence with the role that the words around it give, or None; ``strength`` ranks equal roles."""

    date: PrintedDate
    role: Role | None
    strength: int
    start: int


def read_dates(document: Document) -> Dates:
    """The effective, release and report date; an effective date only where all that are stated agree."""
    mentions = _mentions(document)
    effective = _effective_dates(mentions)
    return Dates(
        effective=effective[0] if len({d.iso for d in effective}) == 1 else None,
        release=_release(document),
        report=_last([m for m in mentions if m.role is Role.REPORT]),
    )


def effective_dates(document: Document) -> tuple[PrintedDate, ...]:
    """The distinct effective dates of the document's estimates; those of its reports where no estimate has one."""
    return _effective_dates(_mentions(document))


def _effective_dates(every: Sequence[Mention]) -> tuple[PrintedDate, ...]:
    mentions = [m for m in every if m.role in (Role.ESTIMATE, Role.EFFECTIVE)]
    if not mentions:
        return ()
    strongest = max(m.strength for m in mentions)
    found = {m.date.iso: m.date for m in reversed(mentions) if m.strength == strongest}
    return tuple(reversed(found.values()))


def dates_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Every date in a text with its span, as ISO text; an impossible day gives nothing."""
    folded = fold(text)
    months = lexicon("months").find(folded)
    end = 0
    for month in months:
        found = _around(folded, month)
        if found and found[0] >= end:
            yield found
            end = found[1]
    for match in _NUMERIC.finditer(folded):
        if iso := _numeric_iso(match):
            yield match.start(), match.end(), iso


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


# ---- what the words around a date say it is ----

_REPORT = regex.compile(r"\breports?\b|\bstudy\b|\bPEA\b|\bPFS\b|\bDFS\b|feasibility|rapport|étude", regex.IGNORECASE)
_ESTIMATE = regex.compile(
    r"\bestimat\w*|\bresources?\b|\breserves?\b|\bM(?:RM)?REs?\b|\bERM\b|ressources?|réserves?|calcul", regex.IGNORECASE
)
_REACH = 60
_NEAR = 80
"""How far before "as at DATE" a word can call its estimate superseded."""


@once_a_document
def _mentions(document: Document) -> tuple[Mention, ...]:
    """Every date of captions, cells, notes and prose with its role."""
    in_prose = (
        mention for sentence in sentences_of(document, worth=_MAY_DATE.search) for mention in _in_sentence(sentence)
    )
    in_grids = (mention for grid in document.grids() for mention in _in_grid(grid))
    return (*in_prose, *in_grids)


def _in_grid(grid: Grid) -> Iterator[Mention]:
    for cell in grid.cells:
        if len(cell.base) > 12:
            for mention in _in_sentence(Sentence(cell.base, -1, 0, cell.place), in_grid=True):
                yield replace(mention, strength=mention.strength - 1)


_MAY_DATE = regex.compile(r"\d{4}|\d/\d")


def _in_sentence(sentence: Sentence, in_grid: bool = False) -> Iterator[Mention]:
    text = sentence.folded
    last_end = 0
    last: tuple[Role | None, int] = (None, 0)
    if not _MAY_DATE.search(text):
        return
    for start, end, iso in dates_in(text):
        date = PrintedDate(iso, Quote(sentence.text[start:end], sentence.place))
        role, strength = _role(text, last_end, start, end, in_grid)
        if role is None and last[0] is not None and _is_coordinate(text[last_end:start]):
            role, strength = last
        yield Mention(date, role, strength, start)
        if role is Role.EFFECTIVE and _SIGNED_TOO.search(text, last_end, start):
            yield Mention(date, Role.REPORT, 1, start)
        last_end, last = end, (role, strength)


def _is_coordinate(between: str) -> bool:
    """True where a date goes on a list: "January 15, 2021 for Bannock and October 1, 2020 for Cutler"."""
    return len(between) < _REACH and bool(_GOES_ON_LIST.search(between)) and _names_only(between)


def _names_only(text: str) -> bool:
    """True where nothing but names of places and words that link them to dates is said."""
    return bool(_NAMES.fullmatch(lexicon("date_links").without(text)))


_GOES_ON_LIST = regex.compile(r"[,;]|\b(?:and|et)\b", regex.IGNORECASE)
_NAMES = regex.compile(r"(?:[\s,;:()&|-]|\p{Lu}[\p{L}'-]*)*")


_SIGNED_TOO = regex.compile(r"effective and (?:signed|dated)", regex.IGNORECASE)
_ONLY_LINK = regex.compile(
    r"(?:[\s:,;.()\"'|*-]|\b(?:19|20)\d\d\b"
    r"|\b(?:is|was|are|were|has|of|on|as|at|an?|the|le|du|de|est|the year|year ?-? ?end|date)\b)*$",
    regex.IGNORECASE,
)


def _role(text: str, since: int, start: int, end: int, in_grid: bool = False) -> tuple[Role | None, int]:
    """The role of the date at ``start``, from the nearest role word before it that only link words part from it."""
    before = text[since:start]
    hits = [h for h in lexicon("date_roles").find(before) if len(before) - h.end <= 2 * _REACH]
    hit = next((h for h in reversed(hits) if _ONLY_LINK.match(before, h.end) or _links_far(before, h)), None)
    if hit is None:
        return (Role.REPORT, 2) if _NAMES_REPORT.match(text, end) else (None, 0)
    whole = text[:start]
    if hit.means == "effective" and not _is_data_date(before):
        return _effective(text, since, start, end)
    if hit.means == "as_at" and (in_grid or _ESTIMATE.search(text)) and not _REPORT_OF.search(whole):
        return (None, 0) if is_of_superseded(text, max(since, start - _NEAR), start, end) else (Role.ESTIMATE, 3)
    if hit.means == "effective_report":
        return Role.EFFECTIVE, 1
    if hit.means in _REPORT_STRENGTH:
        return Role.REPORT, _REPORT_STRENGTH[hit.means]
    if hit.means == "dated" and _REPORT.search(whole) and not _RELEASE.search(whole[-80:]):
        return Role.REPORT, 2
    return None, 0


_REPORT_STRENGTH = {"report": 3, "signed": 1}
_NAMES_REPORT = regex.compile(r"[ ,]*(?:NI 43-101 )?(?:Technical Report|rapport technique)", regex.IGNORECASE)
_REPORT_OF = regex.compile(r"(?:annual information form|financial statements|report) for the $", regex.IGNORECASE)
_RELEASE = regex.compile(r"(?:press|news) release|communiqué", regex.IGNORECASE)


def _links_far(before: str, hit: Hit) -> bool:
    """An effective date may name what it is of before the date: "the effective date of the estimate is ..."."""
    between = before[hit.end :]
    return hit.means == "effective" and len(between) < 160 and (bool(_IS.search(between)) or _names_only(between))


_IS = regex.compile(r"\b(?:is|was|are|est|sont|:)\s*(?:the |le |du )?\s*$")


def _is_data_date(before: str) -> bool:
    return bool(regex.search(r"cut-?off date|date butoir", before, regex.IGNORECASE))


def _effective(text: str, since: int, start: int, end: int) -> tuple[Role | None, int]:
    """An effective date: of an estimate, or of a report whose estimates have none; a superseded one is none."""
    if is_of_superseded(text, since, start, end):
        return None, 0
    if _REPORT.search(text[:start]) and not _ESTIMATE.search(text, since, start):
        return Role.EFFECTIVE, 1
    return Role.ESTIMATE, 3


def _last(mentions: list[Mention]) -> PrintedDate | None:
    """The strongest date of a report; of amended versions the last."""
    if not mentions:
        return None
    best = max(m.strength for m in mentions)
    return max((m.date for m in mentions if m.strength == best), key=lambda d: d.iso)


# ---- the dateline ----

_PORTAL = regex.compile(r"\s*\|")


def _release(document: Document) -> PrintedDate | None:
    """The date of the dateline: first in its paragraph, or behind a place's name, near the document's top."""
    paragraphs = list(document.paragraphs())[:DATELINE_BLOCKS]
    candidates = []
    for paragraph in paragraphs:
        text = fold(paragraph.base)
        for start, end, iso in dates_in(text[:200]):
            if len(iso) == 10 and _role(text, 0, start, end)[0] is None and _is_dateline(text, start, end):
                candidates.append(
                    (
                        bool(_PORTAL.match(text, end)),
                        PrintedDate(iso, Quote(paragraph.base[start:end], paragraph.place)),
                    )
                )
    return next((date for portal, date in sorted(candidates, key=lambda c: c[0])), None)


_GOES_ON = regex.compile(r"\s*(?:$|[-,/()|:;]|\d{1,2}:\d\d|at\b|NR\b|NEWS|PRESS|\.?\s*\p{Lu})")


def _is_dateline(text: str, start: int, end: int) -> bool:
    """True where only a place and a wire's name stand before the date, and a dash, a capital or nothing follows."""
    return bool(_DATELINE_HEAD.fullmatch(text[:start])) and bool(_GOES_ON.match(text, end))


_WIRE = (
    r"(?:globe ?newswire|marketwired?|cnw(?: group)?|accesswire|newsfile(?: corp\.?)?|business wire"
    r"|pr ?newswire|canada newswire|stockwatch)"
)
_KIND = (
    r"(?:for immediate release|news release|press release|communiqué(?: de presse)?"
    r"|pour diffusion immédiate|diffusion immédiate|date|dated|le)(?: (?:no\.? ?|n° ?|# ?)?\d{1,4}(?:-\d{1,4})?(?!\d))?"
)
_CITY = r"(?:(?-i:\p{Lu})[\p{L}.'-]*(?: (?:(?-i:\p{Lu})[\p{L}.'-]*|of|de|du|la|sur|and|et)){0,3})"
# No piece is taken back once read: a heading of many capitals before a date has as many partings as there are letters.
_DATELINE_HEAD = regex.compile(
    rf"[\s\"'*]*+(?>(?:{_WIRE}|{_KIND}|{_CITY})(?!\p{{L}})[\s,/()|:*-]*+|[\s,/()|:*-]++){{0,7}}",
    regex.IGNORECASE | regex.V1,
)
