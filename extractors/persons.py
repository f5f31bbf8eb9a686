"""Qualified persons: who answers for the technical content, with credentials, firm and independence.

A name counts where its sentence calls the person qualified, or says that the person approved, wrote or answers for
technical matter; or where it stands in a list under such a heading, or on a signature page. Who only speaks, helps,
or is to be contacted does not count, nor does a JORC Competent Person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors import limited_regex as regex
from extractors.affiliation import Post, is_employed, issuer_in, names_employer, post_of
from extractors.answering import answers_here, ends_its_paragraph
from extractors.independence import PLURAL, independence_of, stated
from extractors.lexicon import Hit, fold, lexicon
from extractors.names import Name, find_names, is_same
from extractors.people_roles import role_of
from extractors.people_sections import HEADING_LENGTH, Section, section_at
from extractors.people_stacks import REACH, firms_of_stacks
from extractors.people_stretches import stretches_of
from extractors.people_tables import Listed, people_in_tables
from extractors.prose import Sentence, split_paragraph, substance
from extractors.topics import Topic, blocks_about, blocks_holding
from models.disclosure import Issuer, Person
from models.document import Document, Grid, Paragraph

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
    mentions = [*_stacked(_mentions(document), document), *map(_of_table, people_in_tables(document))]
    persons = [_person(people, issuer) for people in _identities(mentions) if any(m.counts for m in people)]
    given = {p.name.split()[0] for p in persons if " " in p.name}
    # a line that ends behind a given name leaves it alone: "approved by Mr. Anna"
    return tuple(p for p in persons if " " in p.name or p.name not in given)


def _mentions(document: Document) -> list[Mention]:
    """Every name of every sentence with what the sentence and the section say of it."""
    reading = _Reading()
    speaking = set(blocks_about(document, _PEOPLE))
    for block, paragraph in substance(document):
        if reading.section.left or block in speaking or _WORTH.search(fold(paragraph.base)):
            for surname in reading.read(_sentences(paragraph, block)):
                speaking |= blocks_holding(document, surname)
    for cells in _cells(document):
        reading.read(cells)
    return reading.mentions


_PEOPLE = Topic("people", "people_headings", "independence", "offices")


def _sentences(paragraph: Paragraph, block: int) -> list[Sentence]:
    """The sentences of a paragraph, without the lines of a table of contents."""
    return [s for s in split_paragraph(paragraph, block) if "....." not in s.text]


def _cells(document: Document) -> Iterator[list[Sentence]]:
    """For each grid the cells that speak of people in a sentence."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            long = (cell for cell in block.cells if len(cell.base) > HEADING_LENGTH)
            yield [Sentence(c.base, index, 0, c.place) for c in long if lexicon("people").find(c.base)]


@dataclass(slots=True)
class _Reading:
    """What has been read of people so far: their mentions, their surnames, and the section that one is in."""

    mentions: list[Mention] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)
    section: Section = field(default_factory=Section)

    def read(self, sentences: Sequence[Sentence]) -> set[str]:
        """Take in the sentences of one block; the surnames that further blocks may print alone."""
        competent = _are_competent(sentences)
        known = set(self.surnames)
        for sentence in sentences:
            words = lexicon("people").find(sentence.text)
            self.section = section_at(sentence, words, self.section)
            here = self._named_in(sentence, words)
            here = [replace(m, counts=m.counts and not competent) for m in here]
            here += _about_the_others(sentence, here, self.mentions)
            here = here or _about_the_last(sentence, words, self.mentions)
            self.mentions += here
            self.surnames |= {m.name.text.split()[-1] for m in here if m.name.initial and _may_answer(m)}
        return self.surnames - known

    def _named_in(self, sentence: Sentence, words: list[Hit]) -> list[Mention]:
        text = sentence.text
        names = find_names(text) if _may_name(sentence, words, self.section) else []
        known = [n for n in names if _is_person(n, self.mentions) and not _in_apposition(text, n, names)]
        known += _bare_surnames(sentence, self.surnames, known)
        return _read_sentence(sentence, words, sorted(known, key=lambda n: n.start), self.section)


