"""Files in three steps: ask for an address, send the bytes there, say that they are whole and where they belong."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from overheard.emulator.answers import Answer, Arguments, RefusedError, ok, plain
from overheard.emulator.chat import post
from overheard.emulator.workspace import File, Workspace

UPLOAD = "/upload/v1/"
_MOST = 1_000_000_000  # bytes


def get_upload_url(workspace: Workspace, arguments: Arguments, address: str) -> Answer:
    """Answer files.getUploadURLExternal; `address` is that of this server."""
    name, length = arguments.get("filename"), str(arguments.get("length") or "")
    if not isinstance(name, str) or not name or not length.isdigit() or not 0 < int(length) <= _MOST:
        raise RefusedError("invalid_arguments")
    file = File(f"F{len(workspace.files) + 1:010d}", name, int(length))
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
    """Answer files.completeUploadExternal: shares the files in a channel or in none; now blocks may name them."""
    asked = arguments.get("files")
    if not isinstance(asked, list) or not asked or not all(isinstance(each, dict) for each in asked):
        raise RefusedError("invalid_arguments")
    files = [_uploaded(workspace, each) for each in asked]
    told = [public(file) for file in files]
    channel = arguments.get("channel_id") or arguments.get("channels")
    if channel is not None:
        workspace.writable({"channel": channel})
    for file in files:
        file.complete = True
    if channel is not None:
        said = {"channel": channel, "text": arguments.get("initial_comment") or ", ".join(file.name for file in files)}
        post(workspace, said | ({"thread_ts": arguments["thread_ts"]} if arguments.get("thread_ts") else {}))
        workspace.update(workspace.messages[-1], [("files", told)])
    return ok({"files": told})


def public(file: File) -> dict[str, Any]:
    """Give a file as the Web API shows it."""
    return {name: value for name, value in asdict(file).items() if name in {"id", "name"}} | {"size": file.length}


def _uploaded(workspace: Workspace, asked: dict[str, Any]) -> File:
    file = workspace.files.get(str(asked.get("id")))
    if file is None or file.content is None:
        raise RefusedError("file_not_found")
    if file.complete:
        raise RefusedError("file_already_completed")
    return file
