from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from config.alert_settings import Alerting
from notifier.alerting.outcome import AlertMessage, Outcome
from storage.alert_records import Severity, Silence
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, Looks, alert, brief, posted

FIRE = alert("volume_spike:acme", Severity.CRITICAL, strength=2.0)
NAME = "volume_spike:acme"
BOSS = Alerting(escalate_to="C0BOSSES00", escalate_mention=("U0ANN00000", "U0BOB00000"))


def letters(outcome: Outcome) -> list[AlertMessage]:
    return [message for message in outcome.messages if isinstance(message, AlertMessage)]


def test_a_critical_alert_that_nobody_takes_care_of_is_told_once_more_elsewhere_and_never_again() -> None:
    looks = Looks(BOSS)
    looks.look(NOON, FIRE)

    soon, then, *later = (looks.look(NOON + minutes * MINUTE, FIRE) for minutes in (29, 30, 35, 120, 600))

    assert letters(soon) == []
    (message,) = letters(then)
    assert (message.to, message.mentions) == ("C0BOSSES00", ("U0ANN00000", "U0BOB00000"))
    assert message.key == "alert:volume_spike:acme:2026-07-14T12:00:00+00:00:escalated"
    assert brief(then.noted) == [(NAME, "told", "escalated")]
    assert [posted(outcome) for outcome in later] == [[], [], []]
    assert looks.states[NAME].escalated_at == NOON + 30 * MINUTE


def test_nothing_is_escalated_unless_the_config_says_to_whom() -> None:
    looks = Looks(Alerting())
    looks.look(NOON, FIRE)

    assert letters(looks.look(NOON + 5 * HOUR, FIRE)) == []


def test_people_are_mentioned_where_all_alerts_go_when_there_is_no_other_channel() -> None:
    looks = Looks(Alerting(escalate_mention=("U0ANN00000",)))
    looks.look(NOON, FIRE)

    (message,) = letters(looks.look(NOON + HOUR, FIRE))

    assert (message.to, message.mentions) == (None, ("U0ANN00000",))


def test_what_somebody_takes_care_of_or_wants_silent_is_not_escalated_until_the_silence_ends() -> None:
    taken, hushed = Looks(BOSS), Looks(BOSS, silences=[Silence(1, NOON, NOON + 2 * HOUR)])
    taken.look(NOON, FIRE)
    hushed.silences.clear()
    hushed.look(NOON, FIRE)
    taken.acknowledge(NAME, NOON + 10 * MINUTE)
    hushed.silences.append(Silence(1, NOON + MINUTE, NOON + 2 * HOUR))

    assert brief(taken.look(NOON + HOUR, FIRE).decided) == [(NAME, "dropped", "acknowledged")]
    assert brief(hushed.look(NOON + HOUR, FIRE).decided) == [(NAME, "dropped", "silenced")]
    assert letters(taken.look(NOON + 3 * HOUR, FIRE)) == []
    assert brief(hushed.look(NOON + 3 * HOUR, FIRE).decided) == [(NAME, "told", "escalated")]


@pytest.mark.parametrize(
    ("least", "severity", "escalated"),
    [
        ("critical", Severity.WARNING, False),
        ("warning", Severity.WARNING, True),
        ("warning", Severity.INFO, False),
        ("info", Severity.INFO, True),
        ("info", Severity.CRITICAL, True),
    ],
)
def test_only_what_is_severe_enough_is_escalated(least: str, severity: Severity, escalated: bool) -> None:
    looks = Looks(BOSS.model_copy(update={"escalate_from": least}))
    looks.look(NOON, replace(FIRE, severity=severity))

    assert bool(letters(looks.look(NOON + HOUR, replace(FIRE, severity=severity)))) is escalated


def test_the_wait_begins_anew_when_it_is_told_again_as_it_got_worse() -> None:
    looks = Looks(BOSS)
    looks.look(NOON, replace(FIRE, severity=Severity.WARNING))
    looks.look(NOON + HOUR, FIRE)

    assert brief(looks.look(NOON + HOUR + 29 * MINUTE, FIRE).decided) == [(NAME, "dropped", "unchanged")]
    assert brief(looks.look(NOON + HOUR + 30 * MINUTE, FIRE).decided) == [(NAME, "told", "escalated")]


