"""Socket Mode: Slack hands presses and commands to an app over a web socket that the app has opened."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from overheard.emulator.faults import Faults
from overheard.emulator.journal import Journal
from overheard.emulator.websockets import WebSocket
from overheard.emulator.workspace import APP_ID

PATH = "/link/"
_TICKET = 30.0  # seconds within which an address must be used, once
_MOST = 10  # connections of one app


@dataclass
class Envelope:
    """One thing that was handed to the app, and its answer."""

    id: str
    type: str  # interactive, slash_commands
    payload: dict[str, Any]
    acknowledged: bool = False
    response: dict[str, Any] | None = None
    answered: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float) -> bool:
        """Wait for the acknowledgement, for as long as Slack does or less."""
        return self.answered.wait(seconds)


class SocketMode:
    """The connections of one app."""

    def __init__(self, clock: Callable[[], float], journal: Journal, faults: Faults) -> None:
        self._clock = clock
        self._journal = journal
        self._faults = faults
        self._tickets: dict[str, float] = {}
        self._issued = 0
        self._open: list[WebSocket] = []
        self._changed = threading.Condition()
        self.envelopes: list[Envelope] = []
        self.responded: Callable[[Envelope], None] = lambda _: None  # called with what came back inside an answer

    def ticket(self) -> str:
        """Give the path of an address that may be dialled once, soon."""
        self._issued += 1
        name = f"ticket-{self._issued}"
        self._tickets[name] = self._clock()
        return f"{PATH}?ticket={name}&app_id={APP_ID}"

    def admits(self, ticket: str) -> bool:
        """Tell whether somebody with this ticket may come in, and take it."""
        made = self._tickets.pop(ticket, None)
        return made is not None and self._clock() - made <= _TICKET and len(self._open) < _MOST

    def serve(self, connection: WebSocket) -> None:
        """Say hello, then listen to acknowledgements until the connection ends."""
        with self._changed:
            self._open.append(connection)
        try:
            connection.send(json.dumps(self._hello()))
            with self._changed:
                self._changed.notify_all()
            for text in connection.texts():
                self._acknowledge(text)
        finally:
            with self._changed:
                self._open = [each for each in self._open if each is not connection]
                self._changed.notify_all()

    def wait_for(self, connections: int, seconds: float) -> bool:
        """Wait until the app has so many connections."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._open) == connections, seconds)

    def deliver(self, kind: str, payload: dict[str, Any]) -> Envelope:
        """Hand something to the app. Raises LookupError when it is not connected; then Slack tells the user so."""
        fault = self._faults.take("interactive")
        envelope = self._send(kind, payload)
        if fault is not None and fault.kind == "duplicate":
            self._send(kind, payload)
        return envelope

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew, as Slack does every few hours, and close what is open."""
        self._leave(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "emulator"}}))

    def drop(self) -> None:
        """Close what is open without a word."""
        self._leave(None)

    def _leave(self, last_words: str | None) -> None:
        with self._changed:
            leaving, self._open = self._open, []  # nothing is handed to them any more
            self._changed.notify_all()
        for connection in leaving:
            with contextlib.suppress(OSError):  # it has left by itself
                if last_words is not None:
                    connection.send(last_words)
            connection.close()

    def _send(self, kind: str, payload: dict[str, Any]) -> Envelope:
        with self._changed:
            if not self._open:
                raise LookupError("the app has no connection")
            connection = self._open[len(self.envelopes) % len(self._open)]
            envelope = Envelope(f"envelope-{len(self.envelopes) + 1}", kind, payload)
            self.envelopes.append(envelope)
        self._journal.note("delivered", envelope_id=envelope.id, type=kind)
        connection.send(
            json.dumps(
                {
                    "envelope_id": envelope.id,
                    "type": kind,
                    "accepts_response_payload": kind == "slash_commands",
                    "payload": payload,
                }
            )
        )
        return envelope

    def _acknowledge(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        found = [each for each in self.envelopes if isinstance(answer, dict) and each.id == answer.get("envelope_id")]
        for envelope in found:
            if not envelope.acknowledged:
                envelope.acknowledged = True
                envelope.response = answer.get("payload")
                self._journal.note("acknowledged", envelope_id=envelope.id)
                self.responded(envelope)
                envelope.answered.set()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "emulator", "approximate_connection_time": 18060},
        }
