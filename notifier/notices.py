"""Short messages of one paragraph: something happened that a person should know. No markup, whatever the text holds."""

from __future__ import annotations

from notifier.blocks import Block, Message, message

_LONGEST = 2900  # characters; a section of Slack takes 3000


def notice(text: str, channel: str) -> Message:
    """Give a message in the form of a channel that shows the text as it is, cut where it is too long."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    if channel == "console":
        return {"text": shown, "blocks": [], "thread": False}
    section: Block = {"type": "section", "text": {"type": "plain_text", "text": shown, "emoji": False}}
    return message(shown, [section], thread=False)
