"""Local times of day as points in time, on nights when clocks change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=1024)  # the daemon asks for the same few every second
def first_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the UTC time at which `at` comes on a local day: after the gap if skipped, the first if it comes twice."""
    wanted = datetime.combine(day, at)
    early = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wanted:
        return early
    # In a gap: fold=0 reads the time with the offset from before, fold=1 with the one from after; the gap lies between.
    low, high = int(wanted.replace(tzinfo=zone, fold=1).timestamp()), int(early.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) < wanted:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
