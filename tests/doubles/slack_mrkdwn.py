"""Reads mrkdwn as Slack does, and lists everything in it that would notify, link or command."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SPECIAL = re.compile(r"<([^<>]*)>")
_BARE_LINK = re.compile(r"\b(?:https?://|mailto:|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Special:
    """Something that Slack would act on. Kind: user, channel, group, command, link."""

    kind: str
    target: str


def specials(text: str) -> list[Special]:
    """Everything in a mrkdwn text that is more than words; bare addresses become links too."""
    found = [_special(inner) for inner in _SPECIAL.findall(text)]
    rest = _SPECIAL.sub(" ", text)
    found += [Special("link", link) for link in _BARE_LINK.findall(rest)]
    return found


def _special(inner: str) -> Special:
    target = inner.split("|", 1)[0]
    if inner.startswith("@"):
        return Special("user", target[1:])
    if inner.startswith("#"):
        return Special("channel", target[1:])
    if inner.startswith("!subteam^"):
        return Special("group", target[9:])
    if inner.startswith("!"):
        return Special("command", target[1:])
    return Special("link", target)


def specials_of_message(message: dict[str, Any]) -> list[Special]:
    """Everything that a whole message would act on: fallback text, mrkdwn objects, rich text elements, images."""
    found = _walk(message.get("blocks") or [])
    if not message.get("blocks"):
        found += specials(message.get("text") or "")
    else:
        # With blocks the text is only read out in notifications: bare addresses stay words, the rest acts.
        found += [_special(inner) for inner in _SPECIAL.findall(message.get("text") or "")]
    return found


def _walk(part: Any) -> list[Special]:
    if isinstance(part, list):
        return [special for each in part for special in _walk(each)]
    if not isinstance(part, dict):
        return []
    found: list[Special] = []
    kind = part.get("type")
    if kind == "mrkdwn":
        found += specials(part.get("text", ""))
    if kind == "link":
        found.append(Special("link", part.get("url", "")))
    if kind == "user":
        found.append(Special("user", part.get("user_id", "")))
    if kind == "usergroup":
        found.append(Special("group", part.get("usergroup_id", "")))
    if kind == "broadcast":
        found.append(Special("command", part.get("range", "")))
    if kind == "channel":
        found.append(Special("channel", part.get("channel_id", "")))
    found += [Special("link", value) for name, value in part.items() if name == "image_url"]
    return found + [special for value in part.values() for special in _walk(value)]
