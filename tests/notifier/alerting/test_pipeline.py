from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from config.alert_settings import Alerting
from notifier.alerting.outcome import AlertMessage, OverMessage
from storage.alert_records import Decided, Decision, Severity, Silence, Why
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, Looks, alert, brief, posted

SPIKE = alert("volume_spike:acme", strength=2.0)
NIGHT = Alerting(quiet_from=time(22), quiet_until=time(7))
EVENING = NOON + 8 * HOUR  # 22:00 in Paris
MORNING = NOON + 17 * HOUR  # 7:00
KEY = "alert:volume_spike:acme:2026-07-14T12:00:00+00:00"


def test_a_new_alert_is_told_once_while_it_stands() -> None:
    looks = Looks()

    outcomes = [looks.look(NOON + number * 5 * MINUTE, SPIKE) for number in range(4)]

    assert [posted(outcome) for outcome in outcomes] == [[["volume_spike:acme"]], [], [], []]
    assert [brief(outcome.noted) for outcome in outcomes] == [
        [("volume_spike:acme", "told", "new")],
        [("volume_spike:acme", "dropped", "unchanged")],
        [],
        [],
    ]
    assert [len(outcome.decided) for outcome in outcomes] == [1, 1, 1, 1]


def test_an_alert_that_gets_worse_and_one_that_grows_are_told_again_under_keys_of_their_own() -> None:
    looks = Looks()
    looks.look(NOON, SPIKE)

    worse = looks.look(NOON + HOUR, replace(SPIKE, severity=Severity.CRITICAL))
    calmer = looks.look(NOON + 2 * HOUR, SPIKE)
    worse_again = looks.look(NOON + 3 * HOUR, replace(SPIKE, severity=Severity.CRITICAL))
    grown = looks.look(NOON + 7 * HOUR, replace(SPIKE, strength=4.0))

    assert [brief(one.decided)[0][2] for one in (worse, calmer, worse_again, grown)] == [
        "worse",
        "unchanged",
        "unchanged",
        "grew",
    ]
    assert [message.key for message in (*worse.messages, *grown.messages)] == [f"{KEY}:2", f"{KEY}:3"]


def test_an_alert_that_is_not_found_for_a_while_is_over_and_its_thread_says_so() -> None:
    looks = Looks(Alerting(over_after=timedelta(minutes=30)))
    (told,) = looks.look(NOON, SPIKE).messages

    soon = looks.look(NOON + 25 * MINUTE)
    over = looks.look(NOON + 30 * MINUTE)

    assert (soon.decided, soon.messages, len(soon.states)) == ((), (), 1)
    assert over.decided == (Decided(SPIKE, Decision.RESOLVED, Why.OVER, NOON + 30 * MINUTE),)
    noted = NOON + 30 * MINUTE
    assert over.messages == (OverMessage(f"{KEY}:over", (SPIKE,), told.key, noted, since=NOON, until=NOON),)
    assert over.states == ()


def test_a_message_is_over_as_a_whole_when_nothing_that_it_told_stands_any_more() -> None:
    looks = Looks()
    one, two = alert("source_silent:rss:one"), alert("source_silent:rss:two")
    (told,) = looks.look(NOON, one, two).messages
    looks.look(NOON + 20 * MINUTE, two)

    (first,) = looks.look(NOON + 40 * MINUTE, two).messages
    (last,) = looks.look(NOON + 80 * MINUTE).messages

    assert isinstance(first, OverMessage)
    assert isinstance(last, OverMessage)
    assert (first.parent, first.alerts, first.whole) == (told.key, (one,), False)
    assert (last.parent, last.alerts, last.whole) == (told.key, (two,), True)
    assert (last.since, last.until) == (NOON, NOON + 40 * MINUTE)


