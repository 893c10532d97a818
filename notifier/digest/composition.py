"""From a snapshot to a digest; pure. The data itself is described in contents.py beside it, the sums are scoring's."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.settings import Brand
from notifier import wording
from notifier.digest import headline
from notifier.digest.campaigns import NUMBERS, section
from notifier.digest.competition import causes, competition
from notifier.digest.contents import (
    CROWD,
    MAX_MOVERS,
    BrandLine,
    BrandStories,
    Change,
    CoverageLine,
    Deaf,
    Digest,
    Formula,
    Mover,
    Period,
    StoryLine,
)
from notifier.digest.figure_ids import figure_id
from notifier.digest.headline_causes import Behind
from notifier.digest.material import NOTHING_READ, Material
from notifier.digest.quotes import BrandQuotes, quotes
from notifier.digest.rising import rising_lines
from notifier.digest.trends import trends
from notifier.languages.speech import ENGLISH, Speech, to_say
from notifier.outside import host_of, labelled, safe_url, shown
from scoring.kpis import KPIS
from scoring.moves import LEAST, count_strength, is_clear, sentiment_move
from scoring.remarks import Remark
from scoring.rising.topics import FORMULA as RISING_FORMULA
from scoring.share_of_voice import (
    CHANGE,
    INTERVAL,
    NET_SENTIMENT,
    SHARE_OF_VOICE,
    BrandVoice,
    change_of_share,
    known_authors,
    known_engagement,
    scored_mentions,
    share_in_group,
)
from scoring.snapshot import Snapshot
from storage.records import Coverage, Label, Sentiment, Span, Story

__all__ = ["Digest", "Period", "compose"]

RISING = "rising words"
MAX_NAME = 40
MAX_TITLE = 110
MAX_QUOTE = 160
MAX_PROBLEM = 160  # two lines of a terminal
MAX_KEY = 80
TITLES = {"day": to_say("Day of {window}"), "week": to_say("Week of {window}"), "month": to_say("Month of {window}")}
FORMULAS = (
    Formula("share of voice", SHARE_OF_VOICE),
    Formula("interval", INTERVAL),
    Formula("change", CHANGE),
    Formula("net sentiment", NET_SENTIMENT),
    Formula(
        "mentions",
        Remark(
            "mentions = distinct posts, comments and articles that name the brand; "
            "near-duplicates are mentions of their own, but one story"
        ),
    ),
    Formula(
        "engagement",
        Remark("engagement = votes, likes, shares and comments as the sources count them, where known"),
    ),
    Formula(RISING, RISING_FORMULA),
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What the ids of a digest's numbers are made of besides the brand."""

    window: Span
    zone: ZoneInfo
    group: tuple[str, ...]  # slugs among which shares are taken; none: all brands


def compose(  # noqa: PLR0913  # what is told, of whom, and for whom: each comes from elsewhere
    snapshot: Snapshot,
    stories: Mapping[str, Sequence[Story]],
    brands: Sequence[Brand],
    zone: ZoneInfo,
    period: Period,
    problems: Sequence[str] = (),
    *,
    listening_since: datetime | None = None,
    speech: Speech = ENGLISH,
    config_zone: ZoneInfo | None = None,
    others: int = 0,
    material: Material = NOTHING_READ,
) -> Digest:
    """Give the digest of a snapshot. `stories` are by brand slug, biggest first; `problems` are sentences.

    `listening_since` tells a window before the first poll from one in which all sources failed. None: not known.
    `config_zone`: in which ids are written, where it is not `zone`. `others`: brands of the config that are left out.
    """
    within = listening_since is not None and snapshot.window.start < listening_since < snapshot.window.end
    began = wording.clock(listening_since, zone, speech) if listening_since is not None and within else None
    before_ears = listening_since is not None and listening_since >= snapshot.window.end
    comparable = snapshot.previous_total > 0 or bool(snapshot.previous_coverage.share)
    before = {voice.brand: voice for voice in snapshot.previous_voices} if comparable else {}
    names = {brand.slug: shown(brand.name, MAX_NAME) or brand.slug for brand in brands}
    colours = {brand.slug: brand.colour for brand in brands}
    group = tuple(brand.slug for brand in brands) if others else ()
    heard = bool(snapshot.total or snapshot.coverage.share)
    lines = _lines(snapshot, before, names, colours, Naming(snapshot.window, config_zone or zone, group), heard=heard)
    coverage = _coverage(snapshot.coverage, snapshot.previous_coverage.share, material.late)
    stretch = _stretch(snapshot, period)
    told_stories = _stories(lines, stories, speech)
    rising = rising_lines({line.slug: line.name for line in lines}, material, snapshot.window, config_zone or zone)
    moved = _movers(snapshot, before, names, stretch)
    why = causes(told_stories, rising)
    rivals = competition(lines, before, moved, why, heard=heard, stretch=stretch)
    caution = headline.caution(period, snapshot.total, coverage, speech, began=began)
    behind = None if caution else Behind(moved, rivals, why)
    return Digest(
        speech=speech,
        period=period,
        at=snapshot.at,
        window=snapshot.window,
        previous=snapshot.previous,
        zone=zone,
        title=_title(period, snapshot.window, zone, speech),
        headline=headline.of(lines, period, snapshot.total, speech, stretch=stretch, behind=behind),
        quiet=headline.quiet(period, snapshot.total, len(lines), coverage, speech, before_ears=before_ears),
        caution=caution,
        total=snapshot.total,
        total_change=_count_change(snapshot.total, snapshot.previous_total if comparable else None),
        credit=math.fsum(voice.count.credit for voice in snapshot.voices),
        brands=lines,
        trends=trends(snapshot.days, lines),
        movers=_most(moved, lines),
        competition=rivals,
        stories=told_stories,
        rising=rising,
        quotes=_quotes(lines, stories, material),
        coverage=coverage,
        campaigns=None if snapshot.campaigns is None else section(snapshot.campaigns, speech),
        problems=tuple(shown(speech.tell(problem), MAX_PROBLEM) for problem in problems),
        formulas=_formulas([names[slug] for slug in group], campaigns=snapshot.campaigns is not None),
        others=others,
    )


