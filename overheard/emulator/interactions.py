"""What Slack sends to an app: presses of buttons and choices of menus, slash commands; and how it signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from overheard.emulator.block_kit.elements import INTERACTIVE
from overheard.emulator.workspace import APP_ID, TEAM, Channel, Message


def press(
    message: Message, channel: Channel, action_id: str, user: str, trigger: str, response_url: str, ts: str
) -> dict[str, Any]:
    """Give the payload of type block_actions for one element of a message. Raises LookupError when it has none such.

    A block without an id is given its place as one, as Slack invents ids.
    """
    block_id, element = next(
        (found for found in _elements(message) if found[1].get("action_id") == action_id), (None, None)
    )
    if element is None:
        raise LookupError(f"the message has no element with action_id {action_id!r}")
    kept = {name: element[name] for name in ("type", "action_id", "value", "text") if name in element}
    return {
        "type": "block_actions",
        "team": TEAM,
        "user": {"id": user, "username": user.lower(), "team_id": TEAM["id"]},
        "api_app_id": APP_ID,
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": channel.id},
        "trigger_id": trigger,
        "channel": {"id": channel.id, "name": channel.name},
        "message": {"type": "message", **{key: value for key, value in message.items() if key != "channel"}},
        "response_url": response_url,
        "actions": [kept | {"block_id": block_id, "action_ts": ts}],
    }


def slash_command(
    command: str, text: str, channel: Channel, user: str, trigger: str, response_url: str
) -> dict[str, Any]:
    """Give the payload of a slash command."""
    return {
        "token": "deprecated",
        "team_id": TEAM["id"],
        "team_domain": TEAM["domain"],
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": user.lower(),
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def form(payload: Mapping[str, Any]) -> bytes:
    """Give the body in which Slack posts a payload to an app that has an address of its own."""
    return urlencode({"payload": json.dumps(payload)} if "type" in payload else payload).encode()


def signed(body: bytes, secret: str, moment: int) -> dict[str, str]:
    """Give the headers by which the app knows that a body is from Slack; `moment` is in seconds since 1970."""
    digest = hmac.new(secret.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": str(moment),
        "X-Slack-Signature": f"v0={digest}",
    }


def _elements(message: Message) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, block in enumerate(message.get("blocks") or []):
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and element.get("type") in INTERACTIVE:
                yield str(block.get("block_id", f"b{number}")), element
