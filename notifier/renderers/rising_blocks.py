"""Rising words in Slack: the details of each brand, for the thread."""

from __future__ import annotations

from collections.abc import Iterator

from notifier.blocks import Block, bullets, context, link, paragraph, rich_text, words
from notifier.digest import rising_phrases
from notifier.digest.contents import Digest
from notifier.digest.rising import RisingLine, RisingWord
from notifier.languages.speech import Speech
from storage.records import Json


def rising_blocks(digest: Digest) -> Iterator[Block]:
    """Give each brand's words with their counts and the id of the figure, then who has none and why."""
    if not digest.rising:
        return
    speech = digest.speech
    yield rich_text(paragraph(words(rising_phrases.heading(digest), bold=True)))
    for line in (each for each in digest.rising if each.words):
        basis = words(f" {rising_phrases.basis(line, speech)}  ")
        heading = paragraph(words(line.name, bold=True), basis, words(line.id, code=True))
        yield rich_text(heading, bullets(_word(word, line, speech) for word in line.words))
    yield from (context(sentence) for sentence in rising_phrases.why(digest))


def _word(word: RisingWord, line: RisingLine, speech: Speech) -> list[Json]:
    parts = [words(rising_phrases.quoted(word, speech), bold=True)]
    parts.append(words(f" {rising_phrases.counts(word, line, speech)}"))
    return [*parts, words(": "), link(word.title, word.url)] if word.title else parts
