"""From the body of a request to the arguments of a method."""

from __future__ import annotations

import json
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from overheard.emulator.answers import Arguments, RefusedError

_JSON_INSIDE = {  # arguments that hold JSON when they stand in a form, and the error when it cannot be read
    "blocks": "invalid_blocks_format",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
    "files": "invalid_arguments",
    "view": "invalid_arguments",
}


def arguments_of_query(query: str) -> Arguments:
    """Give the arguments that stand in an address. Raises RefusedError."""
    arguments: dict[str, Any] = dict(parse_qsl(query))
    for name in arguments.keys() & _JSON_INSIDE.keys():
        try:
            arguments[name] = json.loads(arguments[name])
        except ValueError:
            raise RefusedError(_JSON_INSIDE[name]) from None
    return arguments


def arguments_of_body(body: bytes, kind: str) -> Arguments:
    """Give the arguments that a body holds, as JSON or as a form. Raises RefusedError."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise RefusedError("invalid_charset") from None
    if kind.startswith("application/json"):
        try:
            loaded = json.loads(text or "{}")
        except ValueError:
            raise RefusedError("invalid_json") from None
        if not isinstance(loaded, dict):
            raise RefusedError("json_not_object")
        return {name: value for name, value in loaded.items() if value is not None}
    if kind.startswith("application/x-www-form-urlencoded") or not body:
        return arguments_of_query(text)
    raise RefusedError("invalid_post_type")


def uploaded_bytes(body: bytes, kind: str) -> bytes:
    """Give the file that a body holds: all of it, or the one part of a form with parts."""
    if not kind.startswith("multipart/form-data"):
        return body
    form = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    for part in form.walk():
        held = part.get_payload(decode=True)
        if isinstance(held, bytes) and part is not form:
            return held
    return b""
