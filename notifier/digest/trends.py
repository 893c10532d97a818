"""How mentions, share of voice and net sentiment went, day by day. Pure; what a day is comes from scoring.day."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import Final

from notifier.digest.contents import BrandLine, Trend, TrendDay
from scoring.day import Day
from scoring.share_of_voice import net_sentiment, ratio, scored_mentions

LISTENED: Final = 0.5  # share of the query-hours of a day from which it counts as heard


def trends(days: Sequence[Day], brands: Sequence[BrandLine]) -> tuple[Trend, ...]:
    """Give the days of each brand, in the order of `brands`. A day that was not heard has no numbers: it is a gap."""
    wholes = [fsum(day.of(line.slug).credit for line in brands) for day in days]
    return tuple(
        Trend(line.slug, line.name, tuple(_day(day, line.slug, whole) for day, whole in zip(days, wholes, strict=True)))
        for line in brands
    )


def _day(day: Day, slug: str, whole: float) -> TrendDay:
    if day.listened < LISTENED:
        return TrendDay(day.day, None, None, None, None)
    count = day.of(slug)
    return TrendDay(day.day, count.mentions, ratio(count.credit, whole), net_sentiment(count), scored_mentions(count))