def _stretch(snapshot: Snapshot, period: Period) -> float:
    # Only months differ so much in length that it matters: a day has an hour more or less twice a year.
    return snapshot.window.length / snapshot.previous.length if period == "month" else 1.0


def _quotes(
    lines: Sequence[BrandLine], stories: Mapping[str, Sequence[Story]], material: Material
) -> tuple[BrandQuotes, ...]:
    told = [story.story_id for line in lines for story in stories.get(line.slug, ())]
    return quotes([line.slug for line in lines if line.mentions], material.quotable, told)


def _formulas(group: Sequence[str], *, campaigns: bool) -> tuple[Formula, ...]:
    share, *others = FORMULAS
    if group:
        share = Formula(share.name, share_in_group(group))
    return (share, *others, *(_kpi_formulas() if campaigns else ()))


def _kpi_formulas() -> tuple[Formula, ...]:
    told = [KPIS[id_] for id_ in NUMBERS if KPIS[id_].formula != id_]
    return tuple(
        Formula(kpi.name, Remark("{name} = {formula}", name=Remark(kpi.name), formula=Remark(kpi.formula)))
        for kpi in told
    )


def _lines(
    snapshot: Snapshot,
    before: Mapping[str, BrandVoice],
    names: Mapping[str, str],
    colours: Mapping[str, str | None],
    naming: Naming,
    *,
    heard: bool,
) -> tuple[BrandLine, ...]:
    lines = tuple(
        _line(voice, before.get(voice.brand), names.get(voice.brand, voice.brand), colours.get(voice.brand), naming)
        for voice in snapshot.voices
    )
    if not heard:
        unheard = to_say("nothing was heard")
        lines = tuple(replace(line, share_reason=unheard, sentiment_reason=unheard) for line in lines)
    if len(lines) > CROWD:
        lines = tuple(sorted(lines, key=lambda line: (line.role != "own", -line.credit)))
    return lines


def _line(voice: BrandVoice, before: BrandVoice | None, name: str, colour: str | None, naming: Naming) -> BrandLine:
    count = voice.count
    return BrandLine(
        slug=voice.brand,
        name=name,
        role=voice.role,
        mentions=count.mentions,
        mentions_change=_count_change(count.mentions, before.count.mentions if before else None),
        credit=count.credit,
        share=voice.share,
        share_low=voice.share_low,
        share_high=voice.share_high,
        share_reason=None if voice.share is not None else to_say("nobody was mentioned"),
        share_change=_share_change(voice, before),
        net_sentiment=voice.net_sentiment,
        sentiment_change=_sentiment_change(voice, before),
        sentiment_reason=_no_sentiment(voice),
        scored=voice.scored,
        positive=count.positive,
        neutral=count.neutral,
        negative=count.negative,
        unscored=count.unscored,
        unscored_why=count.unscored_why,
        authors=known_authors(count),
        stories=count.stories,
        engagement=known_engagement(count),
        share_id=figure_id("sov", voice.brand, naming.window, naming.zone, naming.group),
        sentiment_id=figure_id("sentiment", voice.brand, naming.window, naming.zone),
        mentions_id=figure_id("mentions", voice.brand, naming.window, naming.zone),
        colour=colour,
    )


def _no_sentiment(voice: BrandVoice) -> str | None:
    if voice.net_sentiment is not None:
        return None
    return to_say("no mentions") if voice.count.mentions == 0 else to_say("no mention could be scored")


def _count_change(now: int, before: int | None) -> Change:
    return Change() if before is None else Change(before=before, by=now - before)


