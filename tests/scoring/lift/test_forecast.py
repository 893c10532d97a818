"""The forecast against published effects, and against worlds in which nothing happened."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from scoring.day import Day
from scoring.lift.days import causes, numbers
from scoring.lift.forecast import Causes, Effect, Forecast
from tests.scoring.lift.worlds import TRENDS, Numbers, counts

START = date(2026, 1, 5)


def bare_days(length: int, start: date = START) -> list[Day]:
    return [Day(start + timedelta(place), {}, {}) for place in range(length)]


def effect(series: Numbers, controls: list[Numbers], known: int, start: date = START) -> Effect:
    days = bare_days(len(series), start)
    explained = causes(days[:known], days[known:], [(control[:known], control[known:]) for control in controls])
    forecast = Forecast(numbers(days[:known]), numbers(days[known:]), np.ones(len(days) - known))
    found = forecast.effect(series[:known], series[known:], explained)
    assert found is not None
    return found


def columns(path: Path) -> list[Numbers]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    first = 0 if rows[0][0].replace(".", "").isdecimal() else 1  # a column of dates
    return [np.array([float(row[place]) for row in rows]) for place in range(first, len(rows[0]))]


@pytest.mark.recordings
def test_a_published_effect_is_found_and_where_it_was_not_added_none_is(recordings: Path) -> None:
    control, series = columns(recordings / "timeseries/lift-arma_data.csv")
    raised = series + 5.0 * (np.arange(100) >= 70)
    found, nothing = effect(raised, [control], 70), effect(series, [control], 70)
    assert found.effect / 30 == pytest.approx(4.89, abs=0.6)  # as published, with a standard deviation of 0.31
    assert found.low < 5 * 30 < found.high
    assert found.significant
    assert not nothing.significant
    assert found.effect - nothing.effect == pytest.approx(150)


@pytest.mark.recordings
def test_a_campaign_without_an_effect_shows_none(recordings: Path) -> None:
    series, *controls = columns(recordings / "timeseries/lift-comparison_data.csv")
    found = effect(series, controls, 90, date(2019, 4, 16))
    assert found.effect / 18 == pytest.approx(-657, abs=736)  # as published, within its standard deviation
    assert not found.significant


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """500 campaigns without an effect: 90 days before, 14 in the window, three competitors, every sort of trend."""
    dice = np.random.default_rng(500)
    days = bare_days(104)
    forecast = Forecast(numbers(days[:90]), numbers(days[90:]), np.ones(14))
    held = []
    for number in range(500):
        trend = list(TRENDS)[number % len(TRENDS)]
        series, *controls = counts(dice, 104, (40, 60, 30, 20), trend, lasting=(0.3, 0.5, 0.7)[number % 3])
        explained = causes(days[:90], days[90:], [(control[:90], control[90:]) for control in controls])
        found = forecast.effect(series[:90], series[90:], explained)
        assert found is not None
        assert found.significant == (not found.low <= 0 <= found.high)
        held.append(found.low <= 0 <= found.high)
    assert 0.93 <= np.mean(held) <= 0.97


def test_half_as_many_mentions_again_show_mostly() -> None:
    dice = np.random.default_rng(30)
    days = bare_days(104)
    forecast = Forecast(numbers(days[:90]), numbers(days[90:]), np.ones(14))
    shown = []
    for _ in range(60):
        series, *controls = counts(dice, 104, (40, 60, 30, 20), "none", lasting=0.3)
        series[90:] *= 1.5
        explained = causes(days[:90], days[90:], [(control[:90], control[90:]) for control in controls])
        found = forecast.effect(series[:90], series[90:], explained)
        shown.append(found is not None and found.significant and found.effect > 0)
    assert np.mean(shown) > 0.8


def test_what_was_added_is_the_difference_of_the_effects() -> None:
    dice = np.random.default_rng(1)
    series, control = counts(dice, 70, (40, 50), "wave")
    more = series + 7.0 * (np.arange(70) >= 56)
    before, after = effect(series, [control], 56), effect(more, [control], 56)
    assert after.effect - before.effect == pytest.approx(7 * 14)
    assert after.high - after.low == pytest.approx(before.high - before.low)
    assert after.observed - after.effect == pytest.approx(after.expected)


@pytest.mark.parametrize("scale", [0.001, 1000.0])
def test_another_unit_changes_the_unit_alone(scale: float) -> None:
    series, control = counts(np.random.default_rng(2), 70, (40, 50), "walk")
    one, other = effect(series, [control], 56), effect(series * scale, [control * 3 + 5], 56)
    assert (other.effect, other.low, other.high) == pytest.approx(
        (one.effect * scale, one.low * scale, one.high * scale)
    )
    assert other.p_value == pytest.approx(one.p_value)


def test_independent_errors_give_the_interval_of_a_plain_mean() -> None:
    """With a level alone, and noise that does not last, the answer is the textbook's, a little wider."""
    noise = np.random.default_rng(3).normal(100, 10, 214)
    level = Causes(np.ones((200, 1)), np.ones((14, 1)), np.zeros(1))
    found = Forecast(np.arange(200.0), np.arange(200.0, 214.0), np.ones(14)).effect(noise[:200], noise[200:], level)
    assert found is not None
    plain = noise[200:].sum() - 14 * noise[:200].mean()
    half = 1.972 * noise[:200].std(ddof=1) * np.sqrt(14 + 14**2 / 200)
    assert found.effect == pytest.approx(plain, abs=0.1 * half)
    assert 0.95 * half < (found.high - found.low) / 2 < 1.5 * half


def test_errors_that_last_make_the_interval_wider() -> None:
    dice = np.random.default_rng(4)
    news = dice.normal(0, 10, 214)
    lasting = np.zeros(214)
    for day in range(1, 214):
        lasting[day] = 0.9 * lasting[day - 1] + news[day] * np.sqrt(1 - 0.9**2)
    level = Causes(np.ones((200, 1)), np.ones((14, 1)), np.zeros(1))
    forecast = Forecast(np.arange(200.0), np.arange(200.0, 214.0), np.ones(14))
    alone, together = (forecast.effect(each[:200], each[200:], level) for each in (news, lasting))
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_days_that_vary_more_weigh_less() -> None:
    """Twenty exact days of 10 and twenty wild ones of 50: the level is that of the exact days."""
    values = np.concatenate([np.full(20, 10.0) + np.tile([0.01, -0.01], 10), np.full(20, 50.0)])
    level = Causes(np.ones((40, 1)), np.ones((1, 1)), np.zeros(1))
    variances = np.concatenate([np.full(20, 1e-4), np.full(20, 1e4), [1.0]])
    found = Forecast(np.arange(40.0), np.array([40.0]), np.ones(1), variances).effect(values, np.array([10.0]), level)
    assert found is not None
    assert found.expected == pytest.approx(10, abs=2)


def test_a_series_that_never_moved_has_no_interval() -> None:
    level = Causes(np.ones((40, 1)), np.ones((3, 1)), np.zeros(1))
    forecast = Forecast(np.arange(40.0), np.arange(40.0, 43.0), np.ones(3))
    assert forecast.effect(np.full(40, 5.0), np.full(3, 9.0), level) is None


def test_the_smallest_effect_that_shows_is_wider_than_half_the_interval() -> None:
    found = Effect(110, 100, 10, -4, 24, 0.2)
    assert found.detectable == pytest.approx(14 * (1.96 + 0.8416) / 1.96, rel=1e-3)
    assert (found.significant, Effect(110, 100, 10, 1, 19, 0.03).significant) == (False, True)
