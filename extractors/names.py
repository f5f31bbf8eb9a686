"""People's names in a sentence, with the letters behind them: who is printed, before asking what is said of him.

spaCy's Matcher finds names among tokens whose vocabulary words (titles, credentials, offices, things) are marked first,
so that ``Mineral Resource`` or ``Vice President`` is never half of a name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from extractors import limited_regex as regex
from extractors.credentials import credentials_behind, credentials_behind_office
from extractors.lexicon import REMEMBERED, Hit, fold, lexicon

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

Pattern = dict[str, Any]
"""One token of a spaCy pattern."""

_WORD_SHAPE = r"^(?:X['’])?Xx+(?:Xx+)?(?:['’‐-][Xx]x*(?:Xx+)?)*$"
"""spaCy's shape of a capitalised word: O'Shea, MacNamara, Jean-Rock."""

_BOUND_PARTICLE = r"^(?:d['’]|al-|el-|ben-)[A-ZÀ-Ý]"
"""A surname with a particle bound to it: d'Amours, al-Rashid."""

_TOKEN = regex.compile(
    r"(?<!\p{Lu}[\p{L}-]* )[dl]['’](?=\p{Lu})"
    r"|(?:\p{Lu}\.(?:-\p{Lu}\.)?(?!\p{L}{2}))|Ste?\.(?=\s?\p{Lu})|(?:Wm|Chas|Thos|Jas|Jos|Robt)\.|\p{L}+(?:['’](?!s\b)\p{L}+|[-‐]\p{L}+)*|\d+|[^\s\p{L}\d]"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a text: where it begins (at its title), where name and credentials end, and what they are.

    ``title`` is the meaning of the title before it or None; a name of one word is a surname.
    """

    text: str
    start: int
    end: int
    after: int
    title: str | None
    credentials: tuple[str, ...]
    trainee: bool = False

    @property
    def surname(self) -> str:
        """The last word of the name, without Jr. and the like."""
        plain = _SUFFIX.sub("", fold(self.text))
        first, comma, _ = plain.partition(", ")
        return (first if comma else plain).split()[-1].strip(".,").lower()

    @property
    def initial(self) -> str:
        """The first letter of the first name, or "" for a surname alone, with its particles or without."""
        plain = _SUFFIX.sub("", fold(self.text)).strip()
        given = plain.partition(", ")[2] or plain
        alone = " " not in plain or (self.title is not None and _PARTICLES_ONLY.fullmatch(plain))
        return "" if alone else given[0].lower()


_SUFFIX = regex.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")

_PARTICLES = tuple(words for entry in lexicon("name_particles").entries for words in entry.match)
_PARTICLES_ONLY = regex.compile(rf"(?:(?:{'|'.join(_PARTICLES)}) )+\S+", regex.IGNORECASE)
"""A surname with its particles: "Van Tassel", "St. Clair"."""


def is_same(known: Name, name: Name) -> bool:
    """True for two names that can be one person's: a surname alone, an initial, or given names that begin alike."""
    if known.surname != name.surname or not known.initial or not name.initial:
        return known.surname == name.surname
    first, second = _given(known), _given(name)
    alike = min(len(first), len(second), ALIKE)
    return first[:alike] == second[:alike]


ALIKE = 3
"""So many letters of two given names tell people apart: "Stuart" and "Stewart", but not "Alex" and "Alexandre"."""


def _given(name: Name) -> str:
    """The given name in plain letters, as far as it is printed."""
    before, comma, behind = fold(name.text).partition(", ")
    given = (behind if comma and name.surname in before.lower() and " " not in before else before).split()[0]
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
    return plain.strip(".").lower()


def find_names(text: str) -> list[Name]:
    """The names of people in a sentence, left to right; words that only look like names are left out."""
    return list(_names_in(text))


@lru_cache(maxsize=REMEMBERED)
def _names_in(text: str) -> tuple[Name, ...]:
    if not may_name(text):
        return ()
    words, free = _words(text)
    printed = (word.group() for word, is_free in zip(words, free, strict=True) if is_free)
    if sum(word != word.lower() for word in printed) < 2 and not _TITLE.search(text):
        return ()
    doc = _doc(text, words, free)
    names: list[Name] = []
    for start, end in _longest(doc):
        name = _name(text, doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))
        if (not names or name.start >= names[-1].after) and (
            name.title or name.credentials or not _is_thing(text, name)
        ):
            names.append(name)
    return tuple(names)


