"""Answers as Slack messages: one line for the channel, the details for its thread; all is text, nothing markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notifier.asking.interaction import Asker
from notifier.asking.questions import HELP, Question
from notifier.blocks import Block, Message, bullets, context, message, packed, paragraph, rich_text, words
from notifier.outside import host_of, labelled, laid_out, safe_url, shown
from notifier.wording import several
from storage.records import Json

MENTIONS = 10  # told of one question
_LINES = 60  # of an answer, likewise
_WIDE = 300  # characters of a line
_PIECE = 2500  # characters in one block of lines
_TITLE = 200
_SUMMARY = 300


@dataclass(frozen=True, slots=True)
class Item:
    """A mention as it is told."""

    facts: str  # when, where, of whom
    text: str  # from outside
    url: str | None  # likewise


def lines_answer(by: Asker, asked: Question, lines: Sequence[str], command: str) -> list[Message]:
    """Give an answer of lines, of which the first is its summary; `command` shows all of them on the command line."""
    summary, *rest = [laid_out(line, _WIDE) for line in lines]
    while rest and not rest[0]:
        rest.pop(0)
    left = len(rest) - _LINES
    blocks: list[Block] = list(_pieces(rest[:_LINES]))
    if left > 0:
        blocks.append(context(f"and {several(left, 'more line')}; to see all: {shown(command, _WIDE)}"))
    return _messages(by, asked, summary, blocks)


def mentions_answer(by: Asker, asked: Question, items: Sequence[Item], total: int, command: str) -> list[Message]:
    """Give an answer of mentions, the newest first; `total` counts those that are not told too."""
    about = "with all of these words" if asked.rest else "in all"
    if not items:
        return _messages(by, asked, f"No mention {about}.", [])
    blocks: list[Block] = [rich_text(bullets([_item(item)])) for item in items]
    if total > len(items):
        left = several(total - len(items), "older one")
        blocks.append(context(f"and {left}; to see all: {shown(command, _WIDE)}"))
    return _messages(by, asked, f"{several(total, 'mention')} {about}.", blocks)


def help_blocks() -> list[Block]:
    """Give what can be asked."""
    return [rich_text(bullets([words(written, code=True), words(f" {meaning}")] for written, meaning in HELP))]


def private(text: str, blocks: Sequence[Block] = ()) -> Message:
    """Give what one person sees."""
    told = shown(text, _WIDE * 4)
    return message(told, [rich_text(paragraph(words(told))), *blocks], thread=False)


def _messages(by: Asker, asked: Question, summary: str, details: list[Block]) -> list[Message]:
    told = shown(summary, _SUMMARY)
    head = paragraph(words(by.name, bold=True), words(" asked "), words(asked.written, code=True), words(f"\n{told}"))
    first = message(f"{by.name} asked {asked.written}: {told}", [rich_text(head)], thread=False)
    rest = [message(f"Answer to {asked.written}", blocks, thread=True) for blocks in packed(details)]
    return [first, *rest]


def _pieces(lines: Sequence[str]) -> Iterator[Block]:
    """Give the lines as blocks of text in columns."""
    held: list[str] = []
    for line in [*lines, None]:
        if held and (line is None or sum(len(each) + 1 for each in held) + len(line) > _PIECE):
            text: Json = {"type": "text", "text": "\n".join(held)}
            yield {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [text]}]}
            held = []
        held += [] if line is None else [line]


def _item(item: Item) -> list[Json]:
    text, link = shown(item.text, _TITLE) or "(no text)", safe_url(item.url)
    told: list[Json] = [words(f"{shown(item.facts, _WIDE)}: ")]
    told.append({"type": "link", "url": link, "text": labelled(text, link)} if link else words(text))
    host = host_of(link)
    return [*told, words(f" ({host})")] if host else told
