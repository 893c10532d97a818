from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from notifier.contract import Channel, Receipt, SendError
from notifier.letters import deliveries, released
from notifier.outbox import BUDGET, Delivered, Pace, Step, back_off, decide, deliver_due
from notifier.slack.channel import SlackChannel
from notifier.slack.webhook import WebhookChannel
from storage import outbox
from storage.database import Database
from storage.records import Delivery, DeliveryState, Json, Reason
from tests.doubles.slack import FakeSlack, Fault

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
GRACE = timedelta(seconds=60)
KEY = "digest:day:2026-11-22:Europe/Paris#1"


def delivery(
    key: str = KEY,
    state: DeliveryState = DeliveryState.PENDING,
    parent: str | None = None,
    sending_since: datetime | None = None,
    next_attempt_at: datetime | None = None,
) -> Delivery:
    payload: dict[str, Json] = {"text": f"text of {key}", "blocks": [], "thread": parent is not None}
    return Delivery(
        key,
        "slack",
        payload,
        NOW,
        parent=parent,
        state=state,
        sending_since=sending_since,
        next_attempt_at=next_attempt_at,
    )


SECOND = timedelta(seconds=1)
SENDING = DeliveryState.SENDING
SENT_PARENT = delivery("p", DeliveryState.SENT)
DECISIONS = [
    ("new", delivery(), None, Step.SEND),
    ("sent", delivery(state=DeliveryState.SENT), None, Step.NOTHING),
    ("blocked", delivery(state=DeliveryState.BLOCKED), None, Step.NOTHING),
    ("before its time", delivery(next_attempt_at=NOW + SECOND), None, Step.WAIT),
    ("at its time", delivery(next_attempt_at=NOW), None, Step.SEND),
    ("reply, parent pending", delivery(parent="p"), delivery("p"), Step.WAIT_FOR_PARENT),
    ("reply, parent sending", delivery(parent="p"), delivery("p", SENDING, None, NOW), Step.WAIT_FOR_PARENT),
    ("reply, parent sent", delivery(parent="p"), SENT_PARENT, Step.SEND),
    ("reply, parent blocked", delivery(parent="p"), delivery("p", DeliveryState.BLOCKED), Step.BLOCK_WITH_PARENT),
    ("reply, parent never put", delivery(parent="p"), None, Step.BLOCK_WITH_PARENT),
    ("in flight", delivery(state=SENDING, sending_since=NOW - GRACE + SECOND), None, Step.WAIT),
    ("answer lost", delivery(state=SENDING, sending_since=NOW - GRACE), None, Step.LOOK_UP),
    ("reply, answer lost", delivery(KEY, SENDING, "p", NOW - GRACE), SENT_PARENT, Step.LOOK_UP),
    ("sending without a time", delivery(state=SENDING), None, Step.SEND),
    ("put off to another year", delivery(next_attempt_at=NOW + timedelta(days=1) + SECOND), None, Step.SEND),
    ("put off for a day", delivery(next_attempt_at=NOW + timedelta(days=1)), None, Step.WAIT),
    ("handed over in another year", delivery(state=SENDING, sending_since=NOW + 2000 * GRACE), None, Step.LOOK_UP),
    ("refused after an answer was lost", delivery(sending_since=NOW - GRACE), None, Step.LOOK_UP),
]


@pytest.mark.parametrize(("row", "parent", "expected"), [case[1:] for case in DECISIONS], ids=[c[0] for c in DECISIONS])
def test_step_follows_from_state_time_and_parent(row: Delivery, parent: Delivery | None, expected: Step) -> None:
    assert decide(row, NOW, GRACE, parent) == expected


@pytest.mark.parametrize(
    ("attempts", "jitter", "seconds"),
    [(0, 1.0, 5), (1, 1.0, 5), (1, 0.0, 2.5), (2, 1.0, 10), (5, 1.0, 80), (5, 0.5, 60), (9, 1.0, 900), (400, 1.0, 900)],
)
def test_back_off_doubles_up_to_a_quarter_of_an_hour(attempts: int, jitter: float, seconds: float) -> None:
    assert back_off(attempts, jitter).total_seconds() == seconds


