"""What rules have in common that find more of something than is usual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.rules.usual import Watched, brands_of, evidence, headline, surprises, told, unready, until
from notifier.wording import several
from scoring.habits import Surprise
from scoring.watch import Sight, Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Span


class RisingSettings(AlertSettings):
    """When many are too many."""

    least: Annotated[int, Field(ge=5)] = 5
    """Fewer than this in a window are never called many."""


class Rising:
    """Finds brands with more of what is `watched` in the last 1, 3 or 24 hours than chance explains."""

    Settings: ClassVar[type[RisingSettings]]
    looks_at: ClassVar = frozenset({Sight.HOURS, Sight.LOUD})
    watched: ClassVar[Watched]

    def __init__(self, settings: RisingSettings) -> None:
        self._settings = settings

    def tests(self, seen: Watch) -> int:
        """Give how many brands are judged."""
        return len(brands_of(self._settings, seen, self.watched.roles))

    def unready(self, seen: Watch) -> Sequence[str]:
        """Say of which brands nothing can be said, and why."""
        return unready(self._settings, seen, self.watched)

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per brand, of its most unusual window."""
        alerts = []
        for brand, found in surprises(self._settings, seen, self.watched, "up"):
            high = [one for one in found if one.window.count >= self._settings.least]
            if high:
                alerts.append(self._alert(seen, brand, high))
        return alerts

    def _alert(self, seen: Watch, brand: WatchedBrand, high: Sequence[Surprise]) -> Alert:
        rarest = high[0]
        what = several(rarest.window.count, self.watched.measure)
        return Alert(
            rule=self._settings.rule,
            key=brand.slug,
            brand=brand.slug,
            severity=Severity(self._settings.severity or self.watched.severity),
            title=headline(brand.name, what, rarest),
            body=told(seen, rarest, what),
            window=Span(rarest.window.start, rarest.window.end),
            strength=max(one.window.count / max(one.verdict.expected, 1.0) for one in high),
            evidence=evidence(seen, brand.slug, rarest),
            by_chance=rarest.verdict.by_chance,
            until=until(rarest),
        )
