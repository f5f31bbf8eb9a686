"""For whom a person works and which office he holds, from the words beside his name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.lexicon import REMEMBERED, Hit, fold, lexicon
from models.disclosure import Issuer

_WORD = r"(?:(?-i:[\p{Lu}\d])[\p{L}\d&.’'+-]*)"
_LEGAL = (
    r"(?:Inc|Ltd|Limited|Ltée|ltée|inc|LLC|LLP|Corp|Corporation|Pty|PLC|plc"
    r"|S\.A(?:\.[CSB]\b)?(?:\. de C\.V)?|S\.R\.L|S\.p\.A|[BN]\.V|SpA|GmbH|AB|AG|NL|Oy|Ltda|s\.r\.o"
    r"|et associés|and Associates|ingénieurs-conseils)"
)
_FIRM = (
    rf"{_WORD}(?:[ ,]*\((?:Canada|UK|US|USA|Australia|Pty)\)|,? {_LEGAL}\b\.?|\s+(?:&|and|et|de|of)\s+{_WORD}"
    rf"|\s+(?:{_WORD}|géoscientifiques|miniers|ingénieurs-conseils))*"
)
_LEAD = regex.compile(
    r"^[\s,.;–-]*(?:(?:I|je) )?(?:(?:who |qui )?(?:is|was|serves as|acts as|holds the (?:position|office) of|am"
    r"|est|suis|en est|agit (?:à titre de|comme))\s+)?(?:considered |currently |presently |employed (?:as )?"
    r"|(?:the|its) company's |respectively |respectivement |also |both |all |each |tous deux |employees )*"
    r"(?:(?:an?|the|une?|la|le)\s+|l['’])?",
    regex.IGNORECASE,
)
_OF = regex.compile(
    rf"^,?\s*(?P<how>(?:of|from|with|at|for|to|chez|de|du|des|pour|à)\b|d['’])\s*(?:the\s+|la\s+)?(?:(?:firme?"
    rf"|société)\s+)?(?P<firm>{_FIRM})",
    regex.IGNORECASE,
)
_BRACKETED = regex.compile(rf"^\s*\((?P<firm>{_FIRM})\.?\)", regex.IGNORECASE)
_APPOSED = regex.compile(rf"^\s*[,|–-]?\s*(?P<firm>{_FIRM})", regex.IGNORECASE)
_POSSESSIVE = regex.compile(rf"\b(?P<firm>{_FIRM})['’]s?\s+(?=(?-i:\p{{Lu}}))", regex.IGNORECASE)
_EMPLOYEE = regex.compile(
    rf"(?:employees? of|employed (?:as [^,;.]{{3,60}}? )?(?:by|with|at)|à l'emploi (?:de|chez)"
    rf"|employée?s? (?:de|par|chez)) (?:the |la )?(?:firme? )?(?P<firm>{_FIRM})",
    regex.IGNORECASE,
)
_UNDER = regex.compile(
    rf"\b(?:by|par) (?:la firme )?(?P<firm>{_FIRM}),?(?: (?:of"
    rf"|de) [^.;]{{3,40}}?,?)?,? (?:under the (?:direction|supervision) of|sous la (?:direction"
    rf"|supervision) d(?:e|['’]))[\s\p{{L}}.]{{0,6}}$",
    regex.IGNORECASE,
)
_LED_WITH = regex.compile(rf"\b(?:by|par) (?P<firm>{_FIRM}),? (?:with|represented by) $", regex.IGNORECASE)
_HOLDS_IN_BRACKETS = regex.compile(rf"\b(?:by|par|of|de|with) (?:la firme )?(?P<firm>{_FIRM})\s*\($", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """What stands in apposition to a name: the office, the organisation, and whether it is the company that files."""

    office: str | None = None
    firm: str | None = None
    corporate: bool = False
    of_company: bool = False
    consults: bool = False


@lru_cache(maxsize=REMEMBERED)  # "He ..." asks it again of everybody named before
def post_of(segment: str, before: str) -> Post:
    """Office and organisation from the words right behind a name, or right before it ("Lobex CEO Karl Brust")."""
    segment = _up_to_the_past(segment)
    rest, prefix, offices, after = _apposition(segment)
    corporate = any(h.means == "corporate" for h in offices)
    consults = not corporate and bool(regex.search(r"consult|conseil|advis", rest[:after], regex.IGNORECASE))
    firm = prefix or _organisation(rest[after:], consults) or _from_before(segment, before) or _directly_of(segment)
    firm = firm or _as_qualified(segment)
    office = rest[offices[0].start : offices[-1].end] if offices else None
    if office is None and (leading := _leading_offices(before)):
        office, offices = leading[-1].text, leading
    employed = bool(_EMPLOYEE.search(segment)) or (prefix is not None and not consults)
    return Post(
        office,
        firm,
        employed or any(h.means == "corporate" for h in offices),
        _is_of_company(segment, rest, after) or bool(_OF_COMPANY.search(_right_before(before))),
        consults,
    )


def names_employer(text: str) -> bool:
    """True where a text says by which firm someone is employed."""
    return _EMPLOYEE.search(text) is not None


def _up_to_the_past(segment: str) -> str:
    """The words about a person without what he was before: "worked for Barrow Gold and was its manager"."""
    past = regex.search(r"\b(?:worked|formerly|previously|has held|auparavant|a travaillé)\b", segment)
    return segment[: past.start()] if past else segment


def _is_of_company(segment: str, rest: str, after: int) -> bool:
    """True for an office with the company, or at a mine: "with the Company as Manager", "Manager of the X mine"."""
    lead = segment[: len(segment) - len(rest)]
    if _OF_COMPANY.search(rest[: after + 40]) or _OF_COMPANY.search(lead[-60:]):
        return True
    of = _OF.match(rest[after:])
    return of is not None and _is_place(rest[after:], of)


def _right_before(before: str) -> str:
    """The last words before a name, its office left out: "the Company's" of "the Company's Chief Geologist, "."""
    if staff := _STAFF_UNDER.search(before):
        return staff.group()
    leading = _leading_offices(before)
    return before[: leading[-1].start][-20:] if leading else before[-20:]


_STAFF_UNDER = regex.compile(
    r"\b(?:company|corporation|issuer)['’]s [\p{L} ]{0,40}under the (?:direction|supervision|guidance) of\s*$",
    regex.IGNORECASE,
)


def _directly_of(segment: str) -> str | None:
    """Reads "NAME of X, an independent consultant": the organisation right behind the name."""
    of = _OF.match(segment)
    if of is None or of["how"].lower() not in ("of", "from", "de", "du", "chez"):
        return None
    if _is_town(segment, of) or _is_place(segment, of):
        return None
    return _firm(of["firm"])


def _as_qualified(segment: str) -> str | None:
    """Reads "an independent Qualified Person with X"."""
    said = _QUALIFIED_WITH.search(segment)
    return _firm(said["firm"]) if said and not _is_place(segment, said) else None


_QUALIFIED_WITH = regex.compile(
    rf"\b(?:qualified persons?|QPs?|personnes? qualifiées?)(?: \([^()]*\))?,? (?:with|of|from|at|chez|de)"
    rf" (?P<firm>{_FIRM})",
    regex.IGNORECASE,
)


def _is_town(text: str, named: regex.Match[str]) -> bool:
    """True where a province or a country stands behind the name, or is its last word: "of Thunder Bay, Ontario"."""
    if _FORM.search(named["firm"]):  # "of Rock Inc. of Thunder Bay, Ontario"
        return False
    regions = lexicon("regions")
    behind = regex.match(r",\s+", text[named.end("firm") :])
    after = text[named.end("firm") + behind.end() :] if behind else ""
    parts = named["firm"].rsplit(", ", 1)
    return any(h.start == 0 for h in regions.find(after)) or (len(parts) == 2 and bool(regions.whole(parts[1])))


def _apposition(segment: str) -> tuple[str, str | None, list[Hit], int]:
    """The words behind a name from its office on: the first clause that begins with one, else the first clause."""
    starts = [0, *(m.start() for m in _CLAUSES.finditer(segment))]
    for start in starts:
        clause = regex.sub(r"^(?:and|et)\s+(?:is )?", "", segment[start:])
        rest = clause[_LEAD.match(clause).end() :]  # type: ignore[union-attr]  # every part of it may be empty
        prefix, offices, after = _offices_at(rest)
        if offices:
            return rest, prefix, offices, after
        if start and regex.search(r"\b(?:approved|reviewed|prepared|verified|responsible|said)\b", segment[:start]):
            break
    lead = _LEAD.match(segment)
    return segment[lead.end() if lead else 0 :], None, [], 0


_CLAUSES = regex.compile(
    r"\b(?:and|et)\s|,\s|(?:(?<=\bthat )|(?<=: )|(?<=\bque ))(?:I am|je suis)\b"
    r"|(?<=\bas )(?=(?:an?|the|its)?\s?\p{Lu})",
    regex.IGNORECASE,
)
"""Where a clause can begin with an office: "..., Chief Geologist", "with the Company as Vice President"."""


def _offices_at(rest: str) -> tuple[str | None, list[Hit], int]:
    """The offices that a text begins with, joined by "and" or commas, a firm's name before the first, and their end."""
    hits = lexicon("offices").find(rest)
    prefix: str | None = None
    end, found = 0, []
    for hit in hits:
        between = rest[end : hit.start]
        if regex.fullmatch(r"(?:[\s,]|(?:and|&|et|also|the|an?|its|company['’]s)\s)*", between, regex.IGNORECASE):
            found.append(hit)
        elif not found and (
            named := regex.fullmatch(rf"\s*(?P<firm>{_WORD}(?: {_WORD}){{0,3}}?)(?:['’]s?)?\s*", between)
        ):
            prefix = _firm(named["firm"].removesuffix("'s"))
            found.append(hit)
        else:
            break
        end = hit.end
    return prefix, found, end