@dataclass
class Clock:
    """A time that moves when told, and when somebody sleeps."""

    now: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += timedelta(seconds=seconds)

    def pace(self) -> Pace:
        return Pace(self.sleep, self.monotonic, lambda: 1.0)


@dataclass
class ScriptedChannel:
    """A channel that answers as told, one answer per call, and notes what it was asked."""

    answers: list[Receipt | SendError | None]
    name: str = "slack"
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    watch: Callable[[], None] = lambda: None

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:
        self.asked.append(("send", delivery.key, parent))
        answer = self._next()
        assert answer is not None
        return answer

    def find(self, delivery: Delivery, parent: str | None) -> Receipt | None:
        self.asked.append(("find", delivery.key, parent))
        return self._next()

    def _next(self) -> Receipt | None:
        self.watch()
        answer = self.answers.pop(0)
        if isinstance(answer, SendError):
            raise answer
        return answer


def put(database: Database, *rows: Delivery) -> None:
    with database.write() as conn:
        outbox.put(conn, rows)


def row(database: Database, key: str = KEY) -> Delivery:
    with database.read() as conn:
        found = outbox.get(conn, key)
    assert found is not None
    return found


def deliver(database: Database, channel: Channel, clock: Clock, pace: Pace | None = None) -> Delivered:
    return deliver_due(database, {"slack": channel}, clock, GRACE, pace or clock.pace())


def error(reason: Reason = Reason.SERVER, detail: str = "why", **more: object) -> SendError:
    return SendError("slack", reason, detail, **more)  # type: ignore[arg-type]  # keywords of the table


def test_message_is_sent_once_and_its_reference_kept(database: Database) -> None:
    clock, channel = Clock(), ScriptedChannel([Receipt("1.2")])
    put(database, delivery())

    first, second = deliver(database, channel, clock), deliver(database, channel, clock)

    assert (first, second) == (Delivered(sent=1), Delivered())
    sent = row(database)
    assert (sent.state, sent.reference, sent.sent_at, sent.attempts) == (DeliveryState.SENT, "1.2", NOW, 1)
    assert channel.asked == [("send", KEY, None)]


def test_handing_over_is_committed_before_the_channel_is_called(database: Database) -> None:
    seen: list[Delivery] = []
    channel = ScriptedChannel([Receipt("1.2")], watch=lambda: seen.append(row(database)))
    put(database, delivery())

    deliver(database, channel, Clock())

    assert [(each.state, each.sending_since, each.attempts) for each in seen] == [(SENDING, NOW, 1)]


def test_database_can_be_written_while_the_channel_is_called(database: Database) -> None:
    channel = ScriptedChannel([Receipt("1.2")], watch=lambda: put(database, delivery("another")))
    put(database, delivery())

    deliver(database, channel, Clock())

    assert row(database, "another").state is DeliveryState.PENDING


def test_replies_follow_in_the_thread_of_their_parent_a_second_apart(database: Database) -> None:
    clock, channel = Clock(), ScriptedChannel([Receipt("1.0"), Receipt("2.0"), Receipt("3.0")])
    put(
        database,
        *deliveries([{"text": "a"}, {"text": "b", "thread": True}, {"text": "c", "thread": True}], "d", "slack", NOW),
    )

    done = deliver(database, channel, clock)

    assert done == Delivered(sent=3)
    assert channel.asked == [("send", "d#1", None), ("send", "d#2", "1.0"), ("send", "d#3", "1.0")]
    assert clock.slept == [1.0, 1.0]


def test_replies_wait_while_their_parent_does(database: Database) -> None:
    channel = ScriptedChannel([error()])
    put(database, *deliveries([{"text": "a"}, {"text": "b", "thread": True}], "d", "slack", NOW))

    done = deliver(database, channel, Clock())

    assert done == Delivered(waiting=2, problems=("d#1: server: why",))
    assert row(database, "d#2").attempts == 0


