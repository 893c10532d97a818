"""Files in three steps: ask for an address, send the bytes there, say that they are whole and where they belong."""

from __future__ import annotations

from typing import Any

from overheard.emulator.answers import Answer, Arguments, RefusedError, ok, plain
from overheard.emulator.block_kit.checks import Violation
from overheard.emulator.chat import share
from overheard.emulator.workspace import File, Workspace

UPLOAD = "/upload/v1/"
_MOST = 1_000_000_000  # bytes
_MOST_ALT = 1_000  # characters of a description; Slack names no figure
_ASKED = {"token", "filename", "length", "alt_txt", "snippet_type"}
_COMPLETED = {"token", "files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"}
_OF_A_FILE = {"id", "title", "highlight_type"}


def get_upload_url(workspace: Workspace, arguments: Arguments, address: str) -> Answer:
    """Answer files.getUploadURLExternal; `address` is that of this server."""
    _only(arguments, _ASKED)
    name, length = arguments.get("filename"), str(arguments.get("length") or "")
    if not isinstance(name, str) or not name or not length.isdigit() or not 0 < int(length) <= _MOST:
        raise RefusedError("invalid_arguments")
    alt = arguments.get("alt_txt") or ""
    if not isinstance(alt, str):
        raise RefusedError("invalid_arguments", [Violation("must be a string", "/alt_txt")])
    if len(alt) > _MOST_ALT:
        raise RefusedError("alt_txt_too_large")
    file = File(f"F{len(workspace.files) + 1:010d}", name, int(length), alt_txt=alt)
    workspace.files[file.id] = file
    return ok({"upload_url": f"{address}{UPLOAD}{file.id}", "file_id": file.id})


def upload(workspace: Workspace, file_id: str, content: bytes) -> Answer:
    """Take the bytes; as many as were announced, no more and no fewer."""
    file = workspace.files.get(file_id)
    if file is None or file.complete:
        return plain("not found", 404)
    if len(content) != file.length:
        return plain(f"expected {file.length} bytes, got {len(content)}", 400)
    file.content = content
    workspace.journal.note("uploaded", file=file.id, name=file.name, length=file.length)
    return plain(f"OK - {file.length}")


def complete(workspace: Workspace, arguments: Arguments) -> Answer:
    """Answer files.completeUploadExternal: shares the files in a channel or in none; now blocks may name them.

    One message shares all of them; its thread must be there, and nothing is complete when it is refused.
    """
    _only(arguments, _COMPLETED)
    asked = arguments.get("files")
    if not isinstance(asked, list) or not asked or not all(isinstance(each, dict) for each in asked):
        raise RefusedError("invalid_arguments")
    files = [_uploaded(workspace, each) for each in asked]
    comment = arguments.get("initial_comment") or ""
    if not isinstance(comment, str):
        raise RefusedError("invalid_arguments", [Violation("must be a string", "/initial_comment")])
    channel, thread = arguments.get("channel_id") or arguments.get("channels"), arguments.get("thread_ts")
    for file, each in zip(files, asked, strict=True):
        file.title = str(each.get("title") or file.name)
    told = [public(file) for file in files]
    if channel is not None:
        share(workspace, str(channel), comment, told, thread)
    elif thread is not None:
        raise RefusedError("invalid_arguments", [Violation("a thread without a channel", "/thread_ts")])
    for file in files:
        file.complete = True
    return ok({"files": told})


def public(file: File) -> dict[str, Any]:
    """Give a file as the Web API shows it."""
    return {"id": file.id, "name": file.name, "title": file.title, "alt_txt": file.alt_txt, "size": file.length}


def _only(arguments: Arguments, known: set[str]) -> None:
    odd = sorted(set(arguments) - known)
    if odd:
        raise RefusedError("invalid_arguments", [Violation("unknown argument", f"/{name}") for name in odd])


def _uploaded(workspace: Workspace, asked: dict[str, Any]) -> File:
    if set(asked) - _OF_A_FILE or not isinstance(asked.get("title", ""), str):
        raise RefusedError("invalid_arguments", [Violation("not id, title, highlight_type", "/files")])
    file = workspace.files.get(str(asked.get("id")))
    if file is None or file.content is None:
        raise RefusedError("file_not_found")
    if file.complete:
        raise RefusedError("file_already_completed")
    return file
