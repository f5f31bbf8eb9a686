"""For whom a person works, which office he holds, and what he answers for, from the words beside his name."""

from __future__ import annotations

import regex

from extractors.lexicon import Hit, fold, lexicon
from models.disclosure import Issuer

_WORD = r"(?:(?-i:[\p{Lu}\d])[\p{L}\d&.'’+-]*)"
_LEGAL = r"(?:Inc|Ltd|Limited|Ltée|ltée|inc|LLC|LLP|Corp|Corporation|Pty|PLC|plc|S\.A|et associés|and Associates|ingénieurs-conseils)"
_FIRM = rf"{_WORD}(?:[ ,]*\((?:Canada|UK|US|USA|Australia|Pty)\)|,? {_LEGAL}\b\.?|\s+(?:&|and|et|de|of)\s+{_WORD}|\s+(?:{_WORD}|géoscientifiques|miniers|ingénieurs-conseils))*"
_OF = regex.compile(
    rf"(?:\b(?:of|from|with|at|for|to|de|d'|chez|pour|employed by|à l'emploi de)\s+(?:the\s+)?|'s\s+)(?P<firm>{_FIRM})",
    regex.IGNORECASE,
)
_BRACKETED = regex.compile(rf"^\s*\((?P<firm>{_FIRM})\)", regex.IGNORECASE)
_APPOSED = regex.compile(rf"^\s*[,|–-]?\s*(?P<firm>{_FIRM})(?=\s*(?:[,.;)|–-]|$|\s(?:is|who|est)))", regex.IGNORECASE)
_GENERIC = regex.compile(
    r"^(?:the |la |le )?(?:company|issuer|corporation|corp|société|émetteur|board|directors|ni|national|qualified|association|institute|ordre|order|engineers"
    r"|canad|british|province|ontario|quebec|québec|alberta|nevada|professional|geoscientists|\W|[a-z]*instrument|mineral|technical|sections?|chapters?|level|toronto|tucson)",
    regex.IGNORECASE,
)
_NOT_FIRM = frozenset(
    "technical director vice president chief exploration manager QP PQ NI MRE section independent".lower().split()
)


def affiliation_of(segment: str, before: str, issuer: Issuer) -> str | None:
    """The organisation named beside the person: "of X", "(X)", or behind a comma; None for "the Company"."""
    head = _until_statement(segment)
    offices = _offices(head)
    if bracketed := _BRACKETED.match(head):
        return _firm(bracketed["firm"])
    if of := _first_of(head):
        return of
    rest = head[offices[-1].end :] if offices else head
    apposed = _APPOSED.match(rest)
    if apposed and (firm := _firm(apposed["firm"])) and not _is_office(firm):
        return firm
    if offices and (
        led := regex.match(rf"^\s*,?\s*(?:a |the )?(?P<firm>{_WORD}(?: {_WORD}){{0,3}}?)\s*$", head[: offices[0].start])
    ):
        return _firm(led["firm"])
    if leads := regex.search(rf"(?P<firm>{_WORD}(?: {_WORD}){{0,3}}) (?:CEO|President|Geologist)\s*$", before):
        return _firm(leads["firm"])
    return None


def _until_statement(segment: str) -> str:
    """The apposition behind the name, up to the verb that says something else."""
    end = regex.search(
        r"\b(?:who|which|is considered|reviewed|prepared|approved|has|have|are|a \"?qualified|and (?:a|is) |as defined|under NI|qui|a (?:préparé|rédigé|vérifié))\b|;|\. |\bresponsible\b|\bconsidered\b",
        fold(segment),
        regex.IGNORECASE,
    )
    return segment[: end.start()] if end else segment


def _first_of(head: str) -> str | None:
    for match in _OF.finditer(head):
        if firm := _firm(match["firm"]):
            return firm
    return None


def _firm(text: str) -> str | None:
    """The organisation's name, or None for words that name none."""
    plain = text.strip(" ,;")
    plain = regex.sub(r"(?<!Inc|Ltd|Corp|inc|Co|S\.A)\.$", "", plain)
    if _GENERIC.match(plain) or len(plain) < 2 or plain.lower() in _NOT_FIRM:
        return None
    return plain


def _is_office(text: str) -> bool:
    return bool(lexicon("offices").find(text)) and lexicon("offices").find(text)[0].start == 0


