"""Which of a project's estimates is the current one, which answers for it, and what it is compared with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.stated.standing import Scope, Standing, Stated, StatedFiling, places

WHOLE, NORTH, PIT = Scope("resource", None, None), Scope("resource", "North", None), Scope("resource", None, "open_pit")
RESERVE, HISTORICAL = Scope("reserve", None, None), Scope("historical", None, None)


def line(
    key: str, scope: Scope = WHOLE, tonnes: int = 100, category: str = "inferred", cutoff: str | None = None
) -> Stated:
    return Stated(key, 1, (1, 1), scope, category, "Au", cutoff, (Decimal(tonnes), Decimal(1), None))


def filing(name: str, as_of: str | None, *lines: Stated, held: tuple[Scope, ...] = (), filed: str = "") -> StatedFiling:
    return StatedFiling(name, as_of, filed, lines, held)


@pytest.mark.parametrize(
    ("old", "new", "standing"),
    [
        (WHOLE, WHOLE, Standing.SUPERSEDED),
        (NORTH, WHOLE, Standing.SUPERSEDED),  # the whole project covers its zones
        (NORTH, NORTH, Standing.SUPERSEDED),
        (WHOLE, NORTH, Standing.CURRENT),  # the rest of the project may stand
        (NORTH, PIT, Standing.CURRENT),  # a zone and a material may or may not be the same rock
        (RESERVE, WHOLE, Standing.CURRENT),  # a new resource leaves the reserve
        (HISTORICAL, WHOLE, Standing.HISTORICAL),  # a historical estimate was never current
    ],
)
def test_a_later_estimate_takes_the_place_of_what_it_speaks_of(old: Scope, new: Scope, standing: Standing) -> None:
    found = places([filing("a", "2019-12-31", line("old", old)), filing("b", "2020-12-31", line("new", new))])
    assert found["old", 1].standing is standing
    assert found["new", 1].standing is Standing.CURRENT


def test_a_later_estimate_of_another_zone_is_named() -> None:
    found = places([filing("a", "2019", line("old")), filing("b", "2020", line("new", NORTH))])
    assert found["old", 1].later == "b"


def test_a_category_that_is_not_stated_any_more_is_superseded_with_the_estimate() -> None:
    found = places([filing("a", "2019", line("old")), filing("b", "2020", line("new", category="indicated"))])
    assert found["old", 1].superseded_by == "b"


def test_a_held_line_takes_the_place_of_an_earlier_one() -> None:
    found = places([filing("a", "2019", line("old")), filing("b", "2020", held=(WHOLE,))])
    assert found["old", 1].standing is Standing.SUPERSEDED


def test_of_two_filings_of_one_date_the_last_published_stands() -> None:
    release, report = filing("a", "2020", line("r"), filed="2021-01"), filing("b", "2020", line("t"), filed="2021-02")
    found = places([report, release])
    assert (found["r", 1].standing, found["r", 1].superseded_by) == (Standing.RESTATED, "b")
    assert found["t", 1].previous is None  # the same estimate is no earlier one


def test_what_is_not_dated_takes_no_place() -> None:
    found = places([filing("a", None, line("undated")), filing("b", "2020", line("dated"))])
    assert (found["undated", 1].standing, found["dated", 1].standing) == (Standing.UNDATED, Standing.CURRENT)
    assert places([filing("a", None, line("alone"))])["alone", 1].standing is Standing.CURRENT


def test_the_whole_answers_for_its_parts_and_parts_for_a_missing_whole() -> None:
    lines = (line("whole"), line("north", NORTH), line("part", NORTH, category="indicated"))
    found = places([filing("a", "2020", *lines)])
    assert {key for (key, _), place in found.items() if place.is_headline} == {"whole", "part"}


def test_cut_offs_are_alternatives_unless_one_line_has_none() -> None:
    low, high, base = line("low", cutoff="0.3"), line("high", tonnes=50, cutoff="0.5"), line("base", tonnes=80)
    found = places([filing("a", "2020", low, high)])
    assert [found[key, 1].alternatives for key in ("low", "high")] == [2, 2]
    found = places([filing("a", "2020", low, high, base)])
    assert [found[key, 1].is_headline for key in ("low", "high", "base")] == [False, False, True]


def test_figures_printed_twice_are_one_estimate() -> None:
    found = places([filing("a", "2020", line("summary"), line("again"))])
    assert [place.is_headline for place in found.values()] == [True, False]


def test_an_estimate_is_compared_with_the_one_before_at_its_cut_off() -> None:
    first = filing("a", "2018", line("a3", cutoff="0.3"), line("a5", tonnes=50, cutoff="0.5"))
    second = filing("b", "2019", line("b3", tonnes=110, cutoff="0.3"))
    third = filing("c", "2020", line("c5", tonnes=60, cutoff="0.5"), line("c3", tonnes=90, cutoff="0.3"))
    found = places([third, first, second])
    assert [found[key, 1].previous for key in ("b3", "c3", "c5")] == [("a3", 1), ("b3", 1), ("a5", 1)]


def test_each_estimate_of_a_filing_has_its_own_day() -> None:
    """An annual report repeats an old resource beside its new reserve: an update between the two stays current."""
    annual = StatedFiling(
        "annual", "2024-03-01", "2024-03-01", (line("r", WHOLE), line("p", RESERVE)), (), {WHOLE: "2022-06-30"}
    )
    old = filing("old", "2021-12-31", line("r0", WHOLE), line("p0", RESERVE))
    update = filing("update", "2023-04-30", line("r1", WHOLE))
    found = places([annual, update, old])
    standing = {key: place.standing for (key, _), place in found.items()}
    assert [standing[key] for key in ("r0", "r", "r1")] == [Standing.SUPERSEDED, Standing.SUPERSEDED, Standing.CURRENT]
    assert [standing[key] for key in ("p0", "p")] == [Standing.SUPERSEDED, Standing.CURRENT]
    assert found["r1", 1].previous == ("r", 1)
    assert found["r", 1].superseded_by == "update"


def test_no_filing_takes_the_place_of_what_it_states_itself() -> None:
    one = StatedFiling("a", "2023", "", (line("whole"), line("zone", NORTH)), (), {NORTH: "2020"})
    assert {place.standing for place in places([one]).values()} == {Standing.CURRENT}
    again = filing("b", "2020", line("other", NORTH))
    found = places([one, again])
    # the zone of 2020 is restated by the other filing of the same day, and superseded by the whole of 2023
    assert (found["other", 1].standing, found["other", 1].superseded_by) == (Standing.SUPERSEDED, "a")
    assert (found["zone", 1].standing, found["zone", 1].superseded_by) == (Standing.RESTATED, "b")
