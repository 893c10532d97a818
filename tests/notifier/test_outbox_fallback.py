"""A channel that refuses for good hands its messages over to another one; what is pointless by now is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifier.letters import deliveries, released
from notifier.outbox import Delivered, deliver_due
from notifier.slack.channel import SlackChannel
from storage import outbox
from storage.database import Database
from storage.records import Act, Delivery, DeliveryState, Json, Reason
from tests.doubles.slack import TOKEN, FakeChannel, FakeSlack, Fault
from tests.notifier.test_outbox import GRACE, Clock, put, row

OWN, SPARE = "C0123456789", "C0000000002"
FALLBACK = f"slack:{SPARE}"
BLOCK: Json = {"type": "section", "text": {"type": "plain_text", "text": "hello"}}


def workspace(**own: bool) -> list[FakeChannel]:
    return [FakeChannel(**own), FakeChannel(SPARE, "spare")]  # type: ignore[arg-type]  # its standing


class House:
    """An outbox and the channels of one workspace, one of which is the fallback."""

    def __init__(self, database: Database, slack: FakeSlack) -> None:
        self.database = database
        self.slack = slack
        self.clock = Clock(datetime.now(UTC))
        own = SlackChannel(TOKEN, OWN, slack.base_url)
        self.channels = {"slack": own, FALLBACK: own.elsewhere(SPARE)}

    def put(self, *texts: str) -> None:
        """Put a message, and answers to it."""
        messages = [{"text": text, "blocks": [BLOCK], "thread": place > 0} for place, text in enumerate(texts)]
        put(self.database, *deliveries(messages, "d", "slack", self.clock.now))  # type: ignore[arg-type]  # plain values

    def edit(self, key: str = "d#1:edit", parent: str = "d#1") -> None:
        """Put an edit of a message."""
        payload: dict[str, Json] = {"text": "after", "blocks": [], "thread": False}
        put(self.database, Delivery(key, "slack", payload, self.clock.now, parent=parent, act=Act.EDIT))

    def deliver(self, after: timedelta = timedelta(0), fallback: str | None = FALLBACK) -> Delivered:
        self.clock.now += after
        pace = self.clock.pace()
        return deliver_due(self.database, self.channels, self.clock, GRACE, pace, fallback=fallback)

    @property
    def posted(self) -> list[tuple[str, str, str | None]]:
        """Channel, delivery and whether it stands in a thread, of every message."""
        messages = self.slack.messages
        threads = [message.get("thread_ts") and "thread" for message in messages]
        return list(zip((each["channel"] for each in messages), self.slack.keys(), threads, strict=True))


def said(message: dict[str, object]) -> str:
    blocks = message["blocks"]
    assert isinstance(blocks, list)
    return str(blocks[0]["elements"][0]["text"])


REFUSING = [
    ("is_archived", {"is_archived": True}, "unarchive the channel, or name another in the config"),
    ("not_in_channel", {"is_member": False}, "invite the bot: type /invite @YourBot in the channel"),
]


@pytest.mark.parametrize(("code", "own", "remedy"), REFUSING, ids=[case[0] for case in REFUSING])
def test_a_message_that_its_channel_refuses_goes_to_the_fallback_with_its_replies_and_says_why(
    database: Database, code: str, own: dict[str, bool], remedy: str
) -> None:
    with FakeSlack(channels=workspace(**own)) as slack:
        house = House(database, slack)
        house.put("first", "reply")

        done = house.deliver()

        assert done == Delivered(sent=2)
        assert house.posted == [(SPARE, "d#1", None), (SPARE, "d#2", "thread")]
        assert said(slack.messages[0]) == f"Meant for C0123456789: {code}: {remedy}"
        assert slack.messages[1]["blocks"] == [BLOCK]
    moved = row(database, "d#1")
    assert (moved.channel, moved.meant_for, moved.moved_because) == (FALLBACK, "slack", f"{OWN}: {code}: {remedy}")


def test_a_message_without_blocks_says_in_its_text_for_whom_it_was_meant(database: Database) -> None:
    with FakeSlack(channels=workspace(is_archived=True)) as slack:
        house = House(database, slack)
        put(database, Delivery("d#1", "slack", {"text": "words", "blocks": []}, house.clock.now))
        house.deliver()

        assert slack.messages[0]["text"].startswith("Meant for C0123456789: is_archived: ")
        assert slack.messages[0]["text"].endswith("\nwords")


def test_without_a_fallback_it_is_blocked_as_before(database: Database) -> None:
    with FakeSlack(channels=workspace(is_archived=True)) as slack:
        house = House(database, slack)
        house.put("first")

        assert house.deliver(fallback=None).blocked == 1
        assert slack.messages == []


@pytest.mark.parametrize(
    "code", ["invalid_auth", "missing_scope", "invalid_blocks", "msg_too_long", "ratelimited", "internal_error"]
)
def test_what_is_not_the_channels_fault_does_not_move(database: Database, code: str) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.put("first")
        slack.fail(Fault("error", error=code))

        house.deliver()

        assert (row(database, "d#1").channel, row(database, "d#1").meant_for) == ("slack", None)
        assert slack.messages == []


def test_a_fallback_that_refuses_too_blocks_it_with_both_reasons_and_a_person_sends_it_where_it_belongs(
    database: Database,
) -> None:
    channels = workspace(is_archived=True)
    channels[1].is_member = False
    with FakeSlack(channels=channels) as slack:
        house = House(database, slack)
        house.put("first", "reply")

        assert house.deliver().blocked == 2
        assert row(database, "d#1").detail == (
            "not_in_channel: invite the bot: type /invite @YourBot in the channel; it was meant for C0123456789: "
            "is_archived: unarchive the channel, or name another in the config"
        )
        channels[0].is_archived = False
        with database.write() as conn:
            for waiting in outbox.blocked(conn):
                outbox.update(conn, released(waiting))

        assert house.deliver() == Delivered(sent=2)
        assert house.posted == [(OWN, "d#1", None), (OWN, "d#2", "thread")]
        assert slack.messages[0]["blocks"] == [BLOCK]


def test_a_message_in_doubt_is_looked_up_in_its_own_channel_before_it_moves(database: Database) -> None:
    channels = workspace()
    with FakeSlack(channels=channels) as slack:
        house = House(database, slack)
        house.put("first")
        slack.fail(Fault("drop_before"))
        house.deliver()
        channels[0].is_archived = True

        house.deliver(after=GRACE)

        assert house.posted == [(SPARE, "d#1", None)]
        assert "conversations.history" in slack.calls


def test_a_message_that_arrived_before_its_channel_was_archived_does_not_move(database: Database) -> None:
    channels = workspace()
    with FakeSlack(channels=channels) as slack:
        house = House(database, slack)
        house.put("first")
        slack.fail(Fault("drop_after"))
        house.deliver()
        channels[0].is_archived = True

        assert house.deliver(after=GRACE) == Delivered(sent=1, found=1)
        assert house.posted == [(OWN, "d#1", None)]


def test_a_moved_message_in_doubt_is_looked_up_in_the_fallback(database: Database) -> None:
    with FakeSlack(channels=workspace(is_archived=True)) as slack:
        house = House(database, slack)
        house.put("first", "reply")
        slack.fail(Fault("error", error="is_archived"), Fault("drop_after"))
        house.deliver()

        assert house.deliver(after=GRACE) == Delivered(sent=2, found=1)
        assert house.posted == [(SPARE, "d#1", None), (SPARE, "d#2", "thread")]


def test_a_message_that_may_stand_in_a_channel_which_cannot_be_read_is_left_to_a_person(database: Database) -> None:
    channels = workspace()
    with FakeSlack(channels=channels) as slack:
        house = House(database, slack)
        house.put("first")
        slack.fail(Fault("drop_after"))
        house.deliver()
        channels[0].is_member = False

        assert house.deliver(after=GRACE).blocked == 1
        assert str(row(database, "d#1").detail).startswith("it may have arrived all the same, look into the channel: ")


def test_a_reply_stays_with_the_message_that_it_answers(database: Database) -> None:
    channels = workspace()
    with FakeSlack(channels=channels) as slack:
        house = House(database, slack)
        house.put("first")
        house.deliver()
        channels[0].is_archived = True
        put(database, Delivery("d#2", "slack", {"text": "x", "blocks": [BLOCK]}, house.clock.now, parent="d#1"))

        assert house.deliver(after=timedelta(seconds=1)).blocked == 1
        assert house.posted == [(OWN, "d#1", None)]


def test_a_name_that_leads_nowhere_moves_too(database: Database) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.channels["slack:gone"] = house.channels["slack"].elsewhere("gone")
        put(database, Delivery("d#1", "slack:gone", {"text": "x", "blocks": [BLOCK]}, house.clock.now))

        assert house.deliver() == Delivered(sent=1)
        assert said(slack.messages[0]).startswith("Meant for #gone: channel_not_found: no channel that the bot can see")


def test_moved_messages_are_told_until_their_channel_takes_one(database: Database) -> None:
    channels = workspace(is_archived=True)
    with FakeSlack(channels=channels) as slack:
        house = House(database, slack)
        house.put("first")
        house.deliver()
        with database.read() as conn:
            assert [each.key for each in outbox.moved(conn)] == ["d#1"]
        channels[0].is_archived = False
        put(database, Delivery("e#1", "slack", {"text": "x", "blocks": [BLOCK]}, house.clock.now))
        house.deliver()

        with database.read() as conn:
            assert outbox.moved(conn) == []


def test_an_edit_waits_for_its_message_and_takes_its_place(database: Database) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.edit()
        house.put("before")

        assert house.deliver(after=timedelta(seconds=1)).sent >= 1
        house.deliver()

        assert [message["text"] for message in slack.messages] == ["after"]
        assert slack.keys() == ["d#1"]
        assert "blocks" not in slack.messages[0]


def test_an_edit_follows_its_message_into_the_fallback(database: Database) -> None:
    with FakeSlack(channels=workspace(is_archived=True)) as slack:
        house = House(database, slack)
        house.put("before")
        house.edit()

        assert house.deliver() == Delivered(sent=2)
        assert [(message["channel"], message["text"]) for message in slack.messages] == [(SPARE, "after")]


LOSSES = ["drop_before", "drop_after", "server_error", "garbage", "half", "rate_limit"]


@pytest.mark.parametrize("kind", LOSSES)
def test_an_edit_whose_answer_was_lost_is_made_again(database: Database, kind: str) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.put("before")
        house.edit()
        slack.fail(Fault(kind, "chat.update"))
        for _ in range(3):
            house.deliver(after=timedelta(minutes=5))

        assert [message["text"] for message in slack.messages] == ["after"]
        assert row(database, "d#1:edit").state is DeliveryState.SENT


def test_an_edit_that_was_under_way_when_the_process_died_is_made_again(database: Database) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.put("before")
        house.deliver()
        house.edit()
        with database.write() as conn:
            half = replace(row(database, "d#1:edit"), state=DeliveryState.SENDING, sending_since=house.clock.now)
            outbox.update(conn, half)

        assert house.deliver(after=GRACE) == Delivered(sent=1)
        assert slack.messages[0]["text"] == "after"


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_an_edit_that_can_never_be_made_is_dropped_with_the_reason_and_nobody_is_asked(
    database: Database, code: str
) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.put("before")
        house.edit()
        slack.fail(Fault("error", "chat.update", error=code))

        done = house.deliver()

        assert (done.sent, done.blocked, done.problems) == (1, 0, ())
        dropped = row(database, "d#1:edit")
        assert (dropped.state, dropped.reason) == (DeliveryState.DROPPED, Reason.GONE)
        assert str(dropped.detail).startswith(f"{code}: ")
        assert house.deliver(after=timedelta(days=1)) == Delivered()


def test_an_edit_of_a_message_that_a_person_deleted_is_dropped(database: Database) -> None:
    with FakeSlack(channels=workspace()) as slack:
        house = House(database, slack)
        house.put("before", "reply")
        house.deliver()
        slack.workspace.delete(slack.messages[0])
        house.edit()
        house.deliver()

        assert (
            row(database, "d#1:edit").detail == "message_not_found: the message was deleted; nothing needs to be done"
        )


def test_an_edit_of_a_blocked_message_is_blocked_with_it(database: Database) -> None:
    with FakeSlack(channels=workspace(is_archived=True)) as slack:
        house = House(database, slack)
        house.put("before")
        house.edit()

        assert house.deliver(fallback=None).blocked == 2
        assert str(row(database, "d#1:edit").detail).startswith("the message that it answers, d#1, is blocked")