def test_an_alert_that_comes_back_before_it_is_over_is_the_same_alert_and_one_after_is_a_new_one() -> None:
    looks = Looks()
    looks.look(NOON, SPIKE)

    back = looks.look(NOON + 29 * MINUTE, SPIKE)
    looks.look(NOON + 2 * HOUR)
    new = looks.look(NOON + 3 * HOUR, SPIKE)

    assert brief(back.decided) == [("volume_spike:acme", "dropped", "unchanged")]
    assert brief(new.decided) == [("volume_spike:acme", "told", "new")]
    assert [message.key for message in new.messages] == ["alert:volume_spike:acme:2026-07-14T15:00:00+00:00:1"]


def test_the_end_is_told_in_the_thread_of_the_first_telling() -> None:
    looks = Looks()
    (first,) = looks.look(NOON, SPIKE).messages
    looks.look(NOON + HOUR, replace(SPIKE, severity=Severity.CRITICAL))

    (over,) = looks.look(NOON + 2 * HOUR).messages

    assert isinstance(over, OverMessage)
    assert over.parent == first.key


def test_what_grew_while_less_severe_is_no_worse_when_it_is_as_severe_as_at_first() -> None:
    looks = Looks()
    looks.look(NOON, replace(SPIKE, severity=Severity.CRITICAL))
    grown = looks.look(NOON + 7 * HOUR, replace(SPIKE, strength=4.0))

    back = looks.look(NOON + 8 * HOUR, replace(SPIKE, severity=Severity.CRITICAL, strength=4.0))

    assert brief(grown.decided) == [("volume_spike:acme", "told", "grew")]
    assert brief(back.decided) == [("volume_spike:acme", "dropped", "unchanged")]


def test_alerts_that_one_message_told_are_over_in_one_note() -> None:
    looks = Looks()
    shift = alert("share_shift:acme")
    looks.look(NOON, SPIKE, shift)

    over = looks.look(NOON + HOUR)

    assert posted(over) == [["share_shift:acme", "volume_spike:acme"]]
    assert len(over.decided) == 2


def test_something_that_happened_is_forgotten_without_a_word() -> None:
    looks = Looks()
    looks.look(NOON, alert("keyword_hit:acme", lasting=False))

    later = looks.look(NOON + HOUR)

    assert (later.decided, later.messages, later.states) == ((), (), ())


def test_what_another_alert_explains_is_dropped_by_its_name_and_told_when_it_stands_alone() -> None:
    looks = Looks()
    drop, silent = alert("volume_drop:acme"), alert("source_silent:rss:a")

    together = looks.look(NOON, drop, silent)
    alone = looks.look(NOON + HOUR, drop)

    assert posted(together) == [["source_silent:rss:a"]]
    assert Decided(drop, Decision.DROPPED, Why.INHIBITED, NOON, "source_silent:rss:a") in together.decided
    assert brief(alone.noted)[0] == ("volume_drop:acme", "told", "new")


def test_a_silence_drops_alerts_and_their_ends_by_its_number() -> None:
    looks = Looks()
    looks.look(NOON, SPIKE)
    looks.silences = [Silence(7, NOON, NOON + 5 * HOUR, rule="volume_spike")]

    grown = looks.look(NOON + HOUR, replace(SPIKE, severity=Severity.CRITICAL))
    over = looks.look(NOON + 2 * HOUR)

    assert grown.messages == over.messages == ()
    assert [(one.decision.value, one.detail) for one in (*grown.decided, *over.decided)] == [
        ("dropped", "silence 7 until 14 July 2026, 19:00"),
        ("resolved", "silence 7 until 14 July 2026, 19:00"),
    ]


def test_what_stands_when_a_silence_ends_is_told() -> None:
    looks = Looks(silences=[Silence(7, NOON, NOON + HOUR, brand="acme")])

    told = [posted(looks.look(NOON + hours * HOUR, SPIKE)) for hours in (0, 1)]

    assert told == [[], [["volume_spike:acme"]]]


