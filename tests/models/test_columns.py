"""Column types: numbers and moments come back as they went in, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from models.columns import ExactNumber, UtcTime

DIALECTS = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]


@given(st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(DIALECTS))
def test_a_number_keeps_its_value_and_its_decimals(value: Decimal, dialect: Dialect) -> None:
    stored = ExactNumber().process_bind_param(value, dialect)
    back = ExactNumber().process_result_value(stored, dialect)
    assert back == value
    if int(value.as_tuple().exponent) <= 0:
        assert back is not None
        assert back.as_tuple() == value.as_tuple()  # 0.40 is not 0.4


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="no number"):
        ExactNumber().process_bind_param(value, DIALECTS[0])


def test_a_moment_is_stored_in_utc() -> None:
    noon_in_toronto = datetime(2013, 12, 12, 12, tzinfo=timezone(timedelta(hours=-5)))
    stored = UtcTime().process_bind_param(noon_in_toronto, DIALECTS[0])
    assert stored == datetime(2013, 12, 12, 17, tzinfo=UTC)
    assert stored is not None
    assert UtcTime().process_result_value(stored.replace(tzinfo=None), DIALECTS[0]) == noon_in_toronto


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        UtcTime().process_bind_param(datetime(2013, 12, 12), DIALECTS[0])  # noqa: DTZ001 - that is the point
