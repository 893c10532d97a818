"""The digest as JSON for programs. Keys may be added, never removed; times are ISO in UTC, ratios are fractions."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

from notifier.digest import quality
from notifier.digest.contents import (
    BrandLine,
    BrandStories,
    Change,
    Competition,
    Digest,
    Mover,
    StoryLine,
    Trend,
)
from notifier.digest.quotes import Quote
from notifier.digest.rising import RisingLine, RisingWord
from notifier.outside import escaped
from notifier.renderers.campaign_json import section_json
from storage.records import Json, Span


def render(digest: Digest) -> str:
    """Give the digest as indented JSON, ending with a line feed."""
    return escaped(json.dumps(document(digest), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def document(digest: Digest) -> dict[str, Json]:
    """Give the digest as plain values."""
    return {
        "period": digest.period,
        "language": digest.speech.language,
        "template": digest.template,
        "brands_left_out": digest.others,
        "title": digest.title,
        "composed_at": _time(digest.at),
        "zone": digest.zone.key,
        "window": _span(digest.window),
        "previous": _span(digest.previous),
        "headline": digest.headline,
        "quiet": digest.quiet,
        "caution": digest.caution,
        "mentions": digest.total,
        "mentions_change": _change(digest.total_change),
        "brands": [_brand(line) for line in digest.brands],
        "trends": [_trend(trend) for trend in digest.trends],
        "movers": [_mover(mover) for mover in digest.movers],
        "competitor_moves": None if digest.competition is None else _competition(digest.competition),
        "stories": [_stories(group) for group in digest.stories],
        "rising": [_rising(line) for line in digest.rising],
        "quotes": [
            {"brand": each.slug, "positive": _quote(each.positive), "negative": _quote(each.negative)}
            for each in digest.quotes
        ],
        "data": quality.line(digest),
        "coverage": {
            "share": digest.coverage.share,
            "share_before": digest.coverage.before,
            "queries": digest.coverage.queries,
            "late": digest.coverage.late,
            "deaf": [
                {"key": deaf.key, "seconds": deaf.length.total_seconds(), "reason": deaf.reason}
                for deaf in digest.coverage.deaf
            ],
        },
        "campaigns": None if digest.campaigns is None else section_json(digest.campaigns),
        "problems": list(digest.problems),
        "formulas": {formula.name: formula.text for formula in digest.formulas},
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _span(span: Span) -> dict[str, Json]:
    return {"start": _time(span.start), "end": _time(span.end)}


def _change(change: Change) -> dict[str, Json]:
    return {"before": change.before, "by": change.by, "low": change.low, "high": change.high}


def _brand(line: BrandLine) -> dict[str, Json]:
    ids = {"share": line.share_id, "net_sentiment": line.sentiment_id, "mentions": line.mentions_id}
    changes = {
        "share_change": _change(line.share_change),
        "mentions_change": _change(line.mentions_change),
        "sentiment_change": _change(line.sentiment_change),
    }
    skipped = {"slug", "share_id", "sentiment_id", "mentions_id", *changes}
    plain: dict[str, Json] = {name: value for name, value in asdict(line).items() if name not in skipped}
    return {"brand": line.slug, **plain, "unscored_why": dict(line.unscored_why), **changes, "ids": dict(ids)}


def _trend(trend: Trend) -> dict[str, Json]:
    days: list[Json] = [asdict(each) | {"day": each.day.isoformat()} for each in trend.days]
    return {"brand": trend.slug, "days": days}


def _mover(mover: Mover) -> dict[str, Json]:
    return {
        "brand": mover.slug,
        "name": mover.name,
        "metric": mover.metric,
        "before": mover.before,
        "after": mover.after,
        "standard_errors": mover.strength,
        "mentions": mover.mentions,
        "scored": mover.scored,
    }


def _competition(competition: Competition) -> dict[str, Json]:
    moves: list[Json] = [
        {
            "brand": move.slug,
            "name": move.name,
            "moves": [_mover(each) for each in move.moves],
            "story": None if move.story is None else _story(move.story),
            "rising": None if move.word is None else _word(move.word),
            "own_share": move.own_share,
            "own_share_otherwise": move.own_share_otherwise,
        }
        for move in competition.moves
    ]
    return {"brands": moves, "more": competition.more, "unknown_because": competition.unknown}


def _stories(group: BrandStories) -> dict[str, Json]:
    return {"brand": group.slug, "stories": [_story(story) for story in group.stories]}


def _story(story: StoryLine) -> dict[str, Json]:
    return {
        "title": story.title,
        "url": story.url,
        "host": story.host,
        "source": story.source,
        "published_at": _time(story.published_at),
        "dated": story.dated,
        "engagement": story.engagement,
        "mentions": story.mentions,
        "authors": story.authors,
        "sources": list(story.sources),
        "sentiment": story.label.value,
        "quote": story.quote,
    }


def _quote(quote: Quote | None) -> dict[str, Json] | None:
    if quote is None:
        return None
    place = {"url": quote.url, "host": quote.host, "source": quote.source}
    return {"text": quote.text, "marked": list(quote.marked), **place}


def _rising(line: RisingLine) -> dict[str, Json]:
    return {
        "brand": line.slug,
        "id": line.id,
        "words": [_word(word) for word in line.words],
        "more": line.more,
        "none_because": line.silence,
        "counted": {"now": line.of_now, "before": line.of_before, "people": line.people, "days_before": line.days},
        "tests": line.tests,
        "read": {"now": line.read, "of": line.there, "before": line.read_before, "of_before": line.there_before},
    }


def _word(word: RisingWord) -> dict[str, Json]:
    return {
        "term": word.term,
        "others": list(word.others),
        "now": word.now,
        "before": word.before,
        "people": word.people,
        "p_value": word.chance,
        "since": _time(word.since),
        "title": word.title,
        "url": word.url,
    }
