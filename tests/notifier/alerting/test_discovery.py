from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from config.alert_settings import Alerting
from notifier.alerting.discovery import discovered
from notifier.alerting.outcome import Memory
from notifier.alerting.pipeline import decide
from storage.alert_records import Alert
from tests.notifier.alerting.samples import NOON, PARIS, alert


def found(*rates: float | None) -> list[Alert]:
    """An alert of each brand, as often by chance as is said, in a month."""
    return [replace(alert(f"volume_spike:brand{place}"), by_chance=rate) for place, rate in enumerate(rates)]


@pytest.mark.parametrize(
    ("rates", "tests", "told"),
    [
        ([0.09], 10, 1),
        ([0.11], 10, 0),
        ([0.11, 0.11], 10, 2),
        ([0.01, 0.18, 0.28], 10, 3),
        ([0.01, 0.21, 0.31], 10, 1),
        ([0.2, 0.24, 0.28], 10, 3),
        ([0.9, 0.9], 2, 2),
        ([0.999], 1, 1),
        ([float("inf")], 1, 0),
        ([None, None], 10, 2),
        ([None, 0.15], 10, 1),
    ],
    ids=[
        "its own part of what is accepted", "more than that", "two that are twice as often", "each with its rank",
        "a gap after the first", "the last carries the others", "all of two", "all that is accepted", "no surprise",
        "no chance in it", "what chance has no part in carries nothing",
    ],
)  # fmt: skip
def test_the_more_is_found_at_once_the_less_rare_each_must_be(rates: list[float | None], tests: int, told: int) -> None:
    assert len(discovered(found(*rates), 1.0, tests)) == told


def test_twice_as_many_false_alarms_accepted_tell_what_is_twice_as_often() -> None:
    assert [len(discovered(found(0.17), accepted, 10)) for accepted in (1.0, 2.0)] == [0, 1]


def test_the_order_does_not_matter() -> None:
    made = found(0.01, 0.18, 0.28, 0.8)

    for order in permutations(made):
        assert {one.id for one in discovered(order, 1.0, 10)} == {one.id for one in made[:3]}


def test_what_chance_explains_is_no_alert_and_leaves_no_trace() -> None:
    outcome = decide(found(0.2, 0.4), Memory({}), Alerting(), NOON, PARIS, tests=10)

    assert (outcome.decided, outcome.messages, outcome.states) == ((), (), ())


def test_what_was_told_stands_though_other_alerts_ended_that_it_was_found_beside() -> None:
    first = decide(found(0.15, 0.18), Memory({}), Alerting(), NOON, PARIS, tests=10)
    second = decide(found(0.15), Memory({s.alert.id: s for s in first.states}), Alerting(), NOON, PARIS, tests=10)

    assert len(first.messages) == 2
    assert (second.decided, len(second.states)) == ((), 2)
