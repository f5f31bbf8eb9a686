"""For whom a person works, which office he holds, and what he answers for, from the words beside his name."""

from __future__ import annotations

from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.lexicon import Hit, fold, lexicon
from models.disclosure import Issuer

_WORD = r"(?:(?-i:[\p{Lu}\d])[\p{L}\d&.’'+-]*)"
_LEGAL = (
    r"(?:Inc|Ltd|Limited|Ltée|inc|LLC|LLP|Corp|Corporation|Pty|PLC|plc|S\.A|SpA|GmbH|AB|AG|NL|Oy|Ltda|s\.r\.o"
    r"|et associés|and Associates|ingénieurs-conseils)"
)
_FIRM = (
    rf"{_WORD}(?:[ ,]*\((?:Canada|UK|US|USA|Australia|Pty)\)|,? {_LEGAL}\b\.?|\s+(?:&|and|et|de|of)\s+{_WORD}"
    rf"|\s+(?:{_WORD}|géoscientifiques|miniers|ingénieurs-conseils))*"
)
_LEAD = regex.compile(
    r"^[\s,.;–-]*(?:I )?(?:(?:who )?(?:is|was|serves as|am|est)\s+)?(?:considered |currently |employed (?:as )?"
    r"|also |both |all |each |tous deux |employees )*(?:an?|the"
    r"|une?|la|le|l')?\s*",
    regex.IGNORECASE,
)
_OF = regex.compile(
    rf"^,?\s*(?P<how>of|from|with|at|for|to|chez|de|d'|pour|à)\s*(?:the\s+|la\s+)?(?:(?:firme?"
    rf"|société)\s+)?(?P<firm>{_FIRM})",
    regex.IGNORECASE,
)
_BRACKETED = regex.compile(rf"^\s*\((?P<firm>{_FIRM})\.?\)", regex.IGNORECASE)
_APPOSED = regex.compile(rf"^\s*[,|–-]?\s*(?P<firm>{_FIRM})", regex.IGNORECASE)
_POSSESSIVE = regex.compile(rf"\b(?P<firm>{_FIRM})['’]s?\s+(?=(?-i:\p{{Lu}}))", regex.IGNORECASE)
_EMPLOYEE = regex.compile(rf"employees? of (?P<firm>{_FIRM})", regex.IGNORECASE)
_UNDER = regex.compile(
    rf"\b(?:by|par) (?:la firme )?(?P<firm>{_FIRM}),?(?: (?:of"
    rf"|de) [^.;]{{3,40}}?,?)?,? (?:under the (?:direction|supervision) of|sous la (?:direction"
    rf"|supervision) de)[\s\p{{L}}.]{{0,6}}$",
    regex.IGNORECASE,
)
_LED_WITH = regex.compile(rf"\b(?:by|par) (?P<firm>{_FIRM}),? (?:with|represented by) $", regex.IGNORECASE)
_HOLDS_IN_BRACKETS = regex.compile(rf"\b(?:by|par|of|de|with) (?:la firme )?(?P<firm>{_FIRM})\s*\($", regex.IGNORECASE)
_GENERIC = regex.compile(
    r"^(?:the |la |le )?(?:company|groupe?$|signed|original|effective|for\b|please\b|issuer|corporation\b|société"
    r"|émetteur|board|directors|ni\b|national"
    r"|qualified|association|institute|ordre|order|engineers"
    r"|canad|british|province|ontario|quebec|québec|alberta|nevada|professional|geoscientists|mineral"
    r"|managers?$|\p{Lu}\d\p{Lu} ?\d\p{Lu}\d|technical|sections?|chapters?|level|toronto|tucson"
    r"|(?:mr|ms|mrs|dr|messrs|mm)\b|M\.|qp|pq|mre|[\d\W]+$|[\p{L}]\.?$)",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Post:
    """What stands in apposition to a name: the office, the organisation, and whether it is the company that files."""

    office: str | None = None
    firm: str | None = None
    corporate: bool = False
    of_company: bool = False
    consults: bool = False


def post_of(segment: str, before: str) -> Post:
    """Office and organisation from the words right behind a name, or right before it ("Lobex CEO Karl Brust")."""
    rest, prefix, offices, after = _apposition(segment)
    corporate = any(h.means == "corporate" for h in offices)
    consults = not corporate and bool(regex.search(r"consult|conseil|advis", rest[:after], regex.IGNORECASE))
    firm = prefix or _organisation(rest[after:], consults) or _from_before(segment, before) or _directly_of(segment)
    office = rest[offices[0].start : offices[-1].end] if offices else None
    if office is None and (leading := _leading_offices(before)):
        office, offices = leading[-1].text, leading
    return Post(
        office,
        firm,
        any(h.means == "corporate" for h in offices) or bool(_EMPLOYEE.search(segment)),
        bool(_OF_COMPANY.search(rest[: after + 40])) or bool(_OF_COMPANY.search(_right_before(before))),
        consults,
    )


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
    if of is None or of["how"].lower() not in ("of", "from", "de", "chez") or _is_town(segment, of):
        return None
    return _firm(of["firm"])


def _is_town(text: str, named: regex.Match[str]) -> bool:
    """True where a province or a country stands behind the name, or is its last word: "of Thunder Bay, Ontario"."""
    regions = lexicon("regions")
    behind = regex.match(r",\s+", text[named.end("firm") :])
    after = text[named.end("firm") + behind.end() :] if behind else ""
    parts = named["firm"].rsplit(", ", 1)
    return any(h.start == 0 for h in regions.find(after)) or (len(parts) == 2 and bool(regions.whole(parts[1])))


def _apposition(segment: str) -> tuple[str, str | None, list[Hit], int]:
    """The words behind a name from its office on: the first clause that begins with one, else the first clause."""
    starts = [0, *(m.start() for m in regex.finditer(r"\b(?:and|et)\s|,\s|(?:(?<=\bthat )|(?<=: ))I am\b", segment))]
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
    ):
        return _firm(of["firm"])
    if of is None and (apposed := _APPOSED.match(rest)) and regex.match(r"[\s,.;)|–-]|$", rest[apposed.end() :]):
        return _firm(apposed["firm"])
    return None


