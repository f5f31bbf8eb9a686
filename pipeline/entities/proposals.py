"""Names that may be one and are not taken for one: proposed to a reviewer, each pair with what speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, text

from extractors.lexicon import lexicon
from pipeline.entities.keys import Kind, issuer_key, matched_words, person_key, project_key
from pipeline.entities.resolve import decided

_ENTITIES = text("""
SELECT 'issuer' AS kind, issuer_id AS entity_id, issuer AS name, tickers, NULL AS owner_id, filings FROM v_issuers
UNION ALL SELECT 'project', project_id, project, NULL, issuer_id, filings FROM v_projects
UNION ALL SELECT 'person', person_id, person, NULL, NULL, filings FROM v_people
ORDER BY kind, name, entity_id
""")


@dataclass(frozen=True, slots=True)
class Known:
    """An issuer, project or person, as far as a comparison needs to know it."""

    entity_id: str
    kind: Kind
    name: str
    words: frozenset[str]
    tickers: frozenset[str]
    owner_id: str | None
    filings: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two that may be one, and why they may."""

    one: Known
    other: Known
    why: str


def proposals(connection: Connection) -> list[Proposal]:
    """The pairs that nobody has decided about, issuers first."""
    rows = connection.execute(_ENTITIES).mappings()
    known = [
        Known(
            row["entity_id"],
            Kind(row["kind"]),
            row["name"],
            _words(Kind(row["kind"]), row["name"]),
            frozenset((row["tickers"] or "").split(",")) - {""},
            row["owner_id"],
            row["filings"],
        )
        for row in rows
    ]
    apart = decided(connection).apart
    found: dict[frozenset[str], Proposal] = {}
    for kind, compare in ((Kind.ISSUER, _issuers), (Kind.PROJECT, _projects), (Kind.PERSON, _people)):
        for proposal in compare([entity for entity in known if entity.kind is kind]):
            pair = frozenset((proposal.one.entity_id, proposal.other.entity_id))
            if pair not in apart:
                found.setdefault(pair, proposal)
    return list(found.values())


def _words(kind: Kind, name: str) -> frozenset[str]:
    """The words by which a name is matched."""
    if kind is Kind.ISSUER:
        return frozenset(issuer_key(name).words.split())
    key = project_key(name, None) if kind is Kind.PROJECT else person_key(name)
    return frozenset(key.words.split())


def _issuers(issuers: list[Known]) -> Iterator[Proposal]:
    by_ticker = defaultdict(list)
    for issuer in issuers:
        for ticker in sorted(issuer.tickers):
            by_ticker[ticker].append(issuer)
    for ticker, same in by_ticker.items():
        yield from (Proposal(a, b, f"both trade as {ticker}") for a, b in combinations(same, 2))
    for a, b in _pairs(issuers, _distinctive):
        yield Proposal(
            a, b, f"both are named {' '.join(sorted(_distinctive(a)))}, beside words that many companies bear"
        )


def _distinctive(issuer: Known) -> frozenset[str]:
    """The words of a company's name that are its own."""
    return frozenset(matched_words(lexicon("company_words").without(issuer.name)).split()) & issuer.words


def _projects(projects: list[Known]) -> Iterator[Proposal]:
    for a, b in _pairs(projects, lambda project: project.words):
        yield Proposal(a, b, "two issuers have a project of this name: it may have changed hands, or be shared")
    for a, b in _pairs(projects, lambda project: project.owner_id):
        if a.words < b.words or b.words < a.words:
            yield Proposal(a, b, "one issuer's, and one name is part of the other")


def _people(people: list[Known]) -> Iterator[Proposal]:
    for a, b in _pairs(people, lambda person: _name_words(person)[-1:]):
        if _may_be_one(_name_words(a)[:-1], _name_words(b)[:-1]):
            yield Proposal(a, b, "one surname, and given names or initials that do not differ")


def _name_words(person: Known) -> tuple[str, ...]:
    return tuple(matched_words(person.name).split())


def _may_be_one(given: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the given names may be one person's: "James", "J." and "James N.", but not "James" and "John"."""
    return bool(given and other) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(given, other, strict=False)
    )


def _pairs(entities: Iterable[Known], key: Callable[[Known], Hashable]) -> Iterator[tuple[Known, Known]]:
    """The pairs of entities with the same key, but an empty one."""
    groups: dict[Hashable, list[Known]] = defaultdict(list)
    for entity in entities:
        if key(entity):
            groups[key(entity)].append(entity)
    for same in groups.values():
        yield from combinations(same, 2)
