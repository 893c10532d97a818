"""The words that a reader sees in each form of a digest, as one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import html as lxml_html

from notifier.digest.contents import Digest
from notifier.renderers import html, slack_blocks, terminal


def words_of_terminal(digest: Digest) -> str:
    return " ".join(terminal.render(digest, 400).split())


def words_of_page(digest: Digest) -> str:
    tree = lxml_html.document_fromstring(html.render(digest))
    return " ".join(tree.find("body").text_content().split())


def words_of_slack(digest: Digest) -> str:
    return " ".join(words_of_messages(slack_blocks.render(digest)))


def words_of_messages(messages: list[dict[str, Any]]) -> list[str]:
    """What each message says."""

    def texts(part: Any) -> list[str]:
        if isinstance(part, list):
            return [text for each in part for text in texts(each)]
        if not isinstance(part, dict):
            return []
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in texts(value)]

    return [" ".join(texts(message["blocks"])) for message in messages]


WORDS: dict[str, Callable[[Digest], str]] = {
    "terminal": words_of_terminal,
    "page": words_of_page,
    "slack": words_of_slack,
}


def links_of(digest: Digest) -> list[str]:
    """The addresses that a digest may link to: those of its stories and quotes."""
    stories = [story.url for group in digest.stories for story in group.stories]
    quotes = [quote.url for both in digest.quotes for quote in (both.positive, both.negative) if quote is not None]
    return [url for url in (*stories, *quotes) if url]
