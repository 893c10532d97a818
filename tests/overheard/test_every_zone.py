"""In every zone of the world each local date gets one digest, from 2000 to 2037, and a date that never was gets none.

What there was comes from walking through the years hour by hour and reading the local clock, as a person would; nothing
is asked of the code that says when digests are due. `OVERHEARD_ALL_ZONES=1` walks through all zones (`make zones`);
otherwise it is four years of a few whose clocks do what others do not. Of zones whose clocks always agree one is
walked through.
"""

from __future__ import annotations

import os
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from config.settings import DigestSettings
from overheard.digests.periods import due_periods

ALL = os.environ.get("OVERHEARD_ALL_ZONES") == "1"
FROM, UNTIL = (datetime(year, 1, 1, tzinfo=UTC) for year in ((2000, 2038) if ALL else (2009, 2013)))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEN_MINUTES = 10 * MINUTE
HALF_A_DAY = 12 * HOUR
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
ODD = (
    "Pacific/Apia",  # skipped a date, and changed its clocks at midnight
    "America/St_Johns",  # one minute after midnight, so that a date begins twice
    "Africa/Casablanca",  # back and forth around Ramadan
)
AT = (time(8, 30), time(0, 0), time(2, 30))  # a usual morning; midnight; the hour that clocks skip or repeat


def changes(zone: ZoneInfo) -> list[tuple[datetime, timedelta | None]]:
    """Give the half days within which the clocks of a zone change, each with what they show after it."""
    steps = [FROM + number * HALF_A_DAY for number in range(int((UNTIL - FROM) / HALF_A_DAY) + 1)]
    offsets = [step.astimezone(zone).utcoffset() for step in steps]
    first = [(steps[0], offsets[0])]
    moved = pairwise(zip(steps, offsets, strict=True))
    return first + [(start, now) for (start, before), (_, now) in moved if before != now]


def different(names: Iterable[str]) -> list[str]:
    """Give the first of each set of zones whose clocks change in the same minutes to the same."""
    first: dict[tuple[object, ...], str] = {}
    for name in sorted(names):
        zone = ZoneInfo(name)
        first.setdefault(tuple((_minute(zone, start), now) for start, now in changes(zone)), name)
    return list(first.values())


def _minute(zone: ZoneInfo, start: datetime) -> datetime:
    """Give the minute within half a day in which the clocks change."""
    before, low, high = start.astimezone(zone).utcoffset(), 0, HALF_A_DAY // MINUTE
    while high - low > 1:
        middle = (low + high) // 2
        unchanged = (start + middle * MINUTE).astimezone(zone).utcoffset() == before
        low, high = (middle, high) if unchanged else (low, middle)
    return start + high * MINUTE


ZONES = different(available_timezones()) if ALL else list(ODD)


