"""A day on which people speak worse of an own brand than they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.rules.unlike import WINDOW, Unlike, counts_of, unlike, valued
from notifier.rules.usual import Role, brands_of, often
from notifier.wording import clock, points, several, signed_percent
from scoring.moves import balance_error
from scoring.share_of_voice import net_sentiment, scored_mentions
from scoring.watch import Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Span, VoiceCount

_ROLES: Final[frozenset[Role]] = frozenset({"own"})
_EARLIER: Final = 5  # scored mentions that a day before must have to say something


class SentimentDropSettings(AlertSettings):
    """How far down is far."""

    least: Annotated[int, Field(ge=5)] = 20
    """Scored mentions that the last 24 hours must have."""
    points: Annotated[float, Field(gt=0, le=200)] = 15
    """Points of net sentiment by which it must be below what is usual at least."""


class SentimentDrop:
    """Finds own brands whose net sentiment of the last 24 hours is below that of the 28 days before, beyond chance.

    Days that differ much among themselves make it less easily alarmed, as few scored mentions do. A day before counts
    with 5 scored mentions, and 7 such days are needed.
    """

    Settings = SentimentDropSettings

    def __init__(self, settings: SentimentDropSettings) -> None:
        self._settings = settings

    def tests(self, seen: Watch) -> int:
        """Give how many brands are judged."""
        return len(brands_of(self._settings, seen, _ROLES))

    def unready(self, seen: Watch) -> Sequence[str]:
        """Say of which brands nothing can be said, and why."""
        return [
            f"{self._settings.rule} says nothing of {brand.name}: {found}"
            for brand in brands_of(self._settings, seen, _ROLES)
            if isinstance(found := self._judged(seen, brand), str)
        ]

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per brand."""
        alerts = []
        for brand in brands_of(self._settings, seen, _ROLES):
            found = self._judged(seen, brand)
            if not isinstance(found, str) and self._is_drop(seen, found[1]):
                alerts.append(self._alert(seen, brand, *found))
        return alerts

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

    def _is_drop(self, seen: Watch, found: Unlike) -> bool:
        accepted = seen.false_alarms / max(seen.tests, 1)
        return -found.off * 100 >= self._settings.points and found.often(seen) / 2 <= accepted  # one side of two

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
            f"by {found.windows} of the 28 days before. Chance alone does this {often(found.often(seen) / 2)}.",
            window=span,
            strength=found.strength,
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