def _organisation(rest: str, consults: bool) -> str | None:
    """Reads "of X", "(X)", ", X" behind the office; whom a consultant advises is not for whom he works."""
    if bracketed := _BRACKETED.match(rest):
        return _firm(bracketed["firm"])
    of = _OF.match(rest)
    if (
        of
        and not (consults and of["how"].lower() in ("for", "to", "pour"))
        and of["how"].lower() != "à"
        and not _is_town(rest, of)
        and not _is_place(rest, of)
    ):
        return _firm(of["firm"])
    if of is None and (apposed := _APPOSED.match(rest)) and _ends_a_name(rest, apposed.end()):
        return _firm(apposed["firm"])
    return None


def _ends_a_name(text: str, end: int) -> bool:
    """True where a firm's name can end; a lone word at the end of a broken line is a half of something else."""
    if end == len(text):
        return " " in text.strip(" ,|–-") or text.isupper()
    return bool(regex.match(r"[\s,.;:)|–-]", text[end:]))


def _from_before(segment: str, before: str) -> str | None:
    """Reads "by X under the direction of NAME", "X CEO NAME", "he is X's Vice President", "employee of X"."""
    for pattern, text in ((_UNDER, before), (_LED_WITH, before), (_HOLDS_IN_BRACKETS, before), (_EMPLOYEE, segment)):
        if match := pattern.search(text):
            return _firm(match["firm"])
    if (of := _OF_FIRM_BEFORE.search(before)) and (firm := _firm(of["firm"])):
        return firm
    if (above := _FIRM_ABOVE.search(before)) and not _OF_THE_ONE_BEFORE.match(before):
        return _firm(above["firm"])
    offices = _leading_offices(before)
    if offices and (led := _LEADS_OFFICE.search(before[: offices[-1].start])):
        return _firm(regex.sub(r"['’]s?$", "", led["firm"]))
    for match in _POSSESSIVE.finditer(segment):
        if any(h.start == 0 for h in lexicon("offices").find(segment[match.end() :])):
            return _firm(match["firm"])
    return None


