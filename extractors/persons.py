"""Qualified persons: who answers for the technical content, with credentials, firm and independence.

A name counts where its sentence calls the person qualified, or says that the person approved, wrote or answers for
technical matter; or where it stands in a list under such a heading, or on a signature page. Who only speaks, helps,
or is to be contacted does not count, nor does a JORC Competent Person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors import limited_regex as regex
from extractors.affiliation import Post, is_employed, issuer_in, post_of
from extractors.answering import answers_here, ends_its_paragraph
from extractors.independence import PLURAL, independence_of, stated
from extractors.lexicon import Hit, lexicon
from extractors.names import Name, find_names
from extractors.people_roles import role_of
from extractors.people_sections import HEADING_LENGTH, Section, section_at
from extractors.people_stacks import firms_of_stacks
from extractors.people_stretches import stretches_of
from extractors.people_tables import Listed, people_in_tables
from extractors.prose import Sentence, sentences_of
from models.disclosure import Issuer, Person
from models.document import Document, Grid

NEAR = 3
"""How many paragraphs further down "he" or "the QP" is still the person last named."""


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


def read_persons(document: Document, issuer: Issuer) -> tuple[Person, ...]:
    """The people who answer for the document's technical content, each once, in the order of their first mention."""
    sentences = _sentences(document)
    mentions = [*_stacked(_mentions(sentences), sentences), *map(_of_table, people_in_tables(document))]
    persons = [_person(people, issuer) for people in _identities(mentions) if any(m.counts for m in people)]
    given = {p.name.split()[0] for p in persons if " " in p.name}
    # a line that ends behind a given name leaves it alone: "approved by Mr. Anna"
    return tuple(p for p in persons if " " in p.name or p.name not in given)


def _sentences(document: Document) -> list[Sentence]:
    """The sentences that can speak of people: those with one of their words, and what stands beside them."""
    sentences = [s for s in sentences_of(document) if "....." not in s.text]
    cells = [
        Sentence(cell.base, index, 0, cell.place)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for cell in block.cells
        if len(cell.base) > HEADING_LENGTH and lexicon("people").means(cell.base)
    ]
    return sentences + cells


def _mentions(sentences: Sequence[Sentence]) -> list[Mention]:
    """Every name of every sentence with what the sentence and the section say of it."""
    mentions: list[Mention] = []
    section = Section()
    competent = _competent_blocks(sentences)
    for sentence in sentences:
        words = lexicon("people").find(sentence.text)
        section = section_at(sentence, words, section)
        names = find_names(sentence.text) if _may_name(sentence, words, section) else []
        known = [n for n in names if _is_person(n, mentions) and not _in_apposition(sentence.text, n, names)]
        known += _bare_surnames(sentence, mentions, known)
        here = _read_sentence(sentence, words, sorted(known, key=lambda n: n.start), section)
        here = [replace(m, counts=m.counts and sentence.block not in competent) for m in here]
        mentions += [*here, *_about_the_others(sentence, here, mentions)] or _about_the_last(sentence, words, mentions)
    return mentions


def _of_table(listed: Listed) -> Mention:
    """A row of a table of people as a mention that counts."""
    name = replace(listed.name, credentials=listed.credentials)
    sentence = Sentence(listed.quote.text, listed.block, 0, listed.quote.place)
    # an office of a table is held with the firm beside it, whichever that is
    post = replace(post_of(f", {listed.post or ''}, {listed.firm or ''}", ""), firm=listed.firm, corporate=False)
    return Mention(name, sentence, "", "", True, listed.independent, post, listed.part)


def _stacked(mentions: list[Mention], sentences: Sequence[Sentence]) -> list[Mention]:
    """The mentions with the firms that stand on lines of their own below them, as under a signature."""
    counted = {m.name.surname for m in mentions if m.counts}
    alone = {
        m.sentence.block: bool(post_of(m.segment, m.before).firm)
        for m in mentions
        if m.name.credentials and m.name.surname in counted and ends_its_paragraph(m.sentence, m.name)
    }
    firms = firms_of_stacks(sentences, alone)
    return [
        replace(m, post=replace(post_of(m.segment, m.before), firm=firms[m.sentence.block]))
        if m.sentence.block in firms and m.sentence.block in alone
        else m
        for m in mentions
    ]