def test_in_quiet_hours_only_what_is_critical_is_told_and_the_rest_in_the_morning_if_it_still_stands() -> None:
    looks = Looks(NIGHT)
    fire, passing = alert("negative_surge:globex", Severity.CRITICAL), alert("share_shift:acme")

    night = looks.look(EVENING, SPIKE, fire, passing)
    looks.look(MORNING - 5 * MINUTE, SPIKE, fire)
    morning = looks.look(MORNING, SPIKE, fire)

    assert posted(night) == [["negative_surge:globex"]]
    assert Decided(SPIKE, Decision.HELD, Why.QUIET_HOURS, EVENING, "until 15 July 2026, 07:00") in night.decided
    assert posted(morning) == [["volume_spike:acme"]]


def test_what_was_held_and_is_over_before_it_was_told_is_noted_and_not_told() -> None:
    looks = Looks(NIGHT)
    looks.look(EVENING, SPIKE)

    over = looks.look(EVENING + HOUR)

    assert over.messages == ()
    assert over.noted == (Decided(SPIKE, Decision.RESOLVED, Why.OVER, EVENING + HOUR, "it was not told"),)


def test_something_that_happened_at_night_is_told_in_the_morning_though_it_is_found_only_once() -> None:
    looks = Looks(NIGHT)
    hit = alert("keyword_hit:acme", lasting=False)

    told = [posted(looks.look(at, *found)) for at, found in ((EVENING, [hit]), (EVENING + HOUR, []), (MORNING, []))]

    assert told == [[], [], [["keyword_hit:acme"]]]
    assert posted(looks.look(MORNING + 5 * MINUTE)) == []


def test_what_was_held_and_is_found_again_is_told_as_it_is_now() -> None:
    looks = Looks(NIGHT)
    looks.look(EVENING, alert("keyword_hit:acme", lasting=False, strength=9.0))

    (message,) = looks.look(MORNING, alert("keyword_hit:acme", lasting=False, strength=1.0)).messages

    assert isinstance(message, AlertMessage)
    assert message.cases[0].alert.strength == 1.0


@pytest.mark.parametrize(
    ("severity", "expected"), [(Severity.WARNING, MORNING), (Severity.CRITICAL, EVENING + 2 * HOUR)]
)
def test_the_end_of_what_was_told_waits_for_the_morning_unless_it_was_critical(
    severity: Severity, expected: object
) -> None:
    looks = Looks(NIGHT)
    looks.look(EVENING - 5 * MINUTE, alert(severity=severity))

    ends = [looks.look(at) for at in (EVENING + 2 * HOUR, MORNING)]

    assert [message.at for end in ends for message in end.messages if isinstance(message, OverMessage)] == [expected]


def test_over_the_budget_the_most_severe_are_told_and_the_last_message_says_how_many_wait() -> None:
    looks = Looks(Alerting(per_hour=2))
    found = [alert(f"volume_spike:brand{number}") for number in range(4)]
    found += [alert("share_shift:brand3"), alert("volume_spike:fire", Severity.CRITICAL)]

    first = looks.look(NOON, *found)
    second = looks.look(NOON + 55 * MINUTE, *found)
    third = looks.look(NOON + 60 * MINUTE, *found)

    assert posted(first) == [["volume_spike:fire"], ["share_shift:brand3", "volume_spike:brand3"]]
    assert [message.waiting for message in first.messages if isinstance(message, AlertMessage)] == [0, 3]
    held = [one for one in first.decided if one.decision is Decision.HELD]
    assert {(one.why, one.detail) for one in held} == {(Why.OVER_BUDGET, "2 messages an hour")}
    assert posted(second) == []
    assert {one.why for one in second.noted} == {Why.UNCHANGED}  # that others still wait is no news
    assert posted(third) == [["volume_spike:brand0"], ["volume_spike:brand1"]]
    assert [message.waiting for message in third.messages if isinstance(message, AlertMessage)] == [0, 1]
