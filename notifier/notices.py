"""Short messages of one paragraph: something happened that a person should know. No markup, whatever the text holds."""

from __future__ import annotations

import json

from notifier.blocks import MAX_JSON, Block, Message, message
from notifier.outside import laid_out

_ROUND_IT = 200  # characters of JSON around the text
_LONGEST = 2900  # characters; a section of Slack takes 3000


def notice(text: str, channel: str) -> Message:
    """Give a message in the form of a channel: the text without what is invisible, cut where it is too long."""
    whole = "\n".join(laid_out(line, _LONGEST) for line in text[: 2 * _LONGEST].split("\n"))
    told = _fitting(whole)
    if channel == "console":
        return {"text": told, "blocks": [], "thread": False}
    section: Block = {"type": "section", "text": {"type": "plain_text", "text": told, "emoji": False}}
    return message(told, [section], thread=False)


def _fitting(text: str) -> str:
    """Cut a text to what one section takes, and to what a message takes once its letters are escapes of JSON."""
    kept = text[:_LONGEST]
    while len(json.dumps(kept)) > MAX_JSON - _ROUND_IT:
        kept = kept[: len(kept) * 9 // 10]
    return kept if kept == text else kept + "…"
