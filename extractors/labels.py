"""What a row label, a group row or a column heading says: category, type, material, zone, total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors import limited_regex as regex
from extractors.editions import without_dates
from extractors.lexicon import REMEMBERED, Lexicon, fold, lexicon
from extractors.mending import mended
from models.disclosure import Category, EstimateType, Material

MINING = (Material.OPEN_PIT, Material.UNDERGROUND, Material.STOCKPILE, Material.TAILINGS, Material.LEACH_PAD)
"""Where ore lies; the other materials say what state it is in. A line has at most one of each."""

MINED = (Material.OPEN_PIT, Material.UNDERGROUND)
"""The ways to mine ore that is in place."""

SUMS = {
    Category.MEASURED_INDICATED: (Category.MEASURED, Category.INDICATED),
    Category.PROVEN_PROBABLE: (Category.PROVEN, Category.PROBABLE),
    Category.TOTAL_RESERVES: (Category.PROVEN, Category.PROBABLE, Category.PROVEN_PROBABLE),
    Category.TOTAL_RESOURCES: (Category.MEASURED, Category.INDICATED, Category.MEASURED_INDICATED, Category.INFERRED),
}
"""Categories that are sums, with what they may add."""

WHOLE = (Category.TOTAL_RESERVES, Category.TOTAL_RESOURCES)
"""All reserves or resources together, unless the words behind say which of them are meant."""

RESERVES = (Category.PROVEN, Category.PROBABLE, Category.PROVEN_PROBABLE, Category.TOTAL_RESERVES)

_BRACKETED_MARKS = regex.compile(r"\s*\(((?:\d{1,2}|[a-z])(?:\s*[,&-]\s*(?:\d{1,2}|[a-z]))*)\)\s*:?\s*$")
_GLUED_MARKS = regex.compile(r"(?<=\p{Ll})(\d{1,2}(?:,\d{1,2})*)$")
_SIGN_MARKS = regex.compile(r"\s*([*†‡§]+)$")
_YEARS = regex.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_JOINT = regex.compile(r"\s*[–—:,(-]?\s*")
_DESIGNATION = regex.compile(r"\p{Lu}|\d{1,2}\p{Lu}?")
_EDGES = regex.compile(r"^[\s\-–—:,;/|.&+]+|[\s\-–—:,;/|&+]+$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says; an absent part is None or empty.

    ``zone`` is the name that the vocabulary leaves over, and ``name`` the same with its words for the material:
    "San Carlos" and "San Carlos Underground".
    """

    category: Category | None = None
    type: EstimateType | None = None
    materials: tuple[Material, ...] = ()
    zone: str | None = None
    name: str | None = None
    total: bool = False
    says_total: bool = False
    """Whether the word stands there ("Total M&I"); "M&I" alone is a total without it."""
    grand: bool = False
    """Whether it is a total over everything that the table divides ("Grand Total")."""
    commodity: str | None = None
    marks: tuple[str, ...] = ()
    aside: str | None = None
    """Why the row is no estimate of this date: "bridge", "change", "prior", or None."""
    year: int | None = None


