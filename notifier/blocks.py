"""Parts of Slack messages: text that cannot become markup, and sizes that Slack takes.

All text stands in `rich_text` or `plain_text` elements, which Slack shows as they are: nothing that came from outside
can mention, link or format. Sizes stay below what Slack refuses, with room for a footer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from storage.records import Json

Block: TypeAlias = dict[str, Json]
Message: TypeAlias = dict[str, Json]  # text, blocks, thread

MAX_BLOCKS = 48  # Slack takes 50; two stay free for the channel
MAX_TEXT = 9_000  # characters of all text in a message, our own rule: Slack's limit is not documented
MAX_JSON = 13_000  # characters of a message's blocks as JSON, likewise
_MOST, _TEXT_TAKEN, _JSON_TAKEN = 50, 9_500, 15_000  # what Slack was seen to take, with a margin
MAX_HEADER = 150
MAX_FALLBACK = 3_000


def message(text: str, blocks: list[Block], *, thread: bool) -> Message:
    """Give a message; `text` is what notifications and old clients show."""
    return {"text": plain(text[:MAX_FALLBACK]), "blocks": list(blocks), "thread": thread}


def plain(text: str) -> str:
    """Give a text for where Slack reads mrkdwn: the three characters that could start something are escaped."""
    return escape(text, quote=False)


def header(text: str) -> Block:
    """Give a heading, cut where Slack would refuse it."""
    return {"type": "header", "text": {"type": "plain_text", "text": text[:MAX_HEADER], "emoji": False}}


def context(text: str) -> Block:
    """Give a line of small print."""
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def rich_text(*elements: Json) -> Block:
    """Give a block of paragraphs and lists."""
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(*elements: Json) -> Json:
    """Give a paragraph of words and links."""
    return {"type": "rich_text_section", "elements": list(elements)}


def bullets(items: Iterable[list[Json]]) -> Json:
    """Give a list; each item is words and links."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [paragraph(*item) for item in items]}


def words(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Json:
    """Give text that is shown as it is, in a style."""
    style: dict[str, Json] = {name: True for name, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    return {"type": "text", "text": text, "style": style} if style else {"type": "text", "text": text}


def link(text: str, url: str | None) -> Json:
    """Give text that leads to an address, where there is one."""
    return {"type": "link", "url": url, "text": text} if url else words(text)


def packed(blocks: Iterable[Block]) -> list[list[Block]]:
    """Put blocks into as few messages as the limits allow, in order."""
    messages: list[list[Block]] = []
    room_text = room_json = 0
    for block in blocks:
        text, size = _text_size(block), len(json.dumps(block)) + 2
        if not messages or text > room_text or size > room_json or len(messages[-1]) == MAX_BLOCKS:
            messages.append([])
            room_text, room_json = MAX_TEXT, MAX_JSON - 2
        messages[-1].append(block)
        room_text -= text
        room_json -= size
    return messages


def editable(blocks: list[Block]) -> bool:
    """Tell whether Slack takes these blocks in the place of packed ones, which may have grown by a few lines."""
    return len(blocks) <= _MOST and _text_size([*blocks]) <= _TEXT_TAKEN and len(json.dumps(blocks)) <= _JSON_TAKEN


def _text_size(part: Json) -> int:
    """Count the characters that Slack may count as text: of text and of addresses."""
    if isinstance(part, list):
        return sum(_text_size(each) for each in part)
    if isinstance(part, dict):
        own = sum(len(value) for name, value in part.items() if name in {"text", "url"} and isinstance(value, str))
        return own + sum(_text_size(value) for value in part.values() if isinstance(value, list | dict))
    return 0
