"""What a message may hold as a whole: something to say, blocks, attachments, metadata, and not too much of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from overheard.emulator.answers import Arguments, RefusedError
from overheard.emulator.block_kit.blocks import violations
from overheard.emulator.block_kit.checks import Violation
from overheard.emulator.block_kit.sizes import MOST_MARKDOWN, too_long
from overheard.emulator.workspace import Workspace

MOST_TEXT = 40_000  # a text is cut there, with a warning
MOST_ATTACHMENTS = 100
MOST_METADATA = 4_000  # characters of JSON; Slack names no figure
MOST_UPDATED_TEXT = 4_000  # chat.update refuses more, where chat.postMessage cuts
NO_FALLBACK = "missing_text_in_message"  # taken, but screen readers and notifications have nothing to say
TRUNCATED = "message_truncated"
_PARTS = ("text", "blocks", "attachments", "markdown_text")


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of a message, and what Slack warns of."""

    parts: dict[str, Any]
    warnings: tuple[str, ...] = ()


def checked(arguments: Arguments, workspace: Workspace) -> Content:
    """Give the content of a message that is fit to be posted. Raises RefusedError."""
    parts = {name: arguments[name] for name in (*_PARTS, "metadata") if arguments.get(name) not in (None, "", [])}
    if not any(name in parts for name in _PARTS):
        raise RefusedError("no_text")
    if not isinstance(parts.get("text", ""), str):
        raise RefusedError("invalid_arguments", [Violation("must be a string", "/text")])
    _check_markdown_text(parts)
    if "blocks" in parts:
        _check_blocks(parts["blocks"], workspace)
    if "attachments" in parts:
        _check_attachments(parts["attachments"])
    if "metadata" in parts:
        _check_metadata(parts["metadata"])
    warnings = []
    if "text" in parts and len(parts["text"]) > MOST_TEXT:
        parts["text"] = parts["text"][:MOST_TEXT]
        warnings.append(TRUNCATED)
    if "text" not in parts and ("blocks" in parts or "attachments" in parts):
        warnings.append(NO_FALLBACK)
    return Content(parts, tuple(warnings))


def _check_markdown_text(parts: dict[str, Any]) -> None:
    text = parts.get("markdown_text")
    if text is None:
        return
    if "text" in parts or "blocks" in parts:
        raise RefusedError("markdown_text_conflict")
    if not isinstance(text, str):
        raise RefusedError("invalid_arguments", [Violation("must be a string", "/markdown_text")])
    if len(text) > MOST_MARKDOWN:
        raise RefusedError("msg_too_long")


def _check_blocks(blocks: object, workspace: Workspace) -> None:
    if not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    wrong = violations(blocks) or _missing_files(blocks, "/blocks", workspace)
    if wrong:
        raise RefusedError("invalid_blocks", wrong)
    if too_long(blocks):
        raise RefusedError("msg_blocks_too_long")


def _missing_files(part: object, pointer: str, workspace: Workspace) -> list[Violation]:
    """Find pictures of files that were not uploaded to the end."""
    if isinstance(part, list):
        return [
            wrong for index, each in enumerate(part) for wrong in _missing_files(each, f"{pointer}/{index}", workspace)
        ]
    if not isinstance(part, dict):
        return []
    found = [wrong for key, value in part.items() for wrong in _missing_files(value, f"{pointer}/{key}", workspace)]
    named = part.get("slack_file")
    if isinstance(named, dict) and "id" in named:
        file = workspace.files.get(named["id"])
        if file is None or not file.complete:
            found.append(Violation("invalid slack file", f"{pointer}/slack_file"))
    return found


def _check_attachments(attachments: object) -> None:
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise RefusedError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise RefusedError("too_many_attachments")
    wrong = [
        found
        for index, each in enumerate(attachments)
        if "blocks" in each
        for found in violations(each["blocks"], f"/attachments/{index}/blocks")
    ]
    if wrong:
        raise RefusedError("invalid_attachments", wrong)


def _check_metadata(metadata: object) -> None:
    shaped = (
        isinstance(metadata, dict)
        and set(metadata) == {"event_type", "event_payload"}
        and isinstance(metadata["event_type"], str)
        and bool(metadata["event_type"])
        and isinstance(metadata["event_payload"], dict)
        and all(value is not None for value in metadata["event_payload"].values())
    )
    if not shaped:
        raise RefusedError("invalid_metadata_format")
    if len(json.dumps(metadata)) >= MOST_METADATA:
        raise RefusedError("metadata_too_large")
