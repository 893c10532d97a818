"""Moves of competitors in Slack: short in the first message, whole in its thread."""

from __future__ import annotations

from collections.abc import Iterator

from notifier.blocks import Block, bullets, context, paragraph, rich_text, words
from notifier.digest import competition_phrases
from notifier.digest.contents import CompetitorMove, Digest


def competition_first(digest: Digest) -> Iterator[Block]:
    """Give a line for each competitor that moved, else one that none did; nothing where there is none."""
    if none := competition_phrases.none(digest):
        yield rich_text(paragraph(words(none)))
    speech = digest.speech
    yield from _listed(digest, [competition_phrases.short(move, speech) for move in _moves(digest)])


def competition_details(digest: Digest) -> Iterator[Block]:
    """Give the same lines with all that may be behind a move and what it does to the own share."""
    yield from _listed(digest, [competition_phrases.full(move, digest) for move in _moves(digest)])


def _moves(digest: Digest) -> tuple[CompetitorMove, ...]:
    return digest.competition.moves if digest.competition else ()


def _listed(digest: Digest, lines: list[str]) -> Iterator[Block]:
    if lines:
        heading = paragraph(words(competition_phrases.heading(digest.speech), bold=True))
        yield rich_text(heading, bullets([words(line)] for line in lines))
    if more := competition_phrases.more(digest):
        yield context(more)
