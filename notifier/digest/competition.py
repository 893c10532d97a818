"""Which competitors changed beyond chance, what may be behind it, and what it does to the own share; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notifier.digest.contents import BrandLine, BrandStories, Competition, CompetitorMove, Mover, StoryLine
from notifier.digest.rising import RisingLine, RisingWord
from scoring.moves import LEAST
from scoring.share_of_voice import NORMAL_95, BrandVoice, ratio

LINES = 3  # competitors told; the others are counted


@dataclass(frozen=True, slots=True)
class Causes:
    """What may be behind a change: the biggest story and the first rising word of each brand by slug."""

    stories: Mapping[str, StoryLine]
    words: Mapping[str, RisingWord]


def causes(stories: Sequence[BrandStories], rising: Sequence[RisingLine]) -> Causes:
    """Give the biggest story and the first rising word of each brand that has one."""
    return Causes(
        {group.slug: group.stories[0] for group in stories if group.stories},
        {line.slug: line.words[0] for line in rising if line.words},
    )


def competition(
    lines: Sequence[BrandLine],
    before: Mapping[str, BrandVoice],
    movers: Sequence[Mover],
    behind: Causes,
    *,
    heard: bool,
    stretch: float = 1.0,
) -> Competition | None:
    """Give the clear moves of competitors; None where no brand is one.

    `movers`: every clear change of mentions and net sentiment. `heard`: whether anything was in the window. `stretch`:
    length of the window over that of the one before.
    """
    rivals = [line for line in lines if line.role == "competitor"]
    if not rivals:
        return None
    if not heard:
        return Competition((), 0, "unheard")
    if not before:
        return Competition((), 0, "nothing before")
    own = next((line for line in lines if line.role == "own"), None)
    total = sum(line.credit for line in lines)
    found = []
    for line in rivals:
        moves = (*share_mover(line), *sorted((each for each in movers if each.slug == line.slug), key=_metric))
        if not moves:
            continue
        found.append(
            CompetitorMove(
                slug=line.slug,
                name=line.name,
                moves=moves,
                story=behind.stories.get(line.slug),
                word=behind.words.get(line.slug),
                own=own.name if own else None,
                own_share=own.share if own else None,
                own_share_otherwise=_otherwise(own, line, before.get(line.slug), total, stretch)
                if own and any(each.metric == "mentions" for each in moves)
                else None,
            )
        )
    found.sort(key=lambda move: (-move.strength, move.slug))
    return Competition(tuple(found[:LINES]), max(len(found) - LINES, 0))


def share_mover(line: BrandLine) -> tuple[Mover, ...]:
    """Give the change of a share of voice where it is clear and rests on enough mentions; else nothing."""
    change = line.share_change
    most = max(line.mentions, line.mentions_change.before or 0)
    if line.share is None or change.before is None or change.by is None or not change.clear or most < LEAST:
        return ()
    width = (change.high or 0.0) - (change.low or 0.0)
    strength = 2 * NORMAL_95 * change.by / width
    return (Mover(line.slug, line.name, "share", change.before, line.share, strength, line.mentions, line.scored),)


def _metric(mover: Mover) -> str:
    return mover.metric


def _otherwise(own: BrandLine, rival: BrandLine, past: BrandVoice | None, total: float, stretch: float) -> float | None:
    """Give the own share if the competitor had been named as often as before, all else being as it is."""
    if past is None:
        return None
    return ratio(own.credit, total - rival.credit + stretch * past.count.credit)
