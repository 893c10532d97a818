"""How large a message is as a whole, and how large it may be.

Slack does not publish the limit on all blocks together. The two figures below are the smallest messages of which a
refusal with `msg_blocks_too_long` was reported, so what stays within them is safe.
"""

from __future__ import annotations

import json
from typing import Any

MOST_TEXT = 9_600
MOST_JSON = 15_600
MOST_MARKDOWN = 12_000
_TEXTS = {"text", "alt_text", "url", "caption"}  # whether addresses count is not known, so they do


def too_long(blocks: object) -> bool:
    """Tell whether all texts together, or the JSON, are more than Slack was ever seen to take."""
    return text_size(blocks) > MOST_TEXT or len(json.dumps(blocks)) > MOST_JSON


def text_size(part: object) -> int:
    """Count the characters of all texts in a part of a message."""
    if isinstance(part, list):
        return sum(text_size(each) for each in part)
    if not isinstance(part, dict):
        return 0
    own = sum(len(value) for name, value in part.items() if name in _TEXTS and isinstance(value, str))
    return own + sum(text_size(value) for value in part.values() if isinstance(value, list | dict))


def markdown_size(blocks: list[dict[str, Any]]) -> int:
    """Count the characters of all markdown blocks, which have a limit of their own."""
    return sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
