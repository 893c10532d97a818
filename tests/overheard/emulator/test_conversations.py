from __future__ import annotations

from typing import Any

import pytest

from overheard.emulator.server import SlackEmulator
from overheard.emulator.workspace import Channel
from tests.overheard.emulator.asking import CHANNEL, client, refusal

METADATA = {"event_type": "t", "event_payload": {"delivery": "k"}}


def post(slack: SlackEmulator, *texts: str, **more: Any) -> list[str]:
    return [client(slack).chat_postMessage(channel=CHANNEL, text=text, **more)["ts"] for text in texts]


def texts(answer: Any) -> list[str]:
    return [each["text"] for each in answer["messages"]]


def test_history_is_newest_first_without_replies() -> None:
    with SlackEmulator() as slack:
        first, _ = post(slack, "a", "b")
        post(slack, "reply", thread_ts=first)
        post(slack, "told to all", thread_ts=first, reply_broadcast=True)

        assert texts(client(slack).conversations_history(channel=CHANNEL)) == ["told to all", "b", "a"]
        replies = client(slack).conversations_replies(channel=CHANNEL, ts=first)
        assert texts(replies) == ["a", "reply", "told to all"]
        assert refusal(slack, "conversations.replies", channel=CHANNEL, ts="1.000100")["error"] == "thread_not_found"


def test_metadata_is_given_back_to_those_who_ask_for_it() -> None:
    with SlackEmulator() as slack:
        (ts,) = post(slack, "a", metadata=METADATA)
        web = client(slack)

        assert "metadata" not in web.conversations_history(channel=CHANNEL)["messages"][0]
        asked = web.conversations_history(channel=CHANNEL, include_all_metadata=True)["messages"]
        assert [each["metadata"] for each in asked] == [METADATA]
        asked = web.conversations_replies(channel=CHANNEL, ts=ts, include_all_metadata=True)["messages"]
        assert [each["metadata"] for each in asked] == [METADATA]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ({}, ["c", "b", "a"]),
        ({"oldest": 0}, ["c", "b"]),
        ({"oldest": 0, "inclusive": True}, ["c", "b", "a"]),
        ({"latest": 2}, ["b", "a"]),
        ({"latest": 2, "inclusive": True}, ["c", "b", "a"]),
        ({"oldest": 0, "latest": 2}, ["b"]),
    ],
    ids=str,
)
def test_history_is_of_the_span_that_is_asked_for(span: dict[str, Any], expected: list[str]) -> None:
    with SlackEmulator() as slack:
        ts = post(slack, "a", "b", "c")
        asked = {name: ts[value] if name != "inclusive" else value for name, value in span.items()}

        assert texts(client(slack).conversations_history(channel=CHANNEL, **asked)) == expected


def test_pages_follow_each_other_to_the_end() -> None:
    with SlackEmulator() as slack:
        post(slack, *"abcde")
        seen: list[list[str]] = []
        cursor: str | None = None
        while cursor != "":
            page = client(slack).conversations_history(channel=CHANNEL, limit=2, cursor=cursor)
            seen.append(texts(page))
            cursor = page["response_metadata"]["next_cursor"]
            assert page["has_more"] is (cursor != "")

    assert seen == [["e", "d"], ["c", "b"], ["a"]]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"limit": 0.5}, "invalid_limit"),
        ({"limit": -1}, "invalid_limit"),
        ({"limit": "many"}, "invalid_limit"),
        ({"limit": 5000}, "invalid_limit"),
        ({"cursor": "next"}, "invalid_cursor"),
        ({"cursor": "99"}, "invalid_cursor"),
    ],
    ids=str,
)
def test_page_that_cannot_be_is_refused(arguments: dict[str, Any], error: str) -> None:
    with SlackEmulator() as slack:
        assert refusal(slack, "conversations.history", channel=CHANNEL, **arguments)["error"] == error


CHANNELS = [
    Channel(),
    Channel("C2", "old", is_archived=True),
    Channel("C3", "elsewhere", is_member=False),
    Channel("C4", "secret", is_private=True),
    Channel("C5", "hidden", is_private=True, is_member=False),
]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["listening", "old", "elsewhere"]),
        ({"exclude_archived": True}, ["listening", "elsewhere"]),
        ({"types": "private_channel"}, ["secret"]),
        ({"types": "public_channel,private_channel"}, ["listening", "old", "elsewhere", "secret"]),
    ],
    ids=str,
)
def test_list_names_the_channels_that_the_bot_may_see(asked: dict[str, Any], expected: list[str]) -> None:
    with SlackEmulator(scopes=["channels:read", "groups:read"], channels=CHANNELS) as slack:
        listed = client(slack).conversations_list(**asked)["channels"]

    assert [channel["name"] for channel in listed] == expected


def test_list_of_an_unknown_type_is_refused() -> None:
    with SlackEmulator() as slack:
        assert refusal(slack, "conversations.list", types="rooms")["error"] == "invalid_types"


def test_channel_is_described_with_the_bots_standing() -> None:
    with SlackEmulator(channels=[Channel(is_member=False)]) as slack:
        channel = client(slack).conversations_info(channel=CHANNEL)["channel"]

    assert (channel["name"], channel["is_member"], channel["is_private"]) == ("listening", False, False)


def test_history_of_a_channel_without_the_bot_is_closed() -> None:
    with SlackEmulator(channels=[Channel(is_member=False)]) as slack:
        for method in ("conversations.history", "conversations.replies"):
            assert refusal(slack, method, channel=CHANNEL, ts="1.0")["error"] == "not_in_channel"


def test_message_may_show_in_the_history_later_than_it_was_posted() -> None:
    now = [1_700_000_000.0]
    with SlackEmulator(clock=lambda: now[0], visible_after=90) as slack:
        (parent,) = post(slack, "a")
        seen = []
        for pause in (0.0, 89.0, 1.0):
            now[0] += pause
            seen.append(texts(client(slack).conversations_history(channel=CHANNEL)))
            seen.append(texts(client(slack).conversations_replies(channel=CHANNEL, ts=parent)))

    assert seen == [[], [], [], [], ["a"], ["a"]]