def test_blocked_parent_blocks_its_replies_and_says_why(database: Database) -> None:
    channel = ScriptedChannel([error(Reason.AUTH, "invalid_auth: copy the token", permanent=True)])
    put(database, *deliveries([{"text": "a"}, {"text": "b", "thread": True}], "d", "slack", NOW))

    done = deliver(database, channel, Clock())

    assert done.blocked == 2
    reply = row(database, "d#2")
    assert (reply.state, reply.reason) == (DeliveryState.BLOCKED, Reason.AUTH)
    assert reply.detail == "the message that it answers, d#1, is blocked (auth: invalid_auth: copy the token)"


def test_reply_whose_parent_was_never_put_is_blocked(database: Database) -> None:
    put(database, delivery("lost", parent="nobody"))

    done = deliver(database, ScriptedChannel([]), Clock())

    assert done.blocked == 1
    assert row(database, "lost").detail == "the message that it answers, nobody, is not in the outbox"


def test_refusal_that_may_pass_is_tried_again_with_back_off(database: Database) -> None:
    clock, channel = Clock(), ScriptedChannel([error(), error(), Receipt("1.2")])
    put(database, delivery())
    waits: list[float] = []

    for _ in range(2):
        deliver(database, channel, clock)
        due = row(database).next_attempt_at
        assert due is not None
        waits.append((due - clock.now).total_seconds())
        clock.now = due
    deliver(database, channel, clock)

    assert waits == [5.0, 10.0]
    assert (row(database).state, row(database).attempts) == (DeliveryState.SENT, 3)
    assert [asked[0] for asked in channel.asked] == ["send", "send", "send"]


def test_wish_to_wait_is_honoured_for_the_whole_channel(database: Database) -> None:
    clock = Clock()
    pace = clock.pace()
    asked = error(Reason.RATE_LIMITED, retry_after=timedelta(seconds=30))
    channel = ScriptedChannel([asked, Receipt("1.2"), Receipt("1.3"), Receipt("1.4")])
    put(database, delivery("a"), delivery("b"))

    deliver(database, channel, clock, pace)
    put(database, delivery("c"))
    deliver(database, channel, clock, pace)
    assert [each[1] for each in channel.asked] == ["a"]
    clock.now = NOW + timedelta(seconds=30)
    done = deliver(database, channel, clock, pace)

    assert done.sent == 3
    assert (row(database, "a").attempts, row(database, "b").attempts) == (2, 1)


def test_absurd_wish_to_wait_is_believed_for_a_day(database: Database) -> None:
    channel = ScriptedChannel([error(Reason.RATE_LIMITED, retry_after=timedelta(seconds=10**9))])
    put(database, delivery())

    deliver(database, channel, Clock())

    assert row(database).next_attempt_at == NOW + timedelta(hours=24)


def test_lost_answer_is_looked_up_after_the_grace_and_not_sent_again(database: Database) -> None:
    clock = Clock()
    channel = ScriptedChannel([error(Reason.TIMEOUT, uncertain=True), Receipt("1.2")])
    put(database, delivery())

    first = deliver(database, channel, clock)
    early = deliver(database, channel, clock)
    clock.now += GRACE
    last = deliver(database, channel, clock)

    assert (first.waiting, early, last) == (1, Delivered(), Delivered(sent=1, found=1))
    assert channel.asked == [("send", KEY, None), ("find", KEY, None)]
    assert (row(database).state, row(database).reference) == (DeliveryState.SENT, "1.2")


def test_message_that_is_not_there_is_sent_again(database: Database) -> None:
    clock, channel = Clock(NOW + GRACE), ScriptedChannel([None, Receipt("1.2")])
    put(database, delivery(state=SENDING, sending_since=NOW))

    done = deliver(database, channel, clock)

    assert done == Delivered(sent=1)
    assert [each[0] for each in channel.asked] == ["find", "send"]
    assert row(database).sending_since == NOW


def test_look_up_that_cannot_tell_waits_and_looks_again(database: Database) -> None:
    clock, channel = Clock(NOW + GRACE), ScriptedChannel([error(Reason.NETWORK), None, Receipt("1.2")])
    put(database, delivery(state=SENDING, sending_since=NOW))

    first = deliver(database, channel, clock)
    waiting = row(database)
    clock.now = waiting.next_attempt_at or NOW
    deliver(database, channel, clock)

    assert first.waiting == 1
    assert (waiting.state, waiting.next_attempt_at) == (SENDING, NOW + 2 * GRACE)
    assert [each[0] for each in channel.asked] == ["find", "find", "send"]


