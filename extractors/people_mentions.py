"""The names of a sentence that are people's, each with what the sentence says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors import limited_regex as regex
from extractors.affiliation import Post
from extractors.answering import answers_here
from extractors.independence import independence_of
from extractors.lexicon import Hit, lexicon
from extractors.names import Name, find_names
from extractors.people_sections import Section
from extractors.people_stretches import stretches_of
from extractors.prose import Sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence, with the stretch of the sentence that speaks of it and what is said there."""

    name: Name
    sentence: Sentence
    segment: str
    before: str
    counts: bool
    independent: bool | None
    post: Post | None = None
    """Office and firm where a table, or the lines below the name, give them apart."""
    part: str | None = None
    """What the person answers for where a table gives it apart."""

    @property
    def may_answer(self) -> bool:
        """True for a person, as far as title, letters or what is said of him tell; a bare name may be a place's."""
        return self.counts or bool(self.name.credentials or self.name.title)


def named_in(
    sentence: Sentence, words: list[Hit], section: Section, before: Sequence[Mention], surnames: Iterable[str]
) -> list[Mention]:
    """The people whom a sentence names, after those of the mentions ``before``; ``surnames`` may stand alone."""
    text = sentence.text
    names = find_names(text) if _may_name(sentence, words, section) else []
    known = [n for n in names if _is_person(n, before) and not _in_apposition(text, n, names)]
    known += _bare_surnames(sentence, surnames, known)
    return _said_of_each(sentence, words, sorted(known, key=lambda n: n.start), section)


def _may_name(sentence: Sentence, words: list[Hit], section: Section) -> bool:
    """True where a sentence holds a word of people, a title or a credential; a look before the search for names."""
    return bool(words) or section.lists or holds_a_title(sentence.folded)


def holds_a_title(folded: str) -> bool:
    """True where a text, folded, holds a title or a credential, so that somebody may be named in it."""
    return bool(_TITLES.search(folded))


_TITLES = regex.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Messrs|Mme|MM|MR|PGeo|PEng|PE|PG|CPG|ing|géo|SME)\b|P\. ?(?:Geo|Eng|E|G)\b|[FM]AusIMM"
    r"|M\. \p{Lu}|M\.? ?Sc|B\.? ?Sc|Ph\.? ?D|C\.P\.G|[FM]AIG\b|Pr\.? ?Sci|[Aa]uth)"
)


def _is_person(name: Name, before: Sequence[Mention]) -> bool:
    """A surname alone is a person only behind a title, or where the full name was printed before."""
    return bool(name.initial or name.title) or any(m.name.surname == name.surname for m in before)


def _in_apposition(text: str, name: Name, names: list[Name]) -> bool:
    """True for a firm that looks like a name: behind a comma or an "of" that follows an office or credentials."""
    before = [n for n in names if n.after <= name.start]
    if name.credentials or name.title or not before:
        return False
    between = text[before[-1].after : name.start]
    if before[-1].credentials and between.strip() in ("(", "-", "–", "—"):
        return True
    if regex.search(r"\S,\s*$", text[: name.start]):
        return bool(before[-1].credentials) or bool(between.strip(" ,"))
    of = regex.search(
        r"(?:^|[\s,])(?:of|from|at|chez|de|du|d'|for|with|pour)\s*(?:the |la )?(?:firme? |société )?$", between
    )
    if of is None:
        return False
    beside = lexicon("offices").without(between[: of.start()])
    return not regex.search(r"\p{L}", regex.sub(r"\b(?:and|et|an?|the|une?)\b", "", beside))


def _bare_surnames(sentence: Sentence, surnames: Iterable[str], names: list[Name]) -> list[Name]:
    """Surnames of people already named, printed alone: "Kyle is a consultant"."""
    taken = [(n.start, n.after) for n in names]
    found = []
    for full in surnames:
        for start, end in _alone(full, sentence.text):
            named = _OF_A_FIRM.match(sentence.text, end) or _FIRM_BEGINS.search(sentence.text, 0, start)
            if not named and all(end <= a or start >= b for a, b in taken):
                found.append(Name(full, start, end, end, None, ()))
    return found


def _alone(surname: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a surname stands in a text as a word of its own; to make a pattern of each would take far longer."""
    start = text.find(surname)
    while start >= 0:
        end = start + len(surname)
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        alone = not any(sign.isalpha() or sign == "-" for sign in beside)
        if alone:
            yield start, end
        start = text.find(surname, end if alone else start + 1)


_OF_A_FIRM = regex.compile(r"\s+(?:&\s|et associés|and associates|(?!(?:I|QP|PQ)s?\b)\p{Lu}\p{L})")
_FIRM_BEGINS = regex.compile(r"(?:\b(?:of|at|with|chez|de|du) |\p{Lu}\. )(?:\p{Lu}[\p{L}-]+ )+$|\p{Lu}\. \p{Lu}\. $")
"""What makes a surname a part of a firm's name: "Berg & Tollund", "Grant Geostatistics"."""


def _said_of_each(sentence: Sentence, words: list[Hit], names: list[Name], section: Section) -> list[Mention]:
    """A mention for each of the names, with the stretch of the sentence that speaks of it."""
    mentions = []
    for name, stretch in zip(names, stretches_of(sentence.text, names), strict=True):
        segment = stretch.behind
        counts = not name.trainee and answers_here(sentence, words, name, section)
        independent = independence_of(sentence, name, names)
        if independent is None and section.lists:
            independent = section.independent
            segment += section.said
        mentions.append(Mention(name, sentence, segment, stretch.before, counts, independent))
    return mentions
