"""HTTP requests to a method, a webhook, an upload or a web socket, with the faults that are switched on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, urlsplit

from overheard.emulator.answers import Answer, Arguments, RefusedError, ok
from overheard.emulator.bodies import arguments_of_body, arguments_of_query, uploaded_bytes
from overheard.emulator.controls import do
from overheard.emulator.faults import Fault
from overheard.emulator.files import UPLOAD
from overheard.emulator.socket_mode import PATH as SOCKET
from overheard.emulator.webhooks import RESPONSE
from overheard.emulator.websockets import WebSocket, accept_key

if TYPE_CHECKING:
    from overheard.emulator.server import SlackEmulator

_API = "/api/"


class EmulatorServer(ThreadingHTTPServer):
    """The listening socket."""

    slack: SlackEmulator
    daemon_threads = True


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    @property
    def slack(self) -> SlackEmulator:
        """The emulator that is asked."""
        return cast("EmulatorServer", self.server).slack

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the server's
        """Say nothing on stderr."""

    def do_GET(self) -> None:
        """Answer a method whose arguments stand in the address, or open a web socket."""
        parts = urlsplit(self.path)
        if parts.path == "/admin/messages":
            self._give(Answer(json.dumps(self.slack.messages).encode()))
        elif parts.path == SOCKET:
            self._open_socket(parse_qs(parts.query).get("ticket", [""])[0])
        else:
            self._method(lambda: arguments_of_query(parts.query))

    def do_POST(self) -> None:
        """Answer a method, a webhook, an upload or a fault switch."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type") or ""
        path = urlsplit(self.path).path
        if path == "/admin/faults":
            self.slack.fail(Fault(**json.loads(body)))
            self._give(ok())
        elif path == "/admin/do":
            self._do(body.decode(errors="replace"))
        elif path.startswith("/services/"):
            self._perform("webhook", lambda: self.slack.webhooks.post(path, body, kind))
        elif path.startswith(RESPONSE):
            self._perform("response_url", lambda: self.slack.webhooks.respond(path.removeprefix(RESPONSE), body, kind))
        elif path.startswith(UPLOAD):
            self._perform("upload", lambda: self.slack.upload(path.removeprefix(UPLOAD), uploaded_bytes(body, kind)))
        else:
            self._method(lambda: arguments_of_body(body, kind))

    def _do(self, line: str) -> None:
        """Let a person do something, as a line says it."""
        try:
            self._give(Answer(do(self.slack, line).encode(), 200, "text/plain"))
        except LookupError as problem:
            self._give(Answer(f"{problem.args[0]}\n".encode(), 409, "text/plain; charset=utf-8"))

    def _method(self, read: Callable[[], Arguments]) -> None:
        name = urlsplit(self.path).path.removeprefix(_API)
        try:
            arguments = read()
        except RefusedError as refused:
            self.slack.api.note(name, refused)
            self._give(refused.answer())
            return
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        given = token if scheme == "Bearer" else arguments.get("token")
        self._perform(name, lambda: self.slack.api.call(name, arguments, given))

    def _perform(self, method: str, answer: Callable[[], Answer]) -> None:
        fault = self.slack.faults.take(method)
        kind = fault.kind if fault else ""
        if fault and kind == "delay_before":
            time.sleep(fault.seconds)
        if kind == "drop_before":
            self.close_connection = True
            return
        instead = fault.instead if fault else None
        if instead is not None:
            self._give(instead)
            return
        good = answer()
        if fault and kind == "delay_after":
            time.sleep(fault.seconds)
        if kind == "drop_after":
            self.close_connection = True
            return
        self._give(good, kind)

    def _give(self, answer: Answer, fault: str = "") -> None:
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            if fault == "cut":
                self.flush_headers()
                self.close_connection = True
                return
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) // 2] if fault == "half" else answer.body)
        except OSError:
            pass  # the client has given up waiting
        self.close_connection = True

    def _open_socket(self, ticket: str) -> None:
        key = self.headers.get("Sec-WebSocket-Key")
        if not key or not self.slack.sockets.admits(ticket):
            self._give(Answer(b"the address was used, or is too old", 403, "text/plain"))
            return
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept_key(key))
        self.end_headers()
        self.slack.sockets.serve(WebSocket(self.rfile.read1, self.wfile.write))
        self.close_connection = True
