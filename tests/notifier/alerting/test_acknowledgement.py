from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from config.alert_settings import Alerting
from notifier.alerting.outcome import OverMessage
from storage.alert_records import Severity
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, Looks, alert, brief

SPIKE = alert("volume_spike:acme", strength=2.0)
NAME = "volume_spike:acme"


def test_an_alert_that_somebody_takes_care_of_is_not_told_again_because_it_grew() -> None:
    looks = Looks()
    looks.look(NOON, SPIKE)
    looks.acknowledge(NAME, NOON + 5 * MINUTE, by="Ann")

    same = looks.look(NOON + 10 * MINUTE, SPIKE)
    grown = looks.look(NOON + 7 * HOUR, replace(SPIKE, strength=9.0))

    assert brief(same.noted) == [(NAME, "dropped", "acknowledged")]
    assert same.noted[0].detail == "by Ann on 14 July 2026, 14:05"
    assert (brief(grown.decided), grown.noted, grown.messages) == ([(NAME, "dropped", "acknowledged")], (), ())


def test_when_it_gets_worse_it_is_told_again_and_waits_for_a_new_acknowledgement() -> None:
    looks = Looks()
    looks.look(NOON, SPIKE)
    looks.acknowledge(NAME, NOON + 5 * MINUTE)
    critical = replace(SPIKE, severity=Severity.CRITICAL)

    worse = looks.look(NOON + HOUR, critical)
    after = looks.look(NOON + 2 * HOUR, critical)
    looks.acknowledge(NAME, NOON + 2 * HOUR)
    again = looks.look(NOON + 3 * HOUR, critical)

    assert [brief(each.decided)[0][1:] for each in (worse, after, again)] == [
        ("told", "worse"),
        ("dropped", "unchanged"),
        ("dropped", "acknowledged"),
    ]
    assert again.decided[0].detail == "by somebody without name on 14 July 2026, 16:00"


def test_the_acknowledgement_ends_with_the_alert_whose_end_is_told() -> None:
    looks = Looks()
    looks.look(NOON, SPIKE)
    looks.acknowledge(NAME, NOON + 5 * MINUTE)

    over = looks.look(NOON + HOUR)
    new = looks.look(NOON + 2 * HOUR, SPIKE)

    assert [type(message) for message in over.messages] == [OverMessage]
    assert brief(new.decided) == [(NAME, "told", "new")]


@pytest.mark.parametrize("hours", [0, 1], ids=["over the budget", "in quiet hours"])
def test_what_was_not_told_yet_is_told_once_though_somebody_takes_care_of_it(hours: int) -> None:
    night = Alerting(quiet_from=time(14), quiet_until=time(15), per_hour=1)
    looks = Looks(night, told=[NOON + 50 * MINUTE])
    looks.look(NOON + hours * HOUR, SPIKE)
    looks.acknowledge(NAME, NOON + 1.1 * HOUR)

    outcomes = [looks.look(NOON + 2 * HOUR + number * MINUTE, SPIKE) for number in range(3)]

    assert [len(outcome.messages) for outcome in outcomes] == [1, 0, 0]
