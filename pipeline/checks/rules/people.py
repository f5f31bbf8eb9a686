"""Qualified persons: who answers for the content, who they are to the issuer, what they verified."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.lexicon import fold, lexicon
from extractors.topics import Topic
from models.disclosure import ClaimKind, Person
from models.quote import Quote
from pipeline.checks.rules.filed import Filed, Indication

ANSWERS = {"qualified", "competent"}
_ANSWERING = Topic("people/answers")


def prepared_by(filed: Filed) -> Iterator[Indication]:
    """A sentence says that a qualified person prepared, supervised or approved the technical content."""
    if not any(_answers_for(paragraph.base, filed) for paragraph in filed.printed_about(_ANSWERING)):
        message = f"no sentence says that a qualified person prepared, supervised or approved this; {filed.searched}"
        yield Indication(message, filed.headline)


def _answers_for(text: str, filed: Filed) -> bool:
    """Whether a text names someone qualified, and says that they answer for something."""
    means = set(lexicon("people").means(text))
    if "answers" not in means:
        return False
    named = any(_surname(person) in fold(text).casefold() for person in filed.disclosure.persons)
    return named or bool(means & ANSWERS)


def _surname(person: Person) -> str:
    return fold(person.name).split()[-1].casefold()


def named_persons(filed: Filed) -> Iterator[Indication]:
    """Each qualified person is named, with what they are to the issuer: employee, consultant, independent."""
    persons = filed.disclosure.persons
    if not persons:
        yield Indication(f"no qualified person is named; {filed.searched}", filed.headline)
    for person in persons:
        if person.affiliation is None and person.independent is None:
            yield Indication(f"nothing says what {person.name} is to the issuer", person.quote)


def credentials_named(filed: Filed) -> Iterator[Indication]:
    """A qualified person comes with a professional designation; releases need not print it, and readers look for it."""
    for person in filed.disclosure.persons:
        if not person.credentials:
            yield Indication(f"no professional designation of {person.name} is printed", person.quote)


def independent_of_office(filed: Filed) -> Iterator[Indication]:
    """Whoever is called independent of the issuer holds no office with it."""
    issuer = filed.disclosure.issuer.name
    for person in filed.disclosure.persons:
        if person.independent and issuer and person.affiliation and _same_name(issuer, person.affiliation):
            yield Indication(f"{person.name} is called independent, and works for {person.affiliation}", person.quote)


def _same_name(one: str, other: str) -> bool:
    return fold(one).casefold().strip(". ") == fold(other).casefold().strip(". ")


def verified(filed: Filed) -> Iterator[Indication]:
    """A sentence says whether a qualified person verified the data, and how."""
    if not filed.says("cautions", "verification"):
        yield Indication(f"no sentence says whether the data were verified; {filed.searched}", filed.headline)


DOUBLED = 100
"""A change of this many per cent in tonnes or metal takes an independent qualified person."""


def independent_for_first(filed: Filed) -> Iterator[Indication]:
    """A first estimate, and one that doubles, is supported by a qualified person independent of the issuer."""
    place = next(filed.saying("cautions", "first_estimate"), None) or next(_doubled(filed), None)
    persons = filed.disclosure.persons
    if place is None or not persons or any(_may_be_independent(person, filed) for person in persons):
        return
    named = ", ".join(person.name for person in persons)
    yield Indication(f"a first or doubled estimate, and nothing says that {named} is independent of the issuer", place)


def _doubled(filed: Filed) -> Iterator[Quote]:
    for claim in filed.disclosure.claims:
        if claim.kind is ClaimKind.CHANGE_PERCENT and claim.percent and abs(claim.percent.value) >= DOUBLED:
            yield claim.quote


def _may_be_independent(person: Person, filed: Filed) -> bool:
    """Whether a person is called independent, or works for somebody else than the issuer."""
    elsewhere = person.affiliation is not None and not _same_name(
        person.affiliation, filed.disclosure.issuer.name or ""
    )
    return bool(person.independent) or (person.independent is None and elsewhere)
