"""Single mentions that very many people see, or answer to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, ClassVar, Final

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.wording import clock, count, several
from scoring.watch import Sight, Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import BrandHit, Span, StoredMention

WEEKS: Final = 8  # that a mention is compared with, or as many as were heard
_WEEK: Final = timedelta(weeks=1)


class InfluentialMentionSettings(AlertSettings):
    """How much is much."""

    a_week: Annotated[int, Field(ge=1, le=7)] = 1
    """How many mentions a week had as much in the eight weeks before, at most, for one to be told."""
    engagement: Annotated[int, Field(ge=1)] = 100
    """Likes, shares, comments and votes below which no mention is told."""
    reach: Annotated[int, Field(ge=1)] = 100_000
    """People who could have seen it from which a mention is told, where its source says."""


class InfluentialMention:
    """Finds mentions of your own brands, published in the last day, with very much engagement or reach.

    Engagement is that of the newest poll, so that a mention may be told hours after it was published.
    """

    Settings = InfluentialMentionSettings
    looks_at: ClassVar = frozenset({Sight.HOURS, Sight.LOUD, Sight.PEAKS})

    def __init__(self, settings: InfluentialMentionSettings) -> None:
        self._settings = settings

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per mention and brand."""
        return [
            self._alert(seen, brand, hit, mention)
            for mention in seen.loud
            for hit in mention.hits
            if (brand := seen.brand(hit.brand)) is not None
            and self._wants(brand)
            and self._times(mention, self._bar(seen, brand)) >= 1
        ]

    def _bar(self, seen: Watch, brand: WatchedBrand) -> int:
        """Give the engagement from which a mention of a brand is told: what few had in the weeks before."""
        peaks = seen.peaks.get(brand.slug, ())
        heard = next((hour.start for hour in brand.hours if hour.heard), seen.at)
        place = max(1, int(self._settings.a_week * min((seen.at - heard) / _WEEK, WEEKS)))
        return max(self._settings.engagement, peaks[place - 1] if len(peaks) >= place else 0)

    def _wants(self, brand: WatchedBrand) -> bool:
        return brand.slug in self._settings.brands if self._settings.brands else brand.role == "own"

    def _times(self, mention: StoredMention, bar: int) -> float:
        """Give how many times what is asked for it has."""
        one = mention.mention
        return max((one.engagement or 0) / bar, (one.reach or 0) / self._settings.reach)

    def _whence(self, bar: int) -> str:
        if bar == self._settings.engagement:
            return ", the least that the config asks for"
        return f", which no more than {several(self._settings.a_week, 'mention')} a week reached in up to {WEEKS} weeks"

    def _alert(self, seen: Watch, brand: WatchedBrand, hit: BrandHit, mention: StoredMention) -> Alert:
        one, bar = mention.mention, self._bar(seen, brand)
        published = one.published_at or mention.collected_at
        reached = f", could be seen by {count(one.reach)}" if one.reach else ""
        return Alert(
            rule=self._settings.rule,
            key=f"{brand.slug}/{one.source}:{one.native_id}",
            brand=brand.slug,
            severity=Severity(self._settings.severity or Severity.WARNING),
            title=f"{brand.name}: {one.kind} in {one.source} with {_size(one.engagement, one.reach)} "
            f"({hit.sentiment.label})",
            body=f"Published {clock(published, seen.zone)} by {one.author or 'somebody without name'}, "
            f"engagement {count(one.engagement or 0)}{reached}. The bar is {count(bar)} "
            f"engagement{self._whence(bar)}, or {count(self._settings.reach)} reach.",
            window=Span(published, max(seen.at, published)),
            strength=self._times(mention, bar),
            evidence={
                "url": one.url,
                "mention": f"{one.source}:{one.native_id}",
                "engagement": one.engagement,
                "reach": one.reach,
                "bar": bar,
                "sentiment": hit.sentiment.label.value,
            },
            lasting=False,
        )


def _size(engagement: int | None, reach: int | None) -> str:
    parts = [f"{count(engagement)} engagement"] if engagement else []
    return " and ".join([*parts, *([f"{count(reach)} reach"] if reach else [])])