def test_look_up_that_never_can_be_made_blocks_and_says_that_it_may_have_arrived(database: Database) -> None:
    channel = ScriptedChannel([error(Reason.AUTH, "missing_scope channels:history", permanent=True)])
    put(database, delivery(state=SENDING, sending_since=NOW))

    deliver(database, channel, Clock(NOW + GRACE))

    blocked = row(database)
    assert blocked.state is DeliveryState.BLOCKED
    assert blocked.detail == "it may have arrived all the same, look into the channel: missing_scope channels:history"


def test_refusal_after_a_lost_answer_still_looks_before_it_sends(database: Database) -> None:
    clock = Clock(NOW + GRACE)
    channel = ScriptedChannel([None, error(Reason.RATE_LIMITED), Receipt("1.2")])
    put(database, delivery(state=SENDING, sending_since=NOW))

    deliver(database, channel, clock)
    clock.now = row(database).next_attempt_at or NOW
    done = deliver(database, channel, clock)

    assert done.found == 1
    assert [each[0] for each in channel.asked] == ["find", "send", "find"]


def test_budget_ends_the_attempts(database: Database) -> None:
    put(database, delivery())
    with database.write() as conn:
        outbox.update(conn, replace(delivery(), attempts=BUDGET - 1))

    done = deliver(database, ScriptedChannel([error()]), Clock())

    assert done.blocked == 1
    assert row(database).detail == f"given up after {BUDGET} attempts: why"


def test_delivery_to_a_channel_that_is_gone_waits(database: Database) -> None:
    put(database, delivery())

    done = deliver_due(database, {}, Clock(), GRACE, Clock().pace())

    assert done.waiting == 1
    assert row(database).reason is Reason.MISCONFIGURED


def test_row_that_another_process_sent_meanwhile_is_left_alone(database: Database) -> None:
    put(database, delivery("a"), delivery("b"))

    def other() -> None:
        with database.write() as conn:
            outbox.update(conn, replace(delivery("b"), state=DeliveryState.SENT, reference="9.9"))

    channel = ScriptedChannel([Receipt("1.2")], watch=other)
    done = deliver(database, channel, Clock())

    assert done == Delivered(sent=1)
    assert row(database, "b").reference == "9.9"


def test_released_delivery_is_tried_again(database: Database) -> None:
    put(database, delivery())
    with database.write() as conn:
        blocked = replace(delivery(), state=DeliveryState.BLOCKED, attempts=7, reason=Reason.AUTH, detail="why")
        outbox.update(conn, released(blocked))

    done = deliver(database, ScriptedChannel([Receipt("1.2")]), Clock())

    assert done.sent == 1
    assert released(row(database)) == row(database)


def test_messages_are_numbered_and_replies_name_the_first() -> None:
    rows = deliveries([{"text": "a"}, {"text": "b", "thread": True}, {"text": "c"}], "k", "slack", NOW)

    assert [(each.key, each.parent) for each in rows] == [("k#1", None), ("k#2", "k#1"), ("k#3", None)]


def test_pace_of_its_own_is_made_when_none_is_given(sqlite_database: Database) -> None:
    put(sqlite_database, delivery())

    done = deliver_due(sqlite_database, {"slack": ScriptedChannel([Receipt("1")])}, Clock(), GRACE)

    assert done.sent == 1


LOSSES = [
    ("connection dropped after the post", Fault("drop_after")),
    ("connection dropped before the post", Fault("drop_before")),
    ("half an answer", Fault("half")),
    ("HTTP 500", Fault("server_error")),
    ("a page of a captive portal", Fault("garbage")),
    ("internal error", Fault("error", error="internal_error")),
    ("rate limit", Fault("rate_limit", seconds=3)),
    ("rate limit that names no time", Fault("rate_limit")),
    ("lost twice", Fault("drop_after", times=2)),
]


