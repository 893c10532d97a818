from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.day import Day
from scoring.lift.days import METRICS, Metric
from scoring.lift.forecast import Effect
from scoring.lift.measure import Measure
from storage.records import VoiceCount
from tests.scoring.lift.worlds import counts, days_of

KNOWN = 70


@pytest.fixture(scope="module")
def days() -> list[Day]:
    acme, globex, initech = counts(np.random.default_rng(8), KNOWN + 14, (60, 80, 40), "wave")
    return days_of({"acme": acme, "globex": globex, "initech": initech})


def effect(days: list[Day], metric: Metric, *controls: str) -> Effect:
    found = Measure(metric, "acme", controls).effect(days[:KNOWN], days[KNOWN:])
    assert isinstance(found, Effect)
    return found


def in_the_window(days: list[Day], **more: int) -> list[Day]:
    """Add to every day of Acme's window."""

    def raised(day: Day) -> Day:
        acme = day.of("acme")
        changed = {name: getattr(acme, name) + number for name, number in more.items()}
        return replace(day, voices={**day.voices, "acme": replace(acme, **changed)})

    return [*days[:KNOWN], *map(raised, days[KNOWN:])]


def test_mentions_are_added_up_over_the_window(days: list[Day]) -> None:
    before = effect(days, "mentions", "globex", "initech")
    after = effect(in_the_window(days, mentions=10), "mentions", "globex", "initech")
    assert before.observed == sum(day.of("acme").mentions for day in days[KNOWN:])
    assert after.effect - before.effect == pytest.approx(140)


def test_a_ratio_is_that_of_the_whole_window_and_not_the_mean_of_its_days(days: list[Day]) -> None:
    window = [day.of("acme") for day in days[KNOWN:]]
    scored = sum(one.positive + one.neutral + one.negative for one in window)
    more = in_the_window(days, positive=5)
    found = effect(more, "net_sentiment", "globex")
    assert found.observed == pytest.approx(
        (sum(one.positive - one.negative for one in window) + 5 * 14) / (scored + 5 * 14)
    )
    share = effect(days, "share_of_voice")
    credit = sum(sum(one.credit for one in day.voices.values()) for day in days[KNOWN:])
    assert share.observed == pytest.approx(sum(one.credit for one in window) / credit)


def test_better_words_move_net_sentiment_alone(days: list[Day]) -> None:
    better = in_the_window(days, positive=20)
    assert effect(better, "net_sentiment", "globex").significant
    assert effect(better, "mentions", "globex") == effect(days, "mentions", "globex")


def test_net_sentiment_needs_no_competitor(days: list[Day]) -> None:
    assert effect(in_the_window(days, positive=20), "net_sentiment").significant


def test_days_on_which_nothing_was_scored_are_passed_over(days: list[Day]) -> None:
    silent = [
        replace(day, voices={**day.voices, "acme": VoiceCount("acme")}) if place in {5, 33, KNOWN + 3} else day
        for place, day in enumerate(days)
    ]
    assert isinstance(Measure("net_sentiment", "acme", ("globex",)).effect(silent[:KNOWN], silent[KNOWN:]), Effect)


def without_sundays(days: list[Day]) -> list[Day]:
    return [day for day in days if day.day.weekday() != 6]


@pytest.mark.parametrize(
    ("metric", "known", "window", "why"),
    [
        pytest.param("mentions", slice(20), slice(70, 84), "only 20 days before it say anything", id="short"),
        pytest.param("net_sentiment", slice(70), slice(0), "nothing to take it from in the window", id="no window"),
    ],
)
def test_without_days_there_is_no_effect_and_a_reason(
    days: list[Day], metric: Metric, known: slice, window: slice, why: str
) -> None:
    found = Measure(metric, "acme", ()).effect(days[known], days[window])
    assert isinstance(found, str)
    assert why in found


def test_a_weekday_that_was_never_heard_before_cannot_be_forecast(days: list[Day]) -> None:
    found = Measure("mentions", "acme", ("globex",)).effect(without_sundays(days[:KNOWN]), days[KNOWN:])
    assert found == "no Sunday before it was heard"
    measured = Measure("mentions", "acme", ("globex",)).effect(
        without_sundays(days[:KNOWN]), without_sundays(days[KNOWN:])
    )
    assert measured == "no Sunday before it was heard" or isinstance(measured, Effect)


def test_a_brand_that_never_moved_gives_a_reason() -> None:
    still = days_of({"acme": [5.0] * 84})
    assert "it never moved" in str(Measure("mentions", "acme", ()).effect(still[:KNOWN], still[KNOWN:]))


def test_placebos_are_windows_before_and_competitors_in_the_window(days: list[Day]) -> None:
    raised = in_the_window(days, mentions=200, credit=200)
    expected = {"mentions": 3 + 2, "net_sentiment": 3 + 2, "share_of_voice": 3}  # windows end on days 70, 56 and 42
    for metric in METRICS:
        found = list(Measure(metric, "acme", ("globex", "initech")).placebos(raised[:KNOWN], raised[KNOWN:]))
        assert len(found) == expected[metric]
        assert sum(each.significant for each in found) <= 1


def test_there_are_eight_windows_of_placebos_at_most() -> None:
    (acme,) = counts(np.random.default_rng(9), 60, (50,), "none")
    days = days_of({"acme": acme})
    assert len(list(Measure("mentions", "acme", ()).placebos(days[:58], days[58:]))) == 8


def test_a_placebo_that_cannot_be_measured_does_not_count() -> None:
    (acme,) = counts(np.random.default_rng(10), 42, (50,), "none")
    days = days_of({"acme": acme, "globex": [7.0] * 42})
    assert list(Measure("mentions", "acme", ("globex",)).placebos(days[:28], days[28:])) == []
