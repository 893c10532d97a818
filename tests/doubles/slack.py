"""A strict Slack on this machine: it keeps a journal of every accepted post and can fail in many ways.

In a test:      with FakeSlack() as slack: SlackChannel(slack.token, slack.channel, slack.base_url)
As a process:   python -m tests.doubles.slack --port-file F --journal F
Faults:         slack.fail(Fault("drop_after"))   or   POST /admin/faults with the same fields as JSON
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlsplit

from tests.doubles.slack_rules import faults, too_long

TOKEN = "xoxb-canary-1111-token"
CHANNEL = "C0123456789"
WEBHOOK = "/services/T000/B000/canarywebhook"
SCOPES = ("chat:write", "channels:history", "channels:read")
_NEEDED = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "conversations.info": "channels:read",
}


@dataclass
class Fault:
    """One way to fail, used up after `times` calls of `method` (empty: of any)."""

    kind: str  # drop_before drop_after delay_before delay_after rate_limit server_error garbage bytes bare half error
    method: str = "chat.postMessage"
    times: int = 1
    seconds: float = 0.0  # of delay, or Retry-After
    error: str = "internal_error"


@dataclass
class FakeChannel:
    """A conversation and the bot's standing in it."""

    id: str = CHANNEL
    name: str = "listening"
    is_member: bool = True
    is_archived: bool = False
    is_private: bool = False


@dataclass
class Answer:
    """What goes back: a status, a body, headers."""

    body: bytes
    status: int = 200
    type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