def _offices(text: str) -> list[Hit]:
    return lexicon("offices").find(text)


def office_of(segment: str, before: str) -> str | None:
    """The office or profession behind the name, or right before it ("CEO Karl Brust"), as printed."""
    head = _until_statement(segment)
    hits = _offices(head)
    if hits:
        return head[hits[0].start : hits[-1].end] if _joined(head, hits) else hits[0].text
    leading = [h for h in _offices(before) if not before[h.end :].strip(" ,:")]
    return leading[-1].text if leading else None


def _joined(head: str, hits: list[Hit]) -> bool:
    return all(
        regex.fullmatch(r"\s*(?:,|and|&|et)?\s*(?:and)?\s*", head[a.end : b.start])
        for a, b in zip(hits, hits[1:], strict=False)
    )


_EMPLOYEE = regex.compile(
    r"employees? of (?:the (?:company|issuer|corporation)|its)|of the (?:company|issuer|corporation)|the company's|de la société|de l'émetteur|for the company",
    regex.IGNORECASE,
)
_CONSULTS = regex.compile(
    r"consult|conseil|engineering|geoscience|géoscientifique|geosystems|geoservices|geological services|services|associates|associés|technics|laborator|mining plus",
    regex.IGNORECASE,
)


def is_employed(segment: str, before: str, issuer: Issuer) -> bool:
    """True where the person holds an office of the company that files, or works for it."""
    head = _until_statement(segment)
    firm = affiliation_of(segment, before, issuer)
    if firm and issuer.name and _is_issuer(firm, issuer.name):
        return not regex.search(r"consult|conseil|advis", head, regex.IGNORECASE)
    hits = _offices(head) + [h for h in _offices(before[-60:])]
    if not any(h.means == "corporate" for h in hits):
        return False
    return not (firm and _CONSULTS.search(firm)) and not regex.search(r"\bconsult", head, regex.IGNORECASE)


def _is_issuer(firm: str, issuer: str) -> bool:
    """True where one name holds the other's first word, as "Taseko" and "Taseko Mines Limited"."""
    ours, theirs = _words(issuer), _words(firm)
    return bool(ours and theirs) and (theirs <= ours or ours <= theirs)


def _words(name: str) -> set[str]:
    return {w for w in regex.findall(r"[\p{L}\d]+", fold(name).lower()) if w not in _COMMON}


_COMMON = frozenset(
    "inc ltd limited corp corporation ltée llc plc company co mines mining resources the and of de".split()
)

_FOR = regex.compile(
    r"\b(?:is |are |was |)?(?:responsible|responsables?) (?:for|de|des) (?:the |l'|la |les |this |cette )?(?P<role>[^.;,()]{3,90})",
    regex.IGNORECASE,
)
_MADE = regex.compile(
    r"^\W*(?:the |l'|la |le |un |une )?(?P<role>[^.;:]{3,90}?) (?:was|were|is|has been|have been|a été|ont été) (?:prepared|carried out|estimated|completed|done|préparée?s?|réalisée?s?)",
    regex.IGNORECASE,
)
_TOOK = regex.compile(
    r"^\W*[^.;]{0,80}?(?:prepared|took responsibility for|wrote|authored|a préparé|a rédigé) (?:the |l'|la |le )?(?P<role>[^.;,]{3,80})",
    regex.IGNORECASE,
)
_SECTIONS = regex.compile(r"(?:[-–]|:)\s*(?P<role>sections? [\d, &toandet-]+)", regex.IGNORECASE)
_WHOSE = regex.compile(
    r"(?:qualified persons?|QPs?|personnes? qualifiées?)[^.;,]{0,20}? (?:for|of|de) (?:the |l'|cette )?(?P<role>[^.;,]{3,80}?) (?:is|are|est|sont)\b",
    regex.IGNORECASE,
)


def role_of(sentence: str, start: int, after: int) -> str | None:
    """The part of the disclosure that the person answers for, as printed, or None."""
    for pattern, text in (
        (_FOR, sentence[after:]),
        (_TOOK, sentence[after:]),
        (_SECTIONS, sentence[after:]),
        (_WHOSE, sentence[:start]),
        (_MADE, sentence[:start]),
    ):
        if match := pattern.search(text):
            return match["role"].strip()
    return None
