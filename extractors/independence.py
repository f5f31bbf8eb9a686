"""Whether a person is independent of the issuer, as far as a sentence says."""

from __future__ import annotations

from extractors import limited_regex as regex
from extractors.lexicon import Hit, lexicon
from extractors.names import Name
from extractors.prose import Sentence

_LIKEWISE = regex.compile(r"\bthe same (?:holds|applies|is true|goes) (?:for|of|to) $", regex.IGNORECASE)
_PLURAL_WORD = regex.compile(r"\bindépendante?s\b", regex.IGNORECASE)
PLURAL = regex.compile(
    r"\b(?:both|neither|all|each|are|sont|persons|personnes|QPs|employees|authors|auteurs|tou(?:te)?s|chacune?)\b",
    regex.IGNORECASE,
)


def independence_of(sentence: Sentence, name: Name, names: list[Name]) -> bool | None:
    """What the sentence says of this person's independence: in its own stretch, or of all where it speaks of all."""
    said = [w for w in lexicon("independence").find(sentence.text) if w.means != "not_employed"]
    if _LIKEWISE.search(sentence.folded[: name.start]):
        return stated(sentence.text)
    others = [n for n in names if n is not name]
    for word in sorted(said, key=lambda w: w.means != "not_independent"):
        owner = _owner(word, [name, *others])
        if owner is name or (owner is None) or _speaks_of_all(sentence.folded, word, names):
            return word.means == "independent"
    return None


def _owner(word: Hit, names: list[Name]) -> Name | None:
    """The name that the word stands behind; the first name where it stands before all."""
    before = [n for n in names if n.start < word.start]
    if before:
        return max(before, key=lambda n: n.start)
    return min(names, key=lambda n: n.start)


def _speaks_of_all(text: str, word: Hit, names: list[Name]) -> bool:
    """True where a plural stands beside the word, or between the last name and the word: "who are each ..."."""
    if _PLURAL_WORD.search(word.text):
        return True
    start = max((n.after for n in names if n.after <= word.start), default=word.start)
    return bool(PLURAL.search(text[min(start, max(0, word.start - 20)) : word.end + 20]))


def stated(text: str) -> bool | None:
    """What a text says of independence as a whole; a denial wins."""
    means = lexicon("independence").means(text)
    return False if "not_independent" in means else True if "independent" in means else None