def _share_change(now: BrandVoice, before: BrandVoice | None) -> Change:
    """Difference of two shares with its interval."""
    if before is None or before.share is None:
        return Change()
    moved = change_of_share(now, before)
    return Change(before=before.share, by=moved.points, low=moved.low, high=moved.high)


def _sentiment_change(now: BrandVoice, before: BrandVoice | None) -> Change:
    """Difference of two balances of positive against negative, with its interval."""
    if before is None or before.net_sentiment is None:
        return Change()
    moved = sentiment_move(now.count, before.count)
    if moved is None:
        return Change(before=before.net_sentiment)
    return Change(before=before.net_sentiment, by=moved.by, low=moved.low, high=moved.high)


def _title(period: Period, window: Span, zone: ZoneInfo, speech: Speech) -> str:
    if period == "month":
        told = speech.formats.month(window.start.astimezone(zone).date())
    else:
        told = wording.window(window, zone, speech)
    return speech.say(TITLES[period], window=told)


def _movers(
    snapshot: Snapshot, before: Mapping[str, BrandVoice], names: Mapping[str, str], stretch: float
) -> tuple[Mover, ...]:
    found: list[Mover] = []
    for voice in snapshot.voices:
        past = before.get(voice.brand)
        if past is None:
            continue
        found.extend(_moved(voice, past, names.get(voice.brand, voice.brand), stretch))
    found.sort(key=lambda mover: (-abs(mover.strength), mover.slug, mover.metric))
    return tuple(found)


def _most(moved: Sequence[Mover], lines: Sequence[BrandLine]) -> tuple[Mover, ...]:
    """Give the clearest changes, and those of own brands however many are clearer."""
    own = {line.slug for line in lines if line.role == "own"}
    return tuple(mover for place, mover in enumerate(moved) if place < MAX_MOVERS or mover.slug in own)


def _moved(voice: BrandVoice, past: BrandVoice, name: str, stretch: float) -> list[Mover]:
    found: list[Mover] = []
    now, then = voice.count.mentions, past.count.mentions
    strength = count_strength(now, then, stretch)
    if strength is not None and max(now, then) >= LEAST and is_clear(strength):
        found.append(Mover(voice.brand, name, "mentions", then, now, strength, now, voice.scored))
    mood, mood_before = voice.net_sentiment, past.net_sentiment
    moved = sentiment_move(voice.count, past.count)
    fewest = min(scored_mentions(voice.count), scored_mentions(past.count))
    if mood is None or mood_before is None or moved is None:
        return found
    if fewest >= LEAST and is_clear(moved.strength):
        found.append(Mover(voice.brand, name, "net_sentiment", mood_before, mood, moved.strength, now, voice.scored))
    return found


def _stories(
    lines: Sequence[BrandLine], stories: Mapping[str, Sequence[Story]], speech: Speech
) -> tuple[BrandStories, ...]:
    return tuple(
        BrandStories(
            line.slug, line.name, line.role, tuple(_story(line.slug, story, speech) for story in stories[line.slug])
        )
        for line in lines
        if stories.get(line.slug)
    )


def _story(slug: str, story: Story, speech: Speech) -> StoryLine:
    lead = story.lead
    mention = lead.mention
    verdict = next((hit.sentiment for hit in lead.hits if hit.brand == slug), lead.whole)
    url = safe_url(mention.url)
    title = shown(mention.title or "", MAX_TITLE) or shown(mention.text, MAX_TITLE) or speech.say("(no words)")
    return StoryLine(
        title=labelled(title, url),
        url=url,
        host=host_of(url),
        source=shown(mention.source, MAX_KEY),
        published_at=mention.published_at or lead.collected_at,
        dated=lead.dated,
        # The lead is the most engaged member: where its source counts nothing, none of them does.
        engagement=story.engagement if story.engagement or mention.engagement is not None else None,
        mentions=story.mentions,
        authors=story.authors,
        sources=tuple(shown(source, MAX_KEY) for source in story.sources),
        label=verdict.label,
        quote=_quote(mention.body, verdict),
        mention_id=lead.id,
    )


def _quote(body: str, verdict: Sentiment) -> str | None:
    if verdict.evidence is None or verdict.label is Label.UNSCORED:
        return None
    start, end = verdict.evidence
    return shown(body[start:end], MAX_QUOTE) or None


def _coverage(coverage: Coverage, before: float | None, late: int) -> CoverageLine:
    lengths: dict[tuple[str, str], timedelta] = {}
    for gap in coverage.gaps:
        place = (shown(gap.key, MAX_KEY), shown(gap.reason, MAX_KEY))
        lengths[place] = lengths.get(place, timedelta()) + gap.span.length
    deaf = [Deaf(key, length, reason) for (key, reason), length in lengths.items()]
    deaf.sort(key=lambda spell: (-spell.length, spell.key, spell.reason))
    return CoverageLine(coverage.share, coverage.queries, tuple(deaf), before, late)
