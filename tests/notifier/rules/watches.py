"""Watches for rules to look at: brands whose hours follow a made pattern."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scoring.heard_hour import HeardHour
from scoring.watch import Watch, WatchedBrand
from storage.records import BrandHit, Kind, Label, Match, Mention, Sentiment, StoredMention, VoiceCount

NOON = datetime(2026, 7, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Counts = Callable[[int], VoiceCount]  # of the hour that ends so many hours before NOON


def brand(
    counts: Counts,
    slug: str = "acme",
    *,
    role: str = "own",
    hours: int = 1344,
    heard: Callable[[int], float] = lambda _: 1.0,
) -> WatchedBrand:
    """A brand with so many hours of history, the last of them ending at NOON."""
    made = [HeardHour(NOON - (ago + 1) * HOUR, counts(ago), heard(ago)) for ago in range(hours)]
    return WatchedBrand(slug, slug.title(), "own" if role == "own" else "competitor", made[::-1])


def heard_of(positive: int = 0, neutral: int = 0, negative: int = 0) -> VoiceCount:
    """So many mentions of one brand alone."""
    mentions = positive + neutral + negative
    return VoiceCount("acme", mentions, float(mentions), positive=positive, neutral=neutral, negative=negative)


def steady(each: int, last: int | None = None, hours: int = 1) -> Counts:
    """As many mentions in every hour, but for some last hours."""
    return lambda ago: heard_of(neutral=last if last is not None and ago < hours else each)


def watch(*brands: WatchedBrand, **more: object) -> Watch:
    """A look at NOON."""
    return Watch(NOON, ZoneInfo("Europe/Paris"), brands, **more)  # type: ignore[arg-type]  # each test gives what it has


def stored(
    native_id: str,
    text: str = "Acme is down",
    *,
    brands: tuple[str, ...] = ("acme",),
    engagement: int | None = None,
    reach: int | None = None,
    ago: timedelta = HOUR,
) -> StoredMention:
    """A mention as the history gives it back."""
    scored = Sentiment(-0.5, Label.NEGATIVE, "test-1")
    url = f"https://example.org/{native_id}"
    mention = Mention("rss", native_id, url, None, text, "ann", NOON - ago, "en", engagement, reach, None, Kind.POST)
    hits = tuple(BrandHit(slug, (Match(slug, slug, 0, 4),), scored) for slug in brands)
    return StoredMention(1, mention, True, NOON - ago, None, 1, scored, hits)
