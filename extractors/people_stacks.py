"""Names and firms set one below the other, as on title pages and under signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors import limited_regex as regex
from extractors.lexicon import lexicon
from extractors.names import find_names
from extractors.prose import Sentence

LINE_LENGTH = 80
"""A line of a title page or a signature is short."""

REACH = 3
"""How many lines below a name its firm can stand: office, department, firm."""


def firms_of_stacks(sentences: Sequence[Sentence], named: Mapping[int, bool]) -> dict[int, str]:
    """For each block that is a person's line, the firm of its stack: below the name, or else right above the names.

    ``named`` tells for each block with a person's line whether that line states a firm of its own.
    """
    lines = {s.block: s.text.strip() for s in sentences if s.start == 0 and len(s.text) <= LINE_LENGTH}
    found: dict[int, str] = {}
    for block, has_firm in sorted(named.items()):
        if not has_firm:
            firm = _below(lines, block, named) or _above(lines, block, named, found)
            if firm:
                found[block] = firm
    return found


def _below(lines: Mapping[int, str], block: int, named: Mapping[int, bool]) -> str | None:
    for line in range(block + 1, block + REACH + 1):
        if line not in lines or line in named:
            return None
        if firm := firm_line(lines[line]):
            return firm
    return None


def _above(lines: Mapping[int, str], block: int, named: Mapping[int, bool], found: Mapping[int, str]) -> str | None:
    """The line right above, or that of the name above; a firm that the name above it has taken is not this one's."""
    line = lines.get(block - 1, "")
    if block - 1 in named:
        return None if named[block - 1] else found.get(block - 1)
    firm = firm_line(line)
    return None if firm in found.values() else firm


def firm_line(text: str) -> str | None:
    """The firm that a line names and nothing else, or None."""
    plain = _DATE.sub("", text).strip(" ,;*_")
    if not plain or len(plain.split()) > 9 or _NO_LINE.search(plain) or find_names(plain):
        return None
    of = regex.match(r"(?:of|for|with|at|chez|de) (?=\p{Lu})", plain)
    plain = plain[of.end() :] if of else plain
    offices = [h for h in lexicon("offices").find(plain) if not h.text.endswith("s")]  # "Consultants" is a firm's word
    if not _CAPITALISED.fullmatch(plain) or not _FIRM.search(plain) or offices:
        return None
    return regex.split(r"(?<=\b(?:Inc|Ltd|LLC|Corp|Limited|Ltée|ltée|inc|Pty|plc)\b\.?), ?", plain)[0]


_NO_LINE = regex.compile(r"[:?!]|\d{3}|\.\s\p{Lu}\p{Ll}+ \p{Ll}")
_DATE = regex.compile(r",?\s*\p{Lu}\p{Ll}+ \d{1,2},? \d{4}$")

_CAPITALISED = regex.compile(
    r"[\p{Lu}\d](?:\S|\s(?=[\p{Lu}\d(&]|(?:and|of|the|et|de|des|inc|ltée|ingénieurs|géo\p{L}+|conseils?)\b))*"
)
"""Words with capitals, as a firm's name has them."""

_FIRM = regex.compile(
    r"\b(?:Inc|Ltd|LLC|LLP|Corp|Corporation|Limited|Ltée|ltée|inc|Pty|PLC|plc|S\.A|GmbH|Consult\p{L}+|Engineer(?:ing|s)"
    r"|Geo\p{Ll}+|Géo\p{L}+|Services|Associates|Associés|Partners|Group|Groupe|Modell?ing|Advisors|Advisers)\b"
)