@pytest.mark.parametrize("fault", [case[1] for case in LOSSES], ids=[case[0] for case in LOSSES])
def test_bot_posts_exactly_once_whatever_goes_wrong(database: Database, fault: Fault) -> None:
    clock = Clock(datetime.now(UTC))
    messages = [{"text": "first"}, {"text": "reply", "thread": True}]
    put(database, *deliveries(messages, "d", "slack", clock.now))  # type: ignore[arg-type]  # plain values
    with FakeSlack() as slack:
        slack.fail(replace(fault))
        channel = SlackChannel(slack.token, slack.channel, slack.base_url)
        for _ in range(6):
            deliver(database, channel, clock)
            clock.now += timedelta(minutes=5)

        assert slack.keys() == ["d#1", "d#2"]
        assert slack.messages[1]["thread_ts"] == slack.messages[0]["ts"]


def test_reply_whose_answer_was_lost_is_found_in_its_thread(database: Database) -> None:
    clock = Clock(datetime.now(UTC))
    put(database, *deliveries([{"text": "first"}, {"text": "reply", "thread": True}], "d", "slack", clock.now))
    with FakeSlack() as slack:
        channel = SlackChannel(slack.token, slack.channel, slack.base_url)
        slack.fail(Fault("drop_after", times=1))
        deliver(database, channel, clock)
        clock.now += GRACE
        deliver(database, channel, clock)
        slack.fail(Fault("drop_after"))
        for _ in range(3):
            clock.now += GRACE * 5
            deliver(database, channel, clock)

        assert slack.keys() == ["d#1", "d#2"]


def test_process_killed_after_the_post_does_not_post_again(database: Database) -> None:
    class KilledError(BaseException):
        pass

    class DyingChannel(SlackChannel):
        def send(self, delivery: Delivery, parent: str | None) -> Receipt:
            super().send(delivery, parent)
            raise KilledError

    clock = Clock(datetime.now(UTC))
    put(database, delivery())
    with FakeSlack() as slack:
        with pytest.raises(KilledError):
            deliver(database, DyingChannel(slack.token, slack.channel, slack.base_url), clock)
        clock.now += GRACE
        done = deliver(database, SlackChannel(slack.token, slack.channel, slack.base_url), clock)

        assert done == Delivered(sent=1, found=1)
        assert slack.keys() == [KEY]


def test_webhook_posts_at_least_once_and_names_the_delivery(sqlite_database: Database) -> None:
    clock = Clock()
    blocks = [{"type": "divider"}]
    message = {"text": "first", "blocks": blocks}
    put(sqlite_database, *deliveries([message], "d", "webhook", NOW))  # type: ignore[list-item]  # plain values
    with FakeSlack() as slack:
        slack.fail(Fault("drop_after", "webhook"))
        channels = {"webhook": WebhookChannel(slack.webhook_url)}
        for _ in range(2):
            deliver_due(sqlite_database, channels, clock, GRACE, clock.pace())
            clock.now += GRACE * 2

        footers = [message["blocks"][-1]["elements"][0]["text"] for message in slack.messages]
        assert footers == ["delivery d#1", "delivery d#1"]


def test_each_destination_keeps_its_own_pace_and_rest(database: Database) -> None:
    clock = Clock()
    asked = error(Reason.RATE_LIMITED, retry_after=timedelta(seconds=30))
    busy, free = ScriptedChannel([asked]), ScriptedChannel([Receipt("1.2"), Receipt("1.3")])
    rows = [replace(delivery(key), channel=channel) for key, channel in
            (("a", "slack"), ("b", "slack:crisis"), ("c", "slack"), ("d", "slack:crisis"))]  # fmt: skip
    put(database, *rows)

    done = deliver_due(database, {"slack": busy, "slack:crisis": free}, clock, GRACE, clock.pace())

    assert (done.sent, done.waiting) == (2, 2)
    assert [each[1] for each in busy.asked] == ["a"]
    assert [each[1] for each in free.asked] == ["b", "d"]
    assert clock.slept == [1.0]
