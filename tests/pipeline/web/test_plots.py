"""The plot of a recomputation: bars stand where their numbers are, whatever the numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lines import StatedCheck
from pipeline.web.plots import interval_plot
from pipeline.web.scales import short

D = Decimal
numbers = st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False)


def check(reported: D, printed: tuple[D, D] | None, allowed: tuple[D | None, D | None] | None) -> StatedCheck:
    (a, b), (c, d) = printed or (None, None), allowed or (None, None)
    return StatedCheck("total_tonnage", "failed", None, reported, a, b, c, d, "kt", "", None, None)


@settings(deadline=None)
@given(numbers, numbers, numbers, numbers)
def test_every_bar_is_seen_and_stands_in_the_order_of_its_numbers(a: D, b: D, c: D, d: D) -> None:
    (low, high), (allowed_low, allowed_high) = sorted((a, b)), sorted((c, d))
    plot = interval_plot(check(high, (low, high), (allowed_low, allowed_high)))
    assert plot is not None
    for bar in (plot.printed, plot.allowed):
        assert bar.width >= 3
        assert 90 <= bar.x <= bar.x + bar.width <= 510
    if high < allowed_low:
        assert plot.printed.x < plot.allowed.x
        assert not plot.meet
    assert plot.meet == (low <= allowed_high and allowed_low <= high)


def test_the_plot_says_in_words_what_it_shows() -> None:
    plot = interval_plot(check(D(3812), (D("3811.5"), D("3812.5")), (D("3876.5"), D("3879.5"))))
    assert plot is not None
    assert plot.words == (
        "The printed figure stands for 3,811.5 to 3,812.5 kt; the other figures allow 3,876.5 to 3,879.5 kt; "
        "they do not meet."
    )
    assert 3 <= len(plot.ticks) <= 7


@pytest.mark.parametrize(
    ("allowed", "words", "meet"),
    [
        ((D(5), None), "allow 5 or more kt; they do not meet", False),
        ((None, D(3)), "allow 3 or less kt; they meet", True),
    ],
)
def test_a_relation_may_have_one_end(allowed: tuple[D | None, D | None], words: str, meet: bool) -> None:
    plot = interval_plot(check(D(3), (D("2.5"), D("3.5")), allowed))
    assert plot is not None
    assert words in plot.words
    assert plot.meet is meet


def test_a_check_without_intervals_has_no_plot() -> None:
    assert interval_plot(check(D(1), None, None)) is None


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("8813.869999999", "8,813.87"),  # a quotient
        ("0.00000123456789", "0.00000123457"),  # six digits, wherever they begin
        ("123456789", "123,456,789"),  # no digit before the point is lost
        ("0", "0"),
        ("35.10", "35.1"),
    ],
)
def test_a_number_is_short_and_in_groups(value: str, printed: str) -> None:
    assert short(D(value)) == printed