_FIRM_ABOVE = regex.compile(rf"(?P<firm>{_WORD}(?: {_WORD}){{0,4}},? (?:Inc|Ltd|LLC|Corp|inc|ltée)\.?)\s*$")
_OF_THE_ONE_BEFORE = regex.compile(r"\s*(?:[,(|–-]|(?:of|with|from|at|de|chez)\s)")
"""What parts the firm of the person named before from his letters: "A. Roe, P.Geo., Rock Inc. I. Vale, P.Eng."."""

_LEADS_OFFICE = regex.compile(rf"(?P<firm>{_WORD}(?: {_WORD}){{0,3}}?)(?:['’]s)? $")
"""Whose office it is: "Lobex CEO Karl Brust", "Sable Point's Vice President, Omar Haddad"."""


_OF_FIRM_BEFORE = regex.compile(rf"(?:^|[:;,] )\W*(?:and |et )?(?:from|for|with|at|de|chez) (?P<firm>{_FIRM})[,:] $")
"""Whose people are named next: "from Slate Mining Ltd., Anna Roe, P.Eng."."""


def _leading_offices(before: str) -> list[Hit]:
    """Offices right before a name."""
    return [h for h in lexicon("offices").find(before) if not before[h.end :].strip(" ,:")]


_FORM = regex.compile(rf"\b{_LEGAL}\b\.?(?:,? {_LEGAL}\b\.?)*")
_LEGAL_END = regex.compile(r"(?:Inc|Ltd|Corp|inc|Co|S\.A(?:\.[CSB])?|C\.V|S\.R\.L|S\.p\.A|[BN]\.V|LLC|Pty)\.$")


