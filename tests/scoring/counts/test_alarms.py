from datetime import timedelta

import numpy as np
import pytest

from scoring.counts.alarms import Sensitivity, a_month, bar, episodes, rarity

HOUR = timedelta(hours=1)
MINUTES = timedelta(minutes=5)


def test_windows_side_by_side_are_counted_as_they_are() -> None:
    assert a_month(np.array([0.001]), timedelta(hours=24), timedelta(hours=24))[0] == pytest.approx(0.03)


def test_looking_oftener_meets_more_surprises_but_fewer_than_there_are_looks() -> None:
    chance = np.array([1e-4])
    hourly, often = (float(a_month(chance, HOUR, every)[0]) for every in (HOUR, MINUTES))

    assert hourly == pytest.approx(720e-4)
    assert hourly < often < 12 * hourly


def test_the_rarer_the_chance_the_rarer_the_month() -> None:
    rates = a_month(np.array([0.1, 1e-2, 1e-4, 1e-8, 1e-40, 0.0]), HOUR, MINUTES)

    assert np.all(np.diff(rates) < 0)


@pytest.mark.parametrize(
    ("direction", "count", "usual", "surprising"),
    [
        ("up", 4, 0.1, False),
        ("up", 6, 0.1, True),
        ("down", 0, 4.0, False),
        ("down", 0, 20.0, True),
        ("up", 0, 20, False),
    ],
    ids=["below the floor", "above it", "nothing to drop", "a drop", "a drop is no spike"],
)
def test_small_counts_surprise_nobody(direction: str, count: float, usual: float, surprising: bool) -> None:
    found = rarity(np.array([count]), np.array([usual]), np.array([0.05]), HOUR, MINUTES, direction)  # type: ignore[arg-type]  # a table

    assert bool(np.isfinite(found[0])) is surprising


def test_surprises_within_a_day_are_one_episode_with_its_rarest() -> None:
    rates = np.full(200, np.inf)
    rates[[10, 12, 30, 40, 150]] = [0.5, 0.1, 0.3, 2.0, 4.0]

    assert episodes(rates) == (0.1, 2.0, 4.0)


@pytest.mark.parametrize(
    ("each", "months", "seen", "limit"),
    [
        (1, 0, [], 1 / 1.5),
        (3, 0, [], 3 / 1.5),
        (1, 2, [5.0, 9.0], 2.0),
        (1, 2, [1e-9], 2 / 1.5),
        (1, 2, [1e-9, 1e-6, 1e-3, 1e-2], 1e-3),
        (0.1, 0, [], 0.1 / 1.5),
        (0.1, 2, [1e-9], 0.1 * 2 / 1.5),
    ],
    ids=["no past", "accepting more", "a calm past", "one crisis", "restless", "accepting less", "less, one crisis"],
)
def test_the_bar_lies_where_past_and_model_come_to_what_is_accepted(
    each: float, months: float, seen: list[float], limit: float
) -> None:
    assert bar(each, months, seen) == pytest.approx(limit)


@pytest.mark.parametrize(("accepted", "shared_by"), [(0, 1), (-1, 1), (1, 0)])
def test_a_sensitivity_that_cannot_be_is_refused(accepted: float, shared_by: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Sensitivity(accepted, shared_by)


def test_brands_and_rules_share_what_is_accepted() -> None:
    assert Sensitivity(2, 40).each == pytest.approx(0.05)
