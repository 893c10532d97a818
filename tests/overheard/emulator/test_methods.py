from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from overheard.emulator.server import SlackEmulator
from overheard.emulator.workspace import Channel
from tests.overheard.emulator.asking import CHANNEL, client, refusal

VIDEO = {
    "type": "video",
    "alt_text": "x",
    "title": {"type": "plain_text", "text": "x"},
    "thumbnail_url": "https://a.example/x.png",
    "video_url": "https://v.example/1",
}


def test_bot_is_told_who_and_where_it_is_and_what_it_may_do() -> None:
    with SlackEmulator() as slack:
        me = client(slack).auth_test()

    assert (me["user"], me["team"], me["user_id"], me["bot_id"]) == ("overheard", "Testers", "U0BOT", "B0BOT")
    assert me.headers["x-oauth-scopes"] == "chat:write,channels:history,channels:read"


def test_call_without_a_token_with_a_wrong_one_and_of_a_wrong_name_is_refused() -> None:
    with SlackEmulator() as slack:
        with pytest.raises(SlackApiError, match="not_authed"):
            WebClient(base_url=slack.base_url, retry_handlers=[]).auth_test()
        assert refusal(slack, "auth.test", "xoxb-other")["error"] == "invalid_auth"
        assert refusal(slack, "chat.postmessage")["error"] == "unknown_method"


def test_token_may_stand_in_a_form() -> None:
    with SlackEmulator() as slack:
        asked = WebClient(base_url=slack.base_url, retry_handlers=[])
        assert asked.api_call("auth.test", params={"token": slack.token})["ok"]


def test_tokens_of_the_app_and_of_the_bot_are_not_taken_for_each_other() -> None:
    with SlackEmulator() as slack:
        assert refusal(slack, "apps.connections.open")["error"] == "not_allowed_token_type"
        assert refusal(slack, "chat.postMessage", slack.app_token)["error"] == "not_allowed_token_type"


@pytest.mark.parametrize(
    ("method", "arguments", "private", "needed"),
    [
        ("chat.postMessage", {"text": "x"}, False, "chat:write"),
        ("chat.postMessage", {"text": "x", "username": "Ann"}, False, "chat:write"),
        ("chat.update", {"ts": "1.0", "text": "x"}, False, "chat:write"),
        ("chat.delete", {"ts": "1.0"}, False, "chat:write"),
        ("chat.postEphemeral", {"user": "U0HUMAN", "text": "x"}, False, "chat:write"),
        ("reactions.add", {"timestamp": "1.0", "name": "eyes"}, False, "reactions:write"),
        ("reactions.remove", {"timestamp": "1.0", "name": "eyes"}, False, "reactions:write"),
        ("conversations.history", {}, False, "channels:history"),
        ("conversations.history", {}, True, "groups:history"),
        ("conversations.replies", {"ts": "1.0"}, False, "channels:history"),
        ("conversations.replies", {"ts": "1.0"}, True, "groups:history"),
        ("conversations.info", {}, False, "channels:read"),
        ("conversations.info", {}, True, "groups:read"),
        ("conversations.list", {}, False, "channels:read"),
        ("conversations.list", {"types": "private_channel"}, False, "groups:read"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1}, False, "files:write"),
        ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, False, "files:write"),
    ],
)
def test_method_names_the_scope_that_it_needs(
    method: str, arguments: dict[str, Any], private: bool, needed: str
) -> None:
    with SlackEmulator(scopes=["users:read", "team:read"], channels=[Channel(is_private=private)]) as slack:
        said = refusal(slack, method, channel=CHANNEL, **arguments)

    assert said == {"ok": False, "error": "missing_scope", "needed": needed, "provided": "users:read,team:read"}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [({"username": "Ann"}, "chat:write.customize"), ({"blocks": [VIDEO]}, "links.embed:write")],
    ids=["another name", "a video"],
)
def test_unusual_messages_need_more(arguments: dict[str, Any], needed: str) -> None:
    with SlackEmulator() as slack:
        assert refusal(slack, "chat.postMessage", channel=CHANNEL, text="x", **arguments)["needed"] == needed