@lru_cache(maxsize=REMEMBERED)
def read_label(text: str) -> Label:
    """Read a label into what it says; marks of notes at its end are taken off first."""
    plain, marks = split_marks(mended(text))
    words = lexicon("labels")
    said = words.means(plain)
    category = category_in(plain)
    kind = lexicon("types").first(plain)
    years = _YEARS.findall(plain)
    return Label(
        category=category,
        type=EstimateType(kind) if kind else None,
        materials=materials_in(plain),
        zone=_zone(plain),
        name=_name(plain),
        total=bool({"total", "grand total"} & set(said)) or category in SUMS,
        says_total=bool({"total", "grand total"} & set(said)),
        grand="grand total" in said,
        commodity=_commodity_heading(plain),
        marks=marks,
        aside=next((m for m in said if m in {"bridge", "change", "prior", "not an estimate"}), None),
        year=int(years[-1]) if years else None,
    )


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Take note marks off the end of a label: "Heap leach(2)", "Out-of-Pit7,8", "San Dimas(10, 14)", "Total*"."""
    marks: list[str] = []
    plain = text.strip()
    for pattern in (_BRACKETED_MARKS, _SIGN_MARKS, _GLUED_MARKS):
        if (found := pattern.search(plain)) and found.start() > 0:
            plain = plain[: found.start()].rstrip()
            marks = [m for m in regex.split(r"[\s,&]+", found.group(1)) if m] + marks
    return plain, tuple(marks)


def category_in(text: str) -> Category | None:
    """The first category that a text names; "Total reserves – proven and probable" names what stands behind.

    Several behind are what the total adds: "Total resources (measured, indicated, inferred)".
    """
    hits = lexicon("categories").find(text)
    if not hits:
        return None
    named = Category(hits[0].means)
    narrowed = len(hits) == 2 and named in WHOLE and _JOINT.fullmatch(text[hits[0].end : hits[1].start])
    return Category(hits[1].means) if narrowed else named


def materials_in(text: str) -> tuple[Material, ...]:
    """The materials that a text names, at most one of where the ore lies and one of its state, sorted by name."""
    named = [Material(m) for m in lexicon("materials").means(text)]
    mining = [m for m in named if m in MINING]
    state = [m for m in named if m not in MINING]
    kept = (mining if len(mining) == 1 else []) + (state if len(state) == 1 else [])
    return tuple(sorted(kept))


def join_materials(sources: Iterable[tuple[Material, ...]]) -> tuple[Material, ...]:
    """The nearest word on where the ore lies with the nearest on its state; the first source is the nearest."""
    mining = state = None
    for materials in sources:
        mining = mining or next((m for m in materials if m in MINING), None)
        state = state or next((m for m in materials if m not in MINING), None)
    return tuple(sorted(m for m in (mining, state) if m))


def join_zones(outer: str | None, inner: str | None) -> str | None:
    """A zone within a zone: "Antamina" and "Copper only ore"; one that repeats the other stands once."""
    if not outer or not inner:
        return outer or inner
    if fold(outer).lower() in fold(inner).lower():
        return inner
    return outer if fold(inner).lower() in fold(outer).lower() else f"{outer} - {inner}"


def with_issuer(label: Label, issuer: str | None) -> Label:
    """A total named after the issuer ("Alamos - TOTAL") is the total of everything: its zone is none."""
    if not (label.total and label.zone and issuer):
        return label
    named, ours = (set(regex.findall(r"\w+", fold(t).lower())) for t in (label.zone, issuer))
    return replace(label, zone=None, name=None) if named <= ours else label


def _zone(plain: str) -> str | None:
    """The name in a label without its words for the material; "Pit A" and "Pit 3" are no names without them."""
    rest = _left_over(plain, "materials")
    return _name(plain) if _DESIGNATION.fullmatch(rest) else _named(rest)


def _name(plain: str) -> str | None:
    """The name in a label with its words for the material."""
    return _named(_left_over(plain))


def _named(text: str) -> str | None:
    return text if regex.search(r"\p{L}\p{L}|\p{L}?\d", text) else None


def _left_over(plain: str, *beside: str) -> str:
    """What the vocabularies leave over of a label, without small words at its ends."""
    if _commodity_heading(plain) or lexicon("materials").whole(plain):
        return ""
    rest = plain
    for name in ("labels", "categories", "types", *beside):
        rest = _strip(lexicon(name), rest)
    rest = without_dates(rest)
    small = lexicon("small_words")
    words = rest.split()
    while words and (small.whole(words[0].strip("()")) or not regex.search(r"\w", words[0])):
        words = words[1:]
    while words and (small.whole(words[-1].strip("()")) or not regex.search(r"\w", words[-1])):
        words = words[:-1]
    left = " ".join(words)
    return "" if lexicon("commodities").whole(left) else left  # "Total Diamond Resource"


def _strip(words: Lexicon, text: str) -> str:
    rest = words.without(text)
    return _EDGES.sub("", _EMPTY_BRACKETS.sub("", rest) if "(" in rest or "[" in rest else rest)


_EMPTY_BRACKETS = regex.compile(r"\(\s*\)|\[\s*\]")


def _commodity_heading(plain: str) -> str | None:
    """The commodity where a label is its name and nothing else ("SILVER", "TOTAL SILVER", "OR TOTAL")."""
    rest = _strip(lexicon("labels"), plain) if lexicon("labels").find(plain) else plain.strip()
    return lexicon("commodities").whole(rest) or ("Au" if rest.casefold() == "or" else None)