def _from_before(segment: str, before: str) -> str | None:
    """Reads "by X under the direction of NAME", "X CEO NAME", "he is X's Vice President", "employee of X"."""
    for pattern, text in ((_UNDER, before), (_LED_WITH, before), (_HOLDS_IN_BRACKETS, before), (_EMPLOYEE, segment)):
        if match := pattern.search(text):
            return _firm(match["firm"])
    if above := regex.search(rf"(?P<firm>{_WORD}(?: {_WORD}){{0,4}},? (?:Inc|Ltd|LLC|Corp|inc|ltée)\.?)\s*$", before):
        return _firm(above["firm"])
    offices = _leading_offices(before)
    if offices and (led := regex.search(rf"(?P<firm>{_WORD}(?: {_WORD}){{0,3}}) $", before[: offices[-1].start])):
        return _firm(led["firm"])
    for match in _POSSESSIVE.finditer(segment):
        if any(h.start == 0 for h in lexicon("offices").find(segment[match.end() :])):
            return _firm(match["firm"])
    return None


def _leading_offices(before: str) -> list[Hit]:
    """Offices right before a name."""
    return [h for h in lexicon("offices").find(before) if not before[h.end :].strip(" ,:")]


_LEGAL_END = regex.compile(r"(?:Inc|Ltd|Corp|inc|Co|S\.A|LLC|Pty)\.$")


def _firm(text: str) -> str | None:
    """The organisation's name, or None for words that name none."""
    plain = text.strip(" ,;")
    if legal := regex.search(rf"\b{_LEGAL}\b\.?(?:,? {_LEGAL}\b\.?)*", plain):
        plain = plain[: legal.end()]
    plain = plain if _LEGAL_END.search(plain) else plain.rstrip(".")
    if _GENERIC.match(plain) or len(plain) < 2:
        return None
    credentials = lexicon("credentials").find(plain)
    if (
        (credentials and credentials[0].start == 0)
        or lexicon("offices").whole(plain)
        or lexicon("months").find(plain[:9])
    ):
        return None
    return plain


_OF_COMPANY = regex.compile(
    r"\b(?:of|for|with|at|to|à) (?:the |its )?(?:company|issuer|corporation|group)\b|\b(?:company|corporation"
    r"|issuer|group)['’]s|de la société|de l['’]émetteur|de la mine\b|at the mine\b",
    regex.IGNORECASE,
)
_CONSULTANCY = regex.compile(
    r"consult|conseil|engineer|geoscience|géoscientifique|geosystems|geoservices|geological services"
    r"|services|associates|associés|technics|laborator|mining plus",
    regex.IGNORECASE,
)


