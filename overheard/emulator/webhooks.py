"""Addresses to which a message is posted without a token: incoming webhooks, and the answers to presses and commands.

Both answer in plain text: `ok`, or the error code with HTTP 400, 403, 404, 410.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from overheard.emulator.answers import Answer, RefusedError, plain
from overheard.emulator.chat import keep_ephemeral
from overheard.emulator.content import checked
from overheard.emulator.methods import WebApi
from overheard.emulator.rates import BURST
from overheard.emulator.workspace import BOT_ID, BOT_USER, Channel

WEBHOOK = "/services/T0123456789/B0123456789/emulatedwebhook"
RESPONSE = "/response/"
_KNOWN = {"text", "blocks", "attachments", "thread_ts", "mrkdwn", "unfurl_links", "unfurl_media"}
_RESPONSE_KNOWN = _KNOWN | {"response_type", "replace_original", "delete_original"}
_RESPONSES = 5
_SECONDS = 30 * 60


@dataclass
class ResponseAddress:
    """Where a press or a command may be answered: five times within half an hour."""

    channel: str
    user: str
    ts: str | None  # of the message that holds the button
    made: float
    used: int = 0


class Webhooks:
    """The addresses of one workspace."""

    def __init__(self, api: WebApi, channel: Channel, clock: Callable[[], float]) -> None:
        self._api = api
        self._channel = channel
        self._clock = clock
        self._responses: dict[str, ResponseAddress] = {}

    def response_url(self, channel: str, user: str, ts: str | None) -> str:
        """Give a new address at which a press or a command is answered."""
        name = f"R{len(self._responses) + 1:010d}"
        self._responses[name] = ResponseAddress(channel, user, ts, self._clock())
        return f"{self._api.address}{RESPONSE}{name}"

    def post(self, path: str, body: bytes, kind: str) -> Answer:
        """Answer the incoming webhook."""
        with self._api.lock:
            self._api.calls.append("webhook")
            if path != WEBHOOK:
                same_app = path.rpartition("/")[0] == WEBHOOK.rpartition("/")[0]
                return plain("invalid_token", 403) if same_app else plain("no_service", 404)
            early = self._api.limited("webhook", BURST, 1.0)
            if early is not None:
                return early
            if self._channel.is_archived:
                return plain("channel_is_archived", 410)
            return self._taken("webhook", lambda: self._accept(_payload(body, kind, _KNOWN)))

    def respond(self, name: str, body: bytes, kind: str) -> Answer:
        """Answer at the address that came with a press or a command."""
        with self._api.lock:
            self._api.calls.append("response_url")
            address = self._responses.get(name)
            if address is None:
                return plain("no_service", 404)
            if self._clock() - address.made > _SECONDS:
                return plain("expired_url", 404)
            if address.used >= _RESPONSES:
                return plain("used_url", 404)
            address.used += 1
            return self._taken("response_url", lambda: self._do(address, _payload(body, kind, _RESPONSE_KNOWN)))

    def answer(self, address: ResponseAddress, payload: dict[str, Any]) -> None:
        """Do what stood inside an acknowledgement."""
        with self._api.lock:
            self._taken("acknowledgement", lambda: self._do(address, payload))

    def _do(self, address: ResponseAddress, payload: dict[str, Any]) -> None:
        """Change or delete the message, or say something. Raises RefusedError."""
        space = self._api.workspace
        original = space.find(address.channel, address.ts) if address.ts else None
        if payload.get("delete_original") and original is not None:
            space.delete(original)
            return
        content = checked(payload, space)
        self._api.warn("response_url", content.warnings)
        if payload.get("replace_original") and original is not None:
            space.update(original, ({"blocks": None} | content.parts).items())
        elif payload.get("response_type", "ephemeral") == "in_channel":
            self._keep(address.channel, content.parts, payload)
        else:
            keep_ephemeral(space, address.channel, address.user, content)

    def _accept(self, payload: dict[str, Any]) -> None:
        content = checked(payload, self._api.workspace)
        self._api.warn("webhook", content.warnings)
        self._keep(self._channel.id, content.parts, payload)

    def _keep(self, channel: str, parts: dict[str, Any], payload: dict[str, Any]) -> None:
        names = ("thread_ts", "unfurl_links", "unfurl_media")
        kept: dict[str, Any] = {name: payload[name] for name in names if name in payload}
        self._api.workspace.post({"channel": channel, **parts, **kept, "user": BOT_USER, "bot_id": BOT_ID})

    def _taken(self, name: str, take: Callable[[], None]) -> Answer:
        try:
            take()
        except RefusedError as refused:
            self._api.note(name, refused)
            return plain(refused.code, 400)
        return plain("ok")


def _payload(body: bytes, kind: str, known: set[str]) -> dict[str, Any]:
    """Read the JSON of a body, or of the field `payload` of a form. Raises RefusedError."""
    try:
        text = body.decode()
        if kind.startswith("application/x-www-form-urlencoded"):
            text = parse_qs(text).get("payload", [""])[0]
        payload = json.loads(text)
    except ValueError:
        raise RefusedError("invalid_payload") from None
    if not isinstance(payload, dict) or not set(payload) <= known:
        raise RefusedError("invalid_payload")
    return payload