def _of_table(listed: Listed) -> Mention:
    """A row of a table of people as a mention that counts."""
    name = replace(listed.name, credentials=listed.credentials)
    sentence = Sentence(listed.quote.text, listed.block, 0, listed.quote.place)
    # an office of a table is held with the firm beside it, whichever that is
    post = replace(post_of(f", {listed.post or ''}, {listed.firm or ''}", ""), firm=listed.firm, corporate=False)
    return Mention(name, sentence, "", "", True, listed.independent, post, listed.part)


def _stacked(mentions: list[Mention], document: Document) -> list[Mention]:
    """The mentions with the firms that stand on lines of their own below them, as under a signature."""
    counted = {m.name.surname for m in mentions if m.counts}
    alone = {
        m.sentence.block: bool(post_of(m.segment, m.before).firm)
        for m in mentions
        if m.name.credentials and m.name.surname in counted and ends_its_paragraph(m.sentence, m.name)
    }
    beside = {block + away for block in alone for away in range(-1, REACH + 1)}
    lines = [s for block, paragraph in substance(document) if block in beside for s in _sentences(paragraph, block)]
    firms = firms_of_stacks(lines, alone)
    return [
        replace(m, post=replace(post_of(m.segment, m.before), firm=firms[m.sentence.block]))
        if m.sentence.block in firms and m.sentence.block in alone
        else m
        for m in mentions
    ]


def _are_competent(sentences: Sequence[Sentence]) -> bool:
    """True for a paragraph that calls people competent and not qualified: they answer under JORC."""
    words = (s.text for s in sentences if "ompetent" in s.text or "ualified" in s.text)
    said = {means for text in words for means in lexicon("people").means(text)}
    return "competent" in said and "qualified" not in said


def _may_name(sentence: Sentence, words: list[Hit], section: Section) -> bool:
    """True where a sentence holds a word of people, a title or a credential; a look before the search for names."""
    return bool(words) or section.lists or bool(_WORTH.search(sentence.folded))


_WORTH = regex.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Messrs|Mme|MM|MR|PGeo|PEng|PE|PG|CPG|ing|géo|SME)\b|P\. ?(?:Geo|Eng|E|G)\b|[FM]AusIMM"
    r"|M\. \p{Lu}|M\.? ?Sc|B\.? ?Sc|Ph\.? ?D|C\.P\.G|[FM]AIG\b|Pr\.? ?Sci|[Aa]uth)"
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
    if not anaphora:
        return []
    before = [m for m in before if _may_answer(m) or post_of(m.segment, m.before).office]
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


_DENIES_OF_ALL = regex.compile(r"[\W\d]*(?:None|Aucune?)\b")

_TWO = regex.compile(r"[\W\d]*(?:Both|They (?:are |have |were )?both|Neither|Tous deux|Toutes deux|Les deux)\b")

_FIRST_PERSON = regex.compile(r"[\W\d]*(?:I|Je)\b[\W]*")
"""In a certificate, however long and whoever else it names, it is the one who signs: "I, Anna Roe, P.Geo., certify"."""

_ANAPHORA = regex.compile(
    r"[\W\d]*(?:I|He|She|They|Both|Each|All|Neither|None|The (?:QPs?|qualified persons?|authors?)|C'est|Il|Elle|Ils"
    r"|Elles|Ce sont|Chacune?|Tous|Ces (?:deux )?personnes|Je)\b"
)


# ---- one person from all mentions ----


def _identities(mentions: list[Mention]) -> list[list[Mention]]:
    """The mentions of each person together; a surname alone belongs to the one last named in full."""
    people: list[list[Mention]] = []
    for mention in mentions:
        same = [p for p in people if is_same(p[0].name, mention.name)]
        if same:
            same[-1].append(mention)
        else:
            people.append([mention])
    return people


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
