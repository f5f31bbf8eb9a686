"""The date of a release: that of its dateline."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.date_mentions import role_of
from extractors.lexicon import fold
from extractors.once import once
from extractors.printed_dates import dates_in
from models.disclosure import PrintedDate
from models.document import Document
from models.quote import Quote

DATELINE_BLOCKS = 8
"""How many blocks from the top can hold the date of the release."""

_PORTAL = regex.compile(r"\s*\|")


@once
def release_date(document: Document) -> PrintedDate | None:
    """The date of the dateline: first in its paragraph, or behind a place's name, near the document's top."""
    paragraphs = list(document.paragraphs())[:DATELINE_BLOCKS]
    candidates = []
    for paragraph in paragraphs:
        text = fold(paragraph.base)
        for start, end, iso in dates_in(text[:200]):
            if len(iso) == 10 and role_of(text, 0, start, end)[0] is None and _is_dateline(text, start, end):
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
