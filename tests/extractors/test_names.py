"""Names: no sentence with one is passed over for its capitals."""

from __future__ import annotations

from itertools import product

import pytest

from extractors import names
from extractors.names import find_names, may_name

FIRST = ("Anna", "A.", "A.-M.", "A. B.", "ANNA", "O'Shea", "Jean-Rock", "Wm.", "Dr.", "Messrs.", "M.", "Élise")
BETWEEN = (" ", " B. ", " van der ", " de los ", ' "Ann" ', " (Ann) ", " de la Ana ", ", ", "\n")
LAST = (
    "Roe",
    "d'Amours",
    "d’Amours",
    "al-Rashid",
    "el-Amin",
    "St. Clair",
    "Mac Giolla",
    "ROE",
    "Roe and Vale",
    "Ångström",
)


@pytest.mark.parametrize(("first", "between", "last"), list(product(FIRST, BETWEEN, LAST)))
def test_what_is_looked_at_holds_every_name(
    first: str, between: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"prepared by {first}{between}{last}, P.Geo., of it"
    found = find_names(text)
    monkeypatch.setattr(names, "may_name", lambda _: True)
    names._names_in.cache_clear()
    assert find_names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Qualified persons",
        "Gold reserves by mine at the end of 2016",
        "Open pits hold 1,880,000 tonnes of WO₃ at Timok.",
    ],
)
def test_a_sentence_without_two_capitals_in_a_row_is_passed_over(text: str) -> None:
    assert not may_name(text)


@pytest.mark.parametrize("text", ["Mr. van Roe", "by Roe, Anna", "MM. Roe et Vale", "Ana d'Amours"])
def test_a_sentence_with_a_name_is_not(text: str) -> None:
    assert may_name(text)
