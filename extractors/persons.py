"""Qualified persons: who answers for the technical content, with credentials, firm and independence.

A name counts where its sentence calls the person qualified, or says that the person approved, wrote or answers for
technical matter; or where it stands in a list under such a heading, or on a signature page. Who only speaks, helps,
or is to be contacted does not count, nor does a JORC Competent Person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import regex

from extractors.affiliation import is_employed, issuer_in, post_of, role_of
from extractors.independence import PLURAL, independence_of, stated
from extractors.language import language_of
from extractors.lexicon import Hit, lexicon
from extractors.names import Name, find_names
from extractors.prose import Sentence, sentences_of
from models.disclosure import Issuer, Person
from models.document import Document, Grid

HEADING_LENGTH = 90
"""A paragraph this short without a verb's full stop can head a list of people."""

NEAR = 3
"""How many paragraphs further down "he" or "the QP" is still the person last named."""

LIST_LENGTH = 12
"""How many paragraphs below a heading its list of people can have."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence, with the stretch of the sentence that speaks of it and what is said there."""

    name: Name
    sentence: Sentence
    segment: str
    before: str
    counts: bool
    independent: bool | None


@dataclass(slots=True)
class _Section:
    """What the heading above says: people listed here answer, are independent, or are to be contacted."""

    lists: bool = False
    independent: bool = False
    contact: bool = False
    left: int = field(default=0)


def read_persons(document: Document, issuer: Issuer) -> tuple[Person, ...]:
    """The people who answer for the document's technical content, each once, in the order of their first mention."""
    mentions = _mentions(_sentences(document))
    persons = [_person(people, issuer) for people in _identities(mentions) if any(m.counts for m in people)]
    given = {p.name.split()[0] for p in persons if " " in p.name}
    # a line that ends behind a given name leaves it alone: "approved by Mr. Anna"
    return tuple(p for p in persons if " " in p.name or p.name not in given)


def _sentences(document: Document) -> list[Sentence]:
    """The sentences that can speak of people: those with one of their words, and what stands beside them."""
    sentences = [s for s in sentences_of(document, language_of(document)) if "....." not in s.text]
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
    section = _Section()
    competent = _competent_blocks(sentences)
    for sentence in sentences:
        words = lexicon("people").find(sentence.text)
        section = _section(sentence, words, section)
        names = find_names(sentence.text) if _may_name(sentence, words, section) else []
        known = [n for n in names if _is_person(n, mentions) and not _in_apposition(sentence.text, n, names)]
        known += _bare_surnames(sentence, mentions, known)
        here = _read_sentence(sentence, words, sorted(known, key=lambda n: n.start), section)
        here = [replace(m, counts=m.counts and sentence.block not in competent) for m in here]
        mentions += here or _about_the_last(sentence, words, mentions)
    return mentions


