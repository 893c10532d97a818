"""What a person did in Slack, as an object; whatever is not one of these is none of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from notifier.outside import shown
from notifier.slack.manifest import COMMAND

_USER = re.compile(r"[UW][A-Z0-9]{2,30}")
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{2,30}")
_TRIGGER = re.compile(r"[A-Za-z0-9._-]{1,120}")
_TS = re.compile(r"\d{1,12}\.\d{1,9}")
_NAME = 40  # characters
_VALUE = 2000
_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Asker:
    """Who, and where."""

    user: str  # id
    name: str  # as Slack gives it, clean; the id where it gives none
    channel: str  # id
    place: str  # name of the channel; of a private one Slack may not say it


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed, or an option chosen."""

    by: Asker
    trigger: str  # of this one act, however often Slack hands it over
    answer_at: str | None  # where the person, and nobody else, can be told something
    action: str
    value: str
    message: str  # ts of the message that holds the button


@dataclass(frozen=True, slots=True)
class Command:
    """The slash command was typed."""

    by: Asker
    trigger: str
    answer_at: str | None
    text: str  # behind the command's name


def interaction(kind: str, payload: Mapping[str, Any]) -> Press | Command | None:
    """Read what Slack handed over: `kind` is "interactive" or "slash_commands". None: nothing that we answer."""
    if kind == "slash_commands":
        return _command(payload)
    return _press(payload) if kind == "interactive" and payload.get("type") == "block_actions" else None


def posted(body: bytes) -> Press | Command | None:
    """Read the body of a post, a form, as Slack sends it to an app with an address. None: nothing that we answer."""
    try:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50))
        payload = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        return None
    if not isinstance(payload, dict):
        return None
    return interaction("interactive" if "payload" in form else "slash_commands", payload)


def _command(payload: Mapping[str, Any]) -> Command | None:
    by = _asker(
        payload.get("user_id"), payload.get("user_name"), payload.get("channel_id"), payload.get("channel_name")
    )
    trigger, text = _matching(_TRIGGER, payload.get("trigger_id")), payload.get("text", "")
    if payload.get("command") != COMMAND or by is None or trigger is None or not isinstance(text, str):
        return None
    return Command(by, trigger, _address(payload), text)


def _press(payload: Mapping[str, Any]) -> Press | None:
    user, channel, container = (_table(payload, name) for name in ("user", "channel", "container"))
    actions = payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    chosen = _table(action, "selected_option").get("value", action.get("value"))
    by = _asker(user.get("id"), user.get("name") or user.get("username"), channel.get("id"), channel.get("name"))
    trigger, ts = _matching(_TRIGGER, payload.get("trigger_id")), _matching(_TS, container.get("message_ts"))
    name = action.get("action_id")
    if by is None or trigger is None or ts is None or not isinstance(name, str):
        return None
    value = chosen if isinstance(chosen, str) and len(chosen) <= _VALUE else ""
    return Press(by, trigger, _address(payload), name, value, ts)


def _asker(user: object, name: object, channel: object, place: object) -> Asker | None:
    who, where = _matching(_USER, user), _matching(_CHANNEL, channel)
    if who is None or where is None:
        return None
    called = shown(name, _NAME) if isinstance(name, str) else ""
    return Asker(who, called or who, where, place if isinstance(place, str) else "")


def _address(payload: Mapping[str, Any]) -> str | None:
    address = payload.get("response_url")
    return address if isinstance(address, str) and 0 < len(address) <= _ADDRESS else None


def _table(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = payload.get(name)
    return found if isinstance(found, Mapping) else {}


def _matching(pattern: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None
