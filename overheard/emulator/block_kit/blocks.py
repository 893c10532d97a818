"""Blocks, one by one and as the list that a message or a view holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from overheard.emulator.block_kit.checks import Check, Violation, array, boolean, record, string, typed, url
from overheard.emulator.block_kit.composition import (
    IDENTIFIER,
    SLACK_FILE,
    image_source,
    plain_text,
    text_object,
    texts,
)
from overheard.emulator.block_kit.elements import ACCESSORY, ACTIONS, CONTEXT_ACTIONS, IMAGE, INPUTS, INTERACTIVE
from overheard.emulator.block_kit.rich_text import PARTS
from overheard.emulator.block_kit.sizes import MOST_MARKDOWN, markdown_size
from overheard.emulator.block_kit.tables import DATA_TABLE, TABLE

MOST_BLOCKS = {"message": 50, "view": 100}
_ID: dict[str, Check] = {"block_id": IDENTIFIER}


def _said(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    if "text" not in value and "fields" not in value:
        yield Violation("must define either `text` or `fields`", pointer)


_EVERYWHERE: dict[str, Check] = {
    "header": record({"text": plain_text(150)}, _ID),
    "section": record(
        {},
        _ID | {"text": text_object(3000), "fields": array(text_object(2000), 1, 10), "accessory": ACCESSORY,
               "expand": boolean},
        _said,
    ),
    "context": record({"elements": array(typed(texts(3000) | {"image": IMAGE}), 1, 10)}, _ID),
    "actions": record({"elements": array(ACTIONS, 1, 25)}, _ID),
    "divider": record({}, _ID),
    "image": record(
        {"alt_text": string(1, 2000)},
        _ID | {"image_url": url(), "slack_file": SLACK_FILE, "title": plain_text(2000)},
        image_source,
    ),
    "input": record(
        {"label": plain_text(2000), "element": INPUTS},
        _ID | {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": record({"elements": PARTS}, _ID),
    "video": record(
        {"alt_text": string(1, 2000), "title": plain_text(200), "thumbnail_url": url(),
         "video_url": url(secure=True)},
        _ID | {"title_url": url(secure=True), "author_name": string(1, 50), "provider_name": string(1, 50),
               "provider_icon_url": url(), "description": plain_text(200)},
    ),
}  # fmt: skip
_MESSAGES_ONLY: dict[str, Check] = {
    "context_actions": record({"elements": array(CONTEXT_ACTIONS, 1, 5)}, _ID),
    "data_table": DATA_TABLE,
    "markdown": record({"text": string(1, MOST_MARKDOWN)}, _ID),
    "table": TABLE,
}
_BLOCK = {"message": typed(_EVERYWHERE | _MESSAGES_ONLY), "view": typed(_EVERYWHERE)}


def violations(blocks: object, pointer: str = "/blocks", surface: str = "message") -> list[Violation]:
    """Give everything wrong with the blocks of a message, or of a view; empty when they are fine."""
    found = list(array(_BLOCK[surface], 1, MOST_BLOCKS[surface])(blocks, pointer))
    if found or not isinstance(blocks, list):
        return found
    return [*_repeated(blocks, pointer), *_as_a_whole(blocks, pointer)]


def _repeated(blocks: list[dict[str, Any]], pointer: str) -> Iterator[Violation]:
    """Find identifiers that stand twice in one message."""
    seen: set[tuple[str, str]] = set()
    for key, value, place in _identifiers(blocks, pointer):
        if (key, value) in seen:
            yield Violation(f"{key} must be unique in the message", place)
        seen.add((key, value))


def _identifiers(part: object, pointer: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(part, list):
        for index, each in enumerate(part):
            yield from _identifiers(each, f"{pointer}/{index}")
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "block_id" or (key == "action_id" and part.get("type") in INTERACTIVE):
                yield key, value, f"{pointer}/{key}"
            yield from _identifiers(value, f"{pointer}/{key}")


def _as_a_whole(blocks: list[dict[str, Any]], pointer: str) -> Iterator[Violation]:
    kinds = Counter(block["type"] for block in blocks)
    if kinds["table"] > 1:
        yield Violation("no more than 1 table allowed in a message", pointer)
    if markdown_size(blocks) > MOST_MARKDOWN:
        yield Violation(f"must be less than {MOST_MARKDOWN + 1} characters in all markdown blocks", pointer)