def _firm(text: str) -> str | None:
    """The organisation's name, or None for words that name none."""
    plain = text.strip(" ,;")
    if legal := _FORM.search(plain):
        plain = plain[: legal.end()]
    plain = plain if _LEGAL_END.search(plain) else plain.rstrip(".")
    if len(plain) < 2 or _NUMBER_OR_POSTCODE.match(plain) or _names_no_firm(plain, has_form=bool(legal)):
        return None
    credentials = lexicon("credentials").find(plain)
    if (
        (credentials and credentials[0].start == 0)
        or lexicon("offices").whole(plain)
        or lexicon("months").find(plain[:9])
    ):
        return None
    return plain


_NUMBER_OR_POSTCODE = regex.compile(r"\p{Lu}\d\p{Lu} ?\d\p{Lu}\d|[\d\W]+$|\p{L}\.?$")


def _names_no_firm(text: str, *, has_form: bool) -> bool:
    """True for the company at large, a body of professionals, a law or a place; a legal form makes a firm of those."""
    words = lexicon("firm_words").find(text)
    if "qualified" in lexicon("people").means(text):
        return True
    if any(w.start == 0 and (w.means == "company" or (w.means in ("thing", "body") and not has_form)) for w in words):
        return True
    return not has_form and any(w.means == "body" for w in words)


def _is_place(text: str, named: regex.Match[str]) -> bool:
    """True where a mine's or a project's word follows: "General Manager of the Bluewater operation"."""
    behind = text[named.end("firm") :]
    words = lexicon("firm_words").find(behind)
    return any(w.means == "place" and not behind[: w.start].strip() for w in words)


_OF_COMPANY = regex.compile(
    r"\bits $|\b(?:of|for|with|at|to|à|by) (?:the |its |both the )?(?:company|issuer|corporation|group)\b"
    r"|\b(?:company|corporation|issuer|group)['’]s|(?:de|chez|pour) la (?:société|compagnie)"
    r"|de l['’]émetteur|de la mine\b|at the mine\b",
    regex.IGNORECASE,
)


def is_employed(post: Post, issuer: Issuer, surname: str) -> bool:
    """True where the person holds an office of a company that files, or works for the issuer itself.

    A firm that bears the person's own name advises others, and so does one whose consultant he is.
    """
    if post.firm and (surname in fold(post.firm).lower().split() or "consultant" in (post.office or "").lower()):
        return False
    if post.firm and issuer.name and _is_issuer(post.firm, issuer.name):
        return not post.consults
    if not post.corporate or post.consults or (post.firm and "consultancy" in lexicon("firm_words").means(post.firm)):
        return False
    return post.of_company or post.firm is not None


def issuer_in(segment: str, issuer: Issuer) -> str | None:
    """The issuer's short name where it stands in apposition to a person: "director, technical services, Cameco"."""
    telling = [w for w in regex.findall(r"[\p{L}\d'’]+", issuer.name or "") if _words(w)]
    if not telling or telling[0] not in segment:
        return None
    text = _GOES_ELSEWHERE.split(segment)[0]
    begun = (lead.end() for lead in _LEADS_TO_FIRM.finditer(text) if text.startswith(telling[0], lead.end()))
    for start in begun:
        if rest := _REST_OF_FIRM.match(text, start + len(telling[0])):
            return _firm(text[start : rest.end()])
    return None


_GOES_ELSEWHERE = regex.compile(r";|\bwho\b|\bis a\b")
_LEADS_TO_FIRM = regex.compile(r"(?:,|(?<!independent |indépendante? )\b(?:of|for|at|with|de|chez))\s+")
_REST_OF_FIRM = regex.compile(rf"(?: {_WORD})*(?=[,.;)]|$)")


def _is_issuer(firm: str, issuer: str) -> bool:
    """True where one name holds the other's telling words, as "Taseko" and "Taseko Mines Limited"."""
    ours, theirs = _words(issuer), _words(firm)
    return bool(ours and theirs) and (theirs <= ours or ours <= theirs)


def _words(name: str) -> set[str]:
    telling = lexicon("company_words").without(lexicon("legal_forms").without(fold(name)))
    return {w for w in regex.findall(r"[\p{L}\d]+", telling.lower()) if w not in _SMALL}


_SMALL = frozenset(["the", "and", "of", "de", "d", "company"])