def _competent_blocks(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Paragraphs that call people competent and not qualified: they answer under JORC."""
    means: dict[int, set[str]] = {}
    for sentence in sentences:
        if "ompetent" in sentence.text or "ualified" in sentence.text:
            means.setdefault(sentence.block, set()).update(lexicon("people").means(sentence.text))
    return frozenset(block for block, said in means.items() if "competent" in said and "qualified" not in said)


def _may_name(sentence: Sentence, words: list[Hit], section: _Section) -> bool:
    """True where a sentence holds a word of people, a title or a credential; a look before the search for names."""
    return bool(words) or section.lists or bool(_WORTH.search(sentence.folded))


_WORTH = regex.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Messrs|Mme|MM|MR)\b|\bP\. ?(?:Geo|Eng|E|G)\b|\b(?:PGeo|PEng|PE|PG|CPG|ing|géo)\b|\b[FM]AusIMM"
    r"|\bM\. \p{Lu}|\bM\.? ?Sc|\bB\.? ?Sc|\bPh\.? ?D|\bC\.P\.G|\b[FM]AIG|\bSME\b|Pr\.? ?Sci|\b[Aa]uth"
)


def _is_person(name: Name, before: list[Mention]) -> bool:
    """A surname alone is a person only behind a title, or where the full name was printed before."""
    return " " in name.text or name.title is not None or any(m.name.surname == name.surname for m in before)


def _in_apposition(text: str, name: Name, names: list[Name]) -> bool:
    """True for a firm that looks like a name: behind a comma or an "of" that follows an office or credentials."""
    before = [n for n in names if n.after <= name.start]
    if name.credentials or name.title or not before:
        return False
    between = text[before[-1].after : name.start]
    if regex.search(r"\S,\s*$", text[: name.start]):
        return bool(before[-1].credentials) or bool(between.strip(" ,"))
    of = regex.search(r"(?:^|[\s,])(?:of|from|at|chez|de|du|d')\s*(?:the |la )?$", between)
    return of is not None and not regex.search(
        r"\p{L}", lexicon("offices").without(between[: of.start()]).removeprefix(", a")
    )


def _bare_surnames(sentence: Sentence, before: list[Mention], names: list[Name]) -> list[Name]:
    """Surnames of people already named, printed alone: "Kyle is a consultant"."""
    taken = [(n.start, n.after) for n in names]
    found = []
    for full in {m.name.text.split()[-1] for m in before if " " in m.name.text}:
        for match in _alone(full).finditer(sentence.text) if full in sentence.text else ():
            named = _OF_A_FIRM.match(sentence.text, match.end())
            if not named and all(match.end() <= a or match.start() >= b for a, b in taken):
                found.append(Name(match.group(), match.start(), match.end(), match.end(), None, ()))
    return found


@cache
def _alone(surname: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}-]){regex.escape(surname)}(?![\p{{L}}-])")


_OF_A_FIRM = regex.compile(r"\s+(?:&\s|(?!(?:I|QP|PQ)s?\b)\p{Lu}\p{L})")
"""What makes a surname a part of a firm's name: "Berg & Tollund", "Grant Geostatistics"."""


# ---- sections ----


def _section(sentence: Sentence, words: list[Hit], section: _Section) -> _Section:
    """The section that the sentence opens or stays in."""
    means = {w.means for w in words}
    short = len(sentence.text) <= HEADING_LENGTH and sentence.start == 0
    if short and "contact" in means:
        return _Section(contact=True, left=LIST_LENGTH)
    if short and _HEADS.match(sentence.folded) and not find_names(sentence.text):
        independent = stated(sentence.text) is True
        return _Section(lists=True, independent=independent, left=LIST_LENGTH)
    if sentence.start == 0:
        left = section.left - 1
        ends = left <= 0 or (short and _is_heading(sentence))
        return _Section() if ends else _Section(section.lists, section.independent, section.contact, left)
    return section


_HEADS = regex.compile(
    r"[\W\d]*(?:(?:independent |the |following )*(?:NI 43-101 )?qualified persons?|QPs?"
    r"|(?:co-?)?author(?:s|ed)|prepared by|report (?:prepared )?by"
    r"|\(?signed|personnes? qualifiées?|auteurs?|préparé par|rédigé par|certificate of (?:qualif|qualified|author))",
    regex.IGNORECASE,
)


def _is_heading(sentence: Sentence) -> bool:
    text = sentence.text.strip()
    return not regex.search(r"[,;.&]|\d", text) and len(text) > 3 and not find_names(text) and text not in ("AND", "ET")


# ---- what a sentence says of each of its names ----


def _read_sentence(sentence: Sentence, words: list[Hit], names: list[Name], section: _Section) -> list[Mention]:
    text = sentence.text
    mentions = []
    for index, name in enumerate(names):
        until = names[index + 1].start if index + 1 < len(names) else len(text)
        since = names[index - 1].after if index else 0
        segment, before = text[name.after : until], text[since : name.start]
        segment = _shared(text, name, names[index + 1 :]) or _with_all(segment, _of_all(text, names, segment))
        counts = not name.trainee and _counts(sentence, words, name, section)
        independent = independence_of(sentence, name, names)
        if independent is None and section.lists and section.independent:
            independent = True
        mentions.append(Mention(name, sentence, segment, before, counts, independent))
    return mentions


_ALL_OF = regex.compile(
    r"\b(?:both|all|tous(?: deux)?|toutes(?: deux)?|employees) (?:of|with|from|de)\b(?! (?:whom|which"
    r"|the))[^;]*"
)


def _of_all(text: str, names: list[Name], segment: str) -> str:
    """What stands behind the last name for all of them: "..., both of X", "..., employees of X"."""
    common = _ALL_OF.search(text, names[-1].after)
    if not common or len(names) < 2 or common.group() in segment:
        return ""
    return ", " + common.group()


def _with_all(segment: str, common: str) -> str:
    """The words behind a name with those for all names, without the break before the next name."""
    return regex.sub(r"[\s;,]*(?:\b(?:and|et))?\s*$", "", segment) + common if common else segment


def _shared(text: str, name: Name, following: list[Name]) -> str | None:
    """The segment of a name that shares the next one's firm: "A, ing., and B, P.Geo., of X"."""
    if not following:
        return None
    own = regex.fullmatch(r"(?P<own>[^;.]{0,60}?),? (?:and|et|&) ", text[name.after : following[0].start])
    if not own or post_of(own["own"], "").firm:
        return None
    until = following[1].start if len(following) > 1 else len(text)
    return own["own"] + text[following[0].after : until]


def _counts(sentence: Sentence, words: list[Hit], name: Name, section: _Section) -> bool:
    """True where the sentence or the section makes this person answer for technical matter."""
    means = {w.means for w in words}
    if name.title == "lawyer" or section.contact or ("competent" in means and "qualified" not in means):
        return False
    if _only_speaks(sentence, words, name) or _only_helps(words, name):
        return False
    if "qualified" in means and _calls_qualified(sentence, words, name):
        return True
    if name.title == "author" or _certifies(sentence, name):
        return True
    if section.lists and _is_listed(sentence, name):
        return True
    return _answers(sentence, words, name) or _is_signature(sentence, name, section)


def _only_speaks(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """Quoted, or listed to be called: a verb of speech or a contact word, and nothing technical in the clause."""
    spoken = [w for w in words if w.means == "speaks" and (_near(w, name, 160))]
    called = [w for w in words if w.means == "contact" and w.start < name.start and name.start - w.end < 200]
    quoted = any(q in sentence.text for q in '"“”«»')
    if called and not any(w.means in ("qualified", "answers") and w.start > called[-1].end for w in words):
        return True
    return (
        bool(spoken) and quoted and not any(w.means in ("qualified", "answers") and _near(w, name, 60) for w in words)
    )


def _near(word: Hit, name: Name, reach: int) -> bool:
    return word.start - name.after < reach and name.start - word.end < reach


def _only_helps(words: list[Hit], name: Name) -> bool:
    """Named behind "with assistance from": it holds for every name after it up to the next answering verb.

    Who is called qualified behind that is no helper: "estimated under the supervision of X, a Qualified Person".
    """
    helps = [w for w in words if w.means == "helps" and w.start < name.start]
    if not helps or any(w.means == "qualified" and w.start > name.after for w in words):
        return False
    return not any(w.means in ("answers", "qualified") and helps[-1].end < w.start < name.start for w in words)


def _calls_qualified(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """True for a name in a sentence that calls people qualified, but for one who has it only in a clause before."""
    text = sentence.folded
    qualified = [w for w in words if w.means == "qualified"]
    if name.credentials or name.title:
        between = [w for w in qualified if not _denied(text, w)]
        return any(_same_statement(text, name, w) for w in between)
    return _apposed(text, name) and any(w.end <= name.start or _same_statement(text, name, w) for w in qualified)


def _denied(text: str, word: Hit) -> bool:
    return bool(_DENIES.search(text[: word.start]))


_DENIES = regex.compile(
    r"\b(?:(?:not|never|n'est pas|no) (?:an? |une )?|(?:former|ancien(?:ne)?)\b[^,;.]{0,40})$", regex.IGNORECASE
)


def _same_statement(text: str, name: Name, word: Hit) -> bool:
    """True where no other sentence part comes between: a semicolon before a new subject ends the statement."""
    between = text[min(name.after, word.end) : max(name.start, word.start)]
    return not regex.search(r";\s+(?!and\b|et\b)", between) or bool(regex.search(r":", text[word.end : word.end + 30]))


_SLOT = regex.compile(
    r"(?:\bby|\bqualified persons?|\bQPs?|\bare|\bis|\bwith|:|\band|\bet|;|\bof|\bpar|\best|\bsont|\bde|&|^"
    r"|^\W*[\d\W]{0,4})\s*(?:the )?$",
    regex.IGNORECASE,
)


def _apposed(text: str, name: Name) -> bool:
    """True for a bare name that stands where a sentence names a person: "by X, who", "are X, general manager"."""
    if not _SLOT.search(text[: name.start]):
        return False
    return _holds_office(text, name) or bool(_GOES_ON.match(text, name.end))


def _holds_office(text: str, name: Name) -> bool:
    """True where an office stands right behind the name: "Pieter Doll, Vice President"."""
    comma = regex.match(r"\s*,\s*", text[name.end :])
    offices = lexicon("offices").find(text[name.end + comma.end() :]) if comma else []
    return bool(offices) and offices[0].start == 0


_GOES_ON = regex.compile(
    r"\s*(?:,\s*(?:a|an|the|who|which|each|both|all|of|from|une?|qui)\b|,?\s*\((?!\d)|who\b|and\b|et\b|is\b|are\b|was\b|est\b|sont\b|has\b"
    r"|have\b|qui\b|[.;]?\s*$|;)",
    regex.IGNORECASE,
)


def _certifies(sentence: Sentence, name: Name) -> bool:
    return bool(
        regex.search(r"^\W*(?:I|Je),?\s*$|\b[Ss]igned(?: (?:and|&) [Ss]ealed)?[\W]*$", sentence.text[: name.start])
    )


def _is_listed(sentence: Sentence, name: Name) -> bool:
    """An item of a list of people: the name begins the paragraph, or is the whole of it."""
    starts = sentence.start == 0 and not regex.search(r"[\p{L}]{3}", sentence.text[: name.start])
    return starts and bool(name.credentials or name.title)


def _is_signature(sentence: Sentence, name: Name, section: _Section) -> bool:
    """A paragraph that is nothing but a name with its licence, as on a title or signature page."""
    if section.contact or not name.credentials or sentence.start != 0:
        return False
    lead = sentence.text[: name.start].strip(" \t-•*“\"'")
    return not lead and bool(_ENDS.fullmatch(sentence.text[name.after :]))


_ENDS = regex.compile(
    r"[\s.,;&]*(?:and|et)?[\s.,;&]*(?:(?:effective|dated)\b.*|\p{Lu}\p{Ll}+ \d{1,2}, \d{4})?", regex.IGNORECASE
)


_BY = regex.compile(r"\b(?:by|par)\s*$", regex.IGNORECASE)


def _answers(sentence: Sentence, words: list[Hit], name: Name) -> bool:
    """True where the person is the agent of a verb of answering whose object is technical matter."""
    verbs = [w for w in words if w.means == "answers"]
    if not verbs or not any(w.means == "matter" for w in words):
        return False
    text = sentence.folded
    if regex.match(r"'s\b", text[name.after :]):
        return False
    if not (name.credentials or name.title or _holds_office(text, name) or _BY.search(text[: name.start])):
        return False
    return any(_is_agent(text, verb, name) for verb in verbs)


def _is_agent(text: str, verb: Hit, name: Name) -> bool:
    """Reads "Verb by NAME", "NAME ... verb", or "responsibility rests with NAME"."""
    if verb.end <= name.start:
        between = text[verb.end : name.start]
        return bool(regex.search(r"\b(?:by|par|with|is|are|est|sont|de)\b|:", between)) and not _PASSED_ON.search(
            between
        )
    between = text[name.after : verb.start]
    return (
        len(between) < 220
        and not regex.search(r"\b(?:by|par|from|that|which)\b|;\s|:\s", between)
        and not regex.search(r"\b(?:is|was|were|are|been) $", text[: verb.start][-6:] if "ed" in verb.text[-3:] else "")
    )


_PASSED_ON = regex.compile(
    r"\b(?:under the direction|sous la direction|assistance|reviewed by|helped)\b", regex.IGNORECASE
)


def _about_the_last(sentence: Sentence, words: list[Hit], before: list[Mention]) -> list[Mention]:
    """A sentence without a name that goes on about the person, or the people, of the sentence before."""
    if not before or not _ANAPHORA.match(sentence.folded):
        return []
    if sentence.block - before[-1].sentence.block > NEAR and not _FIRST_PERSON.match(sentence.folded):
        return []
    means = {w.means for w in words}
    independent = stated(sentence.text)
    if not means & {"qualified", "answers"} and independent is None and not lexicon("offices").find(sentence.text):
        return []
    people = _all_of(before) if PLURAL.search(sentence.folded[:60]) else before[-1:]
    segment = _ANAPHORA.sub("", sentence.text)
    return [
        replace(m, segment=segment, before="", counts=m.counts or "qualified" in means, independent=independent)
        for m in people
    ]


def _all_of(before: list[Mention]) -> list[Mention]:
    """The people of the last sentence, or of the list whose last item it is: a paragraph each, one below the other."""
    people = before[-1:]
    for mention in before[-2::-1]:
        first = people[0].sentence
        below = mention.sentence.start == first.start == 0 and first.block - mention.sentence.block == 1
        if mention.sentence is not first and not below:
            break
        people.insert(0, mention)
    return people


_FIRST_PERSON = regex.compile(r"[\W\d]*(?:I|Je)\b")
"""In a certificate, however long, it is the one who signs."""

_ANAPHORA = regex.compile(
    r"[\W\d]*(?:I|He|She|They|Both|Each|All|The (?:QPs?|qualified persons?|authors?)|C'est|Il|Elle|Ils"
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
    named = [m for m in people if " " in m.name.text] or people
    full = next((m for m in named if _SPELLED_OUT.match(m.name.text)), named[0])
    posts = [post_of(m.segment, m.before) for m in people]
    office = next((p.office for p in posts if p.office), None)
    role = next((r for m in people if m.counts and (r := role_of(m.sentence.text, m.name.start, m.name.after))), office)
    return Person(
        name=full.name.text,
        quote=full.sentence.quote,
        credentials=max((m.name.credentials for m in people), key=len),
        affiliation=next((f for m in people if (f := issuer_in(m.segment, issuer))), None)
        or next((p.firm for p in posts if p.firm), None),
        independent=_agreed([m.independent for m in people], any(is_employed(p, issuer) for p in posts)),
        role=role,
    )


_SPELLED_OUT = regex.compile(r"(?:\p{L}\.? ?){0,2}\p{Lu}\p{Ll}.* ")
"""A name whose given name is printed: "Anna Roe", "J. Anna Roe", but not "A. Roe"."""


def _agreed(stated: list[bool | None], employed: bool) -> bool | None:
    """What the mentions say together; an office held with the issuer denies independence where nothing is stated."""
    if False in stated:
        return False
    return True if True in stated else False if employed else None
