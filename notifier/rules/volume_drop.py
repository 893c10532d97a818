"""Fewer mentions of an own brand than are usual, though all its sources were heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Final

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.rules.usual import Watched, brands_of, evidence, headline, surprises, told, unready, until
from notifier.wording import several
from scoring.habits import Measure, Surprise
from scoring.watch import Sight, Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Span

_WATCHED: Final = Watched(Measure.MENTIONS, frozenset({"own"}), Severity.WARNING)
_HEARD: Final = 0.95  # share of a window, at least: what was not heard is no silence


class VolumeDropSettings(AlertSettings):
    """When few are too few."""

    usual: Annotated[float, Field(ge=1)] = 10
    """Windows in which fewer mentions than this are usual are not judged."""


class VolumeDrop:
    """Finds own brands that are mentioned less than is usual in the last 1, 3 or 24 hours, though they were heard.

    A window counts when 95 % of it was heard: a gap is for `source_silent` to tell, which also keeps this one quiet.
    """

    Settings = VolumeDropSettings
    looks_at: ClassVar = frozenset({Sight.HOURS, Sight.LOUD})

    def __init__(self, settings: VolumeDropSettings) -> None:
        self._settings = settings

    def tests(self, seen: Watch) -> int:
        """Give how many brands are judged."""
        return len(brands_of(self._settings, seen, _WATCHED.roles))

    def unready(self, seen: Watch) -> Sequence[str]:
        """Say of which brands nothing can be said, and why."""
        return unready(self._settings, seen, _WATCHED)

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per brand, of its most unusual window."""
        alerts = []
        for brand, found in surprises(self._settings, seen, _WATCHED, "down"):
            low = [one for one in found if one.window.heard >= _HEARD and one.verdict.expected >= self._settings.usual]
            if low:
                alerts.append(self._alert(seen, brand, low[0]))
        return alerts

    def _alert(self, seen: Watch, brand: WatchedBrand, one: Surprise) -> Alert:
        what = several(one.window.count, "mention")
        return Alert(
            rule=self._settings.rule,
            key=brand.slug,
            brand=brand.slug,
            severity=Severity(self._settings.severity or _WATCHED.severity),
            title=headline(brand.name, f"only {what}" if one.window.count else "no mention", one),
            body=f"{told(seen, one, what)} Sources answered all the time; to see what they gave: overheard coverage",
            window=Span(one.window.start, one.window.end),
            strength=one.verdict.expected / max(one.window.count, 1),
            evidence=evidence(seen, brand.slug, one),
            by_chance=one.verdict.by_chance,
            until=until(one),
        )
