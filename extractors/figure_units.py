"""The unit behind a printed number, with its scale, its currency and the commodity that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractors import limited_regex as regex
from extractors.lexicon import Hit, lexicon
from models.units import UNITS, scaled

_THOUSANDS = {"million": 2, "thousand": 1, "billion": 3, "none": 0}

CURRENCY_BEFORE = regex.compile(
    r"(?P<c>U\.?S\.? ?\$|US ?\$|USD ?\$?|CAD ?\$?|CDN ?\$|CA ?\$|C\$|AU?\$|AUD ?\$?|EUR|€|£|SEK|\$)\s*$"
)

_CURRENCY_AFTER = regex.compile(
    r"\s*(?P<c>\$ ?US|US ?\$|\$ ?CA(?:N|D)?|CA ?\$|\$ ?C\b|C\$|\$A\b|USD|CAD|EUR|€|£|SEK|\(?\$ ?USD\)?|\$)",
    regex.IGNORECASE,
)

_CURRENCIES = (
    ("USD", regex.compile(r"U\.?S", regex.IGNORECASE)),
    ("CAD", regex.compile(r"CA|CDN|^C\$|\$ ?C", regex.IGNORECASE)),
    ("AUD", regex.compile(r"^A|\$A", regex.IGNORECASE)),
    ("EUR", regex.compile(r"€|EUR", regex.IGNORECASE)),
    ("GBP", regex.compile(r"£")),
    ("SEK", regex.compile(r"SEK", regex.IGNORECASE)),
)

_PER = regex.compile(
    r"\s?(?:/\s?|per |par |(?:de )?la |l'|a )\s?(?:(?:dry |metric |short |milled "
    r"|tonne )?(?P<t>t(?:onnes?)?\b|tons?\b)|(?P<oz>oz\b|ounces?\b|once\b)|(?P<lb>lbs?\b|pounds?\b"
    r"|livre\b)|(?P<kg>kg\b)|(?P<mtu>mtu\b))",
    regex.IGNORECASE,
)

_SCALE = regex.compile(
    r"[\s-]*(?:(?P<million>millions?(?: d'(?=onces|or)| de(?= ))?|(?-i:MM)(?= ?(?:t\b|oz|lb))"
    r"|(?-i:M)(?=[ ]?(?:t\b|oz|lb|kg|ct)))"
    r"|(?P<billion>billions?|milliards?(?: d'| de)?|[GB](?=lb))|(?P<thousand>thousands?|milliers?(?: d'"
    r"| de)?|k(?=[ ]?(?:t\b|oz|lb|kg|ct))))",
    regex.IGNORECASE,
)


def unit_behind(
    text: str, at: int, currency: regex.Match[str] | None
) -> tuple[str | None, str | None, tuple[Hit, ...], int]:
    """Unit and commodity behind a number, the words between that say more, and where all of it ends."""
    if not currency and (after := _CURRENCY_AFTER.match(text, at)):
        currency, at = after, after.end()
    if currency:
        return _money(text, at, currency)
    scale = _SCALE.match(text, at)
    thousands = next((_THOUSANDS[k] for k, v in scale.groupdict().items() if v), 0) if scale else 0
    whole = _at(text, _skip(text, at), ("units",), _EXTRA)
    if whole and _needs_no_scale(whole, scale):
        return _with_commodity(text, whole, whole.means, (), None)
    begin = scale.end() if scale else at
    if filler := _CONTAINED.match(text, begin):
        begin = filler.end()
    inside = _inside(text, begin)
    behind = inside[-1].end if inside else begin
    if hit := _at(text, _skip(text, behind), ("units",), _EXTRA + _SHORT_TONS):
        unit = _times(hit.means, thousands)
        commodity = _commodity_of(inside)
        if unit:
            return _with_commodity(text, hit, unit, inside, commodity)
    return None, None, (), at


_CONTAINED = regex.compile(r"\s?(?:contained|in ?-? ?situ)(?=\s)", regex.IGNORECASE)
"""Words between a number and its unit that say nothing more: "4.4 million contained ounces"."""


def _needs_no_scale(hit: Hit, scale: regex.Match[str] | None) -> bool:
    """A unit word that begins at the scale holds it ("million ounces"); without a scale any unit does."""
    return scale is None or (hit.start <= scale.start() + 1 and hit.end > scale.end())


def _times(symbol: str, thousands: int) -> str | None:
    if symbol not in UNITS or thousands == 0:
        return symbol
    unit = scaled(UNITS[symbol], thousands)
    return unit.symbol if unit else "Gt" if (symbol, thousands) == ("t", 3) else None


def _skip(text: str, at: int) -> int:
    gap = regex.match(r"[\s-]*(?:\((?=[^)]{1,4}\)))?", text[at : at + 6])
    return at + (gap.end() if gap else 0)


_Patterns = tuple[tuple[str, regex.Pattern], ...]

_EXTRA: _Patterns = (
    ("ft%", regex.compile(r"ft ?[-.]? ?%", regex.IGNORECASE)),
    ("mm", regex.compile(r"mm\b(?! ?(?:oz|lb|t\b))")),
    # "0.13 gram palladium per tonne": the metal stands inside the unit
    (
        "g/t",
        regex.compile(
            r"gram(?:me)?s? (?:of |d'|de )?\p{L}+(?: equivalent)? (?:per|par) (?:metric )?tonne\b", regex.IGNORECASE
        ),
    ),
    ("g/t", regex.compile(r"gram(?:me)?s?(?= (?:of |d'|de )?\p{L}+(?: per| par|[,.;]| and| et|$))", regex.IGNORECASE)),
)

_SHORT_TONS: _Patterns = (("st", regex.compile(r"(?:short )?tons?\b", regex.IGNORECASE)),)


def _at(text: str, at: int, vocabularies: Sequence[str], beside: _Patterns = ()) -> Hit | None:
    """The longest word of the vocabularies, or match of the patterns beside them, that begins here."""
    hits = [hit for name in vocabularies if (hit := lexicon(name).longest_at(text, at))]
    hits += [Hit(means, at, m.end(), m.group()) for means, pattern in beside if (m := pattern.match(text, at))]
    return max(hits, key=lambda hit: hit.end, default=None)


_BETWEEN = regex.compile(r"(?:[\s-]*(?:of|in|contained|the|combined|total|de|d'|du)\b\s*)*[\s-]*", regex.IGNORECASE)


def _inside(text: str, at: int) -> tuple[Hit, ...]:
    """Commodities and categories that stand right behind a number, before its unit: "gold equivalent" ounces."""
    hits: list[Hit] = []
    while len(hits) < 4:
        gap = _BETWEEN.match(text, at)
        begin = gap.end() if gap else at
        hit = _at(text, begin, ("commodities", "categories"))
        if hit is None:
            break
        hits.append(hit)
        at = hit.end
    return tuple(hits)


def _commodity_of(hits: tuple[Hit, ...]) -> str | None:
    return next((h.means for h in hits if h.means in _commodities()), None)


@cache
def _commodities() -> frozenset[str]:
    return frozenset(e.means for e in lexicon("commodities").entries)


_LINK = regex.compile(
    r"\.?[\s*-]*(?:\(\"?\p{L}{1,4}\"?\))?[\s(*-]*(?:(?:of|de|d'|in|en|combined|combinée?s?|total|payable|contained"
    r"|sulphide|sulfide|recoverable|additional|the|metal)\b[\s-]*)*",
    regex.IGNORECASE,
)

_JOINED = regex.compile(r"\s?[-+/&]\s?|\s(?:plus)\s(?:de |d['’])?", regex.IGNORECASE)
_LISTED = regex.compile(r",? (?:and|et|&) (?:de |d['’])?|, (?:de |d['’])?", regex.IGNORECASE)
_COMBINED = regex.compile(r"\bcombin(?:ed|ée?s?)\b", regex.IGNORECASE)
_COMBINED_BEHIND = regex.compile(
    r"[\s,(]*(?:combined|together|combinée?s?|cumulée?s?|réunis|confondus)\b", regex.IGNORECASE
)


def _with_commodity(
    text: str, unit: Hit, symbol: str, inside: tuple[Hit, ...], commodity: str | None
) -> tuple[str, str | None, tuple[Hit, ...], int]:
    """The commodity right behind a unit ("% WO3", "ounces of silver"); several joined by a dash or plus are a sum."""
    if commodity:
        return symbol, commodity, inside, unit.end
    if named := _named_in_unit(unit.text):
        return symbol, named, inside, unit.end
    link = _LINK.match(text, unit.end)
    begin = link.end() if link else unit.end
    hit = lexicon("commodities").longest_at(text, begin)
    if hit is None or _is_other_metal(text, unit, hit):
        return symbol, None, inside, unit.end
    summed, end = metals_at(text, hit, combined=bool(link and _COMBINED.search(link.group())))
    return symbol, summed, inside, end


def metals_at(text: str, first: Hit, *, combined: bool) -> tuple[str, int]:
    """The commodity that begins with this word, and its end: "lead plus zinc", "combined Pb and Zn" are sums.

    ``combined`` says that the words before announce a sum; a list without that word is several commodities.
    """
    names, end = _chain(text, first, _JOINED)
    listed, beyond = _chain(text, first, _LISTED)
    if len(listed) > 1 and (combined or _COMBINED_BEHIND.match(text, beyond)):
        return _sum_of(listed), beyond
    return _sum_of(names), end


def _chain(text: str, first: Hit, joint: regex.Pattern) -> tuple[list[str], int]:
    """The commodities that follow one another with nothing but this joint between them, and their end."""
    names, end = [first.means], first.end
    while (join := joint.match(text, end)) and (more := lexicon("commodities").longest_at(text, join.end())):
        names.append(more.means)
        end = more.end
    return names, end


def _named_in_unit(unit: str) -> str | None:
    """The metal inside a unit: g Au/t, "gram palladium per tonne"."""
    inner = regex.sub(r"^(?:g(?:rams?|r)?|oz|lbs?|grammes?)\b", "", unit, flags=regex.IGNORECASE)
    return next((h.means for h in lexicon("commodities").find(inner)), None) if "/" in unit or "per" in unit else None


def _is_other_metal(text: str, unit: Hit, hit: Hit) -> bool:
    """A new item that begins with a metal's name belongs to the next figure: "0.32%, zinc 4 %"."""
    return bool(regex.match(r"\s*,", text[unit.end : hit.start] or ""))


def _sum_of(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) == 1:
        return distinct[0]
    platinum = [n for n in distinct if n in ("Pt", "Pd", "Rh")]
    others = sorted(n for n in distinct if n not in platinum)
    return "+".join((["PGE"] if len(platinum) > 1 else platinum) + others)


def _money(text: str, at: int, currency: regex.Match[str]) -> tuple[str, str | None, tuple[Hit, ...], int]:
    """Money, with what it is paid for: "USD/t", "$/oz"; a price's metal behind it is its commodity."""
    code = next((c for c, p in _CURRENCIES if p.search(currency["c"])), "$")
    end = at
    per = _PER.match(text, at)
    if not per and (after := _CURRENCY_AFTER.match(text, at)):
        code = next((c for c, p in _CURRENCIES if p.search(after["c"])), code)
        end = after.end()
        per = _PER.match(text, end)
    if not per:
        return code, None, (), end
    kind = next(k for k, v in per.groupdict().items() if v)
    link = _LINK.match(text, per.end())
    begin = link.end() if link else per.end()
    hit = lexicon("commodities").longest_at(text, begin) if kind != "t" else None
    return f"{code}/{kind}", hit.means if hit else None, (), hit.end if hit else per.end()
