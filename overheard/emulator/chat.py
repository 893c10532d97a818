"""Messages: post, change, take away, show to one person; and the reactions to them."""

from __future__ import annotations

import re
from typing import Any

from overheard.emulator.answers import Answer, Arguments, RefusedError, ok
from overheard.emulator.block_kit.checks import Violation
from overheard.emulator.content import MOST_UPDATED_TEXT, Content, checked
from overheard.emulator.workspace import APP_ID, BOT_ID, BOT_USER, Message, Workspace

_KEPT = ("thread_ts", "reply_broadcast", "unfurl_links", "unfurl_media", "link_names", "parse", "mrkdwn")
_COMMON = {"token", "channel", "text", "blocks", "attachments", "markdown_text", "metadata", "link_names", "parse"}
_LOOKS = {"username", "icon_emoji", "icon_url", "as_user"}
_KNOWN = {
    "post": _COMMON | _LOOKS | {"thread_ts", "reply_broadcast", "unfurl_links", "unfurl_media", "mrkdwn"},
    "update": _COMMON | {"ts", "as_user", "reply_broadcast", "file_ids"},
    "ephemeral": _COMMON | _LOOKS | {"user", "thread_ts"},
}
_EMOJI = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


def post(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer chat.postMessage."""
    channel = workspace.writable(arguments)
    _only(arguments, "post")
    content = checked(arguments, workspace)
    _check_thread(workspace, channel.id, arguments.get("thread_ts"))
    kept = {name: arguments[name] for name in _KEPT if arguments.get(name) is not None}
    message = workspace.post({"channel": channel.id, **content.parts, **kept, **_author()})
    return ok({"channel": channel.id, "ts": message["ts"], "message": shown(message)}, content.warnings)


def share(workspace: Workspace, channel: str, text: str, files: list[dict[str, Any]], thread: object) -> None:
    """Post the message that shares files; its text may be empty. Raises RefusedError."""
    workspace.writable({"channel": channel})
    _check_thread(workspace, channel, thread)
    kept = {"thread_ts": thread} if thread is not None else {}
    workspace.post({"channel": channel, "text": text, "files": files, **kept, **_author()})


def update(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer chat.update: what is left out stays, but new text without blocks takes the old blocks away."""
    channel = workspace.writable(arguments)
    message = _own(workspace, channel.id, arguments.get("ts"), "cant_update_message")
    _only(arguments, "update")
    content = checked(arguments, workspace)
    if len(content.parts.get("text", "")) > MOST_UPDATED_TEXT:
        raise RefusedError("msg_too_long")
    changed: dict[str, Any] = dict(content.parts)
    if "text" in changed:
        changed.setdefault("blocks", None)
    workspace.update(message, changed.items())
    said = {"channel": channel.id, "ts": message["ts"], "text": message.get("text"), "message": shown(message)}
    return ok(said, content.warnings)


def delete(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer chat.delete."""
    channel = workspace.channel(arguments)
    message = _own(workspace, channel.id, arguments.get("ts"), "cant_delete_message")
    workspace.delete(message)
    return ok({"channel": channel.id, "ts": message["ts"]})


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer chat.postEphemeral: seen by one member of the channel, and in no history."""
    channel = workspace.writable(arguments)
    if arguments.get("user") not in channel.members:
        raise RefusedError("user_not_in_channel")
    _only(arguments, "ephemeral")
    content = checked(arguments, workspace)
    _check_thread(workspace, channel.id, arguments.get("thread_ts"))
    message = keep_ephemeral(workspace, channel.id, str(arguments["user"]), content)
    return ok({"message_ts": message["ts"]}, content.warnings)


def keep_ephemeral(workspace: Workspace, channel: str, user: str, content: Content) -> Message:
    """Keep what one person sees."""
    message: Message = {"channel": channel, "user": user, **content.parts, "ts": workspace.next_ts()}
    workspace.journal.note("ephemeral", **message)
    workspace.ephemerals.append(message)
    return message


def add_reaction(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer reactions.add."""
    reactions, name = _reactions(workspace, arguments)
    if name in reactions:
        raise RefusedError("already_reacted")
    reactions.append(name)
    workspace.journal.note("reaction", name=name, ts=arguments["timestamp"])
    return ok()


def remove_reaction(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer reactions.remove."""
    reactions, name = _reactions(workspace, arguments)
    if name not in reactions:
        raise RefusedError("no_reaction")
    reactions.remove(name)
    return ok()


def shown(message: Message) -> dict[str, Any]:
    """Give a message as the Web API shows it, without the metadata."""
    kept = {name: value for name, value in message.items() if name not in {"metadata", "channel"}}
    return {"type": "message", **kept}


def _author() -> dict[str, str]:
    return {"user": BOT_USER, "bot_id": BOT_ID, "app_id": APP_ID}


def _only(arguments: Arguments, method: str) -> None:
    odd = sorted(set(arguments) - _KNOWN[method])
    if odd:
        raise RefusedError("invalid_arguments", [Violation("unknown argument", f"/{name}") for name in odd])


def _check_thread(workspace: Workspace, channel: str, thread: object) -> None:
    if thread is None:
        return
    parent = workspace.find(channel, thread)
    if parent is None or parent.get("thread_ts", thread) != thread:
        raise RefusedError("thread_not_found")


def _own(workspace: Workspace, channel: str, ts: object, otherwise: str) -> Message:
    message = workspace.find(channel, ts)
    if message is None:
        raise RefusedError("message_not_found")
    if message.get("user") != BOT_USER:
        raise RefusedError(otherwise)
    return message


def _reactions(workspace: Workspace, arguments: Arguments) -> tuple[list[str], str]:
    channel = workspace.channel(arguments)
    message = workspace.find(channel.id, arguments.get("timestamp"))
    if message is None:
        raise RefusedError("message_not_found")
    name = arguments.get("name")
    if not isinstance(name, str) or not _EMOJI.fullmatch(name):
        raise RefusedError("invalid_name")
    reactions: list[str] = message.setdefault("reactions", [])
    return reactions, name
