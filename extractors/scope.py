"""What a statement applies to: the types, categories, materials and zones that its words name."""

from __future__ import annotations

from typing import TypeVar

from extractors import limited_regex as regex
from extractors.lexicon import Hit, fold, lexicon
from models.disclosure import Category, EstimateType, Material, Scope

_TYPE_OF = {
    Category.PROVEN: EstimateType.RESERVE,
    Category.PROBABLE: EstimateType.RESERVE,
    Category.PROVEN_PROBABLE: EstimateType.RESERVE,
    Category.MEASURED: EstimateType.RESOURCE,
    Category.INDICATED: EstimateType.RESOURCE,
    Category.MEASURED_INDICATED: EstimateType.RESOURCE,
    Category.INFERRED: EstimateType.RESOURCE,
}
_T = TypeVar("_T")
_SINGLE = (Category.MEASURED, Category.INDICATED, Category.INFERRED)


def scope_in(text: str) -> Scope:
    """The scope that the words of a text name; a category implies the type of its estimates."""
    if not text:
        return Scope()
    text = _INCLUDED.sub(" ", text)
    categories = categories_in(text)
    types = [EstimateType(h.means) for h in lexicon("types").find(text)]
    types += _abbreviated_types(text)
    if EstimateType.HISTORICAL in types or _HISTORICAL.search(text):
        types = [EstimateType.HISTORICAL]
    else:
        types += [_TYPE_OF[c] for c in categories]
    return Scope(_distinct(types), categories, materials_in(text), zones_in(text))


_HISTORICAL = regex.compile(
    r"\bhistoric(?:al(?:ly)?)?\b"
    r"(?! (?:dumps?|mines?|mining|workings?|production|tailings|data|drill|stopes?|waste|prices?))"
    r"|historique",
    regex.IGNORECASE,
)
_INCLUDED = regex.compile(
    r"(?:includ(?:es?|ing)|inclusive of|exclud(?:es?|ing)|exclusive of|in addition to|incluent|incluant"
    r"|excluant) (?:the |les )?(?:mineral |ore )?(?:reserves|réserves)(?: minérales)?",
    regex.IGNORECASE,
)


def _abbreviated_types(text: str) -> list[EstimateType]:
    return [EstimateType.RESOURCE] if regex.search(r"\b(?:M(?:RM)?REs?|ERM)\b", text) else []


def categories_in(text: str) -> tuple[Category, ...]:
    """The categories named, those of a list taken apart; a mere "total resources" restricts nothing."""
    found: list[Category] = []
    for hit in lexicon("categories").find(text):
        category = Category(hit.means)
        if category is Category.TOTAL_RESOURCES:
            found += [c for c in _SINGLE if _names(hit.text, c)]
        elif category in _TYPE_OF and not _is_part_of_word(text, hit):
            found.append(category)
    return _distinct(found)


def _names(text: str, category: Category) -> bool:
    return any(
        h.means == category.value for word in regex.split(r"[\s,+&]+", text) for h in lexicon("categories").find(word)
    )


def _is_part_of_word(text: str, hit: Hit) -> bool:
    """Reads "probable" of "it is probable that", or "indicated by": no category."""
    after = text[hit.end : hit.end + 6].lower()
    return hit.means in ("probable", "indicated", "proven") and after.startswith((" by ", " that", " in th"))


def materials_in(text: str) -> tuple[Material, ...]:
    """The materials named in a text; stopes are underground."""
    return _distinct([Material(h.means) for words in _WHERE for h in lexicon(words).find(text)])


_WHERE = ("materials", "mining_methods")


STATES = frozenset({Material.OXIDE, Material.SULPHIDE, Material.TRANSITION, Material.FRESH})
"""Materials that say what state the ore is in; the others say where it lies."""


def filled(own: Scope, around: Scope) -> Scope:
    """The scope with its empty parts filled from around it; where ore lies and what state it is in fill apart."""
    lies = tuple(m for m in own.materials if m not in STATES) or tuple(m for m in around.materials if m not in STATES)
    state = tuple(m for m in own.materials if m in STATES) or tuple(m for m in around.materials if m in STATES)
    return Scope(
        own.types or around.types, own.categories or around.categories, (*lies, *state), own.zones or around.zones
    )


# ---- zones: proper names that are no word of any vocabulary ----

