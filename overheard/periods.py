"""When digests are due and which stretch of time each of them reports on. Pure: time is an argument.

Local days and digest times follow the zone's rules. A local time that is skipped in spring stands for the first instant
after the gap; one that comes twice in autumn stands for its first coming. So each local date has one due time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.local_time import first_instant
from config.settings import DigestSettings
from storage.records import Span

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One digest: what it is called, what it reports on, when it is due."""

    name: str  # "day" | "week"
    day: date  # local date on which it is due
    zone: ZoneInfo
    window: Span  # what it reports on
    previous: Span  # the window of the same kind before, to compare with
    due_at: datetime

    @property
    def key(self) -> str:
        """What makes it unique for ever, e.g. "digest:week:2013-08-12:Europe/Paris"."""
        return f"digest:{self.name}:{self.day.isoformat()}:{self.zone.key}"


def span_of(name: str, day: date, zone: ZoneInfo) -> Span:
    """Give what the digest due on a local `day` reports on: the day, or the seven days, before it."""
    length = {"day": 1, "week": 7}[name]
    return Span(first_instant(day - length * _DAY, time(0), zone), first_instant(day, time(0), zone))


def period_on(settings: DigestSettings, day: date, zone: ZoneInfo) -> Period:
    """Give the digest of a local day, whether or not it is due on that weekday."""
    length = {"day": 1, "week": 7}[settings.period]
    return Period(
        name=settings.period,
        day=day,
        zone=zone,
        window=span_of(settings.period, day, zone),
        previous=span_of(settings.period, day - length * _DAY, zone),
        due_at=first_instant(day, settings.at, zone),
    )


def due_day(settings: DigestSettings, now: datetime, zone: ZoneInfo) -> date:
    """Give the last local date on which this digest came due, at or before `now`."""
    day = now.astimezone(zone).date()
    if first_instant(day, settings.at, zone) > now:
        day -= _DAY
    if settings.period == "week":
        day -= (day.weekday() - _WEEKDAYS.index(settings.weekday)) % 7 * _DAY
    return day


def last_day(settings: DigestSettings, now: datetime, zone: ZoneInfo) -> date:
    """Give the local date of the last digest whose period is over, whether or not its time of day has come."""
    day = now.astimezone(zone).date()
    return day if settings.period == "day" else day - (day.weekday() - _WEEKDAYS.index(settings.weekday)) % 7 * _DAY


def next_due(settings: DigestSettings, now: datetime, zone: ZoneInfo) -> datetime:
    """Give when this digest comes due next, after `now`."""
    step = 7 if settings.period == "week" else 1
    return first_instant(due_day(settings, now, zone) + step * _DAY, settings.at, zone)


def due_periods(
    digests: Sequence[DigestSettings],
    zone: ZoneInfo,
    now: datetime,
    listening_since: datetime | None,
    posted: Callable[[str], bool],
) -> list[Period]:
    """Give the digests to post at `now`: the latest of each kind, when it has not been put into the outbox yet.

    Only the latest: one that was missed while we were down is made up for until the next of its kind is due. And only
    when we listened before its window ended: nothing is said of a time before listening began.
    """
    if listening_since is None:
        return []
    found: dict[str, Period] = {}
    for settings in digests:
        period = period_on(settings, due_day(settings, now, zone), zone)
        if listening_since < period.window.end and not posted(period.key):
            found.setdefault(period.key, period)
    return sorted(found.values(), key=lambda period: (period.due_at, period.name))


def local_windows(span: Span, by: str, zone: ZoneInfo) -> Iterator[Span]:
    """Cut a span at local midnights ("day") or Mondays ("week"); "total" gives it whole. Ends are cut to the span."""
    if by == "total":
        yield span
        return
    day = span.start.astimezone(zone).date()
    if by == "week":
        day -= day.weekday() * _DAY
    step = (7 if by == "week" else 1) * _DAY
    while (start := first_instant(day, time(0), zone)) < span.end:
        end = first_instant(day + step, time(0), zone)
        if end > span.start:
            yield Span(max(start, span.start), min(end, span.end))
        day += step
