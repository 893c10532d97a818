"""What was counted: hours of a brand with how much of them was heard, and the window that is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HOUR: Final = timedelta(hours=1)
WEEK: Final = 168  # hours
SHORTEST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(days=7)


def hour_of(moment: datetime) -> datetime:
    """Give the beginning of the hour that a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Hour:
    """The mentions of a brand in one hour of UTC. One that is not over yet is no part of a history."""

    start: datetime  # a full hour of UTC
    count: int
    heard: float  # 0..1, the share of the hour (and of what is listened to) that was heard; 0: the count says nothing


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch [start, end) of 15 minutes to a week, and what was counted in it."""

    start: datetime
    end: datetime
    count: int
    heard: float = 1.0  # 0..1, as for hours

    def __post_init__(self) -> None:
        if not SHORTEST <= self.end - self.start <= LONGEST:
            raise ValueError(f"a window has 15 minutes to 7 days, not {self.end - self.start}")


def grid(hours: Sequence[Hour]) -> tuple[datetime, list[Hour]]:
    """Give the first hour and all hours from it to the last, those that are missing as not heard.

    Raises ValueError when one is no full hour of UTC, or stands there twice.
    """
    ordered = sorted(hours, key=lambda hour: hour.start)
    first = ordered[0].start.astimezone(UTC)
    found: list[Hour] = []
    for hour in ordered:
        place, rest = divmod(hour.start - first, HOUR)
        if rest or first != hour_of(first):
            raise ValueError(f"{hour.start.isoformat()} is no full hour of UTC")
        if place < len(found):
            raise ValueError(f"{hour.start.isoformat()} is counted twice")
        found.extend(Hour(first + number * HOUR, 0, 0.0) for number in range(len(found), place))
        found.append(hour)
    return first, found


def hours_of_week(first: datetime, length: int, zone: ZoneInfo) -> list[int]:
    """Give where each hour stands in the local week, 0 for Monday midnight.

    When clocks change, one of them comes twice, or not at all.
    """
    local = ((first + number * HOUR).astimezone(zone) for number in range(length))
    return [moment.weekday() * 24 + moment.hour for moment in local]
