"""Stretches of whole days, on which campaign results count."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from config.local_time import first_instant
from storage.records import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, [start, end)."""

    start: date
    end: date

    @property
    def count(self) -> int:
        """How many they are."""
        return (self.end - self.start).days

    @property
    def months(self) -> Decimal:
        """How many months they are: each day counts as its share of its own month, so July is exactly 1."""
        by_length: dict[int, int] = {}
        for day in self:
            length = monthrange(day.year, day.month)[1]
            by_length[length] = by_length.get(length, 0) + 1
        return sum((Decimal(days) / length for length, days in by_length.items()), Decimal(0))

    @property
    def last(self) -> date:
        """The last of them."""
        return self.end - _DAY

    @property
    def before(self) -> Days:
        """As many days, right before."""
        return Days(self.start - (self.end - self.start), self.start)

    def holds(self, other: Days) -> bool:
        """Tell whether all of the other days are among these."""
        return self.start <= other.start and other.end <= self.end

    def span(self, zone: ZoneInfo) -> Span:
        """Give the times between which they lie in a zone."""
        return Span(first_instant(self.start, time(0), zone), first_instant(self.end, time(0), zone))

    def shared(self, other: Days) -> Days:
        """Give the days of both; an empty stretch where there are none."""
        start = max(self.start, other.start)
        return Days(start, max(start, min(self.end, other.end)))

    def __iter__(self) -> Iterator[date]:
        for number in range(self.count):
            yield self.start + number * _DAY

    def __str__(self) -> str:
        return f"{self.start}" if self.count == 1 else f"{self.start} to {self.last}"


def through(first: date, last: date) -> Days:
    """Give the days from the first to the last, both included."""
    return Days(first, last + _DAY)
