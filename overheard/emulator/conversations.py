"""Channels and their history."""

from __future__ import annotations

from typing import Any

from overheard.emulator.answers import Answer, Arguments, RefusedError, ok
from overheard.emulator.chat import shown
from overheard.emulator.workspace import Message, Workspace, micros

_MOST = 999  # of messages on a page
_KINDS = {"public_channel", "private_channel", "mpim", "im"}


def info(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer conversations.info."""
    return ok({"channel": workspace.channel(arguments).public()})


def list_channels(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer conversations.list: public channels unless `types` asks for others; private ones if the bot is there."""
    kinds = kinds_asked(arguments)
    if not kinds <= _KINDS:
        raise RefusedError("invalid_types")
    found = [
        channel.public()
        for channel in workspace.channels.values()
        if ("private_channel" if channel.is_private else "public_channel") in kinds
        and (channel.is_member or not channel.is_private)
        and not (channel.is_archived and truth(arguments.get("exclude_archived")))
    ]
    return _page("channels", found, arguments, 1000)


def history(workspace: Workspace, arguments: Arguments, most: int) -> Answer:
    """Answer conversations.history: newest first, without replies."""
    channel = workspace.channel(arguments)
    if not channel.is_member:
        raise RefusedError("not_in_channel")
    found = [
        message
        for message in workspace.messages
        if message["channel"] == channel.id and (is_parent(message) or message.get("reply_broadcast"))
    ]
    return _messages(workspace, found[::-1], arguments, most)


def replies(workspace: Workspace, arguments: Arguments, most: int) -> Answer:
    """Answer conversations.replies: the parent and its replies, oldest first."""
    channel = workspace.channel(arguments)
    if not channel.is_member:
        raise RefusedError("not_in_channel")
    thread = arguments.get("ts")
    if workspace.find(channel.id, thread) is None:
        raise RefusedError("thread_not_found")
    found = [
        message
        for message in workspace.messages
        if message["channel"] == channel.id and thread in {message["ts"], message.get("thread_ts")}
    ]
    return _messages(workspace, found, arguments, most)


def kinds_asked(arguments: Arguments) -> set[str]:
    """Give the types of channels that conversations.list is asked for."""
    return {kind.strip() for kind in str(arguments.get("types") or "public_channel").split(",")}


def is_parent(message: Message) -> bool:
    """Tell whether a message stands in the channel itself."""
    return message.get("thread_ts") in {None, message["ts"]}


def truth(value: object) -> bool:
    """Read a flag of a form or of JSON."""
    return str(value).lower() in {"true", "1"}


def _messages(workspace: Workspace, found: list[Message], arguments: Arguments, most: int) -> Answer:
    oldest, latest = micros(str(arguments.get("oldest") or "0")), micros(str(arguments.get("latest") or "0"))
    shown_until = (workspace.clock() - workspace.visible_after) * 1_000_000
    slack = 1 if truth(arguments.get("inclusive")) else 0
    listed = [
        message
        for message in found
        if micros(message["ts"]) > oldest - slack
        and (not latest or micros(message["ts"]) < latest + slack)
        and (not workspace.visible_after or micros(message["ts"]) <= shown_until)
    ]
    with_metadata = truth(arguments.get("include_all_metadata"))
    given = [
        shown(message) | ({"metadata": message["metadata"]} if with_metadata and "metadata" in message else {})
        for message in listed
    ]
    return _page("messages", given, arguments, most)


def _page(name: str, found: list[dict[str, Any]], arguments: Arguments, most: int) -> Answer:
    try:
        size = int(arguments.get("limit") or 100)
    except ValueError:
        raise RefusedError("invalid_limit") from None
    if not 1 <= size <= max(_MOST, most):
        raise RefusedError("invalid_limit")
    cursor = str(arguments.get("cursor") or "0")
    if not cursor.isdigit() or int(cursor) > len(found):
        raise RefusedError("invalid_cursor")
    start, size = int(cursor), min(size, most)
    more = start + size < len(found)
    return ok(
        {
            name: found[start : start + size],
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + size) if more else ""},
        }
    )
