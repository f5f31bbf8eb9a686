"""The letters behind a person's name: degrees, licences and grades, without registry numbers and provinces."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.lexicon import Hit, lexicon

_QUALIFIER = regex.compile(
    r"[\s,]{0,2}\((?![^)]*\b(?:Consult|Engineering|Geolog|Geosciences?\b|Services|Group|Partners|Advis|Mining))"
    r"(?-i:(?:\p{Lu}{1,8}|#?\p{L}?\d+|&|and|et|[Nn]o\.?|n°|#|(?!Inc"
    r"|Ltd)\p{Lu}\p{Ll}+)[\s,.]*){1,4}\)|\s?#\s?\d+|-\d{3,6}\b|\s?(?:No\.|n°|licen[cs]e no\.?)\s?\d+",
    regex.IGNORECASE,
)
_REGISTERED = regex.compile(r"\s?\([^()]{0,30}?(?:#|\b[Nn]o\.?|n°)\s?[\p{L}]?\d[\d-]*\)")
"""A registry's number in brackets, with the name of the registry: "(AIPG #11873)"."""

_ACRONYM = regex.compile(r"[\s,]+((?:\p{Lu}[\p{L}]?\.?){2,8})(?=,|\)|;| and | et | who | is |$)")
_SEPARATOR = regex.compile(r"(?:\s*,?\s*\(\s*|\s*,\s*|\s+)")


def credentials_behind(text: str, end: int) -> tuple[tuple[str, ...], bool, int]:
    """The letters behind a name, in order, without registry numbers and provinces, and where they end."""
    hits = {h.start: h for h in lexicon("credentials").find(text[end:])}
    found: list[str] = []
    at, trainee = 0, False
    tail = text[end:]
    while True:
        if found and (registered := _REGISTERED.match(tail, at)):
            at = registered.end()
            continue
        gap = _SEPARATOR.match(tail, at)
        begin = gap.end() if gap else at
        hit = hits.get(begin)
        if hit and (gap or not found):
            at, printed = _with_field(tail, hit)
            trainee = trainee or hit.means == "trainee"
            found.append(printed)
        elif found and (acronym := _ACRONYM.match(tail, at)) and not _is_title_like(acronym.group(1)):
            at = acronym.end()
            found.append(acronym.group(1))
        elif found and (qualifier := _QUALIFIER.match(tail, at)):
            at = qualifier.end()
        else:
            break
    return _distinct(found), trainee, end + at


_TITLE_LIKE = frozenset(["CEO", "COO", "CFO", "CTO", "VP", "SVP", "EVP", "QP", "QPS", "PQ", "NI", "GM", "MRE", "USA"])


def _is_title_like(acronym: str) -> bool:
    return acronym.replace(".", "") in _TITLE_LIKE


def _with_field(tail: str, hit: Hit) -> tuple[int, str]:
    """A degree with its field ("MSc (Geol)", "BSc Hons (Geo)"), or the credential as it stands."""
    end = hit.end
    if hit.means == "degree":
        while field_end := _field_at(tail, end):
            end = field_end
    return end, tail[hit.start : end].strip()


def credentials_behind_office(text: str, end: int) -> tuple[tuple[str, ...], bool]:
    """The letters behind a name's office, which stands first: "Anna Roe, Chief Geologist, P.Geo."."""
    comma = regex.match(r",\s+(?:the |an? )?", text[end:])
    if comma is None:
        return (), False
    start = end + comma.end()
    offices = lexicon("offices").find(text[start : start + 120])
    if not offices or not regex.fullmatch(r"(?:\p{Lu}[\p{L}-]+ )*", text[start : start + offices[0].start]):
        return (), False
    behind = start + offices[0].end
    joined = regex.match(r"\s+(?:and|et)(?=\s)|,?(?=\s)", text[behind:])
    letters, trainee, _ = credentials_behind(text, behind + joined.end() if joined else behind)
    return (letters, trainee) if letters and letters[0] not in _TITLE_LIKE else ((), False)


def _field_at(tail: str, start: int) -> int | None:
    """Where the field of a degree ends that begins here, or None."""
    fields = lexicon("degree_fields").find(tail[start : start + 40])
    if not fields or tail[start : start + fields[0].start] not in (" ", " ("):
        return None
    closing = regex.match(r"\)?(?=[\s,;)]|$)", tail[start + fields[0].end :])
    return start + fields[0].end + closing.end() if closing else None


def _distinct(printed: list[str]) -> tuple[str, ...]:
    plain = {regex.sub(r"[\s.]", "", p).lower(): p for p in reversed(printed)}
    return tuple(sorted(plain.values(), key=printed.index))
