"""Qualified persons: who answers for the technical content, with credentials, firm and independence.

A name counts where its sentence calls the person qualified, or says that the person approved, wrote or answers for
technical matter; or where it stands in a list under such a heading, or on a signature page. Who only speaks, helps,
or is to be contacted does not count, nor does a JORC Competent Person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors import limited_regex as regex
from extractors.affiliation import is_employed, issuer_in, post_of
from extractors.answering import ends_its_paragraph
from extractors.lexicon import fold, lexicon
from extractors.names import is_same
from extractors.people_anaphora import about_the_last, about_the_others
from extractors.people_mentions import Mention, holds_a_title, named_in
from extractors.people_roles import role_of
from extractors.people_sections import HEADING_LENGTH, Section, section_at
from extractors.people_stacks import REACH, firms_of_stacks
from extractors.people_tables import Listed, people_in_tables
from extractors.prose import Sentence, split_paragraph, substance
from extractors.topics import Topic, blocks_about, blocks_holding
from models.disclosure import Issuer, Person
from models.document import Document, Grid, Paragraph


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
        if reading.section.left or block in speaking or holds_a_title(fold(paragraph.base)):
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
            here = named_in(sentence, words, self.section, self.mentions, self.surnames)
            here = [replace(m, counts=m.counts and not competent) for m in here]
            here += about_the_others(sentence, here, self.mentions)
            here = here or about_the_last(sentence, words, self.mentions)
            self.mentions += here
            self.surnames |= {m.name.text.split()[-1] for m in here if m.name.initial and m.may_answer}
        return self.surnames - known


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
