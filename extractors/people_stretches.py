"""Which words of a sentence speak of each person that it names: before him, behind him, and of several together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.affiliation import post_of
from extractors.answering import LABEL
from extractors.lexicon import lexicon
from extractors.names import Name
from extractors.people_sections import said_of_each


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words before a name and those behind it, as far as they speak of this person."""

    before: str
    behind: str


def stretches_of(text: str, names: Sequence[Name]) -> list[Stretch]:
    """The stretch of each name, left to right; a group shares what stands before its first or behind its last."""
    found: list[Stretch] = []
    said, lead = said_of_each(text[: names[0].start]) if names else "", ""
    for index, name in enumerate(names):
        until = _end(text, names[index + 1]) if index + 1 < len(names) else len(text)
        behind = text[name.after : until]
        lead = _lead_of_group(text[names[index - 1].after if index else 0 : name.start], lead)
        shared = _shared(text, name, names[index + 1 :]) or _with_all(behind, _of_all(text, names, behind))
        firm = post_of(found[-1].behind, found[-1].before).firm if found and _ITS.match(shared) else None
        found.append(Stretch(lead, shared + said + (f", employee of {firm}" if firm else "")))
    return found


_ITS = regex.compile(r",? its ")
"""An office with the firm of the person before: "A, Manager of X, B, its Vice President"."""


def _end(text: str, following: Name) -> int:
    """Where the stretch of a name ends: before the next name, or what that one answers for ("Metallurgy: ...")."""
    label = LABEL.search(text[: following.start])
    return label.start("label") if label else following.start


def _lead_of_group(before: str, lead: str) -> str:
    """The words before a name, or before the first of its group: "from X, A (geology) and B"; an office is its own."""
    return lead if lead and _SAME_GROUP.fullmatch(before) and not lexicon("offices").find(lead[-60:]) else before


_SAME_GROUP = regex.compile(r"\s*(?:\([^()]*\))?,? (?:and|et|&) ")

_ALL_OF = regex.compile(
    r"\b(?:both|all|each|tous(?: deux)?|toutes(?: deux)?|employees) (?:of|with|from|de)\b(?! (?:whom|which"
    r"|the))[^;]*"
)


def _of_all(text: str, names: Sequence[Name], behind: str) -> str:
    """What stands behind the last name for all of them: "..., both of X", "..., employees of X"."""
    common = _ALL_OF.search(text, names[-1].after)
    if not common or len(names) < 2 or common.group() in behind:
        return ""
    return ", " + common.group()


def _with_all(behind: str, common: str) -> str:
    """The words behind a name with those for all names, without the break before the next name."""
    return regex.sub(r"[\s;,]*(?:\b(?:and|et)\b[^,;]{0,20})?$", "", behind) + common if common else behind


def _shared(text: str, name: Name, following: Sequence[Name]) -> str | None:
    """The words behind a name that shares the next one's firm: "A, ing., and B, P.Geo., of X", "A, B and C, of X"."""
    if not following:
        return None
    own = _BEFORE_NEXT.fullmatch(text[name.after : following[0].start])
    if not own or post_of(own["own"], "").firm:
        return None
    until = following[1].start if len(following) > 1 else len(text)
    return own["own"] + (_shared(text, following[0], following[1:]) or text[following[0].after : until])


_BEFORE_NEXT = regex.compile(r"(?P<own>[^;.]{0,60}?),? (?:and|et|&) |(?P<own>), ")
"""What stands between two names of a list that goes on."""
