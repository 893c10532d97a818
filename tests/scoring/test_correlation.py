from __future__ import annotations

from datetime import date, timedelta
from math import atanh, sqrt, tanh

import numpy as np
import pytest

from scoring.correlation import Correlation, strongest
from tests.scoring.lift.worlds import WEEK, Numbers

MONDAY = date(2026, 1, 5)


def by_day(values: Numbers) -> dict[date, float]:
    return {MONDAY + timedelta(days=place): float(value) for place, value in enumerate(values)}


def lasting(dice: np.random.Generator, days: int, coefficient: float = 0.8) -> Numbers:
    values = dice.normal(0, 1, days)
    for day in range(1, days):
        values[day] += coefficient * values[day - 1]
    return values


@pytest.mark.parametrize("lag", [-7, -2, 0, 3, 7])
def test_what_follows_another_is_found_with_its_days_between(lag: int) -> None:
    first = lasting(np.random.default_rng(1), 120)
    second = 3 * first + 50
    days = by_day(first)
    found = strongest(days, {day + timedelta(days=lag): second[place] for place, day in enumerate(days)})
    assert found is not None
    assert found.lag == lag
    assert found.coefficient > 0.95
    assert found.beyond_chance


def test_the_interval_is_fishers_for_fifteen_lags() -> None:
    dice = np.random.default_rng(2)
    shared = dice.normal(0, 1, 100)
    found = strongest(by_day(shared + dice.normal(0, 1, 100)), by_day(shared + dice.normal(0, 1, 100)))
    assert found is not None
    assert (found.lag, found.days) == (0, 99)  # the first day has no day before it
    half = 2.935 / sqrt(96)
    ends = tanh(atanh(found.coefficient) - half), tanh(atanh(found.coefficient) + half)
    assert (found.low, found.high) == pytest.approx(ends)


def test_the_opposite_way_is_below_zero() -> None:
    values = lasting(np.random.default_rng(3), 60)
    found = strongest(by_day(values), by_day(-values))
    assert found is not None
    assert (found.lag, found.beyond_chance) == (0, True)
    assert found.coefficient == pytest.approx(-1)
    assert found.low == pytest.approx(-1)


def test_series_that_last_and_share_the_week_do_not_correlate_for_that_alone() -> None:
    dice = np.random.default_rng(4)
    week = 20 * WEEK[np.arange(90) % 7]
    found = [strongest(by_day(week + lasting(dice, 90)), by_day(week + lasting(dice, 90))) for _ in range(300)]
    alarms = [one is not None and one.beyond_chance for one in found]
    assert np.mean(alarms) < 0.08


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(np.arange(20.0) ** 2, np.arange(20.0) ** 2, id="too short"),
        pytest.param(np.full(60, 5.0), np.random.default_rng(5).normal(0, 1, 60), id="one stands still"),
        pytest.param(WEEK[np.arange(60) % 7], np.random.default_rng(5).normal(0, 1, 60), id="nothing but weekdays"),
        pytest.param(np.array([]), np.array([]), id="nothing at all"),
    ],
)
def test_what_cannot_be_compared_has_no_correlation(first: Numbers, second: Numbers) -> None:
    assert strongest(by_day(first), by_day(second)) is None


def test_days_that_are_missing_are_left_out() -> None:
    values = lasting(np.random.default_rng(6), 100)
    holes = {day: value for place, (day, value) in enumerate(by_day(values).items()) if place % 10}
    found = strongest(holes, by_day(values))
    assert found is not None
    assert found.lag == 0
    assert found.days == 80  # nine of ten are known, and one of those comes after a hole
    assert found.coefficient > 0.9


def test_an_interval_with_zero_in_it_is_chance() -> None:
    assert not Correlation(0, 0.2, -0.1, 0.5, 40).beyond_chance
    assert Correlation(0, -0.4, -0.6, -0.1, 40).beyond_chance