def may_name(text: str) -> bool:
    """Whether two words stand in a text as those of a name do: half of all sentences have no two capitals in a row."""
    return bool(_TWO_CAPITALS.search(text) or _TITLE.search(text))


_TWO_CAPITALS = regex.compile(
    rf"\p{{Lu}}[\p{{L}}\d.'’‐-]*[\s,.(\"“]+(?:(?:{'|'.join(_PARTICLES)})\s+)*(?:\p{{Lu}}|[dl]['’]\p{{Lu}}|(?:al|el|ben)-)"
)


def _is_thing(text: str, name: Name) -> bool:
    """True for the capitalised words of a firm or a place: a metal among them, or a firm's or place's word beside."""
    if name.text.isupper() or _FIRM_GOES_ON.match(text, name.end) or _OF_A_PLACE.search(text, 0, name.start):
        return True
    inside = lexicon("not_names").find(name.text)
    around = [h for h in lexicon("not_names").find(text) if h.means != "office" and h.text[:1].isupper()]
    return bool(inside) or any(
        (0 <= h.start - name.end <= 1) or (0 <= name.start - h.end <= 1 and h.means in ("place", "firm", "metal"))
        for h in around
    )


_OF_A_PLACE = regex.compile(r"(?:\b(?:at|in|near|the|its|les?|la|dans|près de)|&) $|\(\s?[\"“«]\s?$", regex.IGNORECASE)
"""What stands before a place, a thing, half of a firm or a firm's short name, and before no person without a title."""

_FIRM_GOES_ON = regex.compile(
    r"['’]s? (?=(?-i:\p{Lu}))"
    r"|,? (?:(?:and|et|&) associ|(?:inc|ltée|ltd|llc|corp|plc|pty|limited|s\.a|spa|gmbh|(?-i:AB|AG|NL|Oy|LP|SRL))\b)",
    regex.IGNORECASE,
)


def _marks(text: str) -> list[Hit]:
    """Words that are no part of a name, each labelled by its vocabulary."""
    hits = [Hit("titles", h.start, h.end, h.text) for h in _titles(text)]
    hits += [Hit(label, h.start, h.end, h.text) for label in _LABELS for h in lexicon(label).find(text)]
    metals = {(h.start, h.end) for h in lexicon("not_names").find(text) if h.means == "metal"}
    return [h for h in hits if (h.start, h.end) not in metals and (h.text[:1].isupper() or h.means in _ANY_CASE)]


_ANY_CASE = ("credentials", "titles")


_LABELS = ("credentials", "offices", "not_names", "months")


def _titles(text: str) -> list[Hit]:
    """The titles in a text; "M." is an initial where the words around it are English and none is French."""
    hits = lexicon("titles").find(text)
    return [h for h in hits if h.text != "M." or _FRENCH.search(text) or not _ENGLISH.search(text)]


_FRENCH = regex.compile(r"\b(?:par|est|et|les|une?|été|ont|du|aux|qui|pour|sont|chez|géo|ing|le)\b", regex.IGNORECASE)
_ENGLISH = regex.compile(r"\b(?:the|of|and|by|is|are|was|were|for|has|have|who|with|an)\b", regex.IGNORECASE)


def _words(text: str) -> tuple[list[regex.Match[str]], list[bool]]:
    """The text's tokens, and whether each is free to be part of a name: those of marked words are not."""
    words = list(_TOKEN.finditer(text))
    taken = [False] * len(text)
    for mark in _marks(text):
        if mark.means == "titles" or not _INITIAL.fullmatch(mark.text):
            taken[mark.start : mark.end] = [True] * (mark.end - mark.start)
    # a bound particle is free by itself: what follows it tells "d'Amours" from "d'Exploration"
    begins = (word.end() - 1 if word.group()[0].islower() else word.start() for word in words)
    return words, [not taken[begin] for begin in begins]


