"""How a printed name is matched: strictly, by its words without case, accents, signs and legal form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from extractors.lexicon import lexicon
from pipeline.rows.identity import identity, person_id


class Kind(StrEnum):
    """What a name is the name of."""

    ISSUER = "issuer"
    PROJECT = "project"
    DEPOSIT = "deposit"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class EntityKey:
    """A name as it is matched; ``owner_id`` is the key of the issuer of a project, and of the project of a deposit."""

    key_id: str
    kind: Kind
    words: str
    owner_id: str | None = None


def issuer_key(name: str) -> EntityKey:
    """The key of a company: "The Tall Pine Mining Co. Ltd." and "TALL PINE MINING" are one."""
    words = matched_words(lexicon("legal_forms").without(name)) or matched_words(name)
    return EntityKey(identity(Kind.ISSUER, words), Kind.ISSUER, words)


def project_key(name: str, issuer: EntityKey | None) -> EntityKey:
    """The key of a mine or project of an issuer: "Tall Pine Mine" and "the Tall Pine Project" are one.

    Two issuers may have a project of one name: theirs are two until a reviewer says otherwise.
    """
    bare = lexicon("project_words").without(lexicon("legal_forms").without(name))
    return owned(Kind.PROJECT, matched_words(bare) or matched_words(name), issuer.key_id if issuer else None)


def deposit_key(name: str, project: EntityKey) -> EntityKey:
    """The key of a deposit, pit or zone of a project."""
    return owned(Kind.DEPOSIT, matched_words(name), project.key_id)


def person_key(name: str) -> EntityKey:
    """The key of a person: the full name as printed, so "J. Doe" and "Jane Doe" are two until a reviewer says so."""
    return EntityKey(person_id(name), Kind.PERSON, matched_words(name))


def owned(kind: Kind, words: str, owner_id: str | None) -> EntityKey:
    """The key of a name that means what it means with its owner."""
    return EntityKey(identity(kind, owner_id or "", words), kind, words, owner_id)


def matched_words(name: str) -> str:
    """The words of a name without accents, signs and case; a sign inside a name (M/PK) parts words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.casefold()))
