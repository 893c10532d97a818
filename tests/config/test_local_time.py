from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.local_time import first_instant


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Paris", date(2026, 1, 5), time(8, 30), "2026-01-05T07:30"),
        ("Europe/Paris", date(2026, 7, 6), time(8, 30), "2026-07-06T06:30"),
        ("Europe/Paris", date(2026, 3, 29), time(2, 30), "2026-03-29T01:00"),
        ("Europe/Paris", date(2026, 3, 29), time(3, 0), "2026-03-29T01:00"),
        ("Europe/Paris", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30"),
        ("America/Santiago", date(2026, 9, 6), time(0, 0), "2026-09-06T04:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(8, 0), "2011-12-30T10:00"),
        ("UTC", date(2026, 7, 6), time(0, 0), "2026-07-06T00:00"),
    ],
    ids=[
        "winter",
        "summer",
        "in the gap: first instant after",
        "first instant after the gap itself",
        "twice: the first",
        "a gap of half an hour",
        "midnight is skipped",
        "the whole day is skipped",
        "utc",
    ],
)
def test_local_time_has_one_instant(zone: str, day: date, at: time, expected: str) -> None:
    assert first_instant(day, at, ZoneInfo(zone)) == utc(expected)


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    day=st.dates(date(2000, 1, 3), date(2037, 12, 30)),
    at=st.times(),
)
def test_due_times_of_following_days_rise_in_every_zone(zone: str, day: date, at: time) -> None:
    at = at.replace(second=0, microsecond=0, tzinfo=None)
    first, second = (first_instant(each, at, ZoneInfo(zone)) for each in (day, day + timedelta(days=1)))
    # Where a zone skipped a whole day (Pacific/Apia 2011), both days begin at the same instant.
    assert first <= second <= first + timedelta(hours=50)
