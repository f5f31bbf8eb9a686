"""Who filed a document, on which exchanges it trades, which project the document is about, and under which headline."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from extractors import limited_regex as regex
from extractors.datelines import release_date
from extractors.lexicon import fold, lexicon
from extractors.once import once
from models.disclosure import DocumentType, Issuer
from models.document import Document, Paragraph

TOP = 14
"""How many paragraphs from the top can name the issuer."""

LONG_REPORT = 30
"""A document of more pages than this is no news release."""

_LEGAL = (
    r"(?:INC|LTD|LIMITED|CORP|CORPORATION|LTÉE|Inc|Ltd|Limited|Ltée|Corp|Corporation|plc|PLC|S\.A|N\.V"
    r"|LLC|Company|Trust|LP)\b\.?"
)
_WORD = r"(?:\p{Lu}[\p{L}\d'’&.-]*|&|\d{1,3})"
_NAME = rf"{_WORD}(?:,? (?:{_WORD}|of|de|du|des|et|and|la|d['’]{_WORD}))*?"
_LEGAL_NAME = regex.compile(
    rf"(?P<name>{_WORD}(?: (?:{_WORD}|of|de|du|des|et|and|la))*?,? (?:{_LEGAL}|ltée|inc\.))(?=[\s,(;:]|$)"
)
_SAYS = (
    r"(?:today|announce[sd]?|reports?|is pleased|has (?:filed|announced|released|received|completed)"
    r"|provides?|files?|filed|wishes|confirms|publishes|clarifies"
    r"|annonce|a le plaisir|est heureuse|fait le point|publie|dépose|a déposé|(?:\(|\[)(?:\s*[\"“'(]|TSX"
    r"|\)|the|le|la|ou))"
)
_DATED = regex.compile(rf"(?:^|[-–—/)]\s*|\d{{4}}\s*[-–—,:]*\s*)(?P<name>{_NAME})\s*,?\s*(?={_SAYS})")
_SYMBOL = regex.compile(r"\s*(?:[:;]|-(?=\s))\s*(?P<symbol>[A-Z][A-Z\d]{0,5}(?:\.[A-Z]{1,3})?|[A-Z\d]{2,5})\b(?!\w)")
_NOT_TITLE = regex.compile(
    r"not for (?:distribution|release|dissemination)|for immediate release|^news release|^press release"
    r"|^communiqué|^pour diffusion|diffusion immédiate|^tsx|^nyse|www\.|^page \d|^[\d\W]*$",
    regex.IGNORECASE,
)


@once
def read_issuer(document: Document) -> Issuer:
    """The issuer's name, tickers and project as printed, and the document's headline."""
    top = list(islice(document.paragraphs(), TOP))
    return Issuer(_name(top), _tickers(top), _project(top), _title(document, top))


# ---- the name ----


def _name(top: list[Paragraph]) -> str | None:
    """The name beside a ticker or in the dateline; else the first legal name near the top."""
    for find in (_before_ticker, _in_dateline, _legal_name):
        names = [name for paragraph in top if (name := find(paragraph))]
        if names:
            # a headline may print the short name: "Tall Pine reports ..." above "Tall Pine Mines reports ..."
            return max((n for n in names if n.startswith(names[0])), key=len)
    return None


def _before_ticker(paragraph: Paragraph) -> str | None:
    """Reads "Almonty Industries Inc. ("Almonty") (TSX-V: AII)": the name before the brackets that hold the ticker."""
    text = paragraph.base
    spans = _ticker_spans(text)
    if not spans:
        return None
    head = text[: spans[0][0]]
    bare = regex.sub(r"(?:\s*\([^()]*\)?)+\s*\(?$", "", head).rstrip(" (,-–—|")
    return _last_name(bare)


def _last_name(text: str) -> str | None:
    """The name that a text ends with."""
    text = regex.sub(r"^.*\d{4}\)?\s*(?:\([^)]*\)\s*)?[-–—/,:]*\s*", "", text)
    text = regex.sub(r"^.*(?:--|[–—]|/)\s*", "", text)
    legal = list(_LEGAL_NAME.finditer(text))
    if legal and legal[-1].end() >= len(text) - 1:
        return _clean(legal[-1]["name"])
    match = regex.search(rf"(?P<name>{_WORD}(?: (?:{_WORD}|of|de|du|des|et|and|la|d['’]{_WORD}))*)$", text)
    return _clean(match["name"]) if match else None


def _in_dateline(paragraph: Paragraph) -> str | None:
    match = _DATED.search(paragraph.base[:400])
    return _clean(match["name"]) if match and len(match["name"]) > 3 else None


def _legal_name(paragraph: Paragraph) -> str | None:
    match = _LEGAL_NAME.search(paragraph.base[:300])
    return _clean(match["name"]) if match else None


def _clean(name: str) -> str | None:
    plain = name.strip(" ,-–—")
    return (
        plain
        if len(plain) > 2 and not regex.match(r"(?:The|This|These|NI|National|Mineral|Table|Figure)\b", plain)
        else None
    )


# ---- tickers ----


def _ticker_spans(text: str) -> list[tuple[int, int, str]]:
    """Where tickers stand, each as "EXCHANGE:SYMBOL"; exchanges joined by "and" share the symbol behind them."""
    found = []
    shared: list[str] = []
    for hit in lexicon("exchanges").find(text):
        symbol = _SYMBOL.match(text, hit.end)
        if symbol:
            found += [
                (hit.start, symbol.end(), f"{exchange}:{symbol['symbol']}") for exchange in [*shared, hit.text.strip()]
            ]
            shared = []
        elif regex.match(r"\s*(?:and|&|,|/|et)\s*", text[hit.end :]):
            shared.append(hit.text.strip())
    return found


def _tickers(top: list[Paragraph]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for paragraph in top for _, _, t in _ticker_spans(paragraph.base)))


# ---- project and headline ----

_KIND = r"(?i:project|projects|property|properties|mine|mines|deposit|deposits|complex|projet|propriété|gisement)"
_PROJECT = (
    regex.compile(
        rf"\b(?:the|its|our|their|of)\s+(?:[\p{{Ll}}-]+ ){{0,3}}(?P<p>\p{{Lu}}[\p{{L}}'’-]*(?: (?:de |del "
        rf"|la |and )*\p{{Lu}}[\p{{L}}'’-]*){{0,4}}) {_KIND}\b"
    ),
    regex.compile(
        r"\b(?:projet|propriété|mine|gisement)\s+"
        r"(?P<p>\p{Lu}[\p{L}'’-]*(?: (?:\p{Lu}|(?:de |des |la )+\p{L})[\p{L}'’-]*){0,3})"
    ),
    regex.compile(r"\breports on its (?P<p>\p{Lu}[\p{L}'’-]*(?: [\p{L}'’-]+){0,4}?)(?: project)?\."),
)
_NOT_PROJECT = regex.compile(
    r"^(?:Mineral|Technical|National|Company|Resource|Canadian|Measured|Indicated|Inferred|Proven|NI|TSX|Toronto)\b"
)


def _project(top: list[Paragraph]) -> str | None:
    """The project named most often near the top, "the X Project" without its kind."""
    names: Counter[str] = Counter()
    for paragraph in top:
        for pattern in _PROJECT:
            for match in pattern.finditer(paragraph.base[:1500]):
                if not _NOT_PROJECT.match(match["p"]):
                    names[match["p"]] += 1
    return names.most_common(1)[0][0] if names else None


def _title(document: Document, top: list[Paragraph]) -> str | None:
    """The headline: the document's own title where it prints one, else the first paragraph that can be one."""
    if document.title and any(fold(document.title).lower() in fold(p.base).lower() for p in top):
        return document.title
    for paragraph in top:
        text = paragraph.base
        if len(text) > 12 and not _NOT_TITLE.search(text) and not _ticker_spans(text) and not _is_dateline(text):
            return text if len(text) < 400 else None
    return document.title


def _is_dateline(text: str) -> bool:
    return (bool(_DATED.match(text)) and bool(regex.search(r"\d{4}", text[:60]))) or text.lstrip().startswith(
        ("–", "—")
    )


# ---- what kind of document ----


def document_type_of(document: Document) -> DocumentType:
    """A technical report by its length and name; a news release by its dateline or its own words; else other."""
    top = list(islice(document.paragraphs(), 2 * TOP))
    text = " ".join(p.base for p in top)
    if (document.page_count or 0) > LONG_REPORT:
        report = regex.search(r"technical report|rapport technique|43-101", text, regex.IGNORECASE)
        return DocumentType.TECHNICAL_REPORT if report else DocumentType.OTHER
    if release_date(document) or any(map(_in_dateline, top[:TOP])):
        return DocumentType.NEWS_RELEASE
    release = regex.search(r"(?:press|news) release|communiqué", text, regex.IGNORECASE)
    return DocumentType.NEWS_RELEASE if release else DocumentType.OTHER
