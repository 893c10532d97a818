from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from notifier.alerting.catch_up_message import MESSAGES, render_catch_up
from notifier.alerting.catching_up import CatchUpMessage, catch_up, overdue
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.mrkdwn import Special, specials_of_message
from storage.alert_records import Alert, AlertState, Decided, Decision, Severity, Why
from storage.records import Delivery, DeliveryState
from tests.notifier.alerting.samples import HOUR, MINUTE, NOON, PARIS, alert

SINCE = NOON - 3 * HOUR


def waits(key: str, ago: int = 60, **changes: object) -> Delivery:
    """A message that was made so many minutes ago."""
    made = Delivery(key, "slack", {"text": key}, NOON - ago * MINUTE)
    return replace(made, **changes)  # type: ignore[arg-type]  # any field, by its name


def merged(pending: Sequence[Delivery], now: datetime = NOON) -> list[tuple[str, list[str], list[str]]]:
    return [
        (one.channel, [each.key for each in one.opened], [each.key for each in one.answers])
        for one in overdue(pending, now)
    ]


def test_messages_that_wait_for_one_channel_become_one_with_the_answers_to_them() -> None:
    pending = [
        waits("alert:a:1"),
        waits("alert:b:1", 1),
        waits("alert:a:over", 1, parent="alert:a:1"),
        waits("alert:z:over", 1, parent="alert:z:1"),
        waits("digest:day#1"),
        waits("alert:c:escalated", channel="slack:bosses"),
    ]

    assert merged(pending) == [("slack", ["alert:a:1", "alert:b:1"], ["alert:a:over"])]


@pytest.mark.parametrize(
    "pending",
    [
        [],
        [waits("alert:a:1")],
        [waits("alert:a:1", 9), waits("alert:b:1", 9)],
        [waits("alert:a:1"), waits("alert:b:1", sending_since=NOON)],
        [waits("alert:a:1"), waits("alert:b:1", state=DeliveryState.SENDING)],
        [waits("alert:a:1"), waits("alert:b:1", state=DeliveryState.BLOCKED)],
        [waits("alert:a:1"), waits("alert:b:1", channel="slack:bosses")],
        [waits("digest:a#1"), waits("digest:b#1")],
    ],
    ids=[
        "nothing", "one", "not for long", "may have arrived", "under way", "a person must help", "two channels",
        "digests",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is(pending: list[Delivery]) -> None:
    assert merged(pending) == []


def told(one: Alert, hours_ago: float, why: Why = Why.NEW) -> Decided:
    return Decided(one, Decision.TOLD, why, NOON - hours_ago * HOUR)


def stands(one: Alert, since: datetime = SINCE) -> AlertState:
    return AlertState(one, since, NOON, Decision.DROPPED, Why.UNCHANGED, told=1, told_at=since)


SPIKE, FIRE = alert("volume_spike:acme"), alert("negative_surge:acme", Severity.CRITICAL)
PAST, AGAIN = alert("source_silent:rss:a"), alert("source_silent:rss:b")
POST = alert("keyword_hit:acme/recall", lasting=False)


def caught() -> CatchUpMessage:
    history = [told(SPIKE, 3), told(PAST, 3), told(AGAIN, 3), told(FIRE, 2), told(POST, 1)]
    history += [told(SPIKE, 0.5, Why.GREW), told(FIRE, 0.4, Why.ESCALATED)]
    states = {one.id: stands(one) for one in (SPIKE, FIRE)} | {AGAIN.id: stands(AGAIN, NOON)}
    return catch_up(history, states, ["U0ANN00000"], SINCE, NOON)


def test_each_alert_comes_once_what_stands_first_and_what_is_over_says_so() -> None:
    assert [(one.told.alert.id, one.told.why, one.over) for one in caught().caught] == [
        (FIRE.id, Why.ESCALATED, False),
        (SPIKE.id, Why.GREW, False),
        (PAST.id, Why.NEW, True),
        (AGAIN.id, Why.NEW, True),
        (POST.id, Why.NEW, False),
    ]


def test_people_are_mentioned_while_what_was_escalated_stands() -> None:
    over = catch_up([told(FIRE, 1, Why.ESCALATED)], {}, ["U0ANN00000"], SINCE, NOON)

    assert (caught().mentions, over.mentions) == (("U0ANN00000",), ())


def test_the_message_lists_alerts_by_what_they_have_in_common() -> None:
    (message,) = render_catch_up(caught(), "slack", PARIS)

    assert violations(message["blocks"]) == []
    assert specials_of_message(message) == [Special("user", "U0ANN00000")]
    assert message["text"] == (
        "5 alerts waited while this channel could not be reached. "
        "Told from 14 July 2026, 11:00 on; 3 alerts of them stand, 2 over."
    )
    shown = str(message["blocks"])
    order = (
        "Critical",
        FIRE.title,
        "Warning",
        SPIKE.title,
        "Over meanwhile",
        PAST.title,
        "Happened meanwhile",
        POST.title,
    )
    places = [shown.index(text) for text in order]
    assert places == sorted(places)
    assert f"{PAST.title} (14 July 2026, 11:00; over since)" in shown


def test_in_a_terminal_it_is_one_text() -> None:
    (message,) = render_catch_up(caught(), "console", PARIS)

    assert str(message["text"]).startswith("Overheard alerts: 5 alerts waited")
    assert f"\n  {SPIKE.title} (14 July 2026, 13:30)" in str(message["text"])


def test_hundreds_of_alerts_are_two_messages_that_say_what_they_leave_out() -> None:
    crowd = [told(replace(alert(f"volume_spike:brand{number}"), title="삼" * 150), 2) for number in range(500)]

    messages = render_catch_up(catch_up(crowd, {}, (), SINCE, NOON), "slack", PARIS)

    assert len(messages) == MESSAGES
    assert [message["thread"] for message in messages] == [False, True]
    assert all(violations(message["blocks"]) == [] for message in messages)
    listed = sum(str(message["blocks"]).count("over since") for message in messages)
    assert f"and {500 - listed} alerts more; to see all: overheard alerts --history" in str(messages[-1]["blocks"])
    assert listed >= 30
