"""The sentences of a digest that all renderers share, so that a number reads the same everywhere."""

from __future__ import annotations

from collections import Counter

from notifier import wording
from notifier.digest.contents import BrandLine, Change, Deaf, Digest, Mover, StoryLine
from notifier.languages.speech import Speech, to_say
from storage.records import Label

MAX_DEAF = 5  # spells of deafness named; the rest is counted
_LESS = 0.005  # of a window: so much less heard before is worth a word
_HEARD = {
    "day": to_say("Heard {part} of the day."),
    "week": to_say("Heard {part} of the week."),
    "month": to_say("Heard {part} of the month."),
}
_HEARD_LESS = {
    "day": to_say("Heard {part} of the day, but only {before} of {past}: changes may be overstated."),
    "week": to_say("Heard {part} of the week, but only {before} of {past}: changes may be overstated."),
    "month": to_say("Heard {part} of the month, but only {before} of {past}: changes may be overstated."),
}
_REASONS = {
    "auth": to_say("auth"),
    "rate_limited": to_say("rate_limited"),
    "not_found": to_say("not_found"),
    "gone": to_say("gone"),
    "network": to_say("network"),
    "timeout": to_say("timeout"),
    "too_large": to_say("too_large"),
    "server": to_say("server"),
    "malformed": to_say("malformed"),
    "misconfigured": to_say("misconfigured"),
    "not listening": to_say("not listening"),
    "too much at once": to_say("too much at once"),
}
_LABELS = {
    Label.POSITIVE: to_say("positive"),
    Label.NEUTRAL: to_say("neutral"),
    Label.NEGATIVE: to_say("negative"),
    Label.UNSCORED: to_say("sentiment unknown"),
}


def share(line: BrandLine, speech: Speech) -> str:
    """Give the share of voice, or why there is none."""
    if line.share is None:
        return wording.unknown(speech.say(line.share_reason or to_say("unknown")), speech)
    return wording.percent(line.share, speech)


def share_interval(line: BrandLine, speech: Speech) -> str | None:
    """Give the interval of the share of voice: 95 % interval 28.0 to 34.5 %. None: it has none."""
    ends = share_ends(line, speech)
    return None if ends is None else speech.say("{level} interval {ends}", level=wording.level(speech), ends=ends)


def share_ends(line: BrandLine, speech: Speech) -> str | None:
    """Give the ends of the interval of the share of voice. None: it has none."""
    if line.share_low is None or line.share_high is None:
        return None
    return wording.interval(line.share_low, line.share_high, speech)


def share_change(line: BrandLine, speech: Speech) -> str:
    """Give the change of the share of voice in points, or that it is new; empty where there is no share at all."""
    return "" if line.share is None else _points(line.share_change, speech)


def mentions_change(line: BrandLine, speech: Speech) -> str:
    """Give the change of the mentions, or that it is new."""
    change = line.mentions_change
    return speech.say("new") if change.by is None else wording.change_of_count(change.by, speech)


def sentiment(line: BrandLine, speech: Speech) -> str:
    """Give the net sentiment, or why there is none."""
    if line.net_sentiment is None:
        return wording.unknown(speech.say(line.sentiment_reason or to_say("unknown")), speech)
    return wording.signed_percent(line.net_sentiment, speech)


def sentiment_change(line: BrandLine, speech: Speech) -> str:
    """Give the change of the net sentiment in points; empty where there is no net sentiment at all."""
    return "" if line.net_sentiment is None else _points(line.sentiment_change, speech, decimals=0)


def scored(line: BrandLine, speech: Speech) -> str:
    """Give what the net sentiment rests on: from 71 % of 412."""
    if line.scored is None:
        return ""
    part, mentions = wording.rough_percent(line.scored, speech), wording.count(line.mentions, speech)
    return speech.say("from {part} of {count}", part=part, count=mentions)


