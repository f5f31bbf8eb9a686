"""Printed numbers and interval arithmetic: an interval holds whatever its members can give."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.figure import Figure, Interval, column_step

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
positive = st.decimals(min_value="0.0001", max_value=10**9, places=4)


@st.composite
def intervals(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = numbers) -> Interval:
    low, high = sorted((draw(values), draw(values)))
    return Interval(low, high)


@st.composite
def members(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = numbers) -> tuple[Interval, Decimal]:
    """An interval with a value in it."""
    low, value, high = sorted((draw(values), draw(values), draw(values)))
    return Interval(low, high), value


@given(members(), members())
def test_sums_differences_and_products_of_members_are_members(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    (a, x), (b, y) = one, other
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b


@given(members(), members(positive))
def test_quotients_of_members_are_members(one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
    (a, x), (b, y) = one, other
    assert x / y in a / b


@given(intervals())
def test_nothing_is_divided_by_an_interval_that_holds_zero(interval: Interval) -> None:
    around_zero = Interval(min(interval.low, Decimal(0)), max(interval.high, Decimal(0)))
    with pytest.raises(ZeroDivisionError):
        interval / around_zero


@given(st.lists(members(), max_size=12))
def test_a_total_holds_the_sum_of_any_members(parts: list[tuple[Interval, Decimal]]) -> None:
    assert sum((value for _, value in parts), Decimal(0)) in Interval.total([interval for interval, _ in parts])


@given(intervals(), intervals())
def test_intervals_meet_where_they_have_a_value_in_common(a: Interval, b: Interval) -> None:
    shared = max(a.low, b.low)
    assert a.meets(b) == b.meets(a) == (shared in a and shared in b)


def test_an_empty_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="from 2 to 1 is empty"):
        Interval(Decimal(2), Decimal(1))


@given(st.decimals(min_value=0, max_value=10**7, places=5), st.sampled_from(["0.01", "0.1", "1", "10", "1000"]))
def test_what_rounds_to_a_figure_lies_in_its_interval(value: Decimal, step: str) -> None:
    units = (value / Decimal(step)).quantize(Decimal(1), ROUND_HALF_EVEN)
    assert value in Figure("", units * Decimal(step), Decimal(step)).interval


# printed value, step, lowest and highest value that rounds to it
FIGURES = [
    ("17.8", "0.1", "17.75", "17.85"),
    ("0.40", "0.01", "0.395", "0.405"),
    ("621000", "1000", "620500", "621500"),  # a column rounded to thousands
    ("0", "1", "0", "0.5"),  # no ore is less than none
    ("-14832", "1", "-14832.5", "-14831.5"),  # a change may be
]


@pytest.mark.parametrize(("value", "step", "low", "high"), FIGURES)
def test_figure_interval(value: str, step: str, low: str, high: str) -> None:
    assert Figure(value, Decimal(value), Decimal(step)).interval == Interval(Decimal(low), Decimal(high))


# column, step it was rounded to
COLUMNS = [
    (["6000", "30000", "621000"], "1000"),
    (["357", "1880"], "1"),  # 1,880 beside 357 is no multiple of ten by rounding
    (["0", "6000", "30000"], "1000"),  # zeros say nothing
    (["1880000"], "1"),  # one figure is taken at its word
    (["0.40", "0.3"], "0.01"),
    (["17.8", "20"], "0.1"),
    ([], "1"),
    (["0", "0"], "1"),
]


@pytest.mark.parametrize(("column", "step"), COLUMNS)
def test_column_step(column: list[str], step: str) -> None:
    assert column_step([Decimal(v) for v in column]) == Decimal(step)


@given(st.lists(st.integers(min_value=0, max_value=10**9).map(Decimal), min_size=2))
def test_the_step_of_a_whole_column_is_the_largest_power_of_ten_in_each(column: list[Decimal]) -> None:
    assume(sum(1 for v in column if v) > 1)
    step = column_step(column)
    assert all(v % step == 0 for v in column)
    assert any(v % (step * 10) for v in column)
