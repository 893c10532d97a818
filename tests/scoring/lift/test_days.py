from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from scoring.day import Day
from scoring.lift.days import causes, numbers, series
from storage.records import VoiceCount
from tests.scoring.lift.worlds import MONDAY, days_of

TWO_DAYS = [
    Day(
        MONDAY,
        {
            "acme": VoiceCount("acme", 6, 4.5, positive=3, negative=1, neutral=0, unscored=2),
            "globex": VoiceCount("globex", 2, 1.5, negative=1),
        },
        {"rss:a": 1.0, "rss:b": 0.5},
    ),
    Day(MONDAY + timedelta(days=1), {"globex": VoiceCount("globex", 4, 4.0, positive=1, negative=3)}, {}),
]


def test_mentions_are_counted_and_silence_is_zero() -> None:
    found = series(TWO_DAYS, "mentions", ["acme"])
    assert (found.values.tolist(), found.sizes, found.known().tolist()) == ([6, 0], None, [True, True])


def test_net_sentiment_is_taken_over_scored_mentions_and_unknown_without() -> None:
    found = series(TWO_DAYS, "net_sentiment", ["acme"])
    assert found.sizes is not None
    assert (found.values[0], found.sizes.tolist(), found.known().tolist()) == (0.5, [4, 0], [True, False])


def test_net_sentiment_of_several_is_that_of_all_their_mentions() -> None:
    found = series(TWO_DAYS, "net_sentiment", ["acme", "globex"])
    assert found.values.tolist() == pytest.approx([1 / 5, -2 / 4])


def test_share_of_voice_is_taken_over_the_credit_of_all_brands() -> None:
    found = series(TWO_DAYS, "share_of_voice", ["acme"])
    assert found.sizes is not None
    assert (found.values.tolist(), found.sizes.tolist()) == ([0.75, 0.0], [6.0, 4.0])


def test_a_day_was_heard_as_well_as_its_queries_on_the_mean() -> None:
    assert [day.listened for day in TWO_DAYS] == [0.75, 0.0]


def test_days_are_numbers_a_day_apart() -> None:
    assert np.diff(numbers([TWO_DAYS[0], TWO_DAYS[1]])).tolist() == [1.0]


def test_what_explains_a_series_is_level_weekday_trend_and_controls() -> None:
    days = days_of({"acme": [1.0] * 35})
    control = np.arange(35.0) ** 2
    found = causes(days[:28], days[28:], [(control[:28], control[28:])])
    table = np.concatenate([found.history, found.window])
    assert table.shape == (35, 1 + 6 + 1 + 1)
    assert set(table[:, 0]) == {1.0}
    assert table[:7, 1:7].tolist() == [*np.eye(6).tolist(), [-1.0] * 6]
    assert table[:28, 7].mean() == pytest.approx(0)
    assert table[28, 7] - table[0, 7] == pytest.approx(1)  # a slope of 1 moves it by 1 over the history
    assert (table[:28, 8].mean(), table[:28, 8].std()) == (pytest.approx(0), pytest.approx(1))
    assert found.held.tolist() == [0, 0, 0, 0, 0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    "controls",
    [
        pytest.param([np.full(35, 7.0)], id="one that stands still"),
        pytest.param([np.arange(35) % 7 * 1.0], id="one that is nothing but weekdays"),
    ],
)
def test_a_control_that_explains_nothing_of_its_own_is_left_out(controls: list[np.ndarray]) -> None:
    days = days_of({"acme": [1.0] * 35})
    found = causes(days[:28], days[28:], [(control[:28], control[28:]) for control in controls])
    assert found.history.shape[1] == 8


def test_a_control_that_stands_there_twice_counts_once() -> None:
    days = days_of({"acme": [1.0] * 35})
    control = np.arange(35.0) ** 2
    found = causes(days[:28], days[28:], [(control[:28], control[28:]), (2 * control[:28], 2 * control[28:])])
    assert found.history.shape[1] == 9
