"""Reads a message as Slack's clients do, and lists everything in it that would notify, link or command.

In mrkdwn, and in the `text` of a message, `<...>` acts: `<@U1>` and `<!subteam^S1>` notify, `<!channel>`, `<!here>`
and `<!everyone>` notify all, `<#C1>` and `<https://a.example|label>` link, `<!date^...>` is written by the reader's
clock and may link. Bare addresses become links. Plain text does nothing; rich text acts by its elements alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

_ANGLED = re.compile(r"<([^<>]*)>")
_BARE_LINK = re.compile(r"\b(?:https?://|mailto:|www\.)[^\s<>|]+", re.IGNORECASE)
_BARE_NAME = re.compile(r"(?<![\w&])(?:@(channel|here|everyone)\b|#([\w-]{1,80}))")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^\s)>]+)")
_ADDRESS_LIKE = re.compile(r"\s*(?:https?://|www\.)?((?:[\w-]+\.)+[^\W\d]{2,})(?:[/:?#]\S*)?\s*", re.IGNORECASE)
_ADDRESSES = ("url", "image_url", "thumbnail_url", "video_url", "title_url", "provider_icon_url", "thumb_url")
_MENTIONS = {
    "user": ("user", "user_id"),
    "usergroup": ("group", "usergroup_id"),
    "channel": ("channel", "channel_id"),
    "broadcast": ("command", "range"),
}
_ATTACHMENT_TEXTS = ("text", "pretext", "value")  # read as mrkdwn wherever they stand in an attachment


@dataclass(frozen=True, slots=True)
class Special:
    """Something on which Slack would act. Kind: user, group, channel, command, date, link."""

    kind: str
    target: str
    label: str | None = field(default=None, compare=False)  # what the reader sees instead of the target

    @property
    def misleading(self) -> bool:
        """Whether it is a link whose label looks like the address of another host."""
        shown = _ADDRESS_LIKE.fullmatch(self.label or "")
        return self.kind == "link" and shown is not None and _bare(shown[1]) != _bare(_host(self.target))


def specials(text: str, *, verbatim: bool = False, names: bool = False) -> list[Special]:
    """Give everything in a mrkdwn text that is more than words.

    Unless it is `verbatim`, bare addresses are links; with `names`, so are `#general` and `@here`.
    """
    found = [special for inner in _ANGLED.findall(text) for special in _angled(inner)]
    rest = _ANGLED.sub(" ", text)
    if not verbatim:
        found += [Special("link", unescape(link)) for link in _BARE_LINK.findall(rest)]
    if names:
        for command, channel in _BARE_NAME.findall(rest):
            found.append(Special("command", command) if command else Special("channel", channel))
    return found


def specials_of_message(message: Mapping[str, Any]) -> list[Special]:
    """Give everything on which a whole message would act: its text, blocks and attachments.

    With blocks the text is only read out in notifications: bare addresses stay words there, the rest acts.
    """
    blocks = message.get("blocks") or []
    names = bool(message.get("link_names")) or message.get("parse") == "full"
    found = list(_walk(blocks))
    found += specials(str(message.get("text") or ""), verbatim=bool(blocks), names=names)
    found += _markdown(str(message.get("markdown_text") or ""))
    for attachment in message.get("attachments") or []:
        found += _attached(attachment)
    return found


def _angled(inner: str) -> Iterator[Special]:
    target, _, label = inner.partition("|")
    shown = unescape(label) or None
    if target.startswith("@"):
        yield Special("user", target[1:], shown)
    elif target.startswith("#"):
        yield Special("channel", target[1:], shown)
    elif target.startswith("!subteam^"):
        yield Special("group", target.removeprefix("!subteam^"), shown)
    elif target.startswith("!date^"):
        _, moment, *more = target.split("^", 3)
        yield Special("date", moment, shown)
        if more[1:]:
            yield Special("link", unescape(more[1]), shown)
    elif target.startswith("!"):
        yield Special("command", target[1:], shown)
    else:
        yield Special("link", unescape(target), shown)


def _markdown(text: str) -> Iterator[Special]:
    for label, target in _MARKDOWN_LINK.findall(text):
        yield Special("link", target, label)
    yield from specials(_MARKDOWN_LINK.sub(" ", text))


def _walk(part: object) -> Iterator[Special]:
    if isinstance(part, list):
        for each in part:
            yield from _walk(each)
    elif isinstance(part, dict):
        yield from _own(part)
        for value in part.values():
            yield from _walk(value)


def _own(part: Mapping[str, Any]) -> Iterator[Special]:
    kind = part.get("type")
    if kind == "mrkdwn":
        verbatim = part.get("verbatim") is True
        yield from specials(str(part.get("text", "")), verbatim=verbatim, names=not verbatim)
    elif kind == "markdown":
        yield from _markdown(str(part.get("text", "")))
    elif kind == "date":
        yield Special("date", str(part.get("timestamp")), part.get("fallback"))
    elif kind in _MENTIONS:
        name, key = _MENTIONS[kind]
        yield Special(name, str(part.get(key, "")))
    for key in _ADDRESSES:
        if isinstance(part.get(key), str):
            yield Special("link", part[key], _label(part))


def _label(part: Mapping[str, Any]) -> str | None:
    """Give the words on a link, a button or an option."""
    words = part.get("text")
    if isinstance(words, dict):
        words = words.get("text")
    return words if isinstance(words, str) else None


def _attached(part: object) -> Iterator[Special]:
    if isinstance(part, list):
        for each in part:
            yield from _attached(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "blocks":
                yield from _walk(value)
            elif key in _ATTACHMENT_TEXTS and isinstance(value, str):
                yield from specials(value)
            elif isinstance(value, str) and key.endswith(("_url", "_link")):
                yield Special("link", value)
            else:
                yield from _attached(value)


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.")
