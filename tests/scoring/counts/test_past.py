from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from scoring.counts.hours import HOUR, Hour, Window
from scoring.counts.past import past
from tests.scoring.counts.worlds import MONDAY, brand, hours_of, later, past_of

WEEKS = 8
LENGTH = WEEKS * 168
PARIS = ZoneInfo("Europe/Paris")


def expected(hours: list[Hour], start: datetime, length: float = 1, zone: str = "UTC") -> float:
    learned = past(hours, ZoneInfo(zone))
    begin = (start - learned.first) / HOUR
    return float(learned.expected(np.array([begin]), np.array([begin + length]))[0])


def steady(level: float = 20, seed: int = 1) -> list[float]:
    return [float(count) for count in np.random.default_rng(seed).poisson(level, LENGTH)]


def test_a_steady_brand_is_expected_to_go_on_as_it_was() -> None:
    assert expected(hours_of(steady()), later(LENGTH)) == pytest.approx(20, rel=0.15)


@pytest.mark.parametrize(("length", "usual"), [(0.25, 5), (1, 20), (24, 480), (168, 3360)])
def test_a_window_of_any_length_is_expected_its_part(length: float, usual: float) -> None:
    assert expected(hours_of(steady()), later(LENGTH), length) == pytest.approx(usual, rel=0.15)


def test_each_hour_of_the_week_has_its_own_expectation() -> None:
    busy = [60.0 if hour % 168 == 34 else 20.0 for hour in range(LENGTH)]  # Tuesdays at ten

    assert expected(hours_of(busy), later(LENGTH + 34)) > 45
    assert expected(hours_of(busy), later(LENGTH + 10)) == pytest.approx(20, rel=0.15)


def test_an_hour_of_the_day_is_known_before_each_of_its_weekdays_was_met() -> None:
    nights = [2.0 if hour % 24 < 6 else 30.0 for hour in range(4 * 24)]

    assert expected(hours_of(nights), later(4 * 24 + 3)) < 12  # all hours: 23


def test_the_pattern_keeps_to_local_time_when_clocks_change() -> None:
    first = datetime(2026, 2, 1, 23, tzinfo=UTC)  # Monday midnight in Paris; summer time begins on 29 March
    moments = [first + number * HOUR for number in range(LENGTH)]
    nine = [Hour(moment, 80 if moment.astimezone(PARIS).hour == 9 else 10, 1.0) for moment in moments]

    summer = datetime(2026, 3, 30, 7, tzinfo=UTC)

    assert expected(nine, summer, zone="Europe/Paris") > 60
    assert expected(nine, summer + HOUR, zone="Europe/Paris") < 20


def test_a_crisis_of_the_past_is_not_expected_again() -> None:
    calm = steady()
    crisis = [*calm]
    crisis[-200:-176] = [2000.0] * 24

    usual = expected(hours_of(calm), later(LENGTH), 24)

    assert expected(hours_of(crisis), later(LENGTH), 24) == pytest.approx(usual, rel=0.15)
    assert past_of(MONDAY, crisis).spread(24) < 0.05


def unheard(hour: Hour) -> Hour:
    return replace(hour, count=0, heard=0.0)


def half_heard(hour: Hour) -> Hour:
    return replace(hour, count=hour.count // 2, heard=0.5)


@pytest.mark.parametrize("change", [unheard, half_heard], ids=["not heard", "half heard"])
def test_what_was_not_heard_is_not_taken_for_silence(change: Callable[[Hour], Hour]) -> None:
    hours = hours_of(steady())
    gaps = [change(hour) if 48 <= number % 168 < 96 else hour for number, hour in enumerate(hours)]

    assert expected(gaps, later(LENGTH + 60)) == pytest.approx(20, rel=0.2)


def test_hours_that_are_missing_are_hours_not_heard() -> None:
    hours = hours_of(steady())
    known = [hour for number, hour in enumerate(hours) if number % 7]
    blind = [unheard(hour) if number % 7 == 0 else hour for number, hour in enumerate(hours)][1:]

    left, right = past(known, PARIS), past(blind, PARIS)

    np.testing.assert_array_equal(left.usual, right.usual)
    np.testing.assert_array_equal(left.levels, right.levels)


def test_the_past_before_a_moment_is_what_would_have_been_learned_then() -> None:
    counts = brand(np.random.default_rng(3), 5, LENGTH, 1, parts=1)
    then, whole = past_of(MONDAY, counts[:900]), past_of(MONDAY, counts).before(later(900.5))

    assert whole.length == then.length
    assert whole.spread(24) == pytest.approx(then.spread(24))
    assert whole.expected(np.array([899.0]), np.array([900.0])) == pytest.approx(
        then.expected(np.array([899.0]), np.array([900.0]))
    )


def test_a_level_that_doubled_is_followed_within_a_week() -> None:
    doubled = [20.0] * (LENGTH - 168) + [40.0] * 168

    assert expected(hours_of(doubled), later(LENGTH)) > 32


@pytest.mark.parametrize(("scatter", "low", "high"), [(0.02, 0.02, 0.06), (0.3, 0.2, 0.45)], ids=["calm", "restless"])
def test_the_spread_is_that_of_the_noise_and_of_what_was_not_foreseen(scatter: float, low: float, high: float) -> None:
    dice = np.random.default_rng(5)
    counts = dice.poisson(50 * dice.gamma(1 / scatter, scatter, LENGTH)).astype(float)

    assert low < past_of(MONDAY, counts).spread(1) < high


@pytest.mark.parametrize(
    ("start", "told"),
    [(MONDAY + timedelta(minutes=30), "no full hour"), (MONDAY, "counted twice")],
    ids=["half past", "twice"],
)
def test_hours_that_make_no_grid_are_refused(start: datetime, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        past([Hour(MONDAY, 1, 1.0), Hour(start, 1, 1.0)], PARIS)


@pytest.mark.parametrize("minutes", [10, 7 * 24 * 60 + 1])
def test_a_window_shorter_than_a_quarter_hour_or_longer_than_a_week_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="15 minutes to 7 days"):
        Window(MONDAY, MONDAY + timedelta(minutes=minutes), 1)
