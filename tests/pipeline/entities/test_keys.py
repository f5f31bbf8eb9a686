"""Names that are one by their words, and names that are not."""

from __future__ import annotations

import pytest

from pipeline.entities.keys import deposit_key, issuer_key, person_key, project_key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tall Pine Mines Ltd.", "TALL PINE MINES LIMITED", True),  # case and legal form
        ("The Tall Pine Company", "Tall Pine Inc", True),  # article
        ("Mines d’Or Éléonore Ltée", "Mines d'Or Eleonore", True),  # accents, apostrophe
        ("Tall Pine Mines", "Tall Pine Mining", False),  # alike is not the same
        ("Tall Pine", "Tall Pine Gold", False),  # a short name may be another company's
        ("Inc.", "Ltd.", False),  # nothing but a legal form is still a name
    ],
)
def test_an_issuer_is_known_by_its_words(one: str, other: str, same: bool) -> None:
    assert (issuer_key(one) == issuer_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tall Pine Mine", "the Tall Pine Project", True),  # what kind of thing it is, and an article
        ("Tall Pine Mine", "Tall Pine Project", True),
        ("projet Kiéna", "Kiena", True),
        ("Eagle River", "Eagle River Complex", False),  # a complex holds other mines too
        ("Tall Pine Gold Project", "Tall Pine", False),  # doubtful: proposed, not merged
    ],
)
def test_a_project_is_known_by_its_words(one: str, other: str, same: bool) -> None:
    issuer = issuer_key("Tall Pine Mines Ltd.")
    assert (project_key(one, issuer) == project_key(other, issuer)) is same


def test_two_issuers_projects_of_one_name_are_two() -> None:
    one, other = (project_key("Tall Pine", issuer_key(name)) for name in ("A Corp.", "B Corp."))
    assert one != other
    assert deposit_key("North", one) != deposit_key("North", other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("José Núñez", "JOSE NUNEZ", True),
        ("J.R. Doe", "J. R. Doe", True),
        ("J. Doe", "Jane Doe", False),
    ],
)
def test_a_person_is_known_by_the_full_name(one: str, other: str, same: bool) -> None:
    assert (person_key(one) == person_key(other)) is same
