"""Each local date has one due time; each period is posted once and never before listening began."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import DigestSettings
from overheard.digests.periods import due_day, due_periods, local_windows, next_due, period_on
from storage.records import Span

PARIS = ZoneInfo("Europe/Paris")
DAILY = DigestSettings(period="day", at=time(8, 30))
WEEKLY = DigestSettings(period="week", at=time(9, 0), weekday="monday")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_day_with_a_change_of_clocks_is_shorter_or_longer() -> None:
    spring = period_on(DAILY, date(2026, 3, 30), PARIS)
    autumn = period_on(DAILY, date(2026, 10, 26), PARIS)
    assert (spring.window.length, autumn.window.length) == (timedelta(hours=23), timedelta(hours=25))


def test_weekly_window_is_the_seven_local_days_before() -> None:
    period = period_on(WEEKLY, date(2013, 8, 12), PARIS)
    assert period.window == Span(utc("2013-08-04T22:00"), utc("2013-08-11T22:00"))
    assert period.previous == Span(utc("2013-07-28T22:00"), utc("2013-08-04T22:00"))
    assert period.key == "digest:week:2013-08-12:Europe/Paris"


@pytest.mark.parametrize(
    ("settings", "now", "expected"),
    [
        (DAILY, "2026-07-06T06:29", date(2026, 7, 5)),
        (DAILY, "2026-07-06T06:30", date(2026, 7, 6)),
        (WEEKLY, "2026-07-06T06:59", date(2026, 6, 29)),
        (WEEKLY, "2026-07-06T07:00", date(2026, 7, 6)),
        (WEEKLY, "2026-07-12T22:30", date(2026, 7, 6)),
    ],
    ids=[
        "a minute before",
        "on the minute",
        "week, a minute before",
        "week, on the minute",
        "local monday, not yet due",
    ],
)
def test_last_due_day(settings: DigestSettings, now: str, expected: date) -> None:
    assert due_day(settings, utc(now), PARIS) == expected


def test_next_due_time_follows_the_last() -> None:
    assert next_due(DAILY, utc("2026-03-28T08:00"), PARIS) == utc("2026-03-29T06:30")
    assert next_due(WEEKLY, utc("2026-07-06T07:00"), PARIS) == utc("2026-07-13T07:00")


def keys(now: str, since: datetime | None, posted: set[str] | None = None) -> list[str]:
    found = due_periods([DAILY, WEEKLY], PARIS, utc(now), since, lambda key: key in (posted or set()))
    return [period.key for period in found]


def test_both_digests_are_due_on_a_monday_morning() -> None:
    expected = ["digest:day:2026-07-06:Europe/Paris", "digest:week:2026-07-06:Europe/Paris"]
    assert keys("2026-07-06T07:00", LONG_AGO) == expected


def test_posted_digest_is_not_due_again() -> None:
    posted = {"digest:day:2026-07-06:Europe/Paris", "digest:week:2026-07-06:Europe/Paris"}
    assert keys("2026-07-06T07:00", LONG_AGO, posted) == []


def test_missed_digest_is_made_up_for_until_the_next_is_due() -> None:
    # Down from Friday to Wednesday: Monday's weekly one and Wednesday's daily one go out, no older daily ones.
    expected = ["digest:week:2026-07-06:Europe/Paris", "digest:day:2026-07-08:Europe/Paris"]
    assert keys("2026-07-08T12:00", LONG_AGO) == expected


def test_nothing_is_due_before_listening_began() -> None:
    assert keys("2026-07-06T12:00", None) == []
    assert keys("2026-07-06T12:00", utc("2026-07-06T05:00")) == []


def test_period_that_was_heard_in_part_is_due() -> None:
    assert keys("2026-07-06T12:00", utc("2026-07-05T20:00")) == [
        "digest:day:2026-07-06:Europe/Paris",
        "digest:week:2026-07-06:Europe/Paris",
    ]


@given(
    zone=st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # zone beside it
    steps=st.lists(st.integers(-90_000, 200_000), max_size=40),
)
def test_each_period_is_posted_once_however_the_clock_jumps(zone: str, start: datetime, steps: list[int]) -> None:
    posted: list[str] = []
    now = start
    for step in steps:
        now += timedelta(seconds=step)
        due = due_periods([DAILY], ZoneInfo(zone), now, LONG_AGO, posted.__contains__)
        posted += [period.key for period in due]
        assert all(period.due_at <= now for period in due)
    assert len(posted) == len(set(posted))


def test_days_are_cut_at_local_midnights() -> None:
    span = Span(utc("2026-03-28T12:00"), utc("2026-03-30T12:00"))
    assert list(local_windows(span, "day", PARIS)) == [
        Span(utc("2026-03-28T12:00"), utc("2026-03-28T23:00")),
        Span(utc("2026-03-28T23:00"), utc("2026-03-29T22:00")),
        Span(utc("2026-03-29T22:00"), utc("2026-03-30T12:00")),
    ]


def test_weeks_are_cut_at_mondays() -> None:
    span = Span(utc("2026-07-01T00:00"), utc("2026-07-08T00:00"))
    assert list(local_windows(span, "week", PARIS)) == [
        Span(utc("2026-07-01T00:00"), utc("2026-07-05T22:00")),
        Span(utc("2026-07-05T22:00"), utc("2026-07-08T00:00")),
    ]
