"""A day on which people speak worse of an own brand than they did."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.rules.daily import Daily
from notifier.rules.unlike import WINDOW, Unlike, counts_of, unlike, valued
from notifier.rules.usual import often
from notifier.wording import clock, points, several, signed_percent
from scoring.moves import balance_error
from scoring.share_of_voice import net_sentiment, scored_mentions
from scoring.watch import Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Span, VoiceCount

_EARLIER: Final = 5  # scored mentions that a day before must have to say something


class SentimentDropSettings(AlertSettings):
    """How far down is far."""

    least: Annotated[int, Field(ge=5)] = 20
    """Scored mentions that the last 24 hours must have."""
    points: Annotated[float, Field(gt=0, le=200)] = 15
    """Points of net sentiment by which it must be below what is usual at least."""


class SentimentDrop(Daily[SentimentDropSettings, VoiceCount]):
    """Finds own brands whose net sentiment of the last 24 hours is below that of the 28 days before, beyond chance.

    Days that differ much among themselves make it less easily alarmed, as few scored mentions do. A day before counts
    with 5 scored mentions, and 7 such days are needed.
    """

    Settings = SentimentDropSettings

    def _judged(self, seen: Watch, brand: WatchedBrand) -> tuple[VoiceCount, Unlike] | str:
        now, *before = counts_of(brand, seen.at)
        if now is None:
            return "less than half of the last 24 hours was heard"
        net = net_sentiment(now)
        if net is None or scored_mentions(now) < self._settings.least:
            scored = several(scored_mentions(now), "scored mention")
            return f"{scored} in the last 24 hours, {self._settings.least} are needed"
        found = unlike(net, balance_error(now), valued(before, _net))
        return "fewer than 7 of the 28 days before have 5 scored mentions" if found is None else (now, found)

    def _is_off(self, seen: Watch, found: Unlike) -> bool:
        return -found.off * 100 >= self._settings.points and self._by_chance(seen, found) <= seen.false_alarms

    def _by_chance(self, seen: Watch, found: Unlike) -> float:
        return found.often(seen) / 2  # one side of two

    def _alert(self, seen: Watch, brand: WatchedBrand, now: VoiceCount, found: Unlike) -> Alert:
        low, high = found.usual_range
        span = Span(seen.at - WINDOW, seen.at)
        return Alert(
            rule=self._settings.rule,
            key=brand.slug,
            brand=brand.slug,
            severity=Severity(self._settings.severity or Severity.WARNING),
            title=f"{brand.name}: net sentiment {signed_percent(found.now)} in 24 h, "
            f"where {signed_percent(found.usual)} is usual",
            body=f"{points(found.off)}, from {several(scored_mentions(now), 'scored mention')} since "
            f"{clock(span.start, seen.zone)} ({now.negative} negative, {now.positive} positive). "
            f"{signed_percent(max(low, -1))} to {signed_percent(min(high, 1))} are usual, "
            f"by {found.windows} of the 28 days before. Chance alone does this {often(self._by_chance(seen, found))}.",
            window=span,
            strength=found.strength,
            by_chance=self._by_chance(seen, found),
            until=seen.at + WINDOW,
            evidence={
                "net_sentiment": round(found.now, 4),
                "usual": round(found.usual, 4),
                "deviation": round(found.deviation, 4),
                "positive": now.positive,
                "neutral": now.neutral,
                "negative": now.negative,
                "days_compared": found.windows,
            },
        )


def _net(count: VoiceCount) -> float | None:
    return net_sentiment(count) if scored_mentions(count) >= _EARLIER else None
