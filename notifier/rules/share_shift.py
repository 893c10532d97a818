"""A day on which an own brand's part of the conversation is not what it was."""

from __future__ import annotations

from math import sqrt
from typing import Annotated, Final

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.rules.daily import Daily
from notifier.rules.unlike import WINDOW, Unlike, counts_of, unlike
from notifier.rules.usual import often
from notifier.wording import clock, percent, points, several
from scoring.watch import Watch, WatchedBrand
from storage.alert_records import Alert, Severity
from storage.records import Span

_EARLIER: Final = 5  # mentions of all brands that a day before must have to say something
_Part = tuple[float, float]  # mentions of the brand, and of all brands, by fractional credit


class ShareShiftSettings(AlertSettings):
    """How far off is far."""

    least: Annotated[int, Field(ge=10)] = 30
    """Mentions of all brands together that the last 24 hours must have."""
    points: Annotated[float, Field(gt=0, le=100)] = 10
    """Points of share of voice by which it must be off what is usual at least."""


class ShareShift(Daily[ShareShiftSettings, _Part]):
    """Finds own brands whose share of voice of the last 24 hours is off that of the 28 days before, beyond chance.

    A mention that names k brands gives each 1/k. A day before counts with 5 mentions of all brands together, and 7 such
    days are needed.
    """

    Settings = ShareShiftSettings

    def _judged(self, seen: Watch, brand: WatchedBrand) -> tuple[_Part, Unlike] | str:
        if len(seen.brands) < 2:  # noqa: PLR2004  # a brand and another
            return "there is no other brand to share with"
        now, *before = _parts(seen, brand)
        if now is None:
            return "less than half of the last 24 hours was heard"
        own, whole = now
        if whole < self._settings.least:
            heard = several(round(whole), "mention")
            return f"{heard} of all brands in the last 24 hours, {self._settings.least} are needed"
        share = own / whole
        padded = (own + 1) / (whole + 2)  # so that none and all of few are not certain
        error = sqrt(padded * (1 - padded) / whole)
        found = unlike(share, error, [None if p is None or p[1] < _EARLIER else p[0] / p[1] for p in before])
        return "fewer than 7 of the 28 days before have 5 mentions" if found is None else (now, found)

    def _is_off(self, seen: Watch, found: Unlike) -> bool:
        return abs(found.off) * 100 >= self._settings.points and found.often(seen) <= seen.false_alarms

    def _alert(self, seen: Watch, brand: WatchedBrand, now: _Part, found: Unlike) -> Alert:
        low, high = found.usual_range
        span = Span(seen.at - WINDOW, seen.at)
        return Alert(
            rule=self._settings.rule,
            key=f"{brand.slug}:{'up' if found.off > 0 else 'down'}",
            brand=brand.slug,
            severity=Severity(self._settings.severity or Severity.INFO),
            title=f"{brand.name}: share of voice {percent(found.now)} in 24 h, where {percent(found.usual)} is usual",
            body=f"{points(found.off)}, from {several(round(now[1]), 'mention')} of all brands since "
            f"{clock(span.start, seen.zone)}. {percent(max(low, 0))} to {percent(min(high, 1))} are usual, "
            f"by {found.windows} of the 28 days before. Chance alone does this {often(found.often(seen))}.",
            window=span,
            strength=found.strength,
            by_chance=found.often(seen),
            until=seen.at + WINDOW,
            evidence={
                "share": round(found.now, 4),
                "usual": round(found.usual, 4),
                "deviation": round(found.deviation, 4),
                "credit": round(now[0], 2),
                "credit_of_all": round(now[1], 2),
                "days_compared": found.windows,
            },
        )


def _parts(seen: Watch, brand: WatchedBrand) -> list[_Part | None]:
    """Give of each window the brand's mentions and those of all brands; None where too little was heard."""
    each = {one.slug: counts_of(one, seen.at) for one in seen.brands}
    found: list[_Part | None] = []
    for place, own in enumerate(each[brand.slug]):
        heard = [count.credit for counts in each.values() if (count := counts[place]) is not None]
        found.append((own.credit, sum(heard)) if own is not None else None)
    return found
