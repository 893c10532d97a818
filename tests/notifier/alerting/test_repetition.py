from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from config.alert_settings import Alerting
from notifier.alerting.repetition import distinct, reason_to_tell
from storage.alert_records import AlertState, Decision, Severity, Why
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, alert

SETTINGS = Alerting(repeat=timedelta(hours=6), grown=2.0)


def told(ago: timedelta, strength: float = 3.0, severity: Severity = Severity.WARNING) -> AlertState:
    at = NOON - ago
    return AlertState(alert(), at, at, Decision.TOLD, Why.NEW, 1, at, strength, severity, "alert:1")


HELD = AlertState(alert(), NOON - HOUR, NOON - HOUR, Decision.HELD, Why.QUIET_HOURS)


@pytest.mark.parametrize(
    ("state", "severity", "strength", "expected"),
    [
        (None, Severity.INFO, 0.0, Why.NEW),
        (HELD, Severity.INFO, 0.0, Why.NEW),
        (told(5 * MINUTE), Severity.WARNING, 3.0, Why.UNCHANGED),
        (told(5 * MINUTE), Severity.CRITICAL, 3.0, Why.WORSE),
        (told(5 * MINUTE), Severity.INFO, 3.0, Why.UNCHANGED),
        (told(6 * HOUR), Severity.WARNING, 6.0, Why.GREW),
        (told(6 * HOUR), Severity.WARNING, 5.9, Why.UNCHANGED),
        (told(6 * HOUR - MINUTE), Severity.WARNING, 60.0, Why.UNCHANGED),
        (told(60 * HOUR), Severity.WARNING, 3.0, Why.UNCHANGED),
        (told(60 * HOUR, strength=0.0), Severity.WARNING, 0.0, Why.UNCHANGED),
        (told(60 * HOUR, strength=0.0), Severity.WARNING, 9.0, Why.UNCHANGED),
    ],
    ids=[
        "never seen", "held so far", "just told", "more severe", "less severe", "twice as strong",
        "not twice as strong", "twice as strong too soon", "as strong for days", "a rule without strength",
        "a strength out of nothing",
    ],
)  # fmt: skip
def test_an_alert_is_told_again_only_when_there_is_something_new_about_it(
    state: AlertState | None, severity: Severity, strength: float, expected: Why
) -> None:
    found = alert(severity=severity, strength=strength)

    assert reason_to_tell(found, state, SETTINGS, NOON) is expected


def test_of_several_with_one_id_the_most_severe_counts_then_the_strongest_in_any_order() -> None:
    mild, strong = alert(severity=Severity.INFO, strength=99.0), alert(severity=Severity.WARNING, strength=5.0)
    weak, other = alert(severity=Severity.WARNING, strength=1.0), alert("volume_drop:acme")

    for order in permutations([mild, strong, weak, other]):
        assert distinct(order) == [other, strong]
