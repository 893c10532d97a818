from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.days import Days, through

days = st.dates(date(2000, 1, 1), date(2040, 1, 1))
stretches = st.builds(lambda start, length: Days(start, start + timedelta(days=length)), days, st.integers(0, 400))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-07-01", "2026-07-31", "1"),
        ("2026-02-01", "2026-02-28", "1"),
        ("2026-01-01", "2026-12-31", "12"),
        ("2026-06-16", "2026-07-31", "1.5"),
        ("2026-02-01", "2026-02-14", "0.5"),
    ],
)
def test_a_day_is_its_share_of_its_own_month(first: str, last: str, months: str) -> None:
    assert through(date.fromisoformat(first), date.fromisoformat(last)).months == Decimal(months)


def test_the_days_before_are_as_many() -> None:
    assert Days(date(2026, 7, 8), date(2026, 7, 15)).before == Days(date(2026, 7, 1), date(2026, 7, 8))


def test_days_are_written_by_first_and_last() -> None:
    assert str(through(date(2026, 7, 1), date(2026, 7, 31))) == "2026-07-01 to 2026-07-31"
    assert str(through(date(2026, 7, 1), date(2026, 7, 1))) == "2026-07-01"


@settings(deadline=None)
@given(stretches, stretches)
def test_shared_days_are_those_of_both(one: Days, other: Days) -> None:
    assert set(one.shared(other)) == set(one) & set(other)
    assert one.holds(one.shared(other)) or not one.shared(other).count
    assert one.count == len(set(one))