def scored_fully(line: BrandLine, speech: Speech) -> str:
    """Give the same with what is missing: from 71 % of 412 mentions; 96 Korean, 23 without words unscored."""
    if line.scored is None:
        return ""
    basis = wording.basis(line.scored, line.mentions, speech)
    if not line.unscored_why:
        return basis
    reasons = wording.unscored(line.unscored_why, speech)
    return speech.say("{basis}; {reasons} unscored", basis=basis, reasons=reasons)


def labels(line: BrandLine, speech: Speech) -> str:
    """Give how many mentions have each sentiment: 120 positive, 130 neutral, 43 negative, 119 unscored."""
    told = speech.say(
        "{positive} positive, {neutral} neutral, {negative} negative, {unscored} unscored",
        positive=wording.count(line.positive, speech),
        neutral=wording.count(line.neutral, speech),
        negative=wording.count(line.negative, speech),
        unscored=wording.count(line.unscored, speech),
    )
    return told + (f" ({wording.unscored(line.unscored_why, speech)})" if line.unscored_why else "")


def unscored(digest: Digest) -> str | None:
    """Give what has no sentiment, over all brands: not scored: 96 Korean, 23 without words. None: all has one."""
    why: Counter[str] = Counter()
    for line in digest.brands:
        why.update(dict(line.unscored_why))
    if not why:
        return None
    named, speech = sum(line.mentions for line in digest.brands), digest.speech
    return speech.say(
        "Not scored: {reasons}, of {mentions_of_a_brand}.",
        reasons=wording.unscored(why.most_common(), speech),
        mentions_of_a_brand=speech.plural("{number} mention of a brand", "{number} mentions of a brand", named),
    )


def authors(line: BrandLine, speech: Speech) -> str:
    """Give how many people wrote, or that the sources do not tell."""
    return _told(line.authors, speech)


def engagement(line: BrandLine, speech: Speech) -> str:
    """Give the votes, likes, shares and comments, or that the sources do not count them."""
    return _told(line.engagement, speech)


def _told(number: int | None, speech: Speech) -> str:
    return wording.unknown(speech.say("not told"), speech) if number is None else wording.count(number, speech)


def _points(change: Change, speech: Speech, decimals: int = 1) -> str:
    return speech.say("new") if change.by is None else wording.points(change.by, decimals, speech)


def window(digest: Digest) -> str:
    """Give what the digest reports on, within a sentence: week of Monday 5 to Sunday 11 August 2013."""
    return digest.title[:1].lower() + digest.title[1:]


def basis(digest: Digest) -> str:
    """Give how many mentions all of it rests on, from how many sources, and against what it is compared."""
    speech = digest.speech
    told = {
        "mentions_of_brands": speech.plural(
            "{number} mention of these brands", "{number} mentions of these brands", digest.total
        ),
        "queries": speech.plural("{number} source query", "{number} source queries", digest.coverage.queries),
        "past": wording.before(digest.period, speech),
    }
    if digest.total_change.by is None:
        return speech.say(
            "{mentions_of_brands} from {queries}. Nothing is known of {past}, so there are no changes to show.", **told
        )
    moved = wording.change_of_count(digest.total_change.by, speech)
    basis = speech.say(
        "{mentions_of_brands} from {queries} ({change} on {past}). Changes are against {past}.", change=moved, **told
    )
    days, before = digest.lengths
    if digest.period != "month" or days == before:
        return basis
    lengths = {"days": wording.days(days, speech), "before": wording.days(before, speech)}
    return speech.say(
        "{basis} That one had {before}, this one {days}; what chance explains is judged by the day.",
        basis=basis,
        **lengths,
    )


def mover(moved: Mover, speech: Speech) -> str:
    """Give one change in plain words."""
    if moved.metric == "mentions":
        counts = {
            "brand": moved.name,
            "before": wording.count(round(moved.before), speech),
            "after": wording.count(round(moved.after), speech),
        }
        if moved.up:
            return speech.say("{brand}: mentions up from {before} to {after}", **counts)
        return speech.say("{brand}: mentions down from {before} to {after}", **counts)
    rough = None if moved.scored is None else wording.rough_percent(moved.scored, speech)
    told = {
        "brand": moved.name,
        "before": wording.signed_percent(moved.before, speech),
        "after": wording.signed_percent(moved.after, speech),
        "part": rough or wording.unknown(speech.say("no mentions"), speech),
        "mentions": wording.mentions(moved.mentions, speech),
    }
    if moved.up:
        return speech.say("{brand}: net sentiment up from {before} to {after} ({part} of {mentions} scored)", **told)
    return speech.say("{brand}: net sentiment down from {before} to {after} ({part} of {mentions} scored)", **told)