def _doc(text: str, words: list[regex.Match[str]], free: list[bool]) -> Doc:
    """The text's tokens, those that are not free labelled so that the Matcher passes over them."""
    from spacy.tokens import Doc as SpacyDoc

    doc = SpacyDoc(_vocab(), words=[m.group() for m in words], spaces=_spaces(text, words))
    for token, is_free in zip(doc, free, strict=True):
        token.tag_ = "FREE" if is_free else "WORD"
    return doc


_INITIAL = regex.compile(r"\p{Lu}\.?")


def _spaces(text: str, words: list[regex.Match[str]]) -> list[bool]:
    follows = [m.start() for m in words[1:]] + [len(text)]
    return [b > a.end() for a, b in zip(words, follows, strict=True)]


@cache
def _vocab() -> Vocab:
    """The vocabulary that all documents of names share."""
    import spacy

    return spacy.blank("en").vocab


@cache
def _matcher() -> Matcher:
    """Names of two to five words: given name or initials, particles or a nickname in brackets, surname."""
    from spacy.matcher import Matcher as SpacyMatcher

    matcher = SpacyMatcher(_vocab())
    word: Pattern = {"SHAPE": {"REGEX": _WORD_SHAPE}, "TAG": "FREE", "LENGTH": {">=": 2}}
    capitals: Pattern = {"SHAPE": {"REGEX": r"^X{2,4}(?:['’‐-]X+)*$"}, "TAG": "FREE", "LENGTH": {">=": 3}}
    initial: Pattern = {"SHAPE": {"REGEX": r"^X\.?(?:-X\.?)?$"}, "TAG": "FREE"}
    particle: Pattern = {"LOWER": {"IN": list(lexicon("name_particles").entries[0].match)}}
    joins: Pattern = {"LOWER": {"IN": list(_PARTICLES)}}
    first: Pattern = {"SHAPE": {"REGEX": rf"^X\.?(?:-X\.?)?$|^Xx+\.$|{_WORD_SHAPE}"}, "TAG": "FREE"}
    bound: Pattern = {"TEXT": {"REGEX": _BOUND_PARTICLE}, "TAG": "FREE"}
    saint: Pattern = {"TEXT": {"IN": ["St.", "Ste.", "St", "Ste", "Mac", "Mc"]}, "TAG": "FREE"}
    rest: Pattern = {**initial, "OP": "*"}
    opens: Pattern = {"TEXT": {"IN": ["(", '"', "“"]}}
    closes: Pattern = {"TEXT": {"IN": [")", '"', "”"]}}
    matcher.add(
        "NAME",
        [
            [first, rest, word],
            [first, rest, word, word],
            [first, rest, word, word, word],
            [first, rest, {**particle, "OP": "+"}, word],
            [first, rest, {**particle, "OP": "+"}, word, word],
            [first, rest, word, {**particle, "OP": "+"}, word],
            [first, rest, word, word, {**particle, "OP": "+"}, word],
            [first, rest, word, {**particle, "OP": "+"}, word, word],
            [first, rest, word, {**particle, "OP": "?"}, word, joins, word],
            [first, rest, {**word, "OP": "?"}, bound],
            [first, rest, {**word, "OP": "?"}, saint, word],
            [first, rest, opens, word, closes, initial, word],
            [first, word, initial, word],
            [first, rest, opens, word, closes, word],
            [capitals, {**initial, "OP": "*"}, capitals],
        ],
    )
    return matcher


