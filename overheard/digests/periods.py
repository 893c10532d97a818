"""When digests are due and which stretch of time each of them reports on. Pure: time is an argument.

Local days and digest times follow the zone's rules. A local time that is skipped in spring stands for the first instant
after the gap; one that comes twice in autumn stands for its first coming. So each local date has one due time. A date
that a zone skipped, as Apia did 30 December 2011, never was: it has no daily digest, and the day before the next one is
the last that there was. A week or a month that would be told on such a date is told at the first instant after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.local_time import first_instant
from config.settings import DigestSettings
from notifier.digest.contents import Period as Kind
from storage.records import Span

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """One digest: what it is called, what it reports on, when it is due."""

    name: Kind
    day: date  # local date on which what it reports on is over: the due date, of a month the first of the next one
    zone: ZoneInfo
    window: Span  # what it reports on
    previous: Span  # the window of the same kind before, to compare with
    due_at: datetime
    team: str = ""  # name of the digest, where it has one

    @property
    def key(self) -> str:
        """What makes it unique for ever: "digest:week:2013-08-12:Europe/Paris", or that and ":emea"."""
        team = f":{self.team}" if self.team else ""
        return f"digest:{self.name}:{self.day.isoformat()}:{self.zone.key}{team}"


def zone_of(settings: DigestSettings, zone: ZoneInfo) -> ZoneInfo:
    """Give the zone of a digest; `zone` is that of the config, which counts where the digest names none."""
    own: ZoneInfo = settings.timezone or zone
    return own


def period_on(settings: DigestSettings, day: date, zone: ZoneInfo) -> Period:
    """Give the digest of a local day, whether or not it is due on that day of the week or month.

    `zone` is that of the config.
    """
    zone, name = zone_of(settings, zone), settings.period
    due = day.replace(day=settings.monthday) if name == "month" else day
    end = day.replace(day=1) if name == "month" else day
    start = _before(name, end, zone)
    return Period(
        name=name,
        day=end,
        zone=zone,
        window=Span(_midnight(start, zone), _midnight(end, zone)),
        previous=Span(_midnight(_before(name, start, zone), zone), _midnight(start, zone)),
        due_at=first_instant(due, settings.at, zone),
        team=settings.name,
    )


def _before(name: Kind, day: date, zone: ZoneInfo) -> date:
    """Give the local date with which the day, the seven days or the month before a date begins."""
    if name == "week":
        return day - _WEEK
    if name == "month":
        return (day - _DAY).replace(day=1)
    day -= _DAY
    while not _was(day, zone):
        day -= _DAY
    return day


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return first_instant(day, time(0), zone)


def _was(day: date, zone: ZoneInfo) -> bool:
    """Tell whether a zone has, or had, a local date."""
    return _midnight(day, zone).astimezone(zone).date() == day


def due_day(settings: DigestSettings, now: datetime, zone: ZoneInfo) -> date:
    """Give the last local date on which this digest came due, at or before `now`. `zone` is that of the config."""
    zone = zone_of(settings, zone)
    day = now.astimezone(zone).date() + _DAY  # clocks that go back over midnight lead from tomorrow into today
    while not _is_due_on(settings, day, zone) or first_instant(day, settings.at, zone) > now:
        day -= _DAY
    return day


def _is_due_on(settings: DigestSettings, day: date, zone: ZoneInfo) -> bool:
    if settings.period == "week":
        return day.weekday() == _WEEKDAYS.index(settings.weekday)
    if settings.period == "month":
        return day.day == settings.monthday
    return _was(day, zone)


def last_day(settings: DigestSettings, now: datetime, zone: ZoneInfo) -> date:
    """Give the local date of the last digest whose period is over, whether or not its time of day has come.

    `zone` is that of the config.
    """
    day = now.astimezone(zone_of(settings, zone)).date()
    return day - (day.weekday() - _WEEKDAYS.index(settings.weekday)) % 7 * _DAY if settings.period == "week" else day


def next_due(settings: DigestSettings, now: datetime, zone: ZoneInfo) -> datetime:
    """Give when this digest comes due next, after `now`. `zone` is that of the config."""
    day = due_day(settings, now, zone) + _DAY
    zone = zone_of(settings, zone)
    while not _is_due_on(settings, day, zone):
        day += _DAY
    return first_instant(day, settings.at, zone)


def due_periods(
    digests: Sequence[DigestSettings],
    zone: ZoneInfo,
    now: datetime,
    listening_since: datetime | None,
    posted: Callable[[str], bool],
) -> list[Period]:
    """Give the digests to post at `now`: the latest of each, when it has not been put into the outbox yet.

    Only the latest: one that was missed while we were down is made up for until the next one is due. And only
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
    """Cut a span at local midnights ("day"), Mondays ("week") or first days of months ("month"); "total" cuts nothing.

    Ends are cut to the span.
    """
    if by == "total":
        yield span
        return
    day = span.start.astimezone(zone).date()
    if by == "week":
        day -= day.weekday() * _DAY
    elif by == "month":
        day = day.replace(day=1)
    while (start := _midnight(day, zone)) < span.end:
        day = _after(by, day)
        end = _midnight(day, zone)
        if end > max(start, span.start):
            yield Span(max(start, span.start), min(end, span.end))


def _after(by: str, day: date) -> date:
    if by == "month":
        return (day.replace(day=28) + 4 * _DAY).replace(day=1)
    return day + (_WEEK if by == "week" else _DAY)