def is_employed(post: Post, issuer: Issuer) -> bool:
    """True where the person holds an office of a company that files, or works for the issuer itself."""
    if post.firm and issuer.name and _is_issuer(post.firm, issuer.name):
        return not post.consults
    if not post.corporate or post.consults or (post.firm and _CONSULTANCY.search(post.firm)):
        return False
    return post.of_company or post.firm is not None


def issuer_in(segment: str, issuer: Issuer) -> str | None:
    """The issuer's short name where it stands in apposition to a person: "director, technical services, Cameco"."""
    telling = [w for w in regex.findall(r"[\p{L}\d'’]+", issuer.name or "") if _words(w)]
    if not telling:
        return None
    name = regex.compile(
        rf"(?:,|(?<!independent |indépendante? )\b(?:of|for|at|with|de"
        rf"|chez))\s+(?P<firm>{regex.escape(telling[0])}(?: {_WORD})*)(?=[,.;)]|$)"
    )
    match = name.search(regex.split(r";|\bwho\b|\bis a\b", segment)[0])
    return _firm(match["firm"]) if match else None


def _is_issuer(firm: str, issuer: str) -> bool:
    """True where one name holds the other's telling words, as "Taseko" and "Taseko Mines Limited"."""
    ours, theirs = _words(issuer), _words(firm)
    return bool(ours and theirs) and (theirs <= ours or ours <= theirs)


def _words(name: str) -> set[str]:
    return {w for w in regex.findall(r"[\p{L}\d]+", fold(name).lower()) if w not in _COMMON}


_COMMON = frozenset(
    [
        "inc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "ltée",
        "llc",
        "plc",
        "company",
        "co",
        "mines",
        "mining",
        "resources",
        "the",
        "and",
        "of",
        "de",
        "d",
        "or",
    ]
)

_DONE = r"(?:prepared|carried out|estimated|completed|done|supervised|préparée?s?|réalisée?s?|established|undertaken)"
_ROLES = (
    (
        "after",
        r"\b(?:responsible|responsables?) (?:for|de|des|du) (?:the |l'|la |les |this |cette )?(?P<role>[^.;,()]{3,90})",
    ),
    (
        "after",
        r"^\W*[^.;]{0,80}?(?:prepared|took responsibility for|wrote|authored|a préparé|a rédigé) (?:the |l'"
        r"|la |le )?(?P<role>[^.;,]{3,80})",
    ),
    ("after", r"(?:[-–]|:)\s*(?P<role>sections? [\d, &toandet-]+)"),
    ("after", r"^\s*\((?P<role>[^()]*(?:reserves?|resources?|sections?)[^()]*)\)"),
    (
        "before",
        r"(?:qualified persons?|QPs?|personnes? qualifiées?)[^.;,]{0,20}? (?:for|of|de) (?:the |l'"
        r"|cette )?(?P<role>[^.;,]{3,80}?) (?:is|are|est|sont)\b",
    ),
    ("before", r"(?:^\W*|[.;]\s+)(?P<role>\p{Lu}[\p{L}\d ,&/'’-]{2,60}?)\s*(?::|\s[-–—])\s*$"),
    ("before", r"\bresponsibility for (?:the )?(?P<role>[^.;,]{3,90}?) (?:rests|lies|belongs)"),
    (
        "before",
        rf"^\W*(?:[\d.)]+\s*)?(?:the |l'|la |le |un |une )?(?P<role>[^.;:]{{3,120}}?)(?: (?:that|which"
        rf"|qui) [^.;:]{{3,60}}?)? (?:was|were|is|has been|have been|a été|ont été) {_DONE}",
    ),
)
_ROLE_PATTERNS = tuple((side, regex.compile(pattern, regex.IGNORECASE)) for side, pattern in _ROLES)


def role_of(sentence: str, start: int, after: int) -> str | None:
    """The part of the disclosure that the person answers for, as printed, or None."""
    for side, pattern in _ROLE_PATTERNS:
        if match := pattern.search(sentence[after:] if side == "after" else sentence[:start]):
            return match["role"].strip()
    return None