def _longest(doc: Doc) -> list[tuple[int, int]]:
    """The longest matches that do not overlap, and surnames that stand behind a title."""
    found = [(s, e) for _, s, e in _matcher()(doc) if _together(doc, s, e)]
    text = doc.text  # made anew each time that it is asked for
    if _TITLE.search(text):
        found += [span for i in range(len(doc) - 1) if (span := _titled_surname(doc, i, text))]
    found += [span for i in range(1, len(doc) - 1) if doc[i].text == "," and (span := _turned(doc, i, text))]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= a or start >= b for a, b in kept):
            kept.append((start, end))
    return sorted(kept)


def _together(doc: Doc, start: int, end: int) -> bool:
    """True where only spaces part the words; "Harlow RPX" and the like are no name."""
    return all(
        t.whitespace_ or t.text in '("“' or doc[t.i + 1].text in ')"”' or regex.fullmatch(r"\p{Lu}\.", t.text)
        for t in doc[start : end - 1]
    )


_TITLES = r"(?:Mr|Mrs|Ms|Dr|Mme|Mlle|Monsieur|Madame|M|Messrs|MM|MR|DR)"
_TITLE = regex.compile(rf"{_TITLES}[.\s]")
_TITLE_BEFORE = regex.compile(rf"{_TITLES}\.?\s*(?:\p{{L}}+\s+(?:and|et)\s+)?$")


def _titled_surname(doc: Doc, i: int, text: str) -> tuple[int, int] | None:
    """A surname behind a title, with its particles: "Mr. Roe", "Dr. van der Berg"."""
    at = i + 1
    while at < len(doc) - 1 and doc[at].text in _PARTICLES and doc[at].whitespace_:
        at += 1
    surname = doc[at]
    if not surname.text[:1].isupper() or len(surname.text) < 2 or surname.tag_ != "FREE":
        return None
    begin = doc[i + 1].idx
    return (i + 1, at + 1) if _TITLE_BEFORE.search(text, max(0, begin - 40), begin) else None


def _turned(doc: Doc, comma: int, text: str) -> tuple[int, int] | None:
    """A name with its surname first: "Roe, Anna B., P.Geo."; only credentials behind it tell it from two names."""
    surname, given = doc[comma - 1], doc[comma + 1]
    if not (_is_free_word(surname) and _is_free_word(given)):
        return None
    if comma > 1 and (_is_free_word(doc[comma - 2]) or doc[comma - 2].text in ("&", ".", ",")):
        return None
    end = comma + 2
    while end < len(doc) and _INITIAL.fullmatch(doc[end].text):
        end += 1
    behind = doc[end - 1].idx + len(doc[end - 1].text)
    return (comma - 1, end) if text[behind : behind + 1] == "," and credentials_behind(text, behind)[0] else None


def _is_free_word(token: Token) -> bool:
    return token.tag_ == "FREE" and bool(_CAPITALISED.fullmatch(token.text))


_CAPITALISED = regex.compile(r"\p{Lu}[\p{L}'’‐-]*\p{Ll}[\p{L}'’‐-]*")


_TWICE = regex.compile(r"^(?P<name>\p{Lu}.+) (?P=name)$")
"""A name printed twice in a row: the signature above the signer's line."""


def _name(text: str, start: int, end: int) -> Name:
    if suffix := regex.compile(r",? (?:Jr|Sr|II|III|IV)\b\.?").match(text, end):
        end = suffix.end()
    before = [h for h in _titles(text) if h.end <= start]
    titles = [h for h in before if not text[h.end : start].strip(". ")]
    credentials, trainee, after = credentials_behind(text, end)
    if not credentials:
        credentials, trainee = credentials_behind_office(text, end)
    title = titles[-1] if titles else None
    shared = [h for h in before if h.means == "several" and _FIRST_OF_TWO.fullmatch(text[h.end : start])]
    return Name(
        _TWICE.sub(r"\g<name>", text[start:end]),
        title.start if title else start,
        end,
        after,
        title.means if title else shared[-1].means if shared else None,
        credentials,
        trainee,
    )


_FIRST_OF_TWO = regex.compile(r"\.?\s*[\p{L}'’-]+(?:,? (?:and|et) )")
"""What stands between "Messrs." and the second surname."""
