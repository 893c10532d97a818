from __future__ import annotations

import numpy as np
import pytest

from scoring.counts.discoveries import bound, chance, expected_false, level

DAYS = 4000


def stepped_up(rates: np.ndarray, accepted: float) -> np.ndarray:
    """Which of a day's surprises are told."""
    return rates <= bound(rates.tolist(), accepted, len(rates))


def quiet(dice: np.random.Generator, brands: int) -> np.ndarray:
    """How often a month chance brings what it brought to each brand on one day, at its rarest."""
    return np.asarray(-30 * np.log1p(-dice.random(brands)))


@pytest.mark.parametrize(("accepted", "brands"), [(1.0, 1), (1.0, 200), (3.0, 50), (10.0, 200), (30.0, 5)])
def test_quiet_days_bring_as_many_false_alarms_a_month_as_are_accepted(accepted: float, brands: int) -> None:
    dice = np.random.default_rng(7)

    told = sum(int(stepped_up(quiet(dice, brands), accepted).sum()) for _ in range(DAYS)) / DAYS

    days_with = brands * -np.expm1(-accepted / brands / 30)
    spread = 4 * np.sqrt(days_with / (1 - level(accepted, brands)) ** 2 / DAYS)
    assert told == pytest.approx(days_with, abs=spread)


@pytest.mark.parametrize("accepted", [1.0, 3.0, 10.0])
def test_no_larger_share_of_a_days_alerts_is_false_than_the_level(accepted: float) -> None:
    """200 brands, of which up to 29 have a real spike."""
    dice = np.random.default_rng(7)
    shares = []
    for _ in range(DAYS):
        rates, real = quiet(dice, 200), int(dice.integers(0, 30))
        rates[:real] *= 10.0 ** -dice.integers(2, 7, real)
        told = stepped_up(rates, accepted)
        shares.append(told[real:].sum() / max(told.sum(), 1))

    assert np.mean(shares) <= level(accepted, 200) + 4 * np.std(shares) / np.sqrt(DAYS)


def test_one_test_is_held_to_what_is_accepted_and_many_to_their_part() -> None:
    assert bound([], 1.0, 1) == pytest.approx(1.0)
    assert bound([], 4.0, 1) == pytest.approx(4.0)
    assert bound([], 1.0, 200) == pytest.approx(1 / 200, rel=0.1)
    assert bound([0.0, 0.0, 0.0], 1.0, 200) == pytest.approx(3 * bound([], 1.0, 200), rel=0.01)


def test_the_level_is_small_where_little_is_accepted_and_never_all() -> None:
    levels = [level(accepted, 200) for accepted in (0.1, 1, 3, 10, 100)]

    assert levels[1] == pytest.approx(0.0313, abs=0.001)
    assert levels == sorted(levels)
    assert levels[0] > 0
    assert levels[-1] < 1


@pytest.mark.parametrize(("share", "tests", "expected"), [(0.1, 1, 0.1), (0.1, 2, 0.11), (0.2, 10**6, 0.2 / 0.64)])
def test_what_a_quiet_day_brings_is_known_for_one_for_two_and_for_many(
    share: float, tests: int, expected: float
) -> None:
    assert expected_false(share, tests) == pytest.approx(expected, rel=1e-4)


def test_what_never_surprises_is_certain_on_a_day_and_what_comes_daily_is_usual() -> None:
    assert [round(chance(rate), 3) for rate in (0.0, 30.0, float("inf"))] == [0.0, 0.632, 1.0]
