"""Mentions and hits for tests, short to write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.records import BrandHit, Heard, Label, Match, Mention, Sentiment

START = datetime(2013, 8, 5, tzinfo=UTC)


def at(hours: float) -> datetime:
    """A time counted from Monday, 5 August 2013, midnight UTC."""
    return START + timedelta(hours=hours)


def sentiment(compound: float | None, method: str = "test-1") -> Sentiment:
    if compound is None:
        return Sentiment(None, Label.UNSCORED, method, None, "ko", "unscored:ko")
    label = Label.POSITIVE if compound >= 0.05 else Label.NEGATIVE if compound <= -0.05 else Label.NEUTRAL
    return Sentiment(compound, label, method, (0, 4), "en", None)


def heard(
    native_id: str = "1",
    *,
    text: str = "Acme is good",
    title: str | None = None,
    source: str = "rss",
    author: str | None = "ann",
    when: datetime | None = START,
    engagement: int | None = 3,
    brands: tuple[str, ...] = ("acme",),
    compound: float | None = 0.5,
    story: int = 7,
    url: str | None = "https://example.org/1",
) -> Heard:
    mention = Mention(source, native_id, url, title, text, author, when, "en", engagement, None, None)
    hits = tuple(
        BrandHit(brand, (Match(brand, brand.title(), place, place + 4),), sentiment(compound))
        for place, brand in enumerate(brands)
    )
    return Heard(mention, sentiment(compound), hits, story, f"print {story}".encode())
