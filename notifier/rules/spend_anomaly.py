"""Days on which a platform charged far more or less than it has lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Annotated, ClassVar, Final

from pydantic import Field

from config.alert_settings import AlertSettings
from notifier.amounts import shown
from notifier.wording import several
from scoring.baseline import scatter
from scoring.days import Days
from scoring.kpi import Unit
from scoring.money import Money
from scoring.watch import PlatformSpend, Sight, Watch
from storage.alert_records import Alert, Severity

_DAY: Final = timedelta(days=1)
_EARLIER: Final = 28  # days that are compared
_ENOUGH: Final = 14  # of them that must state a spend
_NEWS: Final = 7 * _DAY  # an export of a day that is longer past is no news
_STEADY: Final = 0.1  # of the middle: spend that hardly varies is not alarmed by a few cents


class SpendAnomalySettings(AlertSettings):
    """How far off is too far."""

    deviations: Annotated[float, Field(ge=2)] = 4.0
    """Robust standard deviations from the middle of the 28 days before, beyond which a day is told."""
    least: Annotated[float, Field(ge=0)] = 10.0
    """Money, in the currency of the export, by which it must be off at least."""


class SpendAnomaly:
    """Finds platforms whose newest day of spend, by an export of the last week, is far off the 28 days before.

    14 of the days before must state a spend; rows of longer periods are left out. It knows no weekdays.
    """

    Settings = SpendAnomalySettings
    looks_at: ClassVar = frozenset({Sight.SPEND})

    def __init__(self, settings: SpendAnomalySettings) -> None:
        self._settings = settings

    def evaluate(self, seen: Watch) -> Sequence[Alert]:
        """Give an alert per platform; none where fewer than 14 of the days before state a spend."""
        today = seen.at.astimezone(seen.zone).date()
        found = [
            self._judged(seen, spend, max(spend.days))
            for spend in seen.spend
            if spend.days and today - max(spend.days) <= _NEWS
        ]
        return [alert for alert in found if alert is not None]

    def _judged(self, seen: Watch, spend: PlatformSpend, day: date) -> Alert | None:
        earlier = [
            float(spend.days[before].amount)
            for number in range(1, _EARLIER + 1)
            if (before := day - number * _DAY) in spend.days
        ]
        if len(earlier) < _ENOUGH:
            return None
        middle = median(earlier)
        deviation = max(scatter(earlier, middle), _STEADY * abs(middle))
        off = float(spend.days[day].amount) - middle
        if abs(off) < self._settings.least or abs(off) <= self._settings.deviations * deviation:
            return None
        return self._alert(seen, spend, day, middle, deviation, len(earlier))

    def _alert(self, seen: Watch, spend: PlatformSpend, day: date, middle: float, deviation: float, days: int) -> Alert:
        charged = spend.days[day]
        off = float(charged.amount) - middle
        usual, low, high = (
            shown(Money(Decimal(str(each)), charged.currency), Unit.MONEY)
            for each in (middle, max(middle - 2 * deviation, 0.0), middle + 2 * deviation)
        )
        return Alert(
            rule=self._settings.rule,
            key=f"{spend.platform}:{'more' if off > 0 else 'less'}",
            brand=None,
            severity=Severity(self._settings.severity or Severity.WARNING),
            title=f"{spend.platform} charged {shown(charged, Unit.MONEY)} on {day}, where {usual} is usual",
            body=f"{low} to {high} are usual, by {several(days, 'day')} before it that state a spend. "
            f"A changed budget, bid or audience looks like this, and so does an export that is not complete. "
            f"To see it by campaign: overheard kpis --by campaign --since {day} --until {day + _DAY}",
            window=Days(day, day + _DAY).span(seen.zone),
            strength=abs(off) / deviation if deviation else abs(off),
            evidence={
                "platform": spend.platform,
                "spend": float(charged.amount),
                "currency": charged.currency,
                "median": round(middle, 2),
                "deviation": round(deviation, 2),
                "days": days,
            },
        )
