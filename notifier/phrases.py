"""The sentences of a digest that all renderers share, so that a number reads the same everywhere."""

from __future__ import annotations

from collections import Counter

from notifier import wording
from notifier.contents import BrandLine, Change, Digest, Mover, StoryLine
from storage.records import Label

MAX_DEAF = 5  # spells of deafness named; the rest is counted
_LESS = 0.005  # of a window: so much less heard before is worth a word


def share(line: BrandLine) -> str:
    """Give the share of voice, or why there is none."""
    return wording.unknown("nobody was mentioned") if line.share is None else wording.percent(line.share)


def share_interval(line: BrandLine) -> str | None:
    """Give the interval of the share of voice. None: it has none."""
    if line.share_low is None or line.share_high is None:
        return None
    return wording.interval(line.share_low, line.share_high)


def share_change(line: BrandLine) -> str:
    """Give the change of the share of voice in points, or that it is new; empty where there is no share at all."""
    return "" if line.share is None else _points(line.share_change)


def mentions_change(line: BrandLine) -> str:
    """Give the change of the mentions, or that it is new."""
    change = line.mentions_change
    return "new" if change.by is None else wording.change_of_count(change.by)


def sentiment(line: BrandLine) -> str:
    """Give the net sentiment, or why there is none."""
    if line.net_sentiment is None:
        return wording.unknown(line.sentiment_reason or "unknown")
    return wording.signed_percent(line.net_sentiment)


def sentiment_change(line: BrandLine) -> str:
    """Give the change of the net sentiment in points; empty where there is no net sentiment at all."""
    return "" if line.net_sentiment is None else _points(line.sentiment_change, decimals=0)


def scored(line: BrandLine) -> str:
    """Give what the net sentiment rests on: from 71 % of 412."""
    if line.scored is None:
        return ""
    return f"from {wording.rough_percent(line.scored)} of {wording.count(line.mentions)}"


def scored_fully(line: BrandLine) -> str:
    """Give the same with what is missing: from 71 % of 412 mentions; 96 Korean, 23 without words unscored."""
    if line.scored is None:
        return ""
    rests = wording.basis(line.scored, line.mentions)
    return f"{rests}; {wording.unscored(line.unscored_why)} unscored" if line.unscored_why else rests


def labels(line: BrandLine) -> str:
    """Give how many mentions have each sentiment: 120 positive, 130 neutral, 43 negative, 119 unscored."""
    return (
        f"{wording.count(line.positive)} positive, {wording.count(line.neutral)} neutral, "
        f"{wording.count(line.negative)} negative, {wording.count(line.unscored)} unscored"
        + (f" ({wording.unscored(line.unscored_why)})" if line.unscored_why else "")
    )


def unscored(digest: Digest) -> str | None:
    """Give what has no sentiment, over all brands: not scored: 96 Korean, 23 without words. None: all has one."""
    why: Counter[str] = Counter()
    for line in digest.brands:
        why.update(dict(line.unscored_why))
    if not why:
        return None
    named = sum(line.mentions for line in digest.brands)
    return f"Not scored: {wording.unscored(why.most_common())}, of {wording.several(named, 'mention')} of a brand."


def authors(line: BrandLine) -> str:
    """Give how many people wrote, or that the sources do not tell."""
    return wording.unknown("not told") if line.authors is None else wording.count(line.authors)


def engagement(line: BrandLine) -> str:
    """Give the votes, likes, shares and comments, or that the sources do not count them."""
    return wording.unknown("not told") if line.engagement is None else wording.count(line.engagement)


def _points(change: Change, decimals: int = 1) -> str:
    return "new" if change.by is None else wording.points(change.by, decimals)


def window(digest: Digest) -> str:
    """Give what the digest reports on, within a sentence: week of Monday 5 to Sunday 11 August 2013."""
    return digest.title[:1].lower() + digest.title[1:]


def basis(digest: Digest) -> str:
    """Give how many mentions all of it rests on, from how many sources, and against what it is compared."""
    heard = wording.several(digest.total, "mention")
    sources = wording.several(digest.coverage.queries, "source query", "source queries")
    past = wording.PERIOD_BEFORE[digest.period]
    if digest.total_change.by is None:
        return f"{heard} of these brands from {sources}. Nothing is known of {past}, so there are no changes to show."
    moved = wording.change_of_count(digest.total_change.by)
    return f"{heard} of these brands from {sources} ({moved} on {past}). Changes are against {past}."


def mover(moved: Mover) -> str:
    """Give one change in plain words."""
    if moved.metric == "mentions":
        return (
            f"{moved.name}: mentions {'up' if moved.up else 'down'} "
            f"from {wording.count(round(moved.before))} to {wording.count(round(moved.after))}"
        )
    scored = wording.unknown("no mentions") if moved.scored is None else wording.rough_percent(moved.scored)
    return (
        f"{moved.name}: net sentiment {'up' if moved.up else 'down'} "
        f"from {wording.signed_percent(moved.before)} to {wording.signed_percent(moved.after)} "
        f"({scored} of {wording.several(moved.mentions, 'mention')} scored)"
    )


def coverage(digest: Digest) -> str:
    """Give how much of the window was heard, and of the window before when that was less."""
    line = digest.coverage
    if line.share is None:
        return f"Heard: {wording.unknown('nothing listens')}."
    words = f"Heard {wording.rough_percent(line.share)} of the {digest.period}"
    if line.before is not None and line.before < line.share - _LESS:
        past = wording.PERIOD_BEFORE[digest.period]
        words += f", but only {wording.rough_percent(line.before)} of {past}: changes may be overstated"
    return words + "."


def deaf(digest: Digest) -> list[str]:
    """Give who was deaf, how long and why; the longest spells, then how many more there were."""
    spells = digest.coverage.deaf
    named = [f"deaf: {spell.key} {wording.length(spell.length)} ({spell.reason})" for spell in spells[:MAX_DEAF]]
    if len(spells) > MAX_DEAF:
        named.append(f"and {count_more(len(spells) - MAX_DEAF)} deaf for shorter")
    return named


def count_more(number: int) -> str:
    """Give how many are left out of a list: 3 more."""
    return f"{wording.count(number)} more"


def story_facts(story: StoryLine) -> str:
    """Give what is known of a story, but for its sentiment: reddit.com, engagement 1,234, 12 mentions."""
    parts = [story.host or story.source]
    if story.engagement is not None:
        parts.append(f"engagement {wording.count(story.engagement)}")
    spread = wording.several(story.mentions, "mention")
    if len(story.sources) > 1:
        spread += f" in {wording.several(len(story.sources), 'source')}"
    parts.append(spread)
    if not story.dated:
        parts.append("undated")
    return ", ".join(parts)


def quote(story: StoryLine) -> str | None:
    """Give the words that decided the sentiment. None: there are none, or the title says them already."""
    return None if story.quote is None or story.quote == story.title else f"\u201c{story.quote}\u201d"


def label(story: StoryLine) -> str:
    """Give the sentiment of a story's lead toward the brand."""
    return "sentiment unknown" if story.label is Label.UNSCORED else story.label.value


def trace(digest: Digest) -> str:
    """Give the commands that answer for a number, with ids of this digest."""
    lead = next((line for line in digest.brands if line.role == "own"), next(iter(digest.brands), None))
    ids = ["NUMBER-ID" if lead is None else lead.mentions_id if digest.alone else lead.share_id]
    if digest.campaigns is not None and digest.campaigns.platforms:
        ids.append(digest.campaigns.platforms[-1].numbers[0].id)
    return "Where a number comes from: " + " or ".join(f"overheard why {each}" for each in ids)
