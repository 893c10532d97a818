"""What may be behind the change that a headline tells, or what changed instead; the richest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notifier import wording
from notifier.digest import rising_phrases
from notifier.digest.competition import Causes
from notifier.digest.competition_phrases import fact
from notifier.digest.contents import BrandLine, Competition, CompetitorMove, Mover, StoryLine
from notifier.languages.speech import Speech
from notifier.outside import shown

_MAX_TITLE = 40
_SPREAD = 2  # mentions from which on a story may be behind a change


@dataclass(frozen=True, slots=True)
class Behind:
    """All that changed beyond chance, and what may be behind it."""

    movers: Sequence[Mover]  # of every brand, the clearest first
    competition: Competition | None
    causes: Causes


def told_causes(line: BrandLine, lines: Sequence[BrandLine], behind: Behind, speech: Speech) -> Iterator[str]:
    """Give what may be said after the change of a brand's share, or of its mentions where it is alone; best first."""
    own = next((each for each in behind.movers if each.slug == line.slug and each.metric == "mentions"), None)
    clear = own is not None if len(lines) == 1 else line.share_change.clear
    if not clear:
        yield from _instead(lines, behind, speech)
        return
    up = own.up if own and len(lines) == 1 else (line.share_change.by or 0) > 0
    if up and own and own.up:
        yield from _of_own(line.slug, behind.causes, speech)
    yield from _of_rivals(line.slug, behind.competition, speech, up=up)


def _of_own(slug: str, causes: Causes, speech: Speech) -> Iterator[str]:
    word, story = causes.words.get(slug), causes.stories.get(slug)
    rising = speech.say("rising: {word}", word=rising_phrases.quoted(word, speech)) if word else ""
    if story is not None and story.mentions >= _SPREAD:
        spread = wording.mentions(story.mentions, speech)
        told = speech.say("biggest story: {title} ({facts})", title=_title(story, speech), facts=spread)
        yield speech.chained([told, rising])
        yield told
    if rising:
        yield rising


def _of_rivals(slug: str, competition: Competition | None, speech: Speech, *, up: bool) -> Iterator[str]:
    """Tell of the competitor that gave most of a share that rose, or took most of one that fell."""
    moves = competition.moves if competition else ()
    found = [(each, move) for move in moves if move.slug != slug for each in move.moves if each.metric == "share"]
    found = [(each, move) for each, move in found if each.up != up]
    if found:
        share, rival = max(found, key=lambda pair: abs(pair[0].after - pair[0].before))
        yield from _rival(share, rival, speech)


def _rival(share: Mover, rival: CompetitorMove, speech: Speech) -> Iterator[str]:
    values = {
        "brand": rival.name,
        "before": wording.percent(share.before, speech),
        "after": wording.percent(share.after, speech),
    }
    if not share.up:
        yield speech.say("{brand} fell from {before} to {after}", **values)
        return
    rose = speech.say("{brand} rose from {before} to {after}", **values)
    if rival.story is not None and rival.story.mentions >= _SPREAD:
        yield speech.say("{rise} with the story {title}", rise=rose, title=_title(rival.story, speech))
    yield rose


def _instead(lines: Sequence[BrandLine], behind: Behind, speech: Speech) -> Iterator[str]:
    """Tell the clearest change where the brand has none, or that there is none at all."""
    moves = behind.competition.moves if behind.competition else ()
    clearest = next(iter(behind.movers), None) or next((each for move in moves for each in move.moves), None)
    if clearest is not None:
        yield speech.say("{brand} changed beyond chance: {fact}", brand=clearest.name, fact=fact(clearest, speech))
    elif len(lines) > 1 and not any(line.share_change.clear for line in lines):
        yield speech.say("no brand changed beyond chance")


def _title(story: StoryLine, speech: Speech) -> str:
    return speech.say("\u201c{quote}\u201d", quote=shown(story.title, _MAX_TITLE))