def _competent_blocks(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Paragraphs that call people competent and not qualified: they answer under JORC."""
    means: dict[int, set[str]] = {}
    for sentence in sentences:
        if "ompetent" in sentence.text or "ualified" in sentence.text:
            means.setdefault(sentence.block, set()).update(lexicon("people").means(sentence.text))
    return frozenset(block for block, said in means.items() if "competent" in said and "qualified" not in said)


def _may_name(sentence: Sentence, words: list[Hit], section: Section) -> bool:
    """True where a sentence holds a word of people, a title or a credential; a look before the search for names."""
    return bool(words) or section.lists or bool(_WORTH.search(sentence.folded))


_WORTH = regex.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Messrs|Mme|MM|MR)\b|\bP\. ?(?:Geo|Eng|E|G)\b|\b(?:PGeo|PEng|PE|PG|CPG|ing|géo)\b|\b[FM]AusIMM"
    r"|\bM\. \p{Lu}|\bM\.? ?Sc|\bB\.? ?Sc|\bPh\.? ?D|\bC\.P\.G|\b[FM]AIG|\bSME\b|Pr\.? ?Sci|\b[Aa]uth"
)


def _is_person(name: Name, before: list[Mention]) -> bool:
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


def _bare_surnames(sentence: Sentence, before: list[Mention], names: list[Name]) -> list[Name]:
    """Surnames of people already named, printed alone: "Kyle is a consultant"."""
    taken = [(n.start, n.after) for n in names]
    found = []
    for full in {m.name.text.split()[-1] for m in before if m.name.initial and _may_answer(m)}:
        for match in _alone(full).finditer(sentence.text) if full in sentence.text else ():
            named = _OF_A_FIRM.match(sentence.text, match.end()) or _FIRM_BEGINS.search(sentence.text, 0, match.start())
            if not named and all(match.end() <= a or match.start() >= b for a, b in taken):
                found.append(Name(match.group(), match.start(), match.end(), match.end(), None, ()))
    return found


@cache
def _alone(surname: str) -> regex.Pattern:
    return regex.compile(rf"(?<![\p{{L}}-]){regex.escape(surname)}(?![\p{{L}}-])")


def _may_answer(mention: Mention) -> bool:
    """True for a person, as far as title, letters or what is said of him tell; a bare name may be a place's."""
    return mention.counts or bool(mention.name.credentials or mention.name.title)


_OF_A_FIRM = regex.compile(r"\s+(?:&\s|et associés|and associates|(?!(?:I|QP|PQ)s?\b)\p{Lu}\p{L})")
_FIRM_BEGINS = regex.compile(r"(?:\b(?:of|at|with|chez|de|du) |\p{Lu}\. )(?:\p{Lu}[\p{L}-]+ )+$|\p{Lu}\. \p{Lu}\. $")
"""What makes a surname a part of a firm's name: "Berg & Tollund", "Grant Geostatistics"."""


# ---- what a sentence says of each of its names ----


def _read_sentence(sentence: Sentence, words: list[Hit], names: list[Name], section: Section) -> list[Mention]:
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


def _about_the_last(sentence: Sentence, words: list[Hit], before: list[Mention]) -> list[Mention]:
    """A sentence without a name that goes on about the person, or the people, of the sentence before."""
    anaphora = _ANAPHORA.match(sentence.folded)
    before = [m for m in before if _may_answer(m) or post_of(m.segment, m.before).office]
    if not before or not anaphora:
        return []
    if sentence.block - before[-1].sentence.block > NEAR and not _FIRST_PERSON.match(sentence.folded):
        return []
    means = {w.means for w in words}
    independent = stated(sentence.text)
    if not means & {"qualified", "answers"} and independent is None and not lexicon("offices").find(sentence.text):
        return []
    people = _all_of(before, bool(_TWO.match(sentence.folded))) if PLURAL.search(sentence.folded[:60]) else before[-1:]
    segment = sentence.text[anaphora.end() :]
    return [
        replace(m, segment=segment, before="", counts=m.counts or "qualified" in means, independent=independent)
        for m in people
    ]


def _about_the_others(sentence: Sentence, here: list[Mention], before: list[Mention]) -> list[Mention]:
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


_TWO = regex.compile(r"[\W\d]*(?:Both|Neither|Tous deux|Toutes deux|Les deux)\b")

_FIRST_PERSON = regex.compile(r"[\W\d]*(?:I|Je)\b")
"""In a certificate, however long, it is the one who signs."""

_ANAPHORA = regex.compile(
    r"[\W\d]*(?:I|He|She|They|Both|Each|All|Neither|None|The (?:QPs?|qualified persons?|authors?)|C'est|Il|Elle|Ils"
    r"|Elles|Ce sont|Chacune?|Tous|Ces (?:deux )?personnes|Je)\b"
)


# ---- one person from all mentions ----


def _identities(mentions: list[Mention]) -> list[list[Mention]]:
    """The mentions of each person together; a surname alone belongs to the one last named in full."""
    people: list[list[Mention]] = []
    for mention in mentions:
        same = [p for p in people if _is_same(p[0].name, mention.name)]
        if same:
            same[-1].append(mention)
        else:
            people.append([mention])
    return people


def _is_same(known: Name, name: Name) -> bool:
    return known.surname == name.surname and (not known.initial or not name.initial or known.initial == name.initial)


def _person(people: list[Mention], issuer: Issuer) -> Person:
    """The person of these mentions: the fullest credentials, the first office and firm."""
    named = [m for m in people if m.name.initial] or people
    full = next((m for m in named if _SPELLED_OUT.match(m.name.text)), named[0])
    posts = [m.post or post_of(m.segment, m.before) for m in people]
    employed = any(is_employed(p, issuer, full.name.surname) for p in posts)
    office = next((p.office for p in posts if p.office), None)
    role = next((r for m in people if m.counts and (r := _role(m))), office)
    return Person(
        name=full.name.text,
        quote=full.sentence.quote,
        credentials=max((m.name.credentials for m in people), key=len),
        affiliation=next((f for m in people if (f := issuer_in(m.segment, issuer))), None)
        or next((p.firm for p in posts if p.firm), None),
        independent=_agreed([m.independent for m in people], employed),
        role=role,
    )


def _role(mention: Mention) -> str | None:
    return mention.part or role_of(mention.sentence.text, mention.name.start, mention.name.after)


_SPELLED_OUT = regex.compile(r"(?:\p{L}\.? ?){0,2}\p{Lu}\p{Ll}.* ")
"""A name whose given name is printed: "Anna Roe", "J. Anna Roe", but not "A. Roe"."""


def _agreed(stated: list[bool | None], employed: bool) -> bool | None:
    """What the mentions say together; an office held with the issuer denies independence where nothing is stated."""
    if False in stated:
        return False
    return True if True in stated else False if employed else None