def coverage(digest: Digest) -> str:
    """Give how much of the window was heard, and of the window before when that was less."""
    line, speech = digest.coverage, digest.speech
    if line.share is None:
        nothing = wording.unknown(speech.say("nothing listens"), speech)
        return speech.say("Heard: {nothing}.", nothing=nothing)
    part = wording.rough_percent(line.share, speech)
    if line.before is None or line.before >= line.share - _LESS or digest.total_change.by is None:
        return speech.say(_HEARD[digest.period], part=part)
    less, past = wording.rough_percent(line.before, speech), wording.before(digest.period, speech)
    return speech.say(_HEARD_LESS[digest.period], part=part, before=less, past=past)


def deaf(digest: Digest) -> list[str]:
    """Give who was deaf, how long and why; the longest spells, then how many more there were."""
    spells, speech = digest.coverage.deaf, digest.speech
    named = [_deaf(spell, speech) for spell in spells[:MAX_DEAF]]
    if len(spells) > MAX_DEAF:
        left = len(spells) - MAX_DEAF
        named.append(speech.plural("and {number} more deaf for shorter", "and {number} more deaf for shorter", left))
    return named


def _deaf(spell: Deaf, speech: Speech) -> str:
    told = {"length": wording.length(spell.length, speech), "reason": reason(spell, speech)}
    return speech.say("deaf: {source} {length} ({reason})", source=spell.key, **told)


def reason(spell: Deaf, speech: Speech) -> str:
    """Give why a source was not heard. A reason that is none of the known ones is told as it is."""
    return speech.say(_REASONS[spell.reason]) if spell.reason in _REASONS else spell.reason


def story_facts(story: StoryLine, speech: Speech) -> str:
    """Give what is known of a story, but for its sentiment: reddit.com, engagement 1,234, 12 mentions, 9 authors."""
    parts = [story.host or story.source]
    if story.engagement is not None:
        parts.append(speech.say("engagement {number}", number=wording.count(story.engagement, speech)))
    spread = wording.mentions(story.mentions, speech)
    if len(story.sources) > 1:
        sources = speech.plural("{number} source", "{number} sources", len(story.sources))
        spread = speech.say("{mentions} in {sources}", mentions=spread, sources=sources)
    parts.append(spread)
    if story.authors is not None:
        parts.append(speech.plural("{number} author", "{number} authors", story.authors))
    if not story.dated:
        parts.append(speech.say("undated"))
    return ", ".join(parts)


def quote(story: StoryLine, speech: Speech) -> str | None:
    """Give the words that decided the sentiment. None: there are none, or the title says them already."""
    if story.quote is None or story.quote == story.title:
        return None
    return speech.say("\u201c{quote}\u201d", quote=story.quote)


def label(story: StoryLine, speech: Speech) -> str:
    """Give the sentiment of a story's lead toward the brand."""
    return speech.say(_LABELS[story.label])


def trace(digest: Digest) -> str:
    """Give the commands that answer for a number, with ids of this digest."""
    lead = next((line for line in digest.brands if line.role == "own"), next(iter(digest.brands), None))
    command = f"overheard why {'NUMBER-ID' if lead is None else lead.mentions_id if digest.alone else lead.share_id}"
    if digest.campaigns is None or not digest.campaigns.platforms:
        return digest.speech.say("Where a number comes from: {command}", command=command)
    other = f"overheard why {digest.campaigns.platforms[-1].numbers[0].id}"
    return digest.speech.say("Where a number comes from: {command} or {other}", command=command, other=other)
