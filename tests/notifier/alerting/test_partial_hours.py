"""An episode is told once, whatever parts of hours are looked at: what a part shows, the rest of the hour may hide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.alert_settings import Alerting
from notifier.registry import rule_alone
from scoring.habits import Habits, Measure
from scoring.heard_hour import HeardHour
from scoring.watch import Watch, WatchedBrand
from storage.alert_records import Alert, Decision, Why
from storage.records import VoiceCount
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, PARIS, Looks

QUIET = 400  # hours before NOON, each with 20 mentions
DAY = 24 * HOUR

Minutes = Sequence[int]  # in which the mentions of an hour come


def seen_at(now: datetime, hours: Sequence[Minutes], habits: Habits) -> Watch:
    """What is known at a moment of hours that begin at NOON; every mention is negative."""
    known = [HeardHour(NOON - ago * HOUR, VoiceCount("acme", 20, negative=20), 1.0) for ago in range(QUIET, 0, -1)]
    for place, minutes in enumerate(hours):
        start = NOON + place * HOUR
        count = sum(start + minute * MINUTE < now for minute in minutes)
        if start < now:
            known.append(HeardHour(start, VoiceCount("acme", count, negative=count), 1.0))
    return Watch(now, PARIS, (WatchedBrand("acme", "Acme", "own", known),), habits=habits)


def replayed(
    rule: str, hours: Sequence[Minutes], at: Sequence[timedelta]
) -> tuple[list[datetime], list[tuple[datetime, Alert]]]:
    """Look at these times after NOON. Gives when the alert was told as a new one, and what each look found."""
    habits, made = Habits(), rule_alone(rule)
    whole = seen_at(NOON + len(hours) * HOUR, hours, habits).brands[0].hours
    for measure in Measure:
        habits.learn("acme", whole, measure, PARIS)
    looks = Looks(Alerting())
    told: list[datetime] = []
    seen: list[tuple[datetime, Alert]] = []
    for after in at:
        found = list(made.evaluate(seen_at(NOON + after, hours, habits)))
        seen += [(NOON + after, alert) for alert in found]
        outcome = looks.look(NOON + after, *found)
        told += [one.at for one in outcome.decided if (one.decision, one.why) == (Decision.TOLD, Why.NEW)]
    return told, seen


BURST = [minute for minute in range(20) for _ in range(2)]  # twice as many as an hour has, in its first 20 minutes
EVEN = [3 * number for number in range(20)]


@pytest.mark.parametrize("between", [1, 2, 20])
def test_a_burst_that_only_parts_of_hours_show_is_told_once_a_day(between: int) -> None:
    early = [minute // 2 for minute in range(20)]  # as many as ever, all in the first ten minutes
    hours = [early, *[EVEN] * between, early, *[EVEN] * 2]
    looks = [number * 5 * MINUTE for number in range(1, 12 * len(hours))]

    told, seen = replayed("volume_spike", hours, looks)

    assert all(alert.window.end.minute for _, alert in seen), "no hour that is over is a surprise"
    assert len({alert.window.start for _, alert in seen}) == 2
    assert len(told) == 1


def test_an_alarm_of_a_part_of_an_hour_is_over_a_day_later_and_may_come_again() -> None:
    early = [minute // 2 for minute in range(20)]
    hours = [early, *[EVEN] * 30, early]
    looks = [number * 5 * MINUTE for number in range(1, 12 * len(hours))]

    told, _ = replayed("volume_spike", hours, looks)

    assert len(told) == 2
    assert told[1] - told[0] == 31 * HOUR


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["volume_spike", "negative_surge", "volume_drop"]),
    st.lists(
        st.one_of(st.just(EVEN), st.just(BURST), st.just([]), st.lists(st.integers(0, 59), min_size=10, max_size=60)),
        min_size=1,
        max_size=60,
    ),
    st.lists(st.sampled_from([5, 5, 20, 35, 60, 400]), min_size=5, max_size=60),
)
def test_between_two_tellings_lies_a_day_without_surprise(rule: str, hours: list[list[int]], pauses: list[int]) -> None:
    at = [sum(pauses[: number + 1]) * MINUTE for number in range(len(pauses))]
    looks = [each for each in at if each <= len(hours) * HOUR]

    told, seen = replayed(rule, hours, looks)

    for again in told[1:]:
        latest = max(alert.window.end for looked, alert in seen if looked < again)
        assert latest + DAY <= again
