"""The emulator: one workspace, one app, one HTTP server on the loopback interface.

with SlackEmulator() as slack:
    SlackChannel(slack.token, slack.channel, slack.base_url)
    slack.fail(Fault("drop_after"))
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol, Self

from overheard.emulator.answers import Answer
from overheard.emulator.faults import Fault, Faults
from overheard.emulator.files import upload
from overheard.emulator.handler import EmulatorServer, Handler
from overheard.emulator.interactions import Deed, press, slash_command
from overheard.emulator.journal import Entry, Journal
from overheard.emulator.methods import Refusal, WebApi
from overheard.emulator.rates import RateLimits
from overheard.emulator.socket_mode import Envelope, SocketMode
from overheard.emulator.views import Windows
from overheard.emulator.webhooks import WEBHOOK, ResponseAddress, Webhooks
from overheard.emulator.workspace import Channel, Workspace

SCOPES = ("chat:write", "channels:history", "channels:read")
TOKEN = "xoxb-0123456789-emulator"  # noqa: S105  # opens nothing but this emulator
APP_TOKEN = "xapp-1-A0123456789-emulator"  # noqa: S105  # the same


class ServerTls(Protocol):
    """A TLS context of a server (ssl.SSLContext)."""

    def wrap_socket(self, sock: Any, server_side: bool = ...) -> Any:  # noqa: ANN401, FBT001  # as in the library
        """Give a socket that speaks TLS."""


class SlackEmulator:
    """The server. What it took is in `messages`, oldest first; what it refused in `refusals`; all in the journal."""

    def __init__(  # noqa: PLR0913  # each is a switch with a default
        self,
        journal: Path | None = None,
        scopes: Iterable[str] = SCOPES,
        channels: Iterable[Channel] | None = None,
        history_limit: int = 1000,
        *,
        token: str = TOKEN,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        rate_limits: bool = False,
        internal: bool = True,
        visible_after: float = 0.0,
        tls: ServerTls | None = None,
        watch: Callable[[Entry], None] | None = None,
    ) -> None:
        self.token = token
        self.app_token = APP_TOKEN
        listed = [Channel()] if channels is None else list(channels)
        self.channel = listed[0].id
        self.faults = Faults()
        self._server = EmulatorServer(("127.0.0.1", port), Handler)
        self._server.slack = self
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        kept = Journal(journal, watch)
        self.workspace = Workspace(kept, clock, {channel.id: channel for channel in listed}, visible_after)
        self.sockets = SocketMode(clock, kept, self.faults)
        self.sockets.responded = self._respond
        self._windows = Windows(clock)
        self.api = WebApi(
            self.workspace,
            self.token,
            self.app_token,
            tuple(scopes),
            self.address,
            self._socket_url,
            self._windows,
            history_limit,
            RateLimits(clock) if rate_limits else None,
            internal,
        )
        self.webhooks = Webhooks(self.api, listed[0], clock)
        self.messages = self.workspace.messages  # of all channels, oldest first
        self.calls = self.api.calls  # the methods that were called, in order
        self.refusals = self.api.refusals  # payloads that were refused, or taken with a warning
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.sockets.disconnect("link_disabled")
        self._server.shutdown()
        self._server.server_close()

    @property
    def base_url(self) -> str:
        """The address of the Web API."""
        return f"{self.address}/api/"

    @property
    def webhook_url(self) -> str:
        """The address of the incoming webhook, which posts into the first channel."""
        return self.address + WEBHOOK

    def fail(self, *new: Fault) -> None:
        """Fail the next calls so."""
        self.faults.add(*new)

    def upload(self, file_id: str, content: bytes) -> Answer:
        """Take the bytes of a file that was announced."""
        with self.api.lock:
            answer = upload(self.workspace, file_id, content)
            if answer.status != 200:  # noqa: PLR2004  # HTTP: taken
                self.refusals.append(Refusal("upload", answer.body.decode()))
            return answer

    def press(
        self, ts: str, action_id: str, user: str = "U0HUMAN", channel: str | None = None, choice: str | None = None
    ) -> Envelope:
        """Press a button of a message, or choose in a menu. Raises LookupError when there is none such, or no app."""
        place = self.workspace.channels[channel or self.channel]
        message = self.workspace.find(place.id, ts)
        if message is None:
            raise LookupError(f"no message {ts} in {place.id}")
        address = self.webhooks.response_url(place.id, user, ts)
        deed = Deed(action_id, user, self.workspace.next_ts(), choice)
        payload = press(message, place, deed, self._windows.trigger(), address)
        return self.sockets.deliver("interactive", payload)

    def command(self, command: str, text: str, user: str = "U0HUMAN", channel: str | None = None) -> Envelope:
        """Type a slash command. Raises LookupError when the app is not connected."""
        place = self.workspace.channels[channel or self.channel]
        address = self.webhooks.response_url(place.id, user, None)
        payload = slash_command(command, text, place, user, self._windows.trigger(), address)
        return self.sockets.deliver("slash_commands", payload)

    def _respond(self, envelope: Envelope) -> None:
        """Show what came back inside the acknowledgement of a command."""
        if envelope.type == "slash_commands" and envelope.response:
            place = ResponseAddress(envelope.payload["channel_id"], envelope.payload["user_id"], None, 0.0)
            self.webhooks.answer(place, envelope.response)

    def _socket_url(self) -> str:
        return f"{self.address.replace('http', 'ws', 1)}{self.sockets.ticket()}"