class FakeSlack:
    """The server. Everything that it accepted is in `messages`, oldest first, and in the journal."""

    def __init__(
        self,
        journal: Path | None = None,
        scopes: Iterable[str] = SCOPES,
        channels: Iterable[FakeChannel] = (FakeChannel(),),
        history_limit: int = 1000,
    ) -> None:
        self.token = TOKEN
        self.channel = CHANNEL
        self.scopes = tuple(scopes)
        self.channels = {channel.id: channel for channel in channels}
        self.messages: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.history_limit = history_limit
        self._journal = journal
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._last_ts = 0
        if journal is not None and journal.exists():
            for line in journal.read_text(encoding="utf-8").splitlines():
                self.messages.append(json.loads(line))
            self._last_ts = max((_micros(message["ts"]) for message in self.messages), default=0)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.slack = self
        self.port = int(self._server.server_address[1])
        self.base_url = f"http://127.0.0.1:{self.port}/api/"
        self.webhook_url = f"http://127.0.0.1:{self.port}{WEBHOOK}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail(self, *new: Fault) -> None:
        """Fail the next calls so."""
        with self._lock:
            self._faults += new

    def take_fault(self, method: str) -> Fault | None:
        """The fault that is next for a method, if any."""
        with self._lock:
            for fault in self._faults:
                if fault.method in {"", method}:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault
        return None

    def keys(self) -> list[str]:
        """The delivery named in the metadata of every message, oldest first."""
        return [message["metadata"]["event_payload"]["delivery"] for message in self.messages]

    def call(self, method: str, arguments: dict[str, Any], token: str | None) -> Answer:
        """Answer a Web API method."""
        self.calls.append(method)
        if not token:
            return _error("not_authed")
        if token != self.token:
            return _error("invalid_auth")
        needed = _NEEDED.get(method)
        if needed == "channels:history" and self._is_private(arguments):
            needed = "groups:history"
        if needed and needed not in self.scopes:
            return _error("missing_scope", needed=needed, provided=",".join(self.scopes))
        handler = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.info": self._info,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
        }.get(method)
        if handler is None:
            return _error("unknown_method")
        answer = handler(arguments)
        answer.headers["x-oauth-scopes"] = ",".join(self.scopes)
        return answer

    def webhook(self, body: bytes) -> Answer:
        """Answer the incoming webhook: text, not JSON."""
        self.calls.append("webhook")
        try:
            message = json.loads(body)
        except ValueError:
            return Answer(b"invalid_payload", 400, "text/plain")
        if self.channels[CHANNEL].is_archived:
            return Answer(b"channel_is_archived", 410, "text/plain")
        if not message.get("text") and not message.get("blocks"):
            return Answer(b"no_text", 400, "text/plain")
        if message.get("blocks") and (faults(message["blocks"]) or too_long(message["blocks"])):
            return Answer(b"invalid_blocks", 400, "text/plain")
        self._accept({"channel": CHANNEL, "text": message.get("text"), "blocks": message.get("blocks")})
        return Answer(b"ok", 200, "text/plain")

    def _is_private(self, arguments: dict[str, Any]) -> bool:
        channel = self.channels.get(str(arguments.get("channel")))
        return channel is not None and channel.is_private

    def _auth_test(self, _: dict[str, Any]) -> Answer:
        return _ok(user="overheard", team="Testers", user_id="U0BOT", bot_id="B0BOT")

    def _info(self, arguments: dict[str, Any]) -> Answer:
        channel = self.channels.get(str(arguments.get("channel")))
        return _error("channel_not_found") if channel is None else _ok(channel=vars(channel))

    def _refusal(self, arguments: dict[str, Any]) -> Answer | None:
        channel = self.channels.get(str(arguments.get("channel")))
        if channel is None:
            return _error("channel_not_found")
        if channel.is_archived:
            return _error("is_archived")
        if not channel.is_member:
            return _error("not_in_channel")
        return _content_refusal(arguments)

    def _post(self, arguments: dict[str, Any]) -> Answer:
        refusal = self._refusal(arguments)
        if refusal is not None:
            return refusal
        thread = arguments.get("thread_ts")
        if thread is not None and not any(message["ts"] == thread for message in self.messages):
            return _error("thread_not_found")
        kept = ("channel", "text", "blocks", "thread_ts", "metadata", "unfurl_links", "unfurl_media", "link_names")
        message = self._accept({name: arguments[name] for name in kept if arguments.get(name) is not None})
        return _ok(channel=message["channel"], ts=message["ts"], message={"text": message.get("text")})

    def _update(self, arguments: dict[str, Any]) -> Answer:
        refusal = self._refusal(arguments)
        if refusal is not None:
            return refusal
        for message in self.messages:
            if message["ts"] == arguments.get("ts"):
                message.update(text=arguments.get("text"), blocks=arguments.get("blocks"))
                return _ok(channel=message["channel"], ts=message["ts"])
        return _error("message_not_found")

    def _accept(self, message: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self._last_ts = max(self._last_ts + 100, time.time_ns() // 1000)
            message["ts"] = f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
            if self._journal is not None:
                with self._journal.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(message) + "\n")
                    file.flush()
                    os.fsync(file.fileno())
            self.messages.append(message)
        return message

    def _history(self, arguments: dict[str, Any]) -> Answer:
        found = [message for message in self.messages if "thread_ts" not in message]
        return self._listing(found[::-1], arguments)

    def _replies(self, arguments: dict[str, Any]) -> Answer:
        thread = arguments.get("ts")
        if not any(message["ts"] == thread for message in self.messages):
            return _error("thread_not_found")
        found = [message for message in self.messages if thread in {message["ts"], message.get("thread_ts")}]
        return self._listing(found, arguments)

    def _listing(self, messages: list[dict[str, Any]], arguments: dict[str, Any]) -> Answer:
        oldest = _micros(str(arguments.get("oldest") or "0"))
        listed = [message for message in messages if _micros(message["ts"]) > oldest]
        start = int(arguments.get("cursor") or 0)
        size = min(int(arguments.get("limit") or 100), self.history_limit)
        page = listed[start : start + size]
        if str(arguments.get("include_all_metadata")).lower() not in {"true", "1"}:
            page = [{name: value for name, value in each.items() if name != "metadata"} for each in page]
        more = start + size < len(listed)
        return _ok(
            messages=page,
            has_more=more,
            response_metadata={"next_cursor": str(start + size) if more else ""},
        )


def _content_refusal(arguments: dict[str, Any]) -> Answer | None:
    text, blocks = arguments.get("text"), arguments.get("blocks")
    if not text and not blocks:
        return _error("no_text")
    if blocks is not None:
        wrong = faults(blocks)
        if wrong:
            messages = [f"[ERROR] {each}" for each in wrong]
            return _error("invalid_blocks", errors=wrong, response_metadata={"messages": messages})
        if too_long(blocks):
            return _error("msg_blocks_too_long")
    if text and len(text) > 40_000:
        return _error("msg_too_long")
    metadata = arguments.get("metadata")
    if metadata is not None and not (
        isinstance(metadata, dict)
        and set(metadata) == {"event_type", "event_payload"}
        and isinstance(metadata["event_payload"], dict)
        and len(json.dumps(metadata)) < 4000
    ):
        return _error("invalid_metadata_format")
    return None


def _micros(ts: str) -> int:
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1_000_000 + int((micros or "0").ljust(6, "0")[:6])


def _ok(**more: Any) -> Answer:
    return Answer(json.dumps({"ok": True} | more).encode())


def _error(code: str, **more: Any) -> Answer:
    return Answer(json.dumps({"ok": False, "error": code} | more).encode())


class _Server(ThreadingHTTPServer):
    slack: FakeSlack
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    @property
    def slack(self) -> FakeSlack:
        return cast("_Server", self.server).slack

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the server's
        pass

    def do_GET(self) -> None:
        if self.path == "/admin/messages":
            self._give(Answer(json.dumps(self.slack.messages).encode()))
        else:
            self._method(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/admin/faults":
            self.slack.fail(Fault(**json.loads(body)))
            self._give(_ok())
        elif self.path == WEBHOOK:
            self._perform("webhook", lambda: self.slack.webhook(body))
        elif self.path.startswith("/services/"):
            self._give(Answer(b"no_service", 404, "text/plain"))
        else:
            self._method(_arguments(body, self.headers.get("Content-Type") or ""))

    def _method(self, arguments: dict[str, Any]) -> None:
        method = urlsplit(self.path).path.removeprefix("/api/")
        scheme, _, token = (self.headers.get("Authorization") or "").partition(" ")
        given = token if scheme == "Bearer" else arguments.get("token")
        self._perform(method, lambda: self.slack.call(method, arguments, given))

    def _perform(self, method: str, answer: Any) -> None:
        fault = self.slack.take_fault(method)
        kind = fault.kind if fault else ""
        if fault and kind == "delay_before":
            time.sleep(fault.seconds)
        if kind == "drop_before":
            self.close_connection = True
            return
        if fault and kind in {"rate_limit", "server_error", "garbage", "bytes", "bare", "error"}:
            self._give(_failing(fault))
            return
        good = answer()
        if fault and kind == "delay_after":
            time.sleep(fault.seconds)
        if kind == "drop_after":
            self.close_connection = True
            return
        self._give(good, half=kind == "half")

    def _give(self, answer: Answer, *, half: bool = False) -> None:
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) // 2] if half else answer.body)
        except OSError:
            pass  # the client has given up waiting
        self.close_connection = True


def _failing(fault: Fault) -> Answer:
    if fault.kind == "rate_limit":
        answer = _error("ratelimited")
        return Answer(answer.body, 429, headers={"Retry-After": str(int(fault.seconds))} if fault.seconds else {})
    if fault.kind == "server_error":
        return Answer(b"<html>Oops</html>", 500, "text/html")
    if fault.kind == "garbage":
        return Answer(b"<html>Sign in to this network</html>", 200, "text/html")
    if fault.kind == "bytes":
        return Answer(b"\xff\xfe\xfa")
    if fault.kind == "bare":
        return _ok()
    return _error(fault.error)


def _arguments(body: bytes, kind: str) -> dict[str, Any]:
    if kind.startswith("application/json"):
        loaded = json.loads(body or b"{}")
        return loaded if isinstance(loaded, dict) else {}
    arguments: dict[str, Any] = dict(parse_qsl(body.decode()))
    for name in ("blocks", "metadata"):
        if name in arguments:
            arguments[name] = json.loads(arguments[name])
    return arguments


def main() -> None:
    """Serve until killed; the port file appears when the server is ready, written whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port-file", type=Path, required=True)
    parser.add_argument("--journal", type=Path, required=True)
    options = parser.parse_args()
    with FakeSlack(options.journal) as slack:
        waiting = options.port_file.with_suffix(".tmp")
        waiting.write_text(str(slack.port), encoding="utf-8")
        waiting.replace(options.port_file)
        threading.Event().wait()


if __name__ == "__main__":
    main()
