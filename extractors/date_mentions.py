"""The dates that a document prints, each with what the words around it say that it is the date of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import Hit, fold, lexicon
from extractors.once import once
from extractors.printed_dates import dates_in
from extractors.prose import Sentence, sentences_of
from extractors.superseded import is_of_superseded
from models.disclosure import PrintedDate
from models.document import Cell, Document, Grid, Paragraph
from models.quote import Quote


class Role(StrEnum):
    """What a printed date is the date of."""

    ESTIMATE = "estimate"
    EFFECTIVE = "effective"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Mention:
    """A date at ``start`` of a sentence with the role that the words around it give, or None.

    ``strength`` ranks equal roles. ``listed``: it goes on a list, and has the role of the date before. ``head`` is the
    line that opens the list whose item this is.
    """

    date: PrintedDate
    role: Role | None
    strength: int
    sentence: Sentence
    start: int
    end: int
    listed: bool = False
    head: str | None = None


_REPORT = regex.compile(r"\breports?\b|\bstudy\b|\bPEA\b|\bPFS\b|\bDFS\b|feasibility|rapport|étude", regex.IGNORECASE)
_ESTIMATE = regex.compile(
    r"\bestimat\w*|\bresources?\b|\breserves?\b|\bM(?:RM)?REs?\b|\bERM\b|ressources?|réserves?|calcul", regex.IGNORECASE
)
_REACH = 60
_NEAR = 80
"""How far before "as at DATE" a word can call its estimate superseded."""


@once
def mentions_of(document: Document) -> tuple[Mention, ...]:
    """Every date of captions, cells, notes and prose with its role; those of one sentence together."""
    in_prose = (
        mention for sentence in sentences_of(document, worth=_MAY_DATE.search) for mention in _in_sentence(sentence)
    )
    in_grids = (
        mention
        for index, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for mention in _in_grid(block, index)
    )
    return tuple(_of_lists(document, (*in_prose, *in_grids)))


def _in_grid(grid: Grid, index: int) -> Iterator[Mention]:
    """The dates of a grid's cells; "as at" alone is an estimate's date in a grid of estimates, not of accounts."""
    dated = [cell for cell in grid.cells if len(cell.base) > 8 and _MAY_DATE.search(cell.base)]
    estimates = bool(dated) and any(lexicon("categories").find(cell.base) for cell in grid.cells)
    for cell in dated:
        for mention in _in_sentence(_with_label(grid, cell, index), estimates):
            yield replace(mention, strength=mention.strength - 1)


def _with_label(grid: Grid, cell: Cell, index: int) -> Sentence:
    """What a cell says; behind its label where it is the second of two in a row: "Effective Date | June 30, 2023"."""
    filled = [other for other in grid.row(cell.row) if other.base]
    if len(filled) != 2 or filled[1] is not cell:
        return Sentence(cell.base, index, 0, cell.place)
    label = filled[0]
    return Sentence(f"{label.base.rstrip(': ')}: {cell.base}", index, 0, label.place.around(cell.place))


_MAY_DATE = regex.compile(r"\d{4}|\d/\d")


def _in_sentence(sentence: Sentence, of_estimates: bool = False) -> Iterator[Mention]:
    text = sentence.folded
    last_end = 0
    last: tuple[Role | None, int] = (None, 0)
    if not _MAY_DATE.search(text):
        return
    for start, end, iso in dates_in(text):
        date = PrintedDate(iso, Quote(sentence.text[start:end], sentence.place))
        role, strength = role_of(text, last_end, start, end, of_estimates)
        listed = role is None and last[0] is not None and _is_coordinate(text[last_end:start])
        if listed:
            role, strength = last
        yield Mention(date, role, strength, sentence, start, end, listed)
        if role is Role.EFFECTIVE and _SIGNED_TOO.search(text, last_end, start):
            yield Mention(date, Role.REPORT, 1, sentence, start, end)
        last_end, last = end, (role, strength)


# ---- the items of a list under a head line ----

_LONGEST_LIST = 12
_ITEM = regex.compile(r"\s*(?:[-•●▪*–·⎯o]\s|\(?[a-z\d]{1,2}[.)]\s)")


def _of_lists(document: Document, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; a bare date of an item has the role of its head line: "Effective dates:", "- Fox: May 1, 2021"."""
    for mention in mentions:
        head = None if mention.role else _head_of(document, mention.sentence)
        yield replace(mention, role=Role.ESTIMATE, strength=3, head=head) if head else mention


def _head_of(document: Document, item: Sentence) -> str | None:
    """The line that opens the list of an item, where it speaks of effective dates and the item of nothing else."""
    if not _ITEM.match(item.folded) or lexicon("date_roles").find(item.folded):
        return None
    for block in reversed(document.blocks[max(0, item.block - _LONGEST_LIST) : item.block]):
        if not isinstance(block, Paragraph):
            return None
        if not _ITEM.match(block.base):
            opens = block.base.rstrip().endswith(":") and "effective" in lexicon("date_roles").means(block.base)
            return block.base if opens and _ESTIMATE.search(block.base) else None
    return None


# ---- dates in turn ----


