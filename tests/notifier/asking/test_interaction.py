"""What Slack hands over, read; and what is passed over because it is none of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from notifier.asking.interaction import Asker, Command, Press, interaction, posted

COMMAND: dict[str, Any] = {
    "command": "/overheard", "text": "sov 7d", "user_id": "U0HUMAN", "user_name": "kim", "channel_id": "C0123456789",
    "channel_name": "listening", "trigger_id": "1.2.abc", "response_url": "https://hooks.slack.com/commands/1",
}  # fmt: skip
PRESS: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U0HUMAN", "username": "kim"},
    "channel": {"id": "C0123456789", "name": "listening"},
    "container": {"type": "message", "message_ts": "1700000000.000100"},
    "trigger_id": "1.2.abc",
    "response_url": "https://hooks.slack.com/actions/1",
    "actions": [{"type": "button", "action_id": "relevant.1", "value": "17 acme"}],
}
KIM = Asker("U0HUMAN", "kim", "C0123456789", "listening")


def test_a_command_is_read() -> None:
    read = interaction("slash_commands", COMMAND)
    assert read == Command(KIM, "1.2.abc", "https://hooks.slack.com/commands/1", "sov 7d")


def test_a_press_is_read_with_its_value_and_its_message() -> None:
    address = "https://hooks.slack.com/actions/1"
    expected = Press(KIM, "1.2.abc", address, "relevant.1", "17 acme", "1700000000.000100")
    assert interaction("interactive", PRESS) == expected


def test_a_choice_is_read_by_the_option_that_was_chosen() -> None:
    chosen = {"type": "static_select", "action_id": "tone.1", "selected_option": {"value": "negative 17 acme"}}
    read = interaction("interactive", PRESS | {"actions": [chosen]})
    assert isinstance(read, Press)
    assert (read.action, read.value) == ("tone.1", "negative 17 acme")


def test_posts_are_read_as_slack_writes_them() -> None:
    assert posted(urlencode(COMMAND).encode()) == interaction("slash_commands", COMMAND)
    assert posted(urlencode({"payload": json.dumps(PRESS)}).encode()) == interaction("interactive", PRESS)


def test_a_name_that_would_trick_the_eye_is_cleaned_and_a_missing_one_is_the_id() -> None:
    read = interaction("slash_commands", COMMAND | {"user_name": "kim\u202e\n<!channel>"})
    assert read is not None
    assert read.by.name == "kim <!channel>"
    read = interaction("slash_commands", COMMAND | {"user_name": None})
    assert read is not None
    assert read.by.name == "U0HUMAN"


ODD: list[Any] = [None, 7, [], {}, "", "x" * 5000, "U0\n", "<!channel>", "\x00"]


@pytest.mark.parametrize("key", ["user_id", "channel_id", "trigger_id", "command"])
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_a_command_that_is_out_of_shape_is_passed_over(key: str, value: object) -> None:
    assert interaction("slash_commands", COMMAND | {key: value}) is None


@pytest.mark.parametrize("key", ["user", "channel", "container", "trigger_id", "actions", "type"])
@pytest.mark.parametrize("value", [*ODD, [None], [[]], {"id": 7}], ids=repr)
def test_a_press_that_is_out_of_shape_is_passed_over(key: str, value: object) -> None:
    assert interaction("interactive", PRESS | {key: value}) is None


@pytest.mark.parametrize("kind", ["events_api", "", "view_submission"])
def test_other_kinds_are_passed_over(kind: str) -> None:
    assert interaction(kind, COMMAND) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"payload=", b"payload={", b"payload=[]", b"payload=7", b"a=b", b"payload=" + b"[" * 200_000,
     b"&".join(b"a=b" for _ in range(60))],
    ids=["nothing", "no text", "empty", "cut", "list", "number", "other form", "deep", "many fields"],
)  # fmt: skip
def test_a_body_that_is_none_of_slacks_is_passed_over(body: bytes) -> None:
    assert posted(body) is None