_PROPER = regex.compile(
    r"\p{Lu}[\p{L}'’]*(?:-\p{Lu}[\p{L}]*)*(?: (?:(?:de|del|la|du|des"
    r"|of) )*(?:\p{Lu}[\p{L}'’]*(?:-\p{L}+)*|\d{1,3}(?!\S)))*"
)
_OTHER = (
    "types",
    "categories",
    "materials",
    "mining_methods",
    "commodities",
    "units",
    "not_zones",
    "months",
    "cutoff_words",
    "people",
)
_BESIDE = regex.compile(
    r"^(?:'s)?\s+(?:and \p{Lu}\p{L}+(?: \p{Lu}\p{L}+)? )?(?:mines?|deposits?|zones?|pits?|complex|open"
    r"|underground|mineral|measured|indicated|inferred|proven|has(?! (?:estimated|used|been|prepared))"
    r"|have(?! been)|uses?|propert|project|resource|reserve|in situ|holds?|assume)",
    regex.IGNORECASE,
)
_LED = regex.compile(
    r"\b(?:at|for|of|in|from|the|and|de|du|à|et|pour|La|Le|Zones|au|zones?|gisements?|gîtes?|mines?|fosses?|secteurs?"
    r"|projet|propriété|lentilles?|dépôts?)\s*$"
)


def zones_in(text: str) -> tuple[str, ...]:
    """The names of mines, deposits and zones: capitalised words led by "at", "for" ... or followed by "deposit" ..."""
    folded = fold(text)
    masked = _masked(folded)
    zones: list[str] = []
    listed = 0
    for match in _PROPER.finditer(masked):
        name = text[match.start() : match.end()].strip()
        name = regex.sub(r"['’]s$", "", name)
        end = match.start() + len(name)
        if part := _PLACED.fullmatch(name) and _PART.match(folded, end):
            name, end = text[match.start() : part.end()], part.end()
        if _ABBREVIATES.match(name) and _abbreviates(text, match.start(), name):
            continue
        if zones and _LIES_AT.fullmatch(folded[listed : match.start()]):
            continue
        goes_on = bool(zones) and regex.fullmatch(r",\s+", folded[listed : match.start()]) is not None
        if len(name) > 2 and (goes_on or _is_zone(folded, match.start(), end)):
            zones.append(name)
            listed = end
    return _distinct(zones)


_ABBREVIATES = regex.compile(r"\p{Lu}{2,5}$")
_LIES_AT = regex.compile(r" (?:mines?|deposits?|zones?|pits?) (?:at|in|near|on) (?:the )?")
"""Where a named mine lies is no second mine: "the Santos mine at Ojos del Salado"."""


def _abbreviates(text: str, start: int, name: str) -> bool:
    """True for letters in brackets that begin the words before: "mineable stope optimiser (MSO)"."""
    words = regex.findall(r"\p{L}+", text[:start])[-len(name) :]
    before = text[:start].rstrip()
    return before.endswith("(") and bool(words) and words[0][0].casefold() == name[0].casefold()


_PLACED = regex.compile(
    r"(?:(?:Main|Central|Upper|Lower|Middle|Deep|High|Low|North|South|East|West)(?:[ -]?(?:Grade|[A-Z][a-z]+))?|\p{Lu})"
)
_PART = regex.compile(r" (?:Zone|Lens|Lode|Vein|Reef|Domain)\b")
"""A word of position is a name only with its kind ("Main Zone"); other names are known without ("the Basal Zone")."""


def _masked(text: str) -> str:
    """The text with the words of other vocabularies blanked out."""
    characters = list(text)
    for name in _OTHER:
        for hit in lexicon(name).find(text):
            characters[hit.start : hit.end] = "\x00" * (hit.end - hit.start)
    return "".join(characters)


_OF_ORE = regex.compile(r"\s*(?:\([^)]*\)\s*)?(?:ore|rock|material|mineralization)\b")
"""A kind of ore is no place: "for Silicified (hard) ore"."""

_LEGAL = regex.compile(r"\b(?:Ltd|Ltée|Inc|Corp|Limited|Pty|LLC|plc)\b")
"""What tells a firm's name from a place's."""


def _is_zone(text: str, start: int, end: int) -> bool:
    if _STANDS_ALONE.match(text, end) and _BEGINS_PIECE.search(text, max(0, start - 8), start):
        return True
    if _LEGAL.search(text, start, end) or _LEGAL.match(text[end : end + 9].lstrip()):
        return False
    if _OF_ORE.match(text, end) or _is_firm(text, text[start:end]):
        return False
    if (
        " " in text[start:end]
        and regex.match(r"\s*(?:$|[,;.)])", text[end:])
        and not regex.search(r"\bby\s*$", text[:start])
    ):
        return True
    return bool(_LED.search(text[:start]) or _BESIDE.match(text[end:]) or regex.search(r"\($", text[:start]))


def _is_firm(text: str, name: str) -> bool:
    """Whether the name stands somewhere in the text before what tells a firm's name."""
    return any(text[: legal.start()].rstrip(" ,").endswith(name) for legal in _LEGAL.finditer(text))


_STANDS_ALONE = regex.compile(r"\s*[:=-]?\s*\|")
_BEGINS_PIECE = regex.compile(r"(?:^|[;,:|.•])\s*(?:and|et|-)?\s*$")
"""A name that is all that stands before a figure of a list: "; La Luz 160 g/t"."""


def _distinct(items: list[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))
