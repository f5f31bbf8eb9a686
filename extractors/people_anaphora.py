"""Sentences that go on about people named before: "He is independent", "Both are", "the other authors are".

What such a sentence says is a further mention of each of them.
"""

from __future__ import annotations

from dataclasses import replace

from extractors import limited_regex as regex
from extractors.affiliation import names_employer, post_of
from extractors.independence import PLURAL, stated
from extractors.lexicon import Hit, lexicon
from extractors.people_mentions import Mention
from extractors.prose import Sentence

NEAR = 3
"""How many paragraphs further down "he" or "the QP" is still the person last named."""


def about_the_last(sentence: Sentence, words: list[Hit], before: list[Mention]) -> list[Mention]:
    """A sentence without a name that goes on about the person, or the people, of the sentence before."""
    anaphora = _ANAPHORA.match(sentence.folded)
    if not anaphora:
        return []
    before = [m for m in before if m.may_answer or post_of(m.segment, m.before).office]
    if _FIRST_PERSON.match(sentence.folded):
        before = [m for m in before if _FIRST_PERSON.fullmatch(m.before)] or before
    elif before and sentence.block - before[-1].sentence.block > NEAR:
        return []
    if not before:
        return []
    means = {w.means for w in words}
    independent = stated(sentence.text)
    posted = lexicon("offices").find(sentence.text) or names_employer(sentence.text)
    if not means & {"qualified", "answers"} and independent is None and not posted:
        return []
    people = _all_of(before, bool(_TWO.match(sentence.folded))) if PLURAL.search(sentence.folded[:60]) else before[-1:]
    # "None of them is a director of the Company" gives nobody an office
    segment = "" if _DENIES_OF_ALL.match(sentence.folded) else sentence.text[anaphora.end() :]
    return [
        replace(m, segment=segment, before="", counts=m.counts or "qualified" in means, independent=independent)
        for m in people
    ]


def about_the_others(sentence: Sentence, here: list[Mention], before: list[Mention]) -> list[Mention]:
    """Reads "A and B are employees; the others are independent": it speaks of all whom the sentence does not name."""
    others = _OTHERS.search(sentence.folded)
    independent = stated(others.group()) if others and here else None
    if independent is None:
        return []
    named = {m.name.surname for m in here}
    people = [m for m in before if m.counts and m.name.surname not in named]
    return [replace(m, segment="", before="", independent=independent) for m in people]


_OTHERS = regex.compile(
    r"\b(?:the|all|les) (?:others?\b|other (?:QPs|qualified persons|authors)|remaining\b|autres\b)[^.;]*",
    regex.IGNORECASE,
)


def _all_of(before: list[Mention], both: bool) -> list[Mention]:
    """The people of the last sentence, or of the list whose last item it is: a paragraph each, one below the other.

    ``both`` reaches back over sentences of the paragraph until two are named.
    """
    people = before[-1:]
    for mention in before[-2::-1]:
        first = people[0].sentence
        below = mention.sentence.start == first.start == 0 and first.block - mention.sentence.block == 1
        second = both and len(people) == 1 and mention.sentence.block == first.block
        if mention.sentence is not first and not below and not second:
            break
        people.insert(0, mention)
    return people


_DENIES_OF_ALL = regex.compile(r"[\W\d]*(?:None|Aucune?)\b")

_TWO = regex.compile(r"[\W\d]*(?:Both|They (?:are |have |were )?both|Neither|Tous deux|Toutes deux|Les deux)\b")

_FIRST_PERSON = regex.compile(r"[\W\d]*(?:I|Je)\b[\W]*")
"""In a certificate, however long and whoever else it names, it is the one who signs: "I, Anna Roe, P.Geo., certify"."""

_ANAPHORA = regex.compile(
    r"[\W\d]*(?:I|He|She|They|Both|Each|All|Neither|None|The (?:QPs?|qualified persons?|authors?)|C'est|Il|Elle|Ils"
    r"|Elles|Ce sont|Chacune?|Tous|Ces (?:deux )?personnes|Je)\b"
)