def ticks(zone: ZoneInfo) -> Iterator[datetime]:
    """Give the moments at which the daemon looks: twice a day, and more often about changes of clocks."""
    changing = {start for start, _ in changes(zone)}
    near = {start + number * HALF_A_DAY for start in changing for number in (-1, 1)}
    moment = FROM
    while moment < UNTIL:
        step = TEN_MINUTES if moment in changing else HOUR if moment in near else HALF_A_DAY
        yield from (moment + number * step for number in range(HALF_A_DAY // step))
        moment += HALF_A_DAY


def dates_of(zone: ZoneInfo) -> set[date]:
    """Give every local date that a clock on the wall showed, but for the first and the last, which are cut."""
    hours = int((UNTIL - FROM) / HOUR)
    seen = {datetime.fromtimestamp(FROM.timestamp() + 3600 * hour, zone).date() for hour in range(hours)}
    return seen - {min(seen), max(seen)}


def told(settings: DigestSettings, zone: ZoneInfo, moments: list[datetime]) -> tuple[Counter[date], list[str]]:
    """Live through the moments; gives how many digests each date got, and what came before its time."""
    posted: set[str] = set()
    count: Counter[date] = Counter()
    early: list[str] = []
    shown = datetime.min  # noqa: DTZ901  # the furthest that the clock on the wall has come: it may go back after that
    for now in moments:
        shown = max(shown, now.astimezone(zone).replace(tzinfo=None))
        for period in due_periods([settings], zone, now, LONG_AGO, posted.__contains__):
            posted.add(period.key)
            count[period.day] += 1
            if shown < datetime.combine(period.day, settings.at):
                early.append(f"{period.key} at {now}")
    return count, early


def counted(count: Counter[date], wanted: set[date]) -> dict[date, int]:
    """Give the dates that did not get the one digest that they should, with the number that they got."""
    first, last = min(wanted), max(wanted)
    inner = [day for day in count if first <= day <= last]
    return {day: count[day] for day in {*wanted, *inner} if count[day] != (day in wanted)}


@pytest.mark.parametrize("name", ZONES)
def test_each_local_date_has_exactly_one_daily_digest(name: str) -> None:
    zone = ZoneInfo(name)
    wanted, moments = dates_of(zone), list(ticks(zone))
    for at in AT:
        count, early = told(DigestSettings(period="day", at=at), zone, moments)
        assert counted(count, wanted) == {}
        assert early == []


@pytest.mark.parametrize("name", ZONES)
def test_each_week_and_each_month_has_exactly_one_digest(name: str) -> None:
    zone = ZoneInfo(name)
    moments = list(ticks(zone))
    first = FROM.date() + 2 * DAY
    days = [first + number * DAY for number in range((UNTIL - FROM).days - 5)]

    fridays, early = told(DigestSettings(period="week", weekday="friday", at=time(2, 30)), zone, moments)
    assert counted(fridays, {day for day in days if day.weekday() == 4}) == {}  # Friday
    firsts, early_too = told(DigestSettings(period="month", at=time(0, 0)), zone, moments)
    assert counted(firsts, {day for day in days if day.day == 1}) == {}
    assert early + early_too == []


def test_the_date_that_apia_skipped_has_no_digest_and_the_next_one_reports_on_the_day_before_it() -> None:
    zone = ZoneInfo("Pacific/Apia")
    daily = DigestSettings(period="day", at=time(8, 30))
    moments = [datetime(2011, 12, 29, 12, tzinfo=UTC) + number * HOUR for number in range(48)]
    posted: dict[str, tuple[datetime, timedelta]] = {}
    for now in moments:
        for period in due_periods([daily], zone, now, LONG_AGO, posted.__contains__):
            posted[period.key] = (period.window.start.astimezone(zone).replace(tzinfo=None), period.window.length)

    assert posted == {
        "digest:day:2011-12-28:Pacific/Apia": (datetime(2011, 12, 27), DAY),  # noqa: DTZ001  # a local clock
        "digest:day:2011-12-29:Pacific/Apia": (datetime(2011, 12, 28), DAY),  # noqa: DTZ001  # likewise
        "digest:day:2011-12-31:Pacific/Apia": (datetime(2011, 12, 29), DAY),  # noqa: DTZ001  # likewise
    }


def test_days_that_are_told_leave_out_no_hour_and_tell_none_twice() -> None:
    for name in ODD:
        zone = ZoneInfo(name)
        daily = DigestSettings(period="day", at=time(0, 0))
        posted: set[str] = set()
        windows = []
        for now in ticks(zone):
            for period in due_periods([daily], zone, now, LONG_AGO, posted.__contains__):
                posted.add(period.key)
                windows.append((period.window, period.previous))
        assert all(one.end == other.start for (one, _), (other, _) in pairwise(windows))
        assert all(one == before for (one, _), (_, before) in pairwise(windows))


def test_a_month_is_the_calendar_month_before_whatever_its_length() -> None:
    zone = ZoneInfo("Europe/Paris")
    monthly = DigestSettings(period="month", monthday=3, at=time(9, 0))
    lengths: dict[str, int] = {}
    now = datetime(2024, 1, 5, tzinfo=UTC)
    while now < datetime(2025, 1, 5, tzinfo=UTC):
        for period in due_periods([monthly], zone, now, LONG_AGO, lengths.__contains__):
            begin, end = (edge.astimezone(zone) for edge in (period.window.start, period.window.end))
            assert (begin.day, end.day, begin.hour, end.hour) == (1, 1, 0, 0)
            lengths[period.key] = (end.date() - begin.date()).days
        now += HALF_A_DAY

    first = {f"digest:month:2024-{month:02}-01:Europe/Paris": monthrange(2024, month - 1)[1] for month in range(2, 13)}
    assert lengths == {
        "digest:month:2024-01-01:Europe/Paris": 31,
        **first,
        "digest:month:2025-01-01:Europe/Paris": 31,
    }