@pytest.mark.parametrize(
    ("channel", "asked", "error"),
    [
        (Channel(), "C9999999999", "channel_not_found"),
        (Channel(), "listening", "channel_not_found"),
        (Channel(), "#listening", "channel_not_found"),
        (Channel(is_archived=True), CHANNEL, "is_archived"),
        (Channel(is_member=False), CHANNEL, "not_in_channel"),
        (Channel(is_private=True, is_member=False), CHANNEL, "channel_not_found"),
    ],
    ids=["unknown", "name", "name with #", "archived", "not invited", "private and not invited"],
)
@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("chat.postMessage", {"text": "x"}),
        ("chat.update", {"text": "x", "ts": "1.0"}),
        ("chat.postEphemeral", {"text": "x", "user": "U0HUMAN"}),
    ],
)
def test_message_goes_to_a_channel_by_its_id_where_the_bot_is(
    method: str, more: dict[str, Any], channel: Channel, asked: str, error: str
) -> None:
    with SlackEmulator(channels=[channel]) as slack:
        assert refusal(slack, method, channel=asked, **more)["error"] == error
        assert slack.messages == []


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def too_early(slack: SlackEmulator, method: str, **arguments: Any) -> tuple[int, str] | None:
    """Status and Retry-After of a call that came too early; None when it did not."""
    try:
        client(slack).api_call(method, json=arguments)
    except SlackApiError as refused:
        if refused.response["error"] != "ratelimited":
            return None
        return refused.response.status_code, refused.response.headers["Retry-After"]
    return None


def test_one_message_a_second_goes_to_a_channel_after_two_at_once() -> None:
    clock = Clock()
    channels = [Channel(), Channel("C2", "other")]
    with SlackEmulator(clock=clock, rate_limits=True, channels=channels) as slack:
        said = []
        for pause in (0, 0, 0, 0.5, 0.5, 1.0, 0):
            clock.now += pause
            said.append(too_early(slack, "chat.postMessage", channel=CHANNEL, text="x"))
        elsewhere = too_early(slack, "chat.postMessage", channel="C2", text="x")

        assert said == [None, None, (429, "1"), (429, "1"), None, None, (429, "1")]
        assert elsewhere is None
        assert len(slack.messages) == 5
        assert [each.error for each in slack.refusals] == ["ratelimited"] * 3


def test_two_hundred_messages_a_minute_go_to_all_channels_together() -> None:
    clock = Clock()
    channels = [Channel(f"C{number}", f"c{number}") for number in range(101)]
    with SlackEmulator(clock=clock, rate_limits=True, channels=channels) as slack:
        said = [too_early(slack, "chat.postMessage", channel=each.id, text="x") for each in channels for _ in (1, 2)]

    assert [place for place, early in enumerate(said) if early] == [200, 201]


@pytest.mark.parametrize(
    ("method", "internal", "calls"),
    [
        ("conversations.history", True, 50),
        ("conversations.history", False, 1),
        ("conversations.list", True, 20),
        ("auth.test", True, 100),
    ],
)
def test_other_methods_have_so_many_calls_a_minute(method: str, internal: bool, calls: int) -> None:
    clock = Clock()
    with SlackEmulator(clock=clock, rate_limits=True, internal=internal) as slack:
        first = [too_early(slack, method, channel=CHANNEL) for _ in range(calls)]
        late = too_early(slack, method, channel=CHANNEL)
        clock.now += 60
        again = too_early(slack, method, channel=CHANNEL)

    assert first == [None] * calls
    assert late is not None
    assert again is None


def test_app_that_is_sold_sees_fifteen_messages_of_history() -> None:
    with SlackEmulator(internal=False) as slack:
        for number in range(16):
            client(slack).chat_postMessage(channel=CHANNEL, text=str(number))

        assert len(client(slack).conversations_history(channel=CHANNEL, limit=200)["messages"]) == 15


def sent(slack: SlackEmulator, path: str, body: bytes | None, kind: str = "") -> dict[str, Any]:
    asked = Request(f"{slack.base_url}{path}", body, {"Content-Type": kind, "Authorization": f"Bearer {slack.token}"})  # noqa: S310  # our own server
    with urlopen(asked, timeout=10) as answer:  # noqa: S310  # the same
        found: dict[str, Any] = json.load(answer)
    return found


def test_request_that_cannot_be_read_is_refused_wherever_its_arguments_stand() -> None:
    with SlackEmulator() as slack:
        assert sent(slack, "chat.postMessage", b"{", "application/json")["error"] == "invalid_json"
        assert sent(slack, "chat.postMessage?blocks=%5B", None)["error"] == "invalid_blocks_format"
        assert [(each.method, each.error) for each in slack.refusals] == [
            ("chat.postMessage", "invalid_json"),
            ("chat.postMessage", "invalid_blocks_format"),
        ]
