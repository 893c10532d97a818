from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.webhook import WebhookClient
from websocket import WebSocket, create_connection

from overheard.emulator.faults import Fault
from overheard.emulator.server import SlackEmulator
from tests.overheard.emulator.asking import CHANNEL, client
from tests.scenarios.house import wait_until

WAIT = 10.0
BUTTON = {
    "type": "actions",
    "block_id": "verdict",
    "elements": [
        {"type": "button", "action_id": "relevant", "value": "m1", "text": {"type": "plain_text", "text": "Relevant"}}
    ],
}


class App:
    """An app that acknowledges what it gets, as slack_sdk does it."""

    def __init__(self, slack: SlackEmulator, answer: dict[str, Any] | None = None) -> None:
        self.got: queue.Queue[SocketModeRequest] = queue.Queue()
        self._answer = answer
        web = WebClient(token=slack.token, base_url=slack.base_url)
        self.client = SocketModeClient(app_token=slack.app_token, web_client=web, ping_interval=1)
        self.client.socket_mode_request_listeners.append(self._take)
        self.client.connect()
        self._slack = slack

    def leave(self) -> None:
        """Go away: the library waits three seconds for a word from a server that does not close first."""
        self.client.auto_reconnect_enabled = self.client.default_auto_reconnect_enabled = False
        self._slack.sockets.drop()
        wait_until(lambda: not self.client.is_connected(), "the client sees that it is disconnected")
        self.client.close()

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self._answer))
        self.got.put(request)


@pytest.fixture
def slack() -> Iterator[SlackEmulator]:
    with SlackEmulator() as made:
        yield made


@pytest.fixture
def app(slack: SlackEmulator) -> Iterator[App]:
    made = App(slack)
    assert slack.sockets.wait_for(1, WAIT)
    yield made
    made.leave()


def raw(slack: SlackEmulator) -> WebSocket:
    """A connection without a library that reconnects."""
    url = WebClient(base_url=slack.base_url).apps_connections_open(app_token=slack.app_token)["url"]
    return create_connection(url, timeout=WAIT)


def test_app_gets_the_press_of_a_button_and_acknowledges_it(slack: SlackEmulator, app: App) -> None:
    ts = client(slack).chat_postMessage(channel=CHANNEL, text="story", blocks=[BUTTON])["ts"]
    envelope = slack.press(ts, "relevant", "U0ANN")
    got = app.got.get(timeout=WAIT)

    assert envelope.wait(WAIT)
    assert (got.type, got.envelope_id) == ("interactive", envelope.id)
    payload = got.payload
    assert (payload["type"], payload["user"]["id"], payload["channel"]["id"]) == ("block_actions", "U0ANN", CHANNEL)
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == ts
    (action,) = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("relevant", "verdict", "m1")


def test_app_gets_a_command_and_may_answer_in_its_acknowledgement(slack: SlackEmulator) -> None:
    app = App(slack, {"text": "41 %", "response_type": "in_channel"})
    assert slack.sockets.wait_for(1, WAIT)
    envelope = slack.command("/overheard", "sov 7d")
    got = app.got.get(timeout=WAIT)
    assert envelope.wait(WAIT)
    app.leave()

    assert (got.type, got.payload["command"], got.payload["text"]) == ("slash_commands", "/overheard", "sov 7d")
    assert [each["text"] for each in slack.messages] == ["41 %"]


def test_press_is_answered_at_its_address(slack: SlackEmulator, app: App) -> None:
    ts = client(slack).chat_postMessage(channel=CHANNEL, text="story", blocks=[BUTTON])["ts"]
    slack.press(ts, "relevant")
    url = app.got.get(timeout=WAIT).payload["response_url"]
    said = WebhookClient(url).send(text="noted", replace_original=True)

    assert (said.status_code, said.body) == (200, "ok")
    assert [(each["ts"], each["text"]) for each in slack.messages] == [(ts, "noted")]


def test_press_may_be_handed_over_twice(slack: SlackEmulator, app: App) -> None:
    ts = client(slack).chat_postMessage(channel=CHANNEL, text="story", blocks=[BUTTON])["ts"]
    slack.fail(Fault("duplicate", "interactive"))
    slack.press(ts, "relevant")
    slack.press(ts, "relevant")
    got = [app.got.get(timeout=WAIT).payload for _ in range(3)]

    assert len({each["trigger_id"] for each in got}) == 2
    assert len(slack.sockets.envelopes) == 3


