"""The web socket: what comes over it, and what becomes of it when the other end misbehaves."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

import pytest
from structlog.testing import capture_logs
from websocket import ABNF

from notifier.contract import SendError
from notifier.slack.socket import SocketTickets
from overheard.emulator.websockets import WebSocket, accept_key
from overheard.interactions.socket import Patience, SlackSocket
from tests.doubles.slack import FakeSlack
from tests.scenarios.house import wait_until

CALM = Patience(look=0.05, wait=0.01)
QUICK = Patience(dial=0.5, look=0.05, ping=0.2, deaf=0.6, wait=0.01)  # for servers that fall silent
WAIT = 30.0


class Listening:
    """A socket that runs in a thread, and what came over it."""

    def __init__(self, ticket: Callable[[], str], patience: Patience = CALM) -> None:
        self.got: list[tuple[str, Mapping[str, Any]]] = []
        self.stop = threading.Event()
        made = SlackSocket(ticket, lambda kind, payload: self.got.append((kind, payload)), patience)
        self._thread = threading.Thread(target=made.run, args=(self.stop,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(WAIT)
        assert not self._thread.is_alive()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as made:
        yield made


def tickets(slack: FakeSlack) -> Callable[[], str]:
    return SocketTickets(slack.app_token, slack.base_url).open


def asked(listening: Listening) -> list[str]:
    return [payload["text"] for _, payload in listening.got]


def test_what_slack_hands_over_is_acknowledged_and_passed_on(slack: FakeSlack) -> None:
    with Listening(tickets(slack)) as listening:
        assert slack.sockets.wait_for(1, WAIT)
        assert slack.command("/overheard", "coverage").wait(30.0)
        wait_until(lambda: asked(listening) == ["coverage"], "it is passed on")


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
def test_a_connection_that_slack_wants_renewed_is_opened_anew_at_once(slack: FakeSlack, reason: str) -> None:
    with Listening(tickets(slack)) as listening:
        assert slack.sockets.wait_for(1, WAIT)
        slack.sockets.disconnect(reason)
        assert slack.sockets.wait_for(1, WAIT)
        assert slack.command("/overheard", "again").wait(30.0)
        wait_until(lambda: asked(listening) == ["again"], "it is passed on")


def test_a_connection_that_ends_without_a_word_is_opened_anew(slack: FakeSlack) -> None:
    with Listening(tickets(slack)) as listening:
        for round_ in ("1", "2", "3"):
            assert slack.sockets.wait_for(1, WAIT)
            assert slack.command("/overheard", round_).wait(30.0)
            slack.sockets.drop()
        wait_until(lambda: asked(listening) == ["1", "2", "3"], "they are passed on")


def test_a_switched_off_socket_mode_is_told_with_its_remedy_and_tried_again(slack: FakeSlack) -> None:
    with capture_logs() as logs, Listening(tickets(slack)):
        assert slack.sockets.wait_for(1, WAIT)
        slack.sockets.disconnect("link_disabled")
        assert slack.sockets.wait_for(1, WAIT)
    line = next(line for line in logs if line["event"] == "slack socket refused")
    assert "switch it on under Socket Mode" in line["because"]


def test_a_wrong_app_token_is_told_with_its_remedy_and_without_itself(slack: FakeSlack) -> None:
    with capture_logs() as logs, Listening(SocketTickets("xapp-expired-canary", slack.base_url).open):
        wait_until(lambda: any(line["event"] == "slack socket refused" for line in logs), "the token is refused")
    line = next(line for line in logs if line["event"] == "slack socket refused")
    assert "make an app-level token with the scope connections:write" in line["because"]
    assert line["meanwhile"].endswith("digests and alerts go on")
    assert "canary" not in json.dumps(logs, default=str)


def test_a_bot_token_in_the_place_of_the_app_token_is_refused_for_good(slack: FakeSlack) -> None:
    with pytest.raises(SendError, match="app-level token") as caught:
        SocketTickets(slack.token, slack.base_url).open()
    assert caught.value.permanent


@contextmanager
def rude(behaviour: Callable[[WebSocket, int], None]) -> Iterator[tuple[str, list[int]]]:
    """A server that lets everybody in and then behaves as it is told; gives its address and the visits so far."""
    visits: list[int] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            visits.append(len(visits))
            with connection:
                request = connection.recv(4096).decode()
                key = next(line.split(": ")[1] for line in request.splitlines() if line.startswith("Sec-WebSocket-Key"))
                head = "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                connection.sendall(f"{head}Sec-WebSocket-Accept: {accept_key(key)}\r\n\r\n".encode())
                try:
                    behaviour(WebSocket(connection.recv, connection.sendall), len(visits))
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"ws://127.0.0.1:{listening.getsockname()[1]}/", visits
    finally:
        listening.close()


ENVELOPE = {"envelope_id": "e1", "type": "slash_commands", "payload": {"text": "after it all"}}
GARBAGE = [
    "", "{", "[]", "null", "7", '"text"', "{}", '{"type": 3}', '{"type": "hello", "envelope_id": 5, "payload": {}}',
    '{"type": "slash_commands", "envelope_id": "e0", "payload": 7}', '{"type": "events_api", "envelope_id": "e0"}',
    "[" * 100_000,
]  # fmt: skip


def test_frames_that_are_none_are_passed_over() -> None:
    answers: list[str] = []

    def behave(connection: WebSocket, visit: int) -> None:
        del visit
        connection.send('{"type": "hello"}')
        for text in GARBAGE:
            connection.send(text)
        connection.send(json.dumps(ENVELOPE))
        answers.extend(connection.texts())

    with rude(behave) as (url, visits), Listening(lambda: url) as listening:
        wait_until(lambda: bool(listening.got), "the good one is passed on")
        assert listening.got == [("slash_commands", {"text": "after it all"})]
        assert len(visits) == 1
    wait_until(lambda: bool(answers), "what was acknowledged is known")
    assert [json.loads(text)["envelope_id"] for text in answers] == ["e1"]


@pytest.mark.parametrize("greeting", [None, '{"type": "hello"}'], ids=["no hello", "silence after hello"])
def test_a_server_that_falls_silent_is_left(greeting: str | None) -> None:
    released = threading.Event()

    def behave(connection: WebSocket, visit: int) -> None:
        del visit
        if greeting:
            connection.send(greeting)
        released.wait(2.0)  # pings stay unanswered

    with rude(behave) as (url, visits), Listening(lambda: url, QUICK):
        wait_until(lambda: len(visits) >= 2, "it is tried again")
        released.set()


def test_a_server_that_answers_pings_is_kept() -> None:
    pings: list[object] = []

    def behave(connection: WebSocket, visit: int) -> None:
        del visit
        connection.send('{"type": "hello"}')
        while True:
            frame = connection._frames.recv_frame()
            if frame.opcode == ABNF.OPCODE_PING:
                pings.append(frame.data)
                connection._give(b"", ABNF.OPCODE_PONG)

    patience = Patience(look=0.05, ping=0.2, deaf=2.0, wait=0.01)
    with rude(behave) as (url, visits), Listening(lambda: url, patience):
        wait_until(lambda: len(pings) >= 12, "it is pinged for longer than it may be silent")
        assert len(visits) == 1


def test_a_server_that_sends_no_text_but_bytes_is_left_and_tried_again() -> None:
    def behave(connection: WebSocket, visit: int) -> None:
        del visit
        connection._give(b"\xff\xfe", 1)  # a frame of text that is none

    with rude(behave) as (url, visits), Listening(lambda: url):
        wait_until(lambda: len(visits) >= 3, "it is tried again")
