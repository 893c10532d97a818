"""What Slack sends to an app: presses of buttons and choices of menus, slash commands; and how it signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from overheard.emulator.block_kit.elements import INTERACTIVE
from overheard.emulator.workspace import APP_ID, TEAM, Channel, Message


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person does with an element of a message, and when; `choice` is the value of the option of a menu."""

    action_id: str
    user: str
    ts: str
    choice: str | None = None


def press(message: Message, channel: Channel, deed: Deed, trigger: str, response_url: str) -> dict[str, Any]:
    """Give the payload of type block_actions for one element of a message. Raises LookupError when it has none such.

    A block without an id is given its place as one, as Slack invents ids.
    """
    action_id, user = deed.action_id, deed.user
    block_id, element = next(
        (found for found in _elements(message) if found[1].get("action_id") == action_id), (None, None)
    )
    if element is None:
        raise LookupError(f"the message has no element with action_id {action_id!r}")
    kept: dict[str, Any] = {name: element[name] for name in ("type", "action_id", "value", "text") if name in element}
    if "options" in element:
        kept["selected_option"] = _option(element, deed.choice)
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
        "actions": [kept | {"block_id": block_id, "action_ts": deed.ts}],
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


def _option(element: dict[str, Any], choice: str | None) -> dict[str, Any]:
    """Give the option of this value, or the one whose value begins with it. Raises LookupError."""
    for option in element["options"]:
        if choice and str(option.get("value", "")).startswith(choice):
            found: dict[str, Any] = option
            return found
    raise LookupError(f"{element.get('action_id')} has no option {choice!r}")


def _elements(message: Message) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, block in enumerate(message.get("blocks") or []):
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and element.get("type") in INTERACTIVE:
                yield str(block.get("block_id", f"b{number}")), element