def test_app_connects_anew_when_it_is_asked_to(slack: SlackEmulator, app: App) -> None:
    slack.sockets.disconnect()
    assert slack.sockets.wait_for(1, WAIT)
    slack.command("/overheard", "coverage")

    assert app.got.get(timeout=WAIT).payload["text"] == "coverage"


def test_window_is_opened_with_the_trigger_of_a_press_once(slack: SlackEmulator, app: App) -> None:
    slack.command("/overheard", "snooze")
    trigger = app.got.get(timeout=WAIT).payload["trigger_id"]
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Snooze"}, "blocks": [{"type": "divider"}]}
    opened = client(slack).views_open(trigger_id=trigger, view=view)

    assert opened["view"]["title"]["text"] == "Snooze"
    assert [each["id"] for each in slack.workspace.views] == [opened["view"]["id"]]


def test_nobody_is_there_to_get_a_press(slack: SlackEmulator) -> None:
    with pytest.raises(LookupError, match="the app has no connection"):
        slack.command("/overheard", "sov")


@pytest.mark.parametrize(("ts", "action"), [("1.000100", "relevant"), (None, "irrelevant")], ids=["message", "button"])
def test_what_is_not_there_cannot_be_pressed(slack: SlackEmulator, ts: str | None, action: str) -> None:
    posted = client(slack).chat_postMessage(channel=CHANNEL, text="story", blocks=[BUTTON])["ts"]

    with pytest.raises(LookupError):
        slack.press(ts or posted, action)


def test_connection_begins_with_a_hello_and_ends_with_a_goodbye(slack: SlackEmulator) -> None:
    connection = raw(slack)
    hello = json.loads(connection.recv())
    slack.sockets.disconnect("warning")
    goodbye = json.loads(connection.recv())
    connection.close()

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "warning")


def test_envelope_is_acknowledged_by_its_id_and_by_nothing_else(slack: SlackEmulator) -> None:
    connection = raw(slack)
    connection.recv()
    envelope = slack.command("/overheard", "sov")
    sent = json.loads(connection.recv())
    for wrong in ("hello", "[]", '{"envelope_id": "other"}'):
        connection.send(wrong)
    assert not envelope.acknowledged
    connection.send(json.dumps({"envelope_id": sent["envelope_id"]}))

    assert envelope.wait(WAIT)
    assert sent["accepts_response_payload"] is True
    connection.close()
    assert slack.sockets.wait_for(0, WAIT)


def test_long_message_arrives_in_several_frames(slack: SlackEmulator) -> None:
    connection = raw(slack)
    connection.recv()
    envelope = slack.command("/overheard", "x" * 70_000)
    sent = json.loads(connection.recv())
    answer = json.dumps({"envelope_id": sent["envelope_id"], "payload": {"text": "y" * 2000}}).encode()
    connection.send_frame(frame(answer[:500], 1, 0))
    connection.send_frame(frame(answer[500:], 0, 1))

    assert envelope.wait(WAIT)
    assert sent["payload"]["text"] == "x" * 70_000
    assert [each["text"] for each in slack.workspace.ephemerals] == ["y" * 2000]
    connection.close()


def frame(data: bytes, opcode: int, fin: int) -> Any:
    from websocket import ABNF  # noqa: PLC0415  # beside its only use

    return ABNF.create_frame(data, opcode, fin)


def test_address_is_dialled_once_and_soon() -> None:
    now = [1_700_000_000.0]
    with SlackEmulator(clock=lambda: now[0]) as slack:
        web = WebClient(base_url=slack.base_url)
        url = web.apps_connections_open(app_token=slack.app_token)["url"]
        create_connection(url, timeout=WAIT).close()
        old = web.apps_connections_open(app_token=slack.app_token)["url"]
        now[0] += 31

        for address in (url, old):
            with pytest.raises(Exception, match="403"):
                create_connection(address, timeout=WAIT)
        with pytest.raises(HTTPError, match="403"):
            urlopen(old.replace("ws:", "http:"), timeout=WAIT)  # noqa: S310  # our own server


def test_wrong_answer_inside_an_acknowledgement_is_a_refused_payload(slack: SlackEmulator) -> None:
    connection = raw(slack)
    connection.recv()
    envelope = slack.command("/overheard", "sov")
    connection.recv()
    connection.send(json.dumps({"envelope_id": envelope.id, "payload": {"blocks": [{"type": "heading"}]}}))

    assert envelope.wait(WAIT)
    assert [(each.method, each.error) for each in slack.refusals] == [("acknowledgement", "invalid_blocks")]
    connection.close()
