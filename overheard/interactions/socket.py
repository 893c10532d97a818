"""Socket Mode: one connection that we open, over which Slack hands us what people do; no port of ours is open.

One thread reads, acknowledges and passes on; it connects anew whenever Slack asks for it or falls silent.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

import structlog
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websocket import (
    ABNF,
    WebSocket,
    WebSocketConnectionClosedException,
    WebSocketException,
    WebSocketTimeoutException,
    create_connection,
)

from notifier.contract import SendError
from notifier.slack.client import NAME
from storage.records import Reason

_DIAL = 10.0  # seconds in which a connection must stand, and then Slack must have said hello
_LOOK = 0.5  # seconds after which it is looked whether to stop
_PING = 15.0  # seconds of silence after which Slack is asked whether it is there
_DEAF = 45.0  # seconds of silence after which the connection is given up
_GOODBYE = 1  # seconds for which Slack's goodbye is waited for
_WAIT, _LONGEST = 1.0, 300.0  # seconds before the second try, and before any
_RENEWED = ("warning", "refresh_requested")  # as Slack does every few hours: a new connection is wanted at once
_ODD = 80  # characters of a frame's kind that a log line shows

Take = Callable[[str, Mapping[str, Any]], None]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for what, in seconds; tests wait for less."""

    dial: float = _DIAL
    look: float = _LOOK
    ping: float = _PING
    deaf: float = _DEAF
    wait: float = _WAIT


class SlackSocket:
    """Keeps one connection open."""

    def __init__(self, ticket: Callable[[], str], take: Take, patience: Patience | None = None) -> None:
        self._ticket = ticket
        self._take = take
        self._patience = patience or Patience()
        self._failures = 0  # since Slack said hello

    def run(self, stop: Event) -> None:
        """Listen until `stop` is set, whatever happens to the connection."""
        while not stop.is_set():
            wait = 0.0
            try:
                self._listen(self._ticket(), stop)
            except SendError as problem:
                asked = problem.retry_after or timedelta(0)
                wait = max(asked.total_seconds(), self._next_wait())
                self._tell(problem, wait)
            except (WebSocketException, OSError, ValueError) as problem:
                wait = self._next_wait()
                _log.warning("slack socket lost", because=type(problem).__name__, again_in=f"{wait:.1f} s")
            stop.wait(wait)

    def _next_wait(self) -> float:
        """Give how long to wait, in seconds: doubling up to the longest, a random part of its upper half."""
        longest = min(self._patience.wait * (1 << min(self._failures, 20)), _LONGEST)
        self._failures += 1
        return longest * random.uniform(0.5, 1.0)  # noqa: S311  # spreads many instances, hides nothing

    def _tell(self, problem: SendError, wait: float) -> None:
        if problem.permanent:
            remedy = "buttons and commands are dead until then; digests and alerts go on"
            _log.error("slack socket refused", because=problem.detail, meanwhile=remedy)
        else:
            again = f"{wait:.0f} s"
            _log.warning("slack socket not opened", reason=str(problem.reason), because=problem.detail, again_in=again)

    def _listen(self, url: str, stop: Event) -> None:
        """Read one connection until Slack wants another in its place, or `stop` is set. Raises what sockets raise."""
        connection = create_connection(url, timeout=self._patience.dial)
        try:
            connection.settimeout(self._patience.look)
            self._read(connection, stop)
        finally:
            connection.close(timeout=_GOODBYE)
            connection.shutdown()  # type: ignore[no-untyped-call]  # closes what Slack closed first, which close() leaves

    def _read(self, connection: WebSocket, stop: Event) -> None:
        began = heard = asked = time.monotonic()
        greeted = False
        while not stop.is_set():
            now = time.monotonic()
            if now - heard > self._patience.deaf or (not greeted and now - began > self._patience.dial):
                raise WebSocketTimeoutException("nothing was heard")
            if now - max(heard, asked) > self._patience.ping:
                connection.ping()
                asked = now
            try:
                opcode, frame = connection.recv_data_frame(control_frame=True)
            except WebSocketTimeoutException:
                continue
            heard = time.monotonic()
            if opcode == ABNF.OPCODE_CLOSE:
                raise WebSocketConnectionClosedException("Slack closed it")
            if opcode != ABNF.OPCODE_TEXT:
                continue
            message = _message(frame.data)
            kind = message.get("type")
            if kind == "hello":
                greeted, self._failures = True, 0
                _log.info("slack socket open")
            elif kind == "disconnect":
                self._part(message)
                return
            else:
                self._pass_on(connection, message)

    def _part(self, message: Mapping[str, Any]) -> None:
        """Take leave. Raises SendError where Slack does not want us back at once."""
        reason = str(message.get("reason"))[:_ODD]
        if reason == "link_disabled":
            detail = "link_disabled: Socket Mode is switched off in the app; switch it on under Socket Mode"
            raise SendError(NAME, Reason.MISCONFIGURED, detail, permanent=True)
        if reason not in _RENEWED:
            raise SendError(NAME, Reason.SERVER, f"Slack ended the connection ({reason}); it is tried again by itself")
        _log.info("slack socket renewed", reason=reason)

    def _pass_on(self, connection: WebSocket, message: dict[str, Any]) -> None:
        """Acknowledge first: Slack waits three seconds, and hands over again what it has no answer to."""
        try:
            request = SocketModeRequest.from_dict(message)
        except (TypeError, ValueError):  # a payload that is neither object nor text: the library fails to say so
            request = None
        if request is None or not isinstance(request.envelope_id, str):
            _log.warning("slack socket: a frame that is none", type=str(message.get("type"))[:_ODD])
            return
        connection.send(json.dumps(SocketModeResponse(request.envelope_id).to_dict()))
        self._take(str(request.type), request.payload)


def _message(data: bytes) -> dict[str, Any]:
    """Give what a frame holds; nothing for what is no JSON object."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
