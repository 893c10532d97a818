from __future__ import annotations

import re
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from overheard.emulator.server import SlackEmulator
from overheard.emulator.workspace import Channel
from tests.overheard.emulator.asking import CHANNEL, client, refusal

BLOCK = {"type": "section", "text": {"type": "plain_text", "text": "hello"}}


def test_times_are_unique_and_increase_even_when_the_clock_stands() -> None:
    with SlackEmulator(clock=lambda: 1_700_000_000.0) as slack:
        given = [client(slack).chat_postMessage(channel=CHANNEL, text="x")["ts"] for _ in range(3)]

    assert given == ["1700000000.000000", "1700000000.000100", "1700000000.000200"]
    assert all(re.fullmatch(r"\d{10}\.\d{6}", ts) for ts in given)


def test_reply_stands_in_the_thread_of_a_message_that_is_there() -> None:
    with SlackEmulator() as slack:
        parent = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]
        reply = client(slack).chat_postMessage(channel=CHANNEL, text="b", thread_ts=parent)

        assert reply["message"]["thread_ts"] == parent
        for thread in (reply["ts"], "1.000100", ""):
            said = refusal(slack, "chat.postMessage", channel=CHANNEL, text="c", thread_ts=thread)
            assert said["error"] == "thread_not_found"


def test_text_beyond_40000_characters_is_cut_with_a_warning() -> None:
    with SlackEmulator() as slack:
        said = client(slack).chat_postMessage(channel=CHANNEL, text="x" * 40_001)

        assert (said["warning"], said["response_metadata"]["warnings"]) == ("message_truncated", ["message_truncated"])
        assert len(slack.messages[0]["text"]) == 40_000
        assert [each.error for each in slack.refusals] == ["message_truncated"]


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
def test_blocks_without_a_text_to_read_out_are_taken_and_complained_about() -> None:
    with SlackEmulator() as slack:
        assert client(slack).chat_postMessage(channel=CHANNEL, blocks=[BLOCK])["warning"] == "missing_text_in_message"
        assert [each.error for each in slack.refusals] == ["missing_text_in_message"]


def test_webhook_complains_about_blocks_without_a_text_to_read_out_too() -> None:
    with SlackEmulator() as slack:
        assert WebhookClient(slack.webhook_url).send(blocks=[BLOCK]).body == "ok"
        assert [str(each) for each in slack.refusals] == ["webhook: missing_text_in_message"]


def test_update_changes_what_it_names() -> None:
    with SlackEmulator() as slack:
        metadata = {"event_type": "t", "event_payload": {"k": 1}}
        ts = client(slack).chat_postMessage(channel=CHANNEL, text="a", blocks=[BLOCK], metadata=metadata)["ts"]
        client(slack).chat_update(channel=CHANNEL, ts=ts, text="b", blocks=[BLOCK, BLOCK])
        both = dict(slack.messages[0])
        client(slack).chat_update(channel=CHANNEL, ts=ts, text="c")

        assert (both["text"], both["blocks"], both["metadata"]) == ("b", [BLOCK, BLOCK], metadata)
        assert (slack.messages[0]["text"], "blocks" in slack.messages[0]) == ("c", False)


def test_update_and_deletion_are_of_own_messages_that_are_there() -> None:
    with SlackEmulator() as slack:
        theirs = slack.workspace.say("hello", CHANNEL)["ts"]

        assert refusal(slack, "chat.update", channel=CHANNEL, ts=theirs, text="x")["error"] == "cant_update_message"
        assert refusal(slack, "chat.delete", channel=CHANNEL, ts=theirs)["error"] == "cant_delete_message"
        assert refusal(slack, "chat.update", channel=CHANNEL, ts="1.000100", text="x")["error"] == "message_not_found"
        assert refusal(slack, "chat.delete", channel=CHANNEL, ts="1.000100")["error"] == "message_not_found"
        assert [each["text"] for each in slack.messages] == ["hello"]


def test_update_takes_four_thousand_characters_where_a_post_is_cut() -> None:
    with SlackEmulator() as slack:
        ts = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]
        client(slack).chat_update(channel=CHANNEL, ts=ts, text="x" * 4000)

        assert refusal(slack, "chat.update", channel=CHANNEL, ts=ts, text="x" * 4001)["error"] == "msg_too_long"


def test_deleted_message_is_gone() -> None:
    with SlackEmulator() as slack:
        ts = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]
        client(slack).chat_delete(channel=CHANNEL, ts=ts)

        assert slack.messages == []


def test_ephemeral_message_is_seen_by_one_member_and_in_no_history() -> None:
    with SlackEmulator() as slack:
        client(slack).chat_postEphemeral(channel=CHANNEL, user="U0HUMAN", text="psst")

        assert [(each["user"], each["text"]) for each in slack.workspace.ephemerals] == [("U0HUMAN", "psst")]
        assert client(slack).conversations_history(channel=CHANNEL)["messages"] == []
        said = refusal(slack, "chat.postEphemeral", channel=CHANNEL, user="U0OTHER", text="psst")
        assert said["error"] == "user_not_in_channel"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("reactions.add", {"name": "eyes"}, "already_reacted"),
        ("reactions.add", {"name": ":eyes:"}, "invalid_name"),
        ("reactions.add", {"name": "eyes", "timestamp": "1.000100"}, "message_not_found"),
        ("reactions.remove", {"name": "tada"}, "no_reaction"),
    ],
)
def test_reaction_is_there_once_by_its_name(method: str, arguments: dict[str, Any], error: str) -> None:
    with SlackEmulator(scopes=["chat:write", "reactions:write"]) as slack:
        ts = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]
        client(slack).reactions_add(channel=CHANNEL, timestamp=ts, name="eyes")

        assert refusal(slack, method, **{"channel": CHANNEL, "timestamp": ts} | arguments)["error"] == error
        client(slack).reactions_remove(channel=CHANNEL, timestamp=ts, name="eyes")
        assert slack.messages[0]["reactions"] == []


def test_message_of_one_channel_is_not_found_in_another() -> None:
    with SlackEmulator(channels=[Channel(), Channel("C2", "other")]) as slack:
        ts = client(slack).chat_postMessage(channel=CHANNEL, text="a")["ts"]

        assert refusal(slack, "chat.update", channel="C2", ts=ts, text="x")["error"] == "message_not_found"
        assert client(slack).conversations_history(channel="C2")["messages"] == []