def test_what_was_never_told_or_is_over_is_not_escalated_and_what_comes_again_may_be() -> None:
    looks = Looks(BOSS, silences=[Silence(1, NOON, NOON + HOUR)])
    looks.look(NOON, FIRE)
    new = looks.look(NOON + HOUR, FIRE)
    gone = looks.look(NOON + 2 * HOUR)
    again = [looks.look(NOON + (3 + number) * HOUR, FIRE) for number in range(3)]

    assert brief(new.decided) == [(NAME, "told", "new")]
    assert brief(gone.decided) == [(NAME, "resolved", "over")]
    assert [brief(each.decided)[0][1:] for each in again] == [
        ("told", "new"),
        ("told", "escalated"),
        ("dropped", "unchanged"),
    ]


def test_something_that_happened_is_escalated_though_it_is_found_only_once() -> None:
    leak = alert("keyword_hit:acme/leak", Severity.CRITICAL, lasting=False)
    looks = Looks(BOSS.model_copy(update={"escalate_after": 2 * HOUR}))
    taken = Looks(looks.settings)
    for each in (looks, taken):
        each.look(NOON, leak)
    taken.acknowledge(leak.id, NOON + HOUR)

    told = [[posted(each.look(NOON + hours * HOUR)) for hours in (1, 2, 3, 4)] for each in (looks, taken)]

    assert told == [[[], [["keyword_hit:acme/leak"]], [], []], [[], [], [], []]]
    assert looks.states == {}


def test_what_another_alert_explains_is_escalated_by_that_one_alone() -> None:
    looks = Looks(Alerting(escalate_mention=("U0ANN00000",), escalate_from="warning"))
    part, whole = alert("volume_spike:acme/rss:a", Severity.WARNING), alert("volume_spike:acme", Severity.WARNING)
    looks.look(NOON, part)
    looks.look(NOON + 5 * MINUTE, part, whole)

    assert posted(looks.look(NOON + 40 * MINUTE, part, whole)) == [["volume_spike:acme"]]


def test_by_night_only_what_is_critical_is_escalated_and_the_rest_in_the_morning() -> None:
    night = BOSS.model_copy(
        update={"escalate_from": "warning", "quiet_from": time(14, 20), "quiet_until": time(18)}
    )  # from 12:20 UTC on
    looks = Looks(night)
    warning = alert("volume_spike:globex", Severity.WARNING)
    looks.look(NOON, FIRE, warning)

    quiet = looks.look(NOON + 30 * MINUTE, FIRE, warning)
    morning = looks.look(NOON + 4 * HOUR, FIRE, warning)

    assert brief(quiet.noted) == [
        ("volume_spike:globex", "held", "quiet_hours"),
        (NAME, "told", "escalated"),
    ]
    assert brief(morning.noted)[-1] == ("volume_spike:globex", "told", "escalated")


def test_each_channel_has_its_own_budget_and_what_is_over_it_waits() -> None:
    looks = Looks(BOSS.model_copy(update={"per_hour": 2}))
    fires = [alert(f"volume_spike:brand{number}", Severity.CRITICAL) for number in range(3)]
    first = looks.look(NOON, *fires)
    second = looks.look(NOON + HOUR, *fires)

    assert [len(letters(first)), len(letters(second))] == [2, 3]
    assert [message.to for message in letters(second)] == [None, "C0BOSSES00", "C0BOSSES00"]
    last = looks.look(NOON + 90 * MINUTE, *fires)
    assert brief(last.noted)[-1] == ("volume_spike:brand2", "held", "over_budget")
    assert brief(looks.look(NOON + 2 * HOUR, *fires).noted) == [("volume_spike:brand2", "told", "escalated")]


def test_an_escalation_stands_in_a_message_of_its_own() -> None:
    looks = Looks(Alerting(escalate_mention=("U0ANN00000",), per_hour=9))
    looks.look(NOON, FIRE)

    outcome = looks.look(NOON + HOUR, FIRE, alert("share_shift:acme"))

    assert sorted(
        (message.mentions, posted(replace(outcome, messages=(message,)))[0]) for message in letters(outcome)
    ) == [
        ((), ["share_shift:acme"]),
        (("U0ANN00000",), [NAME]),
    ]


def test_waiting_no_time_escalates_at_the_next_look() -> None:
    looks = Looks(BOSS.model_copy(update={"escalate_after": timedelta(0)}))

    assert [posted(looks.look(NOON + minutes * MINUTE, FIRE)) for minutes in (0, 5, 10)] == [[[NAME]], [[NAME]], []]
