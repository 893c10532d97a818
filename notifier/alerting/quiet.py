"""The sixth stage: quiet hours, in which only what is critical is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from config.alert_settings import Alerting
from config.local_time import first_instant

_DAY = timedelta(days=1)


def quiet_until(settings: Alerting, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Give the end of the quiet hours that hold now; None outside of them.

    They belong to the local day on which they begin. Where clocks change, a time that is skipped stands for the first
    instant after the gap, and one that comes twice for its first coming: no night is quiet twice.
    """
    if settings.quiet_from is None or settings.quiet_until is None:
        return None
    over_midnight = settings.quiet_until <= settings.quiet_from
    today = now.astimezone(zone).date()
    for day in (today - _DAY, today):
        start = first_instant(day, settings.quiet_from, zone)
        end = first_instant(day + _DAY if over_midnight else day, settings.quiet_until, zone)
        if start <= now < end:
            return end
    return None
