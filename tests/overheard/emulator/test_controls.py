"""Lines by which a person presses and asks in the local Slack."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from notifier.slack.socket import SocketTickets
from overheard.emulator.controls import do
from overheard.emulator.server import SlackEmulator
from overheard.interactions.socket import Patience, SlackSocket
from tests.overheard.emulator.asking import CHANNEL, client
from tests.scenarios.house import wait_until

BUTTON = {"type": "button", "action_id": "yes.1", "value": "17", "text": {"type": "plain_text", "text": "Yes"}}
OPTIONS = [{"text": {"type": "plain_text", "text": text}, "value": f"{text} 17"} for text in ("good", "bad")]
MENU = {"type": "static_select", "action_id": "tone.1", "options": OPTIONS}
BLOCKS = [{"type": "actions", "elements": [BUTTON, MENU]}]


@pytest.fixture
def slack() -> Iterator[SlackEmulator]:
    with SlackEmulator() as made:
        yield made


@pytest.fixture
def got(slack: SlackEmulator) -> Iterator[list[dict[str, Any]]]:
    """What an app that listens got."""
    taken: list[dict[str, Any]] = []
    stop = threading.Event()
    tickets = SocketTickets(slack.app_token, slack.base_url)
    listening = SlackSocket(tickets.open, lambda _, payload: taken.append(dict(payload)), Patience(look=0.05))
    thread = threading.Thread(target=listening.run, args=(stop,), daemon=True)
    thread.start()
    assert slack.sockets.wait_for(1, 30.0)
    yield taken
    stop.set()
    thread.join(30)


def test_the_command_is_typed_by_whoever_is_named(slack: SlackEmulator, got: list[dict[str, Any]]) -> None:
    do(slack, "/overheard sov 7d\n")
    do(slack, "U0123456789: /overheard help")
    wait_until(lambda: len(got) == 2, "both arrive")
    assert [(each["command"], each["text"], each["user_id"]) for each in got] == [
        ("/overheard", "sov 7d", "U0HUMAN"),
        ("/overheard", "help", "U0123456789"),
    ]


def test_buttons_and_menus_of_the_newest_message_are_used(slack: SlackEmulator, got: list[dict[str, Any]]) -> None:
    for _ in range(2):
        client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=BLOCKS)
    do(slack, "press yes.1")
    do(slack, "choose tone.1 bad")
    wait_until(lambda: len(got) == 2, "both arrive")
    newest = slack.messages[-1]["ts"]
    assert [each["container"]["message_ts"] for each in got] == [newest, newest]
    assert got[0]["actions"][0]["value"] == "17"
    assert got[1]["actions"][0]["selected_option"] == OPTIONS[1]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("dance", 'write "/overheard sov 7d"'),
        ("press no.1", "no message has no.1; there are yes.1, tone.1"),
        ("press", "no message has it; there are yes.1, tone.1"),
        ("choose tone.1 ugly", "tone.1 has no option 'ugly'"),
        ("press yes.1", "the app has no connection"),
    ],
)
def test_what_cannot_be_done_is_told(slack: SlackEmulator, line: str, told: str) -> None:
    client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=BLOCKS)
    with pytest.raises(LookupError) as caught:
        do(slack, line)
    assert told in caught.value.args[0]


def test_lines_may_be_posted_too(slack: SlackEmulator, got: list[dict[str, Any]]) -> None:
    with urlopen(Request(f"{slack.address}/admin/do", b"/overheard coverage"), timeout=5) as answer:  # noqa: S310  # ours
        assert answer.status == 200
    wait_until(lambda: len(got) == 1, "it arrives")
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{slack.address}/admin/do", b"dance"), timeout=5)  # noqa: S310  # ours
    with refused.value:
        assert refused.value.code == 409
        assert "press ACTION" in refused.value.read().decode()
