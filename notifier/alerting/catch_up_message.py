"""What is posted when a channel can be reached again: all alerts that waited, in as few messages as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from notifier.alerting.catching_up import CatchUpMessage, Caught
from notifier.alerting.message import mentioning, title_of
from notifier.blocks import Block, Message, bullets, context, header, message, packed, paragraph, rich_text, words
from notifier.wording import clock, several
from storage.records import Json

MESSAGES = 2  # at most; the last says how many alerts are left out
_TITLE = 110  # characters
_AT_ONCE = 8  # alerts in a block, so that the last message is cut finely


def render_catch_up(letter: CatchUpMessage, channel: str, zone: ZoneInfo) -> list[Message]:
    """Give the messages in the form of a channel, the first of which opens the thread of the others."""
    over = sum(one.over for one in letter.caught)
    heading = f"{several(len(letter.caught), 'alert')} waited while this channel could not be reached"
    span = f"Told from {clock(letter.since, zone)} on; {several(len(letter.caught) - over, 'alert')} of them "
    span += f"{'stands' if len(letter.caught) - over == 1 else 'stand'}, {over} over."
    if channel == "console":
        lines = [f"Overheard alerts: {heading}", f"  {span}", *(f"  {_line(one, zone)}" for one in letter.caught)]
        return [{"text": "\n".join(lines), "blocks": [], "thread": False}]
    opening = [header(heading), *mentioning(letter.mentions), context(span)]
    parts = packed([*opening, *_blocks(letter.caught, zone)])
    shown, left = parts[:MESSAGES], sum(_listed(blocks) for blocks in parts[MESSAGES:])
    if left:
        shown[-1].append(context(f"and {several(left, 'alert')} more; to see all: overheard alerts --history"))
    text = f"{heading}. {span}"
    return [message(text, blocks, thread=place > 0) for place, blocks in enumerate(shown)]


def _blocks(caught: Sequence[Caught], zone: ZoneInfo) -> Iterator[Block]:
    """Give lists of alerts under what they have in common: how severe they are, or that they are over."""
    for group, some in groupby(caught, key=lambda one: one.heading):
        listed = list(some)
        for place in range(0, len(listed), _AT_ONCE):
            part = listed[place : place + _AT_ONCE]
            heading: list[Json] = [paragraph(words(group, bold=True))] if place == 0 else []
            yield rich_text(*heading, bullets([words(_line(one, zone))] for one in part))


def _line(one: Caught, zone: ZoneInfo) -> str:
    over = "; over since" if one.over else ""
    return f"{title_of(one.told.alert, _TITLE)} ({clock(one.told.at, zone)}{over})"


def _listed(blocks: Sequence[Block]) -> int:
    """Count the alerts that blocks list."""
    return sum(_items(block) for block in blocks)


def _items(part: Json) -> int:
    if not isinstance(part, dict):
        return 0
    elements = part.get("elements")
    inner = elements if isinstance(elements, list) else []
    if part.get("type") == "rich_text_list":
        return len(inner)
    return sum(_items(each) for each in inner)