def _is_coordinate(between: str) -> bool:
    """True where a date goes on a list: "January 15, 2021 for Bannock and October 1, 2020 for Cutler"."""
    return len(between) < _REACH and bool(_GOES_ON_LIST.search(between)) and _names_only(between)


def _names_only(text: str) -> bool:
    """True where nothing but names of places and words that link them to dates is said."""
    return bool(_NAMES.fullmatch(lexicon("date_links").without(text)))


_GOES_ON_LIST = regex.compile(r"[,;]|\b(?:and|et|other than|except\w*|sauf)\b", regex.IGNORECASE)
_NAMES = regex.compile(r"(?:[\s,;:()&|-]|\p{Lu}[\p{L}'-]*)*")


_SIGNED_TOO = regex.compile(r"effective and (?:signed|dated)", regex.IGNORECASE)
_ONLY_LINK = regex.compile(
    r"(?:[\s:,;.()\"'|*-]|\b(?:19|20)\d\d\b"
    r"|\b(?:is|was|are|were|has|of|on|as|at|an?|the|le|du|de|est|the year|year ?-? ?end|date)\b)*$",
    regex.IGNORECASE,
)


def role_of(text: str, since: int, start: int, end: int, of_estimates: bool = False) -> tuple[Role | None, int]:
    """The role of the date at ``start``, from the nearest role word before it that only link words part from it."""
    before = text[since:start]
    hits = [h for h in lexicon("date_roles").find(before) if len(before) - h.end <= 2 * _REACH]
    hit = next((h for h in reversed(hits) if _ONLY_LINK.match(before, h.end) or _links_far(before, h)), None)
    if hit is None:
        return (Role.REPORT, 2) if _NAMES_REPORT.match(text, end) else (None, 0)
    whole = text[:start]
    if hit.means in ("effective", "as_at") and _is_of_other(text, start, end):
        return None, 0
    if hit.means == "effective" and not _is_data_date(before):
        named = _NAMES_DATE.search(hit.text) or _REPORT.search(whole) or _speaks_of_estimate(text)
        return _effective(text, since, start, end) if named or of_estimates or len(text) < _SHORT else (None, 0)
    if hit.means == "as_at" and (of_estimates or _speaks_of_estimate(text)) and not _REPORT_OF.search(whole):
        return (None, 0) if is_of_superseded(text, max(since, start - _NEAR), start, end) else (Role.ESTIMATE, 3)
    if hit.means == "effective_report":
        return Role.EFFECTIVE, 1
    if hit.means in _REPORT_STRENGTH:
        return Role.REPORT, _REPORT_STRENGTH[hit.means]
    if hit.means == "dated" and _REPORT.search(whole) and not _RELEASE.search(whole[-80:]):
        return Role.REPORT, 2
    return None, 0


def _is_of_other(text: str, start: int, end: int) -> bool:
    """True where another subject stands nearer to a date than an estimate: "as of May 1, 2023 the Company had cash"."""
    others = [_apart(hit.start, hit.end, start, end) for hit in lexicon("date_subjects").find(text)]
    if not others:
        return False
    return min(others) < min(
        (_apart(*found.span(), start, end) for found in _ESTIMATE.finditer(text)), default=len(text)
    )


def _apart(start: int, end: int, date_start: int, date_end: int) -> int:
    """How many letters stand between a word and a date."""
    return date_start - end if end <= date_start else start - date_end


_SHORT = 60
"""A sentence of so few letters is a note that says no more than the date: "Effective December 31, 2023"."""

_NAMES_DATE = regex.compile(r"\bdates?\b", regex.IGNORECASE)
"""What is "effective" or "en vigueur" may be an order or a lease; an effective date is an estimate's or a report's."""

_FIRM = regex.compile(
    r"(?!(?:The|Mineral|Ore|Coal|Proven|Proved|Probable|Measured|Indicated|Inferred|Total|Updated?|Initial|Current)\b)"
    r"\b\p{Lu}[\p{L}&'-]+ (?:Resources?|Reserves?|Ressources)\b(?! (?:and|&|or) (?:Mineral |Ore )?Res)"
    r"(?! (?i:estimat|statement))"
)
"""A company's name: "Greenstone Resources"."""


def _speaks_of_estimate(text: str) -> bool:
    """True where a sentence names resources, reserves or an estimate of them, other than in a company's name."""
    return bool(_ESTIMATE.search(text)) and bool(_ESTIMATE.search(_FIRM.sub("", text)))


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


# ---- titles and labels ----


@lru_cache(maxsize=4096)
def date_of_title(text: str) -> str | None:
    """The date of an estimate whose caption or label this is: one that no word calls another's date.

    None where it prints several, as captions of comparisons do.
    """
    folded = fold(text)
    if not _MAY_DATE.search(folded):
        return None
    dates = list(dates_in(folded))
    since = [0, *(end for _, end, _ in dates)]
    found = {
        iso for (start, end, iso), begin in zip(dates, since, strict=False) if _may_title(folded, begin, start, end)
    }
    return found.pop() if len(found) == 1 else None


def _may_title(text: str, since: int, start: int, end: int) -> bool:
    role, _ = role_of(text, since, start, end, of_estimates=True)
    unsaid = role is None and not lexicon("date_roles").find(text[since:start])
    return role in (Role.ESTIMATE, Role.EFFECTIVE) or unsaid
