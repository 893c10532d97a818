"""Composition objects: text, option, option group, confirmation, filter of conversations, dispatch of actions, file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overheard.emulator.block_kit.checks import (
    Check,
    Violation,
    array,
    boolean,
    choice,
    exactly_one,
    record,
    string,
    typed,
    url,
)

IDENTIFIER = string(1, 255)  # of a block, an action, a callback


def _not_empty(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    if not value:
        yield Violation("must not be empty", pointer)


def texts(high: int) -> dict[str, Check]:
    """Give both kinds of text objects, by type."""
    return {
        "plain_text": record({"text": string(1, high)}, {"emoji": boolean}),
        "mrkdwn": record({"text": string(1, high)}, {"verbatim": boolean}),
    }


def plain_text(high: int) -> Check:
    """Take a text object of plain text."""
    return typed({"plain_text": texts(high)["plain_text"]})


def text_object(high: int) -> Check:
    """Take a text object of either kind."""
    return typed(texts(high))


PLACEHOLDER = plain_text(150)
CONFIRM = record(
    {"title": plain_text(100), "text": plain_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": choice("primary", "danger")},
)
SLACK_FILE = record({}, {"id": string(1, 255, "F[A-Z0-9]{8,}"), "url": url()}, exactly_one("id", "url"))
DISPATCH = record({"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), 1, 2)})
CONVERSATION_FILTER = record(
    {},
    {
        "include": array(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    _not_empty,
)

_VALUE = string(1, 150)
OPTION = record({"text": plain_text(75), "value": _VALUE}, {"description": plain_text(75)})  # of a select menu
RICH_OPTION = record({"text": text_object(75), "value": _VALUE}, {"description": text_object(75)})  # checkbox, radio
OVERFLOW_OPTION = record({"text": plain_text(75), "value": _VALUE}, {"description": plain_text(75), "url": url()})
OPTION_GROUP = record({"label": plain_text(75), "options": array(OPTION, 1, 100)})


def image_source(value: dict[str, Any], pointer: str) -> Iterator[Violation]:
    """Take a picture that stands either at an address or in a file of Slack's."""
    yield from exactly_one("image_url", "slack_file")(value, pointer)
